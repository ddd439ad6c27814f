"""Read what happened with every application, for the insights: five SELECTs, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import CallOutcome, Direction, TouchKind
from followup_tui.domain.rules.history import FOLLOW_UPS
from followup_tui.domain.views.insights import WEEKS, AskingStep, Course, Round
from followup_tui.store.row_codec import format_moment, parse_any_moment, parse_moment
from followup_tui.store.sql import ReadConnection, fetch_all, replace_undecodable

if TYPE_CHECKING:
    from followup_tui.server_address import Place
    from followup_tui.store.places import Connection

_APPLICATIONS = (
    "SELECT '', id, stage, stage_at, outcome, source, stage = 'awaiting' AND applied_only FROM application"
    " ORDER BY number"
)
_INTERVIEWS = (
    "SELECT application_id, starts_at, ends_at, created_at FROM interview WHERE cancelled_at IS NULL"
    " ORDER BY starts_at, id"
)
_HEARD, _THANKED, _ASKED, _OVERRIDE, _WEEK = 1, 2, 4, 8, 16
"""What a touch counts for: the numbers are added, that of the week once for each week up to its own."""


def _listed(values: Iterable[StrEnum]) -> str:
    return ", ".join(f"'{value}'" for value in values)


_TOUCHES = f"""
SELECT application_id, at,
    CASE WHEN direction NOT IN ({_listed(Direction)}) OR outcome NOT IN ({_listed(CallOutcome)}) THEN NULL
        WHEN kind = 'thank_you' THEN {_THANKED} WHEN kind IN ({_listed(FOLLOW_UPS)}) THEN {_ASKED}
        WHEN kind IN ({_listed(TouchKind)}) THEN 0 END
    + CASE WHEN direction = 'in' OR outcome = 'spoke' THEN {_HEARD} ELSE 0 END
    + CASE WHEN override <> '' THEN {_OVERRIDE} ELSE 0 END
    + CASE WHEN direction <> 'out' OR at > ? OR at < ? THEN 0
        {" ".join(f"WHEN at < ? THEN {_WEEK * week}" for week in range(1, WEEKS))} ELSE {_WEEK * WEEKS} END
FROM touch WHERE kind <> 'note'"""
"""The touches, each with what it counts for, or NULL if it can't be read; asks for now and when the weeks begin.

SQLite tells them apart in a third of the time that Python takes.
"""
_OFFERS = "SELECT application_id, made_at FROM offer ORDER BY made_at, id"


_STEPS = (
    "SELECT application_id, application_id, action, asks_on, from_at, until_at FROM outlook"
    " ORDER BY application_id, place"
)


Value = TypeVar("Value")
Moments = tuple[list[datetime], list[datetime], list[datetime]]


class Activity(NamedTuple):
    """What happened with every application, and the cached steps, those of each application in their order.

    `weeks` are the contacts of each week and how many went against the guard. `damaged` counts rows that can't be
    read and are left out; `steps` is None if one of the cached can't be read.
    """

    courses: list[Course]
    weeks: list[tuple[int, int]]
    steps: list[AskingStep] | None
    damaged: int


def read_activity(path: Place, interview_minutes: int, weeks: Sequence[datetime], now: datetime) -> Activity:
    """Return all that the insights count at a moment, with the contacts of the weeks that begin at these moments.

    An interview without an end lasts so many minutes. Raises `StoreTrouble` if the database can't be read.
    """
    with closing(ReadConnection(path)) as file, file.snapshot() as connection:
        if connection is None:
            return Activity([], [(0, 0)] * WEEKS, [], 0)
        lasts = timedelta(minutes=interview_minutes)
        rounds = _Rows(connection, _INTERVIEWS, lambda starts, ends, booked: _round(starts, ends, booked, lasts))
        touches = _Touches(connection, weeks, now)
        offers = _Rows(connection, _OFFERS, parse_moment)
        steps = _Rows(connection, _STEPS, _step)

        def course(id: str, stage: str, at: str, outcome: str | None, source: str, is_applied: int) -> Course:
            where = _STAGES[stage], parse_moment(at), _OUTCOMES[outcome]
            return Course(*where, source, bool(is_applied), rounds.of[id], offers.of[id], *touches.of[id])

        courses = _Rows(connection, _APPLICATIONS, course)
        damaged = sum(rows.damaged for rows in (rounds, touches, offers, courses))
        in_order = [step for some in steps.of.values() for step in some]
        return Activity(courses.of[""], touches.weeks(), None if steps.damaged else in_order, damaged)


class _Touches:
    """The moments of each application's touches: when they were heard, thanked and asked, each in its order."""

    def __init__(self, connection: Connection, weeks: Sequence[datetime], now: datetime) -> None:
        self.of = defaultdict[str, Moments](lambda: ([], [], []))
        self.damaged = 0
        self._counts: defaultdict[int, int] = defaultdict(int)
        values = [format_moment(at) for at in (now, *weeks)]
        for id, at, counts_for in fetch_all(connection, _TOUCHES, values, replace_undecodable):
            try:
                moment = parse_moment(at)
                heard, thanked, asked = self.of[id]
                if counts_for & _HEARD:
                    heard.append(moment)
                if counts_for & _THANKED:
                    thanked.append(moment)
                elif counts_for & _ASKED:
                    asked.append(moment)
                self._counts[counts_for] += 1
            except (TypeError, ValueError):
                self.damaged += 1
        for lists in self.of.values():
            for moments in lists:
                if len(moments) > 1:
                    moments.sort()  # the few of each take a fifth of the time that SQLite takes for all

    def weeks(self) -> list[tuple[int, int]]:
        """The contacts of each week, and how many of them went against the guard."""
        found = [[0, 0] for _ in range(WEEKS + 1)]
        for counts_for, count in self._counts.items():
            week = found[counts_for // _WEEK]
            week[0] += count
            week[1] += count if counts_for & _OVERRIDE else 0
        return [(contacts, overrides) for contacts, overrides in found[1:]]


class _Rows(Generic[Value]):
    """The rows of a SELECT as values, by what its first column says; those that can't be read are counted."""

    def __init__(self, connection: Connection, sql: str, parse: Callable[..., Value]) -> None:
        self.of: defaultdict[str, list[Value]] = defaultdict(list)
        self.damaged = 0
        for key, *values in fetch_all(connection, sql, (), replace_undecodable):
            try:
                self.of[key].append(parse(*values))
            except (KeyError, TypeError, ValueError):
                self.damaged += 1


def _round(starts: str, ends: str | None, booked: str, lasts: timedelta) -> Round:
    starts_at = parse_moment(starts)
    return Round(starts_at, parse_moment(ends) if ends else starts_at + lasts, parse_moment(booked))


def _step(id: str, action: str, asks_on: str, from_at: str, until_at: str) -> AskingStep:
    return AskingStep(id, action, date.fromisoformat(asks_on), parse_moment(from_at), parse_any_moment(until_at))


_STAGES: dict[str, Stage] = {stage.value: stage for stage in Stage}
_OUTCOMES: dict[str | None, Outcome | None] = {None: None, **{outcome.value: outcome for outcome in Outcome}}
