"""Everything known about one application, as one value: its offers, and what it knows of other applications.

Those are at the same employer or with the same person; of their offers all know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

from followup_tui.domain.model.application import (
    Application,
    NextStep,
    Outcome,
    Stage,
    is_accepted_here,
    new_id,
)
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.interview import Interview, Interviewer, when_of
from followup_tui.domain.model.text import (
    could_be_one_company,
    employer_key,
    fold_company,
    fold_name,
    mail_key,
    name_by_roles,
    roles_by_employer,
)
from followup_tui.domain.model.touch import Direction, Letter, RelatedTouch, Touch


class OfferAnswer(StrEnum):
    """What became of an offer; one that lapsed or was taken back was answered by nobody."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        """The answer in words: "taken back"."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One offer; an application has at most one without an `answer`, which is open as
    long as the application is.

    `answer_by` is the day on which they want to know at the latest, `pay` and `start` are in the words in which
    they were said. `asked_time_at` is when one asked for more time last. `day_known` tells whether `made_at` is
    when they made it, rather than when it was imported.
    """

    id: str = field(default_factory=new_id)
    application_id: str
    made_at: datetime
    answer_by: date | None = None
    pay: str = ""
    start: str = ""
    notes: str = ""
    asked_time_at: datetime | None = None
    answer: OfferAnswer | None = None
    answered_at: datetime | None = None
    created_at: datetime
    day_known: bool = True
    version: int = field(default=0, compare=False)


class OfferElsewhere(NamedTuple):
    """An offer: of which application, by whom, made when, to be answered by which day, and when it ended.

    Without a known day `made_at` is when it was imported. It has ended once it was answered, or its application
    has; `accepted_at` is when it was accepted, as long as that stands, and `of_agency` is as the tag of the
    application. `number` is the application's, which decides between offers of one moment.
    """

    made_at: datetime
    application_id: str
    company: str
    of_agency: bool
    answer_by: date | None
    ended_at: datetime | None
    day_known: bool = True
    accepted_at: datetime | None = None
    number: int = 0


Entity = Application | Contact | Interview | Interviewer | Touch | NextStep | Offer | Letter

#: Every kind of row, parents before children: the order in which rows may be inserted.
ENTITIES: tuple[type[Entity], ...] = (Application, Contact, Interview, Interviewer, Touch, NextStep, Offer, Letter)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationDetails:
    """An application with its people, rounds, touches, answers and offers, each oldest first.

    `related` are the contacts of other applications at the same employer or with the same people, oldest first,
    and `offers_elsewhere` the offers of other employers; `named` is empty where the employer alone is its name.
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
    named: str = ""

    @property
    def name(self) -> str:
        """How messages and questions name the application; see `name_among`."""
        return self.named or self.application.company

    @property
    def uncancelled(self) -> list[Interview]:
        """The interviews that weren't called off, past and ahead."""
        return [interview for interview in self.interviews if interview.cancelled_at is None]


def next_recorded_at(details: ApplicationDetails, now: datetime) -> datetime:
    """Return a `created_at` or `cancelled_at` later than every existing one, even if the clock stands still."""
    recorded = [
        *(touch.created_at for touch in details.touches),
        *(step.created_at for step in details.next_steps),
        *(interview.cancelled_at for interview in details.interviews if interview.cancelled_at is not None),
    ]
    return max([now, *(at + timedelta(microseconds=1) for at in recorded)])


def latest_interview(details: ApplicationDetails) -> Interview | None:
    """The round that starts last and isn't cancelled."""
    return max(details.uncancelled, key=lambda interview: interview.starts_at, default=None)


def interview_days(details: ApplicationDetails) -> tuple[date, ...]:
    """The days of the interviews that weren't cancelled, each in the zone of its booking, earliest first."""
    return tuple(sorted({when_of(interview).day for interview in details.uncancelled}))


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


AGENCY = "agency"
"""The tag of an application whose company is an agency: of different people there, none hears of the others."""


def relate(wanted: Iterable[ApplicationDetails], others: Iterable[ApplicationDetails]) -> list[ApplicationDetails]:
    """The wanted applications, each with the contacts of those of `others` that belong to it, and its name.

    The wanted ones are among the others.
    """
    groups: dict[tuple[str, str], list[ApplicationDetails]] = {}
    applications: dict[str, Application] = {}
    for other in others:
        applications[other.application.id] = other.application
        if any(map(_is_shared, other.touches)):
            for key in _keys(other):
                groups.setdefault(key, []).append(other)
    roles = roles_by_employer(applications.values())
    return [_named(_with_related(details, groups), roles) for details in wanted]


def _named(details: ApplicationDetails, roles: Mapping[str, Counter[str]]) -> ApplicationDetails:
    name = name_by_roles(details.application, roles)
    named = "" if name == details.application.company else name
    return details if named == details.named else replace(details, named=named)


def update_related(
    details: ApplicationDetails, changed: Collection[str], after: Iterable[ApplicationDetails]
) -> ApplicationDetails:
    """The application after some others were `changed`, which are `after` now."""
    touches = [related for related in details.related if related.touch.application_id not in changed]
    for other in after:
        touches += related_touches(details, other)
    return _with(details, touches)


def _with(details: ApplicationDetails, touches: Iterable[RelatedTouch]) -> ApplicationDetails:
    return replace(details, related=tuple(sorted(touches, key=lambda related: (*related.order, related.touch.id))))


def _keys(details: ApplicationDetails) -> set[tuple[str, str]]:
    mails = {("mail", key) for contact in details.contacts if (key := mail_key(contact.email))}
    return {("employer", employer_key(details.application.company)), *mails}


def _with_related(
    details: ApplicationDetails, groups: Mapping[tuple[str, str], list[ApplicationDetails]]
) -> ApplicationDetails:
    others = {other.application.id: other for key in _keys(details) for other in groups.get(key, ())}
    if others.keys() <= {details.application.id}:
        return details if not details.related else replace(details, related=())
    return _with(details, [related for other in others.values() for related in related_touches(details, other)])


def related_touches(details: ApplicationDetails, other: ApplicationDetails) -> Sequence[RelatedTouch]:
    """The contacts of another application that count for this one as well; none for itself."""
    here, there = details.application, other.application
    if here.id == there.id:
        return ()
    is_one_company = employer_key(here.company) == employer_key(there.company)
    people = {contact.id: _same_person(contact, details.contacts, is_one_company) for contact in other.contacts}
    of_employer = is_one_company and not (is_agency(here.tags) or is_agency(there.tags))
    if not of_employer and not any(people.values()):
        return ()
    only = next(iter(people.values())) if len(people) == 1 else None
    role = there.role if is_one_company else f"{there.role} at {there.company}"
    return [
        RelatedTouch(role, touch, of_employer, people.get(touch.contact_id, only) if touch.contact_id else only)
        for touch in other.touches
        if _is_shared(touch)
    ]


def _is_shared(touch: Touch) -> bool:
    """Whether it is a contact, and no note to oneself."""
    return touch.direction is not Direction.NONE


def is_agency(tags: Iterable[str]) -> bool:
    """Whether an application's tags say that its company is an agency."""
    return any(tag.casefold() == AGENCY for tag in tags)


def _same_person(person: Contact, contacts: Iterable[Contact], is_one_company: bool) -> str | None:
    """The id of the same person among contacts: by email address, at one company also by name."""
    mail, name = mail_key(person.email), fold_name(person.name)
    for contact in contacts:
        if mail and mail_key(contact.email) == mail:
            return contact.id
    if is_one_company and name:
        return next((contact.id for contact in contacts if fold_name(contact.name) == name), None)
    return None


_MOST = 10
"""Offers of other employers that an application knows of."""


def offers_made(all_details: Iterable[ApplicationDetails]) -> list[OfferElsewhere]:
    """The offers of some applications, as the others know of them.

    One that was accepted without being recorded before is among them, but for what came in as accepted: nobody
    knows when that was.
    """
    return [offer for details in all_details for offer in _offers_of(details)]


def _offers_of(details: ApplicationDetails) -> Iterator[OfferElsewhere]:
    application = details.application
    of_agency = is_agency(application.tags)
    closed_at = application.stage_at if application.stage is Stage.MOVED_ON else None
    stands = application.outcome in (None, Outcome.ACCEPTED)
    accepted = [offer for offer in details.offers if offer.answer is OfferAnswer.ACCEPTED and stands]
    for offer in details.offers:
        yield OfferElsewhere(
            made_at=offer.made_at,
            application_id=application.id,
            company=application.company,
            of_agency=of_agency,
            answer_by=offer.answer_by,
            ended_at=offer.answered_at or closed_at,
            day_known=offer.day_known,
            accepted_at=offer.answered_at if offer in accepted else None,
            number=application.number,
        )
    at = application.stage_at
    if not accepted and is_accepted_here(application.outcome, at, application.created_at):
        yield OfferElsewhere(
            at, application.id, application.company, of_agency, None, at, True, at, application.number
        )


_NEVER = datetime.max.replace(tzinfo=UTC)


class OffersElsewhere:
    """All offers, and which of them each application knows of: the first few that other employers made.

    Those that are open or accepted come before those that have ended, each from the newest to the oldest. Nobody
    weighs more than a few; a sheet may have thousands, and ten thousand applications to tell of them.
    """

    def __init__(self, offers: Iterable[OfferElsewhere]) -> None:
        self._newest = sorted(offers, key=_rank, reverse=True)
        first = self._newest[:_MOST]
        self._first = tuple(sorted(first, key=_age))
        self._employers = {employer_key(offer.company) for offer in first}

    def known_to(self, details: ApplicationDetails) -> ApplicationDetails:
        """Return the application with the offers that it knows of."""
        offers = self._first  # what nearly all know of: nothing of it was offered by their own employer
        if employer_key(details.application.company) in self._employers:
            offers = tuple(sorted(islice(self._elsewhere(details.application), _MOST), key=_age))
        return details if offers == details.offers_elsewhere else replace(details, offers_elsewhere=offers)

    def _elsewhere(self, application: Application) -> Iterator[OfferElsewhere]:
        company, of_agency = application.company, is_agency(application.tags)
        key = employer_key(company)
        for offer in self._newest:
            if offer.application_id == application.id:
                continue
            is_of_one_employer = (
                not (of_agency or offer.of_agency)
                and employer_key(offer.company) == key
                and could_be_one_company(fold_company(offer.company), fold_company(company))
            )
            if offer.accepted_at is not None or not is_of_one_employer:
                yield offer  # once one role was accepted, one withdraws from the employer's other ones, too


def _rank(offer: OfferElsewhere) -> tuple[Any, ...]:
    """How much an offer weighs for other applications: open or accepted before ended, then the newest."""
    return (offer.ended_at is None or offer.accepted_at is not None, *_age(offer))


def _age(offer: OfferElsewhere) -> tuple[Any, ...]:
    """The same order however they were read: of one application two can be of one moment, as after a merge."""
    ended_at, accepted_at = offer.ended_at or _NEVER, offer.accepted_at or _NEVER
    answer_by = offer.answer_by or date.max
    return offer.made_at, offer.number, offer.application_id, ended_at, accepted_at, answer_by, offer.day_known
