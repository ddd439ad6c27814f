"""What the words for a day are relative to, and days counted on the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import arrow

from followup_tui.domain.format import MONTHS, format_month_day
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.day_rules import NO_REGION, DayRules

FIRST_YEAR, LAST_YEAR = 1900, 2200
YEARS_AROUND = 8
"""Years to look either way for a day and month: 29 Feb can be eight years off."""
NEARLY_A_YEAR = 300
"""Days from which on a day without a year is rather meant of the year before or after."""
_JUST_OVER = timedelta(days=60)
"""How long ago a day without a year may be by which they wanted to decide."""
LEAP_YEAR = 2000
"""A year with 29 February."""
_LONGEST_BREAK = 366
"""Days in a row without a business day after which counting stops with an error."""

Unit = Literal["days", "weeks", "months", "years"]

Days = tuple[date, ...]
"""The possible days, in order; a single one is certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayContext:
    """What words for days are relative to."""

    today: date
    lean: Prefer
    rules: DayRules = NO_REGION

    @property
    def is_business_day(self) -> Callable[[date], bool]:
        """Whether a day is a business day."""
        return self.rules.is_business_day

    @property
    def _is_friday_free(self) -> bool:
        """Whether the weekend begins before Saturday, whatever holidays there are."""
        friday = self.coming(4)
        return not any(self.is_business_day(friday + timedelta(weeks=weeks)) for weeks in range(5))

    def coming(self, weekday: int) -> date:
        """The first such day of the week from today on; 0 is Monday."""
        return self.today + timedelta(days=(weekday - self.today.weekday()) % 7)

    def week_begins(self, day: date) -> date:
        """The first day of the week of that day: Monday, or Sunday where Friday is free."""
        ahead = 1 if self._is_friday_free else 0
        return day - timedelta(days=(day.weekday() + ahead) % 7)

    def end_of_week(self, day: date) -> date:
        """The last day that is worked in the week of that day, holidays apart: Friday, or Thursday."""
        return self.week_begins(day) + timedelta(days=4)

    def nearest(self, days: Days) -> date:
        """Return the nearest day on the preferred side of today, or the nearest of all if there is none."""
        sides = {
            Prefer.PAST: [day for day in days if day <= self.today],
            Prefer.LATER: [day for day in days if day > self.today],
            Prefer.NEAREST: list(days),
        }
        side = sides.get(self.lean, [day for day in days if day >= self.today])
        return min(side or days, key=lambda day: abs(day - self.today))

    def last_day(self, days: Days) -> date:
        """Return the day that `nearest` does, but one of the last weeks rather than one nearly a year ahead."""
        day = self.nearest(days)
        just_over = [one for one in days if timedelta() < self.today - one <= _JUST_OVER]
        return max(just_over) if just_over and (day - self.today).days > NEARLY_A_YEAR else day


def make_date(year: int, month: int, day: int) -> date:
    """Return the date; raises `BadInput` with a sentence for one that the calendar doesn't have."""
    _check_year(year)
    if not 1 <= month <= 12:
        raise BadInput(f"There is no month {month}; write a date like {format_month_day(12, 2)} or 2026-12-02.")
    length = days_in_month(year, month)
    if not 1 <= day <= length:
        raise BadInput(
            f"{MONTHS[month - 1]} {year} has no day {day}: its last is {format_month_day(month, length)}."
        )
    return date(year, month, day)


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(f"The year {year} is out of reach; write one between {FIRST_YEAR} and {LAST_YEAR}.")


def days_in_month(year: int, month: int) -> int:
    """How many days a month of a year has."""
    return monthrange(year, month)[1]


def shift_date(day: date, unit: Unit, count: int) -> date:
    """Move a day by a number of units; the 31st becomes the last day of a shorter month.

    Raises `BadInput` outside `FIRST_YEAR` to `LAST_YEAR`.
    """
    by: dict[str, Any] = {unit: count}
    try:
        moved: date = day + timedelta(**by) if unit in ("days", "weeks") else arrow.get(day).shift(**by).date()
    except (OverflowError, ValueError):
        moved = date.min if count < 0 else date.max
    _check_year(moved.year)
    return moved


def shift_business_days(day: date, count: int, is_business_day: Callable[[date], bool]) -> date:
    """Return the count-th business day after that day, or before it if `count` is negative."""
    if abs(count) > 1_000:
        raise BadInput(f"{abs(count)} business days are too many to count; write the date itself.")
    step, left, idle = timedelta(days=1 if count > 0 else -1), abs(count), 0
    while left:
        day += step
        _check_year(day.year)
        is_working = is_business_day(day)
        left, idle = left - is_working, 0 if is_working else idle + 1
        if idle > _LONGEST_BREAK:
            raise BadInput("There is no business day within a year; write the date itself.")
    return day
