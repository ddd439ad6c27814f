"""What an offer or an end asks for: an answer, word to the others, withdrawing from them, and a gracious note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from followup_tui.domain.model.contact import way_to_write
from followup_tui.domain.model.details import ApplicationDetails, Offer, OfferAnswer, OfferElsewhere, open_offer
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import KEPT_OPEN, LEFT_ALONE, Direction, TouchKind
from followup_tui.domain.rules.action import ActionKind, CountedDays, Step
from followup_tui.domain.rules.check_in import follow_up, move_on, silence_ends_on
from followup_tui.domain.rules.guard import earliest
from followup_tui.domain.rules.rounds import day_of_interview
from followup_tui.domain.rules.rule_context import (
    RuleContext,
    fixed_date,
    reconnect_on,
    untold_answer,
    untold_offers,
)
from followup_tui.domain.rules.thank_you import lacks_interview


def answer_offer(context: RuleContext, offer: Offer) -> Step:
    """Due on the day they named, asked for once two thirds of the time are gone, the day before at the latest.

    It is asked for at once where they named no day.

    Of an imported offer without a day nothing is counted: that day is asked for, now and then, and never late.
    """
    made_on = context.calendar.day_of(offer.made_at)
    made = f"They made an offer on {context.format_day(made_on)}" if offer.day_known else "They made an offer"
    if offer.answer_by is None and not offer.day_known:
        link = _reminder(context, made_on)
        due_on = asks_on = link.end_on
        why = f"{made}; the sheet didn't tell when, nor by when they want to know: ask them, and record that day."
    elif offer.answer_by is None:
        link = context.counted("They made an offer", made_on, context.playbook.offer_answer_within)
        due_on, asks_on = link.end_on, made_on
        why = f"{made} and named no day: ask when they want to know, and answer by {context.format_day(due_on)}."
    else:
        due_on, link = offer.answer_by, fixed_date("They want to know by", offer.answer_by)
        days = max(0, (due_on - made_on).days)
        remind = min(round(days * context.playbook.offer_remind_share), max(0, days - 1))  # before that day
        asks_on = made_on + timedelta(days=remind)
        why = f"{made}, and want to know by {context.format_day(due_on)}."
    if offer.asked_time_at is not None:
        why += f" You asked for more time on {context.format_day(context.calendar.day_of(offer.asked_time_at))}."
    if due_on < context.today and (offer.answer_by or offer.day_known):
        why += " That day has passed: ask them today whether it still stands, or record what you answered."
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
    there is nothing to tell, nobody is known or met yet, as when the only interview was cancelled, where the guard
    never allows it or not before the offer is to be answered, once it is time to move on, beside an offer of their
    own, once another one was accepted, and until it is written down when the interview was, and what they meant by
    a reply.
    """
    untold = untold_offers(context.history)
    if not untold or not _may_be_told(context):
        return None
    silent_on, fine = silence_ends_on(context), earliest(context, TouchKind.OTHER_OFFER)
    if fine is None or (silent_on is not None and context.today >= silent_on):
        return None
    otherwise = follow_up(context)
    in_time = [
        offer for offer in untold if not offer.answer_by or _news_on(context, offer, fine) <= offer.answer_by
    ]
    if otherwise.action is ActionKind.MOVE_ON or not in_time:
        return None
    offer = _first_to_answer(context, in_time)
    made_on, answer_on = context.calendar.day_of(offer.made_at), _answer_on(context, offer)
    days = max(0, (answer_on - made_on).days)
    asks_on = _news_on(context, offer, fine)
    ends: list[datetime] = []
    if otherwise.until_at is not None and otherwise.action in (ActionKind.WAIT, ActionKind.VOICEMAIL):
        ends.append(otherwise.until_at)
    if silent_on is not None:
        ends.append(context.calendar.begin_of(silent_on))
    named = ""
    if offer.answer_by is not None:
        ends.append(context.calendar.begin_of(offer.answer_by + timedelta(days=1)))
        named = f", answer by {context.format_day(offer.answer_by)}"
    elif offer.day_known:
        named = f" on {context.format_day(made_on)}"
    link = "The other offer was made" if offer.day_known else "The other offer was imported"
    return context.step(
        ActionKind.TELL_OF_OFFER,
        max(asks_on, made_on + timedelta(days=round(days * context.playbook.tell_share))),
        f"{offer.company} made you an offer{named}: tell them once, and ask if they can decide before."
        f"{_of_their_call(context)}",
        channel=way_to_write(context.person()),
        person=context.person(),
        asks_on=asks_on,
        chain=(fixed_date(link, made_on),),
        until_at=min(ends, default=None),
    )


def _may_be_told(context: RuleContext) -> bool:
    """Whether somebody there was met or is known, and neither a reply nor an offer of theirs comes before."""
    history, details = context.history, context.history.details
    if history.round is None and (details.interviews or not details.contacts):
        return False
    if lacks_interview(history) or (history.ahead is None and history.is_reply_open):
        return False
    return open_offer(details) is None and accepted_elsewhere(context) is None


def _first_to_answer(context: RuleContext, offers: Sequence[OfferElsewhere]) -> OfferElsewhere:
    """The offer to answer first; of those without a day only the oldest, which ends first."""
    oldest = next((offer for offer in offers if not offer.answer_by), None)
    candidates = (offer for offer in offers if offer.answer_by or offer is oldest)
    return min(candidates, key=lambda offer: _answer_on(context, offer))


def _of_their_call(context: RuleContext) -> str:
    """What the news of an offer has to do with the call that they promised: one contact is enough for both."""
    promise = context.history.promise
    if promise is None or promise.message is not None:
        return ""
    called = f"They promised to call on {context.format_day(promise.on)}{promise.hour(context.calendar.zone)}"
    if promise.is_missed(context.history.at):
        return f" {called} and didn't: one message says both."
    return f" {called}: you can tell them then."


def _news_on(context: RuleContext, offer: OfferElsewhere, fine: date) -> date:
    """The first day that the guard allows on which the offer, the application and its first interview were known.

    An imported application began on the day of applying: that they met is known since the interview was recorded.
    """
    details, day_of = context.history.details, context.calendar.day_of
    added_at = details.application.created_at
    met_at = min((interview.created_at for interview in details.interviews), default=added_at)
    return max(fine, day_of(offer.made_at), day_of(added_at), day_of(met_at))


def _answer_on(context: RuleContext, offer: OfferElsewhere) -> date:
    """The day they named, else the one by which an offer is answered."""
    made_on = context.calendar.day_of(offer.made_at)
    return offer.answer_by or context.calendar.after(made_on, context.playbook.offer_answer_within)


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
    accepted = [
        offer for offer in details.offers_elsewhere if offer.accepted_at and since <= offer.accepted_at <= at
    ]
    if not accepted or details.application.applied_only or not (details.interviews or details.contacts):
        return None
    last = max(accepted, key=accepted_at)
    return None if _goes_on(details, accepted_at(last), at) else last


def accepted_at(offer: OfferElsewhere) -> datetime:
    """When an offer was accepted that was."""
    assert offer.accepted_at is not None, "only accepted ones are compared"
    return offer.accepted_at


def _goes_on(details: ApplicationDetails, since: datetime, at: datetime) -> bool:
    """Whether a contact, an answer or an interview was recorded after a moment, or it was kept open knowingly."""
    return (
        any(since <= touch.at <= at and touch.note == KEPT_OPEN for touch in details.touches)
        or any(since < touch.at <= at and touch.direction is not Direction.NONE for touch in details.touches)
        or any(since < step.said_at <= at for step in details.next_steps)
        or any(since < interview.created_at for interview in details.interviews)
    )


def withdraw(context: RuleContext, offer: OfferElsewhere, instead: Step) -> Step:
    """Asked for from the acceptance on, in place of what the tables ask for; never late."""
    history = context.history
    since = max(accepted_at(offer), history.began_at)  # an interview that took place asks again
    if any(touch.note == LEFT_ALONE and since <= touch.at <= history.at for touch in history.details.touches):
        return _left_alone(context, offer, instead)
    accepted_on = context.calendar.day_of(accepted_at(offer))
    link = context.counted("You accepted the other offer", accepted_on, context.playbook.withdraw_within)
    person = context.person()
    return context.step(
        ActionKind.WITHDRAW,
        link.end_on,
        f"You accepted {offer.company}'s offer on {context.format_day(accepted_on)}: once it is in writing,"
        " withdraw here with a short letter, or keep it open.",
        channel=way_to_write(person),
        person=person,
        because=f"you accepted {offer.company}'s offer",
        asks_on=accepted_on,
        chain=(link,),
        until_at=instead.until_at,
    )


def _left_alone(context: RuleContext, offer: OfferElsewhere, instead: Step) -> Step:
    """Quiet, as the user wishes, until a booked interview or until the silence was long enough to move on."""
    ahead = context.history.ahead
    until = silence_ends_on(context) if ahead is None else day_of_interview(ahead, context.calendar)
    assert until is not None, "no interview is booked"
    if ahead is None and context.today >= until:
        return move_on(context, until)
    ends = [instead.until_at, context.calendar.begin_of(until) if until > context.today else None]
    return context.step(
        ActionKind.WAIT,
        until,
        f"You accepted {offer.company}'s offer and left this one as it is: it asks for nothing until"
        f" {context.format_day(until)}, unless they write.",
        chain=(fixed_date("You left it as it is until", until),),
        until_at=min((end for end in ends if end is not None), default=None),
    )


def after_the_end(context: RuleContext) -> Step | None:
    """What an end leaves to do: to tell them the answer to their offer, or what is optional after a rejection."""
    offer = untold_answer(context.history)
    told = _tell_answer(context, offer) if offer is not None else None
    if told is not None:
        return told
    again_on = reconnect_on(context)
    if again_on is None:
        return None
    return _gracious_note(context) or _reconnect(context, again_on)


def _tell_answer(context: RuleContext, offer: Offer) -> Step | None:
    """Asked for from the decision on, by the day on which they want to know, or soon where none is named.

    None after a long silence.
    """
    decided_on = _told_on(context)
    ends_on = decided_on + timedelta(days=context.playbook.silence_days)
    if context.today >= ends_on:
        return None
    link = context.counted("You decided", decided_on, context.playbook.answering_within)
    if offer.answer_by is not None and offer.answer_by >= decided_on:
        link = fixed_date("They want to know by", offer.answer_by)
    said, word = ("accepted", "yes") if offer.answer is OfferAnswer.ACCEPTED else ("declined", "no")
    person = context.person()
    return context.step(
        ActionKind.TELL_ANSWER,
        link.end_on,
        f"You {said} their offer on {context.format_day(decided_on)}, and no word of it to them is recorded:"
        f" tell them {word} by {context.format_day(link.end_on)}, or record that you did.",
        channel=way_to_write(person),
        person=person,
        asks_on=decided_on,
        chain=(link,),
        until_at=context.calendar.begin_of(ends_on),
    )


def is_time_to_reconnect(context: RuleContext) -> bool:
    """Whether a message after a rejection takes contact up again rather than being the gracious note."""
    again_on = reconnect_on(context)
    return again_on is not None and context.today >= again_on


def resumes_at(context: RuleContext) -> datetime | None:
    """When a closed application that asks for nothing asks again, or None."""
    again_on = reconnect_on(context)
    at = context.calendar.begin_of(again_on) if again_on is not None else None
    return at if at is not None and at > context.history.at else None


def _gracious_note(context: RuleContext) -> Step | None:
    link = context.counted("They said no", _told_on(context), context.playbook.gracious_within)
    fine = earliest(context, TouchKind.GRACIOUS_NOTE)
    if fine is None or max(context.today, fine) > link.end_on:
        return None
    why = (
        f"{_describe_rejection(context)} on {context.format_day(link.start_on)}: one gracious note keeps the door"
        " open, if you like; you may ask in it for feedback."
    )
    return _if_you_like(context, ActionKind.GRACIOUS_NOTE, link, why)


def _reconnect(context: RuleContext, day: date) -> Step | None:
    link = context.counted("Three months after their no it was", day, context.playbook.reconnect_within)
    if not day <= context.today <= link.end_on or any(
        context.calendar.day_of_touch(touch) >= day
        for touch in context.history.details.touches
        if touch.direction is not Direction.NONE and touch.at <= context.history.at
    ):
        return None
    why = (
        f"{_describe_rejection(context)} on {context.format_day(_told_on(context))}: a short message now keeps you"
        " in their mind, if you like."
    )
    return _if_you_like(context, ActionKind.RECONNECT, link, why, asks_on=day)


def _if_you_like(
    context: RuleContext, kind: ActionKind, link: CountedDays, why: str, asks_on: date | None = None
) -> Step:
    """A message that may be sent until the days of the link are over."""
    person = context.person()
    return context.step(
        kind,
        link.end_on,
        why,
        channel=way_to_write(person),
        person=person,
        asks_on=asks_on,
        chain=(link,),
        until_at=context.calendar.begin_of(link.end_on + timedelta(days=1)),
    )


def _describe_rejection(context: RuleContext) -> str:
    """What their no was, as the beginning of a sentence."""
    details = context.history.details
    ended_at = details.application.stage_at
    is_taken_back = any(
        offer.answer is OfferAnswer.TAKEN_BACK and offer.answered_at == ended_at for offer in details.offers
    )
    return "They took their offer back" if is_taken_back else "They chose somebody else"


def _told_on(context: RuleContext) -> date:
    return context.calendar.day_of(context.history.details.application.stage_at)
