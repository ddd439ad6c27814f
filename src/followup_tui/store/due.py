"""What is kept of the next steps, read in one SELECT: for a shell's prompt, which must not wait for more."""

from __future__ import annotations

from collections import namedtuple  # not typing's, which takes longer to load than a prompt should wait
from contextlib import closing
from pathlib import Path

from followup_tui.store.connections import connect_to_read
from followup_tui.store.faults import told
from followup_tui.store.fetching import fetched, readable
from followup_tui.store.opening import Condition, examine

_NEXT_STEPS = (
    "SELECT application.id, application.number, company, role, application.stage, action, outlook.rank, asks_on,"
    " due_on, is_missing, is_held, channel, contact, why"
    " FROM outlook JOIN application ON application.id = outlook.application_id"
    " WHERE outlook.from_at <= ? AND outlook.until_at > ? AND (outlook.asks_on <= ? OR ?)"
)


class NextStepRow(
    namedtuple(
        "NextStepRow",
        "id number company role stage action rank asks_on due_on is_missing is_held channel contact why",
    )
):
    """One kept step with its application, as it is stored: dates are ISO text, truth is 0 or 1."""

    __slots__ = ()
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
    is_held: int
    channel: str | None
    contact: str
    why: str


class Attention(namedtuple("Attention", "live newest_at newer touches companies")):
    """What the basket is reckoned from: how many applications are live, when the newest was added, how many
    since a moment, the touches since another by application, and the busiest one's company where it is live.
    """

    __slots__ = ()
    live: int
    newest_at: str | None
    newer: int
    touches: dict[str, int]
    companies: dict[str, str]


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


def kept_basket_rule(path: Path, fingerprint: str) -> str | None:
    """The basket's rule as it was kept under the rules in force; None where it wasn't."""
    if examine(path) is not Condition.CURRENT:
        return None
    with told(path), closing(connect_to_read(path)) as connection:
        kept = dict(connection.execute("SELECT key, value FROM kept").fetchall())
    return kept.get("basket") if kept.get("outlook") == fingerprint else None


def read_attention(path: Path, new_since: str, touched_since: str) -> Attention:
    """What the basket is reckoned from; moments as they are stored."""
    with told(path), closing(connect_to_read(path)) as connection:
        newest, newer, live = connection.execute(
            "SELECT max(created_at), sum(created_at >= ?), sum(stage <> 'moved_on') FROM application", (new_since,)
        ).fetchone()
        touches = fetched(connection, TOUCHES, (touched_since,), readable)
        busiest = max(touches, key=lambda one: one[1], default=("", 0))[0]
        companies = fetched(connection, _LIVE_COMPANY, (busiest,), readable)
    return Attention(live or 0, newest, newer or 0, dict(touches), dict(companies))


_LIVE_COMPANY = "SELECT id, company FROM application WHERE id = ? AND stage <> 'moved_on'"
TOUCHES = (
    "SELECT application_id, count(*) FROM touch WHERE at >= ? AND direction <> 'none' GROUP BY application_id"
)
"""How many touches each application had since a moment, notes to oneself left out."""
