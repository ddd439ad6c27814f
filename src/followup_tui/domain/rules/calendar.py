"""The calendar: the user's zone, and the business days of one region with its holidays and the user's days off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from followup_tui.domain.model.zones import zone_or

TYPE_CHECKING = False  # as type checkers know it: a shell's prompt waits for neither `typing` nor touches
if TYPE_CHECKING:
    from followup_tui.domain.model.touch import Touch

FreeDays = Callable[[int], Mapping[date, str]]
"""Why the days of a year are free in one region, by day: a holiday's name or `WEEKEND`; empty for a worked one.

Without an entry a Saturday or Sunday is a weekend, and every other day is a business day.
"""

DAY_OFF = "a day off of yours"
WEEKEND = "a weekend"
_SATURDAY = 5
_DAY = timedelta(days=1)
_LONGEST_BREAK = 366
"""Days in a row that may be free; a calendar without work would count for ever."""


class NoBusinessDays(ValueError):
    """More than a year without a business day."""


def no_holidays(year: int) -> Mapping[date, str]:
    """The free days of a region that isn't known: weekends alone."""
    return {}


class Calendar:
    """Business days are those that are neither on the weekend of `region`, a holiday there, nor in `days_off`.

    `zone` is the user's own: every date of the playbook is a date there. `day_first` says how "3/12" is read in
    the region, None where that isn't certain.
    """

    __slots__ = (
        "_begins",
        "_counted",
        "_days_off",
        "_free",
        "_of_region",
        "_years",
        "day_first",
        "region",
        "zone",
    )

    def __init__(
        self,
        zone: ZoneInfo,
        *,
        region: str = "",
        free_days: FreeDays = no_holidays,
        days_off: Collection[date] = (),
        day_first: bool | None = None,
    ) -> None:
        self.zone = zone
        self.region = region
        self.day_first = day_first
        self._of_region = free_days
        self._days_off = frozenset(days_off)
        self._years: set[int] = set()
        self._free: dict[date, str] = {}
        self._counted: dict[tuple[date, int], date] = {}
        self._begins: dict[date, datetime] = {}

    def day_of(self, at: datetime, zone: str = "") -> date:
        """The user's date at a moment: in the zone of that name, if it is known, else in the user's own."""
        return at.astimezone(zone_or(zone, self.zone) if zone else self.zone).date()

    def day_of_touch(self, touch: Touch) -> date:
        """The user's date where a contact was made."""
        return self.day_of(touch.at, touch.zone)

    def begin_of(self, day: date) -> datetime:
        """The moment, in UTC, at which a day begins for the user."""
        begin = self._begins.get(day)
        if begin is None:
            begin = self._begins[day] = datetime.combine(day, time(), self.zone).astimezone(UTC)
        return begin

    def is_business_day(self, day: date) -> bool:
        """Whether people work on that day."""
        return not self.why_free(day)

    def why_free(self, day: date) -> str:
        """What keeps a day from being a business day: a holiday's name, `WEEKEND`; empty on a business day."""
        why = self._free_days(day.year).get(day)
        if why is not None:
            return why
        return WEEKEND if day.weekday() >= _SATURDAY else ""

    def after(self, day: date, count: int) -> date:
        """The count-th business day that follows a day, the day itself not counted; `count` is 1 or more.

        Raises `NoBusinessDays` if there is none for a year.
        """
        end = self._counted.get((day, count))
        if end is None:
            end = self._counted[day, count] = self._count(day, count)
        return end

    def _count(self, day: date, count: int) -> date:
        free_in_a_row = 0
        while count:
            day += _DAY
            if self.is_business_day(day):
                count -= 1
                free_in_a_row = 0
            else:
                free_in_a_row += 1
            if free_in_a_row > _LONGEST_BREAK:
                raise NoBusinessDays
        return day

    def on_or_after(self, day: date) -> date:
        """The day itself where it is a business day, else the next one."""
        return day if self.is_business_day(day) else self.after(day, 1)

    def passed(self, start: date, end: date) -> int:
        """How many business days have passed since `start`: those after it up to and with `end`."""
        count = 0
        while start < end:
            start += _DAY
            count += self.is_business_day(start)
        return count

    def skipped(self, start: date, end: date) -> list[tuple[date, str]]:
        """The days after `start` up to `end` that are free and on no weekend, each with its reason."""
        days = (start + _DAY * place for place in range(1, (end - start).days + 1))
        reasons = ((day, self.why_free(day)) for day in days)
        return [(day, why) for day, why in reasons if why not in ("", WEEKEND)]

    def _free_days(self, year: int) -> dict[date, str]:
        if year not in self._years:
            self._years.add(year)
            self._free.update(self._of_region(year))
            self._free.update(
                (day, DAY_OFF) for day in self._days_off if day.year == year and not self.why_free(day)
            )
        return self._free
