"""The first glance at the board: what the first paint shows, whatever the number of applications."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from followup_tui.domain.board import Board, Sort, build_board, glimpsed_board
from followup_tui.store.glance import read_glance

CARDS_A_COLUMN = 100
"""Cards of each column that are read before the first paint; more than a terminal of 300 lines shows."""


def glance(place: Path, sort: Sort) -> Board:
    """The board with only the first cards of each column; the whole of it where a glance won't do.

    Raises `StoreTrouble` where the file can't be read.
    """
    glimpsed = read_glance(place, sort, CARDS_A_COLUMN)
    if glimpsed is None:
        from followup_tui.store.reader import Reader  # a tenth of the first paint's time: only where it must be

        with closing(Reader(place)) as reader:
            return build_board(reader.cards(), sort)
    return glimpsed_board(*glimpsed, sort)
