"""What is due and the basket, for the shell: from the cached schedule or, if that is not current, by the engine.

It is said in words without the rules, the engine and the tables: a shell's prompt waits for it.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_tui.domain.format import dated, format_clock_text, format_day, in_words
from followup_tui.domain.model.text import employer_key, fold_name, mail_key, name_by_roles, roles_by_employer
from followup_tui.store.due_query import (
    DueRow,
    cached_basket_rule,
    read_addresses,
    read_attention_counts,
    read_due_rows,
)
from followup_tui.tracker.regions import fingerprint_of

TYPE_CHECKING = False  # as type checkers know it: `typing` itself takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any

    from followup_tui.domain.rules.basket import Basket
    from followup_tui.server_address import Place

_OFFER = "answer_offer"


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
    def number(self) -> int:
        """The number on the board."""
        return self.id

    @property
    def urgency(self) -> tuple[int, int, str, int]:
        """What actions are sorted by, most urgent first: the order of `domain.views.board.urgency`."""
        if self.state != "ahead" or self.action == _OFFER:
            return (0, self.rank, self.due_on, self.id)
        return (1, 0, self.asks_on, self.id)

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
        items = None if rows is None else _most_urgent_first(rows, day)
    except (TypeError, ValueError):  # a cached step is damaged: they are computed instead
        items = None
    if items is None:
        items = _most_urgent_first(_computed_rows(place, settings_place, at, day, ahead=ahead, offers=offers), day)
    return items


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
        interview="T".join(filter(None, (row.interview_on, row.interview_hour))) if row.interview_on else None,
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


# Written here once more, as a test compares: the domain's own need dataclasses, which take longer than all this.
SIGNS = {"late": "!", "missing": "!", "today": "=", "ahead": "~"}
"""The sign of each state; its words follow."""
ACTIONS = {
    "answer_offer": "answer the offer",
    "tell_answer": "tell them your answer",
    "tell_of_offer": "tell them of the other offer",
    "ask_next_step": "ask: next step?",
    "record_interview": "when was the interview?",
    "record_answer": "record their answer",
    "send_something": "send it",
    "ask_new_date": "ask for a new date",
    "missed_call": "they didn't call",
    "voicemail": "leave a voicemail",
}
"""The words for those actions whose name says too little."""
CALM = {"withdraw", "move_on", "gracious_note", "reconnect", "record_interview"}
"""What may be done any day, and is never called late."""


def action_words(item: DueItem) -> str:
    """What to do, and beside it the next booked interview with its hour."""
    label = action_label(item.action)
    if item.action == "wait" and item.asks_on > item.due_on:
        label = "they call"  # as `is_awaited_call` has it
    if not item.interview:
        return label
    text, _, hour = item.interview.partition("T")
    day = date.fromisoformat(text)
    booked = f"interview {format_day(day, day)} {format_clock_text(hour)}".rstrip()
    return booked if item.action == "ask_next_step" else f"{label}, {booked}"


def is_late(item: DueItem) -> bool:
    """Whether its day is over; what may be done any day is never late."""
    return item.action not in CALM and SIGNS[item.state] == SIGNS["late"]


def sign_of(item: DueItem) -> str:
    """The sign of how an action stands: an offer asks from its first day, what may be done any day is not late."""
    if item.action == "answer_offer":
        return SIGNS["late" if item.state == "late" else "today"]
    return "=" if item.action in CALM and item.state != "ahead" else SIGNS[item.state]


def describe_due_item(item: DueItem) -> str:
    """How an action stands: "1d late", "missing", "today", "in 4d"; what may be done any day is never late.

    Of an offer and of what is snoozed it is the day: "by Fri 4 Dec", "until Mon 30 Nov"; "by when?" of an offer
    of which no day is known.
    """
    is_offer = item.action == "answer_offer" and item.days > 0
    if is_offer and not item.is_held and item.state == "ahead" and item.asks_on == item.due_on:
        return "by when?"  # as `is_undated_offer` has it
    if item.is_held or is_offer:
        due_on = date.fromisoformat(item.due_on)
        return f"{'by' if is_offer else 'until'} {format_day(due_on, due_on - timedelta(days=item.days))}"
    if item.state == "ahead":
        return f"in {item.days}d" if item.days else "today"
    if item.state == "today" or item.action in CALM:
        return "today"
    return "missing" if item.state == "missing" else f"{-item.days}d late"


_FOLLOW_UPS = {"tell_of_offer", "missed_call", "voicemail", "call", "check_in"}
_WRITTEN = {"thank", *_FOLLOW_UPS}


def shared_contacts(place: Place, items: Iterable[DueItem]) -> list[str]:
    """Say of which thank-yous and follow-ups one contact may be enough, or after which the other one may wait.

    That is with one person, by address, or by whole name where no other address is known, or at one employer.
    """
    asked = [item for item in items if item.action in _WRITTEN and item.state != "ahead"]
    mails = read_addresses(place, [item.uid for item in asked]) if len(asked) > 1 else {}
    keys = {item.uid: mail_key(mails.get((item.uid, item.contact or ""), "")) for item in asked}
    people: dict[str, list[DueItem]] = {}
    names: dict[str, list[DueItem]] = {}
    employers: dict[str, list[DueItem]] = {}
    for item in asked:
        if keys[item.uid]:
            people.setdefault(keys[item.uid], []).append(item)
        if " " in (item.contact or ""):
            names.setdefault(fold_name(item.contact or ""), []).append(item)
        if item.action in _FOLLOW_UPS:  # thanks wait for nobody
            employers.setdefault(employer_key(item.company), []).append(item)
    enough = "one contact is enough, recorded for all at once."
    sentences: list[str] = []
    for same in people.values():
        if len(same) > 1:
            sentences.append(f"{same[0].contact} is due for {_numbers(same)}: {enough}")
    for same in names.values():
        addresses = {keys[item.uid] for item in same}
        if len(same) > 1 and "" in addresses and len(addresses) <= 2:  # at most one address is known
            sentences.append(f"{same[0].contact} is due for {_numbers(same)}: if that is one person, {enough}")
    for same in employers.values():
        if len({item.contact for item in same}) > 1:
            sentences.append(
                f"{_numbers(same)} are at {same[0].company}: after one contact the other may have to wait."
            )
    return sentences


def _numbers(items: Iterable[DueItem]) -> str:
    return in_words([f"#{item.id}" for item in items])


def action_label(action: str) -> str:
    """An action in words: "check in", "ask: next step?"."""
    return ACTIONS.get(action) or action.replace("_", " ")


def channel_words(channel: str) -> str:
    """A channel as `Channel.way` has it, which `due` doesn't load."""
    return {"linkedin": "on LinkedIn", "in_person": "in person"}.get(channel) or f"by {channel}"


DUE_HEADING = ("", "", "ID", "COMPANY", "ACTION", "WHOM", "WHY")
"""The heading of the table."""


def due_row(item: DueItem) -> tuple[str, ...]:
    """An action as a row of the table, below `DUE_HEADING`."""
    way = channel_words(item.channel) if item.channel else ""
    whom = f"{item.contact} {way}" if item.contact else way
    return (
        sign_of(item),
        describe_due_item(item),
        str(item.id),
        item.company,
        action_words(item),
        whom,
        item.why,
    )


def basket_at(place: Place, settings_place: Path, now: datetime, due: Collection[str]) -> Basket:
    """Return the basket of the database at a path; `due` are the ids of what asks today.

    `now` is in the user's zone. The rules are loaded only if the cached one is not current.
    """
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo), "the user's zone has a name"
    try:
        basket = _cached_basket(place, fingerprint_of(settings_place, zone), now, due)
    except (TypeError, ValueError, OverflowError):  # a damaged row: reading all of them leaves it out
        basket = None
    if basket is not None:
        return basket
    # Not at the top: the cached rule is nearly always current, and a shell's prompt waits.
    from followup_tui.tracker.schedule import compute_basket_at

    return compute_basket_at(place, settings_place, now, zone)


def _cached_basket(place: Place, fingerprint: str, now: datetime, due: Collection[str]) -> Basket | None:
    """Return the basket by the cached rule, or None if that isn't current."""
    # Not at the top: `due` as JSON or as a number needs no basket, and must be fast.
    from followup_tui.domain.rules.basket import BasketRule, NearInterview, OpenOffer, basket_of

    text = cached_basket_rule(place, fingerprint)
    if text is None:
        return None
    rule = BasketRule.of_text(text)
    new_since, touched_since = rule.periods(now)
    counts = read_attention_counts(place, to_stored(now), to_stored(new_since), to_stored(touched_since))
    newest_on = None
    if counts.newest_at:
        newest_on = datetime.fromisoformat(counts.newest_at).astimezone(now.tzinfo).date()
    roles = roles_by_employer(counts.open)
    return basket_of(
        rule,
        now.date(),
        live=counts.live,
        new=counts.new,
        newest_on=newest_on,
        touches=counts.touches,
        companies=counts.companies,
        due=due,
        applied=counts.applied,
        offers=[
            OpenOffer(name_by_roles(application, roles), date.fromisoformat(day) if day else None)
            for application, day in counts.offers
        ],
        untold=counts.untold,
        interviews=[
            NearInterview(name_by_roles(application, roles), date.fromisoformat(day), hour)
            for application, day, hour in counts.interviews
        ],
        accepted=counts.accepted,
        to_withdraw=counts.to_withdraw,
    )


def to_stored(at: datetime) -> str:
    """Return a moment as the database stores it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
