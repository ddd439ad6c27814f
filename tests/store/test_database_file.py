"""A file is inspected before it is opened: ours is opened or upgraded, all others are left unchanged."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.files import backups_folder
from followup_tui.store import connections, database_file
from followup_tui.store.backup import backups
from followup_tui.store.connections import first_bytes
from followup_tui.store.database_file import (
    SCHEMA_VERSION,
    FileState,
    check_integrity,
    inspect_file,
    prepare_folder,
)
from followup_tui.store.reader import Reader
from followup_tui.store.upgrade import MIGRATIONS, upgrade
from followup_tui.store.writer import Writer
from store.factories import NOW, addition, application

pytestmark = pytest.mark.file_only

LATER = SCHEMA_VERSION + 1
NEXT = """
import os
from alembic import op
import sqlalchemy as sa
revision = "{later:04}"
down_revision = "{now:04}"

def upgrade():
    op.execute("PRAGMA user_version = {later}")
    op.add_column("application", sa.Column("salary", sa.Text()))
    {then}
    with op.batch_alter_table("contact") as contact:
        contact.alter_column("title", new_column_name="job_title")
"""


@pytest.fixture
def ours(database: Path) -> Path:
    with closing(Writer(database)) as writer, writer.transaction() as transaction:
        transaction.record(addition(application()))
    return database


def _later(folder: Path, then: str = "") -> Path:
    """Migrations as a later release will have them."""
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "later_salary.py").write_text(NEXT.format(then=then, now=SCHEMA_VERSION, later=LATER))
    return folder


def test_a_path_is_missing_empty_current_or_older(ours: Path) -> None:
    assert inspect_file(ours.with_name("none.db")) is FileState.MISSING
    ours.with_name("empty.db").touch()
    assert inspect_file(ours.with_name("empty.db")) is FileState.EMPTY
    assert inspect_file(ours) is FileState.CURRENT
    assert inspect_file(ours, newest=LATER) is FileState.OLDER


def test_an_empty_file_is_treated_as_new(database: Path) -> None:
    database.touch(0o644)
    Writer(database).close()
    assert inspect_file(database) is FileState.CURRENT
    assert database.stat().st_mode & 0o777 == 0o600


def _newer(path: Path) -> None:
    Writer(path).close()
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute("PRAGMA user_version = 99")


def _text(path: Path) -> None:
    path.write_text("Dear Dana, thank you for the talk. " * 20)


def _cut_off(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def _of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute("CREATE TABLE application (id TEXT)")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_newer, "newer followup-tui"),
        (_text, "not a database of followup-tui"),
        (_cut_off, "not a database of followup-tui"),
        (_of_another_program, "not a database of followup-tui"),
    ],
)
@pytest.mark.parametrize(
    "door", [Writer, lambda path: Reader(path).cards(NOW), lambda path: Reader(path).changed()]
)
def test_what_is_newer_or_not_ours_is_refused_and_left_untouched(
    database: Path, make: Callable[[Path], None], words: str, door: Callable[[Path], object]
) -> None:
    make(database)
    before, found = database.read_bytes(), sorted(os.listdir(database.parent))
    with pytest.raises(StoreTrouble, match=words) as caught:
        door(database)
    assert str(database) in caught.value.sentence
    assert "untouched" in caught.value.sentence
    assert (database.read_bytes(), sorted(os.listdir(database.parent))) == (before, found)


def test_a_folder_a_missing_folder_or_a_pipe_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")
    for path, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "nowhere" / "x.db", "there is no folder"),
        (tmp_path / "file" / "x.db", "is not a folder"),
        (tmp_path / "pipe", "not an ordinary file"),
    ):
        with pytest.raises(StoreTrouble, match=words) as caught:
            Writer(path)
        assert str(path) in caught.value.sentence
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_path_one_may_not_read_is_named(ours: Path) -> None:
    ours.chmod(0)
    with pytest.raises(StoreTrouble, match="no right"):
        inspect_file(ours)


def test_a_path_the_system_forbids_is_named(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(path: Path, count: int) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(database_file, "first_bytes", forbidden)
    with pytest.raises(StoreTrouble, match="no right"):
        inspect_file(ours)


def test_while_a_connection_is_open_the_file_is_read_past_it_but_not_closed(ours: Path) -> None:
    with closing(Reader(ours)) as reader:
        assert first_bytes(ours, 4) == b"SQLi"
        reader.cards(NOW)
        with reader._file.snapshot() as connection:
            assert connection is not None
            connection.execute("SELECT id FROM application").fetchall()
            assert first_bytes(ours, 4) == b"SQLi"
            assert subprocess.run([sys.executable, "-c", _LOCK, ours], check=False).returncode == 5
        assert inspect_file(ours) is FileState.CURRENT
        assert inspect_file(ours, newest=LATER) is FileState.OLDER
    assert first_bytes(ours, 4) == b"SQLi"


_LOCK = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute("BEGIN EXCLUSIVE")
except sqlite3.OperationalError as error:
    sys.exit(error.sqlite_errorcode)
"""


def test_opening_a_second_writer_leaves_the_first_ones_lock(ours: Path) -> None:
    with closing(Writer(ours)) as writer, writer.transaction() as transaction:
        transaction.record(addition(application(2)))
        Reader(ours).cards(NOW)
        inspect_file(ours)
        program = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
        other = subprocess.run([sys.executable, "-c", program, ours], capture_output=True, text=True, check=False)
        assert "database is locked" in other.stderr


def test_folders_are_made_for_their_owner_and_others_stay_as_they_are(tmp_path: Path) -> None:
    old = tmp_path / "documents"
    old.mkdir()
    old.chmod(0o755)  # whatever the umask
    prepare_folder(old / "jobs" / "search" / "followup.db")
    prepare_folder(old / "jobs" / "search" / "followup.db")
    modes = [place.stat().st_mode & 0o777 for place in (old, old / "jobs", old / "jobs" / "search")]
    assert modes == [0o755, 0o700, 0o700]


def test_an_older_file_is_backed_up_and_then_upgraded(ours: Path, tmp_path: Path) -> None:
    upgrade(ours, migrations=_later(tmp_path / "later"))
    assert inspect_file(ours, newest=LATER) is FileState.CURRENT
    with closing(sqlite3.connect(ours)) as foreign:
        assert foreign.execute("SELECT number, salary FROM application").fetchall() == [(1, None)]
        assert foreign.execute("SELECT job_title FROM contact").fetchall() == []
    (backup,) = backups(backups_folder(ours))
    assert inspect_file(backup) is FileState.CURRENT
    assert len(Reader(backup).cards(NOW)) == 1


def test_upgrading_twice_is_upgrading_once(ours: Path, tmp_path: Path) -> None:
    later = _later(tmp_path / "later")
    upgrade(ours, migrations=later)
    upgrade(ours, migrations=later)
    assert inspect_file(ours, newest=LATER) is FileState.CURRENT


@pytest.mark.parametrize(
    ("then", "error"),
    [("raise ZeroDivisionError", ZeroDivisionError), ("op.execute('DROP TABLE nowhere')", StoreTrouble)],
)
def test_an_upgrade_that_fails_leaves_the_old_file(
    ours: Path, tmp_path: Path, then: str, error: type[Exception]
) -> None:
    before = ours.read_bytes()
    with pytest.raises(error):
        upgrade(ours, migrations=_later(tmp_path / "later", then))
    assert ours.read_bytes() == before
    assert inspect_file(ours) is FileState.CURRENT


def test_an_upgrade_that_orphans_rows_is_taken_back(ours: Path, tmp_path: Path) -> None:
    orphan = (
        'op.execute("INSERT INTO interviewer (id, application_id, interview_id, contact_id, version)"'
        " \"VALUES ('1', '2', '3', '4', 0)\")"
    )
    with pytest.raises(StoreTrouble, match="belong to nothing"):
        upgrade(ours, migrations=_later(tmp_path / "later", orphan))
    assert inspect_file(ours) is FileState.CURRENT
    check_integrity(ours)


def test_an_upgrade_killed_half_way_leaves_the_old_file(ours: Path, tmp_path: Path) -> None:
    later = _later(tmp_path / "later", "os.kill(os.getpid(), 9)")
    program = (
        "import sys, pathlib; from followup_tui.store.upgrade import upgrade;"
        "upgrade(pathlib.Path(sys.argv[1]), migrations=pathlib.Path(sys.argv[2]))"
    )
    assert subprocess.run([sys.executable, "-c", program, ours, later], check=False).returncode == -9
    assert inspect_file(ours) is FileState.CURRENT
    assert len(Reader(ours).cards(NOW)) == 1
    check_integrity(ours)
    assert len(backups(backups_folder(ours))) == 1


def test_a_damaged_file_is_not_upgraded(ours: Path, tmp_path: Path) -> None:
    os.truncate(ours, ours.stat().st_size - 4096)
    before = ours.read_bytes()
    with pytest.raises(StoreTrouble, match="damaged"):
        upgrade(ours, migrations=_later(tmp_path / "later"))
    assert ours.read_bytes() == before


def test_the_doors_upgrade_an_older_file_by_themselves(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upgraded: list[Path] = []
    monkeypatch.setattr("followup_tui.store.upgrade.upgrade", upgraded.append)
    monkeypatch.setattr("followup_tui.store.sql.inspect_place", lambda path: FileState.OLDER)
    monkeypatch.setattr("followup_tui.store.writer.inspect_place", lambda path: FileState.OLDER)
    assert len(Reader(ours).cards(NOW)) == 1
    Writer(ours).close()
    assert upgraded == [ours, ours]


@pytest.mark.parametrize("left", ["nothing", "changes", "garbage"])
def test_a_file_that_another_program_has_turned_to_wal_is_read_and_written(database: Path, left: str) -> None:
    with closing(Writer(database)) as writer, writer.transaction() as transaction:
        transaction.record(addition(application(1)))
    beside = database.with_name(f"{database.name}-wal")
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        if left == "changes":
            with other:
                other.execute("UPDATE application SET company = 'In the WAL'")
            kept = (database.read_bytes(), beside.read_bytes())
    if left == "changes":
        database.write_bytes(kept[0])
        beside.write_bytes(kept[1])
    elif left == "garbage":
        beside.write_bytes(b"garbage" * 100)
    with closing(Reader(database)) as reader, closing(Writer(database)) as writer:
        [card] = reader.cards(NOW)
        assert (card.company == "In the WAL") is (left == "changes")
        with writer.transaction() as transaction:
            transaction.record(addition(application(2)))
        assert len(reader.cards(NOW)) == 2
    assert not beside.exists()
    with closing(sqlite3.connect(database)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_file_in_wal_that_another_program_has_open_can_be_read_and_writing_is_refused(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.1)
    with closing(Writer(database)) as writer, writer.transaction() as transaction:
        transaction.record(addition(application(1)))
    with closing(Reader(database)) as reader:
        with closing(sqlite3.connect(database)) as other:
            other.execute("PRAGMA journal_mode = WAL")
            other.execute("SELECT * FROM application").fetchall()
            assert len(reader.cards(NOW)) == 1
            with pytest.raises(StoreTrouble, match="busy: nothing was saved"):
                Writer(database)
        assert len(reader.cards(NOW)) == 1
        with closing(Writer(database)) as writer, writer.transaction() as transaction:
            transaction.record(addition(application(2)))
        assert len(reader.cards(NOW)) == 2


def test_a_file_that_is_emptied_while_it_is_open_is_told_of(database: Path) -> None:
    with closing(Writer(database)) as writer:
        with writer.transaction() as transaction:
            transaction.record(addition(application(1)))
        with closing(Reader(database)) as reader:
            assert len(reader.cards(NOW)) == 1
            os.truncate(database, 0)
            with pytest.raises(StoreTrouble, match="was emptied by another program"):
                reader.cards(NOW)
            with (
                pytest.raises(StoreTrouble, match="was emptied by another program"),
                writer.transaction() as transaction,
            ):
                transaction.record(addition(application(2)))
    assert not database.stat().st_size
