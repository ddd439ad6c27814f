"""Merge two applications that are the same job, entered twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from followup_tui.domain.model.application import STAGES, Application, NextStep, Outcome, Pace, Stage
from followup_tui.domain.model.change import Change, Edit, change_on, edits_between
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails, Offer, open_offer, stage_start
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.text import BLOCK_LIMIT, could_be_one_company, fold_company, numbered_name
from followup_tui.domain.model.touch import Letter, Touch
from followup_tui.domain.model.zones import zone_or

_FILLED = (
    "url", "location", "source", "region", "applied_on", "pay", "referrer", "work_mode"
)  # fmt: skip
_CONTACT_FIELDS = ("name", "email", "phone", "title", "address", "link")
_CONTACT_CHOICES = ("role", "reach_by", "voice")
_OFFER_FIELDS = ("answer_by", "pay", "start", "asked_time_at")
_ROUND_FIELDS = ("ends_at", "kind", "place", "link", "event_uid")
_NAMED = {
    "company": "company", "role": "role", "url": "link", "location": "location", "source": "source", "pay": "pay",
    "referrer": "referrer",
}  # fmt: skip
"""The fields of the other application that the notes keep where both have a value, and their words."""

Row = TypeVar("Row", Contact, Interview)
Said = TypeVar("Said", Touch, NextStep)


def merge(kept: ApplicationDetails, other: ApplicationDetails, letters: Sequence[Letter], now: datetime) -> Change:
    """Merge `other`, whose `letters` are given, into `kept`.

    Everything that belongs to it moves, except what both have. Refuses an application and itself.
    """
    if kept.application.id == other.application.id:
        raise Refused(
            f"{kept.application.company} can't be merged with itself; nothing was changed, name another one."
        )
    contacts, people = _contacts(kept, other)
    interviews, rounds = _interviews(kept, other)
    keys = _Keys(kept.application.id, people, rounds)
    children = (
        *contacts,
        *interviews,
        *_interviewers(kept, other, keys),
        *_said(kept.touches, other.touches, keys),
        *_said(kept.next_steps, other.next_steps, keys),
        *_offers(kept.offers, other.offers, keys),
        *(Edit(letter, keys.moved(letter)) for letter in letters),
    )
    joined = _joined(kept, other, _after(kept.interviews, interviews), now)
    application = other.application
    doing = f": {application.company} (#{application.number}) merged into it"
    edits = (Edit(kept.application, joined), *children, Edit(application, None))
    return change_on("merge", kept.application, doing, now, edits)


def describe_difference(kept: Application, other: Application) -> str:
    """Say that two applications are at different employers, and so hardly one job; empty if they may be one."""
    if could_be_one_company(fold_company(kept.company), fold_company(other.company)):
        return ""
    return f"{numbered_name(kept)} and {numbered_name(other)} are jobs at different employers."


class _Keys:
    """Where the rows of the other application point to after the merge."""

    def __init__(self, application_id: str, people: Mapping[str, str], rounds: Mapping[str, str]) -> None:
        self._application_id = application_id
        self._people = people
        self._rounds = rounds

    def moved(self, row: Any) -> Any:
        """The row as it belongs to the application that is kept."""
        values: dict[str, object] = {"application_id": self._application_id}
        for name, new in (("contact_id", self._people), ("interview_id", self._rounds)):
            old = getattr(row, name, None)
            if old is not None:
                values[name] = new.get(old, old)
        return replace(row, **values)


# The application


def _joined(
    kept: ApplicationDetails, other: ApplicationDetails, interviews: Sequence[Interview], now: datetime
) -> Application:
    one, two = kept.application, other.application
    values: dict[str, Any] = {name: getattr(one, name) or getattr(two, name) for name in _FILLED}
    later = max(kept, other, key=lambda details: _standing(details, now)).application
    values |= {name: getattr(later, name) for name in ("stage", "stage_at", "outcome", "closed_from")}
    if one.snoozed_until is None:
        values |= {"snoozed_until": two.snoozed_until, "snoozed_at": two.snoozed_at}
    if one.pinned_on is None:
        values |= {"pinned_on": two.pinned_on, "pinned_why": two.pinned_why, "pinned_at": two.pinned_at}
    if one.pace is Pace.NORMAL:
        values["pace"] = two.pace
    joined = replace(
        one,
        **values,
        tags=tuple(dict.fromkeys((*one.tags, *two.tags))),
        notes=_notes(one, two, later.outcome),
        imported=tuple(dict.fromkeys((*one.imported, *two.imported))),
        applied_only=one.applied_only and two.applied_only,
        created_at=min(one.created_at, two.created_at),
    )
    if joined.stage is Stage.INTERVIEWED:
        details = replace(kept, application=joined, interviews=tuple(interviews))
        joined = replace(joined, stage_at=stage_start(details, Stage.INTERVIEWED, joined.stage_at))
    return joined


def _standing(details: ApplicationDetails, now: datetime) -> tuple[bool, bool, bool, int]:
    """How far an application has come; one that was only applied for hasn't been met yet.

    An offer that was accepted or declined ends it. Any other end counts less than an open offer or a booked
    interview, which come after it.
    """
    application = details.application
    is_open = application.stage is not Stage.MOVED_ON
    return (
        application.outcome in (Outcome.ACCEPTED, Outcome.DECLINED),
        open_offer(details) is not None,
        is_open
        and any(interview.cancelled_at is None and interview.starts_at > now for interview in details.interviews),
        -1 if application.is_applied else STAGES.index(application.stage),
    )


def _notes(one: Application, two: Application, outcome: Outcome | None) -> str:
    """The notes of both, and below them what else the other one said; `outcome` is that of the two as one."""
    differing = [
        f"{word} {getattr(two, name)}"
        for name, word in _NAMED.items()
        if getattr(two, name) and getattr(one, name) and getattr(two, name) != getattr(one, name)
    ]
    if two.outcome is not None and two.outcome is not outcome:
        differing.append(f"closed as {two.outcome.label}")
    also = f"Also entered as #{two.number}: {', '.join(differing)}." if differing else ""
    notes = _joined_text(one.notes, two.notes, also)
    if len(notes) > BLOCK_LIMIT:
        raise Refused(
            f"The notes of both have more than {BLOCK_LIMIT:,} characters; nothing was changed, shorten them."
        )
    return notes


def _joined_text(*texts: str) -> str:
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


# People and rounds


def _contacts(kept: ApplicationDetails, other: ApplicationDetails) -> tuple[list[Edit], dict[str, str]]:
    """The edits of the contacts, and which contact each of the other application becomes."""
    known: dict[str, Contact] = {contact.id: contact for contact in kept.contacts}
    same: dict[str, str] = {}
    gone: list[Edit] = []
    for contact in other.contacts:
        match = next((one for one in known.values() if _is_same_person(one, contact)), None)
        if match is None:
            known[contact.id] = replace(contact, application_id=kept.application.id)
        else:
            known[match.id] = _filled_contact(match, contact)
            same[contact.id] = match.id
            gone.append(Edit(contact, None))
    return [*_changed((*kept.contacts, *other.contacts), known), *gone], same


def _is_same_person(one: Contact, two: Contact) -> bool:
    """Whether two contacts are one person: by email address, else by the name where only one has an address."""
    if one.email and two.email:
        return one.email.casefold() == two.email.casefold()
    names = [" ".join(contact.name.casefold().split()) for contact in (one, two)]
    return bool(names[0]) and names[0] == names[1]


def _filled_contact(one: Contact, two: Contact) -> Contact:
    values: dict[str, Any] = {
        name: getattr(one, name) or getattr(two, name) for name in (*_CONTACT_FIELDS, *_CONTACT_CHOICES)
    }
    if one.name.casefold() in two.name.casefold():  # the fuller name of the two
        values["name"] = two.name
    others = [str(getattr(two, name)) for name in _CONTACT_FIELDS if _differs(values[name], two, name)]
    also = f"Also: {', '.join(others)}" if others else ""
    return replace(one, **values, notes=_joined_text(one.notes, two.notes, also))


def _differs(value: str, two: Contact | Offer, name: str) -> bool:
    """Whether a row has something in a field that the value doesn't say already."""
    return str(getattr(two, name)).casefold() not in value.casefold()


def _interviews(kept: ApplicationDetails, other: ApplicationDetails) -> tuple[list[Edit], dict[str, str]]:
    """The edits of the interviews, and which interview each of the other application becomes."""
    known: dict[str, Interview] = {interview.id: interview for interview in kept.interviews}
    same: dict[str, str] = {}
    gone: list[Edit] = []
    for interview in other.interviews:
        match = next((one for one in known.values() if _is_same_round(one, interview)), None)
        if match is None:
            known[interview.id] = replace(interview, application_id=kept.application.id)
        else:
            known[match.id] = _filled_round(match, interview)
            same[interview.id] = match.id
            gone.append(Edit(interview, None))
    return [*_changed((*kept.interviews, *other.interviews), known), *gone], same


def _is_same_round(one: Interview, two: Interview) -> bool:
    """Whether two interviews are one: the same event or moment, or the same day where one has no hour."""
    if (one.cancelled_at is None) is not (two.cancelled_at is None):
        return False
    if one.event_uid and two.event_uid:
        return one.event_uid == two.event_uid
    if one.time_known and two.time_known:
        return one.starts_at == two.starts_at
    return _day_of(one) == _day_of(two)


def _day_of(interview: Interview) -> date:
    """The day of an interview where it was booked; in UTC where its zone is unknown here."""
    return interview.starts_at.astimezone(zone_or(interview.zone, UTC)).date()


def _filled_round(one: Interview, two: Interview) -> Interview:
    values: dict[str, Any] = {name: getattr(one, name) or getattr(two, name) for name in _ROUND_FIELDS}
    if two.time_known and not one.time_known:
        values |= {"starts_at": two.starts_at, "zone": two.zone, "time_known": True}
    sequence = max(one.event_sequence, two.event_sequence)
    return replace(one, **values, event_sequence=sequence, notes=_joined_text(one.notes, two.notes))


def _changed(before: Sequence[Row], after: Mapping[str, Row]) -> list[Edit]:
    return [Edit(row, after[row.id]) for row in before if row.id in after and after[row.id] != row]


def _after(before: Sequence[Interview], edits: Sequence[Edit]) -> list[Interview]:
    rows = {interview.id: interview for interview in before}
    rows |= {edit.after.id: edit.after for edit in edits if isinstance(edit.after, Interview)}
    return list(rows.values())


# What belongs to them


def _interviewers(kept: ApplicationDetails, other: ApplicationDetails, keys: _Keys) -> list[Edit]:
    known = {(link.interview_id, link.contact_id) for link in kept.interviewers}
    edits: list[Edit] = []
    for link in other.interviewers:
        moved = keys.moved(link)
        is_known = (moved.interview_id, moved.contact_id) in known
        known.add((moved.interview_id, moved.contact_id))
        edits.append(Edit(link, None if is_known else moved))
    return edits


def _said(kept: Sequence[Said], other: Sequence[Said], keys: _Keys) -> list[Edit]:
    """The edits of touches or answers; one that both have is not kept twice."""
    edits: list[Edit] = []
    for row in other:
        moved: Said = keys.moved(row)
        is_known = any(replace(one, id=moved.id, created_at=moved.created_at) == moved for one in kept)
        edits.append(Edit(row, None if is_known else moved))
    return edits


def _offers(kept: Sequence[Offer], other: Sequence[Offer], keys: _Keys) -> list[Edit]:
    """The edits of offers: where both have an open one, it is the same offer, and one of them stays."""
    standing = next((offer for offer in kept if offer.answer is None), None)
    edits: list[Edit] = []
    for offer in other:
        if standing is None or offer.answer is not None:
            edits.append(Edit(offer, keys.moved(offer)))
            continue
        values: dict[str, Any] = {name: getattr(standing, name) or getattr(offer, name) for name in _OFFER_FIELDS}
        said = [getattr(offer, name) for name in ("pay", "start") if _differs(values[name], offer, name)]
        also = f"Also: {', '.join(said)}" if said else ""
        notes = _joined_text(standing.notes, offer.notes, also)
        filled = replace(standing, **values, notes=notes)
        edits += [*edits_between(standing, filled), Edit(offer, None)]
    return edits
