"""Offers of other employers that are a reason to write: those that stand, and that one has not told of yet."""

from __future__ import annotations

from followup_tui.domain.model.offer import OfferElsewhere
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.model.touch import CallOutcome, Touch, TouchKind
from followup_tui.domain.rules.history import History


def standing_offers(history: History) -> list[OfferElsewhere]:
    """The offers that wait for an answer at the moment of the history, and whose day hasn't passed; oldest first.

    None for an application that has ended, or that nobody was interviewed for.
    """
    details = history.details
    if not details.offers_elsewhere:
        return []
    if details.application.stage is Stage.MOVED_ON or details.application.applied_only:
        return []
    return [
        offer
        for offer in details.offers_elsewhere
        if offer.made_at <= history.at
        and (offer.ended_at is None or offer.ended_at > history.at)
        and (offer.answer_by is None or offer.answer_by >= history.today)
    ]


def untold_offers(history: History) -> list[OfferElsewhere]:
    """Those of the standing offers of which neither this application nor another one of theirs was told."""
    standing = standing_offers(history)
    last = last_told(history) if standing else None
    return [offer for offer in standing if last is None or last.at < offer.made_at]


def last_told(history: History) -> Touch | None:
    """When they were told of an offer last: they, or the same employer or person for another role."""
    person = history.person()
    told = [touch for touch in history.contacts if _has_told(touch)]
    told += [
        one.touch
        for one in history.details.related
        if _has_told(one.touch)
        and one.touch.at <= history.at
        and (one.of_employer or (person is not None and one.contact_id == person.id))
    ]
    return max(told, key=lambda touch: touch.at, default=None)


def _has_told(touch: Touch) -> bool:
    """Whether a contact told of an offer; a call that nobody answered told nothing."""
    return touch.kind is TouchKind.OTHER_OFFER and touch.outcome is not CallOutcome.NO_ANSWER
