"""How long one waits, where some wait still: the estimate of Kaplan and Meier (J. Am. Stat. Assoc. 53, 1958)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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


def summarize_waits(waits: Sequence[Wait]) -> WaitSummary:
    """Return the median of some waits, with the number of cases and of those that go on."""
    still_open = sum(not wait.has_ended for wait in waits)
    median = median_wait(waits) if len(waits) >= LEAST_CASES else None
    return WaitSummary(median, len(waits), still_open)


def median_wait(waits: Sequence[Wait]) -> int | None:
    """Return the first day by which half have ended, those that go on counted as long as they were seen.

    None where that day isn't known yet, or where there are no waits.
    """
    ended = Counter(wait.days for wait in waits if wait.has_ended)
    left = Counter(wait.days for wait in waits)
    waiting, share = len(waits), 1.0
    for day in sorted(left):
        share *= 1 - ended[day] / waiting
        if share <= 0.5 + 1e-9:
            return day
        waiting -= left[day]
    return None
