"""What differs between a file and a server: opening, inspecting, and their errors.

All other modules take a place, and SQL that is written as SQLite takes it.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from followup_tui.store import connections, sqlite_errors
from followup_tui.store.connections import connect_to_read, file_identity
from followup_tui.store.database_file import FileState, inspect_file

TYPE_CHECKING = False  # as type checkers know it: importing `typing` takes longer than the rest of this module
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
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
    inspect_server, _ = _server()
    return inspect_server(place)


def connect(place: Place) -> Connection:
    """Open a connection that reads an existing file or a server."""
    if isinstance(place, Path):
        return connect_to_read(place)
    _, connect_to_server = _server()
    return connect_to_server(place)


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
    """Raise known errors of the database at a place as `FollowupError`; see `sqlite_errors.translate_errors`."""
    if isinstance(place, Path):
        return sqlite_errors.translate_errors(place, *kinds)
    translate_server_errors, _ = _server_errors()
    return translate_server_errors(place, *kinds)


def to_user_error(error: BaseException, place: Place) -> FollowupError | None:
    """Return the error to show for an exception on the database at a place, or None for a programming error."""
    if isinstance(place, Path):
        return sqlite_errors.to_user_error(error, place)
    _, to_server_error = _server_errors()
    return to_server_error(error, place)


def _server() -> tuple[Callable[[ServerAddress], FileState], Callable[[ServerAddress], Connection]]:
    # Not at the top: a file needs no driver of servers.
    from followup_tui.store.postgres import connect_to_server, inspect_server

    return inspect_server, connect_to_server


def _server_errors() -> tuple[
    Callable[..., AbstractContextManager[None]], Callable[[BaseException, ServerAddress], FollowupError | None]
]:
    # Not at the top, as above.
    from followup_tui.store.postgres_errors import to_server_error, translate_server_errors

    return translate_server_errors, to_server_error
