"""Fetching rows to the end, also where a text among them is not UTF-8 and the driver gives up."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from followup_tui.store.faults import is_spoiled_text

TYPE_CHECKING = False  # as type checkers know it: `typing` itself takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any


def readable(raw: bytes) -> str:
    """The text, with a sign in the place of what can't be read."""
    return raw.decode(errors="replace")


def text_or_bytes(raw: bytes) -> str | bytes:
    """The text, or the bytes as they are where they are none: a value that no field can have."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def fetched(
    connection: sqlite3.Connection, sql: str, values: Sequence[object], spoiled: Callable[[bytes], object]
) -> list[Any]:
    """All rows; `spoiled` makes something of the texts where one of them is not UTF-8."""
    try:
        return connection.execute(sql, values).fetchall()
    except sqlite3.OperationalError as error:
        if not is_spoiled_text(error):
            raise
        return fetched_with(connection, sql, values, spoiled)


def fetched_with(
    connection: sqlite3.Connection, sql: str, values: Sequence[object], text_factory: Callable[[bytes], object]
) -> list[Any]:
    """All rows, their texts made by `text_factory`."""
    connection.text_factory = text_factory
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.text_factory = str
