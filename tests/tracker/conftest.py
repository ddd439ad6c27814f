"""Windows on the test's database, and the clock that all of them go by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from followup_tui.tracker.tracker import Tracker
from trackers import Clock, Opens, windows


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(database: Path, clock: Clock) -> Iterator[Opens]:
    """Opens one more window on the same file."""
    with windows(database, clock) as another:
        yield another


@pytest.fixture
def tracker(opened: Opens) -> Tracker:
    return opened()
