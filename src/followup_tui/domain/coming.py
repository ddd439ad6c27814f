"""What comes next once nothing asks any more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from followup_tui.domain.action import Action
from followup_tui.domain.board import Card
from followup_tui.domain.wording import day_words

_WORDS = {
    Action.THANK: "thank-you",
    Action.MISSED_CALL: "the call they promised",
    Action.SEND_SOMETHING: "send what they asked for",
    Action.CALL: "call",
    Action.CHECK_IN: "check-in",
    Action.PINNED: "what you pinned",
    Action.ASK_NEXT_STEP: "interview",
    Action.RECORD_ANSWER: "what did they say?",
    Action.MOVE_ON: "move on?",
}


class Coming(NamedTuple):
    """An application and the day from which it asks for something."""

    card: Card
    day: date

    def words(self, today: date, hour: str = "") -> str:
        """Who, what and when: "Acme, interview Tue 24 Nov 14:00"; `hour` is that of an interview, where known."""
        what = "put off until" if self.card.is_held else _WORDS.get(self.card.action or Action.WAIT, "")
        when = " ".join(filter(None, (what, day_words(self.day, today), hour)))
        return f"{self.card.company}, {when}"


def coming(cards: Iterable[Card], today: date) -> Coming | None:
    """What asks next after today; None where nothing does. Waiting asks for nothing, but what is put off does."""
    ahead = [
        Coming(card, card.asks_on)
        for card in cards
        if card.asks_on is not None and card.asks_on > today and (card.is_held or card.action is not Action.WAIT)
    ]
    return min(ahead, key=lambda one: (one.day, one.card.number, one.card.id), default=None)
