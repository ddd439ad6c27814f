"""The marks of each day's review: what was decided, skipped and left. Reading loads no SQLModel.

A decision is tied to its line in the journal and counts only while that line is in force. So undo and redo take
its mark along, in whichever window and by whichever command they happen. A skip only notes behind which line it
came, which tells the order of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.review import Mark, MarkState
from followup_tui.store.codec import moment_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

KEPT = timedelta(days=60)
"""How long a day's marks are kept."""

SELECT_MARKS = (
    "SELECT application_id, review_mark.state, review_mark.at, asked, coalesce(review_mark.sequence, 0),"
    " CASE review_mark.state WHEN 'decided' THEN coalesce(label, '') ELSE '' END"
    " FROM review_mark LEFT JOIN journal ON journal.sequence = review_mark.sequence"
    " WHERE day = ? AND (review_mark.state <> 'decided' OR journal.state = 'done') ORDER BY turn"
)
"""The marks of a day that are in force, in the order in which they were made."""


def marks_of(rows: Iterable[Sequence[Any]]) -> Iterator[Mark]:
    """The marks of rows of `SELECT_MARKS`; one that can't be read is left out, so that it is asked about again."""
    for application_id, state, at, asked, line, deed in rows:
        try:
            wanted = ActionKind(asked) if asked else None
            mark = Mark(application_id, MarkState(state), moment_of(at), deed, wanted, line)
        except (TypeError, ValueError):
            continue
        yield mark


def write_marks(connection: Connection, day: date, marks: Iterable[Mark]) -> None:
    """Adds marks to a day's review; forgets those of long ago."""
    from sqlalchemy import delete, insert

    table = _table()
    connection.execute(delete(table).where(table.c.day < day - KEPT))
    rows = [
        {
            "day": day,
            "application_id": mark.application_id,
            "state": mark.state,
            "at": mark.at,
            "asked": mark.asked,
            "sequence": mark.line or None,
        }
        for mark in marks
    ]
    if rows:
        connection.execute(insert(table), rows)


def forget_skips(connection: Connection, day: date, ids: Iterable[str]) -> None:
    """Forgets that some applications were skipped on a day; what was decided on them stays."""
    from sqlalchemy import delete

    table = _table()
    skipped = delete(table).where(table.c.day == day, table.c.state != MarkState.DECIDED)
    for id in ids:
        connection.execute(skipped.where(table.c.application_id == id))


def forget_last(connection: Connection, day: date, id: str) -> None:
    """Forgets the last mark of an application on a day."""
    from sqlalchemy import delete, func, select

    table = _table()
    mine = select(func.max(table.c.turn)).where(table.c.day == day, table.c.application_id == id)
    connection.execute(delete(table).where(table.c.turn == mine.scalar_subquery()))


def _table() -> Any:
    from followup_tui.store.tables import Base

    return Base.metadata.tables["review_mark"]
