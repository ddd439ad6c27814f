"""Write a full copy into a database without any row, with the versions and the journal that it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from followup_tui.domain.model.full_copy import FullCopy
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.review import MarkState
from followup_tui.store.edit_lists import stored_list
from followup_tui.store.models import MODELS, Base, IgnoredFindingRow, JournalRow, ReviewMarkRow, table_of
from followup_tui.store.row_codec import field_values

_CHUNK = 10_000
"""Rows of one statement: more at once would take memory, and no less time."""


def write_copy(session: Session, copy: FullCopy) -> None:
    """Insert everything, parents before children."""
    for kind, rows in copy.rows.items():
        _insert(session, MODELS[kind], [field_values(row) for row in rows])
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
    _insert(session, JournalRow, journal)
    _insert(session, IgnoredFindingRow, [{"key": each.key, "at": each.at} for each in copy.ignored])
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
    _insert(session, ReviewMarkRow, marks)


def _insert(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(rows), _CHUNK):
        session.exec(insert(table_of(model)), params=rows[start : start + _CHUNK])
