"""Read the board's cards: the first of each column with the help of indices, or all of them.

Parsing is fast for readable rows and recovers what it can of damaged ones.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from followup_tui.domain.model.application import STAGES, Outcome, Stage
from followup_tui.domain.rules.action import OFFER_RANK, ActionKind
from followup_tui.domain.views.board import URGENCY, ColumnOrder, Sort, order_of
from followup_tui.domain.views.card import Card
from followup_tui.store.connections import is_undecodable_text
from followup_tui.store.database_file import FileState
from followup_tui.store.sql import connect, inspect_place, translate_errors, without_garbage_collection

if TYPE_CHECKING:
    from followup_tui.server_address import Place
    from followup_tui.store.sql import Connection

CARD_COLUMNS = (
    "application.id, application.number, application.version, application.stage, company, role, location, outcome,"
    " stage_at, created_at, action, asks_on, due_on, is_missing, is_held, applied_only,"
    " CASE WHEN applied_only THEN applied_on END, interview_on, coalesce(interview_hour, ''), other_role_on"
)
SELECT_CARDS = (
    f"SELECT {CARD_COLUMNS} FROM application LEFT JOIN outlook ON outlook.application_id = application.id"
    " AND outlook.from_at <= ? AND outlook.until_at > ?"
)
"""Every card with the step that is in force at a moment, given twice, as `format_moment` writes it."""

_STAGES = {stage.value: stage for stage in Stage}
_OUTCOMES: dict[str | None, Outcome | None] = {None: None} | {outcome.value: outcome for outcome in Outcome}
_ACTIONS: dict[str | None, ActionKind | None] = {None: None} | {action.value: action for action in ActionKind}
_CARD = partial(tuple.__new__, Card)
_DAY = date.fromisoformat
_MOMENT = datetime.fromisoformat
_TIME_ZONE = attrgetter("tzinfo")
_APPLIED_ONLY = Card._fields.index("applied_only") - 1
"""Its place in a row of `CARD_COLUMNS`, which lacks `damaged`."""
# As `row_codec` has them, which takes a while to import before the first paint; a test compares.
_FIRST_YEAR, _LAST_YEAR = 2, 9900
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The same order as `domain.views.board.urgency`, which a test compares; in two parts, so that each uses an index.
# The indices are named: SQLite would sort all rows of a stage instead of reading the first of them in order.
_IN_FORCE = (
    "JOIN application ON application.id = outlook.application_id"
    " WHERE outlook.stage = ? AND outlook.from_at <= ? AND outlook.until_at > ?"
)
_DUE = (
    f"SELECT {CARD_COLUMNS} FROM outlook INDEXED BY ix_outlook_loudness {_IN_FORCE}"
    f" AND (outlook.asks_on <= ? OR outlook.rank = {OFFER_RANK})"
    " ORDER BY outlook.rank, outlook.due_on, outlook.number LIMIT ?"
)
_LATER = (
    f"SELECT {CARD_COLUMNS} FROM outlook INDEXED BY ix_outlook_ahead {_IN_FORCE}"
    f" AND outlook.asks_on > ? AND outlook.rank <> {OFFER_RANK}"
    " ORDER BY outlook.asks_on, outlook.number LIMIT ?"
)


# What was only applied for has no step, unless the user pinned a date to it; an index has it in this order.
_WITHOUT_STEP = (
    f"SELECT {CARD_COLUMNS} FROM application LEFT JOIN outlook ON outlook.application_id = application.id"
    " AND outlook.from_at <= ? AND outlook.until_at > ?"
    " WHERE application.stage = ? AND applied_only = 1 AND action IS NULL ORDER BY application.number LIMIT ?"
)


class BoardMoment(NamedTuple):
    """When the board is read: the moment as it is stored, the user's date, and the version of the rules."""

    at: str
    today: str
    fingerprint: str


FirstCards = tuple[Mapping[Stage, Sequence[Card]], Mapping[Stage, int], int]
"""The first cards of each stage in their order, the count of all cards of each stage, and how many in
Awaiting were only applied for."""


def read_first_cards(path: Place, sort: Sort, most: int, moment: BoardMoment) -> FirstCards | None:
    """Return the first `most` cards of each stage and the counts, or None if all cards must be read.

    That is so if the file has an older schema, a row is damaged, SQLite can't sort in this order, or the cached
    schedule was computed with other rules. `StoreTrouble` if the file can't be read.
    """
    state = inspect_place(path)
    if state in (FileState.MISSING, FileState.EMPTY):
        return {}, {}, 0
    if state is FileState.OLDER or any(order_of(sort, stage).folded for stage in STAGES):
        return None
    with translate_errors(path), closing(connect(path)) as connection:
        try:
            return _first_cards(connection, sort, most, moment)
        except (KeyError, TypeError, ValueError, sqlite3.OperationalError) as error:
            if isinstance(error, sqlite3.Error) and not is_undecodable_text(error):
                raise
            return None


def _first_cards(connection: Connection, sort: Sort, most: int, moment: BoardMoment) -> FirstCards | None:
    connection.execute("BEGIN")
    cached = dict(connection.execute("SELECT key, value FROM kept").fetchall())
    counted = connection.execute(
        "SELECT stage, applied_only, count(*) FROM application GROUP BY stage, applied_only"
    ).fetchall()
    counts: dict[Stage, int] = {}
    for stage, _, count in counted:
        counts[Stage(stage)] = counts.get(Stage(stage), 0) + count
    applied = sum(count for stage, is_applied, count in counted if is_applied and stage == Stage.AWAITING.value)
    is_current = cached.get("outlook") == moment.fingerprint and cached.get("outlook_at", "") <= moment.at
    if counts and not is_current:
        return None
    columns = {stage: _first_of_column(connection, stage, order_of(sort, stage), most, moment) for stage in counts}
    connection.execute("COMMIT")
    return columns, counts, applied


def _first_of_column(
    connection: Connection, stage: Stage, order: ColumnOrder, most: int, moment: BoardMoment
) -> list[Card]:
    if order.field == URGENCY:
        return _most_urgent(connection, stage, most, moment)
    direction = "DESC" if order.falling else "ASC"
    sql = (
        f"{SELECT_CARDS} WHERE application.stage = ? ORDER BY application.{order.field} {direction},"
        f" application.number {direction} LIMIT ?"
    )
    with closing(connection.execute(sql, (moment.at, moment.at, stage.value, most))) as rows:
        return parse_cards(rows)


def _most_urgent(connection: Connection, stage: Stage, most: int, moment: BoardMoment) -> list[Card]:
    cards: list[Card] = []
    with_step = (stage.value, moment.at, moment.at, moment.today)
    queries = (_DUE, with_step), (_LATER, with_step), (_WITHOUT_STEP, (moment.at, moment.at, stage.value))
    for sql, values in queries:
        if len(cards) < most:
            with closing(connection.execute(sql, (*values, most - len(cards)))) as rows:
                cards += parse_cards(rows)
    return cards


def parse_cards(rows: Iterable[Sequence[Any]]) -> list[Card]:
    """Return the cards of rows; KeyError, TypeError or ValueError if one of them is damaged."""
    with without_garbage_collection():
        cards = _cards(rows)
        _check_values(cards)
        return cards


# The first paint may need 100,000 of these: no Python function is called for each card.
def _cards(rows: Iterable[Sequence[Any]]) -> list[Card]:
    return [
        _CARD(
            (
                id,
                number,
                version,
                _STAGES[stage],
                company,
                role,
                location,
                _OUTCOMES[outcome],
                _MOMENT(stage_at),
                _MOMENT(created_at),
                False,
                _ACTIONS[action],
                asks_on and _DAY(asks_on),
                due_on and _DAY(due_on),
                is_missing == 1,
                is_held == 1,
                applied_only == 1,
                applied_on and _DAY(applied_on),
                interview_on and _DAY(interview_on),
                interview_hour,
                other_role_on and _DAY(other_role_on),
            ),
        )
        for (
            id,
            number,
            version,
            stage,
            company,
            role,
            location,
            outcome,
            stage_at,
            created_at,
            action,
            asks_on,
            due_on,
            is_missing,
            is_held,
            applied_only,
            applied_on,
            interview_on,
            interview_hour,
            other_role_on,
        ) in rows
    ]


def _check_values(cards: Sequence[Card]) -> None:
    """Raise TypeError if a value has the wrong type or a moment has no time zone; without a Python loop."""
    if cards:
        ids, numbers, versions, _, companies, roles, locations, _, stage_at, created_at, *_ = zip(
            *cards, strict=True
        )
        for texts in (ids, companies, roles, locations):
            "".join(texts)
        sum(numbers, sum(versions))
        if None in map(_TIME_ZONE, chain(stage_at, created_at)):
            raise TypeError("a moment needs a zone")
        if max(*stage_at, *created_at).year > _LAST_YEAR or min(*stage_at, *created_at).year < _FIRST_YEAR:
            raise ValueError("nobody applies in that year")


def recover_card(row: Sequence[Any]) -> Card:
    """Return the card of a row of bytes, with stand-ins for what can't be read: Interviewed, no outcome, 1970."""
    parser = _DamagedRowParser()
    id, number, version, stage, company, role, location, outcome, stage_at, created_at = row[:10]
    return Card(
        id=parser.text(id),
        number=parser.number(number),
        version=parser.number(version),
        stage=parser.member(_STAGES, stage, Stage.INTERVIEWED),
        company=parser.text(company),
        role=parser.text(role),
        location=parser.text(location),
        outcome=None if outcome is None else parser.member(_OUTCOMES, outcome, None),
        stage_at=parser.moment(stage_at),
        created_at=parser.moment(created_at),
        applied_only=row[_APPLIED_ONLY] == 1,
        damaged=parser.damaged,
    )


class _DamagedRowParser:
    """Parses the values of one row; `damaged` is true once a stand-in was needed."""

    def __init__(self) -> None:
        self.damaged = False

    def text(self, value: object) -> str:
        if isinstance(value, bytes):
            try:
                return value.decode()
            except UnicodeDecodeError:
                self.damaged = True
                return value.decode(errors="replace")
        self.damaged = True
        return "?" if value is None else str(value)

    def number(self, value: object) -> int:
        if isinstance(value, int):
            return value
        self.damaged = True
        return 0

    def member(self, members: dict[Any, Any], value: object, stand_in: Any) -> Any:
        name = self.text(value)
        if name in members:
            return members[name]
        self.damaged = True
        return stand_in

    def moment(self, value: object) -> datetime:
        # Only damaged rows need the codec, which takes a while to import before the first paint.
        from followup_tui.store.row_codec import parse_moment

        text = self.text(value)
        try:
            return parse_moment(text)
        except ValueError:
            self.damaged = True
            return _EPOCH
