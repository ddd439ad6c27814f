"""Write edits of domain values through the session; a row is written only at the version it was read at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, col, select

from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.details import ENTITIES, Entity
from followup_tui.store.models import MODELS, EntityRow, to_model, to_value
from followup_tui.store.row_codec import field_values

# SQLite before 3.32 takes 999 variables in one statement.
_CHUNK = 900
# From here on one bulk statement is faster than the session's unit of work.
_BULK = 20


def merge_edits(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Combine edits to at most one per row, from its first state to its last."""
    by_row: dict[tuple[type[Entity], str], Edit] = {}
    for edit in edits:
        key = (type(edit.row), edit.row.id)
        by_row[key] = Edit(by_row[key].before, edit.after) if key in by_row else edit
    return tuple(edit for edit in by_row.values() if edit.before is not None or edit.after is not None)


def write_edits(session: Session, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Write edits, one per row, and return them with the rows' new versions.

    Raises SQLAlchemy's `StaleDataError` if a row is not at the version its edit starts from. Parents are written
    before children and deleted after them, in whatever order the edits are. The session is empty afterwards, so
    that the next edits are checked against the database again.
    """
    written = tuple(_with_next_version(edit) for edit in edits)
    for kind in ENTITIES:
        of_kind = [edit for edit in written if type(edit.row) is kind]
        _insert(session, kind, [edit.after for edit in of_kind if edit.after and not edit.before])
        _update(session, [(edit.before, edit.after) for edit in of_kind if edit.before and edit.after])
    for kind in reversed(ENTITIES):
        _delete(session, [edit.before for edit in written if type(edit.row) is kind and not edit.after])
    session.expunge_all()
    return written


def load_rows(session: Session, kind: type[Entity], ids: Sequence[str]) -> list[Entity]:
    """Return the rows with these ids as they are now; ValueError or LookupError if one of them is damaged."""
    model = MODELS[kind]
    return [
        to_value(kind, row)
        for start in range(0, len(ids), _CHUNK)
        for row in session.exec(select(model).where(col(model.id).in_(ids[start : start + _CHUNK])))
    ]


def _with_next_version(edit: Edit) -> Edit:
    if edit.before is None or edit.after is None:
        return edit
    return Edit(edit.before, replace(edit.after, version=edit.before.version + 1))


def _insert(session: Session, kind: type[Entity], rows: Sequence[Entity]) -> None:
    if len(rows) < _BULK:
        session.add_all(to_model(row) for row in rows)
        session.flush()
    else:
        options = {"render_nulls": True}
        session.exec(insert(MODELS[kind]), params=[field_values(row) for row in rows], execution_options=options)


def _update(session: Session, pairs: Sequence[tuple[Entity, Entity]]) -> None:
    for before, after in pairs:
        model = _attach(session, before)
        old = field_values(before)
        for name, value in field_values(after).items():
            if value != old[name]:
                setattr(model, name, value)
    session.flush()


def _delete(session: Session, rows: Iterable[Any]) -> None:
    for row in rows:
        session.delete(_attach(session, row))
    session.flush()


def _attach(session: Session, row: Entity) -> EntityRow:
    """Add a row to the session as if it had been loaded: the next flush compares its version with the database."""
    model = to_model(row)
    make_transient_to_detached(model)
    session.add(model)
    return model
