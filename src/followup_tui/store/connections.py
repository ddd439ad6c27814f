"""Connections to a database file, and the one safe way to read such a file past SQLite."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from threading import Lock
from weakref import WeakSet

TYPE_CHECKING = False  # as type checkers know it: `typing` itself takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any

BUSY_SECONDS = 5.0

Identity = tuple[int, int]
"""A file's device and inode: another file under the same name has another one."""

_READING = """
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -16000;
PRAGMA query_only = ON;
"""
# Not WAL: there, a file that a sync program replaces goes on taking commits that vanish.
# temp_store: private text stays out of the folder for temporary files.
# cache_spill stays off so that a big change takes no exclusive lock before it commits: readers read on meanwhile.
_WRITING = """
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = EXTRA;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA secure_delete = ON;
PRAGMA cache_spill = OFF;
PRAGMA temp_store = MEMORY;
PRAGMA foreign_keys = ON;
"""


class _Connection(sqlite3.Connection):
    """A connection that is known to this process until it is closed."""

    identity: Identity | None = None

    def close(self) -> None:
        super().close()
        _open.discard(self)


_gate = Lock()
_open: WeakSet[_Connection] = WeakSet()


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that reads an existing file and never writes to it, but for rolling back a crashed write."""
    return _connect(path, _READING)


def connect_to_write(path: Path) -> sqlite3.Connection:
    """A connection that reads and writes an existing file; transactions are begun by hand."""
    return _connect(path, _WRITING)


def _connect(path: Path, pragmas: str) -> sqlite3.Connection:
    # mode=rw: never creates a file. Read-only mode couldn't roll back what a killed writer left behind.
    with _gate:
        connection: Any = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            factory=_Connection,
        )
        connection.identity = identity_of(path)
        _open.add(connection)
    try:
        connection.executescript(pragmas)
    except sqlite3.Error:
        connection.close()
        raise
    result: sqlite3.Connection = connection
    return result


def identity_of(path: Path) -> Identity | None:
    """Which file stands under this name; None where none does."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def first_bytes(path: Path, count: int) -> bytes | None:
    """The first bytes of a file; None while this process has a connection to it.

    Closing a file takes away all locks that the process holds on it, also those of its SQLite connections, so
    it may only be opened past SQLite while there are none.
    """
    with _gate:
        identity = identity_of(path)
        if any(connection.identity == identity for connection in _open):
            return None
        with open(path, "rb") as file:
            return file.read(count)


def create_private(path: Path) -> None:
    """Makes an empty file that only its owner can read, whatever the umask; leaves a file that is there alone."""
    with _gate:
        if identity_of(path) is None:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
