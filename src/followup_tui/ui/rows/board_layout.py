"""How the board shares the screen: columns, pane and the lines below, by the size of the terminal."""

from __future__ import annotations

from typing import NamedTuple

from followup_tui.ui.rows.board_rows import NARROW

WIDE = 120
"""Cells from which a pane is to the right of the columns; it tells all of the story that is else below them."""
PANE_CELLS = 42
LOW, TALL, HIGH, FULL = 12, 20, 22, 24
"""Lines of a screen from which the story has a line, two, the basket one, and the story three."""


class BoardLayout(NamedTuple):
    """Cells of the pane, lines of the story and of the basket; 0 for what isn't shown."""

    pane: int
    story: int
    basket: int


def board_layout(width: int, height: int) -> BoardLayout:
    """How a screen of so many cells and lines is shared."""
    return BoardLayout(PANE_CELLS if width >= WIDE else 0, _story(width, height), 1 if height >= HIGH else 0)


def _story(width: int, height: int) -> int:
    if width >= WIDE or height < LOW:
        return 0
    if width < NARROW:  # wrapped as one text
        return 2 if height < TALL else 3
    return 1 if height < TALL else 2 if height < FULL else 3
