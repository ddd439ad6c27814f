"""The other day that a typed weekday could mean: "thu" is one day behind and one ahead, "next thu" two ahead."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from followup_tui.domain.format import format_day
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import When
from followup_tui.domain.parsing.day_phrases import WEEKDAY, WEEKDAY_NUMBER

_WEEKDAY = rf"(?ai)(?<![\w@.-])(?P<side>(?:next|last|this|past|coming)\s+)?{WEEKDAY}(?![\w@-])"
_WEEK = timedelta(days=7)

ReadLine = Callable[[str], tuple[When | None, object]]
"""What a line says: its date, and all the rest; may raise `BadInput`."""


class OtherDay(NamedTuple):
    """The day on the other side of today, or a week later, and the line with its date in the weekday's place."""

    day: date
    line: str


def find_other_day(line: str, today: date, read: ReadLine) -> OtherDay | None:
    """The other day that the weekday in a line could mean; None where the line leaves no doubt.

    The line that names it differs in nothing but the day.
    """
    found = _read(line, read)
    if found is None or abs(found[0].day - today) > _WEEK:
        return None
    when, rest = found
    for match in re.finditer(_WEEKDAY, line):
        side = (match["side"] or "").strip().casefold()
        if side not in ("", "next") or WEEKDAY_NUMBER[match["weekday"][:3].casefold()] != when.day.weekday():
            continue
        day = when.day + (_WEEK if side or when.day <= today else -_WEEK)
        other = f"{line[: match.start()]}{format_day(day, today)}{line[match.end() :]}"
        said = _read(other, read)
        if said is not None and said[0].day == day and said[1] == rest and _clock(said[0]) == _clock(when):
            return OtherDay(day, other)
    return None


def _read(line: str, read: ReadLine) -> tuple[When, object] | None:
    try:
        when, rest = read(line)
    except BadInput:
        return None
    return (when, rest) if when is not None else None


def _clock(when: When) -> object:
    return when.at.timetz() if when.at else None, when.ends_at.timetz() if when.ends_at else None
