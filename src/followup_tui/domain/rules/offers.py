"""What an offer asks for: an answer to it, and one honest message to each other live application."""

from __future__ import annotations

from datetime import date, timedelta

from followup_tui.domain.model.contact import way_to_write
from followup_tui.domain.model.details import open_offer
from followup_tui.domain.model.offer import Offer, OfferElsewhere
from followup_tui.domain.model.touch import CallOutcome, TouchKind
from followup_tui.domain.rules.action import ActionKind, CountedDays, Step
from followup_tui.domain.rules.check_in import follow_up, silence_ends_on
from followup_tui.domain.rules.guard import first_fine
from followup_tui.domain.rules.rule_context import RuleContext, fixed_date
from followup_tui.domain.rules.thank_you import lacks_interview
from followup_tui.domain.rules.untold_offers import untold_offers
from followup_tui.domain.rules.withdrawal import accepted_elsewhere


def answer_offer(context: RuleContext, offer: Offer) -> Step:
    """Due on the day they named, asked for once two thirds of the time are gone, the day before at the latest.

    It is asked for at once where they named no day.

    Of an imported offer without a day nothing is counted: that day is asked for, now and then, and never late.
    """
    made_on = context.calendar.day_of(offer.made_at)
    made = f"They made an offer on {context.day(made_on)}" if offer.day_known else "They made an offer"
    if offer.answer_by is None and not offer.day_known:
        link = _reminder(context, made_on)
        due_on = asks_on = link.end_on
        why = f"{made}; the sheet didn't tell when, nor by when they want to know: ask them, and record that day."
    elif offer.answer_by is None:
        link = context.counted("They made an offer", made_on, context.playbook.offer_answer_within)
        due_on, asks_on = link.end_on, made_on
        why = f"{made} and named no day: ask when they want to know, and answer by {context.day(due_on)}."
    else:
        due_on, link = offer.answer_by, fixed_date("They want to know by", offer.answer_by)
        days = max(0, (due_on - made_on).days)
        remind = min(round(days * context.playbook.offer_remind_share), max(0, days - 1))  # before that day
        asks_on = made_on + timedelta(days=remind)
        why = f"{made}, and want to know by {context.day(due_on)}."
    if offer.asked_time_at is not None:
        why += f" You asked for more time on {context.day(context.calendar.day_of(offer.asked_time_at))}."
    if due_on < context.today and (offer.answer_by or offer.day_known):
        why += " That day has passed: call them today."
    accepted = accepted_elsewhere(context)
    if accepted is not None:
        why += f" You accepted {accepted.company}'s offer: decline this one."
    return context.step(
        ActionKind.ANSWER_OFFER,
        due_on,
        why,
        person=context.person(),
        chain=(link,),
        asks_on=min(asks_on, due_on),
        until_at=context.calendar.begin_of(due_on + timedelta(days=1)) if due_on >= context.today else None,
    )


_MOST_REMINDERS = 6
"""How often an offer of which no day is known is asked about again, each time after twice as long."""


def _reminder(context: RuleContext, imported_on: date) -> CountedDays:
    """The day of the import, then the next day of a reminder; whether anybody saw the last one isn't known."""
    link, wait = fixed_date("The offer was imported", imported_on), context.playbook.offer_answer_within
    for _ in range(_MOST_REMINDERS):
        if link.end_on >= context.today:
            break
        link, wait = context.counted("It is asked for again", link.end_on, wait), 2 * wait
    if not link.days:
        return link
    return fixed_date("No day is known yet: it is in the review every day, and due again", link.end_on)


def tell_of_offer(context: RuleContext) -> Step | None:
    """Asked for as soon as the offer is there, late once a share of the time to answer it is gone.

    Not on the day of another contact, and not due before the day on which the application was added. None where
    there is nothing to tell, nobody is known or met yet, where the guard never allows it, once it is time to move
    on, beside an offer of their own, once another one was accepted, and until it is written down when the
    interview was, and what they meant by a reply.
    """
    history = context.history
    untold = untold_offers(history)
    if not untold or (history.round is None and (history.ahead is not None or not history.details.contacts)):
        return None
    if lacks_interview(history) or (history.ahead is None and history.is_reply_open):
        return None
    if open_offer(history.details) is not None or accepted_elsewhere(context) is not None:
        return None
    silent_on = silence_ends_on(context)
    if silent_on is not None and context.today >= silent_on:
        return None
    if first_fine(history, TouchKind.OTHER_OFFER, context.playbook, context.calendar) is None:
        return None
    rest = follow_up(context)
    if rest.action is ActionKind.MOVE_ON:
        return None
    first = next((one for one in untold if not one.answer_by), None)  # the oldest ends first
    offer = min((one for one in untold if one.answer_by or one is first), key=lambda one: _answer_on(context, one))
    made_on, answer_on = context.calendar.day_of(offer.made_at), _answer_on(context, offer)
    days = max(0, (answer_on - made_on).days)
    named = f", to be answered by {context.day(answer_on)}" if offer.answer_by else ""
    asks_on = _first_free_day(context, made_on)
    passes = rest.action in (ActionKind.WAIT, ActionKind.VOICEMAIL) and history.promise is None
    ends = [rest.until_at] if passes else []
    ends += [context.calendar.begin_of(silent_on)] if silent_on else []
    ends += [context.calendar.begin_of(offer.answer_by + timedelta(days=1))] if offer.answer_by else []
    made, link = f" on {context.day(made_on)}", "The other offer was made"
    if not offer.day_known:
        made, link = "", "The other offer was imported"
    return context.step(
        ActionKind.TELL_OF_OFFER,
        max(asks_on, made_on + timedelta(days=round(days * context.playbook.tell_share))),
        f"{offer.company} made you an offer{made}{named}: tell them once, and ask whether they can decide before.",
        channel=way_to_write(context.person()),
        person=context.person(),
        asks_on=asks_on,
        chain=(fixed_date(link, made_on),),
        until_at=min((end for end in ends if end is not None), default=None),
    )


def _first_free_day(context: RuleContext, made_on: date) -> date:
    """The first day after all contacts, on which the offer, the application and its first interview were known.

    An imported application began on the day of applying: that they met is known since the interview was recorded.
    """
    details = context.history.details
    met_at = min((one.created_at for one in details.interviews), default=details.application.created_at)
    known_on = max(made_on, *map(context.calendar.day_of, (details.application.created_at, met_at)))
    reached = [one for one in context.history.contacts if one.outcome is not CallOutcome.NO_ANSWER]
    return max([known_on, *(context.calendar.day_of_touch(one) + timedelta(days=1) for one in reached)])


def _answer_on(context: RuleContext, offer: OfferElsewhere) -> date:
    """The day they named, else the one by which an offer is answered."""
    made_on = context.calendar.day_of(offer.made_at)
    return offer.answer_by or context.calendar.after(made_on, context.playbook.offer_answer_within)
