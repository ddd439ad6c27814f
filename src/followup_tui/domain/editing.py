"""Making an application from a draft, and what editing one changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from operator import attrgetter

from followup_tui.domain.application import Application
from followup_tui.domain.change import Change, Edit, in_turn
from followup_tui.domain.contact import Contact
from followup_tui.domain.dates import When, zone_named
from followup_tui.domain.dossier import Dossier, Entity
from followup_tui.domain.draft import Draft
from followup_tui.domain.errors import Refused
from followup_tui.domain.interview import Interview, Interviewer
from followup_tui.domain.quick_add import Person
from followup_tui.domain.rounds import latest_interview, people_in, stage_start
from followup_tui.domain.stage import Stage

NOON = time(12)
"""Stands for the hour of an interview whose day alone is known: the same day in every zone within 11 hours."""


def add(draft: Draft, *, number: int, now: datetime) -> Change:
    """A new application with its people and, where a date was said, its interview."""
    application = Application(
        number=number,
        company=draft.company,
        role=draft.role,
        stage_at=instant(draft.interview) if draft.interview else now,
        created_at=now,
    )
    application = _as_typed(application, draft)
    interview = _interview(application.id, draft.interview, now) if draft.interview else None
    people = [contact_of(application.id, person, in_turn(now, place)) for place, person in enumerate(draft.people)]
    rows: list[Entity] = [application, *people, *([interview] if interview else [])]
    links = [link_of(interview, person) for person in people if interview]
    return Change(
        verb="add",
        label=f"{draft.company} added",
        at=now,
        edits=tuple(Edit(None, row) for row in (*rows, *links)),
    )


def edit(dossier: Dossier, draft: Draft, now: datetime) -> Change:
    """What differs between the application and its edited draft. Refuses where nothing does.

    The application's own row is written with every edit: by its version others see that what they edit is old.
    """
    application = dossier.application
    rounds = _round_edits(dossier, draft.interview, now)
    edited = replace(dossier, interviews=_held(dossier, rounds))
    after = _as_typed(application, draft)
    if rounds and application.stage is Stage.INTERVIEWED:
        after = replace(after, stage_at=stage_start(edited, Stage.INTERVIEWED, now))
    parts = (*rounds, *_people_edits(edited, draft.people, now))
    if after == application and not parts:
        raise Refused(f"Nothing was changed about {application.company}.")
    edits = (Edit(application, after), *parts)
    return Change(verb="edit", label=f"{draft.company} edited", at=now, edits=edits)


def draft_for(dossier: Dossier) -> Draft:
    """The draft that editing an application starts from; saving it unchanged changes nothing."""
    application = dossier.application
    interview = latest_interview(dossier)
    return Draft(
        company=application.company,
        role=application.role,
        interview=when_of(interview) if interview else None,
        people=tuple(Person(name=contact.name, email=contact.email) for contact in dossier.contacts),
        url=application.url,
        location=application.location,
        source=application.source,
        tags=application.tags,
        notes=application.notes,
        region=application.region,
        pace=application.pace,
    )


def when_of(interview: Interview) -> When:
    """The interview's start in the zone in which it was booked."""
    local = interview.starts_at.astimezone(zone_named(interview.zone))
    return When(day=local.date(), at=local if interview.time_known else None, zone=interview.zone)


def _as_typed(application: Application, draft: Draft) -> Application:
    return replace(
        application,
        company=draft.company,
        role=draft.role,
        url=draft.url,
        location=draft.location,
        source=draft.source,
        tags=draft.tags,
        notes=draft.notes,
        region=draft.region,
        pace=draft.pace,
    )


def instant(when: When) -> datetime:
    """The moment at which an interview starts, in UTC; of a day alone its noon."""
    moment = when.at or datetime.combine(when.day, NOON, zone_named(when.zone))
    return moment.astimezone(UTC)


def _interview(application_id: str, when: When, now: datetime) -> Interview:
    return Interview(
        application_id=application_id,
        starts_at=instant(when),
        zone=when.zone,
        time_known=when.at is not None,
        created_at=now,
    )


def contact_of(application_id: str, person: Person, now: datetime) -> Contact:
    """A new contact for somebody who was named."""
    return Contact(
        application_id=application_id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        created_at=now,
    )


def link_of(interview: Interview, contact: Contact) -> Interviewer:
    """The row that says somebody takes part in a round."""
    return Interviewer(application_id=interview.application_id, interview_id=interview.id, contact_id=contact.id)


def _round_edits(dossier: Dossier, when: When | None, now: datetime) -> list[Edit]:
    interview = latest_interview(dossier)
    if interview is None:
        return [Edit(None, _interview(dossier.application.id, when, now))] if when else []
    if when is None:
        return [Edit(interview, replace(interview, cancelled_at=now))]
    if when == when_of(interview):
        return []
    moved = replace(
        interview, starts_at=instant(when), zone=when.zone, time_known=when.at is not None, ends_at=None
    )
    return [Edit(interview, moved)]


def _held(dossier: Dossier, rounds: Sequence[Edit]) -> tuple[Interview, ...]:
    """The interviews as they are after the edits."""
    rows = {interview.id: interview for interview in dossier.interviews}
    rows |= {edit.after.id: edit.after for edit in rounds if isinstance(edit.after, Interview)}
    return tuple(rows.values())


def _people_edits(dossier: Dossier, people: Sequence[Person], now: datetime) -> list[Edit]:
    """Who came, changed and went; `dossier` holds the interviews as they will be.

    Whoever comes was in the latest round, and so is everybody where it is new: nobody is in it yet.
    """
    interview = latest_interview(dossier)
    known = recognised(dossier.contacts, people)
    everybody = interview is not None and not people_in(interview, dossier)
    start = max((now, *(in_turn(contact.created_at, 1) for contact in dossier.contacts)))
    edits: list[Edit] = []
    for place, person in enumerate(people):
        contact = known.get(place)
        if contact is None:
            came = contact_of(dossier.application.id, person, in_turn(start, place))
            edits.append(Edit(None, came))
        else:
            came = replace(contact, name=person.name, email=person.email, phone=person.phone or contact.phone)
            if came != contact:
                edits.append(Edit(contact, came))
        if interview is not None and (contact is None or everybody):
            edits.append(Edit(None, link_of(interview, came)))
    stayed = {contact.id for contact in known.values()}
    for contact in dossier.contacts:
        edits += [] if contact.id in stayed else _forgotten(dossier, contact)
    return edits


def recognised(contacts: Sequence[Contact], people: Sequence[Person]) -> dict[int, Contact]:
    """Which contact each person is, by the person's place: the same in all, else in the name, else in the mail."""
    left = list(contacts)
    found: dict[int, Contact] = {}
    for same in (attrgetter("name", "email"), attrgetter("name"), attrgetter("email")):
        for place, person in enumerate(people):
            contact = next((one for one in left if same(one) == same(person) and any(same(one))), None)
            if contact is not None and place not in found:
                found[place] = contact
                left.remove(contact)
    return found


def _forgotten(dossier: Dossier, contact: Contact) -> list[Edit]:
    """The edits that take a person off an application: what was sent to them stays in the history, unnamed."""
    touches = [touch for touch in dossier.touches if touch.contact_id == contact.id]
    links = [link for link in dossier.interviewers if link.contact_id == contact.id]
    return [
        *(Edit(touch, replace(touch, contact_id=None)) for touch in touches),
        *(Edit(link, None) for link in links),
        Edit(contact, None),
    ]
