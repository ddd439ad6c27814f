"""The SQLAlchemy engine of a SQLite file or a server; every transaction may write from its first statement."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from random import random
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool, StaticPool
from sqlmodel import Session

from followup_tui.store import connections
from followup_tui.store.connections import connect_to_write

if TYPE_CHECKING:
    from followup_tui.server_address import Place, ServerAddress
    from followup_tui.store.places import Connection as PlainConnection

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


def plain_connection(session: Session) -> PlainConnection:
    """Return the connection of a session's transaction for SQL that is written as SQLite takes it."""
    driver: Any = session.connection().connection.driver_connection
    if session.get_bind().dialect.name == "sqlite":
        found: PlainConnection = driver
        return found
    # Not at the top, as above.
    from followup_tui.store.postgres import PostgresConnection

    return PostgresConnection(driver)


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
