"""How the search goes, in numbers: pure, from what happened with each application."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import compress
from typing import NamedTuple

from followup_tui.domain.model.application import STAGES, Outcome, Stage
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.playbook import Playbook
from followup_tui.domain.rules.thank_you import thanks_due_on

LEAST_CASES = 5
"""With fewer cases one more would move a median by a third of them: they are told as too few."""


class Waits(NamedTuple):
    """Days that somebody has waited: of the waits that have ended, and of those that go on."""

    ended: list[int]
    open: list[int]


class WaitSummary(NamedTuple):
    """The median of some waits in days; None where too few are known, or more than half go on."""

    median: int | None
    cases: int
    open: int

    @property
    def is_too_few(self) -> bool:
        """Whether there are too few cases for a median."""
        return self.cases < LEAST_CASES


def summarize_waits(waits: Waits) -> WaitSummary:
    """Return the median of some waits, with the number of cases and of those that go on."""
    cases = len(waits.ended) + len(waits.open)
    return WaitSummary(median_wait(waits) if cases >= LEAST_CASES else None, cases, len(waits.open))


def median_wait(waits: Waits) -> int | None:
    """Return the first day by which half have ended, those that go on counted as long as they were seen.

    None where that day isn't known yet, or where there are no waits.
    """
    ended, still_open = Counter(waits.ended), Counter(waits.open)
    waiting, share = len(waits.ended) + len(waits.open), 1.0
    for day in sorted({*ended, *still_open}):
        share *= 1 - ended[day] / waiting
        if share <= 0.5 + 1e-9:
            return day
        waiting -= ended[day] + still_open[day]
    return None


WEEKS = 8
"""Weeks of which the contacts are counted, this one among them."""
LOAD_DAYS = 14
FUNNEL = ("applications", "interviewed", "thanked", "heard", "second_round", "offer", "accepted")
"""How far an application can come; each step is counted by itself."""
_OF_SOURCES = ("applications", "interviewed", "offer")
_DAY, _HALF_A_DAY = timedelta(days=1), timedelta(hours=12)
_HEARD = frozenset({Outcome.REJECTED, Outcome.ACCEPTED, Outcome.DECLINED})
"""Ends that tell that the employer had answered."""
_OFFERED = frozenset({Outcome.ACCEPTED, Outcome.DECLINED})


class Round(NamedTuple):
    """An interview that wasn't called off; moments in UTC."""

    starts_at: datetime
    over_at: datetime
    booked_at: datetime


class Course(NamedTuple):
    """What happened with one application, each list in the order of time.

    `heard` is when they replied or spoke on the phone, `thanked` and `asked` when one thanked them or asked how
    things stand. `undated` are the moments of which an import didn't know the day: no wait is measured by them.
    """

    stage: Stage
    stage_at: datetime
    outcome: Outcome | None
    source: str
    is_applied: bool
    rounds: Sequence[Round]
    offers: Sequence[datetime]
    heard: Sequence[datetime]
    thanked: Sequence[datetime]
    asked: Sequence[datetime]
    undated: Sequence[datetime] = ()


class AskingStep(NamedTuple):
    """A step of an application, in force from a moment until another, that asks from a day on."""

    application_id: str
    action: str
    asks_on: date
    from_at: datetime
    until_at: datetime


class SourceCounts(NamedTuple):
    """What became of the applications from one source."""

    source: str
    applications: int
    interviewed: int
    offers: int
    rejected: int
    no_reply: int
    open: int


class ThanksCounts(NamedTuple):
    """Interviews that were thanked for by the day the playbook names, later, or not."""

    on_time: int
    late: int
    missing: int


class WeekCounts(NamedTuple):
    """The contacts of the week from a Monday on, and how many of them went against the guard."""

    monday: date
    contacts: int
    overrides: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Insights:
    """The numbers of the whole search; `load` is what begins to ask on each of the next days, today first."""

    funnel: Mapping[str, int]
    stages: Mapping[Stage, int]
    outcomes: Mapping[Outcome, int]
    thanks: ThanksCounts
    from_interview: WaitSummary
    from_check_in: WaitSummary
    load: Sequence[tuple[date, int]]
    weeks: Sequence[WeekCounts]
    sources: Sequence[SourceCounts]
    basket: str
    damaged: int = 0


def load_by_day(steps: Iterable[AskingStep], calendar: Calendar, now: datetime) -> Counter[date]:
    """Count the steps by the day on which they begin to ask if nothing happens; what asks already does so today.

    The steps of an application come in their order. One that only repeats what the one before asked isn't counted.
    """
    load: Counter[date] = Counter()
    before = ("", "")
    now = now.astimezone(UTC)

    @cache
    def begins_on(asks_on: date, from_at: datetime, until_at: datetime) -> date | None:
        begins_at = max(calendar.begin_of(asks_on), from_at, now)
        return calendar.day_of(begins_at) if begins_at < until_at else None

    for id, action, *times in steps:
        day = begins_on(*times)
        if day is not None:
            this = (id, action)
            if this != before:
                load[day] += 1
            before = this
    return load


def weeks_until(now: datetime, calendar: Calendar) -> list[date]:
    """Return the Mondays of the weeks whose contacts are counted, that of this week last."""
    today = calendar.day_of(now)
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    return [first + timedelta(days=7 * week) for week in range(WEEKS)]


def compute_insights(
    courses: Iterable[Course],
    weeks: Sequence[tuple[int, int]],
    load: Mapping[date, int],
    basket: str,
    playbook: Playbook,
    calendar: Calendar,
    now: datetime,
) -> Insights:
    """Count everything at a moment.

    `weeks` has the contacts of each of `weeks_until`, and how many went against the guard; `load` counts the steps
    by the day on which they begin to ask.
    """
    count = _Count(playbook, calendar, now)
    for course in courses:
        count.add(course)
    mondays = weeks_until(now, calendar)
    counted = [WeekCounts(monday, *week) for monday, week in zip(mondays, weeks, strict=True)]
    return count.result(counted, load, basket)


_Alike = tuple[Stage, Outcome | None, str, tuple[bool, ...]]
"""Stage, outcome, source, and whether it came to each step; applications alike in all are counted together."""


class _Count:
    """The numbers so far, as one application after the other is added: there may be ten thousand."""

    def __init__(self, playbook: Playbook, calendar: Calendar, now: datetime) -> None:
        self._calendar = calendar
        self._now = now.astimezone(UTC)  # moments in two zones take ten times as long to compare
        self._today = calendar.day_of(now)
        self._alike: Counter[_Alike] = Counter()
        self._thanks = dict.fromkeys(ThanksCounts._fields, 0)
        self._since_interview, self._since_check_in = Waits([], []), Waits([], [])

        @cache
        def late_from(day: date) -> datetime:
            """From when a thank-you for an interview of that day is late."""
            return calendar.begin_of(thanks_due_on(day, playbook) + _DAY)

        self._late_from = late_from

    def add(self, course: Course) -> None:
        """Count one application."""
        now, rounds = self._now, course.rounds
        heard: Sequence[datetime] = course.heard
        if otherwise := _heard_otherwise(course):
            heard = sorted((*heard, *otherwise))
        if heard and heard[-1] > now:
            heard = heard[: bisect_right(heard, now)]
        reached = _reached(course, bool(heard), now)
        self._alike[course.stage, course.outcome, course.source, reached] += 1
        closed_at = min(course.stage_at, now) if course.stage is Stage.MOVED_ON else now
        if rounds:
            self._add_thanks(course, closed_at)
            _add_waits(self._since_interview, [one.over_at for one in rounds], heard, closed_at, course.undated)
        if course.asked:
            _add_waits(self._since_check_in, course.asked, heard, closed_at, course.undated)

    def _add_thanks(self, course: Course, closed_at: datetime) -> None:
        """Count whether each interview that is over was thanked for in time.

        Not those that still may be, and those that were on a day that isn't known.
        """
        rounds, thanked = course.rounds, course.thanked
        for place, round in enumerate(rounds, 1):
            if round.over_at > self._now:
                continue
            late_from = self._late_from(self._calendar.day_of(round.over_at))
            sent = bisect_left(thanked, round.starts_at)
            first = thanked[sent] if sent < len(thanked) else None
            if first is not None and first in course.undated:
                continue
            if first is not None and (place == len(rounds) or first < rounds[place].starts_at):
                self._thanks["on_time" if first < late_from else "late"] += 1
            elif closed_at >= late_from:
                self._thanks["missing"] += 1

    def result(self, weeks: Sequence[WeekCounts], load: Mapping[date, int], basket: str) -> Insights:
        """The numbers of all that was added."""
        days = [self._today + timedelta(days=day) for day in range(LOAD_DAYS)]
        funnel, stages, outcomes = dict.fromkeys(FUNNEL, 0), dict.fromkeys(STAGES, 0), dict.fromkeys(Outcome, 0)
        for (stage, outcome, _, reached), count in self._alike.items():
            stages[stage] += count
            if outcome is not None:
                outcomes[outcome] += count
            for step in compress(FUNNEL, reached):
                funnel[step] += count
        return Insights(
            funnel=funnel,
            stages=stages,
            outcomes=outcomes,
            thanks=ThanksCounts(**self._thanks),
            from_interview=summarize_waits(self._since_interview),
            from_check_in=summarize_waits(self._since_check_in),
            load=[(day, load.get(day, 0)) for day in days],
            weeks=weeks,
            sources=_by_source(self._alike),
            basket=basket,
        )


def _heard_otherwise(course: Course) -> tuple[datetime, ...]:
    """When the employer said something other than by a reply or a call: a round, an offer, an end."""
    later_rounds = [min(one.booked_at, one.starts_at) for one in course.rounds[1:]]
    return (*later_rounds, *course.offers, *((course.stage_at,) if course.outcome in _HEARD else ()))


def _reached(course: Course, is_heard: bool, now: datetime) -> tuple[bool, ...]:
    """Whether it came to each step of the funnel."""
    began = 0
    for one in course.rounds:
        began += one.starts_at <= now
    return (
        True,
        began > 0 or not (course.rounds or course.is_applied),
        bool(course.thanked),
        is_heard,
        began > 1,
        bool(course.offers) or course.outcome in _OFFERED,
        course.outcome is Outcome.ACCEPTED,
    )


def _add_waits(
    waits: Waits,
    starts: Sequence[datetime],
    heard: Sequence[datetime],
    closed_at: datetime,
    undated: Sequence[datetime],
) -> None:
    """Add how long each wait took, until they said something; it goes on until the next one begins, or now.

    All moments are in their order. A wait that ended at an `undated` one isn't counted.
    """
    said = iter(heard)
    at = next(said, None)
    for start, following in zip(starts, (*starts[1:], closed_at), strict=True):
        if start > closed_at:
            return
        while at is not None and at <= start:
            at = next(said, None)
        end = following if following < closed_at else closed_at
        if at is not None and at <= end:
            if at in undated:
                continue
            waits.ended.append((at - start + _HALF_A_DAY).days)
        else:
            waits.open.append((end - start + _HALF_A_DAY).days)


def _by_source(alike: Mapping[_Alike, int]) -> list[SourceCounts]:
    """The counts of each source, which has the name that it was first given with."""
    names: dict[str, str] = {}
    counts: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
    for (_, outcome, source, reached), count in alike.items():
        key = source.strip().casefold()
        names.setdefault(key, source.strip())
        for what in (*compress(FUNNEL, reached), outcome):
            counts[key][what] += count
    told: tuple[str | None, ...] = (*_OF_SOURCES, Outcome.REJECTED, Outcome.NO_REPLY, None)
    rows = [SourceCounts(names[key], *(found[each] for each in told)) for key, found in counts.items()]
    return sorted(rows, key=lambda row: (not row.source, -row.applications, row.source.casefold()))
