"""Turn errors of SQLite and the disk into sentences for users."""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from followup_tui.domain.model.errors import BadInput, Conflict, FollowupError, StoreTrouble
from followup_tui.files import PARTIAL

READ_ONLY = (
    "{path} can't be written: the file or its folder is read-only. Nothing was saved, and you can go on reading;"
    " give yourself the right to write there."
)
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
    "SQLITE_PERM": "{path} can't be opened: you have no right to. Nothing was changed; check its permissions.",
    "SQLITE_AUTH": "{path} can't be opened: you have no right to. Nothing was changed; check its permissions.",
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
_CONFLICT = (
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
_CANNOT_BE_SAVED = "A character or number in there can't be saved: nothing was changed. Take it out and try again."

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_PERMISSION = {errno.EACCES, errno.EPERM}


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
        return BadInput(_CANNOT_BE_SAVED)
    if isinstance(cause, OSError):
        return StoreTrouble(_errno_sentence(cause, path))
    if not isinstance(cause, sqlite3.Error):
        return None
    name: str | None = getattr(cause, "sqlite_errorname", None)
    if is_undecodable_text(cause):
        return StoreTrouble(_UNREADABLE_TEXT.format(path=path))
    if name is None:
        return None
    if name in _OTHER_LAYOUT_NAMES and (found := _LAYOUT_ERROR.search(str(cause))):
        is_emptied = path.is_file() and not path.stat().st_size  # while it was open
        return StoreTrouble((_EMPTIED if is_emptied else _OTHER_LAYOUT).format(path=path, what=found[0]))
    if name.startswith("SQLITE_CONSTRAINT"):
        return Conflict(_CONFLICT)
    if name.startswith("SQLITE_CANTOPEN") and path.is_dir():
        return StoreTrouble(_NO_NEW_FILE.format(path=path))
    known = max((key for key in _SENTENCES if name.startswith(key)), key=len, default=None)
    return StoreTrouble(_SENTENCES[known].format(path=path)) if known else None


def is_undecodable_text(error: sqlite3.Error) -> bool:
    """Whether a text is not UTF-8: the only OperationalError without a name; its message quotes the text."""
    return type(error) is sqlite3.OperationalError and getattr(error, "sqlite_errorname", None) is None


def replace_undecodable(raw: bytes) -> str:
    """Decode a text, with a replacement character for each byte that is not UTF-8."""
    return raw.decode(errors="replace")


def is_corruption(error: sqlite3.Error) -> bool:
    """Whether an error says that the structure of the file is broken."""
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def _errno_sentence(error: OSError, path: Path) -> str:
    if error.errno in _DISK_FULL:
        return _SENTENCES["SQLITE_FULL"].format(path=path)
    if error.errno in _NO_PERMISSION:
        return f"{path} can't be opened: you have no right to. Nothing was changed; check its permissions."
    if error.errno == errno.EIO:
        return _SENTENCES["SQLITE_IOERR"].format(path=path)
    if error.errno == errno.EROFS:
        return _SENTENCES["SQLITE_READONLY"].format(path=path)
    return f"{path} can't be used ({error.strerror}): nothing was changed. Check the disk, or name another file."
