"""Rounds of interviews: one more, moved to another time, called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from followup_tui.domain.change import Change, Edit, change_on, in_turn
from followup_tui.domain.contact import Contact
from followup_tui.domain.course import course_of
from followup_tui.domain.dates import When
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.editing import contact_of, instant, link_of, recognised
from followup_tui.domain.errors import Refused
from followup_tui.domain.interview import Interview, InterviewKind
from followup_tui.domain.quick_add import Person
from followup_tui.domain.rounds import latest_interview
from followup_tui.domain.rulebook import Rulebook
from followup_tui.domain.stage import Stage
from followup_tui.domain.telling import interview_words
from followup_tui.domain.touching import woken


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A round as it is booked: when, with whom, and how one meets."""

    when: When
    people: tuple[Person, ...] = ()
    kind: InterviewKind | None = None


def book_round(dossier: Dossier, now: datetime, booking: Booking, book: Rulebook) -> Change:
    """A further round, which takes the card back to Interviewed from anywhere and restarts its clock.

    Refuses a round that is in the book already.
    """
    application = dossier.application
    interview = Interview(
        application_id=application.id,
        starts_at=instant(booking.when),
        zone=booking.when.zone,
        time_known=booking.when.at is not None,
        kind=booking.kind,
        created_at=now,
    )
    for known in dossier.interviews:
        if known.cancelled_at is None and known.starts_at == interview.starts_at:
            raise Refused(f"{application.company} has an interview at that time already; nothing was saved.")
    edits: list[Edit] = [Edit(None, interview)]
    for contact, is_new in _people(dossier, booking.people, now):
        edits += [Edit(None, contact)] if is_new else []
        edits.append(Edit(None, link_of(interview, contact)))
    after = replace(
        woken(application, now, book.calendar),
        stage=Stage.INTERVIEWED,
        stage_at=interview.starts_at,
        outcome=None,
        closed_from=None,
    )
    moved = f" → {Stage.INTERVIEWED.label}" if application.stage is not Stage.INTERVIEWED else ""
    doing = f": {_words(interview, now, book)}{moved}"
    return change_on("interview", application, doing, now, (Edit(application, after), *edits))


def reschedule(dossier: Dossier, now: datetime, when: When, book: Rulebook) -> Change:
    """Another time for the round that lies ahead. Refuses where there is none, or it is booked so already."""
    interview = _ahead(dossier, now, book, "be moved")
    moved = replace(
        interview, starts_at=instant(when), zone=when.zone, time_known=when.at is not None, ends_at=None
    )
    if moved == interview:
        raise Refused(
            f"The interview at {dossier.application.company} is at that time already; nothing was saved."
        )
    return _rebooked(dossier, now, interview, moved, f": {_words(moved, now, book)}")


def cancel(dossier: Dossier, now: datetime, book: Rulebook) -> Change:
    """The round that lies ahead doesn't take place. Refuses where there is none."""
    interview = _ahead(dossier, now, book, "be cancelled")
    return _rebooked(dossier, now, interview, replace(interview, cancelled_at=now), ": interview cancelled")


def _rebooked(dossier: Dossier, now: datetime, before: Interview, after: Interview, doing: str) -> Change:
    """The round as it is now, and the stage with it: without one called off."""
    application = dossier.application
    rounds = tuple(after if one.id == before.id else one for one in dossier.interviews)
    latest = latest_interview(replace(dossier, interviews=rounds))
    told = application
    if application.stage is Stage.INTERVIEWED:
        if after.cancelled_at is not None and latest is not None and _is_settled(dossier, latest):
            told = replace(application, stage=Stage.AWAITING, stage_at=now)
            doing += f" → {Stage.AWAITING.label}"
        else:
            told = replace(application, stage_at=latest.starts_at if latest else now)
    edits = (*((Edit(application, told),) if told != application else ()), Edit(before, after))
    return change_on("interview", application, doing, now, edits)


def _is_settled(dossier: Dossier, interview: Interview) -> bool:
    """Whether the round before was thanked for: then the card had left Interviewed."""
    return any(touch.interview_id == interview.id for touch in dossier.touches)


def _ahead(dossier: Dossier, now: datetime, book: Rulebook, what: str) -> Interview:
    interview = course_of(dossier, *book, now).ahead
    if interview is None:
        raise Refused(
            f"No interview at {dossier.application.company} lies ahead that could {what}; nothing was saved."
        )
    return interview


def _people(dossier: Dossier, people: Sequence[Person], now: datetime) -> list[tuple[Contact, bool]]:
    """The contacts of the people who take part, and whether each is new."""
    known = recognised(dossier.contacts, people)
    start = max((now, *(in_turn(contact.created_at, 1) for contact in dossier.contacts)))
    return [
        (known[place], False)
        if place in known
        else (contact_of(dossier.application.id, person, in_turn(start, place)), True)
        for place, person in enumerate(people)
    ]


def _words(interview: Interview, now: datetime, book: Rulebook) -> str:
    return interview_words(interview, now.astimezone(book.calendar.zone))
