"""Which offers of other employers an application knows of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from followup_tui.domain.model.company_name import could_be_one_company, fold_company
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.offer_elsewhere import OfferElsewhere
from followup_tui.domain.model.related import employer_key, is_agency
from followup_tui.domain.model.stage import Stage

_MOST = 10
"""Offers of other employers that an application knows of."""


def offers_made(all_details: Iterable[ApplicationDetails]) -> list[OfferElsewhere]:
    """The offers of some applications, as the others know of them."""
    return [
        OfferElsewhere(
            made_at=offer.made_at,
            application_id=details.application.id,
            company=details.application.company,
            of_agency=is_agency(details.application.tags),
            answer_by=offer.answer_by,
            ended_at=offer.answered_at
            or (details.application.stage_at if details.application.stage is Stage.MOVED_ON else None),
        )
        for details in all_details
        for offer in details.offers
    ]


def newest_first(offers: Iterable[OfferElsewhere]) -> list[OfferElsewhere]:
    """The offers that are open, then those that have ended, each from the newest to the oldest."""
    return sorted(offers, key=lambda offer: (offer.ended_at is None, *_age(offer)), reverse=True)


def with_offers_elsewhere(details: ApplicationDetails, offers: Sequence[OfferElsewhere]) -> ApplicationDetails:
    """The application with the first few of the offers, as `newest_first` orders them, that other employers made.

    Nobody weighs more than a few; a sheet may have thousands, and ten thousand applications to tell of them.
    """
    if not offers and not details.offers_elsewhere:
        return details
    found = tuple(sorted(islice(_elsewhere(details, offers), _MOST), key=_age))
    return details if found == details.offers_elsewhere else replace(details, offers_elsewhere=found)


def _age(offer: OfferElsewhere) -> tuple[datetime, str]:
    return offer.made_at, offer.application_id


def _elsewhere(details: ApplicationDetails, offers: Sequence[OfferElsewhere]) -> Iterator[OfferElsewhere]:
    application = details.application
    company, of_agency = application.company, is_agency(application.tags)
    key = employer_key(company)
    for offer in offers:
        is_another = of_agency or offer.of_agency or employer_key(offer.company) != key
        is_another = is_another or not could_be_one_company(fold_company(offer.company), fold_company(company))
        if is_another and offer.application_id != application.id:
            yield offer
