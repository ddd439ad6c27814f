"""What was understood of a line while it is typed, and in a colour of its own what wasn't."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.ui.rows.badge import FILLED, padded
from followup_tui.ui.rows.pieces import Piece, Row, wrap

MOST_LINES = 4


def echo_rows(
    width: int,
    understood: str,
    unread: Sequence[str] = (),
    wanted: Sequence[str] = (),
    day: Piece = ("", "accent"),
) -> list[Row]:
    """Return rows for what was understood, how far its day is, what wasn't understood, and what could come next.

    The last ones are left out.
    """
    rows: list[Row] = []
    parts = (
        ((understood,), "text", 2),
        ((f"That is {day[0]}" if day[0] else "",), day[1], 1),
        (unread, "alert", 3),
        (wanted, "accent", 1),
    )
    for texts, style, most in parts:
        for text in filter(None, texts):
            rows += [(padded(line, style),) for line in wrap(text, width - 2 if style in FILLED else width, most)]
    return rows[:MOST_LINES]
