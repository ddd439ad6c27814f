"""Create a database by one script, without the migrations, which `tests/write_schema.py` made it from."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from followup_tui.store.connections import connect_to_write
from followup_tui.store.database_file import prepare_file
from followup_tui.store.sqlite_errors import translate_errors

SCRIPT = Path(__file__).with_name("schema.sql")


def create_new(path: Path) -> bool:
    """Create the database at `path`, where there is no file or an empty one, readable by its owner only.

    False, with nothing written, if another process has just written the file.
    """
    prepare_file(path)
    with translate_errors(path), closing(connect_to_write(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
            return False
        for statement in SCRIPT.read_text(encoding="utf-8").split(";\n\n"):
            connection.execute(statement)
        connection.execute("COMMIT")
    return True
