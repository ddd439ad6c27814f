"""What SQLAlchemy is told of our databases: the engine of a file or a server, and the types of columns.

Every transaction may write from its first statement.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import random
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, Text, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool, StaticPool
from sqlalchemy.types import TypeDecorator, TypeEngine

from followup_tui.store import connections
from followup_tui.store.connections import connect_to_write
from followup_tui.store.row_codec import format_moment, joined_lists, parse_any_moment

if TYPE_CHECKING:
    from followup_tui.server_address import Place, ServerAddress

_POLL_SECONDS = 0.01
_MORE_PATIENCE = 6
"""How much longer to wait while others commit: then nobody hangs, and a turn comes."""


def create_place_engine(place: Place) -> Engine:
    """Return an engine with one connection to a file or a server; every transaction begins with a write lock."""
    if isinstance(place, Path):
        return create_file_engine(place)
    engine = create_server_engine(place)
    event.listen(engine, "begin", _begin_on_server)
    return engine


def create_server_engine(address: ServerAddress) -> Engine:
    """Return an engine with one connection to a server, made again if it was lost between two transactions."""
    # Not at the top: a file needs no driver of servers.
    from followup_tui.store.postgres import open_connection

    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: open_connection(address, autocommit=False),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=1,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def _begin_on_server(connection: Connection) -> None:
    """Lock the seeker's row, so that writers of one board follow one another, and count the change."""
    connection.info["transaction"] = connection.exec_driver_sql(
        "INSERT INTO seeker AS mine (owner) VALUES (current_user)"
        " ON CONFLICT (owner) DO UPDATE SET changes = mine.changes + 1 RETURNING pg_current_xact_id()::text"
    ).scalar()


def create_file_engine(path: Path, *, foreign_keys: bool = True) -> Engine:
    """Return an engine with one connection to an existing file; every transaction begins with a write lock."""

    def connect() -> object:
        connection = connect_to_write(path)
        if not foreign_keys:
            connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    # hide_parameters: otherwise the message of an exception contains letters and salaries.
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "begin", partial(_begin, path))
    return engine


def _begin(path: Path, connection: Connection) -> None:
    """Begin a transaction with a write lock; wait for it as long as a connection waits, and longer for a busy one.

    SQLite itself asks ever more rarely, and may never get a turn beside a program that writes all the time.
    """
    start, unchanged = monotonic(), _write_moment(path)
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                # The driver's own transactions don't include DDL: a killed migration would remain half done.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError as error:
                patience = connections.BUSY_SECONDS * (1 if _write_moment(path) == unchanged else _MORE_PATIENCE)
                if not _is_busy(error) or monotonic() - start > patience:
                    raise
                sleep(_POLL_SECONDS * random())
    finally:
        driver.execute(f"PRAGMA busy_timeout = {int(connections.BUSY_SECONDS * 1000)}")


def _write_moment(path: Path) -> int | None:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:  # it was moved; what that means is found when it is written
        return None


def _is_busy(error: OperationalError) -> bool:
    name: str = getattr(error.orig, "sqlite_errorname", "")
    return name.startswith("SQLITE_BUSY")


class UtcMoment(TypeDecorator[datetime]):
    """A moment in UTC: text of fixed width in SQLite, which sorts by time; a moment without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use text in SQLite, which has no type for moments."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return the moment as it is stored; ValueError if it has no time zone."""
        if value is None:
            return None
        text = format_moment(value)
        return text if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the stored moment in UTC."""
        if value is None:
            return None
        return parse_any_moment(value)  # of a server too: see `postgres`


class EditLists(TypeDecorator[str | bytes]):
    """The edits of a change, see `row_codec`: packed if they are long, which a server does by itself."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | bytes | None, dialect: Dialect) -> str | bytes | None:
        """Return the edits as they are stored."""
        return value if value is None or dialect.name == "sqlite" else joined_lists(value)


class Encoded(TypeDecorator[Any]):
    """A value that is stored as text; ValueError or KeyError for one that can't be."""

    impl = Text
    cache_ok = True

    def __init__(self, encode: Callable[[Any], Any], decode: Callable[[Any], Any]) -> None:
        super().__init__()
        self.encode, self.decode = encode, decode

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Return the value as it is stored."""
        return None if value is None else self.encode(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return the stored value."""
        return None if value is None else self.decode(value)
