"""The shipped rules with a calendar without holidays, for tests that need some rules and not certain ones."""

from __future__ import annotations

import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import followup_tui.domain.rules
from followup_tui.domain.rules.calendar import Calendar
from followup_tui.domain.rules.playbook import Rulebook, playbook_of

_SHIPPED = Path(followup_tui.domain.rules.__file__).parent / "playbook.toml"
PLAYBOOK, _ = playbook_of(tomllib.loads(_SHIPPED.read_text(encoding="utf-8")), {})
BOOK = Rulebook(PLAYBOOK, Calendar(ZoneInfo("Europe/Berlin")))
