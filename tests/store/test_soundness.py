"""A file is read in full once, and again only after others wrote it or a week has passed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.files import soundness_file
from followup_tui.store import database_file
from followup_tui.store.database_file import FileMark, check_integrity, require_sound
from followup_tui.store.reader import Reader
from followup_tui.store.writer import Writer
from store.damage import falsify_index
from store.factories import NOW, addition, application

pytestmark = pytest.mark.file_only


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read in full, one entry for each time."""
    read: list[Path] = []

    def check(path: Path) -> FileMark:
        read.append(path)
        return check_integrity(path)

    monkeypatch.setattr(database_file, "check_integrity", check)
    return read


def write(path: Path, number: int) -> None:
    with closing(Writer(path)) as writer, writer.transaction() as transaction:
        transaction.record(addition(application(number)))


def write_by_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE application SET notes = 'by another program'")


def test_a_file_is_read_in_full_before_the_first_write_and_then_remembered(
    database: Path, checks: list[Path]
) -> None:
    write(database, 1)
    checks.clear()
    for number in range(2, 5):
        write(database, number)
        require_sound(database)
        with closing(Reader(database)) as reader:
            assert len(reader.cards(NOW)) == number
    assert checks == []


def test_what_another_program_wrote_is_read_in_full_before_the_next_write(
    database: Path, checks: list[Path]
) -> None:
    write(database, 1)
    with closing(Writer(database)) as writer:
        checks.clear()
        write_by_another_program(database)
        for number in (2, 3):
            with writer.transaction() as transaction:
                transaction.record(addition(application(number)))
    assert checks == [database]


def test_two_windows_don_t_check_what_the_other_wrote(database: Path, checks: list[Path]) -> None:
    write(database, 1)
    checks.clear()
    with closing(Writer(database)) as writer:
        for number in (2, 4):
            with writer.transaction() as transaction:
                transaction.record(addition(application(number)))
            write(database, number + 1)
    assert checks == []


def test_a_file_is_read_in_full_again_after_a_week(
    database: Path, checks: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, 1)
    checks.clear()
    later = database_file.time() + 8 * 86_400
    monkeypatch.setattr(database_file, "time", lambda: later)
    require_sound(database)
    require_sound(database)
    assert checks == [database]


def test_damage_during_a_run_is_seen_before_the_next_write(database: Path) -> None:
    with closing(Writer(database)) as writer:
        for number in range(1, 4):
            with writer.transaction() as transaction:
                transaction.record(addition(application(number)))
        falsify_index(database, "ix_application_created_at", "UPDATE application SET number = number + 100")
        before = database.read_bytes()
        with (
            pytest.raises(StoreTrouble, match="1 index no longer agrees with its"),
            writer.transaction() as transaction,
        ):
            transaction.record(addition(application(9)))
    assert database.read_bytes() == before


def test_an_index_that_disagrees_refuses_reads_too_and_says_what_makes_it_again(database: Path) -> None:
    write(database, 1)
    falsify_index(database, "ix_application_created_at", "UPDATE application SET number = 7")
    with closing(Reader(database)) as reader, pytest.raises(StoreTrouble, match="check --repair"):
        reader.applications()


@pytest.mark.parametrize("content", ["", "garbage", "1 2 3", "1 2 3 4 5 never", "a b c d e 1e9", "1 2 3 4 5 nan"])
def test_a_garbled_memory_costs_a_check_and_nothing_else(database: Path, checks: list[Path], content: str) -> None:
    write(database, 1)
    soundness_file().write_text(content)
    checks.clear()
    require_sound(database)
    require_sound(database)
    assert checks == [database]


def test_without_a_place_to_remember_it_each_start_checks(
    database: Path, checks: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    write(database, 1)
    checks.clear()
    require_sound(database)
    assert checks == [database]


def test_the_memory_is_private_and_short(database: Path) -> None:
    write(database, 1)
    for number in range(database_file._MAX_MARKS + 10):
        os.utime(database, ns=(number, number))
        require_sound(database)
    assert len(soundness_file().read_text().splitlines()) == database_file._MAX_MARKS
    assert soundness_file().stat().st_mode & 0o777 == 0o600
    assert [place.name for place in soundness_file().parent.iterdir()] == [soundness_file().name]
