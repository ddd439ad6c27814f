"""Rows of an import for events, and events as rounds are booked."""

from __future__ import annotations

from dataclasses import replace

from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import Booking, Event, Interview, instant, when_of
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.invitations.invitation import Invitation, UnreadEvent
from followup_tui.exchange.invitations.invited_people import Invited
from followup_tui.exchange.invitations.video_links import meeting_of
from followup_tui.exchange.plan import PlannedRow, RowResult

NAMED_TITLE = 80
"""Characters of a title that a message repeats."""


def row_of(
    event: Invitation,
    details: ApplicationDetails | None,
    result: RowResult,
    why: str,
    *,
    is_remarked: bool = False,
) -> PlannedRow:
    """Return the row of an event: of the application as it will be, or of none."""
    why = " ".join((why, *event.remarks))
    if details is None:
        return PlannedRow(event.file, event.line, "", "", result, _with_title(event, why))
    application = details.application
    return PlannedRow(
        event.file,
        event.line,
        application.company,
        application.role,
        result,
        why,
        application.stage,
        is_remarked=is_remarked or bool(event.remarks),
    )


def stored_row(event: Invitation, details: ApplicationDetails, interview: Interview) -> PlannedRow:
    """Return the row of an event that is no newer than the interview that is stored."""
    moved = interview.cancelled_at is None and instant(event.when) != interview.starts_at
    why = "It is stored already" + (", and was moved since: nothing was taken." if moved else ".")
    return row_of(event, details, RowResult.SAME, why, is_remarked=moved)


def unread_row(event: Invitation | UnreadEvent, why: str) -> PlannedRow:
    """Return the row of an event that can't be imported."""
    return PlannedRow(event.file, event.line, "", "", RowResult.ERROR, _with_title(event, why))


def _with_title(event: Invitation | UnreadEvent, why: str) -> str:
    title = shown_line(event.title)[:NAMED_TITLE]
    return f"“{title}”: {why}" if title else why


def version_of(event: Invitation) -> Event:
    """Return which version of which event it is."""
    return Event(uid=event.uid, sequence=event.sequence, revised_at=event.revised_at)


def is_same_time(interview: Interview, event: Invitation) -> bool:
    """Whether an interview is at the time of an event, or known by its day alone."""
    if interview.time_known and event.when.at is not None:
        return interview.starts_at == instant(event.when)
    return when_of(interview).day == event.when.day


def booking_of(event: Invitation, invited: Invited) -> Booking:
    """Return an event as a round is booked."""
    meeting = meeting_of(event, invited.rooms)
    return Booking(
        when=event.when,
        people=invited.people,
        kind=meeting.kind,
        place=meeting.place,
        link=meeting.link,
        event=version_of(event),
    )


def as_known(details: ApplicationDetails, booking: Booking) -> tuple[Booking, list[Edit]]:
    """Return a booking with people as they are stored, and the edits that complete their email addresses."""
    people: list[Person] = []
    completed: list[Edit] = []
    by_mail = {each.email.casefold(): each for each in details.contacts if each.email}
    unmailed = {each.name.casefold(): each for each in details.contacts if each.name and not each.email}
    for person in booking.people:
        contact = by_mail.get(person.email.casefold())
        if contact is None and person.name.casefold() in unmailed:
            contact = unmailed.pop(person.name.casefold())
            completed.append(Edit(contact, replace(contact, email=person.email)))
        people.append(Person(contact.name, contact.email) if contact else person)
    return replace(booking, people=tuple(people)), completed
