"""Withdrawing from the other applications, one by one, once an offer was accepted."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.model.contact import way_to_write
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.offer import OfferElsewhere
from followup_tui.domain.model.touch import Direction
from followup_tui.domain.rules.action import ActionKind, Step
from followup_tui.domain.rules.rule_context import RuleContext


def accepted_elsewhere(context: RuleContext) -> OfferElsewhere | None:
    """The offer of another application from whose acceptance on this one asks to withdraw, or None."""
    return _accepted_by(context.history.details, context.history.at)


def booked_when_moved(details: ApplicationDetails, interview: Interview, now: datetime) -> datetime:
    """When a round was booked that is moved now: after an acceptance elsewhere now, since one goes on here."""
    return interview.created_at if _accepted_by(details, now) is None else now


def _accepted_by(details: ApplicationDetails, at: datetime) -> OfferElsewhere | None:
    """The offer of another application that was accepted last.

    None for what was added since, for what one went on with since, and where nobody was met or is known.
    """
    if not details.offers_elsewhere:
        return None
    since = details.application.created_at
    accepted = [one for one in details.offers_elsewhere if one.accepted_at and since <= one.accepted_at <= at]
    if not accepted or details.application.applied_only or not (details.interviews or details.contacts):
        return None
    last = max(accepted, key=accepted_at)
    return None if _goes_on(details, accepted_at(last), at) else last


def accepted_at(offer: OfferElsewhere) -> datetime:
    """When an offer was accepted that was."""
    assert offer.accepted_at is not None, "only accepted ones are compared"
    return offer.accepted_at


def _goes_on(details: ApplicationDetails, since: datetime, at: datetime) -> bool:
    """Whether a contact, an answer or an interview was recorded after a moment."""
    return (
        any(since < one.at <= at and one.direction is not Direction.NONE for one in details.touches)
        or any(since < one.said_at <= at for one in details.next_steps)
        or any(since < one.created_at for one in details.interviews)
    )


def withdraw(context: RuleContext, offer: OfferElsewhere, instead: Step) -> Step:
    """Asked for from the acceptance on, in place of what the tables ask for; never late."""
    accepted_on = context.calendar.day_of(accepted_at(offer))
    link = context.counted("You accepted the other offer", accepted_on, context.playbook.withdraw_within)
    person = context.person()
    return context.step(
        ActionKind.WITHDRAW,
        link.end_on,
        f"You accepted {offer.company}'s offer on {context.day(accepted_on)}: withdraw here with a short"
        " letter, or go on with this one to keep it open.",
        channel=way_to_write(person),
        person=person,
        because=f"you accepted {offer.company}'s offer",
        asks_on=accepted_on,
        chain=(link,),
        until_at=instead.until_at,
    )
