"""What was understood of a line while it is typed, and in a colour of its own what wasn't."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.ui.rows.pieces import Row
from followup_tui.ui.rows.wrapping import wrap

MOST_LINES = 3


def echo_rows(width: int, understood: str, unread: Sequence[str] = (), wanted: Sequence[str] = ()) -> list[Row]:
    """Return rows for what was understood, what wasn't, and what could come next; the last ones are left out."""
    rows: list[Row] = []
    for texts, style, most in (((understood,), "text", 2), (unread, "alert", 2), (wanted, "accent", 1)):
        for text in filter(None, texts):
            rows += [((line, style),) for line in wrap(text, width, most)]
    return rows[:MOST_LINES]
