"""A silence so long that nothing is chased any more: moving on is suggested, whatever was asked for before."""

from __future__ import annotations

from datetime import date, timedelta

from followup_tui.domain.format import format_full_day
from followup_tui.domain.rules.action import ActionKind, CountedDays, Step
from followup_tui.domain.rules.rule_context import RuleContext


def silence_ends_on(context: RuleContext) -> date | None:
    """The business day from which the silence is too long; None while an interview is booked."""
    if context.history.ahead is not None:
        return None
    return context.calendar.on_or_after(_last_on(context) + _too_long(context))


def is_over_before_silence(context: RuleContext, step: Step) -> bool:
    """Whether a step ends before a silence can be too long, told without looking for the last word."""
    return step.until_at is not None and step.until_at <= context.calendar.begin_of(
        context.history.over_on + _too_long(context)
    )


def move_on(context: RuleContext, day: date) -> Step:
    """Suggest moving on from a day on."""
    last_on, over_on = _last_on(context), context.history.over_on
    because = "The interview was" if last_on == over_on else "The last word between you was"
    return context.step(
        ActionKind.MOVE_ON,
        day,
        f"No word either way since {format_full_day(last_on)}, which is common and says nothing about you: move"
        " on; a reply brings it back.",
        chain=(CountedDays(because, last_on, (day - last_on).days, False, day),),
    )


def _too_long(context: RuleContext) -> timedelta:
    return timedelta(days=context.paced(context.playbook.silence_days))


def _last_on(context: RuleContext) -> date:
    """The day of the interview, of what either said or wrote since, or that they named for it."""
    history, calendar = context.history, context.calendar
    days = [history.over_on, history.heard_on(calendar), *map(calendar.day_of_touch, history.contacts[-1:])]
    if history.called_off_at is not None:
        days.append(calendar.day_of(history.called_off_at))
    for said in filter(None, (history.answer, history.standing)):
        days += [calendar.day_of(said.said_at, said.zone), *filter(None, (said.by_on,))]
    return max(days)
