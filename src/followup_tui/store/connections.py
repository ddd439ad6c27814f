"""Connections to a database file, and the one safe way to read its bytes without SQLite."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from threading import Lock
from weakref import WeakSet

from followup_tui.store.edit_lists import mentions

TYPE_CHECKING = False  # as type checkers know it: importing `typing` takes longer than the rest of this module
if TYPE_CHECKING:
    from typing import Any

BUSY_SECONDS = 5.0
"""How long a writer waits for another one that holds the file and does nothing."""
_READ_SECONDS = 30.0
"""How long to wait to read: only a commit keeps one away, and beside many commits the turn comes late."""
_PIECE = 1 << 20
"""Bytes that are copied at once."""

_HEADER_BYTES, _WRITE_VERSION, _IN_WAL = 20, 18, b"\2\2"
"""Where the header of a file says that it is in WAL mode."""

FileIdentity = tuple[int, int]
"""A file's device and inode; another file with the same name has other ones."""

_READING = """
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -16000;
PRAGMA query_only = ON;
"""
# Not WAL: with it, commits are lost if a sync program replaces the file.
# temp_store: private text is never written to the folder for temporary files.
# cache_spill is off so that a big change takes no exclusive lock before it commits: others can still read.
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
    """A connection that is in `_open` until it is closed."""

    identity: FileIdentity | None = None

    def close(self) -> None:
        super().close()
        with _gate:
            _open.discard(self)
            if not _is_open(self.identity) and self.identity in _kept:
                os.close(_kept.pop(self.identity))


_gate = Lock()
_open: WeakSet[_Connection] = WeakSet()
_kept: dict[FileIdentity | None, int] = {}
"""Descriptors of files that were read without SQLite while this process had a connection to them."""


def _is_open(identity: FileIdentity | None) -> bool:
    return any(connection.identity == identity for connection in _open)


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a connection that reads an existing file; it writes only to roll back a crashed write."""
    return _connect(path, _READING)


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Open a connection that reads and writes an existing file; transactions are begun explicitly."""
    connection = _connect(path, _WRITING)
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    return connection


def _connect(path: Path, pragmas: str) -> sqlite3.Connection:
    # mode=rw never creates a file. Read-only mode couldn't roll back the transaction of a killed writer.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    if is_in_wal(path):
        _leave_wal(uri)
    with _gate:
        connection: Any = sqlite3.connect(
            uri,
            uri=True,
            timeout=_READ_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            factory=_Connection,
        )
        connection.identity = file_identity(path)
        _open.add(connection)
    try:
        connection.executescript(pragmas)
        connection.create_function("mentions", 2, mentions, deterministic=True)
    except sqlite3.Error:
        connection.close()
        raise
    except UnicodeDecodeError:  # in place of an error whose message quotes a damaged schema
        connection.close()
        damage = sqlite3.DatabaseError("malformed database schema")
        damage.sqlite_errorname = "SQLITE_CORRUPT"
        raise damage from None
    result: sqlite3.Connection = connection
    return result


def is_in_wal(path: Path) -> bool:
    """Whether another program has turned a file to WAL mode; OSError if it can't be read."""
    return first_bytes(path, _HEADER_BYTES)[_WRITE_VERSION:] == _IN_WAL


def _leave_wal(uri: str) -> None:
    """Turn a file to our kind of journal that another program has turned to WAL, unless somebody has it open.

    Done before this process has it open itself, which would be in the way.
    """
    # Where it fails it can be read all the same; who writes is told why that isn't possible.
    with suppress(sqlite3.Error), closing(sqlite3.connect(uri, uri=True, timeout=0)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def file_identity(path: Path) -> FileIdentity | None:
    """Return which file has this name, or None if it is missing."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def first_bytes(path: Path, count: int) -> bytes:
    """Return the first bytes of a file; OSError if it can't be read.

    Closing a file releases all locks of this process on it, also those of its SQLite connections. So it is closed
    only once there are none.
    """
    with _gate:
        identity = file_identity(path)
        descriptor = _kept.pop(identity, None)
        if descriptor is None:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            return os.pread(descriptor, count, 0)
        finally:
            if _is_open(identity):
                _kept[identity] = descriptor
            else:
                os.close(descriptor)


def copy_bytes(path: Path, copy: Path) -> bool:
    """Copy a file byte by byte over another one; False, and nothing is copied, while this process has it open.

    For the reason see `first_bytes`.
    """
    with _gate:
        if _is_open(file_identity(path)):
            return False
        with path.open("rb") as source, copy.open("wb") as target:
            while piece := source.read(_PIECE):
                target.write(piece)
        return True


def create_private(path: Path) -> None:
    """Create an empty file that only its owner can read, whatever the umask; leave an existing file as it is."""
    with _gate:
        if file_identity(path) is None:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
