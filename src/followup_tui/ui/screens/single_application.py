"""A screen about one application that is opened from another screen, on which its commands run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.views.card import Card
from followup_tui.ui.dialogs.dialog import DialogResult, open_next
from followup_tui.ui.dialogs.text_viewer import ScrolledText
from followup_tui.ui.render.application_rows import pane_rows
from followup_tui.ui.screens.application_screen import ApplicationScreen

if TYPE_CHECKING:
    from followup_tui.domain.model.details import ApplicationDetails
    from followup_tui.domain.model.touch import Letter
    from followup_tui.tracker.commit import CommandResult

FollowedBy = Callable[[], Awaitable[DialogResult]]
"""What goes on once a screen is closed: it returns what is to be opened next."""
END = 1_000_000
"""More rows than a text has: scrolls to its last one."""


class Scrolling(ApplicationScreen):
    """Scrolls the texts that `SCROLLED` selects, by screenfuls of the first."""

    SCROLLED: ClassVar[str] = "#text"

    def scroll_rows(self, by: int) -> None:
        """Scroll by so many rows."""
        for column in self.query(self.SCROLLED).results(ScrolledText):
            column.step(by)

    def _screenful(self) -> int:
        return max(1, self.query(self.SCROLLED).first(ScrolledText).size.height - 1)

    def action_page_down(self) -> None:
        """Scroll down by a screenful."""
        self.scroll_rows(self._screenful())

    def action_page_up(self) -> None:
        """Scroll up by a screenful."""
        self.scroll_rows(-self._screenful())

    def action_first(self) -> None:
        """Scroll to the top."""
        self.scroll_rows(-END)

    def action_last(self) -> None:
        """Scroll to the end."""
        self.scroll_rows(END)


class SingleApplicationScreen(ApplicationScreen):
    """A screen about one application."""

    def __init__(self, loaded: ApplicationDetails | None = None, followed_by: FollowedBy | None = None) -> None:
        """`loaded` are the details of the application if they have just been read; see `go_on` for the other."""
        super().__init__()
        self.loaded = loaded
        self.followed_by = followed_by

    @property
    def application_id(self) -> str:
        """The id of the application."""
        raise NotImplementedError

    @property
    def parent_screen(self) -> ApplicationScreen | None:
        """The screen from which this one was opened."""
        stack = self.app.screen_stack
        screen = stack[stack.index(self) - 1]
        return screen if isinstance(screen, ApplicationScreen) else None

    def targets(self) -> Sequence[Card]:
        """Return the card of the application."""
        card = self.followup.board.cards.get(self.application_id)
        return [card] if card is not None else []

    def deciding(self, ids: Sequence[str], verb: Callable[[], CommandResult]) -> Callable[[], CommandResult]:
        """Return the command as the parent screen runs it: from the review, it is the review's decision."""
        parent = self.parent_screen
        return parent.deciding(ids, verb) if parent is not None else verb

    def taking_back(self) -> Callable[[], CommandResult]:
        """Return the undo of the parent screen."""
        parent = self.parent_screen
        return parent.taking_back() if parent is not None else super().taking_back()

    def show_facts(self) -> None:
        """Show what is known about the application, if the screen is wide enough for it.

        The details are read unless they are loaded; set `loaded` to None after a change.
        """
        facts = self.query_one("#facts", ScrolledText)
        if not facts.size.width:
            return
        tracker, now = self.followup.tracker, self.followup.now()
        try:
            self.loaded = details = self.loaded or tracker.queries.details(self.application_id)
            summary = tracker.queries.summary_of(details, now)
        except FollowupError as error:
            facts.fill([((f" {error.sentence}", "alert"),)])
        else:
            facts.fill(pane_rows(summary, facts.size.width))

    def warn(self, letter: Letter, lead: str) -> None:
        """Show what the guard says against a letter or a call now, before the user begins."""
        try:
            verdict = self.followup.tracker.letters.may_send(letter, self.loaded)
        except FollowupError as error:
            self.tell(error.sentence, alert=True)
        else:
            if not verdict.allowed:
                self.tell(f"{lead}: {verdict.why}", alert=True)

    async def close_and_run(self, then: Callable[[ApplicationScreen], Awaitable[DialogResult]]) -> DialogResult:
        """Return to the parent screen and run something there, so that its notice is seen."""
        parent = self.parent_screen
        while self.is_attached and self in self.app.screen_stack:
            await self.followup.pop_screen()
        outcome = await then(parent) if parent is not None else False
        return await self.go_on(outcome)

    async def go_on(self, outcome: DialogResult = True) -> DialogResult:
        """Return what is next now that this screen is closed: what came of it, else what it is followed by.

        A screen that takes the place of this one is followed by the same.
        """
        if isinstance(outcome, SingleApplicationScreen):
            outcome.followed_by = self.followed_by
        elif not isinstance(outcome, Screen) and self.followed_by is not None:
            return await self.followed_by()
        return outcome

    async def follow(self, result: Awaitable[DialogResult]) -> None:
        """Open the dialog or the screen that a result leads to."""
        await open_next(self.followup, await result)

    async def action_leave(self) -> None:
        """Return to the parent screen."""
        await self.followup.pop_screen()
        await self.follow(self.go_on())

    async def action_quit(self) -> None:
        """Leave, as Esc does."""
        await self.run_action_id("leave")
