"""The one-line bars as rows: the board's first line, and footers. Each fits its width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from followup_tui.actions import BY_ID, Action, Place, footer_label
from followup_tui.cells import cell_len
from followup_tui.domain.format import format_full_day, plural
from followup_tui.domain.model.application import STAGES, Stage
from followup_tui.domain.views.board import Board
from followup_tui.keymap import Keymap
from followup_tui.paths import is_demo
from followup_tui.ui.rows.board_rows import NARROW
from followup_tui.ui.rows.pieces import Piece, Row

if TYPE_CHECKING:
    from followup_tui.server_address import Place as BoardPlace

Hint = tuple[str, str]
"""A key and its word: ("L", "Advance")."""


def hints_of(offered: Sequence[Action], keymap: Keymap, place: Place) -> list[Hint]:
    """The keys of the actions that the footer of a place offers, with their words; only those that have a key."""
    return [(keymap.shown(action), footer_label(action, place)) for action in offered if keymap.of(action)]


def keys_of(row: Row) -> Iterator[tuple[Piece, Piece]]:
    """The pieces of a footer, each key with its word."""
    return zip(row[::2], row[1::2], strict=True)


def way_out(keymap: Keymap, place: Place) -> list[Hint]:
    """The keys that a footer names at any width: back to where one came from, and help."""
    ids = ("help",) if place is Place.BOARD else ("quit", "help")
    return hints_of([BY_ID[id] for id in ids], keymap, place)


def footer_row(hints: Sequence[Hint], tail: Sequence[Hint], width: int) -> Row:
    """As many of the hints as fit `width` cells, and behind them the `tail`, at least its last key."""
    for count in range(len(hints), -1, -1):
        row = _hint_row((*hints[:count], *tail))
        if sum(cell_len(text) for text, _ in row) <= width:
            return row
    return _hint_row(tail[-1:])


def _hint_row(hints: Sequence[Hint]) -> Row:
    pieces = [piece for key, word in hints for piece in ((f" {key}", "key"), (f" {word} ", "text"))]
    return (*pieces[:-1], *((text.rstrip(), look) for text, look in pieces[-1:]))


def spread(left: Row, right: str, width: int) -> Row:
    """The left pieces, and `right` at the right edge where there is room for it."""
    used = sum(cell_len(text) for text, _ in left)
    gap = width - used - cell_len(right) - 1
    return (*left, (" " * gap + right, "dim")) if gap > 0 else left


def board_owner(place: BoardPlace) -> str:
    """Return whose board this is if it isn't the user's own: the demo's, or a seeker's."""
    return "demo: nothing is kept" if is_demo(place) else getattr(place, "seeker", "")


SHORT_LABEL = 3
"""Letters of a stage's name on a narrow screen."""


def header_row(
    board: Board,
    shown: Board,
    stage: Stage,
    today: date,
    width: int,
    *,
    selected: int = 0,
    words: str = "",
    is_typing: bool = False,
    owner: str = "",
) -> Row:
    """The line for a board, of which `shown` is left by a filter's `words`.

    `owner` is whose board a coach looks at, `stage` the cursor's; `selected` counts cards. While the filter is
    typed its own line tells what it leaves.
    """
    if width < NARROW:
        return _tabs(shown, stage)
    told: list[Piece] = [(f" {owner or 'followup'} ", "strong"), (f"  {board.live:,} active", "text")]
    if board.applied:
        told.append((f" · {board.applied:,} only applied", "text"))
    if selected:
        told.append((f" · {selected:,} selected", "accent"))
    elif not words:
        told += _due(board)
    if words and not is_typing:
        told.append((f" · only “{words}”, {plural(len(shown.cards), 'card')}", "accent"))
    return spread(tuple(told), format_full_day(today), width)


def _due(board: Board) -> list[Piece]:
    """How many ask for something; nothing before all cards are read, or where there are none."""
    if board.due is None or not board.cards:
        return []
    words = zip(board.due, ("due today", "late", "missing"), ("today", "late", "late"), strict=True)
    told = [
        piece
        for number, word, look in words
        if number
        for piece in (("  ", "text"), (f" {number:,} {word} ", look))
    ]
    return told or [(" · nothing due", "dim")]


def _tabs(shown: Board, current: Stage) -> Row:
    return tuple(
        (
            f" {number} {stage.label[:SHORT_LABEL]} {_tally(shown, stage)} ",
            "cursor-strong" if stage is current else stage.value,
        )
        for number, stage in enumerate(STAGES, 1)
    )


def _tally(board: Board, stage: Stage) -> str:
    """How many cards a column has, and behind a plus what was only applied for."""
    applied = board.applied_in(stage)
    return f"{board.count(stage) - applied:,}" + (f"+{applied:,}" if applied else "")
