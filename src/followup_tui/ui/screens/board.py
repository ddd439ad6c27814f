"""The board: which card, which verb, and how to show the outcome; everything else has a room of its own."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from followup_tui.domain.board import Board, Card
from followup_tui.domain.errors import FollowupError
from followup_tui.domain.stage import STAGES, Stage
from followup_tui.domain.wording import counted, full_day_words
from followup_tui.ui.keys import Place
from followup_tui.ui.screens.verbs import VerbScreen
from followup_tui.ui.widgets.bars import Bar, spread
from followup_tui.ui.widgets.kanban import NARROW, Kanban
from followup_tui.ui.widgets.lines import Lines
from followup_tui.ui.widgets.rows import Row

SHORT_LABELS = {
    Stage.INTERVIEWED: "Int",
    Stage.THANKED: "Tha",
    Stage.AWAITING: "Awa",
    Stage.MOVED_ON: "Mov",
}


class BoardScreen(VerbScreen):
    """Four columns, the focused card's story, a pane beside them from 120 columns on."""

    PLACE = Place.BOARD
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-middle"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-tall")]

    def __init__(self) -> None:
        super().__init__()
        self.selected: frozenset[str] = frozenset()
        self.words = ""
        self.typing = False
        self._anchor: str | None = None
        self._shown = self.followup.board

    def compose(self) -> ComposeResult:
        """The bars around, the columns and the pane between."""
        yield Bar(id="header")
        with Horizontal(id="middle"):
            kanban = Kanban(self._shown, self.followup.now(), id="kanban")
            kanban.hint = self._empty_hint()
            yield kanban
            yield Lines(id="pane")
        yield Bar(id="story")
        yield Bar(id="notice")
        yield self.make_footer()

    @property
    def kanban(self) -> Kanban:
        """The columns."""
        return self.query_one(Kanban)

    def _empty_hint(self) -> tuple[str, ...]:
        shown = self.followup.shown
        if self.words:
            return ("Nothing here holds", f"“{self.words}”.", f"{shown('leave')} shows all.")
        if self.followup.board.cards:
            return ("Nothing here.", f"{shown('advance')} moves a card on,", f"{shown('new')} adds one.")
        return (
            "No applications yet.",
            "",
            f"{shown('new')}  add one",
            f"{shown('help')}  all keys",
            f"{shown('quit')}  quit",
        )

    # Showing

    def show_board(self, board: Board, follow: str | None = None) -> None:
        """Show another state of the board, narrowed as it was."""
        self._shown = board.narrowed(self.words)
        self.selected = frozenset(id for id in self.selected if id in board.cards)
        kanban = self.kanban
        kanban.hint = self._empty_hint()
        kanban.selected = self.selected
        kanban.show(self._shown, self.followup.now(), follow)
        self.show_bars()

    def show_bars(self) -> None:
        """Header, story and pane for the card under the cursor."""
        self.query_one("#header", Bar).show([self._header()])
        from followup_tui.ui.telling import pane, story  # the first paint goes without them

        card = self.kanban.focused
        story_bar, side = self.query_one("#story", Bar), self.query_one("#pane", Lines)
        if card is None:
            story_bar.show([])
            side.show([])
            return
        try:
            dossier = self.followup.tracker.dossier(card.id)
        except FollowupError as error:
            story_bar.show([((f" {error.sentence}", "alert"),)])
            side.show([])
            return
        now = self.followup.now()
        story_bar.show([story(dossier, now)])
        if side.size.width:
            side.show(pane(dossier, now, side.size.width))

    def _header(self) -> Row:
        board, width = self.followup.board, self.size.width
        if width < NARROW:
            return self._tabs()
        told: list[tuple[str, str]] = [(" followup ", "strong"), (f"  {board.live:,} live", "text")]
        if self.selected:
            told.append((f" · {len(self.selected):,} selected", "accent"))
        if self.words and not self.typing:
            told.append((f" · only “{self.words}”, {counted(len(self._shown.cards), 'card')}", "accent"))
        return spread(tuple(told), full_day_words(self.followup.now().date()), width)

    def _tabs(self) -> Row:
        kanban = self.kanban
        return tuple(
            (
                f" {number} {SHORT_LABELS[stage]} {self._shown.count(stage):,} ",
                "accent" if stage is kanban.stage else "dim",
            )
            for number, stage in enumerate(STAGES, 1)
        )

    def on_resize(self) -> None:
        """Bars and pane fit the new width."""
        self.call_after_refresh(self.show_bars)

    def on_kanban_focused(self) -> None:
        """The story follows the cursor."""
        self.show_bars()

    async def on_kanban_opened(self) -> None:
        """A double click opens."""
        await self.action_open()

    async def on_kanban_dropped(self, message: Kanban.Dropped) -> None:
        """A card was dragged: it alone moves."""
        self.selected = frozenset()
        self.kanban.show(self._shown, self.followup.now(), message.card.id)
        await self.move_to(message.stage)

    # Which cards

    def targets(self) -> Sequence[Card]:
        """The selected cards, or the one under the cursor."""
        if self.selected:
            return [card for card in self.followup.board.cards.values() if card.id in self.selected]
        focused = self.kanban.focused
        return [focused] if focused is not None else []

    def _select(self, ids: frozenset[str]) -> None:
        self.selected = ids
        self.kanban.select(ids)
        self.query_one("#header", Bar).show([self._header()])

    def action_select(self) -> None:
        """Select the card or let it go, and step down."""
        card = self.kanban.focused
        if card is not None:
            self._anchor = card.id
            self._select(self.selected ^ {card.id})
            self.kanban.step(1)

    def action_select_range(self) -> None:
        """Select from the card selected last to the cursor."""
        column = self.kanban.columns[self.kanban.stage]
        anchor = column.place_of(self._anchor) if self._anchor else None
        start = column.cursor if anchor is None else anchor
        low, high = sorted((start, column.cursor))
        ids = frozenset(card.id for card in column.cards[low : high + 1])
        if column.focused is not None:
            self._anchor = column.focused.id
        self._select(self.selected | ids)

    def action_select_all(self) -> None:
        """Select the whole column, or let all go where it is selected."""
        ids = frozenset(card.id for card in self._shown.columns[self.kanban.stage])
        self._select(frozenset() if ids <= self.selected else self.selected | ids)

    # Moving

    def action_down(self) -> None:
        """To the next card."""
        self.kanban.step(1)

    def action_up(self) -> None:
        """To the card above."""
        self.kanban.step(-1)

    def action_left(self) -> None:
        """To the column on the left."""
        self.kanban.sidestep(-1)

    def action_right(self) -> None:
        """To the column on the right."""
        self.kanban.sidestep(1)

    def action_page_down(self) -> None:
        """A screenful down."""
        self.kanban.step(self.kanban.page)

    def action_page_up(self) -> None:
        """A screenful up."""
        self.kanban.step(-self.kanban.page)

    def action_first(self) -> None:
        """To the first card."""
        self.kanban.go(0)

    def action_last(self) -> None:
        """To the last card."""
        self.kanban.go(len(self._shown.columns[self.kanban.stage]) - 1)

    def action_column_1(self) -> None:
        """To the first stage."""
        self.kanban.enter(STAGES[0])

    def action_column_2(self) -> None:
        """To the second stage."""
        self.kanban.enter(STAGES[1])

    def action_column_3(self) -> None:
        """To the third stage."""
        self.kanban.enter(STAGES[2])

    def action_column_4(self) -> None:
        """To the last stage."""
        self.kanban.enter(STAGES[3])

    async def action_open(self) -> None:
        """Open the application under the cursor."""
        from followup_tui.ui.screens.detail import DetailScreen

        card = self.kanban.focused
        if card is not None:
            await self.followup.push_screen(DetailScreen(card.id))

    # Filter, sort, leave

    def action_filter(self) -> None:
        """Start to type a filter."""
        self.typing = True
        self._show_filter()

    async def take_key(self, event: events.Key) -> bool:
        """A key while the filter is typed; whether it was for the filter."""
        if not self.typing:
            return False
        if event.key == "enter":
            self.typing = False
            self.tell("")
        elif event.key == "escape":
            self.typing = False
            self.narrow("")
            self.tell("")
        elif event.key in ("backspace", "ctrl+h"):
            self.narrow(self.words[:-1])
        elif event.key == "ctrl+u":
            self.narrow("")
        elif event.key in ("down", "up"):
            self.kanban.step(1 if event.key == "down" else -1)
        elif event.character and event.is_printable:
            self.narrow(self.words + event.character)
        self.query_one("#header", Bar).show([self._header()])
        if self.typing:
            self._show_filter()
        return True

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted while the filter is typed belongs to it; anywhere else it does nothing."""
        if self.typing:
            self.narrow(self.words + " ".join(event.text.split()))
            self._show_filter()

    def narrow(self, words: str) -> None:
        """Show only the cards that hold these words."""
        self.words = words
        focused = self.kanban.focused
        self.show_board(self.followup.board, focused.id if focused else None)

    def _show_filter(self) -> None:
        found = counted(len(self._shown.cards), "card")
        bar = self.query_one("#notice", Bar)
        bar.show([((" /", "key"), (self.words, "text"), ("▏", "accent"), (f"  {found} · Enter keeps, Esc clears", "dim"))])

    async def action_history(self) -> None:
        """The journal."""
        from followup_tui.ui.screens.journal import JournalScreen

        await self.followup.open_dialog(JournalScreen())

    def action_sort(self) -> None:
        """The next order."""
        self.followup.board = self.followup.board.sorted_by(self.followup.board.sort.following)
        focused = self.kanban.focused
        self.show_board(self.followup.board, focused.id if focused else None)
        self.tell(f"Sorted: {self.followup.board.sort.label}")

    def action_leave(self) -> None:
        """Let go of the filter, then of the selection."""
        if self.words:
            self.narrow("")
            self.tell("")
        elif self.selected:
            self._select(frozenset())
        else:
            self.tell("")

    def action_quit(self) -> None:
        """Quit the program."""
        self.followup.exit()
