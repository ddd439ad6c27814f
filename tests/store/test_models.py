"""The dataclasses, the tables and the migrations agree, and importing the queries imports no SQLModel."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from followup_tui.domain.model.details import ENTITIES, Entity
from followup_tui.store.database_file import SCHEMA_VERSION, inspect_file
from followup_tui.store.engine import create_file_engine
from followup_tui.store.models import MODELS, Base
from followup_tui.store.reader import Reader
from followup_tui.store.row_codec import TABLES
from followup_tui.store.upgrade import MIGRATIONS, create
from store.factories import NOW


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "made.db"
    create(path)
    return path


@pytest.mark.parametrize("kind", ENTITIES)
def test_each_value_has_a_table_with_the_same_fields_and_types(kind: type[Entity]) -> None:
    row: Any = MODELS[kind]
    assert row.__tablename__ == TABLES[kind]
    hints = get_type_hints(kind)
    assert {name: field.annotation for name, field in row.model_fields.items()} == hints
    for name, hint in hints.items():
        optional = isinstance(hint, UnionType) and NoneType in get_args(hint)
        assert row.__table__.c[name].nullable == optional, name


@pytest.mark.parametrize("kind", ENTITIES)
def test_each_value_has_the_same_defaults_in_its_table(kind: type[Entity]) -> None:
    row: Any = MODELS[kind]
    assert row.__tablename__ == TABLES[kind]
    for field in fields(kind):
        if field.name != "id":
            assert row.model_fields[field.name].is_required() == (field.default is field.default_factory), (
                field.name
            )


def test_the_migrations_make_what_the_tables_declare(made: Path) -> None:
    with create_file_engine(made).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_make_the_same_statements_as_the_tables(made: Path, tmp_path: Path) -> None:
    declared = tmp_path / "declared.db"
    declared.touch()
    Base.metadata.create_all(create_file_engine(declared))
    with create_file_engine(made).connect() as ours, create_file_engine(declared).connect() as theirs:
        for table in Base.metadata.tables:
            for ask in ("get_check_constraints", "get_foreign_keys", "get_indexes", "get_pk_constraint"):
                made_so, declared_so = (getattr(inspect(one), ask)(table) for one in (ours, theirs))
                assert _sorted(made_so) == _sorted(declared_so), (table, ask)
            assert "AUTOINCREMENT" in _sql(ours, "journal")
            assert {c["name"] for c in inspect(ours).get_columns(table)} == {
                c["name"] for c in inspect(theirs).get_columns(table)
            }


def test_what_the_board_shows_comes_first_in_a_row_and_long_text_last(made: Path) -> None:
    """SQLite reads a row only up to the last column asked for."""
    with create_file_engine(made).connect() as connection:
        names = [column["name"] for column in inspect(connection).get_columns("application")]
    shown = [
        "id",
        "number",
        "version",
        "stage",
        "company",
        "role",
        "location",
        "outcome",
        "stage_at",
        "created_at",
    ]
    assert names[: len(shown)] == shown
    assert names.index("notes") > names.index("tags")


def _sorted(found: Any) -> Any:
    return sorted(map(_told, found)) if isinstance(found, list) else found


def _told(one: dict[str, Any]) -> str:
    """What a constraint or index is, with the condition of an index as text."""
    options = {name: str(value) for name, value in one.get("dialect_options", {}).items()}
    return str({**one, "dialect_options": options})


def _sql(connection: Any, table: str) -> str:
    return str(connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).scalar())


def test_the_header_alone_tells_the_newest_revision(made: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head()
    header = made.read_bytes()[:100]
    assert int(head or "") == SCHEMA_VERSION == int.from_bytes(header[60:64], "big")
    assert header[68:72] == b"FOLU"
    assert inspect_file(made) == "current"
    assert Reader(made).cards(NOW) == []


def test_the_reader_loads_neither_sqlmodel_nor_alembic() -> None:
    program = (
        "import sys, pathlib, datetime, followup_tui.store, followup_tui.store.database_file\n"
        "import followup_tui.store.board_query, followup_tui.store.due_query, followup_tui.store.list_query\n"
        "from followup_tui.store.reader import Reader\n"
        "reader = Reader(pathlib.Path('nowhere.db')); reader.cards(datetime.datetime.now(datetime.UTC))\n"
        "reader.changed(); reader.journal(limit=1)\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'alembic', 'pydantic'} & set(sys.modules)\n"
        "sys.exit(' '.join(sorted(heavy)) or 0)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")
