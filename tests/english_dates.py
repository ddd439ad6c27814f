"""Dates in both Englishes: what an American reads, said as everybody else would read it."""

from __future__ import annotations

import re

_WEEKDAY, _MONTH = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_MONTH_FIRST = re.compile(rf"\b({_WEEKDAY} )?{_MONTH} (\d{{1,2}})\b(?:, (\d{{4}}))?(?!\d|:\d)")
_HALF_DAYS = re.compile(r"\b(\d{1,2})(?::(\d{2}))?[ \xa0]([AP])M\b")
_WHOLE_DAYS = re.compile(r"\b\d{2}:\d{2}\b(?! UTC| [AP]M)")
DAY_FIRST = re.compile(rf"\b(?:{_WEEKDAY} )?\d{{1,2}} {_MONTH}\b")


def words_of(text: str) -> str:
    """A text with single spaces: columns are as wide as their dates."""
    return " ".join(text.split())


def day_first(text: str) -> str:
    """A text with the day first in each of its dates."""
    return _MONTH_FIRST.sub(
        lambda found: f"{found[1] or ''}{found[3]} {found[2]}{f' {found[4]}' if found[4] else ''}", text
    )


def in_whole_days(text: str) -> str:
    """A text with its hours of 24: "2 PM" as "14:00"."""
    return _HALF_DAYS.sub(
        lambda found: f"{int(found[1]) % 12 + 12 * (found[3] == 'P'):02}:{found[2] or '00'}", text
    )


def assert_dates_differ(american: str, british: str) -> None:
    """Both texts say the same, each with its own dates and hours, and no date is as it is stored."""
    assert_own_orders(american, british)
    for one, other in zip(in_whole_days(day_first(american)).splitlines(), british.splitlines(), strict=True):
        assert words_of(one) == words_of(other)


def assert_own_orders(american: str, british: str) -> None:
    """Each text has dates, all of them in its own order, and hours of its own."""
    assert _MONTH_FIRST.search(american), american
    assert not DAY_FIRST.search(american), american
    assert DAY_FIRST.search(british), british
    assert not _MONTH_FIRST.search(british), british
    assert not _WHOLE_DAYS.search(american), american
    assert not _HALF_DAYS.search(british), british
    assert "\N{NO-BREAK SPACE}" not in american + british
