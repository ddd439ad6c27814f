"""Inspect, check and create a database file before it is opened."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.store.connections import connect_to_read, create_private, first_bytes
from followup_tui.store.sqlite_errors import is_corruption, translate_errors

APPLICATION_ID = 0x464F4C55
"""The application id in the header of our SQLite files ("FOLU")."""
SCHEMA_VERSION = 8
"""The schema this program writes; every migration puts its number into the header, and a test compares."""

_ADVICE = "Name another file with --db."
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100


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
    if version > newest:
        raise StoreTrouble(
            f"{path} was written by a newer followup-tui (schema {version}, this one knows {newest}): it was left"
            f" untouched. Upgrade followup-tui, or {advice[0].lower()}{advice[1:]}"
        )
    return FileState.OLDER if version < newest else FileState.CURRENT


def _file_status(path: Path, advice: str) -> os.stat_result | None:
    try:
        found = os.stat(path)
    except NotADirectoryError:
        raise StoreTrouble(f"{path} can't be opened: {path.parent} is not a folder. {advice}") from None
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise StoreTrouble(
                f"{path} can't be opened: there is no folder {path.parent}."
                f" Make it, or {advice[0].lower()}{advice[1:]}"
            ) from None
        return None
    if stat.S_ISDIR(found.st_mode):
        raise StoreTrouble(f"{path} is a folder, not a database. {advice}")
    if not stat.S_ISREG(found.st_mode):
        raise StoreTrouble(f"{path} is not an ordinary file. {advice}")
    return found


def _read_header(path: Path) -> tuple[int, int] | None:
    """Return the application id and the schema in a file's header, or None if it isn't one of SQLite."""
    header = first_bytes(path, _HEADER_BYTES)
    if header is None:
        with closing(connect_to_read(path)) as connection:
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            return application_id, version
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        return None
    return int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big", signed=True)


def check_integrity(path: Path) -> None:
    """Read the whole file and raise `StoreTrouble` if it is damaged; takes about 4 ms for 8 MB."""
    with translate_errors(path):
        is_intact = _is_intact(path)
    if not is_intact:
        raise _damaged(path)


def _is_intact(path: Path) -> bool:
    try:
        # Connecting reads a page.
        with closing(connect_to_read(path)) as connection:
            whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            return whole and connection.execute("PRAGMA foreign_key_check").fetchone() is None
    except sqlite3.DatabaseError as error:
        if not is_corruption(error):
            raise
        return False


def _damaged(path: Path) -> StoreTrouble:
    # Only a damaged file needs the backups; `due` must not wait for their import.
    from followup_tui.store.backup import backup_folder, backup_moment, newest_intact

    good = newest_intact(backup_folder(path))
    if good is None:
        return StoreTrouble(
            f"{path} is damaged: it was left untouched, and there is no good backup of it."
            " `followup-tui check --repair` saves what can be read."
        )
    day = f"{backup_moment(good):%Y-%m-%d %H:%M} UTC"
    return StoreTrouble(
        f"{path} is damaged: it was left untouched. The newest good backup is {good}, of {day}:"
        f" `followup-tui restore {good.stem}` puts it in place."
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
        found = os.stat(path)
        if found.st_mode & 0o077 and found.st_uid == os.getuid():
            os.chmod(path, 0o600)
