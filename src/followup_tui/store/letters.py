"""Save drafts, and which findings of the proofreader are ignored; `reader` reads them.

A draft is saved while it is typed and without the journal: undo takes back that it was sent or deleted, but not
every second of writing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.letter import Letter
from followup_tui.store.models import IgnoredFindingRow
from followup_tui.store.row_writer import load_rows, write_edits


def save_draft(session: Session, letter: Letter) -> Letter | None:
    """Save a draft and return it with its new version, or None if it was changed since it was read.

    A new draft has version 0 and no row yet.
    """
    before = next(iter(load_rows(session, Letter, [letter.id])), None)
    if before is None and letter.version:
        return None
    if isinstance(before, Letter) and (before.version != letter.version or before.sent_at is not None):
        return None
    try:
        (written,) = write_edits(session, [Edit(before, letter)])
    except StaleDataError:
        return None
    return replace(letter, version=written.row.version)


def ignore_finding(session: Session, key: str, at: datetime) -> None:
    """Ignore a finding from now on."""
    if session.get(IgnoredFindingRow, key) is None:
        session.add(IgnoredFindingRow(key=key, at=at))
        session.flush()
    session.expunge_all()


def stop_ignoring(session: Session, keys: Collection[str]) -> int:
    """Report findings again; return how many of them were ignored."""
    found = [row for key in dict.fromkeys(keys) if (row := session.get(IgnoredFindingRow, key)) is not None]
    for row in found:
        session.delete(row)
    session.flush()
    session.expunge_all()
    return len(found)
