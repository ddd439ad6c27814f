"""A file of an older release keeps every row when it is brought up to date."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from faults.values import NOW, adding, change, family
from followup_tui.domain.model.change import Edit
from followup_tui.store.backup import backup_folder, backups
from followup_tui.store.engine import engine_on
from followup_tui.store.opening import SCHEMA_VERSION, Condition, examine, thorough_check
from followup_tui.store.reader import Reader
from followup_tui.store.tables import Base
from followup_tui.store.transaction import Transaction
from followup_tui.store.upgrade import MIGRATIONS, create
from followup_tui.store.writer import Writer

FIRST_TABLES = ("application", "contact", "interview", "interviewer", "touch", "next_step", "journal")


@pytest.fixture(params=range(1, SCHEMA_VERSION))
def older(database: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A file as a release of each earlier schema made it, with rows of every kind."""
    folder = tmp_path / "older"
    later = f"000[{request.param + 1}-9]*"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", later))
    create(database, migrations=folder)
    engine = engine_on(database)
    for number in range(1, 4):
        with engine.begin() as connection:
            Transaction(connection, database)._journal(change(label="added"), _rows(connection, number))
    engine.dispose()
    with closing(sqlite3.connect(database)) as foreign, foreign:
        if "kept" in _tables(foreign):
            foreign.execute("INSERT INTO kept VALUES ('outlook', '1-abc')")
    return database


def _tables(connection: sqlite3.Connection) -> list[str]:
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return [name for (name,) in named if name != "alembic_version"]


def _rows(connection: object, number: int) -> tuple[Edit, ...]:
    from followup_tui.store.edits import write

    return write(connection, adding(*family(number)).edits)  # type: ignore[arg-type]


def _contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as foreign:
        return {
            table: foreign.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in _tables(foreign)
        }


def test_a_file_of_an_older_release_keeps_every_row_and_gets_what_it_lacks(older: Path) -> None:
    assert examine(older) is Condition.OLDER
    before = _contents(older)
    assert all(len(before[table]) == 3 for table in FIRST_TABLES)
    Writer(older).close()
    assert examine(older) is Condition.CURRENT
    after = _contents(older)
    assert after.keys() == Base.metadata.tables.keys()
    assert after == before | {table: [] for table in after.keys() - before.keys()}
    thorough_check(older)


def test_it_is_backed_up_before_and_reading_alone_upgrades_it_too(older: Path) -> None:
    before = _contents(older)
    with closing(Reader(older)) as reader:
        assert len(reader.cards(NOW)) == 3
    (backup,) = backups(backup_folder(older))
    assert _contents(backup) == before
    assert before.items() <= _contents(older).items()
    assert examine(older) is Condition.CURRENT


def test_what_was_done_before_the_upgrade_can_be_undone_after_it(older: Path) -> None:
    with closing(Writer(older)) as writer:
        for _ in range(3):
            with writer.transaction() as transaction:
                assert transaction.undo() is not None
    after = _contents(older)
    assert [len(after[table]) for table in FIRST_TABLES] == [0, 0, 0, 0, 0, 0, 3]
