"""The cards of a long sitting: read once, kept up by what is done in it, and read anew after another hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from followup_tui.domain.views.card import Card
from followup_tui.tracker.outcome import Done
from followup_tui.tracker.tracker import Tracker

HOLDS = timedelta(minutes=1)
"""How long a reading holds though nobody writes: time alone makes an application ask for something else."""


class KnownCards:
    """All cards of a database by their application's id, without reading them all after each line."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._cards: dict[str, Card] = {}
        self._read_at: datetime | None = None

    def now(self) -> dict[str, Card]:
        """The cards as they are on disk."""
        at = self._tracker.clock()
        elsewhere = self._tracker.changed_elsewhere()
        if self._read_at is None or elsewhere or not timedelta() <= at - self._read_at < HOLDS:
            self._cards = {card.id: card for card in self._tracker.outlooks.cards(at)}
            self._read_at = at
        return self._cards

    def after(self, verb: Callable[[], Done]) -> Done:
        """Carry a verb out and keep the cards up; what it wrote is not taken for another hand's change."""
        if self._tracker.changed_elsewhere():
            self._read_at = None
        done = verb()
        self._tracker.changed_elsewhere()
        self._cards.update({card.id: card for card in done.cards})
        for id in done.gone:
            self._cards.pop(id, None)
        return done
