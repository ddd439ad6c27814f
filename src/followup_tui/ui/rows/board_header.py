"""The board's first line: how many are active and due, selected, or left by the filter."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.format import format_full_day, plural
from followup_tui.domain.model.stage import STAGES, Stage
from followup_tui.domain.views.board import Board
from followup_tui.ui.rows.bar_rows import spread
from followup_tui.ui.rows.board_rows import NARROW
from followup_tui.ui.rows.pieces import Piece, Row

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
