"""Write the script that makes a new database: run it whenever a migration is added.

    .venv/bin/python tests/write_schema.py

A test compares it with what the migrations make.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from followup_tui.store.sql import SCRIPT
from followup_tui.store.upgrade import create

_OWN = "sqlite_"
"""How the tables begin that SQLite makes by itself."""
_IN_ORDER = """
SELECT name, sql FROM sqlite_master
ORDER BY type = 'index', CASE type WHEN 'index' THEN name END, rowid
"""
"""Indexes by name: Alembic makes those of a changed table in no certain order."""


def script_of(path: Path) -> str:
    """Return the statements that make a database like the one at a path, one a paragraph."""
    with closing(sqlite3.connect(path)) as connection:
        marks = [
            f"PRAGMA {name} = {connection.execute(f'PRAGMA {name}').fetchone()[0]}"
            for name in ("application_id", "user_version")
        ]
        parts = [
            sql for name, sql in connection.execute(_IN_ORDER) if sql is not None and not name.startswith(_OWN)
        ]
        ((newest,),) = connection.execute("SELECT version_num FROM alembic_version")
    return ";\n\n".join([*marks, *parts, f"INSERT INTO alembic_version VALUES ('{newest}')"]) + ";\n"


def migrated_script() -> str:
    """Return the script of what the migrations make."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        create(path)
        return script_of(path)


if __name__ == "__main__":
    SCRIPT.write_text(migrated_script(), encoding="utf-8")
