"""Reckoning with days: what the calendar has, and what lies some days, months or business days away."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from followup_tui.domain.dates.when import Lean
from followup_tui.domain.day_names import MONTHS
from followup_tui.domain.errors import BadInput

FIRST_YEAR, LAST_YEAR = 1900, 2200
YEARS_AROUND = 8
"""Years to look either way for a day and month: 29 Feb can be eight years off."""
LEAP_YEAR = 2000
"""What this year has not got, no year has."""
_LONGEST_BREAK = 366
"""Days without a business day after which counting them is given up."""

Days = tuple[date, ...]
"""The days that were possibly meant, in order; one alone is meant for certain."""


def monday_to_friday(day: date) -> bool:
    """Whether people work on that day, where no holidays are known."""
    return day.weekday() < 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What words for days are relative to."""

    today: date
    lean: Lean
    is_business_day: Callable[[date], bool] = monday_to_friday

    def nearest(self, days: Days) -> date:
        """The day among several that the lean asks for; the nearest one where none lies on that side."""
        sides = {Lean.PAST: [day for day in days if day <= self.today], Lean.NEAREST: list(days)}
        side = sides.get(self.lean, [day for day in days if day >= self.today])
        return min(side or days, key=lambda day: abs(day - self.today))


def a_date(year: int, month: int, day: int) -> date:
    """The date; raises `BadInput` with a sentence for one that the calendar doesn't have."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(f"The year {year} is out of reach; write one between {FIRST_YEAR} and {LAST_YEAR}.")
    if not 1 <= month <= 12:
        raise BadInput(f"There is no month {month}; write a date like 2 Dec or 2026-12-02.")
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        raise BadInput(f"{MONTHS[month - 1]} {year} has no day {day}: its last is {length} {MONTHS[month - 1]}.")
    return date(year, month, day)


def shifted(day: date, by: timedelta) -> date:
    """The day that lies `by` away; raises `BadInput` outside the years that can be written."""
    try:
        moved = day + by
    except OverflowError:
        moved = date.min
    return a_date(moved.year, moved.month, moved.day)


def months_away(day: date, months: int) -> date:
    """The same day some months away, or that month's last where it is shorter."""
    if not FIRST_YEAR <= day.year + months // 12 <= LAST_YEAR:
        return a_date(day.year + months // 12, 1, 1)
    import arrow  # 30 ms, only where months are counted: what is typed is understood at each key

    moved: date = arrow.Arrow.fromdate(day).shift(months=months).date()
    return a_date(moved.year, moved.month, moved.day)


def business_days_away(day: date, count: int, is_business_day: Callable[[date], bool]) -> date:
    """The count-th business day after that day, before it where `count` is negative."""
    if abs(count) > 1_000:
        raise BadInput(f"{abs(count)} business days are too many to count; write the date itself.")
    step, left, idle = timedelta(days=1 if count > 0 else -1), abs(count), 0
    while left:
        day = shifted(day, step)
        worked = is_business_day(day)
        left, idle = left - worked, 0 if worked else idle + 1
        if idle > _LONGEST_BREAK:
            raise BadInput("There is no business day within a year; write the date itself.")
    return day
