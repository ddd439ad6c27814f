"""The verbs of the stages, and those that make and edit an application."""

from __future__ import annotations

from functools import partial

from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.stage import Stage
from followup_tui.ui.screens.verbs import VerbScreen


class Moving(VerbScreen):
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
        from followup_tui.ui.screens.quick_add import QuickAddScreen

        await self.followup.open_dialog(QuickAddScreen())

    async def action_edit(self) -> None:
        """Edit the card under the cursor in the full form."""
        from followup_tui.domain.commands.applications import form_for
        from followup_tui.ui.screens.form import Form

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
            Form(
                f"Edit {application.company}",
                form_for(details),
                lambda draft: self.followup.carry_out(
                    lambda: tracker.edit(application.id, draft, seen), follow=application.id
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
        from followup_tui.ui.screens.review import ReviewScreen

        while isinstance(self.app.screen, VerbScreen) and len(self.app.screen_stack) > 1:
            if isinstance(self.app.screen, ReviewScreen):
                return
            await self.app.pop_screen()
        try:
            review = ReviewScreen()
        except FollowupError as error:
            self.followup.tell(error.sentence, alert=True)
        else:
            await self.followup.push_screen(review)

    async def action_decides(self) -> None:
        """The rules in force, with their reasons."""
        from followup_tui.ui.screens.deciding import DecidingScreen

        await self.followup.open_dialog(DecidingScreen())
