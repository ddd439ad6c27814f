"""Backups are made when due and restored completely or not at all; what was there before can be brought back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.errors import BadInput, NotFound, StoreTrouble
from followup_tui.store.backup import backups
from followup_tui.store.database_file import FileState, inspect_file
from followup_tui.store.upgrade import MIGRATIONS, migrate
from followup_tui.tracker.tracker import Tracker
from store.damage import falsify_index, page_of, zeroed
from trackers import Clock, Opens

pytestmark = pytest.mark.file_only

TESTS = Path(__file__).parents[1]
BERLIN = ZoneInfo(ZONE)


def _add(tracker: Tracker, company: str) -> str:
    return tracker.commands.add(ApplicationForm(company=company, role="dev")).cards[0].id


def _companies(tracker: Tracker) -> list[str]:
    return sorted(card.company for card in tracker.queries.board().cards.values())


# When backups are made


def _touch(path: Path, later: int = 1) -> None:
    """Let the file's own clock go on, which a change in the same tick would not."""
    moment = max(
        (one.stat().st_mtime_ns for one in (path, *backups(path.with_name("followup-backups")))), default=0
    )
    os.utime(path, ns=(moment + later,) * 2)


def test_a_board_without_changes_is_not_backed_up(tracker: Tracker) -> None:
    assert tracker.safety.back_up_if_due() is None
    tracker.prepare()
    assert tracker.safety.back_up_if_due() is None
    assert not tracker.safety.folder.exists()


def test_a_backup_is_due_after_half_an_hour_in_which_something_changed(tracker: Tracker, clock: Clock) -> None:
    _add(tracker, "Acme")
    assert tracker.safety.back_up_if_due() is not None
    _add(tracker, "Globex")
    _touch(tracker.place)
    clock.at += timedelta(minutes=29, seconds=59)
    assert tracker.safety.back_up_if_due() is None
    clock.at += timedelta(seconds=1)
    assert tracker.safety.back_up_if_due() is not None
    _touch(tracker.place, -1)
    clock.at += timedelta(hours=5)
    assert tracker.safety.back_up_if_due() is None, "nothing changed"
    assert [each.applications for each in tracker.safety.all_backups()] == [2, 1]


def test_a_backup_with_a_moment_in_the_future_does_not_keep_others_from_being_made(
    tracker: Tracker, clock: Clock
) -> None:
    _add(tracker, "Acme")
    clock.at += timedelta(days=900)
    tracker.safety.back_up()
    clock.at -= timedelta(days=900)
    _touch(tracker.place)
    assert tracker.safety.back_up_if_due() is not None


def test_two_days_at_the_board_leave_the_half_hours_and_no_more(tracker: Tracker, clock: Clock) -> None:
    _add(tracker, "Acme")
    for _ in range(4 * 48 + 1):
        _touch(tracker.place)
        tracker.safety.back_up_if_due()
        clock.at += timedelta(minutes=15)
    made = [each.made_at for each in tracker.safety.all_backups()]
    assert len(made) == 2 * 48 + 1
    assert {(one - two) for one, two in pairwise(made)} == {timedelta(minutes=30)}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_an_old_backup_that_cannot_be_deleted_is_left(tracker: Tracker, clock: Clock) -> None:
    _add(tracker, "Acme")
    old = tracker.safety.back_up()
    tracker.safety.folder.chmod(0o500)
    clock.at += timedelta(days=400)
    tracker.safety.folder.chmod(0o700)
    assert tracker.safety.back_up().exists()
    assert not old.exists()


def test_a_full_disk_gives_a_sentence_leaves_no_part_and_the_work_goes_on(small_disk: Path, clock: Clock) -> None:
    with closing(Tracker(small_disk / "followup.db", clock=clock)) as tracker:
        _add(tracker, "Acme")
        ballast = small_disk / "ballast"
        free = os.statvfs(small_disk)
        ballast.write_bytes(b"x" * (free.f_bavail * free.f_bsize - 150_000))
        with pytest.raises(StoreTrouble, match=r"^The disk is full"):
            tracker.safety.back_up_if_due()
        assert (
            os.listdir(small_disk) == ["followup.db", "followup-backups", "ballast"]
            or {name for name in os.listdir(small_disk) if "partial" in name} == set()
        )
        assert os.listdir(tracker.safety.folder) == []
        _add(tracker, "Globex")
        ballast.unlink()
        assert tracker.safety.back_up_if_due() is not None
        assert _companies(tracker) == ["Acme", "Globex"]


def test_before_a_change_to_many_a_backup_is_made_unless_there_is_one(tracker: Tracker) -> None:
    ids = [_add(tracker, f"Acme {number}") for number in range(12)]
    tracker.commands.finish(ids[:9], Outcome.NO_REPLY)
    assert not tracker.safety.folder.exists()
    tracker.commands.undo()
    assert tracker.commands.finish(ids, Outcome.NO_REPLY).warning == ""
    (made,) = tracker.safety.all_backups()
    with closing(Tracker(made.path, clock=Clock())) as before:
        assert {card.stage for card in before.queries.board().cards.values()} == {Stage.INTERVIEWED}
    tracker.safety.back_up()
    _touch(tracker.place, -1)
    tracker.removal.delete(ids)
    assert len(tracker.safety.all_backups()) == 2, "the newest had everything"


def test_where_no_backup_can_be_made_a_change_to_many_goes_on_and_says_so(tracker: Tracker) -> None:
    ids = [_add(tracker, f"Acme {number}") for number in range(12)]
    tracker.safety.folder.write_text("a file in its place")
    done = tracker.commands.finish(ids, Outcome.NO_REPLY)
    assert done.warning.startswith("No backup was made before: ")
    assert done.notice.endswith(done.warning)
    assert len(done.cards) == 12


def test_a_copy_goes_to_any_file_or_folder_and_overwrites_nothing_unasked(
    tracker: Tracker, tmp_path: Path
) -> None:
    _add(tracker, "Acme")
    usb = tmp_path / "usb"
    usb.mkdir()
    assert tracker.safety.copy_to(usb / "search.db") == usb / "search.db"
    assert tracker.safety.copy_to(usb) == usb / "followup-20261122T090000Z.db"
    assert {one.stat().st_mode & 0o777 for one in usb.iterdir()} == {0o600}
    (usb / "letter.txt").write_text("mine")
    with pytest.raises(BadInput, match="is there already; nothing was written, --force overwrites it"):
        tracker.safety.copy_to(usb / "letter.txt")
    assert (usb / "letter.txt").read_text() == "mine"
    tracker.safety.copy_to(usb / "letter.txt", overwrites=True)
    assert inspect_file(usb / "letter.txt") is FileState.CURRENT


def test_a_copy_over_the_database_itself_or_over_a_pipe_is_refused(tracker: Tracker, tmp_path: Path) -> None:
    _add(tracker, "Acme")
    before = tracker.place.read_bytes()
    (tmp_path / "link.db").symlink_to(tracker.place)
    os.mkfifo(tmp_path / "pipe")
    for target in (tracker.place, tmp_path / "link.db", tmp_path / "pipe"):
        with pytest.raises(BadInput, match="nothing was written"):
            tracker.safety.copy_to(target, overwrites=True)
    with pytest.raises(StoreTrouble):
        tracker.safety.copy_to(tmp_path / "nowhere" / "x.db")
    assert tracker.place.read_bytes() == before
    assert (tmp_path / "link.db").is_symlink()


def test_a_database_of_another_program_is_neither_backed_up_nor_replaced(tracker: Tracker, tmp_path: Path) -> None:
    _add(tracker, "Acme")
    good = tracker.safety.back_up()
    tracker.close()
    tracker.place.unlink()
    _of_another_program(tracker.place, good)
    before, backups = tracker.place.read_bytes(), os.listdir(tracker.safety.folder)
    for refused in (
        tracker.safety.back_up,
        lambda: tracker.safety.copy_to(tmp_path / "copy.db"),
        lambda: tracker.safety.restore(good),
    ):
        with pytest.raises(StoreTrouble, match=r"not a database of|database of another"):
            refused()
    assert (tracker.place.read_bytes(), os.listdir(tracker.safety.folder)) == (before, backups)
    assert not (tmp_path / "copy.db").exists()


def test_nothing_to_back_up_is_said(tracker: Tracker) -> None:
    with pytest.raises(NotFound, match="nothing to back up"):
        tracker.safety.back_up()


# Restoring


def test_a_restore_brings_everything_back_and_another_restore_takes_it_back(tracker: Tracker) -> None:
    _add(tracker, "Acme")
    made = tracker.safety.back_up()
    _add(tracker, "Globex")
    done = tracker.safety.restore(made)
    assert (done.applications, done.was_damaged) == (1, False)
    assert _companies(tracker) == ["Acme"]
    assert done.before is not None
    assert done.sentence(NOW).endswith(
        f" `followup-tui restore {done.before.stem}` brings back what was there before."
    )
    tracker.safety.restore(tracker.safety.find(done.before.stem, BERLIN))
    assert _companies(tracker) == ["Acme", "Globex"]
    tracker.commands.undo()
    assert _companies(tracker) == ["Acme"]
    assert tracker.place.stat().st_mode & 0o777 == 0o600


def test_another_window_sees_what_was_restored_and_can_go_on(tracker: Tracker, opened: Opens) -> None:
    there = opened()
    _add(tracker, "Acme")
    made = tracker.safety.back_up()
    _add(there, "Globex")
    there.queries.changed_elsewhere()
    tracker.safety.restore(made)
    assert there.queries.changed_elsewhere()
    assert _companies(there) == ["Acme"]
    _add(there, "Initech")
    assert _companies(tracker) == ["Acme", "Initech"]


def test_a_restore_where_nothing_is_yet_makes_the_file(tracker: Tracker, tmp_path: Path) -> None:
    _add(tracker, "Acme")
    copy = tracker.safety.copy_to(tmp_path / "search.db")
    with closing(Tracker(tmp_path / "new" / "followup.db", clock=Clock())) as laptop:
        assert not laptop.safety.has_something()
        done = laptop.safety.restore(copy)
        assert done.before is None
        assert done.sentence(NOW) == f"Restored {copy}: 1 application, last changed Sun 22 Nov 10:00."
        assert _companies(laptop) == ["Acme"]


def test_a_link_to_the_database_stays_one(tracker: Tracker, tmp_path: Path) -> None:
    _add(tracker, "Acme")
    made = tracker.safety.back_up()
    link = tmp_path / "linked.db"
    link.symlink_to(tracker.place)
    _add(tracker, "Globex")
    with closing(Tracker(link, clock=Clock())) as linked:
        linked.safety.restore(made)
        assert link.is_symlink()
        assert _companies(linked) == ["Acme"]
    assert _companies(tracker) == ["Acme"]


def _garbage(path: Path, good: Path) -> None:
    path.write_bytes(b"Dear Dana, thank you for the talk. " * 1000)


def _of_another_program(path: Path, good: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE application (id TEXT)")


def _newer(path: Path, good: Path) -> None:
    shutil.copy(good, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def _truncated(path: Path, good: Path) -> None:
    path.write_bytes(good.read_bytes()[:-4096])


def _damaged(path: Path, good: Path) -> None:
    path.write_bytes(zeroed(good.read_bytes(), page_of(good, "application")))


def _false_index(path: Path, good: Path) -> None:
    shutil.copy(good, path)
    falsify_index(path, "ix_application_number", "UPDATE application SET number = 9")


def _with_trigger(path: Path, good: Path) -> None:
    shutil.copy(good, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER spy AFTER UPDATE ON application BEGIN DELETE FROM letter; END")


def _without_tables(path: Path, good: Path) -> None:
    shutil.copy(good, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE letter")


def _empty(path: Path, good: Path) -> None:
    path.touch()


def _linked(path: Path, good: Path) -> None:
    path.symlink_to(good)


def _missing(path: Path, good: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_garbage, "is not a database of followup-tui"),
        (_of_another_program, "is not a database of followup-tui"),
        (_newer, "was written by a newer followup-tui"),
        (_truncated, "damaged"),
        (_damaged, "damaged"),
        (_false_index, "is damaged, so it was not restored: 1 index"),
        (_with_trigger, "trigger spy is unknown"),
        (_without_tables, "table letter is missing"),
        (_empty, "is empty, so it was not restored"),
        (_linked, "is a link to"),
        (lambda path, good: os.mkfifo(path), "is not an ordinary file"),
        (lambda path, good: path.mkdir(), "is a folder"),
        (_missing, "There is no file"),
    ],
)
def test_what_is_no_sound_backup_is_refused_and_nothing_is_changed(
    tracker: Tracker, tmp_path: Path, make: Callable[[Path, Path], None], words: str
) -> None:
    _add(tracker, "Acme")
    source, good = tmp_path / "source.db", tmp_path / "good.db"
    tracker.safety.copy_to(good)
    make(source, good)
    before = tracker.place.read_bytes()
    content = source.read_bytes() if source.is_file() else b""
    with pytest.raises(StoreTrouble, match=words) as caught:
        tracker.safety.restore(source)
    assert caught.value.sentence.endswith(".")
    assert "--db" not in caught.value.sentence
    assert tracker.place.read_bytes() == before
    assert (source.read_bytes() if source.is_file() else b"") == content
    assert not tracker.safety.folder.exists()
    assert [name for name in os.listdir(tmp_path) if "partial" in name] == []


def test_a_backup_by_an_older_version_is_brought_up_to_date_and_stays_as_it_is(
    tracker: Tracker, tmp_path: Path
) -> None:

    old_migrations = tmp_path / "migrations"
    shutil.copytree(
        MIGRATIONS, old_migrations, ignore=shutil.ignore_patterns("__pycache__", "000[5-9]_*", "00[1-9]*")
    )
    old = tmp_path / "old.db"
    old.touch()

    migrate(old, migrations=old_migrations)
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute(
            "INSERT INTO application (id, number, version, stage, company, role, location, stage_at, created_at,"
            " url, source, tags, region, pace, pinned_why, notes) VALUES ('a', 1, 1, 'interviewed', 'Ada', 'x',"
            " '', ?, ?, '', '', '[]', '', 'normal', '', '')",
            ("2026-11-20T09:00:00.000000+00:00",) * 2,
        )
    content = old.read_bytes()
    assert inspect_file(old) is FileState.OLDER
    tracker.safety.restore(old)
    assert _companies(tracker) == ["Ada"]
    assert inspect_file(tracker.place) is FileState.CURRENT
    assert old.read_bytes() == content


@pytest.mark.parametrize("spoil", [_garbage, _truncated, _damaged])
def test_over_a_damaged_file_a_backup_is_restored_and_the_damaged_one_is_kept(
    tracker: Tracker, tmp_path: Path, spoil: Callable[[Path, Path], None]
) -> None:
    _add(tracker, "Acme")
    made = tracker.safety.back_up()
    tracker.close()
    spoil(tracker.place, made)
    tracker.place.with_name("followup.db-journal").write_bytes(b"of the damaged one")
    damaged = tracker.place.read_bytes()
    done = tracker.safety.restore(made)
    assert done.was_damaged
    assert done.before is not None
    assert done.before.read_bytes() == damaged
    assert "The damaged file that was there is kept as" in done.sentence(NOW)
    assert _companies(tracker) == ["Acme"]
    assert not tracker.place.with_name("followup.db-journal").exists()


def test_a_restore_rolls_back_a_change_that_was_cut_short(tracker: Tracker) -> None:
    """The journal of a killed writer must not be applied to the restored file."""
    _add(tracker, "Acme")
    made = tracker.safety.back_up()
    _add(tracker, "Globex")
    tracker.close()
    script = (
        "import os, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('PRAGMA cache_size = 1')\n"
        "connection.execute('BEGIN')\n"
        "connection.execute(\"UPDATE application SET notes = printf('%.*c', 90000, 'x'), number = number + 50\")\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", script, tracker.place], check=True)
    assert tracker.place.with_name("followup.db-journal").stat().st_size
    done = tracker.safety.restore(made)
    assert _companies(tracker) == ["Acme"]
    assert done.before is not None
    tracker.safety.restore(done.before)
    assert sorted(card.number for card in tracker.queries.board().cards.values()) == [1, 2]


def test_killed_at_any_moment_a_restore_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    for name, company in (("old.db", "Acme"), ("new.db", "Globex")):
        with closing(Tracker(tmp_path / name)) as tracker:
            _add(tracker, company)
    run = subprocess.run(
        [
            sys.executable,
            TESTS / "faults" / "kill_restores.py",
            tmp_path / "old.db",
            tmp_path / "new.db",
            "40",
            "11",
        ],
        env=os.environ | {"PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert set(run.stdout.split()) == {"old", "new"}


# Finding a backup


def test_a_backup_is_found_by_its_number_name_or_moment(tracker: Tracker, clock: Clock) -> None:
    _add(tracker, "Acme")
    made = []
    for hours in (-50, -20, -1):
        clock.at = NOW + timedelta(hours=hours)
        made.append(tracker.safety.back_up())
    clock.at = NOW
    find = tracker.safety.find
    assert [find(str(number), BERLIN) for number in (1, 2, 3)] == made[::-1]
    assert find(made[0].stem, BERLIN) == find(made[0].name, BERLIN) == find("20261120T0", BERLIN) == made[0]
    assert find("yesterday 15:00", BERLIN) == made[1]
    assert find("yesterday", BERLIN) == made[1]
    assert find("fri", BERLIN) == made[0]
    for typed in ("4", "0", "", "last year", "20251120", "\x1b[2J"):
        with pytest.raises(NotFound, match="nothing was changed"):
            find(typed, BERLIN)


# Check and repair


def test_repair_of_a_sound_file_does_nothing(tracker: Tracker) -> None:
    _add(tracker, "Acme")
    content = tracker.place.read_bytes()
    assert tracker.safety.repair() is None
    assert tracker.place.read_bytes() == content
    assert not tracker.safety.folder.exists()


def test_repair_makes_an_index_again_after_a_copy_of_the_file(tracker: Tracker) -> None:
    _add(tracker, "Acme")
    tracker.close()
    falsify_index(tracker.place, "ix_application_number", "UPDATE application SET number = 9")
    content = tracker.place.read_bytes()
    done = tracker.safety.repair()
    assert done is not None
    assert done.repaired is None
    assert done.before.read_bytes() == content
    assert done.sentences[-1] == "The indexes were made again from the tables; no row was lost."
    assert tracker.safety.check().is_sound
    assert [card.number for card in tracker.queries.board().cards.values()] == [9]


def test_repair_of_damaged_pages_says_what_was_kept_and_lost(tracker: Tracker, clock: Clock) -> None:
    for company in ("Acme", "Globex", "Initech"):
        _add(tracker, company)
    tracker.close()
    content = zeroed(tracker.place.read_bytes(), page_of(tracker.place, "application"))
    tracker.place.write_bytes(content)
    done = tracker.safety.repair()
    assert done is not None
    assert done.before.read_bytes() == content
    told = " ".join(done.sentences)
    assert "Repaired: 3 applications, 3 lines of the journal." in told
    assert "The journal still had these of them: 3 applications." in told
    assert told.endswith("Nothing else was lost.")
    assert _companies(tracker) == ["Acme", "Globex", "Initech"]
    _add(tracker, "Hooli")
    assert tracker.safety.check().is_sound
