"""The rarer orders of a day, a month and a year, which dateparser knows and the forms in `days` don't."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache

from followup_tui.domain.dates.when import Lean
from followup_tui.domain.dates.words import MONTH, WEEKDAY
from followup_tui.domain.day_names import MONTHS, WEEKDAYS

_FROM = {Lean.PAST: "past", Lean.FUTURE: "future", Lean.NEAREST: "current_period"}
_DAY = r"(?a)(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\w)"
_YEAR = r"(?a)(?<!\d)(\d{4})(?!\w)"
_BETWEEN = r"\b(?:the|of|day|in|on)\b|[\s,.\-]+"


@lru_cache(maxsize=256)
def day_left_over(phrase: str, today: date, lean: Lean) -> date | None:
    """The day that dateparser reads in a phrase of small letters, None where it would have to guess.

    It is asked only about one month's name and one day, perhaps with a weekday and a year: with more freedom it
    reads "in today 3" as today. Remembered, because a form asks again with every key.
    """
    if not _is_one_date(phrase):
        return None
    # Loaded here and seldom: it takes 0.2 s, and nearly every date is understood without it.
    from dateparser.date import DateDataParser

    parser = DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "PREFER_DATES_FROM": _FROM[lean],
            "REQUIRE_PARTS": ["day", "month"],
            "PARSERS": ["absolute-time"],
            "TIMEZONE": "UTC",
        },
    )
    found: datetime | None = parser.get_date_data(phrase).date_obj
    return found.date() if found and _agrees(phrase, found.date()) else None


def _is_one_date(phrase: str) -> bool:
    rest = phrase
    for pattern, fewest in ((MONTH, 1), (WEEKDAY, 0), (_YEAR, 0), (_DAY, 1)):
        rest, count = re.subn(pattern, " ", rest)
        if not fewest <= count <= 1:
            return False
    return not re.sub(_BETWEEN, "", rest)


def _agrees(phrase: str, found: date) -> bool:
    """Whether the day found has every part of the phrase: dateparser drops silently what doesn't fit."""
    month, weekday = re.search(MONTH, phrase), re.search(WEEKDAY, phrase)
    numbers = {int(number) for pattern in (_DAY, _YEAR) for number in re.findall(pattern, phrase)}
    return (
        numbers <= {found.day, found.year}
        and found.day in numbers
        and (month is None or month["month"][:3] == MONTHS[found.month - 1].casefold())
        and (weekday is None or weekday["weekday"][:3] == WEEKDAYS[found.weekday()].casefold())
    )
