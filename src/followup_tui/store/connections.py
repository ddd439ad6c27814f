"""Connections to a database file, and errors of SQLite and the disk turned into sentences for users.

`connect_to_read` and `connect_to_write` are the one safe way to read its bytes. SQLAlchemy is loaded by one thread
at a time.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock
from weakref import WeakSet

from followup_tui.domain.model.errors import BadInput, Conflict, FollowupError, StoreTrouble
from followup_tui.files import PARTIAL

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
_gate = Lock()
_open: WeakSet[_Connection] = WeakSet()
_kept: dict[FileIdentity | None, int] = {}
"""Descriptors of files that were read without SQLite while this process had a connection to them."""


class _Connection(sqlite3.Connection):
    """A connection that is in `_open` until it is closed."""

    identity: FileIdentity | None = None

    def close(self) -> None:
        super().close()
        with _gate:
            _open.discard(self)
            if not _is_open(self.identity) and self.identity in _kept:
                os.close(_kept.pop(self.identity))


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
        connection.create_function("mentions", 2, _mentions, deterministic=True)
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


def _mentions(stored: str | bytes, text: str) -> bool:
    # Not at the top: only the history of one application asks it, and a shell's prompt waits for `due`.
    from followup_tui.store.row_codec import mentions

    return mentions(stored, text)


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
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_dev, status.st_ino


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


READ_ONLY = (
    "{path} can't be written: the file or its folder is read-only. Nothing was saved, and you can go on reading;"
    " give yourself the right to write there."
)
_NO_PERMISSION = "{path} can't be opened: you have no right to. Nothing was changed; check its permissions."
# By the beginning of SQLite's error name; the longest match counts.
_SENTENCES = {
    "SQLITE_FULL": "The disk is full: nothing was saved, and {path} is as it was. Free some space and try again.",
    "SQLITE_IOERR": "The disk reported an error on {path}: nothing was saved. Check the disk and try again.",
    "SQLITE_BUSY": (
        "Another program keeps {path} busy: nothing was saved. Close it, or wait a moment, and try again."
    ),
    "SQLITE_LOCKED": "{path} is in use by another part of the program: nothing was saved. Try again.",
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_READONLY_DBMOVED": (
        "{path} was moved or replaced while it was open: nothing was written to either file."
        " Look at what is there now and try again."
    ),
    "SQLITE_CANTOPEN": (
        "{path} or the journal beside it can't be opened: nothing was changed."
        " Check that the folder is there and that you may write in it."
    ),
    "SQLITE_PERM": _NO_PERMISSION,
    "SQLITE_AUTH": _NO_PERMISSION,
    "SQLITE_NOTADB": (
        "{path} is not a database of followup-tui: it was left untouched. Name another file with --db."
    ),
    "SQLITE_CORRUPT": (
        "{path} is damaged: it was left as it is. `followup-tui restore` puts a backup in its place, and"
        " `followup-tui check --repair` saves what can be read."
    ),
    "SQLITE_TOOBIG": "A text is too long to be saved: nothing was changed. Shorten it and try again.",
    "SQLITE_NOMEM": "There is not enough memory for {path}: nothing was saved. Close something and try again.",
}
_NO_NEW_FILE = (
    "No file can be made in {path}: nothing was changed. Check that the folder is there and that you may write"
    " in it."
)
CONFLICT = (
    "Something this builds on was changed in another window in the meantime: nothing was saved."
    " Look at what is there now and try again."
)
_UNREADABLE_TEXT = (
    "A text in {path} can't be read: it was left as it is. `followup-tui check --repair` sets its row aside and"
    " keeps the rest."
)
# Names of the program's own tables and columns; other messages may quote what was typed.
_LAYOUT_ERROR = re.compile(
    r"no such (?:table|column|index|function|module): [\w.]+|(?:table|index|view) \w+ already exists"
    r"|table \w+ has no column named \w+|duplicate column name: \w+|cannot modify \w+ because it is a view"
    r"|cannot (?:UPDATE|INSERT into) generated column \"\w+\"|unsafe use of \w+(?:\(\))?|unsupported file format"
    r"|NOT NULL constraint failed: [\w.]+"
)
_OTHER_LAYOUT_NAMES = ("SQLITE_ERROR", "SQLITE_CONSTRAINT_NOTNULL")
_OTHER_LAYOUT = (
    "{path} is not laid out as followup-tui makes it ({what}): nothing was changed. `followup-tui check` says all"
    " that is wrong, and `followup-tui check --repair` saves what can be read."
)
_EMPTIED = (
    "{path} was emptied by another program while it was open: nothing was saved. `followup-tui restore 1` puts the"
    " newest backup in its place."
)
CANNOT_BE_SAVED = "A character or number in there can't be saved: nothing was changed. Take it out and try again."

_SENTENCES_OF_ERRNO = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _SENTENCES["SQLITE_FULL"]),
    **dict.fromkeys((errno.EACCES, errno.EPERM), _NO_PERMISSION),
    errno.EIO: _SENTENCES["SQLITE_IOERR"],
    errno.EROFS: READ_ONLY,
}
_OTHER_ERRNO = "{path} can't be used ({what}): nothing was changed. Check the disk, or name another file."


@contextmanager
def translate_errors(path: Path, *kinds: type[Exception]) -> Iterator[None]:
    """Raise known errors of the database at `path` as `FollowupError`; let others pass.

    `kinds` are more exception types that have the driver's exception as `orig`, as SQLAlchemy's do.
    """
    known: tuple[type[Exception], ...] = (sqlite3.Error, OSError, UnicodeEncodeError, OverflowError, *kinds)
    try:
        yield
    except known as error:
        user_error = to_user_error(error, path)
        if user_error is None:
            raise
        # The driver's message may contain private text, and crash reports print the whole chain of exceptions.
        raise user_error from None


def to_user_error(error: BaseException, path: Path) -> FollowupError | None:
    """Return the error to show for an exception on the database at `path`, or None for a programming error."""
    cause = getattr(error, "orig", None) or error
    if path.name.endswith(PARTIAL):  # nobody knows a file of ours that isn't complete yet
        path = path.parent
    if isinstance(cause, (UnicodeEncodeError, OverflowError)):
        return BadInput(CANNOT_BE_SAVED)
    if isinstance(cause, OSError):
        sentence = _SENTENCES_OF_ERRNO.get(cause.errno or 0, _OTHER_ERRNO)
        return StoreTrouble(sentence.format(path=path, what=cause.strerror))
    if not isinstance(cause, sqlite3.Error):
        return None
    name: str | None = getattr(cause, "sqlite_errorname", None)
    if is_undecodable_text(cause):
        return StoreTrouble(_UNREADABLE_TEXT.format(path=path))
    if name is None:
        return None
    layout_error = _LAYOUT_ERROR.search(str(cause)) if name in _OTHER_LAYOUT_NAMES else None
    if layout_error:
        is_emptied = path.is_file() and not path.stat().st_size  # while it was open
        return StoreTrouble((_EMPTIED if is_emptied else _OTHER_LAYOUT).format(path=path, what=layout_error[0]))
    if name.startswith("SQLITE_CONSTRAINT"):
        return Conflict(CONFLICT)
    if name.startswith("SQLITE_CANTOPEN") and path.is_dir():
        return StoreTrouble(_NO_NEW_FILE.format(path=path))
    prefix = max((key for key in _SENTENCES if name.startswith(key)), key=len, default=None)
    return StoreTrouble(_SENTENCES[prefix].format(path=path)) if prefix else None


def is_undecodable_text(error: sqlite3.Error) -> bool:
    """Whether a text is not UTF-8: the only OperationalError without a name; its message quotes the text."""
    return type(error) is sqlite3.OperationalError and getattr(error, "sqlite_errorname", None) is None


def replace_undecodable(raw: bytes) -> str:
    """Decode a text, with a replacement character for each byte that is not UTF-8."""
    return raw.decode(errors="replace")


def is_corruption(error: sqlite3.Error) -> bool:
    """Whether an error says that the structure of the file is broken."""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


SQL_LOADING = RLock()
"""Held by each import of a module that needs them, outside of those modules themselves.

Their own modules import each other in circles: of two threads that enter a circle at different places, Python lets
one see a module that isn't complete yet, and its import fails.
"""
