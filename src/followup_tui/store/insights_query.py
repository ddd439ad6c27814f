"""Read what happened with every application, for the insights: five SELECTs, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import CallOutcome, Direction, TouchKind
from followup_tui.domain.views.insights import AskingStep, ContactMade, Course, Round
from followup_tui.store.row_codec import parse_any_moment, parse_moment
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
_TOUCHES = "SELECT application_id, kind, direction, at, outcome, override <> '' FROM touch WHERE kind <> 'note'"
_OFFERS = "SELECT application_id, made_at FROM offer ORDER BY made_at, id"


_STEPS = (
    "SELECT application_id, application_id, action, asks_on, from_at, until_at FROM outlook"
    " ORDER BY application_id, place"
)


Value = TypeVar("Value")


class Activity(NamedTuple):
    """What happened with every application, and the cached steps, those of each application in their order.

    `damaged` counts rows that can't be read and are left out; `steps` is None if one of the cached can't be read.
    """

    courses: list[Course]
    steps: list[AskingStep] | None
    damaged: int


def read_activity(path: Place, interview_minutes: int) -> Activity:
    """Return all that the insights count; an interview without an end lasts so long. `StoreTrouble` as ever."""
    with closing(ReadConnection(path)) as file, file.snapshot() as connection:
        if connection is None:
            return Activity([], [], 0)
        lasts = timedelta(minutes=interview_minutes)
        rounds = _Rows(connection, _INTERVIEWS, lambda starts, ends, booked: _round(starts, ends, booked, lasts))
        contacts = _Rows(connection, _TOUCHES, _contact)
        offers = _Rows(connection, _OFFERS, parse_moment)
        steps = _Rows(connection, _STEPS, _step)

        for some in contacts.of.values():
            some.sort(key=_AT)  # the few of each are sorted in a fifth of the time that SQLite takes for all

        def course(id: str, stage: str, at: str, outcome: str | None, source: str, is_applied: int) -> Course:
            where = Stage(stage), parse_moment(at), Outcome(outcome) if outcome is not None else None
            happened = rounds.of[id], contacts.of[id], offers.of[id]
            return Course(*where, source, bool(is_applied), *happened)

        courses = _Rows(connection, _APPLICATIONS, course)
        damaged = sum(rows.damaged for rows in (rounds, contacts, offers, courses))
        in_order = [step for some in steps.of.values() for step in some]
        return Activity(courses.of[""], None if steps.damaged else in_order, damaged)


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


_AT = attrgetter("at")


def _round(starts: str, ends: str | None, booked: str, lasts: timedelta) -> Round:
    starts_at = parse_moment(starts)
    return Round(starts_at, parse_moment(ends) if ends else starts_at + lasts, parse_moment(booked))


def _contact(kind: str, direction: str, at: str, outcome: str | None, is_override: int) -> ContactMade:
    return ContactMade(_KINDS[kind], _DIRECTIONS[direction], parse_moment(at), _CALLS[outcome], bool(is_override))


def _step(id: str, action: str, asks_on: str, from_at: str, until_at: str) -> AskingStep:
    return AskingStep(id, action, date.fromisoformat(asks_on), parse_moment(from_at), parse_any_moment(until_at))


_KINDS: dict[str, TouchKind] = {kind.value: kind for kind in TouchKind}
_DIRECTIONS: dict[str, Direction] = {direction.value: direction for direction in Direction}
_CALLS: dict[str | None, CallOutcome | None] = {None: None, **{outcome.value: outcome for outcome in CallOutcome}}
