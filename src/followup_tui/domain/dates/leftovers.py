"""The rarer ways to say a day, which dateparser knows and the forms in `days` don't."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache

from followup_tui.domain.dates.when import Lean
from followup_tui.domain.dates.words import MONTH, VOCABULARY, WEEKDAY

_FROM = {Lean.PAST: "past", Lean.FUTURE: "future", Lean.NEAREST: "current_period"}
_COUNTED = re.compile(r"\b(?:ago|in|from now|later)\b")
_CALLED = re.compile(rf"{WEEKDAY}|{MONTH}")
_PLAIN_NUMBER = re.compile(r"\d+(?:st|nd|rd|th)?", re.ASCII)


def only_date_words(phrase: str) -> bool:
    """Whether every word is one that dates are made of."""
    return all(
        word in VOCABULARY or _CALLED.fullmatch(word) or not word.isalpha()
        for word in re.findall(r"[^\W\d_]+", phrase)
    )


@lru_cache(maxsize=256)
def day_left_over(phrase: str, today: date, lean: Lean) -> date | None:
    """The day that dateparser reads in a phrase of small letters, None where it would have to guess.

    Remembered, because a form asks again with every key.
    """
    if not only_date_words(phrase) or not _says_a_day(phrase):
        return None
    # Loaded here and seldom: it takes 0.2 s, and nearly every date is understood without it.
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]

    parser = DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time(12)),  # noqa: DTZ001 (dateparser wants it naive)
            "PREFER_DATES_FROM": _FROM[lean],
            "REQUIRE_PARTS": ["day", "month"],
            "PARSERS": ["relative-time", "absolute-time"],
            "TIMEZONE": "UTC",
        },
    )
    found: datetime | None = parser.get_date_data(phrase).date_obj
    return found.date() if found and _accounts_for(phrase, found.date()) else None


def _says_a_day(phrase: str) -> bool:
    """Whether it names a month with a number, or counts from today."""
    return bool(_COUNTED.search(phrase) or (_CALLED.search(phrase) and re.search(r"\d", phrase)))


def _accounts_for(phrase: str, found: date) -> bool:
    """Whether every number and weekday in the phrase is in the day that was found: dateparser drops some silently."""
    if _COUNTED.search(phrase):
        return True
    weekdays = [match["weekday"][:3] for match in _CALLED.finditer(phrase) if match["weekday"]]
    numbers = {int(re.sub(r"\D", "", number)) for number in _PLAIN_NUMBER.findall(phrase)}
    named = found.strftime("%a").casefold()
    return numbers <= {found.day, found.year} and all(weekday == named for weekday in weekdays)
