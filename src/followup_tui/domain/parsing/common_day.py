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
    """Parse a date typed for several applications; `calendars` say whether a day is a business day.

    "In 3 business days" depends on an employer's holidays: raises `BadInput` if the calendars disagree. A date
    that does not depend on business days takes the first calendar alone, so that the others need not be loaded.
    """
    meant: set[When] = set()
    for is_business_day in calendars:
        asked: list[date] = []

        def ask(day: date, answer: Callable[[date], bool] = is_business_day, asked: list[date] = asked) -> bool:
            asked.append(day)
            return answer(day)

        meant.add(parse_when(text, now=now, zone=zone, lean=lean, is_business_day=ask, field=field))
        if not asked:
            break
    if len(meant) > 1:
        raise BadInput(
            f"“{shown_line(text)}” is another day for each of them, as their holidays differ; nothing was saved,"
            " say the date.",
            field,
        )
    return meant.pop()
