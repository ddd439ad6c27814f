"""Write edits of domain values, and full copies, through the session; a row only at the version it was read at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Delete, Update, bindparam, delete, insert, update
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from followup_tui.domain.model.change import Edit, FullCopy
from followup_tui.domain.model.details import ENTITIES, Entity
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.review import MarkState
from followup_tui.store.edit_lists import stored_list
from followup_tui.store.engine import plain_connection
from followup_tui.store.models import (
    MODELS,
    Base,
    EntityRow,
    IgnoredFindingRow,
    JournalRow,
    ReviewMarkRow,
    table_of,
    to_model,
)
from followup_tui.store.row_codec import TABLES, Stored, columns, decode_all, encode_row, field_values

# SQLite before 3.32 takes 999 variables in one statement.
_CHUNK = 900
# From this many rows on, one bulk statement is several times faster than a flush.
_BULK = 20
# More rows at once take memory and no less time.
_AT_ONCE = 5_000


def merge_edits(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Combine edits to at most one per row, from its first state to its last."""
    by_row: dict[tuple[type[Entity], str], Edit] = {}
    for edit in edits:
        key = (type(edit.row), edit.row.id)
        by_row[key] = Edit(by_row[key].before, edit.after) if key in by_row else edit
    return tuple(edit for edit in by_row.values() if edit.before is not None or edit.after is not None)


def write_edits(
    session: Session, edits: Sequence[Edit], encoded: dict[int, Sequence[Stored]] | None = None
) -> tuple[Edit, ...]:
    """Write edits, one per row, and return them with the rows' new versions.

    Raises SQLAlchemy's `StaleDataError` if a row is not at the version its edit starts from. Parents are written
    before children and deleted after them, in whatever order the edits are. The session is empty afterwards, so
    that the next edits are checked against the database again. `encoded` gets the values of many new rows by the
    `id` of each object.
    """
    encoded = {} if encoded is None else encoded
    written = tuple(_with_next_version(edit) for edit in edits)
    by_kind: dict[type[Entity], list[Edit]] = {kind: [] for kind in ENTITIES}
    for edit in written:
        by_kind[type(edit.row)].append(edit)
    for kind, of_kind in by_kind.items():
        _insert(session, kind, [edit.after for edit in of_kind if edit.after and not edit.before], encoded)
        _update(session, kind, [(edit.before, edit.after) for edit in of_kind if edit.before and edit.after])
    for kind, of_kind in reversed(by_kind.items()):
        _delete(session, kind, [edit.before for edit in of_kind if edit.before and not edit.after])
    session.expunge_all()
    return written


def load_rows(session: Session, kind: type[Entity], ids: Sequence[str]) -> list[Entity]:
    """Return the rows with these ids as they are now; ValueError or LookupError if one of them is damaged."""
    connection, table = plain_connection(session), f"SELECT {', '.join(columns(kind))} FROM {TABLES[kind]}"
    any_kind: Any = kind  # one of a union, which the checker can't tell apart
    found: list[Entity] = []
    for start in range(0, len(ids), _CHUNK):
        some = tuple(ids[start : start + _CHUNK])
        rows = connection.execute(f"{table} WHERE id IN ({', '.join('?' * len(some))})", some).fetchall()
        found += decode_all(any_kind, rows) if rows else []
    return found


def _with_next_version(edit: Edit) -> Edit:
    if edit.before is None or edit.after is None:
        return edit
    return Edit(edit.before, replace(edit.after, version=edit.before.version + 1))


def _insert(
    session: Session, kind: type[Entity], rows: Sequence[Entity], encoded: dict[int, Sequence[Stored]]
) -> None:
    if len(rows) < _BULK:
        session.add_all(to_model(row) for row in rows)
        _flush(session, rows)
    elif session.get_bind().dialect.name != "sqlite":
        session.exec(insert(table_of(MODELS[kind])), params=[field_values(row) for row in rows])
    else:
        names = columns(kind)
        # Text, as encoding by SQLAlchemy's types takes three times as long.
        statement = f"INSERT INTO {TABLES[kind]} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        connection = session.connection()
        for start in range(0, len(rows), _AT_ONCE):
            values = {id(row): tuple(encode_row(row)) for row in rows[start : start + _AT_ONCE]}
            encoded.update(values)
            connection.exec_driver_sql(statement, list(values.values()))


def _update(session: Session, kind: type[Entity], pairs: Sequence[tuple[Entity, Entity]]) -> None:
    if len(pairs) < _BULK:
        for before, after in pairs:
            model = _attach(session, before)
            old = field_values(before)
            for name, value in field_values(after).items():
                if value != old[name]:
                    setattr(model, name, value)
        _flush(session, pairs)
    else:
        new_values: dict[str, Any] = {name: bindparam(name) for name in columns(kind)}
        statement = update(table_of(MODELS[kind])).values(new_values)
        _run_checked(session, statement, [(before, field_values(after)) for before, after in pairs])


def _delete(session: Session, kind: type[Entity], rows: Sequence[Entity]) -> None:
    if len(rows) < _BULK:
        for row in rows:
            session.delete(_attach(session, row))
        _flush(session, rows)
    else:
        _run_checked(session, delete(table_of(MODELS[kind])), [(row, {}) for row in rows])


def _flush(session: Session, rows: Sequence[object]) -> None:
    # Even an empty flush takes a while.
    if rows:
        session.flush()


def _run_checked(
    session: Session, statement: Update | Delete, rows: Sequence[tuple[Entity, dict[str, Any]]]
) -> None:
    """Run a bulk statement with the version check that a flush makes; `rows` are rows as read and parameters."""
    table = statement.table
    checked = statement.where(table.c.id == bindparam("read_id"), table.c.version == bindparam("read_version"))
    parameters = [{**values, "read_id": row.id, "read_version": row.version} for row, values in rows]
    if session.exec(checked, params=parameters).rowcount != len(rows):
        raise StaleDataError


def _attach(session: Session, row: Entity) -> EntityRow:
    """Add a row to the session as if it had been loaded: the next flush compares its version with the database."""
    model = to_model(row)
    make_transient_to_detached(model)
    session.add(model)
    return model


def write_copy(session: Session, copy: FullCopy) -> None:
    """Insert everything, parents before children."""
    for kind, rows in copy.rows.items():
        _insert_all(session, MODELS[kind], [field_values(row) for row in rows])
    journal = [
        {
            "sequence": line.entry.sequence,
            "at": line.entry.at,
            "verb": line.entry.verb,
            "label": line.entry.label,
            "state": line.entry.state,
            "edits": stored_list(line.edits),
        }
        for line in copy.journal
    ]
    _insert_all(session, JournalRow, journal)
    _insert_all(session, IgnoredFindingRow, [{"key": each.key, "at": each.at} for each in copy.ignored])
    marks = [
        {
            "day": mark.day,
            "application_id": mark.application_id,
            "state": MarkState(mark.state),
            "at": mark.at,
            "asked": None if mark.asked is None else ActionKind(mark.asked),
            "sequence": mark.sequence,
        }
        for mark in copy.marks
    ]
    _insert_all(session, ReviewMarkRow, marks)


def _insert_all(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        session.exec(insert(table_of(model)), params=rows[start : start + _AT_ONCE])
