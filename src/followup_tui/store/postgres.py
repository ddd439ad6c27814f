"""Connections to a PostgreSQL server that take the SQL which is written for files, and return what files hold.

Its errors become sentences for users; the driver's own messages are never shown: they may quote what was typed,
and where it connects to.
"""

from __future__ import annotations

import re
import select
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from threading import Lock
from typing import Any

import psycopg
from psycopg.adapt import Buffer, Loader
from psycopg.pq import TransactionStatus
from psycopg.types.string import TextLoader

from followup_tui.domain.model.errors import BadInput, Conflict, FollowupError, StoreTrouble
from followup_tui.server_address import ServerAddress
from followup_tui.store.connections import CANNOT_BE_SAVED, CONFLICT
from followup_tui.store.database_file import SCHEMA_VERSION, FileState
from followup_tui.store.row_codec import IS_MENTIONED, IS_MENTIONED_ON_SERVER

_NOT_SET_UP = (
    "{place} isn't set up for followup-tui: nothing was changed. Let the owner of that database open it once with"
    " followup-tui; docs/postgresql.md tells how."
)
# By the beginning of the SQLSTATE; the longest match counts.
_SENTENCES = {
    "28": "{place} refused the login: nothing was changed. Check the name and the password.",
    "3D": "There is no such database: {place}. Nothing was changed; create it, or check the address.",
    "08": "The connection to {place} was lost: nothing was saved. Try again; it reconnects by itself.",
    "57P": "The server ended the connection to {place}: nothing was saved. Try again in a moment.",
    "25P": "The server ended the connection to {place}: nothing was saved. Try again in a moment.",
    "25006": "{place} can only be read now: nothing was saved. Connect to the server that takes changes.",
    "42501": (
        "Your role may not do this at {place}: nothing was changed. Ask whoever runs the server; its"
        " set-up is in docs/postgresql.md."
    ),
    "42P01": _NOT_SET_UP,
    "3F000": _NOT_SET_UP,
    "53": "The server of {place} has run out of space or connections: nothing was saved. Try again in a moment.",
    "55P03": (
        "Another window has been writing to your board at {place} for five seconds: nothing was saved."
        " Close it, or wait a moment, and try again."
    ),
    "57014": "The server stopped this, as it took too long: nothing was saved. Try again in a moment.",
    "40": "Another program wrote to {place} at the same moment: nothing was saved. Try again.",
    "58": "The disk of the server of {place} reported an error: nothing was saved. Tell whoever runs it.",
    "XX": "The server of {place} reported an error of its own: nothing was saved. Tell whoever runs it.",
}
# What the driver says where there is no connection yet, and so no SQLSTATE.
_WORDS = {
    "password authentication failed": "28",
    "no password supplied": "28",
    "no pg_hba.conf entry": "28",
    "role": "28",
    "database": "3D",
    "too many": "53",
    "remaining connection slots": "53",
    "starting up": "57P",
    "shutting down": "57P",
}
_UNREACHABLE = (
    "The server of {place} can't be reached: nothing was changed. Check the connection and the address, and try"
    " again; an open board reconnects by itself."
)


@contextmanager
def translate_server_errors(place: ServerAddress, *kinds: type[Exception]) -> Iterator[None]:
    """Raise known errors of a server as `FollowupError`; `kinds` are more types, which have those as `orig`."""
    known: tuple[type[Exception], ...] = (psycopg.Error, OSError, UnicodeEncodeError, *kinds)
    try:
        yield
    except known as error:
        user_error = to_server_error(error, place)
        if user_error is None:
            raise
        raise user_error from None  # the driver's message may contain private text


def to_server_error(error: BaseException, place: ServerAddress) -> FollowupError | None:
    """Return the error to show for an exception of the driver, or None for a programming error."""
    error = getattr(error, "orig", None) or error
    if isinstance(error, OSError):
        return StoreTrouble(_UNREACHABLE.format(place=place))
    if isinstance(error, (UnicodeEncodeError, psycopg.DataError)):
        return BadInput(CANNOT_BE_SAVED)
    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate or ""
    if state.startswith("23"):
        return Conflict(CONFLICT)
    prefix = max((key for key in _SENTENCES if state.startswith(key)), key=len, default=None)
    if prefix is not None:
        return StoreTrouble(_SENTENCES[prefix].format(place=place))
    if not state and isinstance(error, psycopg.OperationalError):
        return StoreTrouble(_without_state(str(error)).format(place=place))
    return None


def _without_state(message: str) -> str:
    """Return the sentence for what went wrong before the server could name it, or with the line."""
    if "FATAL" in message or "password" in message:
        return next((_SENTENCES[key] for words, key in _WORDS.items() if words in message), _UNREACHABLE)
    is_lost = any(
        words in message for words in ("closed", "lost", "terminat", "consuming input", "timeout expired")
    )
    is_new = "connection failed" in message or "failed to resolve" in message
    return _SENTENCES["08"] if is_lost and not is_new else _UNREACHABLE


SCHEMA = "followup"
"""The schema that all our tables are in."""
DriverError = psycopg.Error

# The line is given up after some 15 seconds without an answer, and a transaction that a sleeping laptop has left
# open after five minutes: others wait for it.
_CONNECTING: dict[str, Any] = {
    "application_name": "followup-tui",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
_SESSION = (
    f"SET search_path = {SCHEMA}; SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET client_min_messages = error;"
    " SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '5min'"
)
_ABOUT = (
    f"SELECT to_regclass('{SCHEMA}.alembic_version') IS NOT NULL, rolsuper OR rolbypassrls, rolname"
    " FROM pg_catalog.pg_roles WHERE rolname = current_user"
)
_STATEMENTS = {
    "BEGIN": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    # The counter that every transaction of the seeker raises, see `postgres_schema`.
    "PRAGMA data_version": "SELECT coalesce(max(changes), 0) FROM seeker",
}
"""Whole statements that PostgreSQL calls differently."""
_EXPRESSIONS = {
    IS_MENTIONED.format("?1"): IS_MENTIONED_ON_SERVER.format("?"),
    "typeof(edits) = 'blob' OR json_valid(edits)": "TRUE",  # the table takes nothing else
}
"""Parts of statements that PostgreSQL calls differently."""
_INDEX = re.compile(r" INDEXED BY \w+")  # PostgreSQL chooses its indices itself
_BYTES = re.compile(r"CAST\((\w+) AS BLOB\)")
_TRUTH = re.compile(r"\b(applied_only|is_held|is_missing|time_known) = ([01])")
_VALUE = re.compile(r"\?\d*")

_serials = count(1)
_gate = Lock()
_idle: dict[str, list[PostgresConnection]] = {}
"""Open connections that nobody uses, by address: opening one takes longer than all that a command asks of it."""


class _MomentLoader(Loader):
    """Reads a moment as the text that `row_codec.format_moment` writes."""

    def load(self, data: Buffer) -> str:
        """Return "2026-11-22T09:00:00.000000+00:00" for "2026-11-22 09:00:00+00"."""
        text = bytes(data).decode()
        seconds, _, fraction = text[11:-3].partition(".")
        return f"{text[:10]}T{seconds}.{fraction:0<6}+00:00"


class PostgresConnection:
    """A connection to a server that is used like one to a file."""

    def __init__(self, raw: psycopg.Connection[Any], url: str = "") -> None:
        """`url` is where it is kept once it is closed; without one it belongs to somebody else."""
        self._raw = raw
        self._url = url
        self._version: int | None = None
        self._was_notified = False
        self.text_factory: Any = str
        self._address: ServerAddress | None = None
        self.schema: int | None = None
        self.serial = next(_serials)
        if url:
            raw.add_notify_handler(self._on_notify)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self._raw.info.transaction_status is not TransactionStatus.IDLE

    @property
    def is_alive(self) -> bool:
        """Whether the server hasn't ended it, as far as this side knows; asks nobody."""
        line = self._raw.pgconn
        try:
            while not self._raw.closed and _has_input(self._raw.fileno()):
                line.consume_input()
        except DriverError:
            return False
        while line.notifies():
            self._was_notified = True
        return not self._raw.closed

    @property
    def identity(self) -> tuple[int, int]:
        """What tells it from any other connection; (0, 0) if it is lost."""
        return (0, self.serial if self.is_alive else 0)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run a statement that is written as SQLite takes it."""
        if sql == "BEGIN" and self._was_notified:
            self._require_board()  # else its rows would seem to be deleted
        cursor = self._raw.cursor()
        if self.text_factory is not str:
            cursor.row_factory = lambda _: self._decoded_row
        return cursor.execute(_in_postgres(sql), values)

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each row of values."""
        with self._raw.cursor() as cursor:
            cursor.executemany(_in_postgres(sql), rows)

    def heard_version(self) -> int:
        """Return the counter of the seeker's changes; asked for only after the server has told of one."""
        if self._version is not None and self.is_alive and not self._was_notified:
            return self._version
        self._require_board()
        if self._version is None:
            self._raw.execute(f"LISTEN {SCHEMA}_{self._value('SELECT md5(viewed_seeker())')}".encode())
        self._was_notified = False
        self._version = version = int(self._value("PRAGMA data_version"))
        return version

    def look_at(self, address: ServerAddress) -> None:
        """Read the board of an address from now on; `StoreTrouble` if it isn't shared, or no longer."""
        if address.seeker != (self._address.seeker if self._address else ""):
            if self._version is not None:
                self._raw.execute("UNLISTEN *")
                self._version = None
            self._raw.execute("SELECT set_config('followup.seeker', %s, false)", (address.seeker,))
        self._address = address
        self._require_board()

    def _require_board(self) -> None:
        address = self._address
        if address is None or not address.seeker:
            return
        if self._raw.execute("SELECT viewed_seeker()").fetchone() == (None,):
            raise StoreTrouble(
                f"No board is shared with you under this name: {address}. Nothing was read; check the name, or ask"
                " them to run `followup-tui share` with yours."
            )

    def close(self) -> None:
        """Keep the connection for the next who asks, if it is in order."""
        self.text_factory = str
        if self._url and self.is_alive:
            if self.in_transaction:
                self._raw.rollback()
            with _gate:
                _idle.setdefault(self._url, []).append(self)
        else:
            self._raw.close()

    def _on_notify(self, notice: psycopg.Notify) -> None:
        self._was_notified = True

    def _value(self, sql: str) -> Any:
        return self.execute(sql).fetchall()[0][0]

    def _decoded_row(self, values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(self.text_factory(value.encode()) if isinstance(value, str) else value for value in values)


def _has_input(line: int) -> bool:
    """Whether something has come in that was not read yet; the end of the line counts as something."""
    poll = select.poll()
    poll.register(line, select.POLLIN)
    return bool(poll.poll(0))


@lru_cache(maxsize=256)
def _in_postgres(sql: str) -> bytes:
    sql = _STATEMENTS.get(sql, sql)
    for ours, theirs in _EXPRESSIONS.items():
        sql = sql.replace(ours, theirs)
    sql = _TRUTH.sub(lambda match: f"{match[1]} = {match[2] == '1'}", sql)
    sql = _BYTES.sub(r"convert_to(CAST(\1 AS text), 'UTF8')", _INDEX.sub("", sql))
    return _VALUE.sub("%s", sql.replace("%", "%%")).encode()


def connect_to_server(address: ServerAddress) -> PostgresConnection:
    """Return a connection that reads, an idle one if there is one; close it afterwards."""
    connection = _idle_connection(address.url)
    if connection is None:
        connection = PostgresConnection(open_connection(address), address.url)
    try:
        connection.look_at(address)
    except BaseException:
        connection._raw.close()
        raise
    return connection


def _idle_connection(url: str) -> PostgresConnection | None:
    while True:
        with _gate:
            idle = _idle.get(url, [])
            if not idle:
                return None
            connection = idle.pop()
        if connection.is_alive:
            return connection


def open_connection(address: ServerAddress, *, autocommit: bool = True) -> psycopg.Connection[Any]:
    """Open a connection of the driver; `StoreTrouble` if the role must not work here."""
    raw = psycopg.connect(address.url, autocommit=True, **_CONNECTING)
    try:
        raw.execute(_SESSION)
        raw.adapters.register_loader("date", TextLoader)
        raw.adapters.register_loader("timestamptz", _MomentLoader)
        about = raw.execute(_ABOUT).fetchone()
        if about is not None and about[1]:
            raise StoreTrouble(
                f"The role {about[2]} may read everybody's rows at {address}, so it must not keep a board there:"
                " nothing was changed. Connect as one that is no superuser and doesn't bypass row-level security."
            )
        raw.autocommit = autocommit
    except BaseException:
        raw.close()
        raise
    return raw


def inspect_server(address: ServerAddress) -> FileState:
    """Return what is at an address; `StoreTrouble` if it can't be reached or must not be opened."""
    with translate_server_errors(address):
        connection = connect_to_server(address)
        try:
            version = _schema_version(connection)
        finally:
            connection.close()
    if version is None:
        return FileState.EMPTY
    if version > SCHEMA_VERSION:
        raise StoreTrouble(
            f"{address} was set up by a newer followup-tui (schema {version}, this one knows {SCHEMA_VERSION}): it"
            " was left untouched. Upgrade followup-tui, or name another database with --db."
        )
    return FileState.OLDER if version < SCHEMA_VERSION else FileState.CURRENT


def _schema_version(connection: PostgresConnection) -> int | None:
    if connection.schema == SCHEMA_VERSION:  # it doesn't go back
        return SCHEMA_VERSION
    if not connection.execute(_ABOUT).fetchall()[0][0]:
        return None
    connection.schema = int(connection.execute("SELECT version_num FROM alembic_version").fetchall()[0][0])
    return connection.schema
