"""The verbs of the stages, and those that make and edit an application."""

from __future__ import annotations

from functools import partial

from followup_tui.actions import Place
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.stage import Stage
from followup_tui.ui.base_app import load_screen
from followup_tui.ui.clipboard import copy_text
from followup_tui.ui.screens.application_screen import ApplicationScreen


class Moving(ApplicationScreen):
    """A screen whose applications move from stage to stage, and are edited."""

    async def action_advance(self) -> None:
        """To the next stage; what waits for their word is asked how it ended."""
        await self.run_flow_of("advance")

    async def action_back(self) -> None:
        """To the stage before."""
        await self.run_flow_of("back")

    async def action_reopen(self) -> None:
        """Take up again what was closed."""
        await self.run_flow_of("reopen")

    async def action_close(self) -> None:
        """Done with it: ask how it ended."""
        await self.run_flow_of("close")

    async def action_move_to(self) -> None:
        """To a stage by its number."""
        await self.run_flow_of("move_to")

    async def move_to(self, stage: Stage) -> None:
        """Move the targets to a stage, asking what has to be asked."""
        from followup_tui.flows import flow_of
        from followup_tui.ui.dialogs.flow_runner import run_flow

        await run_flow(self, partial(flow_of("move_to"), stage=stage))

    async def action_new(self) -> None:
        """Quick add."""
        from followup_tui.ui.dialogs.quick_add import QuickAddScreen

        await self.followup.open_dialog(QuickAddScreen())

    async def action_edit(self) -> None:
        """Edit the card under the cursor in the full form."""
        from followup_tui.domain.commands.applications import form_for
        from followup_tui.ui.dialogs.application_form import ApplicationFormDialog

        if len(self.targets()) > 1:
            self.refuse("Edit takes one application at a time; nothing was changed.")
            return
        details = self.details()
        if details is None:
            return
        application = details.application
        tracker = self.followup.tracker
        seen = {application.id: application.version}
        await self.followup.open_dialog(
            ApplicationFormDialog(
                f"Edit {application.company}",
                form_for(details),
                lambda draft: self.followup.run_command(
                    lambda: tracker.commands.edit(application.id, draft, seen), follow=application.id
                ),
            )
        )

    async def action_repeat(self) -> None:
        """Do the last verb again, on what is under the cursor now."""
        if self._last_verb is None:
            self.refuse("There is no verb to repeat yet.")
        else:
            await self.do(self._last_verb)

    async def action_review(self) -> None:
        """Go through what asks for a decision today; back to it where it is under way."""
        while isinstance(self.app.screen, ApplicationScreen) and len(self.app.screen_stack) > 1:
            if self.app.screen.PLACE is Place.REVIEW:
                return
            await self.app.pop_screen()
        try:
            review = load_screen("review")()
        except FollowupError as error:
            self.followup.tell(error.sentence, alert=True)
        else:
            await self.followup.push_screen(review)

    async def action_decides(self) -> None:
        """The rules in force, with their reasons."""
        from followup_tui.ui.dialogs.info_pages import PlaybookScreen

        await self.followup.open_dialog(PlaybookScreen())


class Following(Moving):
    """A screen whose applications are followed up; the questions are loaded when their key is pressed first."""

    async def action_thank(self) -> None:
        """Ask by which way a thank-you was sent, and to whom."""
        await self.run_flow_of("thank")

    async def action_answer(self) -> None:
        """Ask what they said about the next step."""
        await self.run_flow_of("answer")

    async def action_log(self) -> None:
        """Ask what happened."""
        await self.run_flow_of("log")

    async def action_interview(self) -> None:
        """Ask about a further round, or the one that is booked."""
        await self.run_flow_of("interview")

    async def action_note(self) -> None:
        """Write a note into the history."""
        await self.run_flow_of("note")

    async def action_snooze(self) -> None:
        """Ask until when it is put off."""
        await self.run_flow_of("snooze")

    async def action_pin(self) -> None:
        """Ask for a day of the user's own, and why."""
        await self.run_flow_of("pin")

    async def action_pace(self) -> None:
        """Ask how fast they decide."""
        await self.run_flow_of("pace")

    async def action_region(self) -> None:
        """Ask where the employer's holidays are."""
        await self.run_flow_of("region")


class Reaching(Following):
    """A screen with applications whose links are opened, addresses copied, and notes edited by other programs."""

    def action_open_link(self) -> None:
        """Open the link in the browser, if it is plainly a page on the web."""
        from followup_tui.domain.views.links import openable

        details = self.details()
        if details is None:
            return
        try:
            link = openable(details.application.url, details.application.company)
        except FollowupError as error:
            self.refuse(error.sentence)
        else:
            self.followup.open_url(link)
            self.tell(f"Opening {link}")

    async def action_copy(self) -> None:
        """Copy an address, a number, the link or a name; asks where there are several."""
        from followup_tui.domain.views.links import copyable
        from followup_tui.flows.question import Choice
        from followup_tui.ui.dialogs.choice import ChoiceDialog

        details = self.details()
        if details is None:
            return
        values = [(what, value) for what, some in copyable(details).items() for value in some][:9]
        if len(values) == 1:
            await self._copy(values[0][1])
        else:
            options = [(str(place), f"{what}: {value}", value) for place, (what, value) in enumerate(values, 1)]
            await self.followup.open_dialog(
                ChoiceDialog(Choice(question="Copy what?", options=options), self._copy)
            )

    async def _copy(self, value: str) -> bool:
        self.tell(f"Copied {value} ({copy_text(self.followup, value)})")
        return True

    async def action_letter(self) -> None:
        """A letter, or a draft of one."""
        self.call_later(lambda: self.followup.proofreader)  # ready by the time that the questions are answered
        await self.run_flow_of("letter")

    async def action_call(self) -> None:
        """What to say on the phone."""
        await self.run_flow_of("call")

    async def action_edit_notes(self) -> None:
        """Edit the notes in the user's own editor; saved when it ends, unless they are as they were."""
        from followup_tui.ui.dialogs.notes import edit_notes  # editors are rare; the first paint goes without them

        if len(self.targets()) > 1:
            self.refuse("Notes are edited for one application at a time; nothing was changed.")
            return
        details = self.details()
        if details is not None:
            await edit_notes(self, details)
