"""What the playbook asks for, kept beside the applications: written with each change, read before the first paint.

Reading loads no SQLModel; writing happens where it is loaded anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from followup_tui.store.codec import moment_text

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection

    from followup_tui.domain.model.stage import Stage
    from followup_tui.domain.rules.action import Step

Outlook = tuple["Stage", int, "tuple[Step, ...]"]
"""An application's stage and number, and its steps from now on."""

FOR_GOOD = datetime.combine(date.max, time.max, UTC)
"""The `until_at` of a step that nothing follows."""

_FOR_GOOD = moment_text(FOR_GOOD)
_COLUMNS = (
    *("application_id", "place", "stage", "number", "from_at", "until_at", "action", "rank", "asks_on", "due_on"),
    *("is_missing", "is_held", "channel", "contact", "why"),
)
_FINGERPRINT, _AT, _BASKET = "outlook", "outlook_at", "basket"
# SQLite before 3.32 takes 999 variables in one statement.
_CHUNK = 900


def write_outlooks(connection: Connection, outlooks: Mapping[str, Outlook]) -> None:
    """Keeps the steps of some applications, by id, in place of those that were kept of them before."""
    forget_outlooks(connection, outlooks)
    rows = list(_rows(outlooks))
    if rows:
        # Past SQLAlchemy's own crossing, which takes as long again: there are three rows to an application.
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        marks = ", ".join(mark for _ in _COLUMNS)
        connection.exec_driver_sql(f"INSERT INTO outlook ({', '.join(_COLUMNS)}) VALUES ({marks})", rows)


def forget_outlooks(connection: Connection, ids: Iterable[str]) -> None:
    """Keeps nothing of these applications any more, as before one of them is deleted."""
    from sqlalchemy import delete

    outlook, ids = _table("outlook"), list(ids)
    for start in range(0, len(ids), _CHUNK):
        connection.execute(delete(outlook).where(outlook.c.application_id.in_(ids[start : start + _CHUNK])))


def write_fingerprint(connection: Connection, fingerprint: str, at: datetime, basket: str) -> None:
    """Notes under which rules all steps were made, from which moment on they hold, and the basket's rule."""
    from sqlalchemy import insert

    forget_fingerprint(connection)
    values = {_FINGERPRINT: fingerprint, _AT: moment_text(at), _BASKET: basket}
    connection.execute(insert(_table("kept")), [{"key": key, "value": value} for key, value in values.items()])


def forget_fingerprint(connection: Connection) -> None:
    """Notes that the steps can't be relied on: some of them were made by other rules, or not at all."""
    from sqlalchemy import delete

    kept = _table("kept")
    connection.execute(delete(kept).where(kept.c.key.in_((_FINGERPRINT, _AT, _BASKET))))


def read_fingerprint(connection: sqlite3.Connection) -> tuple[str, str] | None:
    """Under which rules the steps were made, and since when, as text; None where they can't be relied on."""
    found = dict(connection.execute("SELECT key, value FROM kept WHERE key IN (?, ?)", (_FINGERPRINT, _AT)))
    return (found[_FINGERPRINT], found[_AT]) if len(found) == 2 else None


def _rows(outlooks: Mapping[str, Outlook]) -> Iterator[tuple[Any, ...]]:
    """The values of `_COLUMNS`, as they are stored."""
    for id, (stage, number, steps) in outlooks.items():
        for place, step in enumerate(steps):
            yield (
                id,
                place,
                stage.value,
                number,
                moment_text(step.from_at),
                _FOR_GOOD if step.until_at is None else moment_text(step.until_at),
                step.action.value,
                step.action.rank,
                step.asks_on.isoformat(),
                step.due_on.isoformat(),
                step.is_missing,
                step.is_held,
                step.channel.value if step.channel else None,
                step.contact,
                step.why,
            )


def _table(name: str) -> Any:
    from followup_tui.store.tables import Base

    return Base.metadata.tables[name]
