"""After the end: one gracious note, and three months later one message to take contact up again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from followup_tui.domain.model.touch import TouchKind
from followup_tui.domain.rules.action import ActionKind, Step
from followup_tui.domain.rules.guard import earliest
from followup_tui.domain.rules.rejection import reconnect_on
from followup_tui.domain.rules.rule_context import RuleContext
from followup_tui.domain.rules.ways import way_to_write


def after_the_end(case: RuleContext) -> Step | None:
    """What a rejection leaves to do, all of it optional; None for every other end."""
    again_on = reconnect_on(*case)
    if again_on is None:
        return None
    return _gracious_note(case) or _reconnect(case, again_on)


def is_time_to_reconnect(case: RuleContext) -> bool:
    """Whether a message after a rejection takes contact up again rather than being the gracious note."""
    again_on = reconnect_on(*case)
    return again_on is not None and case.today >= again_on


def resumes_at(case: RuleContext) -> datetime | None:
    """When a closed application that asks for nothing asks again, or None."""
    again_on = reconnect_on(*case)
    at = case.calendar.begin_of(again_on) if again_on is not None else None
    return at if at is not None and at > case.history.at else None


def _gracious_note(case: RuleContext) -> Step | None:
    link = case.counted("They said no", _told_on(case), case.playbook.gracious_within)
    fine = earliest(case.history, TouchKind.GRACIOUS_NOTE, case.playbook, case.calendar)
    if fine is None or max(case.today, fine) > link.end_on:
        return None
    return case.step(
        ActionKind.GRACIOUS_NOTE,
        link.end_on,
        f"They chose somebody else on {case.day(link.start_on)}: one gracious note keeps the door open, if you"
        " like; you may ask in it for feedback.",
        channel=way_to_write(case.person()),
        person=case.person(),
        chain=(link,),
        until_at=case.calendar.begin_of(link.end_on + timedelta(days=1)),
    )


def _reconnect(case: RuleContext, day: date) -> Step | None:
    link = case.counted("Three months after their no it was", day, case.playbook.reconnect_within)
    if not day <= case.today <= link.end_on or any(
        case.calendar.day_of_touch(touch) >= day for touch in case.history.contacts
    ):
        return None
    return case.step(
        ActionKind.RECONNECT,
        link.end_on,
        f"They chose somebody else on {case.day(_told_on(case))}: a short message now keeps you in their mind, if"
        " you like.",
        channel=way_to_write(case.person()),
        person=case.person(),
        asks_on=day,
        chain=(link,),
        until_at=case.calendar.begin_of(link.end_on + timedelta(days=1)),
    )


def _told_on(case: RuleContext) -> date:
    return case.calendar.day_of(case.history.details.application.stage_at)
