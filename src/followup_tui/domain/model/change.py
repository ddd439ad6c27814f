"""A change: what one gesture does to the rows, and, read backwards, how it is undone.

The edits that change the people of an application are here too, and all that a database holds as one value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from followup_tui.domain.model.application import Application, NextStep
from followup_tui.domain.model.contact import Contact, Person, completed, recognised, values_of
from followup_tui.domain.model.details import (
    ENTITIES,
    ApplicationDetails,
    Entity,
    Offer,
    latest_interview,
    people_in,
)
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.touch import Touch


@dataclass(frozen=True, slots=True)
class Edit:
    """One row before and after: `before` None inserts, `after` None deletes."""

    before: Entity | None
    after: Entity | None

    @property
    def row(self) -> Entity:
        """The row as far as it exists: after the edit, or before it was deleted."""
        row = self.after if self.after is not None else self.before
        assert row is not None, "an edit has a row on at least one side"
        return row

    @property
    def application_id(self) -> str:
        """The application the row is, or belongs to, after the edit."""
        return owner_of(self.row)

    @property
    def application_ids(self) -> tuple[str, ...]:
        """Every application that the edit touches: two where a row moves from one to another."""
        if self.before is None or self.after is None:  # without the properties: imports ask for 100,000
            row: Any = self.after or self.before
            return (row.id if type(row) is Application else row.application_id,)
        now, before = owner_of(self.after), owner_of(self.before)
        return (now,) if now == before else (now, before)

    def reversed(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.after, self.before)


def owner_of(row: Entity) -> str:
    """The application that a row is, or belongs to."""
    return row.id if isinstance(row, Application) else row.application_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One gesture: its verb, a line for the journal ("Acme → Thanked"), and its edits in order.

    `label` names companies as they were typed: show it through the way out, like all text. `doing` is the label
    without the company (" → Thanked"), while the change is being made: the journal keeps the label alone.
    """

    verb: str
    label: str
    at: datetime
    edits: tuple[Edit, ...]
    doing: str = field(default="", compare=False)

    def reversed(self) -> Change:
        """The change that takes this one back, last edit first."""
        return replace(self, edits=tuple(edit.reversed() for edit in reversed(self.edits)))


class EntryState(StrEnum):
    """Whether a journal line is in force, taken back, or taken back for good because something new came after."""

    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One line of the journal, without its edits; `sequence` rises by one with each change."""

    sequence: int
    at: datetime
    verb: str
    label: str
    state: EntryState


def change_on(verb: str, application: Application, doing: str, now: datetime, edits: tuple[Edit, ...]) -> Change:
    """A change to one application; `doing` follows its company in the label: " → Thanked"."""
    return Change(verb=verb, label=f"{application.company}{doing}", at=now, edits=edits, doing=doing)


def edits_between(before: Entity, after: Entity) -> tuple[Edit, ...]:
    """The edit from one state of a row to another; none where nothing differs."""
    return (Edit(before, after),) if after != before else ()


def name_in(change: Change, name: str) -> Change:
    """The change with that name in its label, if the label begins with the company: one of two roles there."""
    return replace(change, label=f"{name}{change.doing}") if change.doing else change


def combine(changes: Sequence[Change], verb: str, now: datetime) -> Change:
    """Many changes as one, so that one undo takes all of them back; its label says what all of them do."""
    if len(changes) == 1:
        return changes[0]
    doings = {change.doing for change in changes}
    doing = doings.pop() if len(doings) == 1 else f": {verb}"
    edits = tuple(edit for change in changes for edit in change.edits)
    return Change(verb=verb, label=f"{len(changes)} applications{doing}", at=now, edits=edits)


def moment_at(start: datetime, place: int) -> datetime:
    """The moment at which the row at a `place` of several new ones is made: rows read back oldest first."""
    return start + timedelta(microseconds=place)


def details_after(before: Iterable[ApplicationDetails], edits: Iterable[Edit]) -> list[ApplicationDetails]:
    """The details as edits leave them, new ones included and deleted ones left out; children oldest first."""
    details_before = {details.application.id: details for details in before}
    rows: dict[str, dict[tuple[type[Entity], str], Entity]] = {}
    for edit in edits:
        row = edit.row
        key = (type(row), row.id)
        for owner in edit.application_ids:
            if owner not in rows:
                rows[owner] = _rows_of(details_before[owner]) if owner in details_before else {}
            rows[owner].pop(key, None)
        if edit.after is not None:
            rows[owner_of(row)][key] = row
    after = {owner: _details_of(held.values()) for owner, held in rows.items()}
    return [
        replace(details, related=details_before[owner].related) if owner in details_before else details
        for owner, details in after.items()
        if details is not None
    ]


def _rows_of(details: ApplicationDetails) -> dict[tuple[type[Entity], str], Entity]:
    rows: list[Entity] = [
        details.application,
        *details.contacts,
        *details.interviews,
        *details.interviewers,
        *details.touches,
        *details.next_steps,
        *details.offers,
    ]
    return {(type(row), row.id): row for row in rows}


def _details_of(rows: Iterable[Entity]) -> ApplicationDetails | None:
    by_type: dict[type[Entity], list[Any]] = {kind: [] for kind in ENTITIES}
    for row in rows:
        by_type[type(row)].append(row)
    if not by_type[Application]:
        return None
    return ApplicationDetails(
        application=by_type[Application][0],
        contacts=_sorted(by_type[Contact], lambda row: (row.created_at, row.id)),
        interviews=_sorted(by_type[Interview], lambda row: (row.starts_at, row.created_at, row.id)),
        interviewers=_sorted(by_type[Interviewer], lambda row: row.id),
        touches=_sorted(by_type[Touch], lambda row: (row.at, row.created_at, row.id)),
        next_steps=_sorted(by_type[NextStep], lambda row: (row.said_at, row.created_at, row.id)),
        offers=_sorted(by_type[Offer], lambda row: (row.created_at, row.id)),
    )


def _sorted(rows: Sequence[Any], key: Callable[[Any], Any]) -> tuple[Any, ...]:
    return tuple(sorted(rows, key=key)) if len(rows) > 1 else tuple(rows)


def contact_of(application_id: str, person: Person, now: datetime) -> Contact:
    """A new contact for somebody who was named."""
    return Contact(application_id=application_id, created_at=now, **values_of(person))


def link_of(interview: Interview, contact: Contact) -> Interviewer:
    """The row that says somebody takes part in a round."""
    return Interviewer(application_id=interview.application_id, interview_id=interview.id, contact_id=contact.id)


def people_edits(
    details: ApplicationDetails, people: Sequence[Person], met: Sequence[Person] | None, now: datetime
) -> list[Edit]:
    """The edits that make `people` those of the application, and `met` those of its latest interview.

    `details` holds the interviews as they will be. Without `met`, new people were in that interview, and so was
    everybody where nobody is in it yet.
    """
    interview = latest_interview(details)
    contact_by_place = recognised(details.contacts, people)
    contacts, edits = contacts_of(details, people, now, is_whole=True)
    kept_ids = {contact.id for contact in contact_by_place.values()}
    for contact in details.contacts:
        if contact.id not in kept_ids:
            edits += _removal_edits(details, contact)
    if interview is None:
        return edits
    if met is not None:
        met_ids = {id(person) for person in recognised(people, met).values()}
        present = [contact for contact, person in zip(contacts, people, strict=True) if id(person) in met_ids]
        return edits + round_edits(details, interview, present, kept_ids)
    if people_in(interview, details):
        contacts = [contact for place, contact in enumerate(contacts) if place not in contact_by_place]
    return edits + [Edit(None, link_of(interview, contact)) for contact in contacts]


def round_edits(
    details: ApplicationDetails, interview: Interview, people: Sequence[Contact], kept_ids: Collection[str]
) -> list[Edit]:
    """The edits that make exactly these people those of an interview.

    `kept_ids` are the contacts that stay on the application: the links of others are deleted with them.
    """
    links = {link.contact_id: link for link in details.interviewers if link.interview_id == interview.id}
    joined = [Edit(None, link_of(interview, contact)) for contact in people if contact.id not in links]
    present_ids = {contact.id for contact in people}
    return joined + [Edit(link, None) for id, link in links.items() if id in kept_ids and id not in present_ids]


def _removal_edits(details: ApplicationDetails, contact: Contact) -> list[Edit]:
    """The edits that take a person off an application: what was sent to them stays in the history, unnamed."""
    touches = [touch for touch in details.touches if touch.contact_id == contact.id]
    links = [link for link in details.interviewers if link.contact_id == contact.id]
    return [
        *(Edit(touch, replace(touch, contact_id=None)) for touch in touches),
        *(Edit(link, None) for link in links),
        Edit(contact, None),
    ]


def contacts_of(
    details: ApplicationDetails, people: Sequence[Person], now: datetime, *, is_whole: bool = False
) -> tuple[list[Contact], list[Edit]]:
    """The contact of each person, updated or new, and the edits that make them so.

    With `is_whole` an empty field of a person empties the contact's; otherwise it leaves it as it is.
    """
    contact_by_place = recognised(details.contacts, people)
    start = max((now, *(moment_at(contact.created_at, 1) for contact in details.contacts)))
    contacts: list[Contact] = []
    edits: list[Edit] = []
    for place, person in enumerate(people):
        before = contact_by_place.get(place)
        if before is None:
            after = contact_of(details.application.id, person, moment_at(start, place))
        else:
            after = replace(before, **values_of(person if is_whole else completed(before.person, person)))
        contacts.append(after)
        if after != before:
            edits.append(Edit(before, after))
    return contacts, edits


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of the journal with its edits, as the journal stores them: see `store.row_codec.dump_edits`."""

    entry: JournalEntry
    edits: str


@dataclass(frozen=True, slots=True)
class IgnoredFinding:
    """A finding of the proofreader that is ignored, and since when; see `domain.letters.finding.taught_key`."""

    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CopiedMark:
    """A mark in a day's review; `state` and `asked` are stored words, `sequence` is a journal line."""

    day: date
    application_id: str
    state: str
    at: datetime
    asked: str | None
    sequence: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FullCopy:
    """Everything in a database but what is computed from it; `rows` are the entities of each kind."""

    rows: dict[type[Entity], tuple[Entity, ...]]
    journal: tuple[JournalLine, ...] = ()
    ignored: tuple[IgnoredFinding, ...] = ()
    marks: tuple[CopiedMark, ...] = ()

    def entities(self) -> Iterator[Entity]:
        """Yield every entity, parents before children."""
        for rows in self.rows.values():
            yield from rows
