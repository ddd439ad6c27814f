"""A typed date for several applications: one meaning for all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.parsing.dates import parse_when


def parse_common_when(
    text: str,
    calendars: Iterable[Callable[[date], bool]],
    *,
    now: datetime,
    zone: ZoneInfo,
    lean: Prefer,
    field: str = "date",
) -> When:
    """What a typed date means under every calendar; `calendars` say whether a day is a business day.

    "In 3 business days" depends on an employer's holidays: raises `BadInput` where the calendars disagree.
    """
    meant = {
        parse_when(text, now=now, zone=zone, lean=lean, is_business_day=is_business_day, field=field)
        for is_business_day in calendars
    }
    if len(meant) > 1:
        raise BadInput(
            f"“{shown_line(text)}” is another day for each of them, as their holidays differ; nothing was saved,"
            " say the date.",
            field,
        )
    return meant.pop()
