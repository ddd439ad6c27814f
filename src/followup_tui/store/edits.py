"""Edits as statements: rows go in, over and out in bulk, each only at the version it was read at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.details import ENTITIES, Entity
from followup_tui.store.codec import TABLES, columns, values
from followup_tui.store.tables import Base

# SQLite before 3.32 takes 999 variables in one statement.
_CHUNK = 900


class Stale(Exception):
    """A row is not, or no longer, at the version an edit starts from."""


def merged(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """At most one edit per row, from how the row was first to how it is last."""
    by_row: dict[tuple[type[Entity], str], Edit] = {}
    for edit in edits:
        key = (type(edit.row), edit.row.id)
        by_row[key] = Edit(by_row[key].before, edit.after) if key in by_row else edit
    return tuple(edit for edit in by_row.values() if edit.before is not None or edit.after is not None)


def write(connection: Connection, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Writes edits, one per row, and returns them with the versions they left; `Stale` where a row was changed.

    Rows go in parents first and out children first, whatever the order of the edits.
    """
    written = [_counted(edit) for edit in edits]
    for kind in ENTITIES:
        _insert(connection, kind, [e.after for e in written if e.before is None and type(e.after) is kind])
    for kind in ENTITIES:
        pairs = [(e.before, e.after) for e in written if type(e.before) is kind]
        _update(connection, kind, [(before, after) for before, after in pairs if before and after])
    for kind in reversed(ENTITIES):
        _delete(connection, kind, [e.before for e in written if e.after is None and type(e.before) is kind])
    return tuple(written)


def current_rows(connection: Connection, kind: type[Entity], ids: Sequence[str]) -> list[Entity]:
    """The rows with these ids as they are now; ValueError or LookupError where one of them is damaged."""
    table, names = _table(kind), columns(kind)
    make: Any = kind
    wanted = select(*(table.c[name] for name in names))
    return [
        make(**dict(zip(names, row, strict=True)))
        for start in range(0, len(ids), _CHUNK)
        for row in connection.execute(wanted.where(table.c.id.in_(ids[start : start + _CHUNK])))
    ]


def _counted(edit: Edit) -> Edit:
    """The edit with the version that the row gets by it."""
    if edit.before is None or edit.after is None:
        return edit
    return Edit(edit.before, replace(edit.after, version=edit.before.version + 1))


def _insert(connection: Connection, kind: type[Entity], rows: Sequence[Entity | None]) -> None:
    if rows:
        connection.execute(insert(_table(kind)), [_values(row) for row in rows if row is not None])


def _update(connection: Connection, kind: type[Entity], pairs: Sequence[tuple[Entity, Entity]]) -> None:
    if not pairs:
        return
    table = _table(kind)
    statement = update(table).where(*_at_version(table)).values({name: bindparam(name) for name in columns(kind)})
    rows = [{**_values(after), **_place(before)} for before, after in pairs]
    if connection.execute(statement, rows).rowcount != len(rows):
        raise Stale


def _delete(connection: Connection, kind: type[Entity], rows: Sequence[Entity | None]) -> None:
    if rows:
        table = _table(kind)
        places = [_place(row) for row in rows if row is not None]
        if connection.execute(delete(table).where(*_at_version(table)), places).rowcount != len(places):
            raise Stale


def _at_version(table: Table) -> tuple[Any, Any]:
    return table.c.id == bindparam("the_id"), table.c.version == bindparam("the_version")


def _place(row: Entity) -> dict[str, Any]:
    return {"the_id": row.id, "the_version": row.version}


def _values(row: Entity) -> dict[str, Any]:
    return dict(zip(columns(type(row)), values(row), strict=True))


def _table(kind: type[Entity]) -> Table:
    return Base.metadata.tables[TABLES[kind]]
