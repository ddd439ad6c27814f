"""Check the pages of a database file, and its indexes against their tables."""

from __future__ import annotations

import re
import sqlite3

from followup_tui.store.sqlite_errors import is_corruption

_MOST_ERRORS = 10_000
_INDEX_ERROR = re.compile(
    r"(?:missing from index|entries in index|entry in index|differ from index|of index) (?P<index>\w+)"
)
# The checks of decoding say more about these than the database does.
_VALUE_ERROR = re.compile(r"^(?:NULL value in|CHECK constraint failed in|\w+ value in|non-\w+ value in) ")


def structure(connection: sqlite3.Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the damage of pages, and the indexes that disagree with their tables."""
    decode = connection.text_factory
    connection.text_factory = _replace_undecodable  # a finding may quote what is damaged
    try:
        rows = connection.execute(f"PRAGMA integrity_check({_MOST_ERRORS})").fetchall()
    except sqlite3.DatabaseError as error:
        if not is_corruption(error):
            raise
        return (str(error),), ()
    finally:
        connection.text_factory = decode
    pages: list[str] = []
    indexes: dict[str, None] = {}
    for (text,) in rows:
        for line in str(text).splitlines():
            if line == "ok" or line.startswith("***") or _VALUE_ERROR.match(line):
                continue
            if found := _INDEX_ERROR.search(line):
                indexes[found["index"]] = None
            else:
                pages.append(line)
    return tuple(pages), tuple(indexes)


def _replace_undecodable(raw: bytes) -> str:
    return raw.decode(errors="replace")
