"""Rounds of interviews: one more, moved to another time, called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from followup_tui.domain.commands.touches import clear_snooze
from followup_tui.domain.describe import describe_interview, describe_start
from followup_tui.domain.model.application import Stage, interviewed
from followup_tui.domain.model.change import (
    Change,
    Edit,
    change_on,
    contacts_of,
    edits_between,
    link_of,
    round_edits,
)
from followup_tui.domain.model.contact import Contact, Person
from followup_tui.domain.model.details import ApplicationDetails, latest_interview, next_recorded_at, people_in
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Booking, Event, Interview, instant, time_of, when_of
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.offers import booked_when_moved
from followup_tui.domain.rules.playbook import Rulebook
from followup_tui.domain.rules.rounds import day_of_interview


def book_round(details: ApplicationDetails, now: datetime, booking: Booking, book: Rulebook) -> Change:
    """A further round, which takes the card back to Interviewed from anywhere and restarts its clock.

    A round that is in the book already gets the people that are named, and no others. Refuses one without any.
    """
    booked = _same_round(details, booking)
    if booked is not None and booking.people:
        return _name_people(details, now, booked, booking, book)
    application = details.application
    interview, edits = _round(details, now, booking)
    after = interviewed(clear_snooze(application, now, book.calendar), interview.starts_at)
    after = replace(after, referrer=application.referrer or booking.referrer)
    moved = f" → {Stage.INTERVIEWED.label}" if application.stage is not Stage.INTERVIEWED else ""
    doing = f": {_words(interview, now, book)}{moved}"
    return change_on("interview", application, doing, now, (Edit(application, after), *edits))


def add_past_round(details: ApplicationDetails, now: datetime, booking: Booking, book: Rulebook) -> Change:
    """A round that was missing in the history: what came after it stands, so the card stays where it is.

    Refuses a round that is in the book already.
    """
    interview, edits = _round(details, now, booking)
    doing = f": {_words(interview, now, book)}"
    return change_on("interview", details.application, doing, now, tuple(edits))


def is_past_round(details: ApplicationDetails, starts_at: datetime, now: datetime) -> bool:
    """Whether a round lies before what is known: a later round, or the stage that the card came to since."""
    application = details.application
    latest = latest_interview(details)
    if latest is not None and starts_at < latest.starts_at:
        return True
    has_moved_on = application.stage is not Stage.INTERVIEWED and not application.is_applied
    return has_moved_on and starts_at <= min(application.stage_at, now)


def revise_round(
    details: ApplicationDetails, now: datetime, interview: Interview, booking: Booking, book: Rulebook
) -> Change:
    """A round as a newer invitation has it: when, where and with whom; one that was called off takes place again.

    Whoever is new joins it, and who isn't invited any more leaves it, unless they were thanked for it. Refuses
    where nothing differs.
    """
    application = details.application
    revised = replace(
        _moved(_identified(interview, booking.event), booking.when),
        kind=booking.kind or interview.kind,
        notes=_with_lines(interview.notes, booking.notes),
        cancelled_at=None,
    )
    if booking.place or booking.link:
        revised = replace(revised, place=booking.place, link=booking.link)
    people = _attending(details, interview, booking.people, now)
    if _identified(interview, booking.event) == revised and not people:
        raise Refused(f"The interview at {details.name} is like that already; nothing was saved.")
    if interview.starts_at != revised.starts_at:
        revised = replace(revised, created_at=booked_when_moved(details, interview, now))
    change = _rebooked(details, now, interview, revised, f": {_words(revised, now, book)}")
    edits = (*change.edits, *people)
    # A coming interview is never hidden behind what came after the round before.
    if (
        application.stage is not Stage.INTERVIEWED
        and revised.starts_at > now
        and interview.starts_at != revised.starts_at
    ):
        after = interviewed(clear_snooze(application, now, book.calendar), revised.starts_at)
        edits = (Edit(application, after), *edits)
    return replace(change, edits=edits)


def cancel_round(details: ApplicationDetails, now: datetime, interview: Interview, event: Event | None) -> Change:
    """A round is called off, as an event says; refuses where it was called off before."""
    if interview.cancelled_at is not None:
        raise Refused(f"The interview at {details.name} is cancelled already; nothing was saved.")
    cancelled = replace(_identified(interview, event), cancelled_at=next_recorded_at(details, now))
    return _rebooked(details, now, interview, cancelled, ": interview cancelled")


def _round(details: ApplicationDetails, now: datetime, booking: Booking) -> tuple[Interview, list[Edit]]:
    """A new round with its people; refuses one at the time of another."""
    application = details.application
    interview = _identified(
        Interview(
            application_id=application.id,
            **time_of(booking.when),
            kind=booking.kind,
            place=booking.place,
            link=booking.link,
            notes=booking.notes,
            created_at=now,
        ),
        booking.event,
    )
    if _same_round(details, booking) is not None:
        raise Refused(
            f"{details.name} has an interview at that time already; nothing was saved. To say who was in"
            " it, write the names behind the date."
        )
    people, edits = contacts_of(details, booking.people, now)
    if not booking.people:
        people = _called_off_people(details)
    links = [Edit(None, link_of(interview, person)) for person in people]
    return interview, [Edit(None, interview), *edits, *links]


def _same_round(details: ApplicationDetails, booking: Booking) -> Interview | None:
    """The round of that moment, where people are named also the only one of that day."""
    same = [interview for interview in details.uncancelled if interview.starts_at == instant(booking.when)]
    if not same and booking.people and booking.when.at is None:
        same = [interview for interview in details.uncancelled if when_of(interview).day == booking.when.day]
    return same[0] if len(same) == 1 else None


def _name_people(
    details: ApplicationDetails, now: datetime, interview: Interview, booking: Booking, book: Rulebook
) -> Change:
    """Who was in a round, and what else is said of it; refuses where it is known so already."""
    people, edits = contacts_of(details, booking.people, now)
    edits += round_edits(details, interview, people, [contact.id for contact in details.contacts])
    revised = replace(
        interview,
        kind=booking.kind or interview.kind,
        place=booking.place or interview.place,
        link=booking.link or interview.link,
        notes=_with_lines(interview.notes, booking.notes),
    )
    edits += edits_between(interview, revised)
    if not edits:
        raise Refused(f"The interview at {details.name} is like that already; nothing was saved.")
    doing = f": {_words(interview, now, book)} with {', '.join(person.label for person in people)}"
    return change_on("interview", details.application, doing, now, tuple(edits))


def _with_lines(notes: str, more: str) -> str:
    """Return notes with the lines of others that aren't among them."""
    lines = notes.split("\n")
    new = (line for line in more.split("\n") if line not in lines)
    return "\n".join(filter(None, (notes, *new)))


def _called_off_people(details: ApplicationDetails) -> list[Contact]:
    """Who would have been in the round that was booked last and called off: a new date for it keeps them."""
    last = max(details.interviews, key=lambda round: (round.created_at, round.starts_at), default=None)
    return list(people_in(last, details)) if last is not None and last.cancelled_at is not None else []


def _identified(interview: Interview, event: Event | None) -> Interview:
    if event is None:
        return interview
    return replace(
        interview, event_uid=event.uid, event_sequence=event.sequence, event_revised_at=event.revised_at
    )


def _attending(
    details: ApplicationDetails, interview: Interview, people: Sequence[Person], now: datetime
) -> list[Edit]:
    """Who joins a round and who leaves it; without anybody named, nobody does."""
    links = {link.contact_id: link for link in details.interviewers if link.interview_id == interview.id}
    contacts, edits = contacts_of(details, people, now)
    invited = {contact.id for contact in contacts}
    edits += [Edit(None, link_of(interview, contact)) for contact in contacts if contact.id not in links]
    thanked = {touch.contact_id for touch in details.touches if touch.interview_id == interview.id}
    mailed = {contact.id for contact in details.contacts if contact.email}
    gone = [id for id in links if id in mailed and id not in invited and id not in thanked] if people else []
    return edits + [Edit(links[id], None) for id in gone]


def reschedule(details: ApplicationDetails, now: datetime, when: When, book: Rulebook) -> Change:
    """Move the next interview to another time; raises `Refused` if there is none or the time is the same."""
    interview = _ahead(details, now, book, "be moved")
    moved = _moved(interview, when)
    if moved == interview:
        raise Refused(f"The interview at {details.name} is at that time already; nothing was saved.")
    moved = replace(moved, created_at=booked_when_moved(details, interview, now))
    to = describe_start(moved, now.astimezone(book.calendar.zone))
    is_moved = moved.starts_at != interview.starts_at
    doing = f": {_words(interview, now, book)} moved to {to}" if is_moved else f": {_words(moved, now, book)}"
    return _rebooked(details, now, interview, moved, doing)


def _moved(interview: Interview, when: When) -> Interview:
    """The interview at another time; at its own it was seen as before."""
    seen_on = interview.seen_on if interview.starts_at == instant(when) else None
    return replace(interview, **time_of(when), seen_on=seen_on)


def cancel(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """Cancel the next interview; raises `Refused` if there is none."""
    interview = _ahead(details, now, book, "be cancelled")
    return _rebooked(
        details,
        now,
        interview,
        replace(interview, cancelled_at=next_recorded_at(details, now)),
        f": {_words(interview, now, book)} cancelled",
    )


def mark_seen(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """The reminder of today's interview was seen: it asks no more today. Refuses where there is none today."""
    interview, today = _ahead(details, now, book, "be marked as seen"), book.calendar.day_of(now)
    name = details.name
    if day_of_interview(interview, book.calendar) > today:
        raise Refused(
            f"The {_words(interview, now, book)} at {name} isn't today; nothing was saved, it stays on the card."
        )
    if interview.seen_on == today:
        raise Refused(f"You have seen the interview at {name} already; nothing was saved.")
    doing = f": {_words(interview, now, book)} seen"
    edits = (Edit(interview, replace(interview, seen_on=today)),)
    return change_on("seen", details.application, doing, now, edits)


def _rebooked(
    details: ApplicationDetails, now: datetime, before: Interview, after: Interview, doing: str
) -> Change:
    """The round as it is now, and the stage with it: without one called off."""
    application = details.application
    rounds = tuple(after if round.id == before.id else round for round in details.interviews)
    latest = latest_interview(replace(details, interviews=rounds))
    staged = application
    if application.stage is Stage.INTERVIEWED:
        if after.cancelled_at is not None and latest is not None and _is_settled(details, latest):
            staged = replace(application, stage=Stage.AWAITING, stage_at=now)
            doing += f" → {Stage.AWAITING.label}"
        else:
            staged = replace(application, stage_at=latest.starts_at if latest else now)
    edits = (*edits_between(application, staged), Edit(before, after))
    return change_on("interview", application, doing, now, edits)


def _is_settled(details: ApplicationDetails, interview: Interview) -> bool:
    """Whether the round before was thanked for: then the card had left Interviewed."""
    return any(touch.interview_id == interview.id for touch in details.touches)


def _ahead(details: ApplicationDetails, now: datetime, book: Rulebook, wish: str) -> Interview:
    """The next interview; raises `Refused` without one, with what was to be done with it: "be moved"."""
    interview = history_of(details, *book, now).ahead
    if interview is None:
        raise Refused(
            f"No interview at {details.name} is coming up that could {wish}; nothing was saved. Record one first."
        )
    return interview


def _words(interview: Interview, now: datetime, book: Rulebook) -> str:
    return describe_interview(interview, now.astimezone(book.calendar.zone))
