"""What comes next, in a few words: for a toast, a badge, a line of the shell."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.action import Action, NextAction, State
from followup_tui.domain.wording import day_words


def next_words(action: NextAction, today: date) -> str:
    """What comes next and when: "next: check in Wed 2 Dec", "next: thank today or by Mon 23 Nov"."""
    if action.action is Action.WAIT:
        return f"next: wait until {day_words(action.due_on, today)}"
    when = " today" if action.due_on == today else f" {day_words(action.due_on, today)}"
    if action.state is State.TODAY and action.due_on > today:
        when = f" today or by{when}"
    if action.state in (State.LATE, State.MISSING):
        when = f", which was due{when}"
    whom = f" {action.contact}" if action.contact and action.action is Action.THANK else ""
    return f"next: {action.action.label}{whom}{when}"


def because_words(action: NextAction) -> str:
    """The reason in a few words: "because they said they'd call"; empty where the rule itself says it."""
    return f"because {action.step.because}" if action.step.because else ""
