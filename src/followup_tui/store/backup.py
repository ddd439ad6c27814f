"""Backups: verified copies of the database, kept close together at first and further apart as they age."""

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
from followup_tui.store.faults import told

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(?P<stamp>\d{8}T\d{6}Z)(?:-(?P<again>\d+))?\.db")

# How long one backup of each half-hour, day, week and month is kept: the promise made to the user.
_KEPT: tuple[tuple[timedelta, Callable[[datetime], object]], ...] = (
    (timedelta(days=2), lambda moment: int(moment.timestamp()) // 1800),
    (timedelta(days=7), lambda moment: moment.date()),
    (timedelta(weeks=4), lambda moment: moment.isocalendar()[:2]),
    (timedelta(days=184), lambda moment: (moment.year, moment.month)),
)


def backup_folder(path: Path) -> Path:
    """Where the backups of the database at `path` lie: a folder of its own beside it."""
    return path.with_name(f"{path.stem}-backups")


def back_up(path: Path, folder: Path, now: datetime) -> Path:
    """Copies the database at `path` into `folder`, checks the copy, and returns where it is.

    `StoreTrouble` where that fails. The copy appears whole or not at all, readable by its owner alone.
    """
    with told(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        place = _free_place(folder, now)
        partial = place.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
    try:
        _copy(path, partial)
        with told(folder):
            _sync(partial)
            os.rename(partial, place)
            _sync(folder)
    finally:
        partial.unlink(missing_ok=True)
    return place


def newest_good(folder: Path) -> Path | None:
    """The newest backup in `folder` that is whole; None where there is none."""
    return next((place for place in reversed(backups(folder)) if _is_good(place)), None)


def backups(folder: Path) -> list[Path]:
    """The backups in `folder`, oldest first."""
    if not folder.is_dir():
        return []
    return sorted((place for place in folder.iterdir() if _NAME.fullmatch(place.name)), key=_order)


def taken_at(place: Path) -> datetime:
    """When a backup was taken, by its name, in UTC."""
    return _order(place)[0]


def thin(folder: Path, now: datetime) -> list[Path]:
    """Removes the backups that the promise doesn't need, and returns them."""
    all_of_them = backups(folder)
    kept = kept_of((taken_at(place) for place in all_of_them), now)
    surplus = [place for place in all_of_them if taken_at(place) not in kept]
    with told(folder):
        for place in surplus:
            place.unlink(missing_ok=True)
    return surplus


def kept_of(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which backups to keep: the newest of each half-hour for 2 days, day for 7, week for 4, month for 6 months.

    The newest of all is kept whatever its age, and so are those from a future that a wrong clock made.
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


def _order(place: Path) -> tuple[datetime, int]:
    match = _NAME.fullmatch(place.name)
    if match is None:
        raise ValueError(f"{place.name} is not a backup's name")
    return datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=UTC), int(match["again"] or 1)


def _free_place(folder: Path, now: datetime) -> Path:
    stamp = now.astimezone(UTC).strftime(_STAMP)
    names = (f"{stamp}.db" if turn == 1 else f"{stamp}-{turn}.db" for turn in count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def _copy(path: Path, copy: Path) -> None:
    with told(path), closing(connect_to_read(path)) as source:
        # The lock is taken here, where the time-out holds; the copying itself would wait for it for ever.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with told(copy), closing(sqlite3.connect(copy, isolation_level=None)) as target:
            source.backup(target)
            found = target.execute("PRAGMA quick_check(1)").fetchone()
    if found != ("ok",):
        raise StoreTrouble(
            f"{path} could not be backed up: the copy is damaged. The file itself was left untouched."
        )


def _is_good(place: Path) -> bool:
    try:
        with closing(connect_to_read(place)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _sync(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
