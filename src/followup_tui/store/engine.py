"""What SQLAlchemy is told of our databases: the engine of a file or a server, and the types of columns.

Every transaction may write from its first statement.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from random import random
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Connection, DateTime, Dialect, Engine, Text, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool, StaticPool
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, Session

from followup_tui.store import connections
from followup_tui.store.connections import connect_to_write
from followup_tui.store.edit_lists import joined_lists
from followup_tui.store.row_codec import format_moment, format_tags, parse_any_moment, parse_tags

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
    """The edits of a change, see `edit_lists`: packed if they are long, which a server does by itself."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | bytes | None, dialect: Dialect) -> str | bytes | None:
        """Return the edits as they are stored."""
        return value if value is None or dialect.name == "sqlite" else joined_lists(value)


class EnumText(TypeDecorator[StrEnum]):
    """A member of an enum, stored as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind
        self._values = {member: member.value for member in kind}

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Return the member's value; KeyError if it is no member."""
        return None if value is None else self._values[value]

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Return the member; ValueError if the row holds something else."""
        return None if value is None else self.kind(value)


class TagList(TypeDecorator[tuple[str, ...]]):
    """A tuple of strings, stored as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Return the tags as JSON."""
        return None if value is None else format_tags(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Return the stored tags."""
        return None if value is None else parse_tags(value)


def text_field(default: str | None = None, **more: Any) -> Any:
    """Return a text field; without a default it is required."""
    if default is not None:
        more["default"] = default
    return Field(sa_type=Text, **more)


def enum_field(kind: type[StrEnum], **more: Any) -> Any:
    """Return a field that holds a member of an enum."""
    # SQLModel accepts an instance of a type, but its annotation asks for the class.
    sa_type: Any = EnumText(kind)
    return Field(sa_type=sa_type, **more)


def moment_field(**more: Any) -> Any:
    """Return a field that holds a moment in UTC."""
    return Field(sa_type=UtcMoment, **more)


def parent_field(column: str, **more: Any) -> Any:
    """Return an indexed field that refers to a column of another table."""
    return Field(sa_type=Text, foreign_key=column, index=True, **more)


def one_of(column: str, kind: type[StrEnum], name: str) -> CheckConstraint:
    """Return a constraint that a column holds the value of a member of an enum."""
    # Not IN: SQLite would build a table of the values for every inserted row, which doubles the time.
    return CheckConstraint(" OR ".join(f"{column} = '{member.value}'" for member in kind), name=name)
