"""The board's first line: how many are active and due, selected, or left by the filter."""

from __future__ import annotations

from typing import Protocol

from followup_tui.domain.format import format_full_day, plural
from followup_tui.domain.model.stage import STAGES, Stage
from followup_tui.domain.views.board import Board
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.widgets.bars import spread
from followup_tui.ui.widgets.kanban import NARROW
from followup_tui.ui.widgets.text_lines import Piece, Row

SHORT_LABEL = 3
"""Letters of a stage's name on a narrow screen."""


class ShownFilter(Protocol):
    """What the board is narrowed to."""

    words: str
    typing: bool


class BoardHeader:
    """Makes the line."""

    def __init__(self, app: BaseApp) -> None:
        self._app = app

    def row(self, shown: Board, stage: Stage, selected: int, filter: ShownFilter) -> Row:
        """The line for a board as it is shown; `stage` is the cursor's, `selected` counts cards."""
        board, width = self._app.board, self._app.size.width
        if width < NARROW:
            return _tabs(shown, stage)
        told: list[Piece] = [(" followup ", "strong"), (f"  {board.live:,} active", "text")]
        if board.applied:
            told.append((f" · {board.applied:,} applied", "text"))
        if selected:
            told.append((f" · {selected:,} selected", "accent"))
        elif not filter.words:
            told += self._due()
        if filter.words and not filter.typing:
            told.append((f" · only “{filter.words}”, {plural(len(shown.cards), 'card')}", "accent"))
        return spread(tuple(told), format_full_day(self._app.display_time().date()), width)

    def _due(self) -> list[Piece]:
        """How many ask for something; nothing before all cards are read, or where there are none."""
        board = self._app.board
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
