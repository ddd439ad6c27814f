"""Bring a database to the current schema; what that takes is loaded only if it isn't there yet."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from followup_tui.store.connections import connect_to_write
from followup_tui.store.database_file import SCHEMA_VERSION, FileState, inspect_file, prepare_file
from followup_tui.store.sql_loading import SQL_LOADING
from followup_tui.store.sqlite_errors import translate_errors

TYPE_CHECKING = False  # as type checkers know it: importing `typing` takes longer than the rest of this module
if TYPE_CHECKING:
    from types import ModuleType

    from followup_tui.server_address import Place


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


_NEW = (FileState.MISSING, FileState.EMPTY)


def make_current(place: Place, *, is_copy: bool = False) -> None:
    """Create the database at a place, or upgrade an older one; see `upgrade.make_current`.

    A file that is a copy is neither checked nor backed up before; see `upgrade.migrate`. A new file needs no
    migrations.
    """
    if isinstance(place, Path) and inspect_file(place) in _NEW and create_new(place):
        return
    upgrade = _loaded_upgrade()
    if is_copy and isinstance(place, Path):
        upgrade.migrate(place)
    else:
        upgrade.make_current(place)


def make_new(path: Path, version: int) -> None:
    """Create a database of a schema at `path`, where there is no file, as the migrations up to it make it."""
    if version == SCHEMA_VERSION:
        create_new(path)
    else:
        _loaded_upgrade().create(path, to=f"{version:04}")


def _loaded_upgrade() -> ModuleType:
    with SQL_LOADING:
        from followup_tui.store import upgrade  # Not at the top: Alembic takes a fifth of a second to load.

    return upgrade
