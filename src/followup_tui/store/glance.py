"""A first glance: the first cards of each column and the counts, read by the indices, not by the thousand."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from followup_tui.domain.model.stage import STAGES, Stage
from followup_tui.domain.views.board import URGENCY, ColumnOrder, Sort, order_of
from followup_tui.domain.views.card import Card
from followup_tui.store.cards import CARD_COLUMNS, SELECT_CARDS, sound_cards
from followup_tui.store.connections import connect_to_read
from followup_tui.store.faults import is_spoiled_text, told
from followup_tui.store.opening import Condition, examine


class Moment(NamedTuple):
    """When and under which rules one looks: the moment as it is stored, the user's date, their fingerprint."""

    at: str
    today: str
    fingerprint: str


Glance = tuple[Mapping[Stage, Sequence[Card]], Mapping[Stage, int]]
"""The first cards of each stage in their order, and how many there are in all."""


def read_glance(path: Path, sort: Sort, most: int, moment: Moment) -> Glance | None:
    """The first `most` cards of each stage and the counts.

    None where a glance won't do and all cards must be read: the file is of an older schema, a row is damaged,
    the order is one that SQLite does not know, or what comes next was kept under other rules. `StoreTrouble`
    where the file can't be read at all.
    """
    condition = examine(path)
    if condition in (Condition.MISSING, Condition.EMPTY):
        return {}, {}
    if condition is Condition.OLDER or any(order_of(sort, stage).folded for stage in STAGES):
        return None
    with told(path), closing(connect_to_read(path)) as connection:
        try:
            return _glance(connection, sort, most, moment)
        except (KeyError, TypeError, ValueError):
            return None
        except sqlite3.OperationalError as error:
            if is_spoiled_text(error):
                return None
            raise


def _glance(connection: sqlite3.Connection, sort: Sort, most: int, moment: Moment) -> Glance | None:
    connection.execute("BEGIN")
    kept = dict(connection.execute("SELECT key, value FROM kept").fetchall())
    counted = connection.execute("SELECT stage, count(*) FROM application GROUP BY stage").fetchall()
    counts = {Stage(stage): count for stage, count in counted}
    holds = kept.get("outlook") == moment.fingerprint and kept.get("outlook_at", "") <= moment.at
    if counts and not holds:
        return None
    columns = {stage: _first(connection, stage, order_of(sort, stage), most, moment) for stage in counts}
    connection.execute("COMMIT")
    return columns, counts


def _first(
    connection: sqlite3.Connection, stage: Stage, order: ColumnOrder, most: int, moment: Moment
) -> list[Card]:
    if order.field == URGENCY:
        return _loudest(connection, stage, most, moment)
    way = "DESC" if order.falling else "ASC"
    sql = (
        f"{SELECT_CARDS} WHERE application.stage = ? ORDER BY application.{order.field} {way},"
        f" application.number {way} LIMIT ?"
    )
    with closing(connection.execute(sql, (moment.at, moment.at, stage.value, most))) as rows:
        return sound_cards(rows)


# The same order as `domain.board.loudness`, which a test compares; in two parts, so that each follows an index.
# The indices are named: SQLite would sort all of a stage's rows rather than read the first of them in order.
_IN_FORCE = (
    "JOIN application ON application.id = outlook.application_id"
    " WHERE outlook.stage = ? AND outlook.from_at <= ? AND outlook.until_at > ?"
)
_ASKING = (
    f"SELECT {CARD_COLUMNS} FROM outlook INDEXED BY ix_outlook_loudness {_IN_FORCE} AND outlook.asks_on <= ?"
    " ORDER BY outlook.rank, outlook.due_on, outlook.number LIMIT ?"
)
_AHEAD = (
    f"SELECT {CARD_COLUMNS} FROM outlook INDEXED BY ix_outlook_ahead {_IN_FORCE} AND outlook.asks_on > ?"
    " ORDER BY outlook.asks_on, outlook.number LIMIT ?"
)


def _loudest(connection: sqlite3.Connection, stage: Stage, most: int, moment: Moment) -> list[Card]:
    cards: list[Card] = []
    for sql in (_ASKING, _AHEAD):
        asked = (stage.value, moment.at, moment.at, moment.today, most - len(cards))
        if len(cards) < most:
            with closing(connection.execute(sql, asked)) as rows:
                cards += sound_cards(rows)
    return cards
