"""Says on which side of today a typed day is, and turns a weekday to the other side with one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual.widgets import Input

from followup_tui.domain.format import describe_distance, format_day
from followup_tui.domain.parsing.other_day import ReadLine, find_other_day
from followup_tui.ui.dialogs.dialog import settle
from followup_tui.ui.rows.pieces import Piece

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
