"""The daily review: one application at a time, and one key that decides and brings the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal

from followup_tui.actions import BY_ID, Action, Place, footer_actions
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import name_among
from followup_tui.domain.rules.action import review_actions
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.card import Card
from followup_tui.domain.views.review import Mark, reviewed
from followup_tui.domain.views.review_cursor import DueCards, ReviewCursor, ReviewState
from followup_tui.tracker.commit import CommandResult
from followup_tui.ui.base_app import load_screen
from followup_tui.ui.dialogs.dialog import ScrolledText
from followup_tui.ui.render.application_rows import background_rows, decision_rows
from followup_tui.ui.render.review import Ending, ending, group_rows, review_heading
from followup_tui.ui.rows.pieces import Row, spread
from followup_tui.ui.screens.application_screen import APPLICATION_ACTIONS
from followup_tui.ui.screens.single_application import Scrolling, beside_heading
from followup_tui.ui.widgets.text_lines import Bar, Footer, NoticeBar, PaintTracker, TextLines, draw_later

AT_THE_END = tuple(BY_ID[id] for id in ("new", "review", "earlier", "undo", "quit"))
"""What the footer offers once nothing waits: no command has anything to act on."""


class CardText(ScrolledText, PaintTracker):
    """The card's text; knows when the card that stands here was really painted."""

    def turn(self) -> None:
        """Another card's text, from its top."""
        self.top = 0
        super().turn()


class ReviewScreen(Scrolling):
    """What asks for a decision today, the loudest first; each command decides and brings the next."""

    PLACE = Place.REVIEW
    ACTIONS = {id: run for id, run in APPLICATION_ACTIONS.items() if id != "review"}  # it has its own meaning here
    CSS_PATH = "review.tcss"
    SCROLLED = "#text, #beside"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-low"), (20, "-full")]

    def __init__(self) -> None:
        super().__init__()
        self._due = DueCards(self.followup.board)
        self._walk = ReviewCursor(self._standing())
        self._since = self.followup.tracker.review.newest_line()
        self._shown: str | None = ""
        self._unasked = ""
        self._skip_undone: tuple[Mark, ...] | None = None  # the marks that an undone skip has left

    def compose(self) -> ComposeResult:
        """Header, groups, the card, notice and footer."""
        yield Bar(id="header")
        yield TextLines(id="groups")
        with Horizontal(id="card"):
            yield CardText(id="text")
            yield ScrolledText(id="beside")
        yield NoticeBar(id="notice")
        yield self.make_footer()

    def on_mount(self) -> None:
        """Show the card as soon as there is a width."""
        draw_later(self, self._show)
        if self._walk.shown is None:
            self.followup.recompute()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        draw_later(self, self._show)

    # Where one stands

    def _standing(self) -> ReviewState:
        """The review by the board in memory and the marks on disk, which are few."""
        board, marks = self.followup.board, self.followup.tracker.review.marks()
        return ReviewState(reviewed(self._due.on(board), marks), marks)

    def targets(self) -> Sequence[Card]:
        """The application that is shown."""
        card = self.followup.board.cards.get(self._walk.shown or "")
        return [card] if card is not None else []

    def deciding(self, ids: Sequence[str], command: Callable[[], CommandResult]) -> Callable[[], CommandResult]:
        """The command as a decision, marked in the transaction that writes it."""
        return partial(self.followup.tracker.review.decide, ids, command)

    def taking_back(self) -> Callable[[], CommandResult]:
        """The review's own last gesture, a skip too."""
        further = f"on the board {self.followup.shown('undo')} goes further back"
        return partial(self.followup.tracker.review.undo, self._since, further)

    def tell_empty(self) -> None:
        """Say that the review is over, and what to do."""
        shown = self.followup.shown
        self.tell(f"Nothing left to decide; {shown('earlier')} goes back, {shown('new')} adds one.")
        self.discard_typed_ahead()

    def offered(self) -> Sequence[Action]:
        """Verbs while there is something to decide on, then what one can still do."""
        if self._walk.shown is None:
            has_left = bool(self._walk.standing.review.left)
            return [action for action in AT_THE_END if action.id != "review" or has_left]
        chosen = [action for card in self.targets() for action in review_actions(card.action)]
        others = [action.id for action in footer_actions(self.PLACE) if action.id != "review"]
        return [BY_ID[id] for id in dict.fromkeys((*chosen, "earlier", "undo", *others))]

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
            self._walk = ReviewCursor(standing)
        if is_new_day or self._walk.renew(standing, follow):
            self._shown = ""
            if self._walk.shown is None:
                self.followup.recompute()
            if follow is None and not was_over:
                self._unasked = company
                what = "A new day has begun" if is_new_day else f"{company} was handled in another window"
                self.followup.tell(f"{what}.")
        self._show()

    def show_basket(self) -> None:
        """The end tells how spread the search is."""
        if self._walk.shown is None:
            self._show()

    def _show(self) -> None:
        walk, width = self._walk, self.size.width
        groups = self.query_one("#groups", TextLines)
        page, beside = self.query_one("#text", CardText), self.query_one("#beside", ScrolledText)
        groups.show(group_rows(walk, width, groups.size.height))
        if walk.shown != self._shown:  # also when the same one is asked about again
            self._shown = walk.shown
            page.turn()
            beside.top = 0
        if self.has_class("-over") != (walk.shown is None):
            self.set_class(walk.shown is None, "-over")
            draw_later(self, self._show)  # in the width that the other column leaves
        text, more = self._texts(page.size.width, beside.size.width)
        page.fill(text)
        beside.fill(more)
        self.query_one(Footer).offer(*self.hints())
        self.show_header()

    @on(ScrolledText.Moved)
    def show_header(self) -> None:
        """How far one is, and whether there is more below."""
        row = spread(review_heading(self._walk), beside_heading(self), self.size.width)
        self.query_one("#header", Bar).show([row])

    def _texts(self, width: int, beside: int) -> tuple[list[Row], list[Row]]:
        """The rows of both columns; of the first alone where there is no room for the second."""
        app, shown = self.followup, self._walk.shown
        if shown is None:
            keys = (app.shown("new"), app.shown("review"))
            cards = app.board.cards.values()
            end = Ending(self._walk.standing.review, self._coming(), app.basket, app.display_time(), *keys, cards)
            return ending(end, width), []
        try:
            summary = app.load_summary(shown)
        except FollowupError as error:
            return [((f" {error.sentence}", "alert"),)], []
        if not beside:
            return [*decision_rows(summary, width), *background_rows(summary, width)], []
        return decision_rows(summary, width), background_rows(summary, beside)[1:]  # the first row is blank

    def _coming(self) -> str:
        try:
            return self.followup.tracker.queries.coming(self.followup.board.cards.values())
        except FollowupError:  # another window took it back: the board that comes next is without it
            return ""

    @property
    def _company(self) -> str:
        for item in self._walk.standing.review.waiting:
            if item.id == self._walk.shown:
                return name_among(item.card, self.followup.board.cards.values())
        return "It"

    # Keys

    async def take_key(self, event: events.Key) -> bool:
        """Hold a key until the card that it will act on was painted; whether it was meant for another one.

        A key that was pressed before another window's change brought this card belongs to the card before.
        """
        page = self.query_one("#text", CardText)
        await page.seen()
        if await self.is_too_early(event):
            return True
        if not self._unasked or event.time >= page.painted_at:
            self._unasked = ""
            return False
        self.tell(f"{self._unasked} was replaced by this one, so your key did nothing.", alert=True)
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
            if await self.followup.write(partial(self.followup.tracker.review.skip, shown, board.cards.values())):
                self.show_board(board, shown)
                left = any(item.id == shown for item in self._walk.standing.review.left)
                self.tell(f"{company} is left until tomorrow" if left else f"{company} comes back at the end")

    async def action_undo(self) -> None:
        """Undo the last gesture; of a skip, remember that redo means to skip again."""
        undone = await self.followup.run_command(self.taking_back(), hint="redo")
        is_skip = undone is not None and not undone.change.edits
        self._skip_undone = self._walk.standing.marks if is_skip else None

    async def action_redo(self) -> None:
        """Redo the last gesture that was undone, a skip too."""
        if self._skip_undone == self._walk.standing.marks:
            await self.action_skip()
        else:
            await super().action_redo()

    def action_earlier(self) -> None:
        """To the one before."""
        if self._walk.go_back(self.followup.board.cards):
            self.tell("")
            self._show()
        else:
            self.tell("This is the first one.")

    async def action_review(self) -> None:
        """Go through what was left for later again."""
        if not self._walk.standing.review.left:
            self.tell("Nothing was left for later.")
        elif await self.followup.write(self.followup.tracker.review.restart):
            self.show_board(self.followup.board, self._walk.shown or "")

    async def action_open(self) -> None:
        """Open the application; what is decided there is decided here."""
        if self._walk.shown is not None:
            await self.followup.push_screen(load_screen("detail")(self._walk.shown))

    def action_scroll_down(self) -> None:
        """A line down."""
        self.scroll_rows(1)

    def action_scroll_up(self) -> None:
        """A line up."""
        self.scroll_rows(-1)

    async def action_leave(self) -> None:
        """Take a refusal away, or end the review; it can be taken up again."""
        if not self.clears_alert():
            await self.followup.pop_screen()

    async def action_quit(self) -> None:
        """Back to the board."""
        await self.followup.pop_screen()
