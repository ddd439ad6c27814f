"""A snooze and a pin: they put off what was asked for when they were set, and nothing that came up since."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.rules.action import ActionKind, Step, postponed
from followup_tui.domain.rules.rounds import over_at
from followup_tui.domain.rules.rule_context import RuleContext, fixed_date
from followup_tui.domain.rules.withdrawal import accepted_at, accepted_elsewhere


def is_overtaken(context: RuleContext, set_at: datetime | None) -> bool:
    """Whether something came up since a moment: an interview took place, a promised call didn't come.

    An offer elsewhere that was accepted counts, too. Nothing did where the moment isn't known.
    """
    history = context.history
    if set_at is None:
        return False
    if history.round is not None and over_at(history.round, context.playbook) > set_at:
        return True
    promise = history.promise
    if promise is not None and promise.message is None and set_at < promise.missed_at <= history.at:
        return True
    accepted = accepted_elsewhere(context)
    return accepted is not None and accepted_at(accepted) > set_at


def promised_at(context: RuleContext) -> list[datetime]:
    """When the call that they promised is to come, where it is still ahead."""
    promise = context.history.promise
    return [promise.missed_at] if promise is not None and promise.missed_at > context.history.at else []


BEFORE_PIN = frozenset({ActionKind.THANK, ActionKind.MISSED_CALL, ActionKind.WITHDRAW})
"""What comes before a pin that it overtook; once it is done, the pin is in force again."""


def snoozed(context: RuleContext, step: Step) -> Step:
    """A step put off until the day of the snooze, and from then on due on no sooner day."""
    history = context.history
    until = history.details.application.snoozed_until
    assert until is not None, "there is a snooze"
    if is_overtaken(context, history.details.application.snoozed_at):
        return step
    if context.today >= until:
        return postponed(step, until)
    ends = [context.calendar.begin_of(until), *promised_at(context)]
    wait = context.step(
        ActionKind.WAIT,
        until,
        f"You snoozed it until {context.day(until)}.",
        chain=(fixed_date("You snoozed it until", until),),
        until_at=min(ends),
    )
    return wait._replace(is_held=True)
