"""Read all that a database holds at one moment, as records of plain values, fast enough for 100,000 touches."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from functools import partial
from itertools import groupby
from operator import attrgetter
from types import NoneType
from typing import TYPE_CHECKING, Any

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.details import ApplicationDetails, Entity
from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.domain.model.touch import Letter
from followup_tui.store.connections import is_undecodable_text
from followup_tui.store.details_query import PARTS
from followup_tui.store.row_codec import (
    TABLES,
    DamagedRow,
    FieldCodec,
    columns,
    decode_all,
    field_codecs,
    format_moment,
    joined_lists,
    parse_int,
    parse_moment,
)
from followup_tui.store.sql import ReadConnection, bytes_if_undecodable, fetch_all

if TYPE_CHECKING:
    from followup_tui.server_address import Place
    from followup_tui.store.sql import Connection

Record = dict[str, Any]
"""A row by column, without empty values: text, whole numbers, true or false, and tags as a list.
Moments are ISO 8601 in UTC, as they are stored."""

_CHUNK = 1_000
"""Rows that are read at once."""
_ORDER: Mapping[type[Entity], str] = {
    Application: "number, id",
    # By the application first, of which there is an index: to sort all touches takes longer than to read them.
    **{kind: f"application_id, {order}" for kind, (_, order) in PARTS.items()},
    Letter: "created_at, id",
}
_TABLES = (*TABLES.values(), "journal", "taught", "review_mark")
_JOURNAL = (
    "SELECT sequence, at, verb, label, state, edits, typeof(edits) = 'blob' OR json_valid(edits) FROM journal"
    " ORDER BY sequence"
)
_IGNORED = "SELECT key, at FROM taught ORDER BY at, key"
_MARKS = "SELECT day, application_id, state, at, asked, sequence FROM review_mark ORDER BY turn"
_PLAIN_TYPES = {str, int, NoneType}


@contextmanager
def export_snapshot(path: Place) -> Iterator[ExportSnapshot]:
    """Read one state of a database; a writer waits meanwhile, so write the export out afterwards.

    `StoreTrouble` if a row can't be read.
    """
    with closing(ReadConnection(path)) as file, file.snapshot() as connection:
        yield ExportSnapshot(connection, path)


def is_blank(path: Place) -> bool:
    """Whether a database has nothing in it: no application, no journal, no letter and nothing that was ignored."""
    with closing(ReadConnection(path)) as file, file.snapshot() as connection:
        return connection is None or not any(
            connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in _TABLES
        )


class ExportSnapshot:
    """One state of a database; a file that is missing or empty has no records."""

    def __init__(self, connection: Connection | None, path: Place) -> None:
        self._connection = connection
        self._path = path

    def chunks(self, kind: type[Entity]) -> Iterator[list[Record]]:
        """Yield the records of a table, oldest first for each application, some at a time."""
        names, checks = columns(kind), _stored_checks(kind)
        for chunk in self._chunks(kind):
            try:
                values = _converted(chunk, names, checks)
            except DamagedRow as damage:
                raise self._trouble(TABLES[kind], damage.field) from None
            yield [
                {name: value for name, value in zip(names, row, strict=True) if value is not None and value != ""}
                for row in values
            ]

    def applications(self, parts: Collection[type[Entity]]) -> list[ApplicationDetails]:
        """Return all applications by number, with these kinds of rows."""
        parts_by_id: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        for kind in parts:
            part, _ = PARTS[kind]
            for id, rows in groupby(self._entities(kind), attrgetter("application_id")):
                parts_by_id[id][part] = tuple(rows)
        return [
            ApplicationDetails(application=application, **parts_by_id[application.id])
            for application in self._entities(Application)
        ]

    def newest_sequence(self) -> int:
        """Return the number of the newest journal line; 0 if there is none."""
        rows = self._rows("SELECT max(sequence) FROM journal")
        return int(rows[0][0] or 0) if rows else 0

    def _entities(self, kind: Any) -> Iterator[Any]:
        for chunk in self._chunks(kind):
            try:
                yield from decode_all(kind, chunk)
            except DamagedRow as damage:
                raise self._trouble(TABLES[kind], damage.field) from None

    def _chunks(self, kind: type[Entity]) -> Iterator[list[Any]]:
        """Yield the rows of a table in their order, few enough at once to stay in the processor's cache."""
        sql = f"SELECT {', '.join(columns(kind))} FROM {TABLES[kind]} ORDER BY {_ORDER[kind]}"
        if self._connection is None:
            return
        try:
            with closing(self._connection.execute(sql)) as cursor:
                while chunk := cursor.fetchmany(_CHUNK):
                    yield chunk
        except sqlite3.OperationalError as error:
            if not is_undecodable_text(error):
                raise
            # Once more from the start, with bytes where a text is no UTF-8, so that the field can be named.
            yield self._rows(sql)

    def journal(self) -> list[tuple[Record, str]]:
        """Return the journal, oldest line first: each line's record, and its edits as JSON text."""
        lines = []
        for sequence, at, verb, label, state, edits, is_valid in self._rows(_JOURNAL):
            if not is_valid or not all(isinstance(text, str) for text in (at, verb, label, state)):
                raise self._trouble("journal", "edits")
            line = {"sequence": sequence, "at": at, "verb": verb, "label": label, "state": state}
            try:
                lines.append((line, joined_lists(edits)))
            except ValueError:
                raise self._trouble("journal", "edits") from None
        return lines

    def ignored_findings(self) -> list[Record]:
        """Return the ignored findings of the proofreader, oldest first."""
        return [{"key": key, "at": at} for key, at in self._plain_rows("taught", _IGNORED)]

    def review_marks(self) -> list[Record]:
        """Return the marks of the daily reviews, oldest first."""
        names = ("day", "application_id", "state", "at", "asked", "sequence")
        return [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in self._plain_rows("review_mark", _MARKS)
        ]

    def _plain_rows(self, table: str, sql: str) -> list[Any]:
        """Return rows of text and whole numbers; `StoreTrouble` if there is anything else."""
        rows = self._rows(sql)
        if any(type(value) not in _PLAIN_TYPES for row in rows for value in row):
            raise self._trouble(table, "text")
        return rows

    def _rows(self, sql: str) -> list[Any]:
        return [] if self._connection is None else fetch_all(self._connection, sql, (), bytes_if_undecodable)

    def _trouble(self, table: str, field: str) -> StoreTrouble:
        return StoreTrouble(
            f"The {field} in a row of the table {table} in {self._path} can't be read: nothing was exported and"
            " the row was left as it is. `followup-tui check --repair` sets it aside and keeps the rest."
        )


def _converted(
    rows: Sequence[Sequence[Any]], names: Sequence[str], checks: Mapping[str, Callable[[Any], Any]]
) -> Sequence[Sequence[Any]]:
    """Return rows with what their fields make of the values; `DamagedRow` if one of them can't be read."""
    values = list(zip(*rows, strict=True))
    is_changed = False
    for position, name in enumerate(names):
        column = values[position]
        try:
            if name not in checks:
                if not set(map(type, column)) <= _PLAIN_TYPES:
                    raise DamagedRow(name)
                continue
            check = checks[name]
            made = {value: new for value in set(column) if (new := check(value)) is not value}
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedRow(name) from error
        if made:
            values[position] = tuple(made.get(value, value) for value in column)
            is_changed = True
    return list(zip(*values, strict=True)) if is_changed else rows


_MOMENT_LENGTH = len("2026-11-22T09:00:00.000000+00:00")


def _stored_checks(kind: type[Entity]) -> dict[str, Callable[[Any], Any]]:
    """Return for each column that isn't plain text how its stored value is checked."""
    return {
        name: partial(_checked, codec)
        for name, codec in field_codecs()[kind].items()
        if codec.encode is not None or codec.decode is parse_int
    }


def _checked(codec: FieldCodec, value: Any) -> Any:
    """Return a stored value as JSON has it: true or false for a boolean, a list for tags, else what is stored.

    ValueError, KeyError or TypeError if the field can't have it.
    """
    if (
        codec.decode is parse_moment
        and isinstance(value, str)
        and len(value) == _MOMENT_LENGTH
        and value.endswith("+00:00")
    ):
        datetime.fromisoformat(value)
        return value  # as nearly all moments are written
    decoded = codec.read(value)
    if isinstance(decoded, datetime):
        return format_moment(decoded)
    if isinstance(decoded, tuple):
        return list(decoded) or None
    if isinstance(decoded, date):
        return decoded.isoformat()
    return decoded if isinstance(decoded, bool) else value
