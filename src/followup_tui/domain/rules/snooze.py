"""A snooze: it puts off what was asked for when it was set, and nothing that came up since."""

from __future__ import annotations

from followup_tui.domain.rules.action import ActionKind, Step, postponed
from followup_tui.domain.rules.rounds import over_at
from followup_tui.domain.rules.rule_context import RuleContext, fixed_date
from followup_tui.domain.rules.withdrawal import accepted_elsewhere


def is_overtaken(context: RuleContext) -> bool:
    """Whether something came up since the snooze was set: an interview took place, a promised call didn't come.

    An offer elsewhere that was accepted counts, too.
    """
    history, set_at = context.history, context.history.details.application.snoozed_at
    if set_at is None:
        return False
    if history.round is not None and over_at(history.round, context.playbook) > set_at:
        return True
    promise = history.promise
    if promise is not None and promise.message is None and set_at < promise.at <= history.at:
        return True
    accepted = accepted_elsewhere(context)
    return accepted is not None and accepted.accepted_at is not None and accepted.accepted_at > set_at


def snoozed(context: RuleContext, step: Step) -> Step:
    """A step put off until the day of the snooze, and from then on due on no sooner day."""
    history = context.history
    until = history.details.application.snoozed_until
    assert until is not None, "there is a snooze"
    if is_overtaken(context):
        return step
    if context.today >= until:
        return postponed(step, until)
    ends = [context.calendar.begin_of(until)]
    if history.promise is not None and history.promise.at > history.at:
        ends.append(history.promise.at)
    wait = context.step(
        ActionKind.WAIT,
        until,
        f"You snoozed it until {context.day(until)}.",
        chain=(fixed_date("You snoozed it until", until),),
        until_at=min(ends),
    )
    return wait._replace(is_held=True)
