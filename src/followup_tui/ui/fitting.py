"""Which verb answers what a card asks for, and which answer to its question is the likeliest: seen at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from followup_tui.domain.model.stage import Outcome
from followup_tui.domain.rules.action import Action as Asked
from followup_tui.domain.views.card import Card

VERBS: Mapping[Asked, tuple[str, ...]] = {
    Asked.THANK: ("letter", "thank"),
    Asked.MISSED_CALL: ("letter", "log"),
    Asked.SEND_SOMETHING: ("letter", "log"),
    Asked.VOICEMAIL: ("call", "log"),
    Asked.CALL: ("call", "log"),
    Asked.CHECK_IN: ("letter", "log"),
    Asked.PINNED: ("log",),
    Asked.ASK_NEXT_STEP: ("answer",),
    Asked.RECORD_ANSWER: ("answer",),
    Asked.GRACIOUS_NOTE: ("letter", "log"),
    Asked.MOVE_ON: ("close",),
}
"""The actions, by their ids in `ui.keys`, that do what is asked for: the one that helps with it, then the one
that records it as done. Waiting asks for nothing."""

DECIDING = ("answer", "log", "snooze", "close")
"""The verbs by which one decides otherwise, in the order in which they are offered."""

KINDS: Mapping[Asked, str] = {Asked.CALL: "call", Asked.VOICEMAIL: "voicemail"}
"""What happened where these were asked for, by its word in `domain.choices`; else an email."""

ENDS: Mapping[Asked, Outcome] = {Asked.MOVE_ON: Outcome.NO_REPLY}
"""How an application ended that was quiet for so long."""


def fitting_verbs(card: Card) -> tuple[str, ...]:
    """The ids of the actions that do what a card asks for."""
    return VERBS.get(card.action, ()) if card.action is not None else ()


def first_verbs(card: Card) -> tuple[str, ...]:
    """The ids of the actions by which one decides on a card, what it asks for first."""
    return tuple(dict.fromkeys((*fitting_verbs(card), *DECIDING)))


def asked_of(cards: Sequence[Card]) -> Asked | None:
    """What all of these cards ask for; None where they differ."""
    asked = {card.action for card in cards}
    return asked.pop() if len(asked) == 1 else None
