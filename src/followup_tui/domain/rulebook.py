"""What every verb is judged by: the rules, and the calendar of the employer's region."""

from __future__ import annotations

from typing import NamedTuple

from followup_tui.domain.calendar import Calendar
from followup_tui.domain.playbook import Playbook


class Rulebook(NamedTuple):
    """The playbook and a calendar."""

    playbook: Playbook
    calendar: Calendar
