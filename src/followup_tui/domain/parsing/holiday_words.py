"""Holidays in typed dates: "christmas eve", "after thanksgiving"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.day_context import DayContext, Days, shift_business_days


def _thanksgiving(year: int) -> date:
    """The fourth Thursday in November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)


_HOLIDAYS: dict[str, tuple[Callable[[int], date], int]] = {
    "thanksgiving": (_thanksgiving, 0),
    "christmas": (lambda year: date(year, 12, 25), 1),
    "xmas": (lambda year: date(year, 12, 25), 1),
    "new year": (lambda year: date(year, 1, 1), 0),
    "holidays": (lambda year: date(year, 12, 25), 7),
}
"""When each begins, and how many days it goes on."""
HOLIDAY = rf"(?:the )?(?P<holiday>{'|'.join(_HOLIDAYS)})s?(?: day|(?P<eve> eve))?"


def holiday(match: re.Match[str], calendar: DayContext) -> Days:
    """A holiday, its eve, the last day before it, or the first business day after it."""
    first_day, more = _HOLIDAYS[match["holiday"]]
    groups, year = match.groupdict(), calendar.today.year
    eve = timedelta(days=1 if groups.get("eve") else 0)
    days = [first_day(each) - eve for each in (year - 1, year, year + 1, year + 2)]
    if groups.get("way") == "after":
        last_days = [day + timedelta(days=0 if eve else more) for day in days]
        days = [shift_business_days(day, 1, calendar.is_business_day) for day in last_days]
    elif groups.get("way") == "before":
        days = [day - timedelta(days=1) for day in days]
    return tuple(day for day in days if day >= calendar.today or calendar.lean is Prefer.PAST)
