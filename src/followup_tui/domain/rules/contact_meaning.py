"""What a contact is by what is open: the thank-you that is due, an answer, news of an offer, or a check-in."""

from __future__ import annotations

from dataclasses import replace

from followup_tui.domain.format import uncapitalized
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.details import is_turned_down, open_offer
from followup_tui.domain.model.touch import Channel, TouchKind
from followup_tui.domain.rules.action import ActionKind, NextAction
from followup_tui.domain.rules.check_in import is_answering, to_send
from followup_tui.domain.rules.guard import Verdict, verdict_on
from followup_tui.domain.rules.next_action import asked_step
from followup_tui.domain.rules.offers import is_time_to_reconnect, tell_of_offer
from followup_tui.domain.rules.rule_context import RuleContext, untold_answer
from followup_tui.domain.rules.thank_you import next_to_thank, thanked_other_way

_KINDS = {
    ActionKind.THANK: TouchKind.THANK_YOU,
    ActionKind.CALL: TouchKind.CALL,
    ActionKind.VOICEMAIL: TouchKind.VOICEMAIL,
    ActionKind.GRACIOUS_NOTE: TouchKind.GRACIOUS_NOTE,
    ActionKind.SEND_SOMETHING: TouchKind.SENT,
    ActionKind.ASK_NEW_DATE: TouchKind.SENT,
    ActionKind.TELL_ANSWER: TouchKind.SENT,
    ActionKind.WITHDRAW: TouchKind.SENT,
    ActionKind.TELL_OF_OFFER: TouchKind.OTHER_OFFER,
}


def meanings(kind: TouchKind, context: RuleContext, by: Channel | None = None) -> tuple[TouchKind, ...]:
    """What a check-in or a call can be at a moment, the likeliest first; other kinds are themselves.

    What is written while a thank-you is due is that thank-you; a call then is a call. So is an email soon after a
    card, or a card after an email, if `by` tells which it is. While they are to be told of an offer elsewhere,
    writing and calling tells them.
    """
    if kind not in (TouchKind.CHECK_IN, TouchKind.CALL):
        return (kind,)
    is_call = kind is TouchKind.CALL
    if not is_call and is_turned_down(context.history.details):
        return (TouchKind.CHECK_IN if is_time_to_reconnect(context) else TouchKind.GRACIOUS_NOTE,)
    first: list[TouchKind] = []
    if _may_tell(context, Channel.PHONE if is_call else by):
        first.append(TouchKind.OTHER_OFFER)
    if not is_call and to_send(context) is not None:
        first.append(TouchKind.SENT)
    kind = unless_answer(kind, context)
    if _is_thanks_due(context):
        return (kind, *first) if is_call else (TouchKind.THANK_YOU, *first, kind)
    is_answer = TouchKind.SENT in (kind, *first)
    if not is_call and by is not None and not is_answer and _is_beside_thanks(context, by):
        return (*first, TouchKind.THANK_YOU, kind)
    return (*first, kind)


def unless_answer(kind: TouchKind, context: RuleContext) -> TouchKind:
    """The kind of a contact; a check-in that answers their word is an answer, whatever it is called."""
    if kind is not TouchKind.CHECK_IN or is_turned_down(context.history.details):
        return kind
    if untold_answer(context.history) is not None:
        return TouchKind.SENT
    return TouchKind.SENT if to_send(context) is None and is_answering(context) else kind


def _may_tell(context: RuleContext, by: Channel | None) -> bool:
    """Whether they are to be told of an offer elsewhere, and can be in time by this way."""
    if tell_of_offer(context) is None:
        return False
    return verdict_on(context, TouchKind.OTHER_OFFER, by=by).from_on is not None


def judge_contact(context: RuleContext, kind: TouchKind, by: Channel | None = None) -> Verdict:
    """The verdict on a contact of the likeliest meaning, which is what `log` records.

    Of an email beside a card it tells that nothing else may go.
    """
    meant = meanings(kind, context, by)[0]
    verdict = verdict_on(context, meant, first_to_thank(context, meant, by), by)
    if meant is not TouchKind.THANK_YOU or context.history.unthanked or not verdict.allowed:
        return verdict
    other = verdict_on(context, TouchKind.CHECK_IN)
    return replace(
        verdict, why=f"OK today as a part of the thank-you; for anything else: {uncapitalized(other.why)}"
    )


def first_to_thank(context: RuleContext, kind: TouchKind, by: Channel | None) -> str | None:
    """The id of whoever waits first, if a contact is a thank-you."""
    waiting = next_to_thank(context.history, by) if kind is TouchKind.THANK_YOU else ()
    return waiting[0].id if waiting and waiting[0] is not None else None


def _is_beside_thanks(context: RuleContext, by: Channel) -> bool:
    """Whether a card goes beside the email that thanked them, or an email beside the card, and is no check-in."""
    history = context.history
    is_open = history.details.application.stage is not Stage.MOVED_ON and not history.unthanked
    is_soon = context.calendar.passed(history.over_on, context.today) <= context.playbook.thanks_missing_after
    if not (is_open and is_soon and thanked_other_way(history, by)):
        return False
    return not verdict_on(context, TouchKind.CHECK_IN).allowed


def proposed(action: NextAction | None, context: RuleContext) -> TouchKind:
    """What a contact would be that does what is next; where that is no contact, what an email would be."""
    kind = _KINDS.get(action.action) if action else None
    return kind or meanings(TouchKind.CHECK_IN, context)[0]


def _is_thanks_due(context: RuleContext) -> bool:
    """Whether the thank-you is what the tables ask for, whatever the user's own dates say."""
    details = context.history.details
    application = details.application
    if application.stage is Stage.MOVED_ON or application.is_applied or open_offer(details) is not None:
        return False
    step = asked_step(context)
    return step.action is ActionKind.THANK and step.asks_on <= context.today
