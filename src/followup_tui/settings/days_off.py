"""Days off as they are written, "2026-12-24" or "2026-12-24..2027-01-01", and the days they mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

LONGEST = 183
"""Days that one entry, and all of them with the weekends between, may have in a row.

A calendar needs business days to count: see `domain.calendar.NoBusinessDays`.
"""

_DAY = timedelta(days=1)
_SATURDAY = 5


def span_of(entry: str) -> tuple[date, date]:
    """The first and the last day of an entry; ValueError where it is none."""
    first, between, last = entry.partition("..")
    start = date.fromisoformat(first.strip())
    return start, date.fromisoformat(last.strip()) if between else start


def days_of(entries: Iterable[str]) -> frozenset[date]:
    """All days of entries that are known to be good."""
    return frozenset(
        start + _DAY * count for start, end in map(span_of, entries) for count in range((end - start).days + 1)
    )


def longest_break(days: Iterable[date]) -> int:
    """How many days in a row are free at most, the weekends between the days counted in."""
    longest = run = 0
    before: date | None = None
    for day in sorted(days):
        gap = 0 if before is None else (day - before).days - 1
        # A weekend joins what lies on its both sides; more than two days hold a working one.
        joined = (
            before is not None
            and gap <= 2
            and all((before + _DAY * count).weekday() >= _SATURDAY for count in range(1, gap + 1))
        )
        run = run + gap + 1 if joined else 1
        longest, before = max(longest, run), day
    return longest
