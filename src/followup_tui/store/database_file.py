"""Inspect, check and create a database file before it is opened, and know without reading it that it is sound."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections import namedtuple  # not typing.NamedTuple: importing typing takes too long for a shell prompt
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from time import time

from followup_tui.domain.format import uncapitalized
from followup_tui.domain.model.errors import FollowupError, StoreTrouble
from followup_tui.files import backups_folder, data_folder, discard, soundness_file
from followup_tui.store.connections import (
    connect_to_read,
    create_private,
    first_bytes,
    is_corruption,
    replace_undecodable,
    translate_errors,
)

APPLICATION_ID = 0x464F4C55
"""The application id in the header of our SQLite files ("FOLU")."""
SCHEMA_VERSION = 11
"""The schema this program writes; every migration puts its number into the header, and a test compares."""

_ADVICE = "Name another file with --db."
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_COUNTER = slice(24, 28)
"""Where a file's header has the counter that every commit raises."""


class FileState(StrEnum):
    """What is at a path: no file or an empty one, a database to open, or one to upgrade first."""

    MISSING = "missing"
    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"


def inspect_file(path: Path, *, newest: int = SCHEMA_VERSION, advice: str = _ADVICE) -> FileState:
    """Return what is at `path`, without a connection to it if possible; `StoreTrouble` if it must not be opened.

    `newest` is the latest schema that can be opened, and `advice` a sentence that ends every refusal.
    """
    with translate_errors(path):
        status = _file_status(path, advice)
        if status is None:
            return FileState.MISSING
        if status.st_size == 0:
            return FileState.EMPTY
        header = _read_header(path)
    if header is None or header[0] != APPLICATION_ID:
        raise StoreTrouble(f"{path} is not a database of followup-tui: it was left untouched. {advice}")
    version = header[1]
    if version < 0:
        raise StoreTrouble(
            f"{path} says that it has the schema {version}, which no followup-tui writes: it was left untouched."
            f" {advice}"
        )
    if version > newest:
        raise StoreTrouble(
            f"{path} was written by a newer followup-tui (schema {version}, this one knows {newest}): it was left"
            f" untouched. Upgrade followup-tui, or {uncapitalized(advice)}"
        )
    return FileState.OLDER if version < newest else FileState.CURRENT


def refuse_foreign(path: Path) -> None:
    """Raise `StoreTrouble` for another program's database, which nothing of ours may take the place of."""
    with translate_errors(path):
        header = _read_header(path)
    if header is not None and header[0] != APPLICATION_ID:
        raise StoreTrouble(
            f"{path} is a database of another program: nothing was changed. Move it away, or name another file"
            " with --db."
        )


def _file_status(path: Path, advice: str) -> os.stat_result | None:
    try:
        status = os.stat(path)
    except NotADirectoryError:
        raise StoreTrouble(f"{path} can't be opened: {path.parent} is not a folder. {advice}") from None
    except FileNotFoundError:
        if os.path.islink(path):
            raise StoreTrouble(
                f"{path} is a link to {os.readlink(path)}, which isn't there. Put the file back, or"
                f" {uncapitalized(advice)}"
            ) from None
        if not os.path.isdir(path.parent) and path.parent != data_folder():
            raise StoreTrouble(
                f"{path} can't be opened: there is no folder {path.parent}. Make it, or {uncapitalized(advice)}"
            ) from None
        return None
    if stat.S_ISDIR(status.st_mode):
        raise StoreTrouble(f"{path} is a folder, not a database. {advice}")
    if not stat.S_ISREG(status.st_mode):
        raise StoreTrouble(f"{path} is not an ordinary file. {advice}")
    return status


def _read_header(path: Path) -> tuple[int, int] | None:
    """Return the application id and the schema in a file's header, or None if it isn't one of SQLite."""
    header = first_bytes(path, _HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        return None
    return int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big", signed=True)


class FileMark(namedtuple("FileMark", "device inode size written_at counter")):
    """What tells one state of a file from all others: its identity, size and time, and SQLite's change counter."""

    __slots__ = ()
    device: int
    inode: int
    size: int
    written_at: int
    counter: int

    def is_followed_by(self, other: FileMark) -> bool:
        """Whether at most one commit lies between two states of one file."""
        return self[:2] == other[:2] and other.counter - self.counter in (0, 1)


def read_mark(path: Path) -> FileMark:
    """Return the mark of the file at `path`; OSError if it can't be read."""
    header = first_bytes(path, _HEADER_BYTES)
    status = os.stat(path)
    counter = int.from_bytes(header[_COUNTER], "big")
    return FileMark(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, counter)


def check_integrity(path: Path) -> FileMark:
    """Read the whole file at one moment and return its mark; `StoreTrouble` if it is damaged.

    It takes 0.2 s for 10,000 applications. Rows with values that their fields can't have are no damage.
    """
    with translate_errors(path):
        mark, is_torn, indexes = _examined(path)
    if is_torn or mark is None:
        raise _damaged(path)
    if indexes:
        finding = "1 index no longer agrees with its table"
        if indexes > 1:
            finding = f"{indexes} indexes no longer agree with their tables"
        raise StoreTrouble(
            f"{path} is damaged, but no row of it: {finding}. It was left untouched; `followup-tui check --repair`"
            " repairs it, and nothing is lost."
        )
    return mark


def _examined(path: Path) -> tuple[FileMark | None, bool, int]:
    """Return a file's mark, whether pages are damaged or rows refer to nothing, and how many indexes are wrong."""
    try:
        # Connecting reads a page.
        with closing(connect_to_read(path)) as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # nobody commits from now on
            mark = read_mark(path)
            pages, indexes = structure(connection)
            is_torn = bool(pages) or connection.execute("PRAGMA foreign_key_check").fetchone() is not None
            return mark, is_torn, len(indexes)
    except sqlite3.DatabaseError as error:
        if not is_corruption(error):
            raise
        return None, True, 0


def _damaged(path: Path) -> StoreTrouble:
    # Not at the top: only a damaged file needs the backups.
    from followup_tui.store.backup import backup_moment, newest_intact

    good = newest_intact(backups_folder(path))
    if good is None:
        return StoreTrouble(
            f"{path} is damaged: it was left untouched, and there is no good backup of it."
            " `followup-tui check --repair` saves what can be read."
        )
    day = f"{backup_moment(good):%Y-%m-%d %H:%M} UTC"
    return StoreTrouble(
        f"{path} is damaged: it was left untouched. The newest good backup is {good}, of {day}:"
        f" `followup-tui restore {good.stem}` puts it in place; `followup-tui check --repair` saves the rest."
    )


def prepare_folder(path: Path) -> None:
    """Create the missing folders above `path`, readable by their owner only; existing ones keep their mode."""
    with translate_errors(path):
        for folder in reversed([path.parent, *path.parent.parents]):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)


def prepare_file(path: Path) -> None:
    """Create an empty file at `path` if it is missing, and make the file readable by its owner only."""
    with translate_errors(path):
        create_private(path)
        status = os.stat(path)
        if status.st_mode & 0o077 and status.st_uid == os.getuid():
            os.chmod(path, 0o600)


_MOST_ERRORS = 10_000
_INDEX_ERROR = re.compile(
    r"(?:missing from index|entries in index|entry in index|differ from index|of index) (?P<index>\w+)"
)


# The checks of decoding say more about these than the database does.
_VALUE_ERROR = re.compile(r"^(?:NULL value in|CHECK constraint failed in|\w+ value in|non-\w+ value in) ")


def structure(connection: sqlite3.Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the damage of pages, and the indexes that disagree with their tables."""
    decode = connection.text_factory
    connection.text_factory = replace_undecodable  # a finding may quote what is damaged
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
            if match := _INDEX_ERROR.search(line):
                indexes[match["index"]] = None
            else:
                pages.append(line)
    # Making such an index again would hide that rows were lost.
    pages += [f"the table of {index} lacks rows" for index in indexes if _knows_lost_rows(connection, index)]
    return tuple(pages), tuple(indexes)


def _knows_lost_rows(connection: sqlite3.Connection, index: str) -> bool:
    """Whether an index has rows that its table lacks."""
    try:
        (table,) = connection.execute("SELECT tbl_name FROM sqlite_master WHERE name = ?", (index,)).fetchone()
        indexed = rows_of_index(connection, table, index)
        sql = f"SELECT 1 FROM ({indexed}) WHERE rowid NOT IN (SELECT rowid FROM {table} NOT INDEXED)"
        return connection.execute(sql).fetchone() is not None
    except sqlite3.DatabaseError:  # too damaged to tell; or it has a part of the rows only, and can't be asked
        return False


def rows_of_index(connection: sqlite3.Connection, table: str, index: str) -> str:
    """Return the SELECT of the row numbers that an index of a table has."""
    column = connection.execute(f"PRAGMA index_info({index})").fetchone()[2]
    return f"SELECT rowid FROM {table} INDEXED BY {index} WHERE {column} IS NOT NULL ORDER BY {column}"


_MAX_AGE = 7 * 86_400
"""Seconds after which a file is read in full again, whoever wrote it: disks forget too."""
_MAX_MARKS = 50
"""Files that are remembered, the ones checked last."""


def require_sound(path: Path) -> FileMark:
    """Return the mark of the file at `path`, which is known to be sound; `StoreTrouble` if it is damaged.

    A file that was written since it was checked last, by whatever doesn't remember it, is read in full: 0.2 s for
    10,000 applications.
    """
    with translate_errors(path):
        mark = read_mark(path)
        if mark in _remembered():
            return mark
    mark = check_integrity(path)
    remember(mark)
    return mark


def remember(mark: FileMark, before: FileMark | None = None) -> None:
    """Remember that a file is sound in this state, as in the state `before` that a commit of ours has ended."""
    place = _place()
    if place is None:
        return
    marks = _remembered()
    marks[mark] = marks.pop(before, time()) if before is not None else time()
    lines = [" ".join(map(str, (*marked, checked_at))) for marked, checked_at in list(marks.items())[-_MAX_MARKS:]]
    partial = place.with_name(f"{place.name}.{os.urandom(4).hex()}")
    try:
        prepare_folder(place)
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("\n".join(lines))
        os.replace(partial, place)
    except (FollowupError, OSError):  # forgotten, so that the next start reads the whole file once more
        discard(partial)


def _remembered() -> dict[FileMark, float]:
    """Return the states of files that are known to be sound, and when each file was read in full."""
    place = _place()
    marks: dict[FileMark, float] = {}
    try:
        lines = place.read_text().splitlines() if place is not None else []
        for line in lines:
            *mark, checked_at = line.split()
            if 0 <= time() - float(checked_at) < _MAX_AGE:
                marks[FileMark(*map(int, mark))] = float(checked_at)
    except (OSError, ValueError, TypeError):  # missing or garbled: then nothing is known
        return {}
    return marks


def _place() -> Path | None:
    try:
        return soundness_file()
    except FollowupError:  # without a home folder nothing is remembered
        return None
