"""A rejection: when they said no, and from when on one message may take contact up again."""

from __future__ import annotations

from datetime import date, timedelta

from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.history import History
from followup_tui.domain.rules.playbook import Playbook


def is_turned_down(details: ApplicationDetails) -> bool:
    """Whether they said no: what one writes then is the gracious note."""
    application = details.application
    return application.stage is Stage.MOVED_ON and application.outcome is Outcome.REJECTED


def reconnect_on(history: History, playbook: Playbook, calendar: Calendar) -> date | None:
    """The first day of the message that takes contact up again; None unless an interviewed user was rejected."""
    application = history.details.application
    if application.applied_only or not is_turned_down(history.details) or application.stage_at > history.at:
        return None  # after an application alone there is nobody to thank for their time
    told_on = calendar.day_of(application.stage_at)
    return calendar.on_or_after(told_on + timedelta(days=playbook.reconnect_after_days))
