"""How letters are worded: in which English, and formal or friendly."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class English(StrEnum):
    """The English one writes: it decides the spelling and how a date is written."""

    AMERICAN = "american"
    BRITISH = "british"
    CANADIAN = "canadian"
    AUSTRALIAN = "australian"
    INDIAN = "indian"


MONTH_FIRST = frozenset({English.AMERICAN, English.CANADIAN})
"""Where a date is "November 22"."""
_OF_COUNTRY: Mapping[str, English] = {
    **dict.fromkeys(("US", "AS", "GU", "MP", "PR", "UM", "VI", "PH", "FM", "MH", "PW", ""), English.AMERICAN),
    "CA": English.CANADIAN,
    "AU": English.AUSTRALIAN,
    "NZ": English.AUSTRALIAN,
    "IN": English.INDIAN,
}


def english_of_country(country: str) -> English:
    """The English that is written in a country, given by its two letters; American if none is known."""
    return _OF_COUNTRY.get(country, English.BRITISH)


class Voice(StrEnum):
    """How the letters sound: it decides the greeting, the sign-off, and "I am" or "I'm"."""

    FORMAL = "formal"
    FRIENDLY = "friendly"
