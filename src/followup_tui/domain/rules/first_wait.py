"""From what the first check-in counts, and how long it waits where they asked not to be contacted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from followup_tui.domain.model.application import Answer, NextStep
from followup_tui.domain.model.touch import Touch, TouchKind
from followup_tui.domain.rules.history import History
from followup_tui.domain.rules.rule_context import Block, ContactRule, RuleContext


def sent_for(history: History, said: NextStep) -> Touch | None:
    """What was sent since they said something, or None."""
    sent = [touch for touch in history.contacts if touch.kind is TouchKind.SENT]
    return next((touch for touch in sent if (touch.at, touch.created_at) > (said.said_at, said.created_at)), None)


def counts_from(context: RuleContext, said: NextStep) -> tuple[str, date]:
    """From what the first check-in counts: what was sent, their reply, the thank-you, else the interview."""
    history, calendar = context.history, context.calendar
    sent = sent_for(history, said) if said.answer is Answer.SEND_SOMETHING else None
    known = [("The interview was", history.over_on)]
    if history.thanked:
        known = [("You thanked them", calendar.day_of_touch(history.thanked[-1]))]
    if history.heard_at is not None:
        known.append(("They replied", history.heard_on(calendar)))
    if sent is not None:
        known.append(("You sent it", calendar.day_of_touch(sent)))
    off = history.called_off_at
    if off is not None:
        known.append(("The interview was cancelled", calendar.day_of(off)))
    written = [touch for touch in history.contacts if touch.kind is TouchKind.SENT]
    answered = [touch for touch in written if touch.at >= history.cleared_at]
    if answered and sent is None and (history.heard_at is not None or off is not None):
        known.append(("You answered them", calendar.day_of_touch(answered[-1])))
    return max(known, key=lambda one: one[1])


def of_their_wish(context: RuleContext) -> Iterator[Block]:
    """Whoever asked not to be contacted isn't, before the one check-in that the table has after a long while."""
    history, said = context.history, context.history.standing
    if said is None or said.answer is not Answer.DONT_CONTACT or history.made:
        return
    checks = context.playbook.schedule_for(said.answer).checks
    if checks and (history.called_off_at is None or said.created_at >= history.called_off_at):
        _, counted_on = counts_from(context, said)
        yield Block(
            ContactRule.NO_CONTACT,
            context.calendar.after(counted_on, context.paced(checks[0].wait)),
            lambda: "They asked not to be contacted, and one email after a long while is enough",
        )
