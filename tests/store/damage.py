"""Ways in which a file is damaged: each takes its bytes and a page, counted from 1, and returns other bytes."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

PAGE = 4096


def zeroed(content: bytes, page: int) -> bytes:
    """A page of zeros, as after a power cut."""
    return content[: (page - 1) * PAGE] + bytes(PAGE) + content[page * PAGE :]


def overwritten(content: bytes, page: int) -> bytes:
    """A page that begins with other bytes."""
    return content[: (page - 1) * PAGE] + b"\xff" * 300 + content[(page - 1) * PAGE + 300 :]


def swapped(content: bytes, page: int) -> bytes:
    """A page in the place of the one before it, and the other way round."""
    first, second = content[(page - 2) * PAGE : (page - 1) * PAGE], content[(page - 1) * PAGE : page * PAGE]
    return content[: (page - 2) * PAGE] + second + first + content[page * PAGE :]


def flipped(content: bytes, page: int) -> bytes:
    """A page with bits flipped in its head and at its end, where the rows are."""
    chance, damaged = random.Random(page), bytearray(content)
    for place in (*(chance.randrange(40) for _ in range(20)), *(chance.randrange(3000, PAGE) for _ in range(20))):
        damaged[(page - 1) * PAGE + place] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut(content: bytes, page: int) -> bytes:
    """A file that ends before a page."""
    return content[: (page - 1) * PAGE]


DAMAGES: Mapping[str, Callable[[bytes, int], bytes]] = {
    "zeroed": zeroed,
    "overwritten": overwritten,
    "swapped": swapped,
    "flipped": flipped,
    "cut": cut,
}


def page_of(path: Path, table: str) -> int:
    """The first page of a table or index; only one that fits on it has its rows there."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        return int(found[0])


def falsify_index(path: Path, index: str, change: str) -> None:
    """Run a statement that an index doesn't hear of."""
    with closing(sqlite3.connect(path)) as connection, connection:
        row = connection.execute("SELECT * FROM sqlite_master WHERE name = ?", (index,)).fetchone()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = ?", (index,))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change)
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)
