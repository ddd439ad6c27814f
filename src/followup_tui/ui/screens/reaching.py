"""The verbs that lead out of the program: to the browser, into the clipboard, and to the user's editor."""

from __future__ import annotations

from followup_tui.domain.model.errors import FollowupError
from followup_tui.ui.clipboard import copy_text
from followup_tui.ui.screens.following import Following


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
