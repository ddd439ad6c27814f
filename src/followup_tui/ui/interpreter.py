"""The interpreter, kept from doing its own work between a key and its repaint."""

from __future__ import annotations

import gc
import sys

from textual.app import App

SWITCH_SECONDS = 0.0005
"""How long another thread may go on where the screen's has something to do: a tenth of Python's own default."""
LEAST = 5
"""Collections of young objects after which a full one is worth while."""
NEVER = 1_000_000
LOOK_SECONDS = 0.5


def spare_keys(app: App[None]) -> None:
    """Collect all garbage in pauses alone, and let the screen's thread go before all others.

    A repaint leaves rows that only the collector finds, and a full collection takes as long as a repaint.
    """
    gc.enable()
    gc.freeze()  # all that was loaded stays: the collector need not walk it
    youngest, young, _ = gc.get_threshold()
    gc.set_threshold(youngest, young, NEVER)
    sys.setswitchinterval(SWITCH_SECONDS)
    app.set_interval(LOOK_SECONDS, Pauses().look, name="collect garbage")


class Pauses:
    """Collects all garbage where there may be some and nothing has been made since the last look."""

    def __init__(self) -> None:
        self._seen: tuple[int, ...] = ()

    def look(self) -> None:
        """Look whether this is a pause."""
        _, *older = gc.get_count()
        if older[1] >= LEAST and tuple(older) == self._seen:
            gc.collect()
        self._seen = tuple(older)
