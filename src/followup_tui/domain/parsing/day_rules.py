"""What the words for a day mean in a region: its business days, and the order of day and month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, Protocol


def monday_to_friday(day: date) -> bool:
    """Whether a day is a business day if no holidays are known."""
    return day.weekday() < 5


class DayRules(NamedTuple):
    """What the words for a day mean in a region: which days are worked, and whether 3/12 is 3 December.

    `day_first` is None where that isn't known, and "3/12" is asked about.
    """

    is_business_day: Callable[[date], bool] = monday_to_friday
    day_first: bool | None = None


NO_REGION = DayRules()


class _Calendar(Protocol):
    day_first: bool | None

    def is_business_day(self, day: date) -> bool: ...


def day_rules(calendar: _Calendar) -> DayRules:
    """Return what words for days mean by an employer's calendar."""
    return DayRules(calendar.is_business_day, calendar.day_first)
