"""The shipped rules with a calendar without holidays, for tests that need some rules and not certain ones."""

from __future__ import annotations

import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import followup_tui.domain
from followup_tui.domain.calendar import Calendar
from followup_tui.domain.playbook import playbook_of
from followup_tui.domain.rulebook import Rulebook

_SHIPPED = Path(followup_tui.domain.__file__).parent / "playbook.toml"
PLAYBOOK, _ = playbook_of(tomllib.loads(_SHIPPED.read_text(encoding="utf-8")), {})
BOOK = Rulebook(PLAYBOOK, Calendar(ZoneInfo("Europe/Berlin")))
