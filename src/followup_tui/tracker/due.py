"""What is due, for the shell: read from the cached schedule, or computed by the engine if that is not current."""

from __future__ import annotations

from collections import namedtuple  # not typing's, which takes longer to load than a prompt should wait
from collections.abc import Sequence
from datetime import date, datetime, time
from operator import attrgetter
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_tui.domain.format import dated
from followup_tui.store.due_query import DueRow, read_due_rows
from followup_tui.tracker.basket import to_stored
from followup_tui.tracker.rules_version import fingerprint_of

TYPE_CHECKING = False  # as type checkers know it: `typing` itself takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any

    from followup_tui.server_address import Place


class DueItem(
    namedtuple(
        "DueItem",
        "id uid company role stage action due_on state days channel contact why asks_on is_held interview rank",
    )
):
    """One next action on a day; `days` until it is due, negative when late.

    `asks_on` is the day from which it asks, `is_held` whether the user snoozed it until then, `interview` the next
    booked interview in the user's time ("2026-11-30T10:00", without its hour where that isn't known), or None.
    `rank` says how loud the action is, lowest first.
    """

    __slots__ = ()
    id: int
    uid: str
    company: str
    role: str
    stage: str
    action: str
    due_on: str
    state: str
    days: int
    channel: str | None
    contact: str | None
    why: str
    asks_on: str
    is_held: bool
    interview: str | None
    rank: int

    @property
    def urgency(self) -> tuple[int, int, str, int]:
        """What actions are sorted by, most urgent first: the order of `domain.views.board.urgency`."""
        asks = self.state != "ahead" or self.action == _OFFER
        return (not asks, self.rank if asks else 0, self.due_on if asks else self.asks_on, self.id)

    def as_json(self) -> dict[str, Any]:
        """Return the object of `due --json`: fields may be added, never renamed."""
        fields = self._asdict()
        del fields["rank"]
        return fields


def due_at(
    place: Place,
    settings_place: Path,
    now: datetime,
    *,
    on: date | None = None,
    ahead: bool = False,
    offers: bool = False,
    by_own_rules: bool = True,
) -> list[DueItem]:
    """Return the next actions due by a day, today by default, most urgent first; all of them with `ahead`.

    With `offers` every offer without an answer is among them and before all else, also on days on which it asks
    for nothing.

    `now` is in the user's zone. For a later day it is what will be due that morning, if nothing happens but time.
    Of somebody else's board it is what its owner's rules say, unless `by_own_rules`.
    """
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo), "the user's zone has a name"
    day = on or now.date()
    at = now if day <= now.date() else datetime.combine(day, time(), zone)
    fingerprint = fingerprint_of(settings_place, zone) if by_own_rules else None
    rows = read_due_rows(
        place, to_stored(at), day.isoformat(), fingerprint, to_stored(now), ahead=ahead, offers=offers
    )
    try:
        found = None if rows is None else _most_urgent_first(rows, day)
    except (TypeError, ValueError):  # a cached step is damaged: they are computed instead
        found = None
    if found is None:
        found = _most_urgent_first(_computed_rows(place, settings_place, at, day, ahead=ahead, offers=offers), day)
    return found


_OFFER = "answer_offer"


def _most_urgent_first(rows: Sequence[DueRow], day: date) -> list[DueItem]:
    """Return the items by their urgency; a test compares it with `domain.views.board.urgency`."""
    today = day.isoformat()
    days = {due_on: (date.fromisoformat(due_on) - day).days for due_on in {row.due_on for row in rows}}
    return sorted((_item(row, days[row.due_on], today) for row in rows), key=attrgetter("urgency"))


def _item(row: DueRow, days: int, today: str) -> DueItem:
    if row.asks_on > today:
        state = "ahead"
    elif row.is_missing:
        state = "missing"
    else:
        state = "late" if row.due_on < today else "today"
    return DueItem(
        id=row.number,
        uid=row.id,
        company=row.company,
        role=row.role,
        stage=row.stage,
        action=row.action,
        due_on=row.due_on,
        state=state,
        days=days,
        channel=row.channel,
        contact=row.contact or None,
        why=dated(row.why),
        asks_on=row.asks_on,
        is_held=bool(row.is_held),
        interview="T".join(filter(None, (row.interview_on, row.interview_hour))) or None,
        rank=row.rank,
    )


def _computed_rows(
    place: Place, settings_place: Path, at: datetime, day: date, *, ahead: bool, offers: bool
) -> list[DueRow]:
    """Compute the steps if the cached ones are not current: after an upgrade, or with other rules."""
    # Here and not at the top: a shell's prompt waits for `due`, and the cached steps are nearly always current.
    from followup_tui.tracker.schedule import open_schedule

    rows: list[DueRow] = []
    with open_schedule(place, settings_place) as (reader, schedule):
        ids = [id for id, *_ in reader.identities()]
        for details in reader.load_details(ids, without_damaged=True):
            application = details.application
            step = schedule.step_at(details, at)
            if step is None or not (ahead or step.asks_on <= day or (offers and step.action.value == _OFFER)):
                continue
            rows.append(
                DueRow(
                    id=application.id,
                    number=application.number,
                    company=application.company,
                    role=application.role,
                    stage=application.stage.value,
                    action=step.action.value,
                    rank=step.action.rank,
                    asks_on=step.asks_on.isoformat(),
                    due_on=step.due_on.isoformat(),
                    is_missing=step.is_missing,
                    is_held=step.is_held,
                    channel=step.known_channel.value if step.known_channel else None,
                    contact=step.contact,
                    why=step.why,
                    interview_on=step.interview_on.isoformat() if step.interview_on else None,
                    interview_hour=step.interview_hour,
                )
            )
    return rows
