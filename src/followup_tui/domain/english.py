"""The Englishes: which one a locale speaks, and how each writes a date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from followup_tui.domain.letter import English

_OF_COUNTRY: Mapping[str, English] = {
    "GB": English.BRITISH,
    "IE": English.BRITISH,
    "ZA": English.BRITISH,
    "CA": English.CANADIAN,
    "AU": English.AUSTRALIAN,
    "NZ": English.AUSTRALIAN,
    "IN": English.INDIAN,
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_FIRST = frozenset({English.AMERICAN, English.CANADIAN})


def english_of(locale: str) -> English:
    """The English of a locale such as "en_GB.UTF-8": its country's; American where that has none of its own."""
    language, _, country = locale.partition(".")[0].partition("@")[0].partition("_")
    return _OF_COUNTRY.get(country, English.AMERICAN) if language == "en" else English.AMERICAN


def written_date(day: date, english: English) -> str:
    """A date as a letter has it: "November 22, 2026" or "22 November 2026"."""
    month = _MONTHS[day.month - 1]
    return f"{month} {day.day}, {day.year}" if english in _MONTH_FIRST else f"{day.day} {month} {day.year}"
