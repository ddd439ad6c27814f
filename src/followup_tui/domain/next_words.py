"""What comes next, in a few words: for a toast, a badge, a line of the shell."""

from __future__ import annotations

from datetime import date

from followup_tui.domain.action import Action, NextAction, State
from followup_tui.domain.wording import day_words


def next_words(action: NextAction, today: date) -> str:
    """What comes next and when: "next: check in Wed 2 Dec, because they said they'd call"."""
    if action.action is Action.WAIT:
        return f"next: wait until {day_words(action.due_on, today)}"
    when = " today" if action.due_on == today else f" {day_words(action.due_on, today)}"
    if action.state in (State.LATE, State.MISSING):
        when = f", which was due{when}"
    whom = f" {action.contact}" if action.contact and action.action is Action.THANK else ""
    because = f", because {action.step.because}" if action.step.because else ""
    return f"next: {action.action.label}{whom}{when}{because}"
