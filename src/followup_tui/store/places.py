"""What differs between a file and a server: opening, inspecting, their errors, and that boards are shared.

All other modules take a place, and SQL that is written as SQLite takes it. On a server each seeker shares their
own board with coaches, and stops sharing it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from followup_tui.store import connections
from followup_tui.store.connections import connect_to_read, file_identity
from followup_tui.store.database_file import FileState, inspect_file

TYPE_CHECKING = False  # as type checkers know it: importing `typing` takes longer than the rest of this module
if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from types import ModuleType
    from typing import Any, Protocol

    from followup_tui.domain.model.errors import FollowupError
    from followup_tui.server_address import Place, ServerAddress
    from followup_tui.store.connections import FileIdentity

    class Rows(Protocol):
        """The rows of a statement."""

        def fetchone(self) -> Any:
            """Return the next row, or None."""

        def fetchall(self) -> list[Any]:
            """Return all rows."""

        def fetchmany(self, size: int, /) -> list[Any]:
            """Return some rows."""

        def __iter__(self) -> Any:
            """Yield the rows."""

        def close(self) -> None:
            """Free the rows."""

    class Connection(Protocol):
        """What a connection to a file and one to a server have in common: SQL is written as SQLite takes it."""

        text_factory: Any

        def execute(self, sql: str, values: Sequence[Any] = (), /) -> Rows:
            """Run a statement."""

        def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> Any:
            """Run a statement once for each row of values."""

        @property
        def in_transaction(self) -> bool:
            """Whether a transaction is open."""

        def close(self) -> None:
            """Close it, or keep it for the next who asks."""


def inspect_place(place: Place) -> FileState:
    """Return what is at a place; `StoreTrouble` if it can't be reached or must not be opened."""
    if isinstance(place, Path):
        return inspect_file(place)
    found: FileState = _server().inspect_server(place)
    return found


def connect(place: Place) -> Connection:
    """Open a connection that reads an existing file or a server."""
    if isinstance(place, Path):
        return connect_to_read(place)
    connection: Connection = _server().connect_to_server(place)
    return connection


def is_in_wal(place: Place) -> bool:
    """Whether this is a file that another program has turned to WAL mode."""
    return isinstance(place, Path) and os.path.exists(place) and connections.is_in_wal(place)


def place_identity(place: Place, connection: Connection | None) -> FileIdentity | None:
    """Return which file is at a place, or which connection to a server this is; another one if that is lost."""
    if isinstance(place, Path):
        return file_identity(place)
    server: Any = connection
    found: FileIdentity = server.identity if server is not None else (0, 0)
    return found


def data_version(connection: Connection | None) -> int:
    """Return a number that changes whenever others have written."""
    if connection is None:
        return 0
    if isinstance(connection, sqlite3.Connection):
        return int(connection.execute("PRAGMA data_version").fetchone()[0])
    server: Any = connection
    return int(server.heard_version())


def translate_errors(place: Place, *kinds: type[Exception]) -> AbstractContextManager[None]:
    """Raise known errors of the database at a place as `FollowupError`; see `connections.translate_errors`."""
    if isinstance(place, Path):
        return connections.translate_errors(place, *kinds)
    translated: AbstractContextManager[None] = _server().translate_server_errors(place, *kinds)
    return translated


def to_user_error(error: BaseException, place: Place) -> FollowupError | None:
    """Return the error to show for an exception on the database at a place, or None for a programming error."""
    if isinstance(place, Path):
        return connections.to_user_error(error, place)
    shown: FollowupError | None = _server().to_server_error(error, place)
    return shown


def _server() -> ModuleType:
    # Not at the top: a file needs no driver of servers.
    from followup_tui.store import postgres

    return postgres


_SEEKERS = "SELECT owner FROM coaching WHERE coach = current_user ORDER BY owner"
_COACHES = "SELECT coach FROM coaching WHERE owner = current_user ORDER BY coach"
_ROLE = "SELECT rolname = current_user FROM pg_catalog.pg_roles WHERE rolname = ? AND rolcanlogin"
_SHARE = "INSERT INTO coaching (coach) VALUES (?) ON CONFLICT DO NOTHING RETURNING coach"
# The counter tells windows that show the board.
_STOP = (
    "WITH told AS (UPDATE seeker SET changes = changes + 1 WHERE owner = current_user)"
    " DELETE FROM coaching WHERE owner = current_user AND coach = ? RETURNING coach"
)


def shared_boards(address: ServerAddress) -> list[str]:
    """Return whose boards are shared with the role of an address, in order of their names."""
    return [owner for (owner,) in _rows(address, _SEEKERS)]


def coaches(address: ServerAddress) -> list[str]:
    """Return with whom the role of an address shares its board, in order of their names."""
    return [coach for (coach,) in _rows(address, _COACHES)]


def own_role(address: ServerAddress, name: str) -> bool | None:
    """Return whether a role is the one of an address; None if nobody can log in by that name."""
    return next((is_own for (is_own,) in _rows(address, _ROLE, [name])), None)


def share_with(address: ServerAddress, coach: str) -> bool:
    """Let a coach read the board; whether they couldn't before."""
    return bool(_rows(address, _SHARE, [coach]))


def stop_sharing_with(address: ServerAddress, coach: str) -> bool:
    """Let a coach read the board no longer; whether they could before."""
    return bool(_rows(address, _STOP, [coach]))


def _rows(address: ServerAddress, sql: str, values: Sequence[str] = ()) -> list[Any]:
    with translate_errors(address), closing(connect(address)) as connection:
        return connection.execute(sql, values).fetchall()
