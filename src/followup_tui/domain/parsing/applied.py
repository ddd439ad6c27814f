"""What was only applied for, as one types it: "applied", "applied on 2 Nov", "applied yesterday"."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.dates import looks_like_date, parse_when
from followup_tui.domain.parsing.day_rules import NO_REGION, DayRules

# Kept as text: `re` compiles it when it is first used.
_APPLIED = (
    r"(?i)(?:i\s+)?(?:(?:have\s+|only\s+|just\s+)*applied|application\s+sent)(?:\s+on)?(?:[\s:]+(?P<day>.*))?"
)


def parse_applied_on(text: str, *, now: datetime, zone: ZoneInfo, days: DayRules = NO_REGION) -> date:
    """Return the day on which one applied, which lies behind. Raises `BadInput`."""
    day = parse_when(text, now=now, zone=zone, lean=Prefer.PAST, days=days).day
    if day > now.astimezone(zone).date():
        raise BadInput(f"“{shown_line(text)[:40]}” is in the future; say the day on which you applied.", "applied")
    return day


def split_applied(part: str) -> str | None:
    """Return the date in "applied 2 Nov", empty for "applied" alone, or None where a part says something else.

    What follows must look like a date: "applied scientist" is a role.
    """
    match = re.fullmatch(_APPLIED, part.strip())
    if match is None:
        return None
    day = (match["day"] or "").strip()
    return day if not day or looks_like_date(day) else None
