"""Upgrading a file of an earlier release keeps every row."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session

from followup_tui.domain.model.change import Edit
from followup_tui.store.backup import backup_folder, backups
from followup_tui.store.database_file import SCHEMA_VERSION, FileState, check_integrity, inspect_file
from followup_tui.store.engine import create_file_engine
from followup_tui.store.models import Base
from followup_tui.store.queries import Reader
from followup_tui.store.row_writer import write_edits
from followup_tui.store.unit_of_work import UnitOfWork
from followup_tui.store.upgrade import MIGRATIONS, create
from followup_tui.store.writer import Writer
from store.factories import NOW, addition, change, one_of_each_kind

FIRST_TABLES = ("application", "contact", "interview", "interviewer", "touch", "next_step", "journal")


@pytest.fixture(params=range(1, SCHEMA_VERSION))
def older(database: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A file with each earlier schema, with rows of every kind."""
    folder = tmp_path / "older"
    later = f"000[{request.param + 1}-9]*"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", later))
    create(database, migrations=folder)
    engine = create_file_engine(database)
    for number in range(1, 4):
        with Session(engine) as session:
            UnitOfWork(session, database)._add_to_journal(change(label="added"), _rows(session, number))
            session.commit()
    engine.dispose()
    with closing(sqlite3.connect(database)) as foreign, foreign:
        if "kept" in _tables(foreign):
            foreign.execute("INSERT INTO kept VALUES ('outlook', '1-abc')")
    return database


def _tables(connection: sqlite3.Connection) -> list[str]:
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return [name for (name,) in named if name != "alembic_version"]


def _rows(session: Session, number: int) -> tuple[Edit, ...]:
    return write_edits(session, addition(*one_of_each_kind(number)).edits)


def _contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as foreign:
        return {
            table: foreign.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in _tables(foreign)
        }


def test_a_file_of_an_older_release_keeps_every_row_and_gets_what_it_lacks(older: Path) -> None:
    assert inspect_file(older) is FileState.OLDER
    before = _contents(older)
    assert all(len(before[table]) == 3 for table in FIRST_TABLES)
    Writer(older).close()
    assert inspect_file(older) is FileState.CURRENT
    after = _contents(older)
    assert after.keys() == Base.metadata.tables.keys()
    assert after == before | {table: [] for table in after.keys() - before.keys()}
    check_integrity(older)


def test_it_is_backed_up_before_and_reading_alone_upgrades_it_too(older: Path) -> None:
    before = _contents(older)
    with closing(Reader(older)) as reader:
        assert len(reader.cards(NOW)) == 3
    (backup,) = backups(backup_folder(older))
    assert _contents(backup) == before
    assert before.items() <= _contents(older).items()
    assert inspect_file(older) is FileState.CURRENT


def test_what_was_done_before_the_upgrade_can_be_undone_after_it(older: Path) -> None:
    with closing(Writer(older)) as writer:
        for _ in range(3):
            with writer.transaction() as transaction:
                assert transaction.undo() is not None
    after = _contents(older)
    assert [len(after[table]) for table in FIRST_TABLES] == [0, 0, 0, 0, 0, 0, 3]
