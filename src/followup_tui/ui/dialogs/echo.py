"""What was understood of a line while it is typed, and on which side of today its day is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from textual.widgets import Input

from followup_tui.domain.format import describe_distance, format_day
from followup_tui.domain.parsing.vague_days import ReadLine, find_other_day
from followup_tui.ui.dialogs.dialog import settle
from followup_tui.ui.rows.board_rows import FILLED, padded
from followup_tui.ui.rows.pieces import Piece, Row, wrap

TURN = "down"
"""The key that turns a day, and turns it back."""


class DaySide:
    """The day in one field, where a weekday alone could be behind or ahead."""

    def __init__(self, read: ReadLine, today: Callable[[], date]) -> None:
        self._read = read
        self._today = today
        self._turned: tuple[str, str] | None = None  # the line as it was turned, and as it was typed

    def remark(self, line: str, day: date | None) -> Piece:
        """How far the day of a line is and which other one it could be, in the look that it deserves."""
        if day is None:
            return "", "accent"
        today = self._today()
        other = self._other(line)
        is_behind = day < today
        if other is None and not is_behind:
            return "", "accent"
        turn = f" · ↓ for {format_day(other[0], today)}" if other else ""
        return f"{describe_distance(day, today)}{turn}", "today" if is_behind else "accent"

    async def take_key(self, field: Input, key: str) -> bool:
        """Turn the day of a field with its key; whether it was turned."""
        if key != TURN:
            return False
        await settle(field)
        other = self._other(field.value)
        if other is not None:
            self._turned = (other[1], field.value)
            field.value = other[1]
            field.cursor_position = len(field.value)
        return other is not None

    def _other(self, line: str) -> tuple[date, str] | None:
        if self._turned is not None and line == self._turned[0]:
            when, _ = self._read(self._turned[1])
            return (when.day, self._turned[1]) if when is not None else None
        return find_other_day(line, self._today(), self._read)


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
