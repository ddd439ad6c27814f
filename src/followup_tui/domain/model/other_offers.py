"""Which offers of other employers an application knows of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from followup_tui.domain.model.company_name import could_be_one_company, fold_company
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.offer_elsewhere import OfferElsewhere
from followup_tui.domain.model.related import is_agency
from followup_tui.domain.model.stage import Stage


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


def with_offers_elsewhere(details: ApplicationDetails, offers: Sequence[OfferElsewhere]) -> ApplicationDetails:
    """The application with those of the offers that other employers made."""
    if not offers and not details.offers_elsewhere:
        return details
    elsewhere = [offer for offer in offers if _is_elsewhere(offer, details)]
    found = tuple(sorted(elsewhere, key=lambda offer: (offer.made_at, offer.application_id)))
    return details if found == details.offers_elsewhere else replace(details, offers_elsewhere=found)


def _is_elsewhere(offer: OfferElsewhere, details: ApplicationDetails) -> bool:
    application = details.application
    if offer.application_id == application.id:
        return False
    if offer.of_agency or is_agency(application.tags):
        return True
    return not could_be_one_company(fold_company(offer.company), fold_company(application.company))
