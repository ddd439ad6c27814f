"""The four columns as rows, and how the board shares the screen with its pane and the lines below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from followup_tui.cells import cell_len
from followup_tui.domain.format import shortened
from followup_tui.domain.model.application import STAGES, Stage
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.card import LATE, PINNED, TODAY, Card, card_status, words_beside
from followup_tui.ui.rows.pieces import NARROW, SHORT_LABEL, Row, cut, wrap

FILLED = frozenset({"late", "today"})
"""The looks that fill their ground: what asks for something now."""
EMPTY_LINES = 8
"""The most lines that an empty column says."""
_LOOKS = {LATE: "late", "?": "late", TODAY: "today"}
"""The looks of what asks; beside the look each has its own sign and word, which say the same without colour."""


def padded(text: str, look: str) -> tuple[str, str]:
    """A text and its look, with a blank at both ends where the look fills the ground."""
    return (f" {text} " if look in FILLED else text), look


def badge(card: Card, now: datetime, width: int = 80) -> tuple[str, str]:
    """The text of the badge and the name of its look: ("! thank 1d late", "late").

    Where it is wider than `width` cells it is shortened, so that what matters is still to be read.
    """
    sign, words = card_status(card, now)
    words = shortened(words, width - (len(sign) + 1 if sign.strip() else 0))
    look = _LOOKS.get(sign, "dim")
    if sign == PINNED and card.asks_on is not None and card.asks_on <= now.date():
        look = "today"
    return f"{sign} {words}".strip(), look


CARD_HEIGHT = 4
"""Lines of one card: company, role, where it stands, and a blank one."""


@dataclass(slots=True)
class Column:
    """The cards of one stage, a cursor that follows its card, and the first card in view.

    `count` is the number of the stage's cards, of which the first page has only the first, and `applied` how
    many of these were only applied for; `top` is an index
    into `cards`; `height` the lines there are for cards. The cursor is an index, kept inside
    the column; in an empty column it is 0.
    """

    stage: Stage
    cards: tuple[Card, ...] = ()
    count: int = 0
    applied: int = 0
    cursor: int = 0
    top: int = 0
    height: int = CARD_HEIGHT

    @property
    def focused(self) -> Card | None:
        """The card under the cursor; None in an empty column."""
        return self.cards[self.cursor] if self.cards else None

    @property
    def in_view(self) -> int:
        """How many cards can be seen whole; at least one."""
        return max(1, (self.height + 1) // CARD_HEIGHT)

    def show(self, cards: tuple[Card, ...], count: int, applied: int = 0) -> None:
        """Take other cards; the cursor stays on its card where that is still here, else on its place."""
        self.count, self.applied = count, applied
        before = self.focused
        self.cards = cards
        if before is not None:
            place = self.place_of(before.id)
            self.cursor = self.cursor if place is None else place
        self.clamp()

    def place_of(self, id: str) -> int | None:
        """Where the card of an application stands in this column; None where it doesn't."""
        return next((place for place, card in enumerate(self.cards) if card.id == id), None)

    def resize(self, height: int) -> None:
        """Take another height; the cursor's card stays in view."""
        self.height = height
        self.clamp()

    def go(self, place: int) -> bool:
        """Put the cursor on a place, or the nearest there is; whether other cards came into view.

        When the cursor leaves the view, it comes to stand in the middle: a slow line pays for a whole column
        once in half a screen instead of at each key.
        """
        top = self.top
        self.cursor = max(0, min(place, len(self.cards) - 1))
        if not self.top <= self.cursor < self.top + self.in_view:
            self.top = self.cursor - self.in_view // 2
        self._clamp_top()
        return self.top != top

    def scroll(self, by: int) -> bool:
        """Move the view and leave the cursor; whether other cards came into view."""
        top = self.top
        self.top += by
        self._clamp_top()
        return self.top != top

    def clamp(self) -> None:
        """Cursor and view back inside the column, the cursor's card in view."""
        self.go(self.cursor)

    def _clamp_top(self) -> None:
        self.top = max(0, min(self.top, len(self.cards) - self.in_view))

    def card_at(self, line: int) -> int | None:
        """The place of the card on a line of the view, counted from 0; None below the last card."""
        place = self.top + line // CARD_HEIGHT
        return place if 0 <= place < len(self.cards) else None

    def line_of(self, place: int) -> int:
        """The first line, counted from the top of the view, of the card on a place."""
        return (place - self.top) * CARD_HEIGHT


HEADING = 2
"""Lines above the cards: the stage with its count, and a rule."""
APPLIED = (" applied", " appl.")
"""Behind the number of those that were only applied for, the longest that the heading has room for."""
QUIET_SHARE = 0.8
"""Width of the last column against the others: rejections should not stare at the user."""


class Span(NamedTuple):
    """The cells that a column takes: from `left`, `width` wide."""

    left: int
    width: int


def spans(width: int, stage: Stage) -> dict[Stage, Span]:
    """Which cells each visible column takes; below `NARROW` only that of `stage`, over the whole width."""
    if width < NARROW:
        return {stage: Span(0, width)}
    usable = width - len(STAGES)  # a line stands at the right of each
    one = int(usable / (len(STAGES) - 1 + QUIET_SHARE))
    widths = [one] * (len(STAGES) - 1)
    last = usable - sum(widths)
    lefts = [place * (one + 1) for place in range(len(STAGES))]
    return {stage: Span(left, cells) for stage, left, cells in zip(STAGES, lefts, [*widths, last], strict=True)}


class BoardRows:
    """The board's cards with one cursor."""

    def __init__(self, board: Board, now: datetime) -> None:
        self.now = now
        self.stage = next((stage for stage in STAGES if board.columns[stage]), Stage.INTERVIEWED)
        self.columns = {
            stage: Column(stage, board.columns[stage], board.count(stage), board.applied_in(stage))
            for stage in STAGES
        }
        self.selected: Set[str] = frozenset()
        self.hint: Mapping[Stage, str] = {}
        self.welcome: tuple[Row, ...] = ()
        self.found_in: Callable[[Card], str] = lambda card: ""
        self._found: dict[str, str] = {}
        self._fitted = 0
        self.target: Stage | None = None

    @property
    def focused(self) -> Card | None:
        """The card under the cursor."""
        return self.columns[self.stage].focused

    @property
    def page(self) -> int:
        """How many cards of a column can be seen at once."""
        return self.columns[self.stage].in_view

    def fit_height(self, height: int) -> None:
        """Fit the columns to a height of the board; each cursor's card stays in view."""
        if self._fitted != height:
            self._fitted = height
            for column in self.columns.values():
                column.resize(max(1, height - HEADING))

    def line(self, y: int, width: int) -> list[tuple[Row, int, str]]:
        """What stands in one line of the board: each part's row, its cells, and the look of the rest."""
        if self.welcome and y >= HEADING:
            row = self.welcome[y - HEADING] if y - HEADING < len(self.welcome) else ()
            return [(row, width, "text")]
        visible = spans(width, self.stage)
        parts: list[tuple[Row, int, str]] = []
        for stage, span in visible.items():
            row, fill = self._row(self.columns[stage], y, span.width)
            parts.append((row, span.width, fill))
            if len(visible) > 1:
                parts.append((((" " if y == 1 else "│", "rule"),), 1, "rule"))
        return parts

    def _found_in(self, card: Card) -> str:
        """What a filter found of a card beside what it shows, until other cards or another filter are shown."""
        if card.id not in self._found:
            self._found[card.id] = self.found_in(card)
        return self._found[card.id]

    def _row(self, column: Column, y: int, width: int) -> tuple[Row, str]:
        if y == 0:
            return self._heading(column, width), "text"
        if y == 1:
            return (((("━" if column.stage is self.stage else "─") * width, column.stage.value),), "rule")
        line = y - HEADING
        place = column.card_at(line)
        if place is None:
            return self._empty(column, line, width), "dim"
        return self._card_row(column, place, line % CARD_HEIGHT, width)

    def _heading(self, column: Column, width: int) -> Row:
        """The stage and its count, what was only applied for apart, and what is above and below the view."""
        style = "target" if column.stage is self.target else column.stage.value
        mark = "▸" if column.stage is self.stage else " "
        number = f" {column.count - column.applied:,}"
        apart = f" +{column.applied:,}" if column.applied else ""
        heading = cut(column.stage.label, max(SHORT_LABEL, width - len(f"{mark}{number}{apart}"))) + number
        scroll = _beyond(column, width - len(f"{mark}{heading}{apart}"))
        if apart:
            room = width - len(f"{mark}{heading}{apart}{scroll}")
            apart += next((word for word in APPLIED if len(word) <= room), "")
        return ((mark, "accent"), (heading, style), (apart + scroll, "dim"))

    def _empty(self, column: Column, line: int, width: int) -> Row:
        """What fills the column under the cursor, while it has no card."""
        if column.stage is not self.stage or column.cards or column.stage not in self.hint:
            return ()
        told = wrap(self.hint[column.stage], width - 1, EMPTY_LINES)
        return ((f" {told[line]}", "text"),) if line < len(told) else ()

    def _card_row(self, column: Column, place: int, line: int, width: int) -> tuple[Row, str]:
        """One line of a card, and the look of what is left of it."""
        if line == CARD_HEIGHT - 1:
            return (), "text"
        card = column.cards[place]
        base = self._look(column, place, card)
        words, urgency = badge(card, self.now, width - 1)
        edge = _edge(base, urgency)
        if line == 0:
            name = _NAME_LOOKS.get(base, base)
            tick = "+" if base == "cursor" and card.id in self.selected else ""
            sign, look = edge
            return ((sign, name if look == base else look), (tick + card.company, name)), name
        if line == 1:
            beside = self._found_in(card) or words_beside(card, self.now, width)
            look = "card-accent" if beside and base.startswith("card") else base
            return (edge, (beside or card.role, look)), base
        if urgency in FILLED:
            filled = f"{words} " if cell_len(words) < width - 1 else words
            return (edge if base in _MARKED else (" ", urgency), (filled, urgency)), base
        return (edge, (words, "card-dim" if base == "card" else base)), base

    def _look(self, column: Column, place: int, card: Card) -> str:
        """The look of a card: under the cursor, selected, quiet, or like most."""
        if column.stage is self.stage and place == column.cursor:
            return "cursor"
        if card.id in self.selected:
            return "selected"
        return "card-dim" if column.stage is Stage.MOVED_ON else "card"


_NAME_LOOKS = {"cursor": "cursor-strong", "card": "card-strong"}
_MARKED = {"cursor": ("▌", "cursor-edge"), "selected": ("+", "selected")}
"""The edge of a card that is marked, by its look; the others' is that of what they ask for."""


def _edge(look: str, urgency: str) -> tuple[str, str]:
    return _MARKED.get(look) or (("▎", f"edge-{urgency}") if urgency in FILLED else (" ", look))


def _beyond(column: Column, room: int) -> str:
    """How many cards are above and below the view; where there is no room for the numbers, only that there are."""
    beyond = {"↑": column.top, "↓": column.count - column.top - column.in_view}
    numbers = "".join(f" {arrow}{count:,}" for arrow, count in beyond.items() if count > 0)
    arrows = "".join(arrow for arrow, count in beyond.items() if count > 0)
    choices = (numbers, f" {arrows}", arrows)
    return next((told for told in choices if len(told) <= room), "")


WIDE = 120
"""Cells from which a pane is to the right of the columns; it tells all of the story that is else below them."""
PANE_CELLS = 42
COLUMNS_CELLS = 80
"""Cells that the pane leaves to the columns, however wide the screen is: no less than a small screen has."""


LOW, BASKET, TALL, NARROW_BASKET, FULL = 12, 15, 20, 22, 24
"""Lines of a screen from which the story has a line, the basket, the story two, the basket on a narrow screen, and
the story three."""


class BoardLayout(NamedTuple):
    """Cells of the pane, lines of the story and of the basket; 0 for what isn't shown."""

    pane: int
    story: int
    basket: int


def board_layout(width: int, height: int) -> BoardLayout:
    """How a screen of so many cells and lines is shared."""
    pane = min(PANE_CELLS, width - COLUMNS_CELLS) if width >= WIDE else 0
    has_basket = height >= (NARROW_BASKET if width < NARROW else BASKET)
    return BoardLayout(pane, _story(width, height), 1 if has_basket else 0)


def _story(width: int, height: int) -> int:
    if width >= WIDE or height < LOW:
        return 0
    if width < NARROW:  # wrapped as one text
        return 2 if height < TALL else 3
    return 1 if height < TALL else 2 if height < FULL else 3
