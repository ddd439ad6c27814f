"""Several windows on one database, by one clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from conftest import NOW, ZONE
from followup_tui.tracker.tracker import Tracker


class Clock:
    """A clock that moves only when it is told to, and tells the time in UTC as the real one does."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at.astimezone(UTC)


class Opens(Protocol):
    """Opens one more window."""

    def __call__(self) -> Tracker: ...


@contextmanager
def windows(database: Path, clock: Clock) -> Iterator[Opens]:
    """What opens one more window on the same file; all are closed at the end."""
    trackers: list[Tracker] = []

    def another() -> Tracker:
        trackers.append(Tracker(database, zone=ZoneInfo(ZONE), clock=clock))
        return trackers[-1]

    yield another
    for tracker in trackers:
        tracker.close()
