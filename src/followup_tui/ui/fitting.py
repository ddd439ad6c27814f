"""Which verb answers what a card asks for, and which answer to its question is the likeliest: seen at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from followup_tui.domain.action import Action as Asked
from followup_tui.domain.board import Card
from followup_tui.domain.stage import Outcome

VERBS: Mapping[Asked, str] = {
    Asked.THANK: "thank",
    Asked.MISSED_CALL: "log",
    Asked.SEND_SOMETHING: "log",
    Asked.VOICEMAIL: "log",
    Asked.CALL: "log",
    Asked.CHECK_IN: "log",
    Asked.PINNED: "log",
    Asked.ASK_NEXT_STEP: "answer",
    Asked.RECORD_ANSWER: "answer",
    Asked.GRACIOUS_NOTE: "log",
    Asked.MOVE_ON: "close",
}
"""The action, by its id in `ui.keys`, that does what is asked for; waiting asks for nothing."""

DECIDING = ("answer", "log", "snooze", "close")
"""The verbs by which one decides otherwise, in the order in which they are offered."""

KINDS: Mapping[Asked, str] = {Asked.CALL: "call", Asked.VOICEMAIL: "voicemail"}
"""What happened where these were asked for, by its word in `domain.choices`; else an email."""

ENDS: Mapping[Asked, Outcome] = {Asked.MOVE_ON: Outcome.NO_REPLY}
"""How an application ended that was quiet for so long."""


def first_verbs(card: Card) -> tuple[str, ...]:
    """The ids of the actions by which one decides on a card, what it asks for first."""
    fitting = VERBS.get(card.action) if card.action is not None else None
    return tuple(dict.fromkeys((fitting, *DECIDING))) if fitting else DECIDING


def asked_of(cards: Sequence[Card]) -> Asked | None:
    """What all of these cards ask for; None where they differ."""
    asked = {card.action for card in cards}
    return asked.pop() if len(asked) == 1 else None
