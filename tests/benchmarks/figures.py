"""What the measured values come to, and how they are told."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 in 100 do not exceed, by nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of values that were taken in turn: what slows both at once cancels out."""
    return median([our / their for our, their in zip(ours, theirs, strict=True)])


def ms(seconds: float) -> str:
    """Seconds as milliseconds in words."""
    return f"{seconds * 1e3:,.1f} ms" if seconds < 0.1 else f"{seconds * 1e3:,.0f} ms"


def told(limit: float, value: float) -> str:
    """Whether a value keeps to its limit."""
    return "met" if value <= limit else "**not met**"


def print_table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a Markdown table, as the README has it."""
    print("| " + " | ".join(heading) + " |")
    print("|" + "---|" * len(heading))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
    print()
