"""Bring a database to the current schema; what that takes is loaded only if it isn't there yet."""

from __future__ import annotations

from pathlib import Path

from followup_tui.store.database_file import FileState, inspect_file
from followup_tui.store.new_file import create_new
from followup_tui.store.sql_loading import SQL_LOADING

TYPE_CHECKING = False  # as type checkers know it: importing `typing` takes longer than the rest of this module
if TYPE_CHECKING:
    from followup_tui.server_address import Place

_NEW = (FileState.MISSING, FileState.EMPTY)


def make_current(place: Place, *, is_copy: bool = False) -> None:
    """Create the database at a place, or upgrade an older one; see `upgrade.make_current`.

    A file that is a copy is neither checked nor backed up before; see `upgrade.migrate`. A new file needs no
    migrations.
    """
    if isinstance(place, Path) and inspect_file(place) in _NEW and create_new(place):
        return
    with SQL_LOADING:
        from followup_tui.store import upgrade  # Not at the top: Alembic takes a fifth of a second to load.

    if is_copy and isinstance(place, Path):
        upgrade.migrate(place)
    else:
        upgrade.make_current(place)
