"""Rows of an import for events, events as rounds are booked, and what was read and changes, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from followup_tui.domain.format import capitalized, format_clock, in_words
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import Booking, Event, Interview, end_instant, instant, when_of
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import format_when
from followup_tui.exchange.invitations.invitation import Invitation, UnreadEvent
from followup_tui.exchange.invitations.invitation_guess import Guess
from followup_tui.exchange.invitations.invitation_text import notes_of
from followup_tui.exchange.invitations.invited_people import Invited, Own, invited_to
from followup_tui.exchange.invitations.meeting import meeting_of
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
        notes=notes_of(event, invited.people, (meeting.link, event.location, meeting.place)),
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


MAX_NAMED = 8
"""People that one sentence names."""


def describe_booking(booking: Booking, zone: ZoneInfo) -> str:
    """Return a round in words: "Tue 24 Nov 2026 14:00 CET by video with Dana Ruiz"."""
    how = {"phone": " by phone", "video": " by video", "onsite": " on site"}
    kind = how[booking.kind.value] if booking.kind else ""
    people = f" with {name_people(booking.people)}" if booking.people else ""
    return f"{format_when(booking.when, zone)}{kind}{people}"


def describe_changes(
    interview: Interview, booking: Booking, came: Sequence[str], went: Sequence[str], zone: ZoneInfo
) -> str:
    """Return what a newer invitation changes about an interview, as a sentence."""
    parts: list[str] = []
    start, ends_at = replace(booking.when, ends_at=None), end_instant(booking.when)
    if interview.cancelled_at is not None:
        parts.append(f"it takes place after all on {format_when(start, zone)}")
    elif when_of(interview) != start:
        parts.append(f"moves it from {format_when(when_of(interview), zone)} to {format_when(start, zone)}")
    elif interview.ends_at != ends_at and ends_at is not None:
        parts.append(f"ends at {format_clock(ends_at.astimezone(zone))}")
    if booking.link and booking.link != interview.link:
        parts.append("a new link" if interview.link else "adds the link")
    if booking.place and booking.place != interview.place:
        parts.append(f"the place is {booking.place}")
    if booking.notes and booking.notes not in interview.notes:
        parts.append("adds to its notes")
    parts += [f"adds {name_them(came)}"] if came else []
    parts += [f"without {name_them(went)}"] if went else []
    return _sentence("; ".join(parts) or "nothing that is shown")


def name_people(people: Iterable[Person]) -> str:
    """Return people by name, or by email address."""
    return name_them([person.name or person.email for person in people])


def name_them(names: Sequence[str]) -> str:
    """Return a list of names in words."""
    return in_words([*names[:MAX_NAMED], *([f"{len(names) - MAX_NAMED} more"] if len(names) > MAX_NAMED else [])])


def reading_of(
    event: Invitation, booking: Booking, invited: Invited | None, guess: Guess, result: str, zone: ZoneInfo
) -> str:
    """Return what was read, line by line, for a person to confirm; `result` is what would happen."""
    lines = [("Company", guess.company), ("Role", guess.role), *booking_facts(booking, invited, zone)]
    told = [f"  {f'{name}:':<9}{_lines(text)}" for name, text in lines if text]
    return "\n".join((f"{event.file}:{event.line}: {shown_line(event.title)}", *told, f"  {result}"))


def event_facts(event: Invitation, own: Own, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Return what was read of an event, by name, whatever becomes of it."""
    invited = invited_to(event, own)
    return booking_facts(booking_of(event, invited), invited, zone)


def booking_facts(booking: Booking, invited: Invited | None, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Return what a booking holds, by name, without what is empty, and who the user is if that was guessed."""
    guessed = invited.guessed if invited is not None else ""
    facts = (
        ("When", format_when(booking.when, zone)),
        ("How", booking.kind.value if booking.kind else ""),
        ("Place", booking.place),
        ("Link", booking.link),
        ("With", "\n".join(map(str, booking.people))),
        ("Notes", booking.notes),
        ("You", f"{guessed} (guessed: “email” in the settings says it)" if guessed else ""),
    )
    return [(name, text) for name, text in facts if text]


def _lines(text: str) -> str:
    return f"\n{'':11}".join(map(shown_line, text.split("\n")))


def _sentence(text: str) -> str:
    return f"{capitalized(text)}."
