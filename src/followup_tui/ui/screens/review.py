"""The daily review: one application at a time, and one key that decides and brings the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region
from textual.strip import Strip

from followup_tui.domain.board import Board, Card
from followup_tui.domain.errors import FollowupError
from followup_tui.domain.review import reviewed
from followup_tui.domain.wording import full_day_words
from followup_tui.tracker.outcome import Done
from followup_tui.ui.keys import BY_ID, Action, Place, footer_actions
from followup_tui.ui.review_telling import Ending, ending, group_rows, heading
from followup_tui.ui.screens.reaching import Reaching
from followup_tui.ui.screens.reading import Scrolled
from followup_tui.ui.telling import background, briefed, to_decide
from followup_tui.ui.walking import DueCards, Standing, Walk
from followup_tui.ui.widgets.bars import Bar, Footer, spread
from followup_tui.ui.widgets.lines import Lines
from followup_tui.ui.widgets.rows import Row

END = 1_000_000
"""More rows than there can be: scrolls to the last one."""
AT_THE_END = tuple(BY_ID[id] for id in ("new", "review", "earlier", "undo", "quit"))
"""What the footer offers once nothing waits: no verb has anything to act on."""
PAINTS = 20
"""Paints of the screen that a key waits for at most until the card has been among them."""


class Page(Scrolled):
    """The card's text; knows which card was really painted, and when."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._turned_to = 0
        self._painted = 0
        self.painted_at = 0.0

    @property
    def is_painted(self) -> bool:
        """Whether the page that was turned to last has been painted."""
        return self._painted == self._turned_to > 0

    def turn(self) -> None:
        """From now on another card's text stands here, even if its first line is the same."""
        self._turned_to += 1
        self.top = 0
        self.refresh(Region(0, 0, 1, 1))

    def render_line(self, y: int) -> Strip:
        """The strip of one line; note that it is drawn."""
        if self._painted != self._turned_to:
            self._painted = self._turned_to
            self.painted_at = events.Idle().time  # the clock by which keys are stamped
        return super().render_line(y)


class ReviewScreen(Reaching):
    """What asks for a decision today, the loudest first; each verb decides and brings the next."""

    PLACE = Place.REVIEW
    CSS_PATH = "review.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-low"), (20, "-full")]

    def __init__(self) -> None:
        super().__init__()
        self._due = DueCards(self.followup.board)
        self._walk = Walk(self._standing())
        self._shown: str | None = ""
        self._unasked = ""

    def compose(self) -> ComposeResult:
        """Header, groups, the card, notice and footer."""
        yield Bar(id="header")
        yield Lines(id="groups")
        with Horizontal(id="card"):
            yield Page(id="text")
            yield Scrolled(id="beside")
        yield Bar(id="notice")
        yield self.make_footer()

    def on_mount(self) -> None:
        """Show the card as soon as there is a width."""
        self.call_after_refresh(self._show)
        if self._walk.shown is None:
            self.followup.reckon()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        super().on_resize()
        self.call_after_refresh(self._show)

    # Where one stands

    def _standing(self) -> Standing:
        """The review by the board in memory and the marks on disk, which are few."""
        board, marks = self.followup.board, self.followup.tracker.marks()
        return Standing(reviewed(self._due.on(board), marks), marks)

    def targets(self) -> Sequence[Card]:
        """The application that is shown."""
        card = self.followup.board.cards.get(self._walk.shown or "")
        return [card] if card is not None else []

    def deciding(self, ids: Sequence[str], verb: Callable[[], Done]) -> Callable[[], Done]:
        """The verb as a decision, marked in the transaction that writes it."""
        return partial(self.followup.tracker.decide, ids, verb)

    def tell_empty(self) -> None:
        """Say that the review is over, and what to do."""
        shown = self.followup.shown
        self.tell(f"Nothing is left to decide; {shown('earlier')} goes back, {shown('new')} adds one.", alert=True)

    def offered(self) -> Sequence[Action]:
        """Verbs while there is something to decide on, then what one can still do."""
        if self._walk.shown is None:
            return AT_THE_END
        return [action for action in footer_actions(self.PLACE) if action.id != "review"]

    # Showing

    def show_board(self, board: Board, follow: str | None = None) -> None:
        """Show what has changed: what was decided gives way to the next, what was taken back is shown again."""
        was_over, company = self._walk.shown is None, self._company
        try:
            standing = self._standing()
        except FollowupError as error:
            self.followup.tell(error.sentence, alert=True)
            return
        is_new_day = standing.review.day != self._walk.standing.review.day
        if is_new_day:
            self._walk = Walk(standing)
        if is_new_day or self._walk.renew(standing, follow):
            self._shown = ""
            if self._walk.shown is None:
                self.followup.reckon()
            if follow is None and not was_over:
                self._unasked = company
                what = "A new day has begun" if is_new_day else f"{company} was settled from another window"
                self.followup.tell(f"{what}.")
        self._show()

    def show_basket(self) -> None:
        """The end tells how spread the search is."""
        if self._walk.shown is None:
            self._show()

    def _show(self) -> None:
        walk, width = self._walk, self.size.width
        header, groups = self.query_one("#header", Bar), self.query_one("#groups", Lines)
        page, beside = self.query_one("#text", Page), self.query_one("#beside", Scrolled)
        groups.show(group_rows(walk.standing.review, width, groups.size.height))
        if walk.shown != self._shown:  # also where the same one is asked about anew
            self._shown = walk.shown
            page.turn()
            beside.top = 0
        if self.has_class("-over") != (walk.shown is None):
            self.set_class(walk.shown is None, "-over")
            self.query_one(Footer).offer(*self.hints())
            self.call_after_refresh(self._show)  # in the width that the other column leaves
        text, more = self._texts(page.size.width, beside.size.width)
        page.fill(text)
        beside.fill(more)
        told = f"{self.followup.shown('page_down')} more" if page.more or beside.more else ""
        header.show([spread(heading(walk), told or full_day_words(self.followup.now().date()), width)])

    def _texts(self, width: int, beside: int) -> tuple[list[Row], list[Row]]:
        """The rows of both columns; of the first alone where there is no room for the second."""
        app, shown = self.followup, self._walk.shown
        if shown is None:
            keys = (app.shown("new"), app.shown("review"))
            end = Ending(self._walk.standing.review, app.board, app.basket, app.now(), *keys)
            return ending(end, width), []
        try:
            briefing = briefed(app.tracker, shown, app.now())
        except FollowupError as error:
            return [((f" {error.sentence}", "alert"),)], []
        if not beside:
            return [*to_decide(briefing, width), *background(briefing, width)], []
        return to_decide(briefing, width), background(briefing, beside)

    @property
    def _company(self) -> str:
        for item in self._walk.standing.review.waiting:
            if item.id == self._walk.shown:
                return item.card.company
        return "It"

    # Keys

    async def take_key(self, event: events.Key) -> bool:
        """Hold a key until the card that it will act on was painted; whether it was meant for another one.

        A key that was pressed before another window's change brought this card belongs to the card before.
        """
        page = self.query_one("#text", Page)
        for _ in range(PAINTS):
            if page.is_painted:
                break
            painted = asyncio.Event()
            self.call_after_refresh(painted.set)
            await painted.wait()
        if not self._unasked or event.time >= page.painted_at:
            self._unasked = ""
            return False
        self.tell(f"{self._unasked} had given way to this one; your key for it did nothing.", alert=True)
        return True

    # Going on and back

    async def action_skip(self) -> None:
        """Put it behind the others; from an earlier one, only go on."""
        shown, board = self._walk.shown, self.followup.board
        if shown is None:
            self.tell_empty()
        elif self._walk.is_looking_back:
            self._walk.go_forth(board.cards)
            self.tell("")
            self._show()
        else:
            company = self._company
            if await self.followup.write(partial(self.followup.tracker.skip, shown, board.cards.values())):
                self.show_board(board, shown)
                left = any(item.id == shown for item in self._walk.standing.review.left)
                self.tell(f"{company} is left for another day" if left else f"{company} comes back at the end")

    def action_earlier(self) -> None:
        """To the one before."""
        if self._walk.go_back(self.followup.board.cards):
            self.tell("")
            self._show()
        else:
            self.tell("This is the first of today.")

    async def action_review(self) -> None:
        """Go through what was left over again."""
        if not self._walk.standing.review.left:
            self.tell("Nothing was left over.")
        elif await self.followup.write(self.followup.tracker.begin_again):
            self.show_board(self.followup.board, self._walk.shown or "")

    async def action_open(self) -> None:
        """Open the application; what is decided there is decided here."""
        from followup_tui.ui.screens.detail import DetailScreen

        if self._walk.shown is not None:
            await self.followup.push_screen(DetailScreen(self._walk.shown))

    def _scroll(self, by: int) -> None:
        for column in self.query(Scrolled):
            column.step(by)

    def action_page_down(self) -> None:
        """A screenful down."""
        self._scroll(max(1, self.query_one("#text").size.height - 1))

    def action_page_up(self) -> None:
        """A screenful up."""
        self._scroll(-max(1, self.query_one("#text").size.height - 1))

    def action_first(self) -> None:
        """To the top."""
        self._scroll(-END)

    def action_last(self) -> None:
        """To the end."""
        self._scroll(END)

    async def action_leave(self) -> None:
        """End the review; it can be taken up again."""
        await self.followup.pop_screen()

    async def action_quit(self) -> None:
        """Back to the board."""
        await self.action_leave()
