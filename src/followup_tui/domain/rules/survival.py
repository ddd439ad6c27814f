"""How long one waits, where some wait still: the estimate of Kaplan and Meier (J. Am. Stat. Assoc. 53, 1958)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

LEAST_CASES = 5
"""With fewer cases one more would move a median by a third of them: they are told as too few."""


class Wait(NamedTuple):
    """Days that somebody has waited, and whether the wait has ended."""

    days: int
    has_ended: bool


class WaitSummary(NamedTuple):
    """The median of some waits in days; None where too few are known, or more than half go on."""

    median: int | None
    cases: int
    open: int

    @property
    def is_too_few(self) -> bool:
        """Whether there are too few cases for a median."""
        return self.cases < LEAST_CASES


def summarize_waits(waits: Collection[Wait]) -> WaitSummary:
    """Return the median of some waits, with the number of cases and of those that go on."""
    counts = Counter(waits)
    still_open = sum(count for wait, count in counts.items() if not wait.has_ended)
    return WaitSummary(_median(counts) if len(waits) >= LEAST_CASES else None, len(waits), still_open)


def median_wait(waits: Iterable[Wait]) -> int | None:
    """Return the first day by which half have ended, those that go on counted as long as they were seen.

    None where that day isn't known yet, or where there are no waits.
    """
    return _median(Counter(waits))


def _median(counts: Mapping[Wait, int]) -> int | None:
    waiting, share = sum(counts.values()), 1.0
    for day in sorted({wait.days for wait in counts}):
        ended = counts.get(Wait(day, True), 0)
        share *= 1 - ended / waiting
        if share <= 0.5 + 1e-9:
            return day
        waiting -= ended + counts.get(Wait(day, False), 0)
    return None
