"""How long one waits, where some wait still: the estimate of Kaplan and Meier (J. Am. Stat. Assoc. 53, 1958)."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

LEAST_CASES = 5
"""With fewer cases one more would move a median by a third of them: they are told as too few."""


class Waits(NamedTuple):
    """Days that somebody has waited: of the waits that have ended, and of those that go on."""

    ended: list[int]
    open: list[int]


class WaitSummary(NamedTuple):
    """The median of some waits in days; None where too few are known, or more than half go on."""

    median: int | None
    cases: int
    open: int

    @property
    def is_too_few(self) -> bool:
        """Whether there are too few cases for a median."""
        return self.cases < LEAST_CASES


def summarize_waits(waits: Waits) -> WaitSummary:
    """Return the median of some waits, with the number of cases and of those that go on."""
    cases = len(waits.ended) + len(waits.open)
    return WaitSummary(median_wait(waits) if cases >= LEAST_CASES else None, cases, len(waits.open))


def median_wait(waits: Waits) -> int | None:
    """Return the first day by which half have ended, those that go on counted as long as they were seen.

    None where that day isn't known yet, or where there are no waits.
    """
    ended, still_open = Counter(waits.ended), Counter(waits.open)
    waiting, share = len(waits.ended) + len(waits.open), 1.0
    for day in sorted({*ended, *still_open}):
        share *= 1 - ended[day] / waiting
        if share <= 0.5 + 1e-9:
            return day
        waiting -= ended[day] + still_open[day]
    return None
