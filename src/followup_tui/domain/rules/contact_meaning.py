"""What a contact is by what is open: the thank-you that is due, news of an offer, an answer, or a check-in."""

from __future__ import annotations

from followup_tui.domain.model.details import is_turned_down, open_offer
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.model.touch import Channel, TouchKind
from followup_tui.domain.rules.action import ActionKind, NextAction
from followup_tui.domain.rules.check_in import is_answering, to_send
from followup_tui.domain.rules.closed import is_time_to_reconnect
from followup_tui.domain.rules.guard import is_judged
from followup_tui.domain.rules.next_action import asked_step
from followup_tui.domain.rules.offers import tell_of_offer
from followup_tui.domain.rules.rule_context import RuleContext
from followup_tui.domain.rules.thank_you import thanked_other_way


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
    is_answer = not is_call and (to_send(context) is not None or is_answering(context))
    found = [TouchKind.OTHER_OFFER] if tell_of_offer(context) is not None else []
    found += [TouchKind.SENT] if is_answer else []
    if _is_thanks_due(context):
        return (kind, *found) if is_call else (TouchKind.THANK_YOU, *found, kind)
    if not is_call and by is not None and not is_answer and _is_beside_thanks(context, by):
        return (*found, TouchKind.THANK_YOU, kind)
    return (*found, kind)


def _is_beside_thanks(context: RuleContext, by: Channel) -> bool:
    """Whether a card goes beside the email that thanked them, or an email beside the card, and is no check-in."""
    history = context.history
    is_open = history.details.application.stage is not Stage.MOVED_ON and not history.unthanked
    is_soon = context.calendar.passed(history.over_on, context.today) <= context.playbook.thanks_missing_after
    if not (is_open and is_soon and thanked_other_way(history, by)):
        return False
    return not is_judged(history, TouchKind.CHECK_IN, context.playbook, context.calendar).allowed


def proposed(action: NextAction | None, context: RuleContext) -> TouchKind:
    """What a contact would be that does what is next; where that is no contact, what an email would be."""
    kind = _OF_ACTIONS.get(action.action) if action else None
    return kind or meanings(TouchKind.CHECK_IN, context)[0]


_OF_ACTIONS = {
    ActionKind.THANK: TouchKind.THANK_YOU,
    ActionKind.CALL: TouchKind.CALL,
    ActionKind.VOICEMAIL: TouchKind.VOICEMAIL,
    ActionKind.GRACIOUS_NOTE: TouchKind.GRACIOUS_NOTE,
    ActionKind.SEND_SOMETHING: TouchKind.SENT,
    ActionKind.WITHDRAW: TouchKind.SENT,
    ActionKind.TELL_OF_OFFER: TouchKind.OTHER_OFFER,
}


def _is_thanks_due(context: RuleContext) -> bool:
    """Whether the thank-you is what the tables ask for, whatever the user's own dates say."""
    details = context.history.details
    application = details.application
    if application.stage is Stage.MOVED_ON or application.is_applied or open_offer(details) is not None:
        return False
    step = asked_step(context)
    return step.action is ActionKind.THANK and step.asks_on <= context.today
