"""How the search goes, in numbers: pure, from what happened with each application."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from followup_tui.domain.model.stage import STAGES, Outcome, Stage
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.playbook import Playbook
from followup_tui.domain.rules.survival import Wait, WaitSummary, summarize_waits
from followup_tui.domain.rules.thank_you import thanks_due_on

WEEKS = 8
"""Weeks of which the contacts are counted, this one among them."""
LOAD_DAYS = 14
FUNNEL = ("applications", "interviewed", "thanked", "heard", "second_round", "offer", "accepted")
"""How far an application can come; each step is counted by itself."""
_DAY = timedelta(days=1)
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
    things stand.
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
    begin_of, now = lru_cache(calendar.begin_of), now.astimezone(UTC)
    for step in steps:
        begins_at = max(begin_of(step.asks_on), step.from_at, now)
        if begins_at >= step.until_at:
            continue
        this = (step.application_id, step.action)
        if this != before:
            load[calendar.day_of(begins_at)] += 1
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


class _Count:
    """The numbers so far, as one application after the other is added: there may be ten thousand."""

    def __init__(self, playbook: Playbook, calendar: Calendar, now: datetime) -> None:
        self._calendar = calendar
        self._now = now.astimezone(UTC)  # moments in two zones take ten times as long to compare
        self._today = calendar.day_of(now)
        self._funnel, self._stages = dict.fromkeys(FUNNEL, 0), dict.fromkeys(STAGES, 0)
        self._outcomes: dict[Outcome | None, int] = dict.fromkeys((*Outcome, None), 0)
        self._thanks = dict.fromkeys(ThanksCounts._fields, 0)
        self._since_interview: list[Wait] = []
        self._since_check_in: list[Wait] = []
        self._sources: dict[str, _Source] = {}
        self._by_spelling: dict[str, _Source] = {}  # so that each is folded once

        @cache
        def late_from(day: date) -> datetime:
            """From when a thank-you for an interview of that day is late."""
            return calendar.begin_of(thanks_due_on(day, playbook) + _DAY)

        self._late_from = late_from

    def add(self, course: Course) -> None:
        """Count one application."""
        now = self._now
        self._stages[course.stage] += 1
        self._outcomes[course.outcome] += 1
        heard: Sequence[datetime] = course.heard
        if otherwise := _heard_otherwise(course):
            heard = sorted((*heard, *otherwise))
        if heard and heard[-1] > now:
            heard = heard[: bisect_right(heard, now)]
        steps = _reached(course, bool(heard), now)
        source = self._by_spelling.get(course.source) or self._source(course.source)
        source.ends[course.outcome] += 1
        for step in steps:
            self._funnel[step] += 1
            source.reached[step] += 1
        closed_at = min(course.stage_at, now) if course.stage is Stage.MOVED_ON else now
        if course.rounds:
            self._add_thanks(course.rounds, course.thanked, closed_at)
            self._since_interview.extend(_waits([one.over_at for one in course.rounds], heard, closed_at))
        if course.asked:
            self._since_check_in.extend(_waits(course.asked, heard, closed_at))

    def _source(self, name: str) -> _Source:
        """The counts of a source, which has the name that it was first given with."""
        found = self._sources.setdefault(name.strip().casefold(), _Source(name.strip()))
        return self._by_spelling.setdefault(name, found)

    def _add_thanks(self, rounds: Sequence[Round], thanked: Sequence[datetime], closed_at: datetime) -> None:
        """Count whether each interview that is over was thanked for in time; those that still may be aren't."""
        for round, following in pairwise((*rounds, None)):
            if round is None or round.over_at > self._now:
                continue
            late_from = self._late_from(self._calendar.day_of(round.over_at))
            place = bisect_left(thanked, round.starts_at)
            first = thanked[place] if place < len(thanked) else None
            if first is not None and (following is None or first < following.starts_at):
                self._thanks["on_time" if first < late_from else "late"] += 1
            elif closed_at >= late_from:
                self._thanks["missing"] += 1

    def result(self, weeks: Sequence[WeekCounts], load: Mapping[date, int], basket: str) -> Insights:
        """The numbers of all that was added."""
        days = [self._today + timedelta(days=day) for day in range(LOAD_DAYS)]
        return Insights(
            funnel=self._funnel,
            stages=self._stages,
            outcomes={outcome: count for outcome, count in self._outcomes.items() if outcome is not None},
            thanks=ThanksCounts(**self._thanks),
            from_interview=summarize_waits(self._since_interview),
            from_check_in=summarize_waits(self._since_check_in),
            load=[(day, load.get(day, 0)) for day in days],
            weeks=weeks,
            sources=_by_source(self._sources.values()),
            basket=basket,
        )


class _Source:
    """The numbers of one source."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.reached = dict.fromkeys(FUNNEL, 0)
        self.ends: dict[Outcome | None, int] = dict.fromkeys((*Outcome, None), 0)


def _heard_otherwise(course: Course) -> list[datetime]:
    """When the employer said something other than by a reply or a call: a round, an offer, an end."""
    said = [min(one.booked_at, one.starts_at) for one in course.rounds[1:]]
    said += course.offers
    if course.outcome in _HEARD:
        said.append(course.stage_at)
    return said


def _reached(course: Course, is_heard: bool, now: datetime) -> list[str]:
    """How far it came: the names of the funnel's steps."""
    began = sum(one.starts_at <= now for one in course.rounds)
    steps = ["applications"]
    if began or not (course.rounds or course.is_applied):
        steps.append("interviewed")
    if course.thanked:
        steps.append("thanked")
    if is_heard:
        steps.append("heard")
    if began > 1:
        steps.append("second_round")
    if course.offers or course.outcome in _OFFERED:
        steps.append("offer")
    if course.outcome is Outcome.ACCEPTED:
        steps.append("accepted")
    return steps


def _waits(starts: Sequence[datetime], heard: Sequence[datetime], closed_at: datetime) -> Iterator[Wait]:
    """Yield how long each wait took, until they said something; it goes on until the next one begins, or now."""
    for start, following in zip(starts, (*starts[1:], closed_at), strict=True):
        if start > closed_at:
            return
        end = following if following < closed_at else closed_at
        place = bisect_right(heard, start) if heard else 0
        if place < len(heard) and heard[place] <= end:
            yield Wait(round((heard[place] - start) / _DAY), True)
        else:
            yield Wait(round((end - start) / _DAY), False)


def _by_source(sources: Iterable[_Source]) -> list[SourceCounts]:
    rows = [
        SourceCounts(
            one.name,
            one.reached["applications"],
            one.reached["interviewed"],
            one.reached["offer"],
            one.ends[Outcome.REJECTED],
            one.ends[Outcome.NO_REPLY],
            one.ends[None],
        )
        for one in sources
    ]
    return sorted(rows, key=lambda row: (not row.source, -row.applications, row.source.casefold()))
