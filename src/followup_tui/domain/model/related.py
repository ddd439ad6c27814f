"""What applications know of each other: contacts at one employer or with one person, and offers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import islice

from followup_tui.domain.model.application import Application, is_accepted_here
from followup_tui.domain.model.company_name import company_core, could_be_one_company, fold_company, fold_name
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.offer import OfferAnswer, OfferElsewhere
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.touch import Direction, RelatedTouch, Touch

AGENCY = "agency"
"""The tag of an application whose company is an agency: of different people there, none hears of the others."""


@lru_cache(maxsize=1 << 15)
def employer_key(company: str) -> str:
    """What companies that could be one have in common."""
    return company_core(fold_company(company))[0]


def mail_key(email: str) -> str:
    """A email address as it is compared; empty for none."""
    return email.strip().casefold()


def relate(wanted: Iterable[ApplicationDetails], others: Iterable[ApplicationDetails]) -> list[ApplicationDetails]:
    """The wanted applications, each with the contacts of those of `others` that belong to it."""
    groups: dict[tuple[str, str], list[ApplicationDetails]] = {}
    for other in others:
        for key in _keys(other) if any(map(_is_shared, other.touches)) else ():
            groups.setdefault(key, []).append(other)
    return [_with_related(details, groups) for details in wanted]


def update_related(
    details: ApplicationDetails, changed: Collection[str], after: Iterable[ApplicationDetails]
) -> ApplicationDetails:
    """The application after some others were `changed`, which are `after` now."""
    kept = [one for one in details.related if one.touch.application_id not in changed]
    return _with(details, [*kept, *(one for other in after for one in related_touches(details, other))])


def _with(details: ApplicationDetails, found: Iterable[RelatedTouch]) -> ApplicationDetails:
    return replace(details, related=tuple(sorted(found, key=lambda one: (*one.order, one.touch.id))))


def _keys(details: ApplicationDetails) -> set[tuple[str, str]]:
    mails = {("mail", key) for contact in details.contacts if (key := mail_key(contact.email))}
    return {("employer", employer_key(details.application.company)), *mails}


def _with_related(
    details: ApplicationDetails, groups: Mapping[tuple[str, str], list[ApplicationDetails]]
) -> ApplicationDetails:
    others = {other.application.id: other for key in _keys(details) for other in groups.get(key, ())}
    if others.keys() <= {details.application.id}:
        return details if not details.related else replace(details, related=())
    return _with(details, [one for other in others.values() for one in related_touches(details, other)])


def related_touches(details: ApplicationDetails, other: ApplicationDetails) -> Sequence[RelatedTouch]:
    """The contacts of another application that count for this one as well; none for itself."""
    here, there = details.application, other.application
    if here.id == there.id:
        return ()
    is_one_company = employer_key(here.company) == employer_key(there.company)
    people = {one.id: _same_person(one, details.contacts, is_one_company) for one in other.contacts}
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


def _same_person(person: Contact, known: Iterable[Contact], is_one_company: bool) -> str | None:
    """The id of the same person among others: by email address, at one company also by name."""
    mail, name = mail_key(person.email), fold_name(person.name)
    for one in known:
        if mail and mail_key(one.email) == mail:
            return one.id
    if is_one_company and name:
        return next((one.id for one in known if fold_name(one.name) == name), None)
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
        )
    at = application.stage_at
    if not accepted and is_accepted_here(application.outcome, at, application.created_at):
        yield OfferElsewhere(at, application.id, application.company, of_agency, None, at, accepted_at=at)


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
        found = self._first  # what nearly all know of: nothing of it was offered by their own employer
        if employer_key(details.application.company) in self._employers:
            found = tuple(sorted(islice(self._elsewhere(details.application), _MOST), key=_age))
        return details if found == details.offers_elsewhere else replace(details, offers_elsewhere=found)

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


def _rank(offer: OfferElsewhere) -> tuple[bool, datetime, str]:
    """How much an offer weighs for other applications: open or accepted before ended, then the newest."""
    return (offer.ended_at is None or offer.accepted_at is not None, *_age(offer))


def _age(offer: OfferElsewhere) -> tuple[datetime, str]:
    return offer.made_at, offer.application_id
