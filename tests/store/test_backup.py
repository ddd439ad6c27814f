"""Backups are complete or absent, and as many are kept as promised."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.files import backups_folder, remove_abandoned
from followup_tui.store.backup import (
    NEWEST,
    back_up,
    backup_moment,
    backups,
    delete_old_backups,
    discard,
    moments_to_keep,
    new_partial,
    newest_intact,
)
from followup_tui.store.reader import Reader
from followup_tui.store.writer import Writer
from store.factories import NOW, addition, application

pytestmark = pytest.mark.file_only


@pytest.fixture
def ours(database: Path) -> Path:
    with closing(Writer(database)) as writer, writer.transaction() as transaction:
        transaction.record(addition(application()))
    return database


def test_a_backup_holds_what_the_database_held(ours: Path) -> None:
    folder = backups_folder(ours)
    made = back_up(ours, folder, NOW)
    assert made == folder / "20261122T140000Z.db"
    assert backup_moment(made) == NOW
    assert Reader(made).applications() == Reader(ours).applications()
    assert made.stat().st_mode & 0o777 == 0o600
    assert [place.name for place in folder.iterdir()] == [made.name]


def test_two_backups_of_one_moment_are_two(ours: Path) -> None:
    folder = backups_folder(ours)
    made = [back_up(ours, folder, NOW) for _ in range(11)]
    assert backups(folder) == made
    assert newest_intact(folder) == made[-1]


def test_a_backup_can_be_taken_while_a_change_is_being_written(ours: Path) -> None:
    with closing(Writer(ours)) as writer, writer.transaction() as transaction:
        transaction.record(addition(application(2)))
        made = back_up(ours, backups_folder(ours), NOW)
    assert len(Reader(made).cards(NOW)) == 1


def test_a_damaged_database_gives_no_backup(ours: Path) -> None:
    ours.write_bytes(ours.read_bytes()[:-4096])
    with pytest.raises(StoreTrouble, match="damaged"):
        back_up(ours, backups_folder(ours), NOW)
    assert list(backups_folder(ours).iterdir()) == []


def test_damaged_backups_and_other_files_are_passed_over(ours: Path) -> None:
    folder = backups_folder(ours)
    assert newest_intact(folder) is None
    good = back_up(ours, folder, NOW)
    (folder / "20270101T000000Z.db").write_text("no")
    (folder / "notes.txt").write_text("mine")
    assert newest_intact(folder) == good


def test_thinning_removes_what_the_promise_does_not_need(ours: Path) -> None:
    folder = backups_folder(ours)
    made = [back_up(ours, folder, NOW - timedelta(days=30, minutes=minutes)) for minutes in range(3)]
    newest = back_up(ours, folder, NOW)
    (folder / "notes.txt").write_text("mine")
    assert delete_old_backups(folder, NOW) == sorted(made[1:])
    assert backups(folder) == [made[0], newest]
    assert (folder / "notes.txt").exists()


MOMENTS = st.integers(0, 400 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
PROMISE = (
    (timedelta(days=2), lambda moment: (moment.date(), moment.hour, moment.minute // 30)),
    (timedelta(days=7), datetime.date),
    (timedelta(weeks=4), lambda moment: moment.isocalendar()[:2]),
    (timedelta(days=184), lambda moment: (moment.year, moment.month)),
)


@given(moments=st.sets(MOMENTS, max_size=60))
def test_every_half_hour_day_week_and_month_that_had_a_backup_keeps_one(moments: set[datetime]) -> None:
    kept = moments_to_keep(moments, NOW)
    assert kept <= moments
    assert not moments or max(moments) in kept
    for window, slot_of in PROMISE:
        due = [moment for moment in moments if NOW - moment <= window]
        assert {slot_of(moment) for moment in due} == {slot_of(one) for one in kept if NOW - one <= window}
    assert len(kept) <= NEWEST + 97 + 8 + 5 + 7 + 1


def test_the_newest_are_kept_for_two_days_however_close_together() -> None:
    close = [NOW - timedelta(seconds=seconds) for seconds in range(NEWEST + 20)]
    assert moments_to_keep(close, NOW) == {*close[:NEWEST]}
    assert moments_to_keep(close[:11], NOW + timedelta(days=1, hours=23)) == {*close[:11]}
    assert moments_to_keep(close[:11], NOW + timedelta(days=3)) == {NOW}


@given(moments=st.sets(MOMENTS, max_size=60), later=st.timedeltas(timedelta(0), timedelta(days=200)))
def test_thinning_often_keeps_what_thinning_once_would(moments: set[datetime], later: timedelta) -> None:
    then = NOW + later
    assert moments_to_keep(moments_to_keep(moments, NOW), then) == moments_to_keep(moments, then)


def test_a_backup_from_the_future_is_kept() -> None:
    future = {NOW + timedelta(days=days) for days in range(5)}
    assert moments_to_keep(future, NOW) == future
    assert moments_to_keep([NOW.astimezone(UTC)], NOW + timedelta(days=900)) == {NOW}


def test_what_an_ended_program_left_is_deleted_and_what_a_running_one_writes_is_not(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f".a.db.{ended.pid}-00000000.followup.partial"
    written = tmp_path / f".b.db.{os.getpid()}-00000000.followup.partial"
    for file in (left, written):
        file.touch()
    remove_abandoned(tmp_path)
    assert not left.exists()
    assert written.exists()


def test_a_partial_file_that_can_t_be_deleted_breaks_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".a.db.1-00000000.followup.partial").touch()
    os.utime(tmp_path / ".a.db.1-00000000.followup.partial", (0, 0))

    def fail(self: Path, missing_ok: bool = False) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "unlink", fail)
    partial = new_partial(tmp_path / "new.db")
    assert partial.exists()
    discard(partial)
