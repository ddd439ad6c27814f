"""The people of an application and of its interviews: who a person is, who comes, changes and goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from followup_tui.domain.model.change import Edit, moment_at
from followup_tui.domain.model.contact import Contact, Person, completed, values_of
from followup_tui.domain.model.details import ApplicationDetails, latest_interview, people_in
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.same_person import recognised


def contact_of(application_id: str, person: Person, now: datetime) -> Contact:
    """A new contact for somebody who was named."""
    return Contact(application_id=application_id, created_at=now, **values_of(person))


def link_of(interview: Interview, contact: Contact) -> Interviewer:
    """The row that says somebody takes part in a round."""
    return Interviewer(application_id=interview.application_id, interview_id=interview.id, contact_id=contact.id)


def people_edits(
    details: ApplicationDetails, people: Sequence[Person], met: Sequence[Person] | None, now: datetime
) -> list[Edit]:
    """Who came, changed and went, and who was in the latest round; `details` holds the interviews as they will be.

    Where `met` doesn't say it, whoever comes was in it, and so was everybody where nobody is in it yet.
    """
    interview = latest_interview(details)
    known = recognised(details.contacts, people)
    rows, edits = contacts_of(details, people, now, is_whole=True)
    stayed = {contact.id for contact in known.values()}
    for contact in details.contacts:
        edits += [] if contact.id in stayed else _forgotten(details, contact)
    if interview is None:
        return edits
    if met is not None:
        there = recognised(people, met).values()
        wanted = [row for row, person in zip(rows, people, strict=True) if any(one is person for one in there)]
        return edits + round_edits(details, interview, wanted, stayed)
    everybody = not people_in(interview, details)
    came = [row for place, row in enumerate(rows) if everybody or place not in known]
    return edits + [Edit(None, link_of(interview, contact)) for contact in came]


def round_edits(
    details: ApplicationDetails, interview: Interview, people: Sequence[Contact], stayed: Collection[str]
) -> list[Edit]:
    """The edits that make exactly these people those of a round; `stayed` are the ids of who isn't taken off."""
    links = {link.contact_id: link for link in details.interviewers if link.interview_id == interview.id}
    joined = [Edit(None, link_of(interview, contact)) for contact in people if contact.id not in links]
    there = {contact.id for contact in people}
    return joined + [Edit(link, None) for id, link in links.items() if id in stayed and id not in there]


def _forgotten(details: ApplicationDetails, contact: Contact) -> list[Edit]:
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
    """The contacts that people are, with what is new about them, and the edits that make them so.

    `is_whole` says that what isn't said of a person any more isn't known any more.
    """
    known = recognised(details.contacts, people)
    start = max((now, *(moment_at(contact.created_at, 1) for contact in details.contacts)))
    contacts: list[Contact] = []
    edits: list[Edit] = []
    for place, person in enumerate(people):
        before = known.get(place)
        if before is None:
            after = contact_of(details.application.id, person, moment_at(start, place))
        else:
            after = replace(before, **values_of(person if is_whole else completed(before.person, person)))
        contacts.append(after)
        edits += [Edit(before, after)] if after != before else []
    return contacts, edits
