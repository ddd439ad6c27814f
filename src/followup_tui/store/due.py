"""What is kept of the next steps, read in one SELECT: for a shell's prompt, which must not wait for more."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from followup_tui.store.connections import connect_to_read
from followup_tui.store.faults import told
from followup_tui.store.fetching import fetched, readable
from followup_tui.store.opening import Condition, examine

_NEXT_STEPS = (
    "SELECT application.id, application.number, company, role, application.stage, action, outlook.rank, asks_on,"
    " due_on, is_missing, channel, contact, why"
    " FROM outlook JOIN application ON application.id = outlook.application_id"
    " WHERE outlook.from_at <= ? AND outlook.until_at > ? AND (outlook.asks_on <= ? OR ?)"
)


class NextStepRow(NamedTuple):
    """One kept step with its application, as it is stored: dates are ISO text."""

    id: str
    number: int
    company: str
    role: str
    stage: str
    action: str
    rank: int
    asks_on: str
    due_on: str
    is_missing: int
    channel: str | None
    contact: str
    why: str


def read_next_steps(
    path: Path, at: str, on: str, fingerprint: str, now: str, *, ahead: bool
) -> list[NextStepRow] | None:
    """The steps in force at a moment that ask by the day `on`, with `ahead` all; in no particular order.

    Moments and days as they are stored. None where they must be reckoned anew: the file is of an older schema,
    or they were kept under other rules or at a later moment than `now`. `StoreTrouble` where the file can't be
    read.
    """
    condition = examine(path)
    if condition in (Condition.MISSING, Condition.EMPTY):
        return []
    if condition is Condition.OLDER:
        return None
    with told(path), closing(connect_to_read(path)) as connection:
        kept = dict(connection.execute("SELECT key, value FROM kept").fetchall())
        if kept.get("outlook") != fingerprint or kept.get("outlook_at", "") > now:
            return None
        rows = fetched(connection, _NEXT_STEPS, (at, at, on, ahead), readable)
    return [NextStepRow(*row) for row in rows]
