"""Rounds of interviews: one more, moved to another time, called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from followup_tui.domain.commands.applications import contact_of, link_of, recognised
from followup_tui.domain.commands.touches import clear_snooze
from followup_tui.domain.describe import describe_interview
from followup_tui.domain.model.change import Change, Edit, change_on, moment_at
from followup_tui.domain.model.contact import Contact, Person
from followup_tui.domain.model.details import ApplicationDetails, latest_interview
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Booking, Interview, instant
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.model.when import When
from followup_tui.domain.rules.history import history_of
from followup_tui.domain.rules.playbook import Rulebook


def book_round(details: ApplicationDetails, now: datetime, booking: Booking, book: Rulebook) -> Change:
    """A further round, which takes the card back to Interviewed from anywhere and restarts its clock.

    Refuses a round that is in the book already.
    """
    application = details.application
    interview = Interview(
        application_id=application.id,
        starts_at=instant(booking.when),
        zone=booking.when.zone,
        time_known=booking.when.at is not None,
        kind=booking.kind,
        created_at=now,
    )
    for known in details.interviews:
        if known.cancelled_at is None and known.starts_at == interview.starts_at:
            raise Refused(f"{application.company} has an interview at that time already; nothing was saved.")
    edits: list[Edit] = [Edit(None, interview)]
    for contact, is_new in _people(details, booking.people, now):
        edits += [Edit(None, contact)] if is_new else []
        edits.append(Edit(None, link_of(interview, contact)))
    after = replace(
        clear_snooze(application, now, book.calendar),
        stage=Stage.INTERVIEWED,
        stage_at=interview.starts_at,
        outcome=None,
        closed_from=None,
    )
    moved = f" → {Stage.INTERVIEWED.label}" if application.stage is not Stage.INTERVIEWED else ""
    doing = f": {_words(interview, now, book)}{moved}"
    return change_on("interview", application, doing, now, (Edit(application, after), *edits))


def reschedule(details: ApplicationDetails, now: datetime, when: When, book: Rulebook) -> Change:
    """Move the next interview to another time; raises `Refused` if there is none or the time is the same."""
    interview = _ahead(details, now, book, "be moved")
    moved = replace(
        interview, starts_at=instant(when), zone=when.zone, time_known=when.at is not None, ends_at=None
    )
    if moved == interview:
        raise Refused(
            f"The interview at {details.application.company} is at that time already; nothing was saved."
        )
    return _rebooked(details, now, interview, moved, f": {_words(moved, now, book)}")


def cancel(details: ApplicationDetails, now: datetime, book: Rulebook) -> Change:
    """Cancel the next interview; raises `Refused` if there is none."""
    interview = _ahead(details, now, book, "be cancelled")
    return _rebooked(details, now, interview, replace(interview, cancelled_at=now), ": interview cancelled")


def _rebooked(
    details: ApplicationDetails, now: datetime, before: Interview, after: Interview, doing: str
) -> Change:
    """The round as it is now, and the stage with it: without one called off."""
    application = details.application
    rounds = tuple(after if one.id == before.id else one for one in details.interviews)
    latest = latest_interview(replace(details, interviews=rounds))
    told = application
    if application.stage is Stage.INTERVIEWED:
        if after.cancelled_at is not None and latest is not None and _is_settled(details, latest):
            told = replace(application, stage=Stage.AWAITING, stage_at=now)
            doing += f" → {Stage.AWAITING.label}"
        else:
            told = replace(application, stage_at=latest.starts_at if latest else now)
    edits = (*((Edit(application, told),) if told != application else ()), Edit(before, after))
    return change_on("interview", application, doing, now, edits)


def _is_settled(details: ApplicationDetails, interview: Interview) -> bool:
    """Whether the round before was thanked for: then the card had left Interviewed."""
    return any(touch.interview_id == interview.id for touch in details.touches)


def _ahead(details: ApplicationDetails, now: datetime, book: Rulebook, what: str) -> Interview:
    interview = history_of(details, *book, now).ahead
    if interview is None:
        raise Refused(
            f"No interview at {details.application.company} lies ahead that could {what}; nothing was saved."
        )
    return interview


def _people(details: ApplicationDetails, people: Sequence[Person], now: datetime) -> list[tuple[Contact, bool]]:
    """The contacts of the people who take part, and whether each is new."""
    known = recognised(details.contacts, people)
    start = max((now, *(moment_at(contact.created_at, 1) for contact in details.contacts)))
    return [
        (known[place], False)
        if place in known
        else (contact_of(details.application.id, person, moment_at(start, place)), True)
        for place, person in enumerate(people)
    ]


def _words(interview: Interview, now: datetime, book: Rulebook) -> str:
    return describe_interview(interview, now.astimezone(book.calendar.zone))
