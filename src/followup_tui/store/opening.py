"""What stands at a path before it is opened: nothing, ours, older, newer, or somebody else's."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.store.connections import connect_to_read, create_private, first_bytes
from followup_tui.store.faults import is_damage, told

APPLICATION_ID = 0x464F4C55
"""Marks a SQLite file as ours ("FOLU", in the header)."""
SCHEMA_VERSION = 4
"""The schema this program writes; each migration puts its number into the header, and a test compares."""

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100


class Condition(StrEnum):
    """What can be done with a path: make the file, open it, or upgrade it first."""

    MISSING = "missing"
    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"


def examine(path: Path, *, newest: int = SCHEMA_VERSION) -> Condition:
    """What stands at `path`, found without connecting to it; `StoreTrouble` where it must not be opened.

    `newest` is the latest schema that can be opened.
    """
    with told(path):
        found = _found(path)
        if found is None:
            return Condition.MISSING
        if found.st_size == 0:
            return Condition.EMPTY
        application_id, version = _marks(path)
    if application_id != APPLICATION_ID:
        raise _not_ours(path)
    if version > newest:
        raise StoreTrouble(
            f"{path} was written by a newer followup-tui (schema {version}, this one knows {newest}): it was left"
            " untouched. Upgrade followup-tui, or name another file with --db."
        )
    return Condition.OLDER if version < newest else Condition.CURRENT


def _found(path: Path) -> os.stat_result | None:
    try:
        found = os.stat(path)
    except NotADirectoryError:
        raise StoreTrouble(
            f"{path} can't be opened: {path.parent} is not a folder. Name another file with --db."
        ) from None
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise StoreTrouble(
                f"{path} can't be opened: there is no folder {path.parent}."
                " Make it, or name another file with --db."
            ) from None
        return None
    if stat.S_ISDIR(found.st_mode):
        raise StoreTrouble(f"{path} is a folder, not a database. Name a file in it with --db.")
    if not stat.S_ISREG(found.st_mode):
        raise StoreTrouble(f"{path} is not an ordinary file. Name another file with --db.")
    return found


def _marks(path: Path) -> tuple[int, int]:
    header = first_bytes(path, _HEADER_BYTES)
    if header is None:
        with closing(connect_to_read(path)) as connection:
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            return application_id, version
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise _not_ours(path)
    return int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big", signed=True)


def _not_ours(path: Path) -> StoreTrouble:
    return StoreTrouble(
        f"{path} is not a database of followup-tui: it was left untouched. Name another file with --db."
    )


def thorough_check(path: Path) -> None:
    """Reads the whole file and raises `StoreTrouble` where it is damaged; costs some 4 ms at 8 MB."""
    with told(path):
        sound = _is_sound(path)
    if not sound:
        raise _damaged(path)


def _is_sound(path: Path) -> bool:
    try:
        # Already connecting reads a page.
        with closing(connect_to_read(path)) as connection:
            whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            return whole and connection.execute("PRAGMA foreign_key_check").fetchone() is None
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return False


def _damaged(path: Path) -> StoreTrouble:
    # Only a damaged file needs the backups' room.
    from followup_tui.store.backup import backup_folder, newest_good, taken_at

    good = newest_good(backup_folder(path))
    if good is None:
        return StoreTrouble(f"{path} is damaged: it was left untouched, and there is no good backup of it.")
    day = f"{taken_at(good):%Y-%m-%d %H:%M} UTC"
    return StoreTrouble(f"{path} is damaged: it was left untouched. The newest good backup is {good}, of {day}.")


def prepare_folder(path: Path) -> None:
    """Makes the folders that `path` is to lie in, for their owner alone; those that exist stay as they are.

    A folder the user had before is theirs: its mode is not ours to change.
    """
    with told(path):
        for folder in reversed([path.parent, *path.parent.parents]):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)


def prepare_file(path: Path) -> None:
    """Makes an empty file at `path` where there is none, and takes from others the right to read what is there."""
    with told(path):
        create_private(path)
        found = os.stat(path)
        if found.st_mode & 0o077 and found.st_uid == os.getuid():
            os.chmod(path, 0o600)
