"""Drafts, letters that were sent, and what the proofreader was taught. Reading loads no SQLModel.

A draft is saved as it is typed, and beside the journal: there is one undo for sending or throwing it away, not one
for each second of writing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.letter import Letter
from followup_tui.store.codec import columns

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NAMES = ", ".join(columns(Letter))
SELECT_LETTERS = f"SELECT {_NAMES} FROM letter WHERE application_id = ? ORDER BY created_at, id"
"""The letters of one application, oldest first."""
SELECT_LETTER = f"SELECT {_NAMES} FROM letter WHERE id = ?"
SELECT_TAUGHT = "SELECT key FROM taught ORDER BY at, key"
SELECT_NAMES = (
    "SELECT application.id, company, role, coalesce(contact.name, '')"
    " FROM application LEFT JOIN contact ON contact.application_id = application.id"
)
"""Every employer, with each person known there: what could get into a letter to somebody else."""


def keep_letter(connection: Connection, letter: Letter) -> Letter | None:
    """Saves a draft as it is now and returns it with its new version; None where it was changed since it was read.

    One that is new has version 0 and no row yet.
    """
    from followup_tui.store.edits import Stale, write

    before = _current(connection, letter.id)
    if before is None and letter.version:
        return None
    if before is not None and (before.version != letter.version or before.sent_at is not None):
        return None
    try:
        (written,) = write(connection, [Edit(before, letter)])
    except Stale:
        return None
    return replace(letter, version=written.row.version)


def _current(connection: Connection, id: str) -> Letter | None:
    from followup_tui.store.edits import current_rows

    for row in current_rows(connection, Letter, [id]):
        assert isinstance(row, Letter)
        return row
    return None


def teach(connection: Connection, key: str, at: datetime) -> None:
    """Ignores a finding from now on."""
    from sqlalchemy.dialects.sqlite import insert

    connection.execute(insert(_taught()).values(key=key, at=at).on_conflict_do_nothing())


def unteach(connection: Connection, keys: Collection[str]) -> int:
    """Heeds findings again; returns how many of them had been ignored."""
    from sqlalchemy import delete

    table = _taught()
    return sum(connection.execute(delete(table).where(table.c.key == key)).rowcount for key in keys)


def _taught() -> Any:
    from followup_tui.store.tables import Base

    return Base.metadata.tables["taught"]
