"""Save what isn't in the journal: drafts, findings that are ignored, and the marks of each day's review.

Undo takes back that a letter was sent or deleted, but not every second of writing it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, col, func, select

from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.letter import Letter
from followup_tui.domain.views.review import Mark, MarkState
from followup_tui.store.models import IgnoredFindingRow, ReviewMarkRow
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


KEPT_FOR = timedelta(days=60)
"""How long the marks of a day are kept."""


# The session holds none of these rows.
_OPTIONS = {"synchronize_session": False}


def add_marks(session: Session, day: date, marks: Iterable[Mark]) -> None:
    """Add marks to a day's review, and delete those of long ago."""
    session.exec(delete(ReviewMarkRow).where(col(ReviewMarkRow.day) < day - KEPT_FOR), execution_options=_OPTIONS)
    session.add_all(
        ReviewMarkRow(
            day=day,
            application_id=mark.application_id,
            state=mark.state,
            at=mark.at,
            asked=mark.asked,
            sequence=mark.line or None,
        )
        for mark in marks
    )
    session.flush()
    session.expunge_all()


def delete_skips(session: Session, day: date, ids: Iterable[str]) -> None:
    """Delete the marks of applications that were skipped on a day; decisions stay."""
    skips = delete(ReviewMarkRow).where(
        col(ReviewMarkRow.day) == day, col(ReviewMarkRow.state) != MarkState.DECIDED
    )
    for id in ids:
        session.exec(skips.where(col(ReviewMarkRow.application_id) == id), execution_options=_OPTIONS)


def delete_last_mark(session: Session, day: date, id: str) -> None:
    """Delete the last mark of an application on a day."""
    last = select(func.max(ReviewMarkRow.turn)).where(ReviewMarkRow.day == day, ReviewMarkRow.application_id == id)
    one = delete(ReviewMarkRow).where(col(ReviewMarkRow.turn) == last.scalar_subquery())
    session.exec(one, execution_options=_OPTIONS)
