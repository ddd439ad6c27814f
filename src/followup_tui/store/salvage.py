"""Read what can still be read of a damaged database, and mend rows that hold values their fields can't have."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import datetime
from itertools import count
from operator import attrgetter
from typing import Any, NamedTuple

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import EntryState
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ENTITIES, Entity
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.touch import Letter
from followup_tui.domain.views.review import MarkState
from followup_tui.store.database_file import rows_of_index
from followup_tui.store.row_codec import (
    TABLES,
    DamagedRow,
    columns,
    decode_named,
    encode_row,
    field_codecs,
    format_moment,
    load_edits,
    parse_moment,
)
from followup_tui.store.sql import bytes_if_undecodable

Raw = Mapping[str, object]
"""A row as SQLite returned it, by column; a text that is not UTF-8 is bytes."""

OTHER_TABLES = ("journal", "review_mark", "taught")
"""The tables besides those of the entities whose rows can't be computed again."""

_GAP = 100_000
"""How many row numbers are tried one by one where no index tells which there are."""
_MOMENTS = ("created_at", "stage_at", "at", "said_at", "made_at", "changed_at", "starts_at")
_STAND_INS: Mapping[str, object] = {
    "company": "(unreadable)",
    "role": "(unreadable)",
    "name": "",
    "zone": "UTC",
    "template": "",
    "number": 0,  # `_renumber` gives it a free one
}
"""What required fields get whose values can't be read."""
_KEYS = frozenset({"id", "application_id", "interview_id", "contact_id"})
"""Fields that refer to rows: another value in their place would be wrong."""


class SetAside(NamedTuple):
    """A row, or the values of one, that couldn't go on as they were, and why."""

    table: str
    rowid: int
    why: str
    row: Raw
    is_kept: bool
    """Whether the row is kept with other values in place of those."""

    def __str__(self) -> str:
        """As a person reads it: "row 3 of contact: created_at replaced"."""
        of = f"row {self.rowid} of {self.table}" if self.rowid else f"a row of {self.table}"
        return f"{of}: {self.why}"


@dataclass(slots=True)
class Salvaged:
    """The rows of a database that can go on, and those set aside.

    `short` are tables without rows that an index of theirs has, `lost` counts the rows of each table that can't be
    read, and `recovered` counts those of both that the journal had.
    """

    entities: dict[type[Entity], list[Entity]] = field(default_factory=dict)
    others: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    aside: list[SetAside] = field(default_factory=list)
    short: set[str] = field(default_factory=set)
    lost: dict[str, int] = field(default_factory=dict)
    recovered: dict[str, int] = field(default_factory=dict)


def salvage(connection: sqlite3.Connection, stand_in: datetime) -> Salvaged:
    """Read all rows, table by table; a moment that can't be read becomes another one of its row, or `stand_in`.

    Raises SQLite's error if not even the list of tables can be read.
    """
    connection.text_factory = bytes_if_undecodable
    salvaged = Salvaged()
    for kind in ENTITIES:
        rows = _table_rows(connection, TABLES[kind], salvaged)
        salvaged.entities[kind] = list(_mended(kind, rows, salvaged.aside, stand_in))
    for table in OTHER_TABLES:
        rows = _table_rows(connection, table, salvaged)
        readable = (row for rowid, row in rows if _is_readable_row(table, rowid, row, salvaged.aside))
        salvaged.others[table] = list(map(dict, readable))
    _recover(salvaged)
    _renumber(salvaged)
    _drop_orphans(salvaged)
    return salvaged


def _recover(salvaged: Salvaged) -> None:
    """Take rows of damaged tables from the journal, which has a copy of every row as each change left it."""
    latest: dict[tuple[type[Entity], str], Entity | None] = {}
    for line in sorted(salvaged.others["journal"], key=lambda line: int(str(line["sequence"]))):
        if line["state"] == EntryState.DONE:
            latest |= {(type(edit.row), edit.row.id): edit.after for edit in load_edits(_edits_of(line))}
    known = {(kind, row.id) for kind, rows in salvaged.entities.items() for row in rows}
    for (kind, id), row in latest.items():
        if row is not None and TABLES[kind] in salvaged.lost.keys() | salvaged.short and (kind, id) not in known:
            salvaged.entities[kind].append(row)
            salvaged.recovered[TABLES[kind]] = salvaged.recovered.get(TABLES[kind], 0) + 1


# Rows


def _table_rows(connection: sqlite3.Connection, table: str, salvaged: Salvaged) -> list[tuple[int, Raw]]:
    names = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
    if not names:
        return []
    rows, lost = read_rows(connection, table, names)
    if lost:
        salvaged.lost[table] = lost
    elif _indexed_rowids(connection, table) - {rowid for rowid, _ in rows}:
        salvaged.short.add(table)
    return [(rowid, dict(zip(names, row, strict=True))) for rowid, row in rows]


def read_rows(
    connection: sqlite3.Connection, table: str, names: Sequence[str]
) -> tuple[list[tuple[int, tuple[Any, ...]]], int]:
    """Return the rows of a table with their numbers, as many as can be read, and how many can't.

    Around a damaged page they are read from both ends, then one by one as far as an index knows of them.
    """
    sql = f"SELECT rowid, {', '.join(names)} FROM {table} NOT INDEXED"
    rows: dict[int, tuple[Any, ...]] = {}
    if not _read_into(rows, connection, f"{sql} ORDER BY rowid"):
        _read_into(rows, connection, f"{sql} ORDER BY rowid DESC")
        rowids = _indexed_rowids(connection, table) or _between(rows)
        for rowid in sorted(rowids - rows.keys()):
            _read_into(rows, connection, f"{sql} WHERE rowid = {rowid}")
        missing = len(rowids - rows.keys()) if _indexed_rowids(connection, table) else 0
        return sorted(rows.items()), missing or 1
    return sorted(rows.items()), 0


def _read_into(rows: dict[int, tuple[Any, ...]], connection: sqlite3.Connection, sql: str) -> bool:
    """Add the rows of a SELECT until its end, or until one can't be read; whether the end was reached."""
    try:
        for rowid, *row in connection.execute(sql):
            rows.setdefault(rowid, tuple(row))
    except sqlite3.DatabaseError:
        return False
    return True


def _indexed_rowids(connection: sqlite3.Connection, table: str) -> set[int]:
    """Return the row numbers that the indexes of a table know, as far as they can be read."""
    rows: dict[int, tuple[Any, ...]] = {}
    with suppress(sqlite3.DatabaseError):  # the list of indexes is in the first pages, which may be damaged
        for _, name, *_ in connection.execute(f"PRAGMA index_list({table})").fetchall():
            sql = rows_of_index(connection, table, name)
            for order in ("", " DESC"):
                _read_into(rows, connection, sql + order)
    return set(rows)


def _between(rows: Iterable[int]) -> set[int]:
    known = set(rows)
    return set(range(1, min(max(known, default=0), _GAP) + 1))


# Values


def _mended(
    kind: type[Entity], rows: Iterable[tuple[int, Raw]], aside: list[SetAside], stand_in: datetime
) -> Iterator[Entity]:
    """Yield the entities of the rows; what had to be replaced or left out goes to `aside`."""
    seen: set[str] = set()
    for rowid, row in rows:
        table = TABLES[kind]
        entity, bad = mend(kind, row, stand_in)
        if entity is None:
            aside.append(SetAside(table, rowid, f"{', '.join(bad)} can't be read", row, False))
        elif entity.id in seen:
            aside.append(SetAside(table, rowid, "another row has the same id", row, False))
        else:
            seen.add(entity.id)
            if bad:
                values = {name: row.get(name) for name in bad}
                aside.append(SetAside(table, rowid, f"{', '.join(bad)} replaced", values, True))
            yield entity


def _is_readable(kind: type[Entity], field: str, value: object) -> bool:
    """Whether a stored value is one that a field can have."""
    try:
        field_codecs()[kind][field].read(value)
    except (ValueError, KeyError):
        return False
    return True


def mend(kind: type[Entity], row: Raw, stand_in: datetime) -> tuple[Entity | None, tuple[str, ...]]:
    """Return the entity of a row, and its fields that can't be read.

    They get a stand-in or their default; None if they are keys, or have neither.
    """
    make: Callable[..., Any] = decode_named
    values = {name: row[name] for name in columns(kind) if name in row and _is_readable(kind, name, row[name])}
    bad = tuple(
        name for name in columns(kind) if name not in values and (name in row or name in _required_fields(kind))
    )
    for name in bad:
        value = _stand_in(kind, name, row, values, stand_in)
        if value is not None:
            values[name] = value
    if not _required_fields(kind) <= values.keys():
        return None, bad
    return make(kind, values), bad


def _required_fields(kind: type[Entity]) -> set[str]:
    """Return the fields that no row can do without: the keys, and what has no default."""
    has_default = {
        definition.name
        for definition in fields(kind)
        if definition.default is not MISSING or definition.default_factory is not MISSING
    }
    return {name for name in columns(kind) if name == "id" or name not in has_default}


def _stand_in(kind: type[Entity], name: str, row: Raw, values: Raw, stand_in: datetime) -> object:
    """Return what a field gets whose value can't be read; None for its default."""
    value = row.get(name)
    text = value.decode(errors="replace") if isinstance(value, bytes) else None
    if name in _KEYS:
        return None
    if text is not None and _is_readable(kind, name, text):
        return text
    if name in _MOMENTS and name in _required_fields(kind):
        return next((values[other] for other in _MOMENTS if values.get(other)), format_moment(stand_in))
    other = _STAND_INS.get(name)
    return other if _is_readable(kind, name, other) else None


def _renumber(salvaged: Salvaged) -> None:
    """Give every application a number of its own: those of the oldest stay."""
    applications = sorted(_applications(salvaged), key=attrgetter("created_at", "id"))
    free_numbers = count(max((application.number for application in applications), default=0) + 1)
    taken: set[int] = set()
    renumbered: list[Entity] = []
    for application in applications:
        if application.number <= 0 or application.number in taken:
            application = replace(application, number=next(free_numbers))
        taken.add(application.number)
        renumbered.append(application)
    salvaged.entities[Application] = renumbered


def _applications(salvaged: Salvaged) -> list[Application]:
    return [entity for entity in salvaged.entities[Application] if isinstance(entity, Application)]


def _drop_orphans(salvaged: Salvaged) -> None:
    """Leave out rows whose application is gone, and take references to other rows that are gone off a row."""
    ids = {kind: {entity.id for entity in rows} for kind, rows in salvaged.entities.items()}
    for kind in ENTITIES[1:]:
        kept: list[Entity] = []
        for entity in salvaged.entities[kind]:
            mended = _without_orphaned_keys(entity, ids)
            row = dict(zip(columns(kind), encode_row(entity), strict=True))
            if mended is None:
                salvaged.aside.append(SetAside(TABLES[kind], 0, "what it belongs to is gone", row, False))
                ids[kind].discard(entity.id)
                continue
            if mended != entity:
                salvaged.aside.append(SetAside(TABLES[kind], 0, "it referred to a row that is gone", row, True))
            kept.append(mended)
        salvaged.entities[kind] = kept


def _without_orphaned_keys(entity: Entity, ids: Mapping[type[Entity], set[str]]) -> Entity | None:
    if isinstance(entity, Letter):  # letters outlive the application, for when its creation is redone
        return entity
    if isinstance(entity, Application) or entity.application_id not in ids[Application]:
        return None
    for name, kind in (("contact_id", Contact), ("interview_id", Interview)):
        if getattr(entity, name, None) is not None and getattr(entity, name) not in ids[kind]:
            if isinstance(entity, Interviewer):
                return None
            without: dict[str, Any] = {name: None}
            entity = replace(entity, **without)
    return entity


def _edits_of(line: Mapping[str, object]) -> str | bytes:
    edits = line["edits"]
    return edits if isinstance(edits, bytes) else str(edits)


def _is_readable_row(table: str, rowid: int, row: Raw, aside: list[SetAside]) -> bool:
    """Whether a row of another table can be read; one that can't is set aside."""
    try:
        if table == "journal":
            load_edits(_edits_of(row))
            EntryState(str(row["state"]))
            parse_moment(row["at"])
        elif table == "review_mark":
            MarkState(str(row["state"]))
            parse_moment(row["at"])
        packed = {"edits"} if table == "journal" else set()
        is_readable_text = not any(isinstance(value, bytes) for name, value in row.items() if name not in packed)
    except (DamagedRow, ValueError):
        is_readable_text = False
    if not is_readable_text:
        aside.append(SetAside(table, rowid, "it can't be read", row, False))
    return is_readable_text
