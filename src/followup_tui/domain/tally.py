"""How many applications ask for something, by how loud they ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from followup_tui.domain.action import Action, State, state_of
from followup_tui.domain.board import Card

CALM = frozenset({Action.MOVE_ON, Action.GRACIOUS_NOTE})
"""What may be done any day, and is never late."""


class Tally(NamedTuple):
    """Numbers of applications: due today, late, and with a thank-you missing."""

    today: int = 0
    late: int = 0
    missing: int = 0


def tally(cards: Iterable[Card], today: date) -> Tally:
    """The tally of these cards on a day."""
    counts = {State.TODAY: 0, State.LATE: 0, State.MISSING: 0}
    for card in cards:
        asks_on = card.asks_on
        if asks_on is None or asks_on > today or card.due_on is None:
            continue
        state = state_of(asks_on, card.due_on, card.is_missing, today)
        counts[State.TODAY if card.action in CALM else state] += 1
    return Tally(today=counts[State.TODAY], late=counts[State.LATE], missing=counts[State.MISSING])
