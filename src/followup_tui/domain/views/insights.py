"""How the search goes, in numbers: pure, from what happened with each application."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
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
_DAY, _HALF_A_DAY = timedelta(days=1), timedelta(hours=12)
_HEARD = frozenset({Outcome.REJECTED, Outcome.ACCEPTED, Outcome.DECLINED})
"""Ends that tell that the employer had answered."""
_OFFERED = frozenset({Outcome.ACCEPTED, Outcome.DECLINED})


class Round(NamedTuple):
    """An interview that wasn't called off; moments in UTC."""

    starts_at: datetime
    over_at: datetime
    booked_at: datetime


HEARD, THANKED, ASKED, OFFER, SENT, OVERRIDE, UNDATED = 1, 2, 4, 8, 16, 32, 64
"""What an event counts for, the numbers added.

`HEARD` is a reply, a call on which they spoke, or an offer; `ASKED` a question how things stand; `SENT` a contact
that was made, `OVERRIDE` one against the guard; `UNDATED` one whose day isn't known: it ends no wait.
"""


class Course(NamedTuple):
    """What happened with one application, rounds and events in their order: moments with what they count for.

    One that `is_before_interview` has had no interview but those of its rounds.
    """

    stage: Stage
    stage_at: datetime
    outcome: Outcome | None
    source: str
    is_before_interview: bool
    rounds: Sequence[Round]
    events: Sequence[tuple[datetime, int]]


AskingStep = tuple[str, str, date, datetime, datetime]
"""An application's id, what its step asks for, from which day on, and from when until when it is in force."""


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
    """The numbers of the whole search.

    `booked` counts the applications at Interviewed whose first interview is still ahead; `load` is what begins to
    ask on each of the next days, today first.
    """

    funnel: Mapping[str, int]
    booked: int
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
    load: Counter[datetime] = Counter()
    before = ("", "")
    now = now.astimezone(UTC)

    @cache
    def earliest(day: date) -> datetime:
        return max(now, calendar.begin_of(day))

    for id, action, asks_on, from_at, until_at in steps:
        begins_at = earliest(asks_on)
        if from_at > begins_at:
            begins_at = from_at
        if begins_at < until_at:
            if (id, action) != before:
                load[begins_at] += 1
            before = (id, action)
    by_day: Counter[date] = Counter()
    for at, count in load.items():
        by_day[calendar.day_of(at)] += count
    return by_day


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
        self._booked = 0
        self._sent: list[datetime] = []
        self._overrides: list[datetime] = []

        @cache
        def late_from(day: date) -> datetime:
            """From when a thank-you for an interview of that day is late."""
            return calendar.begin_of(thanks_due_on(day, playbook) + _DAY)

        self._late_from = late_from

    def add(self, course: Course) -> None:
        """Count one application."""
        now, rounds, heard = self._now, course.rounds, _heard_otherwise(course)
        thanked: list[datetime] = []
        asked: list[datetime] = []
        undated: list[datetime] = []
        is_offered = course.outcome in _OFFERED
        for at, counts_for in course.events:
            if counts_for & SENT:
                self._sent.append(at)
                if counts_for & OVERRIDE:
                    self._overrides.append(at)
            if counts_for & ASKED:
                asked.append(at)
            elif counts_for & THANKED:
                thanked.append(at)
            if counts_for & HEARD:
                heard.append(at)
                if counts_for & OFFER:
                    is_offered = True
            if counts_for & UNDATED:
                undated.append(at)
        heard.sort()
        if heard and heard[-1] > now:
            del heard[bisect_right(heard, now) :]
        began = sum([round.starts_at <= now for round in rounds])
        was_interviewed = began > 0 or not (rounds or course.is_before_interview)
        if rounds and not began and course.stage is Stage.INTERVIEWED:
            self._booked += 1
        is_accepted = course.outcome is Outcome.ACCEPTED
        reached = (True, was_interviewed, bool(thanked), bool(heard), began > 1, is_offered, is_accepted)
        self._alike[course.stage, course.outcome, course.source, reached] += 1
        closed_at = min(course.stage_at, now) if course.stage is Stage.MOVED_ON else now
        if rounds:
            self._add_thanks(rounds, thanked, closed_at, undated)
            _add_waits(self._since_interview, [round.over_at for round in rounds], heard, closed_at, undated)
        if asked:
            _add_waits(self._since_check_in, asked, heard, closed_at, undated)

    def _add_thanks(
        self,
        rounds: Sequence[Round],
        thanked: Sequence[datetime],
        closed_at: datetime,
        undated: Sequence[datetime],
    ) -> None:
        """Count whether each interview that is over was thanked for in time.

        Not those that still may be, and those that were on a day that isn't known.
        """
        for place, round in enumerate(rounds, 1):
            if round.over_at > self._now:
                continue
            late_from = self._late_from(self._calendar.day_of(round.over_at))
            sent = bisect_left(thanked, round.starts_at)
            first = thanked[sent] if sent < len(thanked) else None
            if first is not None and first in undated:
                continue
            if first is not None and (place == len(rounds) or first < rounds[place].starts_at):
                self._thanks["on_time" if first < late_from else "late"] += 1
            elif closed_at >= late_from:
                self._thanks["missing"] += 1

    def _weeks(self) -> list[WeekCounts]:
        """The contacts of each week until now, that of this week last."""
        first = self._today - timedelta(days=self._today.weekday() + 7 * (WEEKS - 1))
        mondays = [first + timedelta(days=7 * week) for week in range(WEEKS)]
        begins = [*map(self._calendar.begin_of, mondays), self._now + timedelta.resolution]
        week_of = partial(bisect_right, begins)
        contacts, overrides = Counter(map(week_of, self._sent)), Counter(map(week_of, self._overrides))
        return [WeekCounts(monday, contacts[week], overrides[week]) for week, monday in enumerate(mondays, 1)]

    def result(self, load: Mapping[date, int], basket: str) -> Insights:
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
            booked=self._booked,
            stages=stages,
            outcomes=outcomes,
            thanks=ThanksCounts(**self._thanks),
            from_interview=summarize_waits(self._since_interview),
            from_check_in=summarize_waits(self._since_check_in),
            load=[(day, load.get(day, 0)) for day in days],
            weeks=self._weeks(),
            sources=_by_source(self._alike),
            basket=basket,
        )


def _heard_otherwise(course: Course) -> list[datetime]:
    """When the employer said something other than by a reply, a call or an offer: a later round, an end."""
    moments = [min(round.booked_at, round.starts_at) for round in course.rounds[1:]]
    if course.outcome in _HEARD:
        moments.append(course.stage_at)
    return moments


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
    place, count = 0, len(heard)
    for start, following in zip(starts, (*starts[1:], closed_at), strict=True):
        if start > closed_at:
            return
        while place < count and heard[place] <= start:
            place += 1
        end = following if following < closed_at else closed_at
        if place == count or heard[place] > end:
            waits.open.append((end - start + _HALF_A_DAY).days)
        elif heard[place] not in undated:
            waits.ended.append((heard[place] - start + _HALF_A_DAY).days)


def _by_source(alike: Mapping[_Alike, int]) -> list[SourceCounts]:
    """The counts of each source, which has the name that it was first given with."""
    names: dict[str, str] = {}
    counts: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
    for (_, outcome, source, reached), count in alike.items():
        key = source.strip().casefold()
        names.setdefault(key, source.strip())
        for counted in (*compress(FUNNEL, reached), outcome):
            counts[key][counted] += count
    rows = [
        SourceCounts(
            source=names[key],
            applications=numbers["applications"],
            interviewed=numbers["interviewed"],
            offers=numbers["offer"],
            rejected=numbers[Outcome.REJECTED],
            no_reply=numbers[Outcome.NO_REPLY],
            open=numbers[None],
        )
        for key, numbers in counts.items()
    ]
    return sorted(rows, key=lambda row: (not row.source, -row.applications, row.source.casefold()))
