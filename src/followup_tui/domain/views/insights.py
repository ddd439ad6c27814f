"""How the search goes, in numbers: pure, from what happened with each application."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from followup_tui.domain.model.stage import STAGES, Outcome, Stage
from followup_tui.domain.model.touch import CallOutcome, Direction, TouchKind
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import FOLLOW_UPS
from followup_tui.domain.rules.playbook import Playbook
from followup_tui.domain.rules.survival import Wait, WaitSummary, summarize_waits
from followup_tui.domain.rules.thank_you import thanks_due_on

WEEKS = 8
"""Weeks of which the contacts are counted, this one among them."""
LOAD_DAYS = 14
FUNNEL = ("applications", "interviewed", "thanked", "heard", "second_round", "offer", "accepted")
"""How far an application can come; each step is counted by itself."""
_DAY = timedelta(days=1)
_ASKING = tuple(FOLLOW_UPS)  # members of an enum are slow to look up in a set
_IN, _OUT, _SPOKE, _THANK_YOU = Direction.IN, Direction.OUT, CallOutcome.SPOKE, TouchKind.THANK_YOU
_HEARD = frozenset({Outcome.REJECTED, Outcome.ACCEPTED, Outcome.DECLINED})
"""Ends that tell that the employer had answered."""


class Round(NamedTuple):
    """An interview that wasn't called off; moments in UTC."""

    starts_at: datetime
    over_at: datetime
    booked_at: datetime


class ContactMade(NamedTuple):
    """One touch: what it was for, who spoke, when, and whether it went against the guard's advice."""

    kind: TouchKind
    direction: Direction
    at: datetime
    outcome: CallOutcome | None
    is_override: bool


class Course(NamedTuple):
    """What happened with one application, each list in the order of time."""

    stage: Stage
    stage_at: datetime
    outcome: Outcome | None
    source: str
    is_applied: bool
    rounds: Sequence[Round]
    contacts: Sequence[ContactMade]
    offers: Sequence[datetime]


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


def compute_insights(
    courses: Iterable[Course],
    load: Mapping[date, int],
    basket: str,
    playbook: Playbook,
    calendar: Calendar,
    now: datetime,
) -> Insights:
    """Count everything at a moment; `load` counts the steps by the day on which they begin to ask."""
    count = _Count(playbook, calendar, now)
    for course in courses:
        count.add(course)
    return count.result(load, basket)


class _Count:
    """The numbers so far, as one application after the other is added."""

    def __init__(self, playbook: Playbook, calendar: Calendar, now: datetime) -> None:
        self._playbook, self._calendar = playbook, calendar
        self._now = now.astimezone(UTC)  # moments in two zones take ten times as long to compare
        self._today = calendar.day_of(now)
        self._first_monday = self._today - timedelta(days=self._today.weekday() + 7 * (WEEKS - 1))
        self._mondays = [self._first_monday + timedelta(days=7 * week) for week in range(WEEKS)]
        self._week_begins = [calendar.begin_of(monday) for monday in self._mondays]
        self._funnel, self._stages = dict.fromkeys(FUNNEL, 0), dict.fromkeys(STAGES, 0)
        self._outcomes = dict.fromkeys(Outcome, 0)
        self._thanks: Counter[str] = Counter()
        self._since_interview: list[Wait] = []
        self._since_check_in: list[Wait] = []
        self._weeks: Counter[date] = Counter()
        self._overrides: Counter[date] = Counter()
        self._sources: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._names: dict[str, str] = {}

    def add(self, course: Course) -> None:
        """Count one application."""
        now = self._now
        self._stages[course.stage] += 1
        if course.outcome is not None:
            self._outcomes[course.outcome] += 1
        heard, sent, asked = _heard_otherwise(course), list[datetime](), list[datetime]()
        for contact in course.contacts:  # once, as there may be a hundred thousand
            kind, direction, at, outcome, is_override = contact
            if direction is _IN or outcome is _SPOKE:
                heard.append(at)
            if kind is _THANK_YOU:
                sent.append(at)
            elif at <= now and kind in _ASKING:
                asked.append(at)
            if direction is _OUT and self._week_begins[0] <= at <= now:
                monday = self._mondays[bisect_right(self._week_begins, at) - 1]
                self._weeks[monday] += 1
                self._overrides[monday] += is_override
        heard = sorted(at for at in heard if at <= now)
        reached = _reached(course, bool(heard), bool(sent), now)
        for step in reached:
            self._funnel[step] += 1
        key = course.source.strip().casefold()
        self._names.setdefault(key, course.source.strip())
        self._sources[key].update((*reached, "open" if course.outcome is None else course.outcome.value))
        closed_at = min(course.stage_at, now) if course.stage is Stage.MOVED_ON else now
        self._thanks.update(_thanks(course.rounds, sent, self._playbook, self._calendar, now, closed_at))
        self._since_interview += _waits([one.over_at for one in course.rounds], heard, closed_at)
        self._since_check_in += _waits(asked, heard, closed_at)

    def result(self, load: Mapping[date, int], basket: str) -> Insights:
        """The numbers of all that was added."""
        days = [self._today + timedelta(days=day) for day in range(LOAD_DAYS)]
        thanks = self._thanks
        return Insights(
            funnel=self._funnel,
            stages=self._stages,
            outcomes=self._outcomes,
            thanks=ThanksCounts(thanks["on_time"], thanks["late"], thanks["missing"]),
            from_interview=summarize_waits(self._since_interview),
            from_check_in=summarize_waits(self._since_check_in),
            load=[(day, load.get(day, 0)) for day in days],
            weeks=[WeekCounts(monday, self._weeks[monday], self._overrides[monday]) for monday in self._mondays],
            sources=_by_source(self._sources, self._names),
            basket=basket,
        )


def _heard_otherwise(course: Course) -> list[datetime]:
    """When the employer said something other than by a reply or a call: a round, an offer, an end."""
    said = [min(one.booked_at, one.starts_at) for one in course.rounds[1:]]
    said += course.offers
    if course.outcome in _HEARD:
        said.append(course.stage_at)
    return said


def _reached(course: Course, is_heard: bool, is_thanked: bool, now: datetime) -> list[str]:
    """How far it came: the names of the funnel's steps."""
    has_offer = bool(course.offers) or course.outcome in (Outcome.ACCEPTED, Outcome.DECLINED)
    began = sum(one.starts_at <= now for one in course.rounds)
    passed = {
        "interviewed": began > 0 if course.rounds else not course.is_applied,
        "thanked": is_thanked,
        "heard": is_heard,
        "second_round": began > 1,
        "offer": has_offer,
        "accepted": course.outcome is Outcome.ACCEPTED,
    }
    return ["applications", *(step for step, has in passed.items() if has)]


def _thanks(
    rounds: Sequence[Round],
    sent: Sequence[datetime],
    playbook: Playbook,
    calendar: Calendar,
    now: datetime,
    closed_at: datetime,
) -> list[str]:
    """Whether each interview that is over was thanked for in time; those that still may be aren't counted."""
    told: list[str] = []
    for round, following in pairwise((*rounds, None)):
        if round is None or round.over_at > now:
            continue
        until = following and following.starts_at
        due_on = thanks_due_on(calendar.day_of(round.over_at), playbook)
        first = next((at for at in sent if at >= round.starts_at and (until is None or at < until)), None)
        if first is not None:
            told.append("on_time" if calendar.day_of(first) <= due_on else "late")
        elif calendar.day_of(closed_at) > due_on:
            told.append("missing")
    return told


def _waits(starts: Sequence[datetime], heard: Sequence[datetime], closed_at: datetime) -> list[Wait]:
    """Return how long each wait took, until they said something; it goes on until the next one begins, or now."""
    waits = []
    for start, following in pairwise((*starts, None)):
        if start is None or start > closed_at:
            continue
        place = bisect_right(heard, start)
        end = closed_at if following is None else min(following, closed_at)
        has_ended = place < len(heard) and heard[place] <= end
        last = heard[place] if has_ended else end
        waits.append(Wait(round((last - start) / _DAY), has_ended))
    return waits


def _by_source(sources: Mapping[str, Counter[str]], names: Mapping[str, str]) -> list[SourceCounts]:
    rows = [
        SourceCounts(
            names[key],
            counts["applications"],
            counts["interviewed"],
            counts["offer"],
            counts["rejected"],
            counts["no_reply"],
            counts["open"],
        )
        for key, counts in sources.items()
    ]
    return sorted(rows, key=lambda row: (not row.source, -row.applications, row.source.casefold()))
