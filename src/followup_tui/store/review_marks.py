"""Save the marks of each day's review: which applications were decided and skipped; `reader` reads them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from followup_tui.domain.views.review import Mark, MarkState
from followup_tui.store.models import ReviewMarkRow

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
