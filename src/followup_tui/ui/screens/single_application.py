"""A screen about one application that lies above another one: what is decided here is decided there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.views.card import Card
from followup_tui.ui.dialogs.dialog import DialogResult, open_next
from followup_tui.ui.dialogs.text_viewer import ScrolledText
from followup_tui.ui.render.application import load_summary, pane_rows
from followup_tui.ui.screens.application_screen import ApplicationScreen

if TYPE_CHECKING:
    from followup_tui.domain.model.letter import Letter
    from followup_tui.tracker.commit import CommandResult

END = 1_000_000
"""More rows than there can be: scrolls to the last one."""


class Scrolling(ApplicationScreen):
    """Scrolls what `SCROLLED` selects; a screenful is that of the first."""

    SCROLLED: ClassVar[str] = "#text"

    def scroll_rows(self, by: int) -> None:
        """Scroll by so many rows."""
        for column in self.query(self.SCROLLED).results(ScrolledText):
            column.step(by)

    def _screenful(self) -> int:
        return max(1, self.query(self.SCROLLED).first(ScrolledText).size.height - 1)

    def action_page_down(self) -> None:
        """A screenful down."""
        self.scroll_rows(self._screenful())

    def action_page_up(self) -> None:
        """A screenful up."""
        self.scroll_rows(-self._screenful())

    def action_first(self) -> None:
        """To the top."""
        self.scroll_rows(-END)

    def action_last(self) -> None:
        """To the end."""
        self.scroll_rows(END)


class SingleApplicationScreen(ApplicationScreen):
    """One application, opened from a screen with several."""

    @property
    def application_id(self) -> str:
        """Which application it is."""
        raise NotImplementedError

    @property
    def parent_screen(self) -> ApplicationScreen | None:
        """The screen from which it was opened."""
        stack = self.app.screen_stack
        screen = stack[stack.index(self) - 1]
        return screen if isinstance(screen, ApplicationScreen) else None

    def targets(self) -> Sequence[Card]:
        """The application that is open."""
        card = self.followup.board.cards.get(self.application_id)
        return [card] if card is not None else []

    def deciding(self, ids: Sequence[str], verb: Callable[[], CommandResult]) -> Callable[[], CommandResult]:
        """As the screen from which it was opened: out of a review it is that review's decision."""
        beneath = self.parent_screen
        return beneath.deciding(ids, verb) if beneath is not None else verb

    def taking_back(self) -> Callable[[], CommandResult]:
        """As the screen from which it was opened."""
        beneath = self.parent_screen
        return beneath.taking_back() if beneath is not None else super().taking_back()

    def show_facts(self) -> None:
        """What is known about the application, where there is room for it beside."""
        facts = self.query_one("#facts", ScrolledText)
        if not facts.size.width:
            return
        try:
            briefing = load_summary(self.followup.tracker, self.application_id, self.followup.now())
        except FollowupError as error:
            facts.fill([((f" {error.sentence}", "alert"),)])
        else:
            facts.fill(pane_rows(briefing, facts.size.width))

    def warn(self, letter: Letter, lead: str) -> None:
        """What the guard says of a letter or a call now: better to know it before than after."""
        try:
            verdict = self.followup.tracker.letters.may_send(letter)
        except FollowupError as error:
            self.tell(error.sentence, alert=True)
        else:
            if not verdict.allowed:
                self.tell(f"{lead}: {verdict.why}", alert=True)

    async def close_and_run(self, then: Callable[[ApplicationScreen], Awaitable[DialogResult]]) -> DialogResult:
        """Go back to the screen beneath and carry something out there, where its notice is read."""
        beneath = self.parent_screen
        while self.is_attached and self in self.app.screen_stack:
            await self.followup.pop_screen()
        return await then(beneath) if beneath is not None else False

    async def follow(self, followed: Awaitable[DialogResult]) -> None:
        """Ask what is to be asked next."""
        await open_next(self.followup, await followed)

    async def action_leave(self) -> None:
        """Back to where one came from."""
        await self.followup.pop_screen()

    async def action_quit(self) -> None:
        """As Esc."""
        await self.run_action("leave")
