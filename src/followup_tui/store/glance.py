"""A first glance: the first cards of each column and the counts, read by the indices, not by the thousand."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from followup_tui.domain.board import Card, Order, Sort, order_of
from followup_tui.domain.stage import STAGES, Stage
from followup_tui.store.cards import SELECT_CARDS, sound_cards
from followup_tui.store.connections import connect_to_read
from followup_tui.store.faults import is_spoiled_text, told
from followup_tui.store.opening import Condition, examine

Glance = tuple[Mapping[Stage, Sequence[Card]], Mapping[Stage, int]]
"""The first cards of each stage in their order, and how many there are in all."""


def read_glance(path: Path, sort: Sort, most: int) -> Glance | None:
    """The first `most` cards of each stage and the counts.

    None where a glance won't do and all cards must be read: the file is of an older schema, a row is damaged,
    or the order is one that SQLite does not know. `StoreTrouble` where the file can't be read at all.
    """
    condition = examine(path)
    if condition in (Condition.MISSING, Condition.EMPTY):
        return {}, {}
    if condition is Condition.OLDER or any(order_of(sort, stage).folded for stage in STAGES):
        return None
    with told(path), closing(connect_to_read(path)) as connection:
        try:
            return _glance(connection, sort, most)
        except (KeyError, TypeError, ValueError):
            return None
        except sqlite3.OperationalError as error:
            if is_spoiled_text(error):
                return None
            raise


def _glance(connection: sqlite3.Connection, sort: Sort, most: int) -> Glance:
    connection.execute("BEGIN")
    counted = connection.execute("SELECT stage, count(*) FROM application GROUP BY stage").fetchall()
    counts = {Stage(stage): count for stage, count in counted}
    columns = {stage: _first(connection, stage, order_of(sort, stage), most) for stage in counts}
    connection.execute("COMMIT")
    return columns, counts


def _first(connection: sqlite3.Connection, stage: Stage, order: Order, most: int) -> list[Card]:
    way = "DESC" if order.falling else "ASC"
    sql = f"{SELECT_CARDS} WHERE stage = ? ORDER BY {order.field} {way}, number {way} LIMIT ?"
    with closing(connection.execute(sql, (stage.value, most))) as rows:
        return sound_cards(rows)
