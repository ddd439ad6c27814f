"""Dates in both Englishes: what an American reads, said as everybody else would read it."""

from __future__ import annotations

import re

_WEEKDAY, _MONTH = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_MONTH_FIRST = re.compile(rf"\b({_WEEKDAY} )?{_MONTH} (\d{{1,2}})\b(?:, (\d{{4}}))?(?!\d|:\d)")
DAY_FIRST = re.compile(rf"\b(?:{_WEEKDAY} )?\d{{1,2}} {_MONTH}\b")


def words_of(text: str) -> str:
    """A text with single spaces: columns are as wide as their dates."""
    return " ".join(text.split())


def day_first(text: str) -> str:
    """A text with the day first in each of its dates."""
    return _MONTH_FIRST.sub(
        lambda found: f"{found[1] or ''}{found[3]} {found[2]}{f' {found[4]}' if found[4] else ''}", text
    )


def assert_dates_differ(american: str, british: str) -> None:
    """Both texts say the same, each in its own order of dates, and no date is as it is stored."""
    assert_own_orders(american, british)
    for one, other in zip(day_first(american).splitlines(), british.splitlines(), strict=True):
        assert words_of(one) == words_of(other)


def assert_own_orders(american: str, british: str) -> None:
    """Each text has dates, all of them in its own order."""
    assert _MONTH_FIRST.search(american), american
    assert not DAY_FIRST.search(american), american
    assert DAY_FIRST.search(british), british
    assert not _MONTH_FIRST.search(british), british
    assert "\N{NO-BREAK SPACE}" not in american + british
