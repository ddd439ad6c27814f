"""A new file: made by one script, and just as the migrations make it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.store.database_file import SCHEMA_VERSION, FileState, inspect_file
from followup_tui.store.sql import SCRIPT, create_new, make_current
from followup_tui.store.upgrade import create
from write_schema import migrated_script, script_of

pytestmark = pytest.mark.file_only


def schema(path: Path) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        marks = [connection.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id")]
        rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
        return [
            *marks,
            *sorted(rows, key=lambda row: row[:2]),
            *connection.execute("SELECT * FROM alembic_version"),
        ]


def test_the_script_is_what_the_migrations_make() -> None:
    assert SCRIPT.read_text(encoding="utf-8") == migrated_script(), "run tests/write_schema.py"


@pytest.mark.parametrize("is_there", [False, True])
def test_a_new_file_is_as_the_migrations_make_it_and_readable_by_its_owner_only(
    tmp_path: Path, is_there: bool
) -> None:
    made, migrated = tmp_path / "made.db", tmp_path / "migrated.db"
    if is_there:
        made.touch(0o644)
    make_current(made)
    create(migrated)
    assert schema(made) == schema(migrated)
    assert schema(made)[0] == (SCHEMA_VERSION,)
    assert inspect_file(made) is FileState.CURRENT
    assert script_of(made) == script_of(migrated)
    assert made.stat().st_mode & 0o777 == 0o600


def test_a_file_that_another_process_has_just_made_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    assert create_new(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO taught VALUES ('key', '2026-11-22T09:00:00.000000+00:00')")
    before = path.read_bytes()
    assert not create_new(path)
    assert path.read_bytes() == before


def test_where_the_script_fails_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.sql"
    broken.write_text(SCRIPT.read_text(encoding="utf-8") + "\nCREATE TABLE application (id)", encoding="utf-8")
    monkeypatch.setattr("followup_tui.store.sql.SCRIPT", broken)
    path = tmp_path / "new.db"
    with pytest.raises((StoreTrouble, sqlite3.Error)):
        create_new(path)
    assert path.read_bytes() == b""
