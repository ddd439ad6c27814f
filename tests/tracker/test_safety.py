"""Backups are made when due and restored completely or not at all; what was there before can be brought back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.errors import BadInput, NotFound, StoreTrouble
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.store.backup import backups
from followup_tui.store.database_file import FileState, inspect_file
from followup_tui.store.upgrade import MIGRATIONS, migrate
from followup_tui.tracker.tracker import Tracker
from store.damage import falsify_index, page_of, zeroed
from trackers import Clock, Opens, windows

TESTS = Path(__file__).parents[1]
BERLIN = ZoneInfo(ZONE)


@pytest.fixture
def another(database: Path, clock: Clock) -> Iterator[Opens]:
    with windows(database, clock) as another:
        yield another


@pytest.fixture
def here(another: Opens) -> Tracker:
    return another()


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


def test_a_board_without_changes_is_not_backed_up(here: Tracker) -> None:
    assert here.safety.back_up_if_due() is None
    here.prepare()
    assert here.safety.back_up_if_due() is None
    assert not here.safety.folder.exists()


def test_a_backup_is_due_after_half_an_hour_in_which_something_changed(here: Tracker, clock: Clock) -> None:
    _add(here, "Acme")
    assert here.safety.back_up_if_due() is not None
    _add(here, "Globex")
    _touch(here.place)
    clock.at += timedelta(minutes=29, seconds=59)
    assert here.safety.back_up_if_due() is None
    clock.at += timedelta(seconds=1)
    assert here.safety.back_up_if_due() is not None
    _touch(here.place, -1)
    clock.at += timedelta(hours=5)
    assert here.safety.back_up_if_due() is None, "nothing changed"
    assert [each.applications for each in here.safety.all_backups()] == [2, 1]


def test_a_backup_with_a_moment_in_the_future_does_not_keep_others_from_being_made(
    here: Tracker, clock: Clock
) -> None:
    _add(here, "Acme")
    clock.at += timedelta(days=900)
    here.safety.back_up()
    clock.at -= timedelta(days=900)
    _touch(here.place)
    assert here.safety.back_up_if_due() is not None


def test_two_days_at_the_board_leave_the_half_hours_and_no_more(here: Tracker, clock: Clock) -> None:
    _add(here, "Acme")
    for _ in range(4 * 48 + 1):
        _touch(here.place)
        here.safety.back_up_if_due()
        clock.at += timedelta(minutes=15)
    made = [each.made_at for each in here.safety.all_backups()]
    assert len(made) == 2 * 48 + 1
    assert {(one - two) for one, two in pairwise(made)} == {timedelta(minutes=30)}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_an_old_backup_that_cannot_be_deleted_is_left(here: Tracker, clock: Clock) -> None:
    _add(here, "Acme")
    old = here.safety.back_up()
    here.safety.folder.chmod(0o500)
    clock.at += timedelta(days=400)
    here.safety.folder.chmod(0o700)
    assert here.safety.back_up().exists()
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


def test_before_a_change_to_many_a_backup_is_made_unless_there_is_one(here: Tracker) -> None:
    ids = [_add(here, f"Acme {number}") for number in range(12)]
    here.commands.finish(ids[:9], Outcome.NO_REPLY)
    assert not here.safety.folder.exists()
    here.commands.undo()
    assert here.commands.finish(ids, Outcome.NO_REPLY).warning == ""
    (made,) = here.safety.all_backups()
    with closing(Tracker(made.path, clock=Clock())) as before:
        assert {card.stage for card in before.queries.board().cards.values()} == {Stage.INTERVIEWED}
    here.safety.back_up()
    _touch(here.place, -1)
    here.removal.delete(ids)
    assert len(here.safety.all_backups()) == 2, "the newest had everything"


def test_where_no_backup_can_be_made_a_change_to_many_goes_on_and_says_so(here: Tracker) -> None:
    ids = [_add(here, f"Acme {number}") for number in range(12)]
    here.safety.folder.write_text("a file in its place")
    done = here.commands.finish(ids, Outcome.NO_REPLY)
    assert done.warning.startswith("No backup was made before: ")
    assert done.notice.endswith(done.warning)
    assert len(done.cards) == 12


def test_a_copy_goes_to_any_file_or_folder_and_overwrites_nothing_unasked(here: Tracker, tmp_path: Path) -> None:
    _add(here, "Acme")
    usb = tmp_path / "usb"
    usb.mkdir()
    assert here.safety.copy_to(usb / "search.db") == usb / "search.db"
    assert here.safety.copy_to(usb) == usb / "followup-20261122T090000Z.db"
    assert {one.stat().st_mode & 0o777 for one in usb.iterdir()} == {0o600}
    (usb / "letter.txt").write_text("mine")
    with pytest.raises(BadInput, match="is there already; nothing was written, --force overwrites it"):
        here.safety.copy_to(usb / "letter.txt")
    assert (usb / "letter.txt").read_text() == "mine"
    here.safety.copy_to(usb / "letter.txt", overwrites=True)
    assert inspect_file(usb / "letter.txt") is FileState.CURRENT


def test_a_copy_over_the_database_itself_or_over_a_pipe_is_refused(here: Tracker, tmp_path: Path) -> None:
    _add(here, "Acme")
    before = here.place.read_bytes()
    (tmp_path / "link.db").symlink_to(here.place)
    os.mkfifo(tmp_path / "pipe")
    for target in (here.place, tmp_path / "link.db", tmp_path / "pipe"):
        with pytest.raises(BadInput, match="nothing was written"):
            here.safety.copy_to(target, overwrites=True)
    with pytest.raises(StoreTrouble):
        here.safety.copy_to(tmp_path / "nowhere" / "x.db")
    assert here.place.read_bytes() == before
    assert (tmp_path / "link.db").is_symlink()


def test_a_database_of_another_program_is_neither_backed_up_nor_replaced(here: Tracker, tmp_path: Path) -> None:
    _add(here, "Acme")
    good = here.safety.back_up()
    here.close()
    here.place.unlink()
    _of_another_program(here.place, good)
    before, backups = here.place.read_bytes(), os.listdir(here.safety.folder)
    for refused in (
        here.safety.back_up,
        lambda: here.safety.copy_to(tmp_path / "copy.db"),
        lambda: here.safety.restore(good),
    ):
        with pytest.raises(StoreTrouble, match=r"not a database of|database of another"):
            refused()
    assert (here.place.read_bytes(), os.listdir(here.safety.folder)) == (before, backups)
    assert not (tmp_path / "copy.db").exists()


def test_nothing_to_back_up_is_said(here: Tracker) -> None:
    with pytest.raises(NotFound, match="nothing to back up"):
        here.safety.back_up()


# Restoring


def test_a_restore_brings_everything_back_and_another_restore_takes_it_back(here: Tracker) -> None:
    _add(here, "Acme")
    made = here.safety.back_up()
    _add(here, "Globex")
    done = here.safety.restore(made)
    assert (done.applications, done.was_damaged) == (1, False)
    assert _companies(here) == ["Acme"]
    assert done.before is not None
    assert done.sentence(NOW).endswith(
        f" `followup-tui restore {done.before.stem}` brings back what was there before."
    )
    here.safety.restore(here.safety.find(done.before.stem, BERLIN))
    assert _companies(here) == ["Acme", "Globex"]
    here.commands.undo()
    assert _companies(here) == ["Acme"]
    assert here.place.stat().st_mode & 0o777 == 0o600


def test_another_window_sees_what_was_restored_and_can_go_on(here: Tracker, another: Opens) -> None:
    there = another()
    _add(here, "Acme")
    made = here.safety.back_up()
    _add(there, "Globex")
    there.queries.changed_elsewhere()
    here.safety.restore(made)
    assert there.queries.changed_elsewhere()
    assert _companies(there) == ["Acme"]
    _add(there, "Initech")
    assert _companies(here) == ["Acme", "Initech"]


def test_a_restore_where_nothing_is_yet_makes_the_file(here: Tracker, tmp_path: Path) -> None:
    _add(here, "Acme")
    copy = here.safety.copy_to(tmp_path / "search.db")
    with closing(Tracker(tmp_path / "new" / "followup.db", clock=Clock())) as laptop:
        assert not laptop.safety.has_something()
        done = laptop.safety.restore(copy)
        assert done.before is None
        assert done.sentence(NOW) == f"Restored {copy}: 1 application, last changed Sun 22 Nov 10:00."
        assert _companies(laptop) == ["Acme"]


def test_a_link_to_the_database_stays_one(here: Tracker, tmp_path: Path) -> None:
    _add(here, "Acme")
    made = here.safety.back_up()
    link = tmp_path / "linked.db"
    link.symlink_to(here.place)
    _add(here, "Globex")
    with closing(Tracker(link, clock=Clock())) as linked:
        linked.safety.restore(made)
        assert link.is_symlink()
        assert _companies(linked) == ["Acme"]
    assert _companies(here) == ["Acme"]


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
    here: Tracker, tmp_path: Path, make: Callable[[Path, Path], None], words: str
) -> None:
    _add(here, "Acme")
    source, good = tmp_path / "source.db", tmp_path / "good.db"
    here.safety.copy_to(good)
    make(source, good)
    before = here.place.read_bytes()
    content = source.read_bytes() if source.is_file() else b""
    with pytest.raises(StoreTrouble, match=words) as caught:
        here.safety.restore(source)
    assert caught.value.sentence.endswith(".")
    assert "--db" not in caught.value.sentence
    assert here.place.read_bytes() == before
    assert (source.read_bytes() if source.is_file() else b"") == content
    assert not here.safety.folder.exists()
    assert [name for name in os.listdir(tmp_path) if "partial" in name] == []


def test_a_backup_by_an_older_version_is_brought_up_to_date_and_stays_as_it_is(
    here: Tracker, tmp_path: Path
) -> None:

    old_migrations = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, old_migrations, ignore=shutil.ignore_patterns("__pycache__", "000[5-9]_*"))
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
    here.safety.restore(old)
    assert _companies(here) == ["Ada"]
    assert inspect_file(here.place) is FileState.CURRENT
    assert old.read_bytes() == content


@pytest.mark.parametrize("spoil", [_garbage, _truncated, _damaged])
def test_over_a_damaged_file_a_backup_is_restored_and_the_damaged_one_is_kept(
    here: Tracker, tmp_path: Path, spoil: Callable[[Path, Path], None]
) -> None:
    _add(here, "Acme")
    made = here.safety.back_up()
    here.close()
    spoil(here.place, made)
    here.place.with_name("followup.db-journal").write_bytes(b"of the damaged one")
    damaged = here.place.read_bytes()
    done = here.safety.restore(made)
    assert done.was_damaged
    assert done.before is not None
    assert done.before.read_bytes() == damaged
    assert "The damaged file that was there is kept as" in done.sentence(NOW)
    assert _companies(here) == ["Acme"]
    assert not here.place.with_name("followup.db-journal").exists()


def test_a_restore_rolls_back_a_change_that_was_cut_short(here: Tracker) -> None:
    """The journal of a killed writer must not be applied to the restored file."""
    _add(here, "Acme")
    made = here.safety.back_up()
    _add(here, "Globex")
    here.close()
    script = (
        "import os, sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('PRAGMA cache_size = 1')\n"
        "connection.execute('BEGIN')\n"
        "connection.execute(\"UPDATE application SET notes = printf('%.*c', 90000, 'x'), number = number + 50\")\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", script, here.place], check=True)
    assert here.place.with_name("followup.db-journal").stat().st_size
    done = here.safety.restore(made)
    assert _companies(here) == ["Acme"]
    assert done.before is not None
    here.safety.restore(done.before)
    assert sorted(card.number for card in here.queries.board().cards.values()) == [1, 2]


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


def test_a_backup_is_found_by_its_number_name_or_moment(here: Tracker, clock: Clock) -> None:
    _add(here, "Acme")
    made = []
    for hours in (-50, -20, -1):
        clock.at = NOW + timedelta(hours=hours)
        made.append(here.safety.back_up())
    clock.at = NOW
    find = here.safety.find
    assert [find(str(number), BERLIN) for number in (1, 2, 3)] == made[::-1]
    assert find(made[0].stem, BERLIN) == find(made[0].name, BERLIN) == find("20261120T0", BERLIN) == made[0]
    assert find("yesterday 15:00", BERLIN) == made[1]
    assert find("yesterday", BERLIN) == made[1]
    assert find("fri", BERLIN) == made[0]
    for typed in ("4", "0", "", "last year", "20251120", "\x1b[2J"):
        with pytest.raises(NotFound, match="nothing was changed"):
            find(typed, BERLIN)


# Check and repair


def test_repair_of_a_sound_file_does_nothing(here: Tracker) -> None:
    _add(here, "Acme")
    content = here.place.read_bytes()
    assert here.safety.repair() is None
    assert here.place.read_bytes() == content
    assert not here.safety.folder.exists()


def test_repair_makes_an_index_again_after_a_copy_of_the_file(here: Tracker) -> None:
    _add(here, "Acme")
    here.close()
    falsify_index(here.place, "ix_application_number", "UPDATE application SET number = 9")
    content = here.place.read_bytes()
    done = here.safety.repair()
    assert done is not None
    assert done.repaired is None
    assert done.before.read_bytes() == content
    assert done.sentences[-1] == "The indexes were made again; nothing was lost."
    assert here.safety.check().is_sound
    assert [card.number for card in here.queries.board().cards.values()] == [9]


def test_repair_of_damaged_pages_says_what_was_kept_and_lost(here: Tracker, clock: Clock) -> None:
    for company in ("Acme", "Globex", "Initech"):
        _add(here, company)
    here.close()
    content = zeroed(here.place.read_bytes(), page_of(here.place, "application"))
    here.place.write_bytes(content)
    done = here.safety.repair()
    assert done is not None
    assert done.before.read_bytes() == content
    told = " ".join(done.sentences)
    assert "Repaired: 3 applications, 3 lines of the journal." in told
    assert "The journal still had these of them: 3 applications." in told
    assert told.endswith("Nothing else was lost.")
    assert _companies(here) == ["Acme", "Globex", "Initech"]
    _add(here, "Hooli")
    assert here.safety.check().is_sound
