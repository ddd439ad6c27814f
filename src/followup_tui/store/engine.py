"""The SQLAlchemy engine of one SQLite file; every transaction may write from its first statement."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from followup_tui.store.connections import connect_to_write


def create_file_engine(path: Path, *, foreign_keys: bool = True) -> Engine:
    """Return an engine with one connection to an existing file; every transaction begins with a write lock."""

    def connect() -> object:
        connection = connect_to_write(path)
        if not foreign_keys:
            connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    # hide_parameters: otherwise the message of an exception contains letters and salaries.
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # The driver's own transactions don't include DDL: a killed migration would remain half done.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
