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
from followup_tui.store.connections import connect_to_read
from followup_tui.store.errors import translate_errors

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<stamp>\d{8}T\d{6}Z)(?:-(?P<again>\d+))?\.db")

# How long one backup of each half-hour, day, week and month is kept, as the documentation promises.
_KEPT: tuple[tuple[timedelta, Callable[[datetime], object]], ...] = (
    (timedelta(days=2), lambda moment: int(moment.timestamp()) // 1800),
    (timedelta(days=7), lambda moment: moment.date()),
    (timedelta(weeks=4), lambda moment: moment.isocalendar()[:2]),
    (timedelta(days=184), lambda moment: (moment.year, moment.month)),
)


def backup_folder(path: Path) -> Path:
    """Return the folder of the backups of the database at `path`, next to it."""
    return path.with_name(f"{path.stem}-backups")


def back_up(path: Path, folder: Path, now: datetime) -> Path:
    """Copy the database at `path` into `folder`, check the copy, and return its path.

    `StoreTrouble` if that fails. The copy appears complete or not at all, readable by its owner only.
    """
    with translate_errors(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        backup = _free_path(folder, now)
        partial = backup.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
    try:
        _copy(path, partial)
        with translate_errors(folder):
            _flush_to_disk(partial)
            os.rename(partial, backup)
            _flush_to_disk(folder)
    finally:
        partial.unlink(missing_ok=True)
    return backup


def newest_intact(folder: Path) -> Path | None:
    """Return the newest undamaged backup in `folder`, or None."""
    return next((backup for backup in reversed(backups(folder)) if _is_intact(backup)), None)


def backups(folder: Path) -> list[Path]:
    """Return the backups in `folder`, oldest first."""
    if not folder.is_dir():
        return []
    return sorted((backup for backup in folder.iterdir() if _NAME.fullmatch(backup.name)), key=_sort_key)


def backup_moment(backup: Path) -> datetime:
    """Return when a backup was made, in UTC, as its name says."""
    return _sort_key(backup)[0]


def delete_old_backups(folder: Path, now: datetime) -> list[Path]:
    """Delete the backups that are no longer kept, and return them."""
    existing = backups(folder)
    kept = moments_to_keep((backup_moment(backup) for backup in existing), now)
    surplus = [backup for backup in existing if backup_moment(backup) not in kept]
    with translate_errors(folder):
        for backup in surplus:
            backup.unlink(missing_ok=True)
    return surplus


def moments_to_keep(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which to keep: the newest of each half-hour for 2 days, day for 7, week for 4, month for 6 months.

    The newest of all is always kept, and so are those with a time in the future, from a wrong clock.
    """
    newest_first = sorted({moment.astimezone(UTC) for moment in moments}, reverse=True)
    kept = set(newest_first[:1]) | {moment for moment in newest_first if moment > now}
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


def _free_path(folder: Path, now: datetime) -> Path:
    stamp = now.astimezone(UTC).strftime(_STAMP)
    names = (f"{stamp}.db" if turn == 1 else f"{stamp}-{turn}.db" for turn in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def _copy(path: Path, copy: Path) -> None:
    with translate_errors(path), closing(connect_to_read(path)) as source:
        # Take the lock here, with a time-out; the copying itself would wait for it forever.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with translate_errors(copy), closing(sqlite3.connect(copy, isolation_level=None)) as target:
            source.backup(target)
            found = target.execute("PRAGMA quick_check(1)").fetchone()
    if found != ("ok",):
        raise StoreTrouble(
            f"{path} could not be backed up: the copy is damaged. The file itself was left untouched."
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
