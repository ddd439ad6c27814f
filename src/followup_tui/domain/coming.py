"""What comes next once nothing asks any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from followup_tui.domain.action import Action
from followup_tui.domain.board import Card
from followup_tui.domain.wording import day_words


class Coming(NamedTuple):
    """An application and the day from which it asks for something."""

    card: Card
    day: date

    def words(self, today: date) -> str:
        """Who and when: "Acme, Tue 24 Nov"."""
        return f"{self.card.company}, {day_words(self.day, today)}"


def coming(cards: Iterable[Card], today: date) -> Coming | None:
    """What asks next after today; None where nothing does. Waiting asks for nothing, but what is put off does."""
    ahead = [
        Coming(card, card.asks_on)
        for card in cards
        if card.asks_on is not None and card.asks_on > today and (card.is_held or card.action is not Action.WAIT)
    ]
    return min(ahead, key=lambda one: (one.day, one.card.number, one.card.id), default=None)
