"""An offer that waits for an answer: louder than all else, until it is given."""

from __future__ import annotations

from datetime import timedelta

from followup_tui.domain.model.offer import Offer
from followup_tui.domain.rules.action import ActionKind, Step
from followup_tui.domain.rules.rule_context import RuleContext, fixed_date


def answer_offer(context: RuleContext, offer: Offer) -> Step:
    """Due on the day they named, and asked for from two thirds of the time on; at once where they named none.

    Of an imported offer without a day nothing is counted: that day is asked for.
    """
    made_on = context.calendar.day_of(offer.made_at)
    made = f"They made an offer on {context.day(made_on)}" if offer.is_day_known else "They made an offer"
    if offer.answer_by is None and not offer.is_day_known:
        due_on, asks_on, link = made_on, made_on, fixed_date("The offer was imported", made_on)
        why = f"{made}; the sheet didn't tell when, nor by when they want to know: ask them, and record that day."
    elif offer.answer_by is None:
        link = context.counted("They made an offer", made_on, context.playbook.offer_answer_within)
        due_on, asks_on = link.end_on, made_on
        why = f"{made} and named no day: ask when they want to know, and answer by {context.day(due_on)}."
    else:
        due_on, link = offer.answer_by, fixed_date("They want to know by", offer.answer_by)
        days = max(0, (due_on - made_on).days)
        asks_on = made_on + timedelta(days=round(days * context.playbook.offer_remind_share))
        why = f"{made}, and want to know by {context.day(due_on)}."
    if offer.asked_time_at is not None:
        why += f" You asked for more time on {context.day(context.calendar.day_of(offer.asked_time_at))}."
    if due_on < context.today and (offer.answer_by or offer.is_day_known):
        why += " That day has passed: call them today."
    return context.step(
        ActionKind.ANSWER_OFFER,
        due_on,
        why,
        person=context.person(),
        chain=(link,),
        asks_on=min(asks_on, due_on),
        until_at=context.calendar.begin_of(due_on + timedelta(days=1)) if due_on >= context.today else None,
    )
