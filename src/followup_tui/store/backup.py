"""Backups: checked copies of the database, fewer of them the older they are."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.files import discard, partial_path, remove_abandoned, sync_folder
from followup_tui.store.connections import connect_to_read, copy_bytes, translate_errors
from followup_tui.store.row_codec import parse_moment

INTERVAL = timedelta(minutes=30)
"""How old the newest backup may be before changes are backed up again."""

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<stamp>\d{8}T\d{6}Z)(?:-(?P<again>\d+))?\.db")

NEWEST = 100
"""How many of the newest are kept for 2 days, however close together: one made before an import or a restore has
been named as the way back. Beyond that many, one of each half-hour is kept."""

# How long one backup of each half-hour, day, week and month is kept, as the documentation promises.
_KEPT: tuple[tuple[timedelta, Callable[[datetime], object]], ...] = (
    (timedelta(days=2), lambda moment: int(moment.timestamp()) // 1800),
    (timedelta(days=7), lambda moment: moment.date()),
    (timedelta(weeks=4), lambda moment: moment.isocalendar()[:2]),
    (timedelta(days=184), lambda moment: (moment.year, moment.month)),
)


def back_up(path: Path, folder: Path, now: datetime) -> Path:
    """Copy the database at `path` into `folder`, check the copy, and return its path.

    `StoreTrouble` if that fails. The copy appears complete or not at all, readable by its owner only.
    """
    with translate_errors(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        backup = _free_path(folder, now)
    copy_database(path, backup)
    return backup


def copy_database(path: Path, copy: Path) -> None:
    """Write a checked copy of the database at `path` to `copy`, over a file that is there.

    `StoreTrouble` if that fails. The copy appears complete or not at all, readable by its owner only.
    """
    partial = new_partial(copy)
    try:
        copy_into(path, partial)
        publish(partial, copy)
    finally:
        discard(partial)


def new_partial(path: Path) -> Path:
    """Create an empty private file beside `path`, to be filled and renamed; delete those of killed programs."""
    remove_abandoned(path.parent)
    with translate_errors(path):
        partial = partial_path(path.parent, path.name)
        os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
    return partial


def publish(partial: Path, path: Path) -> None:
    """Give a file that is complete its name, once it is on the disk."""
    with translate_errors(path):
        _flush_to_disk(partial)
        os.rename(partial, path)
    sync_folder(path.parent)


def set_aside(path: Path, folder: Path, now: datetime) -> Path:
    """Copy the bytes of a database that is too damaged for a backup into `folder`, and return the copy's path."""
    with translate_errors(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        copy = _free_path(folder, now, "damaged-")
        partial = new_partial(copy)
        try:
            if not copy_bytes(path, partial):
                raise StoreTrouble(f"{path} is still in use, so nothing was changed. Close it and try again.")
            publish(partial, copy)
        finally:
            discard(partial)
    return copy


def is_current(path: Path, folder: Path) -> bool:
    """Whether a backup was made since the database was written last."""
    with translate_errors(path):
        written_at = os.stat(path).st_mtime_ns
        return any(os.stat(backup).st_mtime_ns > written_at for backup in backups(folder)[-1:])


def is_due(path: Path, folder: Path, now: datetime) -> bool:
    """Whether the newest backup is half an hour old and the database was written since; without one, yes."""
    with translate_errors(path):
        past = [backup for backup in backups(folder) if backup_moment(backup) <= now]
        if not past:
            return True
        is_old = now - backup_moment(past[-1]) >= INTERVAL
        return is_old and os.stat(path).st_mtime_ns >= os.stat(past[-1]).st_mtime_ns


def newest_intact(folder: Path) -> Path | None:
    """Return the newest undamaged backup in `folder`, or None."""
    return next((backup for backup in reversed(backups(folder)) if _is_intact(backup)), None)


def backups(folder: Path) -> list[Path]:
    """Return the backups in `folder`, oldest first; `StoreTrouble` if it can't be read."""
    with translate_errors(folder):
        try:  # not `is_dir`, which from Python 3.14 on says no of a folder that can't be looked at
            entries = list(folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        found = (backup for backup in entries if _NAME.fullmatch(backup.name))
        return sorted((file for file in found if file.is_file() and not file.is_symlink()), key=_sort_key)


def kept_files(folder: Path) -> list[Path]:
    """Return the backups in `folder`, and what else was put there: damaged databases and rows set aside."""
    if not folder.is_dir():
        return []
    others = sorted(
        file for pattern in ("damaged-*.db", "set-aside-*.json") for file in folder.glob(pattern) if file.is_file()
    )
    return [*backups(folder), *others]


def backup_moment(backup: Path) -> datetime:
    """Return when a backup was made, in UTC, as its name says."""
    return _sort_key(backup)[0]


def contents(path: Path) -> tuple[int, datetime | None]:
    """Return how many applications a database has and when it was changed last, without upgrading an older one.

    `StoreTrouble` if it can't be read.
    """
    with translate_errors(path), closing(connect_to_read(path)) as connection:
        (applications,) = connection.execute("SELECT count(*) FROM application").fetchone()
        (changed_at,) = connection.execute("SELECT max(at) FROM journal").fetchone()
    try:
        return int(applications), parse_moment(changed_at)
    except ValueError:
        return int(applications), None


def delete_old_backups(folder: Path, now: datetime) -> list[Path]:
    """Delete the backups that are no longer kept, and return them; one that can't be deleted is left."""
    existing = backups(folder)
    kept = moments_to_keep((backup_moment(backup) for backup in existing), now)
    return [backup for backup in existing if backup_moment(backup) not in kept and delete_backup(backup)]


def delete_backup(backup: Path) -> bool:
    """Delete a backup; whether it is gone."""
    try:
        backup.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def moments_to_keep(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which to keep: the newest 100 for 2 days, and of each half-hour for 2 days, day for 7, week for 4 and
    month for 6 months the newest.

    The newest of all is always kept, and so are those with a time in the future, from a wrong clock.
    """
    newest_first = sorted({moment.astimezone(UTC) for moment in moments}, reverse=True)
    past = [moment for moment in newest_first if moment <= now]
    kept = {*newest_first[:1], *newest_first[: len(newest_first) - len(past)]}
    kept.update(moment for moment in past[:NEWEST] if now - moment <= _KEPT[0][0])
    for window, slot_of in _KEPT:
        newest: dict[object, datetime] = {}
        for moment in newest_first:
            if now - moment <= window:
                newest.setdefault(slot_of(moment), moment)
        kept.update(newest.values())
    return kept


def _sort_key(backup: Path) -> tuple[datetime, int]:
    match = _NAME.fullmatch(backup.name)
    if match is None:
        raise ValueError(f"{backup.name} is not a backup's name")
    return datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=UTC), int(match["again"] or 1)


def _free_path(folder: Path, now: datetime, prefix: str = "") -> Path:
    stamp = prefix + now.astimezone(UTC).strftime(_STAMP)
    names = (f"{stamp}.db" if turn == 1 else f"{stamp}-{turn}.db" for turn in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def copy_into(path: Path, copy: Path) -> None:
    """Copy the database at `path` into an empty file, and check the copy; `StoreTrouble` if it is damaged."""
    with translate_errors(copy.parent), closing(sqlite3.connect(copy, isolation_level=None)) as target:
        with translate_errors(path), closing(connect_to_read(path)) as source:
            # Take the lock here, with a time-out; the copying itself would wait for it forever.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            with translate_errors(copy.parent):
                source.backup(target)
        result = target.execute("PRAGMA quick_check(1)").fetchone()
    if result != ("ok",):
        raise StoreTrouble(
            f"{path} could not be backed up: the copy is damaged. The file itself was left"
            " untouched; `followup-tui check` looks for damage."
        )


def _is_intact(backup: Path) -> bool:
    try:
        with closing(connect_to_read(backup)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _flush_to_disk(backup: Path) -> None:
    handle = os.open(backup, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
