"""The shipped rules with a calendar without holidays, for tests that need some rules and not certain ones.

Also the guard's verdict on a contact at any moment.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import followup_tui.domain.rules
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.touch import Channel, TouchKind
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.guard import Verdict, verdict_on
from followup_tui.domain.rules.playbook import Playbook, Rulebook, playbook_of
from followup_tui.domain.rules.rule_context import context_of

_SHIPPED = Path(followup_tui.domain.rules.__file__).parent / "playbook.toml"
PLAYBOOK, _ = playbook_of(tomllib.loads(_SHIPPED.read_text(encoding="utf-8")), {})
BOOK = Rulebook(PLAYBOOK, Calendar(ZoneInfo("Europe/Berlin")))


def may_contact(
    details: ApplicationDetails,
    kind: TouchKind,
    at: datetime,
    playbook: Playbook,
    calendar: Calendar,
    to: str | None = None,
    by: Channel | None = None,
) -> Verdict:
    """The verdict on a contact of a kind at a moment; `to` is the id of the person a thank-you goes to.

    `by` is the way it goes, an email if none is named.
    """
    return verdict_on(context_of(details, Rulebook(playbook, calendar), at), kind, to, by)
