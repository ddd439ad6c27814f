"""The application by itself: what is known about it, and the same verbs as on the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal

from followup_tui.actions import Place
from followup_tui.domain.format import format_full_day
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.card import Card
from followup_tui.ui.dialogs.dialog import DialogResult
from followup_tui.ui.dialogs.text_viewer import ScrolledText
from followup_tui.ui.drawing import draw_later
from followup_tui.ui.render.application_rows import detail_columns, detail_rows
from followup_tui.ui.render.letter import letter_rows
from followup_tui.ui.rows.bar_rows import spread
from followup_tui.ui.screens.application_screen import APPLICATION_ACTIONS, Verb
from followup_tui.ui.screens.single_application import Scrolling, SingleApplicationScreen
from followup_tui.ui.widgets.bars import Bar, NoticeBar


class DetailScreen(SingleApplicationScreen, Scrolling):
    """One application: where it stands, people, rounds, history, notes."""

    PLACE = Place.DETAIL
    ACTIONS = APPLICATION_ACTIONS
    CSS_PATH = "detail.tcss"
    SCROLLED = "#text, #beside"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (100, "-wide")]

    def __init__(self, id: str) -> None:
        super().__init__()
        self._application_id = id

    def compose(self) -> ComposeResult:
        """Header, text, notice and footer."""
        yield Bar(id="header")
        with Horizontal(id="columns"):
            yield ScrolledText(id="text")
            yield ScrolledText(id="beside")
        yield NoticeBar(id="notice")
        yield self.make_footer()

    def on_mount(self) -> None:
        """Show it as soon as there is a width."""
        draw_later(self, self._show)

    def on_resize(self) -> None:
        """Wrap to the new width."""
        draw_later(self, self._show)

    def _show(self) -> None:
        text = self.query_one("#text", ScrolledText)
        now = self.followup.display_time()
        tracker, id = self.followup.tracker, self._application_id
        try:
            summary, letters = self.followup.load_summary(id), tracker.letters.of(id)
        except FollowupError as error:
            text.fill([((f" {error.sentence}", "alert"),)])
            return
        application = summary.details.application
        named = ((f" {application.company}", "strong"), (f" · #{application.number}", "dim"))
        header = spread(named, format_full_day(now.date()), self.size.width)
        self.query_one("#header", Bar).show([header])
        beside = self.query_one("#beside", ScrolledText)
        width, side = text.size.width, beside.size.width
        if side:
            left, right = detail_columns(summary, width, side)
            text.fill(left)
            beside.fill([*right, *letter_rows(letters, summary.details, now, side)])
        else:
            text.fill([*detail_rows(summary, width), *letter_rows(letters, summary.details, now, width)])

    @property
    def application_id(self) -> str:
        """The application that is open."""
        return self._application_id

    def show_board(self, board: Board, follow: str | None = None) -> None:
        """Show what has changed about it."""
        self._show()

    async def perform(self, verb: Verb, cards: Sequence[Card], **how: Any) -> DialogResult:
        """Carry a verb out as anywhere; go back once it has taken the application away."""
        outcome = await super().perform(verb, cards, **how)
        if self._application_id not in self.followup.board.cards:
            self._leave()
        return outcome

    def _leave(self) -> None:
        """Go back, with the notice of how it went."""
        if self.is_current:
            sentence, is_alert = self._told
            self.app.pop_screen()
            self.followup.tell(sentence, alert=is_alert)

    def action_down(self) -> None:
        """A line down."""
        self.scroll_rows(1)

    def action_up(self) -> None:
        """A line up."""
        self.scroll_rows(-1)
