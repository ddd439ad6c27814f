from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.conversation import User
from followup_tui.tracker.tracker import Tracker


@pytest.fixture
def user(database: Path) -> Iterator[User]:
    tracker = Tracker(database)
    yield User(tracker)
    tracker.close()
