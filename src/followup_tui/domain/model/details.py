"""Everything known about one application, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.interview import Interview, Interviewer, when_of
from followup_tui.domain.model.letter import Letter
from followup_tui.domain.model.next_step import NextStep
from followup_tui.domain.model.offer import Offer, OfferElsewhere
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import RelatedTouch, Touch

Entity = Application | Contact | Interview | Interviewer | Touch | NextStep | Offer | Letter

#: Every kind of row, parents before children: the order in which rows may be inserted.
ENTITIES: tuple[type[Entity], ...] = (Application, Contact, Interview, Interviewer, Touch, NextStep, Offer, Letter)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationDetails:
    """An application with its people, rounds, touches, answers and offers, each oldest first.

    `related` are the contacts of other applications at the same employer or with the same people, oldest first,
    and `offers_elsewhere` the offers of other employers.
    Its letters are not among them: no rule looks at them, and their texts are long.
    """

    application: Application
    contacts: tuple[Contact, ...] = ()
    interviews: tuple[Interview, ...] = ()
    interviewers: tuple[Interviewer, ...] = ()
    touches: tuple[Touch, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    offers: tuple[Offer, ...] = ()
    related: tuple[RelatedTouch, ...] = ()
    offers_elsewhere: tuple[OfferElsewhere, ...] = ()


def next_recorded_at(details: ApplicationDetails, now: datetime) -> datetime:
    """Return a `created_at` or `cancelled_at` later than every existing one, even if the clock stands still."""
    made = [*(touch.created_at for touch in details.touches), *(said.created_at for said in details.next_steps)]
    made += [one.cancelled_at for one in details.interviews if one.cancelled_at is not None]
    return max([now, *(at + timedelta(microseconds=1) for at in made)])


def latest_interview(details: ApplicationDetails) -> Interview | None:
    """The round that starts last and isn't cancelled."""
    booked = [interview for interview in details.interviews if interview.cancelled_at is None]
    return max(booked, key=lambda interview: interview.starts_at, default=None)


def interview_days(details: ApplicationDetails) -> tuple[date, ...]:
    """The days of the interviews that weren't cancelled, each in the zone of its booking, earliest first."""
    return tuple(sorted({when_of(one).day for one in details.interviews if one.cancelled_at is None}))


def people_in(interview: Interview, details: ApplicationDetails) -> tuple[Contact, ...]:
    """Who was in the room, in the order in which the people were named."""
    met = {link.contact_id for link in details.interviewers if link.interview_id == interview.id}
    return tuple(contact for contact in details.contacts if contact.id in met)


def open_offer(details: ApplicationDetails) -> Offer | None:
    """The offer that waits for an answer, if there is one; what has moved on has none."""
    if not details.offers or details.application.stage is Stage.MOVED_ON:
        return None
    return next((offer for offer in details.offers if offer.answer is None), None)


def met_alone(interview: Interview, details: ApplicationDetails, contact_id: str | None) -> bool:
    """Whether nobody else took part in a round, so that its notes tell what was talked about with this person."""
    return all(person.id == contact_id for person in people_in(interview, details))


def stage_start(details: ApplicationDetails, stage: Stage, now: datetime) -> datetime:
    """From when a stage counts that is entered now: Interviewed from the interview, where there is one."""
    interview = latest_interview(details)
    if stage is Stage.INTERVIEWED and interview is not None:
        return interview.starts_at
    return now


def is_turned_down(details: ApplicationDetails) -> bool:
    """Whether they said no: what one writes then is the gracious note."""
    application = details.application
    return application.stage is Stage.MOVED_ON and application.outcome is Outcome.REJECTED
