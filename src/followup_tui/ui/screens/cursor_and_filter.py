"""The cursor on the board's columns, the cards that are selected, and the filter of those that are shown."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

from textual import events

from followup_tui.cells import cell_len
from followup_tui.domain.format import plural
from followup_tui.domain.model.application import STAGES, Stage
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import FILTER_LIMIT
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.filters import filter_board, parse_filter
from followup_tui.domain.views.search import SearchTexts
from followup_tui.ui.rows.pieces import ELLIPSIS, Row, taken, wrap
from followup_tui.ui.screens.application_screen import MOST_LINES, ApplicationScreen
from followup_tui.ui.widgets.kanban import Kanban
from followup_tui.ui.widgets.text_lines import Bar, Footer

if TYPE_CHECKING:
    from textual.worker import Worker

    from followup_tui.domain.views.card import Card
    from followup_tui.domain.views.filters import Filter


class BoardPanels(Protocol):
    """The screen with the columns."""

    shown_board: Board

    @property
    def kanban(self) -> Kanban:
        """The columns."""

    def show_header(self) -> None:
        """Show how many cards are selected."""

    def show_bars(self) -> None:
        """Show the card under the cursor; called with each move, so that both are one repaint."""


class BoardCursor:
    """Moves the cursor over the columns and selects cards."""

    def __init__(self, panels: BoardPanels) -> None:
        self._panels = panels
        self.selected: frozenset[str] = frozenset()
        self._anchor: str | None = None

    @property
    def _kanban(self) -> Kanban:
        return self._panels.kanban

    # Moving

    def step(self, by: int) -> None:
        """Move down by so many cards."""
        self._kanban.step(by)
        self._panels.show_bars()

    def step_page(self, by: int) -> None:
        """Move down by so many screenfuls."""
        self.step(by * self._kanban.page)

    def sidestep(self, by: int) -> None:
        """Move right by so many columns."""
        self._kanban.sidestep(by)
        self._panels.show_bars()

    def enter(self, stage: Stage) -> None:
        """Move to the column of a stage."""
        self._kanban.enter(stage)
        self._panels.show_bars()

    def go_first(self) -> None:
        """Move to the first card of the column."""
        self._kanban.go(0)
        self._panels.show_bars()

    def go_last(self) -> None:
        """Move to the last card of the column."""
        self._kanban.go(len(self._panels.shown_board.columns[self._kanban.stage]) - 1)
        self._panels.show_bars()

    # Selecting

    def mark(self, ids: frozenset[str]) -> None:
        """Select these applications and no others."""
        self.selected = ids
        self._kanban.select(ids)
        self._panels.show_header()

    def deselect(self) -> None:
        """Select nothing."""
        if self.selected:
            self._anchor = None
            self.mark(frozenset())
            self._panels.show_bars()

    def toggle(self) -> None:
        """Select the card under the cursor or deselect it, and move down."""
        card = self._kanban.focused
        if card is not None:
            self._anchor = card.id
            self.mark(self.selected ^ {card.id})
            self.step(1)

    def select_range(self) -> None:
        """Select from the card that was selected last to the cursor."""
        column = self._kanban.columns[self._kanban.stage]
        anchor = column.place_of(self._anchor) if self._anchor else None
        start = column.cursor if anchor is None else anchor
        low, high = sorted((start, column.cursor))
        ids = frozenset(card.id for card in column.cards[low : high + 1])
        if column.focused is not None:
            self._anchor = column.focused.id
        self.mark(self.selected | ids)

    def select_column(self) -> None:
        """Select the whole column, or deselect everything if all of the column is selected."""
        ids = frozenset(card.id for card in self._panels.shown_board.columns[self._kanban.stage])
        self.mark(frozenset() if ids <= self.selected else self.selected | ids)


CURSOR_ACTIONS: Mapping[str, Callable[[BoardCursor], None]] = {
    "down": partial(BoardCursor.step, by=1),
    "up": partial(BoardCursor.step, by=-1),
    "left": partial(BoardCursor.sidestep, by=-1),
    "right": partial(BoardCursor.sidestep, by=1),
    "page_down": partial(BoardCursor.step_page, by=1),
    "page_up": partial(BoardCursor.step_page, by=-1),
    "first": BoardCursor.go_first,
    "last": BoardCursor.go_last,
    "select": BoardCursor.toggle,
    "select_range": BoardCursor.select_range,
    "select_all": BoardCursor.select_column,
    **{f"column_{number}": partial(BoardCursor.enter, stage=stage) for number, stage in enumerate(STAGES, 1)},
}
"""The actions that only move the cursor or select cards, by their ids."""


EXAMPLES = "words, late, today, due:tomorrow, stage:awaiting, #tag, person:name, -not"
KEYS = (("Enter", "Keep the filter"), ("Esc", "Clear it"), ("↑↓", "Move"), ("ctrl+u", "Empty the line"))
"""What the keys do while it is typed."""
TYPED_SHARE = 0.5
"""Part of the line that what is typed may take; of a longer text the end is shown."""


class FilterBar:
    """The filter of the board: the line in which it is typed, and the cards that it leaves.

    The filter takes its keys itself, one by one, rather than through a field: what is typed after Enter must
    act on the narrowed board, however fast it comes. The texts in which words are looked for are read behind the
    keys; until they are there, the board stands as it was.
    """

    def __init__(self, screen: ApplicationScreen, panels: BoardPanels) -> None:
        self._screen = screen
        self._panels = panels
        self.words = ""
        self.typing = False
        self._filter: Filter | None = None
        self._texts: SearchTexts | None = None
        self._texts_of: Board | None = None
        self._reading: Worker[None] | None = None
        self._home: str | None = None

    def start(self) -> None:
        """Start to type a filter."""
        self.typing = True
        self._stay_here()
        self._show_filter()
        self._show_keys()
        self._read_texts()  # before the first character comes, which needs them

    async def take_key(self, event: events.Key) -> bool:
        """A key while the filter is typed; whether it was for the filter."""
        if not self.typing:
            return False
        if event.key == "enter":
            await self._until_read()
            self.typing, self._home = False, None
            self._screen.tell(self._described if self._has_typo else "")
        elif event.key == "escape":
            self.typing = False
            self.narrow("")
            self._home = None
            self._screen.tell("")
        elif event.key in ("backspace", "ctrl+h"):
            self.narrow(self.words[:-1])
        elif event.key == "ctrl+u":
            self.narrow("")
        elif event.key in ("down", "up"):
            self._panels.kanban.step(1 if event.key == "down" else -1)
            self._stay_here()
            self._panels.show_bars()
        elif event.character and event.is_printable:
            self.narrow(self.words + event.character)
        self._panels.show_header()
        if self.typing:
            self._show_filter()
        else:
            self._show_keys()
        return True

    def paste(self, text: str) -> None:
        """Add a pasted text to what is typed."""
        self.narrow(self.words + " ".join(text.split()))
        self._show_filter()

    # Narrowing

    def narrow(self, words: str) -> None:
        """Show only the cards that this filter holds; what is looked for in texts follows."""
        self.words = words[:FILTER_LIMIT]
        self._filter = parse_filter(self.words)
        self._show_narrowed()

    async def narrow_to(self, words: str) -> None:
        """Show what a saved filter holds, once all of it is known."""
        self.narrow(words)
        await self._until_read()
        self._screen.tell(self._described)

    @property
    def _described(self) -> str:
        """What was understood, how many cards that leaves, and how to see all."""
        told = self._filter.words if self._filter else ""
        count, leave = len(self._panels.shown_board.cards), self._screen.followup.shown("leave")
        return f"{told} · {plural(count, 'card')} · {leave} shows all"

    @property
    def _has_typo(self) -> bool:
        """Whether a word behind a key such as “stage:” isn't one of those that it takes, or a stage has no key."""
        return self._filter is not None and any(term.choices for term in self._filter.terms)

    def narrowed(self, board: Board) -> Board:
        """Return the board with the matching cards; the texts of another board are read again meanwhile."""
        if self._filter is None or not self._filter.terms:
            return board
        if self._lacks_texts():
            self._read_texts()
        return filter_board(board, self._filter, self._texts)

    def found_in(self, card: Card) -> str:
        """What was found of a card that it doesn't show itself, in words; else empty."""
        if self._filter is None or self._texts is None:
            return ""
        return str(self._filter.match(card, self._texts) or "")

    def _stay_here(self) -> None:
        focused = self._panels.kanban.focused
        self._home = focused.id if focused else None

    def _show_narrowed(self) -> None:
        # The cursor comes back to the card on which the typing began as soon as that is shown again.
        self._screen.show_board(self._screen.followup.board, self._home)
        if self._panels.kanban.focused is None and self._panels.shown_board.cards:
            self._panels.kanban.enter(next(stage for stage in STAGES if self._panels.shown_board.columns[stage]))
            self._panels.show_bars()

    # What only the database knows

    def _lacks_texts(self) -> bool:
        """Whether the filter looks for words that may have changed since the texts were read."""
        needs = self._filter is not None and self._filter.needs_texts
        return needs and self._texts_of is not self._screen.followup.board

    def _read_texts(self) -> None:
        if self._reading is None or self._reading.is_finished:
            self._reading = self._screen.run_worker(self._read_in_background(), name="filter", group="filter")

    async def _read_in_background(self) -> None:
        from followup_tui.tracker.listing import texts_at  # it loads what reads the database

        followup = self._screen.followup
        # Once more where the board changed while one was reading.
        while self._texts_of is not followup.board:
            board = followup.board
            try:
                self._texts = await followup.run_in_thread(partial(texts_at, followup.place))
            except FollowupError as error:
                self._screen.tell(error.sentence, alert=True)
                self._texts = SearchTexts()
            self._texts_of = board
        gc.freeze()  # the collector need not walk all that was written
        if not (followup.is_running and self._screen.is_attached):
            return  # the program was left meanwhile, and there are no columns any more
        if self.words:
            self._show_narrowed()
        if self.typing:
            self._show_filter()

    async def _until_read(self) -> None:
        """Wait until the board shows all that the filter means."""
        if self._lacks_texts() and self._reading is not None:
            await self._reading.wait()

    # The line in which it is typed

    def _show_keys(self) -> None:
        """Name in the footer what the keys do: while one types, those of the board are letters."""
        footer = self._screen.query_one(Footer)
        footer.offer(*((KEYS, ()) if self.typing else self._screen.hints()))

    def _show_filter(self) -> None:
        bar = self._screen.query_one("#notice", Bar)
        rows = self._typed_rows(self._screen.size.width)
        bar.styles.height = len(rows)
        bar.show(rows)

    def _typed_rows(self, width: int) -> list[Row]:
        """What is typed, what was understood, and how many cards are left; on further lines where that is long."""
        typed = self.words
        room = max(8, int(width * TYPED_SHARE))
        if cell_len(typed) > room:
            typed = ELLIPSIS + typed[-(room - 1) :]
        row: Row = ((" /", "key"), (typed, "text"), ("▏", "accent"))
        if not self.words:
            told = EXAMPLES
        else:
            is_plain = self._filter is None or self._filter.is_plain
            found = len(self._panels.shown_board.cards)
            cards = plural(found, "card") if found or not is_plain else f"0 cards; it takes {EXAMPLES}"
            told = "" if self._filter is None or is_plain else f"{self._filter.words} · "
            told += "…" if self._lacks_texts() else cards
        if cell_len(told) <= width - taken(row) - 2:
            return [(*row, (f"  {told}", "dim"))]
        return [row, *(((f"  {line}", "dim"),) for line in wrap(told, max(8, width - 3), MOST_LINES - 1))]
