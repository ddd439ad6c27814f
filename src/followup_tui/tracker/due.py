"""What is due, for the shell: read as it is kept, and reckoned by the engine only where that no longer holds."""

from __future__ import annotations

from collections import namedtuple  # not typing's, which takes longer to load than a prompt should wait
from collections.abc import Collection, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_tui.store.due_query import DueRow, cached_basket_rule, read_attention_counts, read_due_rows
from followup_tui.tracker.fingerprint import fingerprint_of

TYPE_CHECKING = False  # as type checkers know it: `typing` itself takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any

    from followup_tui.domain.rules.basket import Basket


class DueItem(
    namedtuple(
        "DueItem",
        "id uid company role stage action due_on state days channel contact why asks_on is_held",
    )
):
    """One next action as it stands on a day; `days` until it is due, negative when late.

    `asks_on` is the day from which it asks, `is_held` whether the user put it off until then.
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

    def as_json(self) -> dict[str, Any]:
        """The object of `due --json`: fields may be added, never renamed."""
        return self._asdict()


def due_at(
    place: Path,
    settings_place: Path,
    now: datetime,
    *,
    on: date | None = None,
    ahead: bool = False,
) -> list[DueItem]:
    """The next actions that are due by a day, today where none is given, loudest first; with `ahead` all of them.

    `now` is in the user's zone. Of a later day it is told how things will stand that morning, if nothing happens
    but time.
    """
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo), "the user's zone has a name"
    day = on or now.date()
    at = now if day <= now.date() else datetime.combine(day, time(), zone)
    rows = read_due_rows(
        place, _stored(at), day.isoformat(), fingerprint_of(settings_place, zone), _stored(now), ahead=ahead
    )
    if rows is None:
        rows = _reckoned(place, settings_place, at, day, ahead=ahead)
    return _loudest_first(rows, day)


def basket_at(place: Path, settings_place: Path, now: datetime, due: Collection[str]) -> Basket:
    """How spread the search is, as `Tracker.basket` has it; `due` are the ids of what asks today.

    `now` is in the user's zone. Read as it is kept, and reckoned with the rules only where that doesn't hold.
    """
    from followup_tui.domain.rules.basket import BasketRule, basket_of

    today = now.date()
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo), "the user's zone has a name"
    rule = cached_basket_rule(place, fingerprint_of(settings_place, zone))
    if rule is None:
        from followup_tui.tracker.tracker import Tracker

        with closing(Tracker(place, settings_place=settings_place, zone=zone, clock=lambda: now)) as tracker:
            return tracker.basket()
    parsed = BasketRule.of_text(rule)
    new_since = datetime.combine(today - timedelta(days=parsed.new_within_days - 1), time(), zone)
    seen = read_attention_counts(place, _stored(new_since), _stored(now - timedelta(days=parsed.window_days)))
    newest = datetime.fromisoformat(seen.newest_at).astimezone(zone).date() if seen.newest_at else None
    return basket_of(seen.live, seen.newer, newest, seen.touches, seen.companies, due, parsed, today)


def _stored(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _loudest_first(rows: Sequence[DueRow], day: date) -> list[DueItem]:
    """As `domain.board.loudness` has it, which a test compares."""
    today = day.isoformat()

    def loudness(row: DueRow) -> tuple[int, int, str, int]:
        asks = row.asks_on <= today
        return (not asks, row.rank if asks else 0, row.due_on if asks else row.asks_on, row.number)

    days: dict[str, int] = {}
    for row in rows:
        if row.due_on not in days:
            days[row.due_on] = (date.fromisoformat(row.due_on) - day).days
    return [_item(row, days[row.due_on], today) for row in sorted(rows, key=loudness)]


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
        why=row.why,
        asks_on=row.asks_on,
        is_held=bool(row.is_held),
    )


def _reckoned(place: Path, settings_place: Path, at: datetime, day: date, *, ahead: bool) -> list[DueRow]:
    """The steps by the engine itself, where what was kept doesn't hold: after an upgrade, or under other rules."""
    from followup_tui.domain.rules.next_action import step_at
    from followup_tui.store.queries import Reader
    from followup_tui.tracker.outlooks import Outlooks

    rows: list[DueRow] = []
    with closing(Reader(place)) as reader:
        outlooks = Outlooks(reader, settings_place)
        ids = [id for id, _, _ in reader.identities()]
        for details in reader.load_details(ids, without_damaged=True):
            application = details.application
            step = step_at(details, *outlooks.book(application.region), at)
            if step is None or not (ahead or step.asks_on <= day):
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
                    channel=step.channel.value if step.channel else None,
                    contact=step.contact,
                    why=step.why,
                )
            )
    return rows
