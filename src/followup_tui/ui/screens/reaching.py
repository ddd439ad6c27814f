"""The verbs that lead out of the program: to the browser, into the clipboard, and to the user's editor."""

from __future__ import annotations

from followup_tui.domain.model.errors import FollowupError
from followup_tui.ui.clipboard import copy_text
from followup_tui.ui.screens.dialog import go_on
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
        from followup_tui.ui.screens.choose import Choose

        details = self.details()
        if details is None:
            return
        values = [(what, value) for what, some in copyable(details).items() for value in some][:9]
        if len(values) == 1:
            await self._copy(values[0][1])
        else:
            options = [(str(place), f"{what}: {value}", value) for place, (what, value) in enumerate(values, 1)]
            await self.followup.open_dialog(Choose("Copy what?", options, self._copy))

    async def _copy(self, value: str) -> bool:
        self.tell(f"Copied {value} ({copy_text(self.followup, value)})")
        return True

    async def action_letter(self) -> None:
        """A letter, or a draft of one."""
        from followup_tui.ui.asking.letters import Wanted, ask_letter, begin  # with the first letter

        self.call_later(lambda: self.followup.proofreader)  # ready by the time that the questions are answered
        id = self._one("A letter is written to one employer at a time; nothing was changed.")
        if id is None:
            return
        try:
            drafts = ask_letter(self, id)
        except FollowupError as error:
            self.refuse(error.sentence)
        else:
            await go_on(self.followup, drafts or await begin(Wanted(screen=self, id=id)))

    async def action_call(self) -> None:
        """What to say on the phone."""
        from followup_tui.ui.asking.letters import Wanted, begin

        id = self._one("One calls one employer at a time; nothing was changed.")
        if id is not None:
            await go_on(self.followup, await begin(Wanted(screen=self, id=id, spoken=True)))

    def _one(self, several: str) -> str | None:
        """The application that is meant; None, and told, where there is none, or several are selected."""
        cards = self.targets()
        if len(cards) == 1:
            return cards[0].id
        if cards:
            self.refuse(several)
        else:
            self.tell_empty()
        return None

    async def action_edit_notes(self) -> None:
        """Edit the notes in the user's own editor; saved when it ends, unless they are as they were."""
        from followup_tui.ui.asking.notes import edit_notes  # editors are rare; the first paint goes without them

        if len(self.targets()) > 1:
            self.refuse("Notes are edited for one application at a time; nothing was changed.")
            return
        details = self.details()
        if details is not None:
            await edit_notes(self, details)
