"""The SQLAlchemy engine of one SQLite file; every transaction may write from its first statement."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from random import random
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool

from followup_tui.store import connections
from followup_tui.store.connections import connect_to_write

_POLL_SECONDS = 0.01
_MORE_PATIENCE = 6
"""How much longer to wait while others commit: then nobody hangs, and a turn comes."""


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
