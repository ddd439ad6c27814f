"""Read a file or a server alike: open it, SELECT also where a text is not valid UTF-8, and translate errors.

Other modules take a place, and SQL that is written as SQLite takes it. Before it is read, a database is brought
to the current schema; what that takes is loaded only if it isn't there. On a server each seeker shares their own
board with coaches, and stops sharing it.
"""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock

from followup_tui.store import connections
from followup_tui.store.connections import (
    SQL_LOADING,
    connect_to_read,
    connect_to_write,
    file_identity,
    is_undecodable_text,
    replace_undecodable,
)
from followup_tui.store.database_file import SCHEMA_VERSION, FileState, inspect_file, prepare_file, require_sound

TYPE_CHECKING = False  # as type checkers know it: importing `typing` takes longer than the rest of this module
if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from types import ModuleType
    from typing import Any, TypeVar

    from followup_tui.domain.model.errors import FollowupError
    from followup_tui.server_address import Place, ServerAddress
    from followup_tui.store.connections import FileIdentity
    from followup_tui.store.postgres import PostgresConnection

    Connection = sqlite3.Connection | PostgresConnection
    """A connection to a file or a server, which takes SQL that is written as SQLite takes it."""
    Rows = sqlite3.Cursor
    """The rows of a statement; a server's have the same methods."""
    Result = TypeVar("Result")


def inspect_place(place: Place) -> FileState:
    """Return what is at a place; `StoreTrouble` if it can't be reached or must not be opened."""
    if isinstance(place, Path):
        return inspect_file(place)
    found: FileState = server().inspect_server(place)
    return found


def connect(place: Place) -> Connection:
    """Open a connection that reads an existing file or a server."""
    if isinstance(place, Path):
        return connect_to_read(place)
    connection: Connection = server().connect_to_server(place)
    return connection


def is_in_wal(place: Place) -> bool:
    """Whether this is a file that another program has turned to WAL mode."""
    return isinstance(place, Path) and os.path.exists(place) and connections.is_in_wal(place)


def place_identity(place: Place, connection: Connection | None) -> FileIdentity | None:
    """Return which file is at a place, or which connection to a server this is; another one if that is lost."""
    if isinstance(place, Path):
        return file_identity(place)
    if connection is None or isinstance(connection, sqlite3.Connection):
        return 0, 0
    return connection.identity


def data_version(connection: Connection | None) -> int:
    """Return a number that changes whenever others have written."""
    if connection is None:
        return 0
    if isinstance(connection, sqlite3.Connection):
        return int(connection.execute("PRAGMA data_version").fetchone()[0])
    return connection.heard_version()


def translate_errors(place: Place, *kinds: type[Exception]) -> AbstractContextManager[None]:
    """Raise known errors of the database at a place as `FollowupError`; see `connections.translate_errors`."""
    if isinstance(place, Path):
        return connections.translate_errors(place, *kinds)
    translated: AbstractContextManager[None] = server().translate_server_errors(place, *kinds)
    return translated


def to_user_error(error: BaseException, place: Place) -> FollowupError | None:
    """Return the error to show for an exception on the database at a place, or None for a programming error."""
    if isinstance(place, Path):
        return connections.to_user_error(error, place)
    shown: FollowupError | None = server().to_server_error(error, place)
    return shown


def server() -> ModuleType:
    """Return the module of connections to servers."""
    # Not at the top: a file needs no driver of servers.
    from followup_tui.store import postgres

    return postgres


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


def bytes_if_undecodable(raw: bytes) -> str | bytes:
    """Decode a text, or return its bytes if they are not UTF-8: a value that no field accepts."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


ACCEPTED_HERE = "outcome = 'accepted' AND stage_at > created_at"
"""The applications of which `is_accepted_here` holds."""


def read_rows(
    connection: Connection,
    sql: str,
    values: Sequence[object],
    decode: Callable[[bytes], object],
    take: Callable[[Rows], Result],
) -> Result:
    """Return what `take` makes of the rows; again, with texts made by `decode`, if one is not UTF-8."""
    try:
        return take(connection.execute(sql, values))
    except sqlite3.OperationalError as error:
        if not is_undecodable_text(error):
            raise
    connection.text_factory = decode
    try:
        return take(connection.execute(sql, values))
    finally:
        connection.text_factory = str


def fetch_all(
    connection: Connection, sql: str, values: Sequence[object], decode: Callable[[bytes], object]
) -> list[Any]:
    """Return all rows; `decode` makes the texts if one of them is not UTF-8."""
    return read_rows(connection, sql, values, decode, _all_rows)


def _all_rows(rows: Rows) -> list[Any]:
    return rows.fetchall()


def fetch_all_with(
    connection: Connection, sql: str, values: Sequence[object], decode: Callable[[bytes], object]
) -> list[Any]:
    """Return all rows; `decode` makes every text."""
    connection.text_factory = decode
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.text_factory = str


class ReadConnection:
    """A connection that reads the file at a path, also after the file was replaced; any thread may use it.

    A file that is missing or empty reads as empty. Every method raises `StoreTrouble` if the file can't be read.
    """

    def __init__(self, path: Place) -> None:
        self.path = path
        self._lock = RLock()
        self._connection: Connection | None = None
        self._identity: FileIdentity | None = None
        self._seen: tuple[FileIdentity | None, int] | None = None

    def rows(
        self, sql: str, values: Sequence[object] = (), decode: Callable[[bytes], object] = replace_undecodable
    ) -> list[Any]:
        """Return all rows of a SELECT; `decode` makes the texts if one of them is not UTF-8."""
        # Always fetched to the end: an open cursor holds a lock that a writer waits for.
        with self.open() as connection:
            return [] if connection is None else fetch_all(connection, sql, values, decode)

    @contextmanager
    def open(self) -> Iterator[Connection | None]:
        """Lend the connection to the file that is at the path now, or None if there is nothing to read."""
        with self._lock, translate_errors(self.path):
            yield self._current()

    @contextmanager
    def snapshot(self) -> Iterator[Connection | None]:
        """Lend the connection for several SELECTs on one state of the file, or None without a file."""
        with self.open() as connection:
            if connection is None:
                yield None
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def changed(self) -> bool:
        """Whether the file was written or replaced since the last call, by this program's writer or any other.

        The first call compares with the first read. It takes a few microseconds.
        """
        with self.open() as connection:
            seen = (self._identity, data_version(connection))
            changed = self._seen is not None and seen != self._seen
            self._seen = seen
            return changed

    def close(self) -> None:
        """Close the file; the next read opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = self._identity = None

    def _current(self) -> Connection | None:
        identity = place_identity(self.path, self._connection)
        if self._connection is not None and not self._connection.in_transaction and is_in_wal(self.path):
            self.close()  # a connection to it keeps everybody from turning it back
        if self._connection is None or identity != self._identity:
            self.close()
            if _is_readable(self.path):
                self._connection = connect(self.path)
                self._identity = place_identity(self.path, self._connection)
        if self._seen is None:
            self._seen = (self._identity, data_version(self._connection))
        return self._connection


def _is_readable(path: Place) -> bool:
    """Whether there is something to read; an older file is upgraded first."""
    state = inspect_place(path)
    if state is FileState.OLDER:
        make_current(path)
    if state is FileState.CURRENT and isinstance(path, Path):
        require_sound(path)
    return state in (FileState.CURRENT, FileState.OLDER)


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Switch the collector off, which would walk many new values again and again and find nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


SHARED_BOARDS = "SELECT owner FROM coaching WHERE coach = current_user ORDER BY owner"
"""Whose boards are shared with the role that asks."""
COACHES = "SELECT coach FROM coaching WHERE owner = current_user ORDER BY coach"
"""With whom it shares its board."""
ROLE = "SELECT rolname = current_user FROM pg_catalog.pg_roles WHERE rolname = ? AND rolcanlogin"
"""Whether a role is the one that asks; no row if nobody can log in by that name."""
SHARE = "INSERT INTO coaching (coach) VALUES (?) ON CONFLICT DO NOTHING RETURNING coach"
"""Let a coach read the board; no row if they could before."""
# The counter tells windows that show the board.
STOP_SHARING = (
    "WITH told AS (UPDATE seeker SET changes = changes + 1 WHERE owner = current_user)"
    " DELETE FROM coaching WHERE owner = current_user AND coach = ? RETURNING coach"
)
"""Let a coach read the board no longer; no row if they couldn't."""


def column_at(address: ServerAddress, sql: str, *values: str) -> list[Any]:
    """Run a statement on a server, and return the only column of its rows."""
    with translate_errors(address), closing(connect(address)) as connection:
        return [value for (value,) in connection.execute(sql, values).fetchall()]
