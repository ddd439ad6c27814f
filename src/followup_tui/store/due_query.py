"""Read the cached next steps in one SELECT, fast enough for a shell prompt."""

from __future__ import annotations

from collections import namedtuple  # not typing.NamedTuple: importing typing takes too long for a shell prompt
from contextlib import closing
from pathlib import Path

from followup_tui.store.connections import replace_undecodable
from followup_tui.store.database_file import FileState, require_sound
from followup_tui.store.sql import ACCEPTED_HERE, connect, fetch_all, inspect_place, translate_errors

TYPE_CHECKING = False  # as type checkers know it: importing `typing` takes too long for a shell prompt
if TYPE_CHECKING:
    from collections.abc import Sequence

    from followup_tui.server_address import Place

_DUE_ROWS = (
    "SELECT application.id, application.number, company, role, application.stage, action, outlook.rank, asks_on,"
    " due_on, is_missing, is_held, channel, contact, why, interview_on, interview_hour"
    " FROM outlook JOIN application ON application.id = outlook.application_id"
    " WHERE outlook.from_at <= ? AND outlook.until_at > ? AND (outlook.asks_on <= ? OR ?"
    " OR (action = 'answer_offer' AND ?))"
)


class DueRow(
    namedtuple(
        "DueRow",
        "id number company role stage action rank asks_on due_on is_missing is_held channel contact why"
        " interview_on interview_hour",
    )
):
    """A cached step with its application, as it is stored: dates are ISO text, booleans are 0 or 1."""

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
    interview_on: str | None
    interview_hour: str


class OpenApplication(namedtuple("OpenApplication", "id number company role stage")):
    """What an active application is named by."""

    __slots__ = ()
    id: str
    number: int
    company: str
    role: str
    stage: str


class AttentionCounts(
    namedtuple(
        "AttentionCounts",
        "live newest_at new touches companies applied offers untold interviews accepted to_withdraw open",
    )
):
    """The numbers for the basket, as they are stored: `live` counts active applications, `new` those added since a
    moment, `newest_at` is when the last one was added, and `applied` counts those only applied for, which aren't
    active. `touches` counts the user's own contacts since another moment by application; `companies` names the
    busiest of these if it is active.

    `offers` are those that wait for an answer, each with its day if one is known; `untold` counts who is to be
    told of them; `interviews` are the booked ones of the other active applications, with day and hour. `accepted`
    is the company whose offer was accepted after all were added, else empty, and `to_withdraw` how many ask to
    withdraw. `open` are all active applications, to name the others among them; none is read without an offer.
    """

    __slots__ = ()
    live: int
    newest_at: str | None
    new: int
    touches: dict[str, int]
    companies: dict[str, str]
    applied: int
    offers: list[tuple[OpenApplication, str | None]]
    untold: int
    interviews: list[tuple[OpenApplication, str, str]]
    accepted: str
    to_withdraw: int
    open: list[OpenApplication]


_OF_LIVE = (
    "FROM outlook JOIN application ON application.id = outlook.application_id"
    " WHERE outlook.from_at <= ? AND outlook.until_at > ? AND application.stage <> 'moved_on'"
)
_NAMED_BY = ", ".join(f"application.{name}" for name in OpenApplication._fields)
_OFFERS = (
    f"SELECT {_NAMED_BY}, CASE WHEN EXISTS (SELECT 1 FROM offer WHERE offer.application_id = application.id"
    " AND offer.answer IS NULL AND offer.answer_by IS NULL AND NOT offer.day_known) THEN NULL ELSE due_on END"
    f" {_OF_LIVE} AND action = 'answer_offer'"
)
_ACCEPTED = (
    f"SELECT company FROM application WHERE {ACCEPTED_HERE} AND stage_at >= ?"
    " ORDER BY stage_at DESC, number DESC LIMIT 1"
)
_TO_WITHDRAW = f"SELECT count(*) {_OF_LIVE} AND action = 'withdraw'"
_UNTOLD = f"SELECT count(*) {_OF_LIVE} AND action = 'tell_of_offer'"
_INTERVIEWS = (
    f"SELECT {_NAMED_BY}, interview_on, interview_hour {_OF_LIVE} AND action <> 'answer_offer'"
    " AND interview_on IS NOT NULL"
)
_LIVE = f"SELECT {_NAMED_BY} FROM application WHERE stage <> 'moved_on'"
_LIVE_COMPANY = "SELECT id, company FROM application WHERE id = ? AND stage <> 'moved_on'"
TOUCH_COUNTS = (
    "SELECT application_id, count(*) FROM touch WHERE at >= ? AND direction = 'out' GROUP BY application_id"
)
"""How many contacts the user made with each application since a moment."""


def read_due_rows(
    path: Place, at: str, on: str, fingerprint: str | None, now: str, *, ahead: bool, offers: bool = False
) -> list[DueRow] | None:
    """Return the steps in force at a moment that ask by the day `on`, or all of them if `ahead`; unordered.

    With `offers` those are among them that answer an offer, also before they ask.

    Moments and days are as they are stored. None if the steps must be recomputed: the file has an older schema,
    or they were cached with other rules (any will do without a `fingerprint`) or later than `now`. `StoreTrouble`
    if the file can't be read.
    """
    state = inspect_place(path)
    if state in (FileState.MISSING, FileState.EMPTY):
        return []
    if state is FileState.OLDER:
        return None
    if isinstance(path, Path):
        require_sound(path)
    with translate_errors(path), closing(connect(path)) as connection:
        cached = dict(connection.execute("SELECT key, value FROM kept").fetchall())
        made_with = cached.get("outlook")
        if made_with is None or made_with != (fingerprint or made_with) or cached.get("outlook_at", "") > now:
            return None
        rows = fetch_all(connection, _DUE_ROWS, (at, at, on, ahead, offers), replace_undecodable)
    return [DueRow(*row) for row in rows]


def read_addresses(path: Place, ids: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return the email addresses of the people of some applications, by application id and name."""
    places = ", ".join("?" * len(ids))
    wanted = f"SELECT application_id, name, email FROM contact WHERE email <> '' AND application_id IN ({places})"
    with translate_errors(path), closing(connect(path)) as connection:
        return {(id, name): mail for id, name, mail in fetch_all(connection, wanted, ids, replace_undecodable)}


def cached_basket_rule(path: Place, fingerprint: str) -> str | None:
    """Return the basket rule that was cached with these rules, or None."""
    if inspect_place(path) is not FileState.CURRENT:
        return None
    with translate_errors(path), closing(connect(path)) as connection:
        cached = dict(connection.execute("SELECT key, value FROM kept").fetchall())
    return cached.get("basket") if cached.get("outlook") == fingerprint else None


def read_attention_counts(path: Place, at: str, new_since: str, touched_since: str) -> AttentionCounts:
    """Return the numbers for the basket rule at a moment; moments are as they are stored."""
    with translate_errors(path), closing(connect(path)) as connection:
        newest_at, new, live, applied = connection.execute(
            "SELECT max(created_at), sum(CASE WHEN created_at >= ? THEN 1 ELSE 0 END),"
            " sum(CASE WHEN stage <> 'moved_on' THEN 1 ELSE 0 END),"
            " sum(CASE WHEN stage = 'awaiting' AND applied_only THEN 1 ELSE 0 END) FROM application",
            (new_since,),
        ).fetchone()
        touches = fetch_all(connection, TOUCH_COUNTS, (touched_since,), replace_undecodable)
        busiest, _ = max(touches, key=lambda row: row[1], default=("", 0))
        companies = fetch_all(connection, _LIVE_COMPANY, (busiest,), replace_undecodable)
        open_offers = fetch_all(connection, _OFFERS, (at, at), replace_undecodable)
        interviews = fetch_all(connection, _INTERVIEWS, (at, at), replace_undecodable) if open_offers else []
        (untold,) = connection.execute(_UNTOLD, (at, at)).fetchone() if open_offers else (0,)
        open_rows = fetch_all(connection, _LIVE, (), replace_undecodable) if open_offers else []
        accepted = fetch_all(connection, _ACCEPTED, (newest_at,), replace_undecodable)
        (to_withdraw,) = connection.execute(_TO_WITHDRAW, (at, at)).fetchone() if accepted else (0,)
    return AttentionCounts(
        live=(live or 0) - (applied or 0),
        newest_at=newest_at,
        new=new or 0,
        touches=dict(touches),
        companies=dict(companies),
        applied=applied or 0,
        offers=[(OpenApplication(*row[:-1]), row[-1]) for row in open_offers],
        untold=untold,
        interviews=[(OpenApplication(*row[:-2]), *row[-2:]) for row in interviews],
        accepted=accepted[0][0] if accepted else "",
        to_withdraw=to_withdraw,
        open=list(map(OpenApplication._make, open_rows)),
    )
