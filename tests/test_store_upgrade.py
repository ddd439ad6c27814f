"""A file of an older release keeps every row when it is brought up to date."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from faults.values import NOW, adding, change, family
from followup_tui.domain.change import Edit
from followup_tui.store.backup import backup_folder, backups
from followup_tui.store.engine import engine_on
from followup_tui.store.opening import Condition, examine, thorough_check
from followup_tui.store.reader import Reader
from followup_tui.store.transaction import Transaction
from followup_tui.store.upgrade import MIGRATIONS, create
from followup_tui.store.writer import Writer

FIRST_TABLES = ("application", "contact", "interview", "interviewer", "touch", "next_step", "journal")


@pytest.fixture
def first(database: Path, tmp_path: Path) -> Path:
    """A file as the first release made it, with rows of every kind, one of them edited."""
    folder = tmp_path / "first"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", "000[2-9]*"))
    create(database, migrations=folder)
    engine = engine_on(database)
    for number in range(1, 4):
        with engine.begin() as connection:
            Transaction(connection, database)._journal(change(label="added"), _rows(connection, number))
    engine.dispose()
    return database


def _rows(connection: object, number: int) -> tuple[Edit, ...]:
    from followup_tui.store.edits import write

    return write(connection, adding(*family(number)).edits)  # type: ignore[arg-type]


def _contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as foreign:
        return {table: foreign.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in FIRST_TABLES}


def test_a_file_of_the_first_release_keeps_every_row_and_gets_what_it_lacks(first: Path) -> None:
    assert examine(first) is Condition.OLDER
    before = _contents(first)
    assert all(len(rows) == 3 for rows in before.values())
    Writer(first).close()
    assert examine(first) is Condition.CURRENT
    assert _contents(first) == before
    thorough_check(first)
    with closing(sqlite3.connect(first)) as foreign:
        for table in ("outlook", "kept", "holiday", "holiday_year"):
            assert foreign.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_it_is_backed_up_before_and_reading_alone_upgrades_it_too(first: Path) -> None:
    before = _contents(first)
    with closing(Reader(first)) as reader:
        assert len(reader.cards(NOW)) == 3
    (backup,) = backups(backup_folder(first))
    assert _contents(backup) == before == _contents(first)
    assert examine(first) is Condition.CURRENT


def test_what_was_done_before_the_upgrade_can_be_undone_after_it(first: Path) -> None:
    with closing(Writer(first)) as writer:
        for _ in range(3):
            with writer.transaction() as transaction:
                assert transaction.undo() is not None
    assert [len(rows) for rows in _contents(first).values()] == [0, 0, 0, 0, 0, 0, 3]
