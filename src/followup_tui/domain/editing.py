"""Making an application from a draft, and what editing one changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

from followup_tui.domain.application import Application
from followup_tui.domain.change import Change, Edit
from followup_tui.domain.contact import Contact
from followup_tui.domain.dates import When, zone_named
from followup_tui.domain.dossier import Dossier, Entity
from followup_tui.domain.draft import Draft
from followup_tui.domain.errors import Refused
from followup_tui.domain.interview import Interview, Interviewer
from followup_tui.domain.moves import latest_interview
from followup_tui.domain.quick_add import Person
from followup_tui.domain.stage import Stage

NOON = time(12)
"""Stands for the hour of an interview whose day alone is known: the same day in every zone within 11 hours."""


def add(draft: Draft, *, number: int, now: datetime) -> Change:
    """A new application with its people and, where a date was said, its interview."""
    application = Application(
        number=number,
        company=draft.company,
        role=draft.role,
        stage_at=_instant(draft.interview) if draft.interview else now,
        url=draft.url,
        location=draft.location,
        source=draft.source,
        tags=draft.tags,
        notes=draft.notes,
        region=draft.region,
        pace=draft.pace,
        created_at=now,
    )
    interview = _interview(application.id, draft.interview, now) if draft.interview else None
    people = [_contact(application.id, person, now) for person in draft.people]
    rows: list[Entity] = [application, *people, *([interview] if interview else [])]
    links = [_link(interview, person) for person in people if interview]
    return Change(
        verb="add",
        label=f"{draft.company} added",
        at=now,
        edits=tuple(Edit(None, row) for row in (*rows, *links)),
    )


def edit(dossier: Dossier, draft: Draft, now: datetime) -> Change:
    """What differs between the application and its edited draft. Refuses where nothing does."""
    application = dossier.application
    round_edits = _round_edits(dossier, draft.interview, now)
    after = replace(
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
    if round_edits and application.stage is Stage.INTERVIEWED:
        moved = round_edits[0].after
        after = replace(after, stage_at=moved.starts_at if isinstance(moved, Interview) else now)
    edits = [Edit(application, after)] if after != application else []
    edits += round_edits + _people_edits(dossier, draft.people, round_edits, now)
    if not edits:
        raise Refused(f"Nothing was changed about {application.company}.")
    return Change(verb="edit", label=f"{draft.company} edited", at=now, edits=tuple(edits))


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


def _instant(when: When) -> datetime:
    moment = when.at or datetime.combine(when.day, NOON, zone_named(when.zone))
    return moment.astimezone(UTC)


def _interview(application_id: str, when: When, now: datetime) -> Interview:
    return Interview(
        application_id=application_id,
        starts_at=_instant(when),
        zone=when.zone,
        time_known=when.at is not None,
        created_at=now,
    )


def _contact(application_id: str, person: Person, now: datetime) -> Contact:
    return Contact(application_id=application_id, name=person.name, email=person.email, created_at=now)


def _link(interview: Interview, contact: Contact) -> Interviewer:
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
        interview, starts_at=_instant(when), zone=when.zone, time_known=when.at is not None, ends_at=None
    )
    return [Edit(interview, moved)]


def _people_edits(
    dossier: Dossier, people: tuple[Person, ...], round_edits: list[Edit], now: datetime
) -> list[Edit]:
    known = {contact.name or contact.email: contact for contact in dossier.contacts}
    edits: list[Edit] = []
    row = round_edits[0].after if round_edits else latest_interview(dossier)
    for person in people:
        contact = known.pop(person.name or person.email, None)
        if contact is None:
            contact = _contact(dossier.application.id, person, now)
            edits.append(Edit(None, contact))
            if isinstance(row, Interview):
                edits.append(Edit(None, _link(row, contact)))
        elif contact.email != person.email:
            edits.append(Edit(contact, replace(contact, email=person.email)))
    for contact in known.values():
        edits += _forgotten(dossier, contact)
    return edits


def _forgotten(dossier: Dossier, contact: Contact) -> list[Edit]:
    """The edits that take a person off an application: what was sent to them stays in the history, unnamed."""
    touches = [touch for touch in dossier.touches if touch.contact_id == contact.id]
    links = [link for link in dossier.interviewers if link.contact_id == contact.id]
    return [
        *(Edit(touch, replace(touch, contact_id=None)) for touch in touches),
        *(Edit(link, None) for link in links),
        Edit(contact, None),
    ]
