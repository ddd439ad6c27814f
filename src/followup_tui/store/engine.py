"""The SQLAlchemy engine of one SQLite file, with transactions that are ours from the first statement on."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from followup_tui.store.connections import connect_to_write


def engine_on(path: Path, *, foreign_keys: bool = True) -> Engine:
    """An engine with one connection to an existing file; each transaction may write from its start."""

    def connect() -> object:
        connection = connect_to_write(path)
        if not foreign_keys:
            connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    # hide_parameters: else the text of an exception carries letters and salaries.
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # The driver's own transactions leave DDL out; a killed migration would stay half done.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
