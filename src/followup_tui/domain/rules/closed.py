"""After the end: one gracious note, and three months later one message to take contact up again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from followup_tui.domain.model.contact import way_to_write
from followup_tui.domain.model.offer import OfferAnswer
from followup_tui.domain.model.touch import TouchKind
from followup_tui.domain.rules.action import ActionKind, Step
from followup_tui.domain.rules.contact_rules import reconnect_on
from followup_tui.domain.rules.guard import earliest
from followup_tui.domain.rules.rule_context import RuleContext


def after_the_end(context: RuleContext) -> Step | None:
    """What a rejection leaves to do, all of it optional; None for every other end."""
    again_on = reconnect_on(*context)
    if again_on is None:
        return None
    return _gracious_note(context) or _reconnect(context, again_on)


def is_time_to_reconnect(context: RuleContext) -> bool:
    """Whether a message after a rejection takes contact up again rather than being the gracious note."""
    again_on = reconnect_on(*context)
    return again_on is not None and context.today >= again_on


def resumes_at(context: RuleContext) -> datetime | None:
    """When a closed application that asks for nothing asks again, or None."""
    again_on = reconnect_on(*context)
    at = context.calendar.begin_of(again_on) if again_on is not None else None
    return at if at is not None and at > context.history.at else None


def _gracious_note(context: RuleContext) -> Step | None:
    link = context.counted("They said no", _told_on(context), context.playbook.gracious_within)
    fine = earliest(context.history, TouchKind.GRACIOUS_NOTE, context.playbook, context.calendar)
    if fine is None or max(context.today, fine) > link.end_on:
        return None
    return context.step(
        ActionKind.GRACIOUS_NOTE,
        link.end_on,
        f"{_no(context)} on {context.day(link.start_on)}: one gracious note keeps the door open, if you"
        " like; you may ask in it for feedback.",
        channel=way_to_write(context.person()),
        person=context.person(),
        chain=(link,),
        until_at=context.calendar.begin_of(link.end_on + timedelta(days=1)),
    )


def _reconnect(context: RuleContext, day: date) -> Step | None:
    link = context.counted("Three months after their no it was", day, context.playbook.reconnect_within)
    if not day <= context.today <= link.end_on or any(
        context.calendar.day_of_touch(touch) >= day for touch in context.history.contacts
    ):
        return None
    return context.step(
        ActionKind.RECONNECT,
        link.end_on,
        f"{_no(context)} on {context.day(_told_on(context))}: a short message now keeps you"
        " in their mind, if you like.",
        channel=way_to_write(context.person()),
        person=context.person(),
        asks_on=day,
        chain=(link,),
        until_at=context.calendar.begin_of(link.end_on + timedelta(days=1)),
    )


def _no(context: RuleContext) -> str:
    """What their no was, as the beginning of a sentence."""
    details = context.history.details
    ended_at = details.application.stage_at
    is_taken_back = any(
        one.answer is OfferAnswer.TAKEN_BACK and one.answered_at == ended_at for one in details.offers
    )
    return "They took their offer back" if is_taken_back else "They chose somebody else"


def _told_on(context: RuleContext) -> date:
    return context.calendar.day_of(context.history.details.application.stage_at)
