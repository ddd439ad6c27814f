"""Making an application from a draft, and what editing one changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from followup_tui.domain.model.application import Application, interviewed
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.change import Change, Edit, moment_at
from followup_tui.domain.model.contact import Contact, Person
from followup_tui.domain.model.details import ApplicationDetails, Entity, latest_interview, people_in, stage_start
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Interview, Interviewer, end_instant, instant, when_of
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.model.when import When


def add(draft: ApplicationForm, *, number: int, now: datetime) -> Change:
    """A new application with its people and, where a date was said, its interview."""
    application = Application(
        number=number,
        company=draft.company,
        role=draft.role,
        stage_at=instant(draft.interview) if draft.interview else now,
        created_at=now,
    )
    application = _as_typed(application, draft)
    if draft.applied_only and draft.interview is None:
        application = replace(application, stage=Stage.AWAITING, applied_only=True)
    interview = _interview(application.id, draft, draft.interview, now) if draft.interview else None
    people = [
        contact_of(application.id, person, moment_at(now, place)) for place, person in enumerate(draft.people)
    ]
    rows: list[Entity] = [application, *people, *([interview] if interview else [])]
    links = [link_of(interview, person) for person in people if interview]
    return Change(
        verb="add",
        label=f"{draft.company} added",
        at=now,
        edits=tuple(Edit(None, row) for row in (*rows, *links)),
    )


def edit(details: ApplicationDetails, draft: ApplicationForm, now: datetime) -> Change:
    """What differs between the application and its edited draft. Refuses where nothing does.

    The application's own row is written with every edit: by its version others see that what they edit is old.
    """
    application = details.application
    rounds = _round_edits(details, draft, now)
    edited = replace(details, interviews=_held(details, rounds))
    after = _as_typed(application, draft)
    if rounds and draft.interview is not None and application.is_applied:
        after = interviewed(after, instant(draft.interview))
    elif rounds and application.stage is Stage.INTERVIEWED:
        after = replace(after, stage_at=stage_start(edited, Stage.INTERVIEWED, now))
    parts = (*rounds, *_people_edits(edited, draft.people, now))
    if after == application and not parts:
        raise Refused(f"Nothing was changed about {application.company}.")
    edits = (Edit(application, after), *parts)
    return Change(verb="edit", label=f"{draft.company} edited", at=now, edits=edits)


def form_for(details: ApplicationDetails) -> ApplicationForm:
    """The draft that editing an application starts from; saving it unchanged changes nothing."""
    application = details.application
    interview = latest_interview(details)
    return ApplicationForm(
        company=application.company,
        role=application.role,
        interview=when_of(interview) if interview else None,
        people=tuple(map(_as_typed_person, details.contacts)),
        kind=interview.kind if interview else None,
        place=interview.place if interview else "",
        url=application.url,
        location=application.location,
        source=application.source,
        tags=application.tags,
        notes=application.notes,
        region=application.region,
        pace=application.pace,
        pay=application.pay,
        referrer=application.referrer,
        work_mode=application.work_mode,
        applied_on=application.applied_on,
        applied_only=application.applied_only,
    )


def _as_typed_person(contact: Contact) -> Person:
    """A contact as the form shows it: by name and mail address, or by what else is known."""
    if contact.name or contact.email:
        return Person(contact.name, contact.email)
    return Person(phone=contact.phone, link="" if contact.phone else contact.link)


def _as_typed(application: Application, draft: ApplicationForm) -> Application:
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
        pay=draft.pay,
        referrer=draft.referrer,
        work_mode=draft.work_mode,
        applied_on=draft.applied_on,
    )


def _interview(application_id: str, draft: ApplicationForm, when: When, now: datetime) -> Interview:
    return Interview(
        application_id=application_id,
        starts_at=instant(when),
        ends_at=end_instant(when),
        zone=when.zone,
        time_known=when.at is not None,
        kind=draft.kind,
        place=draft.place,
        created_at=now,
    )


def contact_of(application_id: str, person: Person, now: datetime) -> Contact:
    """A new contact for somebody who was named."""
    return Contact(
        application_id=application_id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        title=person.title,
        link=person.link,
        notes=person.notes,
        created_at=now,
    )


def link_of(interview: Interview, contact: Contact) -> Interviewer:
    """The row that says somebody takes part in a round."""
    return Interviewer(application_id=interview.application_id, interview_id=interview.id, contact_id=contact.id)


def _round_edits(details: ApplicationDetails, draft: ApplicationForm, now: datetime) -> list[Edit]:
    interview, when = latest_interview(details), draft.interview
    if interview is None:
        return [Edit(None, _interview(details.application.id, draft, when, now))] if when else []
    if when is None:
        return [Edit(interview, replace(interview, cancelled_at=now))]
    said = replace(interview, kind=draft.kind, place=draft.place)
    if when == when_of(interview):
        return [] if said == interview else [Edit(interview, said)]
    moved = replace(
        said,
        starts_at=instant(when),
        zone=when.zone,
        time_known=when.at is not None,
        ends_at=end_instant(when),
    )
    if moved == interview:
        return []
    return [Edit(interview, moved)]


def _held(details: ApplicationDetails, rounds: Sequence[Edit]) -> tuple[Interview, ...]:
    """The interviews as they are after the edits."""
    rows = {interview.id: interview for interview in details.interviews}
    rows |= {edit.after.id: edit.after for edit in rounds if isinstance(edit.after, Interview)}
    return tuple(rows.values())


def _people_edits(details: ApplicationDetails, people: Sequence[Person], now: datetime) -> list[Edit]:
    """Who came, changed and went; `details` holds the interviews as they will be.

    Whoever comes was in the latest round, and so is everybody where it is new: nobody is in it yet.
    """
    interview = latest_interview(details)
    known = recognised(details.contacts, people)
    everybody = interview is not None and not people_in(interview, details)
    start = max((now, *(moment_at(contact.created_at, 1) for contact in details.contacts)))
    edits: list[Edit] = []
    for place, person in enumerate(people):
        contact = known.get(place)
        if contact is None:
            came = contact_of(details.application.id, person, moment_at(start, place))
            edits.append(Edit(None, came))
        else:
            came = replace(
                contact,
                name=person.name,
                email=person.email,
                phone=person.phone or contact.phone,
                title=person.title or contact.title,
                link=person.link or contact.link,
            )
            if came != contact:
                edits.append(Edit(contact, came))
        if interview is not None and (contact is None or everybody):
            edits.append(Edit(None, link_of(interview, came)))
    stayed = {contact.id for contact in known.values()}
    for contact in details.contacts:
        edits += [] if contact.id in stayed else _forgotten(details, contact)
    return edits


def _name_and_mail(one: Contact | Person) -> tuple[str, ...]:
    return one.name, one.email


def _name(one: Contact | Person) -> tuple[str, ...]:
    return (one.name,)


def _mail(one: Contact | Person) -> tuple[str, ...]:
    return (one.email,)


def _phone_or_link(one: Contact | Person) -> tuple[str, ...]:
    return (one.phone or one.link,) if not one.name and not one.email else ()


_SAME_PERSON = (_name_and_mail, _name, _mail, _phone_or_link)
"""By what a person is recognised, the surest first."""


def recognised(contacts: Sequence[Contact], people: Sequence[Person]) -> dict[int, Contact]:
    """Which contact each person is, by the person's place: the same in all, else in the name, else in the mail."""
    left = list(contacts)
    found: dict[int, Contact] = {}
    for same in _SAME_PERSON:
        for place, person in enumerate(people):
            contact = next((one for one in left if same(one) == same(person) and any(same(one))), None)
            if contact is not None and place not in found:
                found[place] = contact
                left.remove(contact)
    return found


def _forgotten(details: ApplicationDetails, contact: Contact) -> list[Edit]:
    """The edits that take a person off an application: what was sent to them stays in the history, unnamed."""
    touches = [touch for touch in details.touches if touch.contact_id == contact.id]
    links = [link for link in details.interviewers if link.contact_id == contact.id]
    return [
        *(Edit(touch, replace(touch, contact_id=None)) for touch in touches),
        *(Edit(link, None) for link in links),
        Edit(contact, None),
    ]
