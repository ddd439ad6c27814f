"""Garbage is collected in pauses, and not between two keys."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest

from followup_tui.ui.terminal import LEAST, NEVER, Pauses, spare_keys
from ui.pilot import BoardPilot


@pytest.fixture(autouse=True)
def _interpreter(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("followup_tui.ui.app.spare_keys", spare_keys)
    threshold, interval = gc.get_threshold(), sys.getswitchinterval()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    sys.setswitchinterval(interval)


class _Ring:
    """Something that only the collector finds."""

    def __init__(self) -> None:
        self.itself = self


def test_a_pause_after_work_collects_all_and_work_itself_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [(0, 3, LEAST - 1), (0, 3, LEAST - 1), (9, 1, LEAST), (0, 2, LEAST), (7, 2, LEAST)]
    given = iter(counts)
    monkeypatch.setattr(gc, "get_count", lambda: next(given))
    pauses, seen = Pauses(), []
    for _ in counts:
        ring = weakref.ref(_Ring())
        gc.disable()
        pauses.look()
        seen.append(ring() is None)
        gc.enable()
    assert seen == [False, False, False, False, True]


async def test_a_board_that_is_open_never_collects_everything_by_itself(user: BoardPilot) -> None:
    await user.type("j", "k")
    assert gc.get_threshold()[2] == NEVER
    assert gc.get_freeze_count() > 0
