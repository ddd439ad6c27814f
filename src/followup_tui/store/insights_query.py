"""Read what happened with every application, for the insights: five SELECTs, whatever their number."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.touch import DATE_NOT_GIVEN, CallOutcome, Direction, TouchKind
from followup_tui.domain.rules.history import FOLLOW_UPS
from followup_tui.domain.views.insights import WEEKS, AskingStep, Course, Round
from followup_tui.store.connections import replace_undecodable
from followup_tui.store.row_codec import FOREVER, check_year, format_moment, parse_any_moment, parse_moment
from followup_tui.store.sql import ReadConnection, fetch_all

if TYPE_CHECKING:
    from followup_tui.server_address import Place

_APPLICATIONS = (
    "SELECT id, stage, stage_at, outcome, source, stage = 'awaiting' AND applied_only FROM application"
    " ORDER BY number"
)
_INTERVIEWS = "SELECT application_id, starts_at, ends_at, created_at FROM interview WHERE cancelled_at IS NULL"
_OFFERS = "SELECT application_id, made_at, day_known FROM offer"
_STEPS = (
    "SELECT application_id, action, asks_on, from_at, until_at FROM outlook"
    " WHERE until_at > ? AND NOT from_at BETWEEN ? AND ? ORDER BY application_id, place"
)
_OUT, _IN, _SPOKE, _THANKED, _ASKED, _OVERRIDE, _UNDATED = 1, 2, 4, 8, 16, 32, 64
"""What a touch counts for: the numbers are added."""
_MARK = DATE_NOT_GIVEN.replace("'", "''")


def _case(column: str, numbers: Mapping[str, int]) -> str:
    """The number for a column's value, NULL for any other value."""
    cases = (f"WHEN '{value}' THEN {number}" for value, number in numbers.items())
    return f"CASE {column} {' '.join(cases)} END"


_OF_CALLS = {"": 0, CallOutcome.NO_ANSWER: 0, CallOutcome.SPOKE: _SPOKE}
_COUNTS_FOR = " + ".join(
    (
        _case("kind", {kind: _ASKED if kind in FOLLOW_UPS else 0 for kind in TouchKind} | {"thank_you": _THANKED}),
        _case("direction", {Direction.OUT: _OUT, Direction.IN: _IN, Direction.NONE: 0}),
        f"CASE WHEN outcome IS NULL THEN 0 ELSE {_case('outcome', _OF_CALLS)} END",  # less work than coalesce
        f"CASE override WHEN '' THEN 0 ELSE {_OVERRIDE} END",
        f"CASE note WHEN '{_MARK}' THEN {_UNDATED} ELSE 0 END",
    )
)
_TOUCHES = f"SELECT application_id, at, {_COUNTS_FOR} FROM touch WHERE kind <> 'note'"
"""The touches, each with what it counts for, or NULL if it can't be read."""

Row = tuple[Any, ...]
Result = TypeVar("Result")
Moments = Mapping[str, Sequence[datetime]]
"""Moments by application id, each application's in their order."""


class Activity(NamedTuple):
    """What happened with every application, and the cached steps, those of each application in their order.

    `weeks` are the contacts of each week and how many went against the guard. `damaged` counts rows that can't be
    read and are left out; `steps` is None if one of the cached can't be read.
    """

    courses: Sequence[Course]
    weeks: Sequence[tuple[int, int]]
    steps: Sequence[AskingStep] | None
    damaged: int


class _Touches(NamedTuple):
    """When each application's employer was heard, thanked and asked; `weeks` as in `Activity`.

    `undated` are the moments among them of which an import didn't know the day.
    """

    heard: Moments
    thanked: Moments
    asked: Moments
    undated: Moments
    weeks: Sequence[tuple[int, int]]


def read_activity(
    path: Place, interview_minutes: int, weeks: Sequence[datetime], now: datetime, until: datetime
) -> Activity:
    """Return all that the insights count at a moment, with the contacts of the weeks that begin at these moments.

    An interview without an end lasts so many minutes; steps that begin at `until` or later are left out. Raises
    `StoreTrouble` if the database can't be read.
    """
    with closing(ReadConnection(path)) as file, file.snapshot() as connection:
        if connection is None:
            return Activity([], [(0, 0)] * WEEKS, [], 0)

        def read(sql: str, parse: Callable[[Sequence[Row]], Result], *values: str) -> tuple[Result, int]:
            return _parsed(fetch_all(connection, sql, values, replace_undecodable), parse)

        now = now.astimezone(UTC)
        rounds, lost_rounds = read(_INTERVIEWS, partial(_rounds, lasts=timedelta(minutes=interview_minutes)))
        touches, lost_touches = read(_TOUCHES, partial(_touches, begins=[*weeks, now + timedelta.resolution]))
        offers, lost_offers = read(_OFFERS, _offers)
        courses, lost = read(_APPLICATIONS, partial(_courses, rounds=rounds, offers=offers, touches=touches))
        steps, lost_steps = read(_STEPS, _steps, *map(format_moment, (now, until, FOREVER)))
        lost += lost_rounds + lost_touches + lost_offers
        return Activity(courses, touches.weeks, None if lost_steps else steps, lost)


def _parsed(rows: Sequence[Row], parse: Callable[[Sequence[Row]], Result]) -> tuple[Result, int]:
    """Parse rows by the column, in a third of the time of one by one; those that can't be parsed are counted."""
    try:
        return parse(rows), 0
    except _UNREADABLE:
        sound = [row for row in rows if _is_readable(row, parse)]
        return parse(sound), len(rows) - len(sound)


_UNREADABLE = (KeyError, TypeError, ValueError)


def _is_readable(row: Row, parse: Callable[[Sequence[Row]], object]) -> bool:
    try:
        parse([row])
    except _UNREADABLE:
        return False
    return True


def _column(rows: Sequence[Row], place: int) -> list[datetime]:
    """The moments in a column of some rows; ValueError or TypeError if one of them can't be read.

    It takes a fifth of the time that `parse_moment` takes for each.
    """
    moments = [datetime.fromisoformat(row[place]) for row in rows]
    if not {moment.tzinfo for moment in moments} <= {UTC}:
        return [parse_moment(row[place]) for row in rows]
    for year in {moment.year for moment in moments}:
        check_year(year)
    return moments


def _by_application(rows: Iterable[Row], values: Iterable[Result]) -> dict[str, list[Result]]:
    """The values of some rows by application id, the rows' first column; each application's are sorted."""
    found: defaultdict[str, list[Result]] = defaultdict(list)
    for row, value in zip(rows, values, strict=True):
        found[row[0]].append(value)
    return _in_order(found)


def _in_order(found: dict[str, list[Result]]) -> dict[str, list[Result]]:
    for values in found.values():
        if len(values) > 1:
            values.sort()  # the few of each take a fifth of the time that SQLite takes for all
    return found


def _rounds(rows: Sequence[Row], lasts: timedelta) -> dict[str, list[Round]]:
    starts, booked = _column(rows, 1), _column(rows, 3)
    over = [parse_moment(row[2]) if row[2] else start + lasts for row, start in zip(rows, starts, strict=True)]
    return _by_application(rows, map(Round, starts, over, booked))


def _offers(rows: Sequence[Row]) -> tuple[Moments, Moments]:
    """When offers were made, and those of these moments of which an import didn't know the day."""
    undated = [row for row in rows if not row[2]]
    return _by_application(rows, _column(rows, 1)), _by_application(undated, _column(undated, 1))


def _touches(rows: Sequence[Row], begins: Sequence[datetime]) -> _Touches:
    """`begins` are the moments at which the weeks begin, and the first one that is ahead."""
    by_number: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_number[row[2]].append(row)
    heard: defaultdict[str, list[datetime]] = defaultdict(list)
    thanked: defaultdict[str, list[datetime]] = defaultdict(list)
    asked: defaultdict[str, list[datetime]] = defaultdict(list)
    undated: defaultdict[str, list[datetime]] = defaultdict(list)
    contacts, overrides = Counter[int](), Counter[int]()
    for counts_for, some in by_number.items():
        moments = _column(some, 1)
        for number, by_id in ((_IN | _SPOKE, heard), (_THANKED, thanked), (_ASKED, asked), (_UNDATED, undated)):
            if counts_for & number:
                for row, at in zip(some, moments, strict=True):
                    by_id[row[0]].append(at)
        if counts_for & _OUT:
            counted = Counter(map(partial(bisect_right, begins), moments))
            contacts += counted
            overrides += counted if counts_for & _OVERRIDE else Counter()
    weeks = [(contacts[week], overrides[week]) for week in range(1, WEEKS + 1)]
    return _Touches(_in_order(heard), _in_order(thanked), _in_order(asked), undated, weeks)


def _courses(
    rows: Sequence[Row],
    rounds: Mapping[str, Sequence[Round]],
    offers: tuple[Moments, Moments],
    touches: _Touches,
) -> list[Course]:
    heard, thanked, asked, undated = (each.get for each in touches[:4])
    made, made_undated = offers
    return [
        Course(
            _STAGES[stage],
            stage_at,
            _OUTCOMES[outcome],
            source,
            bool(is_applied),
            rounds.get(id, ()),
            made.get(id, ()),
            heard(id, ()),
            thanked(id, ()),
            asked(id, ()),
            (*undated(id, ()), *made_undated.get(id, ())),
        )
        for (id, stage, _, outcome, source, is_applied), stage_at in zip(rows, _column(rows, 2), strict=True)
    ]


def _steps(rows: Sequence[Row]) -> list[AskingStep]:
    if not rows:
        return []
    ids, actions, asks_on, from_at, until_at = zip(*rows, strict=True)
    days = {text: date.fromisoformat(text) for text in set(asks_on)}
    moments = {text: parse_any_moment(text) for text in {*from_at, *until_at}}
    of_text = moments.__getitem__
    parsed = map(days.__getitem__, asks_on), map(of_text, from_at), map(of_text, until_at)
    return list(map(AskingStep, ids, actions, *parsed))


_STAGES: dict[str, Stage] = {stage.value: stage for stage in Stage}
_OUTCOMES: dict[str | None, Outcome | None] = {None: None, **{outcome.value: outcome for outcome in Outcome}}
