"""The other day that a typed one could mean: "thu" is one day behind and one ahead, "next thu" two ahead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from followup_tui.domain.format import format_day
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.parsing.date_words import ANY_WEEKDAY, plain_date
from followup_tui.domain.parsing.day_context import DayContext
from followup_tui.domain.parsing.day_phrases import UNNAMED_WEEKDAY, WEEKDAY_NUMBER, candidate_days

_SIDES = (
    r"next|last|this|past|coming|n(?:ä|ae)chste[nrm]?|kommende[nrm]?|letzte[nrm]?|diese[nrm]?|vergangene[nrm]?|volgende"
    r"|komende|vorige|afgelopen|pr[oó]xim[oa]|prossim[oa]"
)
_ONE_WEEKDAY = f"{UNNAMED_WEEKDAY}|{ANY_WEEKDAY}"
_WEEKDAY = (
    rf"(?i)(?<![\w@.-])(?:(?:am|den|le|el|il|on)\s+)?(?P<side>(?:{_SIDES})\s+)?(?P<either>(?:{_ONE_WEEKDAY}) or )?"
    rf"(?P<weekday>{_ONE_WEEKDAY})(?![\w@-])"
)
_SLASHED = (
    r"(?a)(?<![\w./-])(?P<first>0?[1-9]|1[0-2])/(?P<second>0?[1-9]|1[0-2])(?P<year>/(?:\d{4}|\d{2}))?(?![\w./-])"
)
_THE_DAY = r"(?ai)(?<!\w)(?:on )?the (?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)(?!\w)"
_WEEK = timedelta(days=7)
_SOON = timedelta(days=60)
"""How far ahead a day is that one hardly doubts."""

ReadLine = Callable[[str], tuple[When | None, object]]
"""What a line says: its date, and all the rest; may raise `BadInput`."""


class OtherDay(NamedTuple):
    """The day on the other side of today, or a week later, and the line with its date in the weekday's place.

    `before` is the day as which the line was read.
    """

    day: date
    line: str
    before: date


def find_other_day(line: str, today: date, read: ReadLine) -> OtherDay | None:
    """The other day that a line's weekday, "3/12" or "the 31st" could mean; None where the line leaves no doubt.

    The line that names it differs in nothing but the day.
    """
    found = _read(line, read)
    if found is None:
        return None
    when, rest = found
    for match, day in (*_other_weekdays(line, when.day, today), *_other_dates(line, when, today, read)):
        other = f"{line[: match.start()]}{format_day(day, today)}{line[match.end() :]}"
        said = _read(other, read)
        if said is not None and said[0].day == day and said[1] == rest and _clock(said[0]) == _clock(when):
            return OtherDay(day, other, when.day)
    return None


def _other_weekdays(line: str, found: date, today: date) -> Iterator[tuple[re.Match[str], date]]:
    """Each weekday in a line with the day a week from the one found, across today or behind "next"."""
    for match in re.finditer(_WEEKDAY, line):
        if abs(found - today) > _WEEK and not match["either"]:
            continue
        side = plain_date(match["side"] or "")
        weekday = plain_date(f"{match['weekday'].removesuffix('.')} 1")[:3]  # a short name counts before a number
        if side in ("", "next", "coming") and WEEKDAY_NUMBER.get(weekday) == found.weekday():
            yield match, found + (_WEEK if side or found <= today else -_WEEK)


def _other_dates(line: str, when: When, today: date, read: ReadLine) -> Iterator[tuple[re.Match[str], date]]:
    """Each "10/12" in a line that was read as a day behind or far off, with its other order where that is nearer.

    So is "the 31st" with that day of a month on the other side of today: behind only where that is nearer.
    """
    for match in re.finditer(_THE_DAY, line):
        days = candidate_days(f"the {match['day']}", DayContext(today=today, lean=Prefer.PAST)) or ()
        across = [day for day in days if (day < today) is (when.day >= today)]
        nearest = min(across, key=lambda day: abs(day - today))
        if when.day in days and (nearest > today or today - nearest < when.day - today):
            yield match, nearest
    if today <= when.day <= today + _SOON:
        return
    for match in re.finditer(_SLASHED, line):
        swapped = f"{match['second']}/{match['first']}{match['year'] or ''}"
        said = _read(f"{line[: match.start()]}{swapped}{line[match.end() :]}", read)
        if said is not None and abs(said[0].day - today) < abs(when.day - today):
            yield match, said[0].day


def _read(line: str, read: ReadLine) -> tuple[When, object] | None:
    try:
        when, rest = read(line)
    except BadInput:
        return None
    return (when, rest) if when is not None else None


def _clock(when: When) -> object:
    return when.at.timetz() if when.at else None, when.ends_at.timetz() if when.ends_at else None
