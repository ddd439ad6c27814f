"""A typed date for several applications: one meaning for all of them, or none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.parsing.day_rules import DayRules


def parse_common_when(
    text: str,
    calendars: Iterable[DayRules],
    *,
    now: datetime,
    zone: ZoneInfo,
    lean: Prefer,
    field: str = "date",
) -> When:
    """Parse a date typed for several applications, by the calendars of their employers.

    "In 3 business days" depends on an employer's holidays, and "3/12" on the country: raises `BadInput` if the
    calendars disagree. Any other date takes the first calendar alone, so that the others need not be loaded.
    """
    meant: set[When] = set()
    for rules in calendars:
        asked: list[date] = []

        def ask(day: date, rules: DayRules = rules, asked: list[date] = asked) -> bool:
            asked.append(day)
            return rules.is_business_day(day)

        days = rules._replace(is_business_day=ask)
        meant.add(parse_when(text, now=now, zone=zone, lean=lean, days=days, field=field))
        if not asked and "/" not in text:
            break
    if len(meant) > 1:
        raise BadInput(
            f"“{shown_line(text)}” is another day for each of them, as their calendars differ; nothing was saved,"
            " say the date.",
            field,
        )
    return meant.pop()
