"""The actions that suit a card."""

from __future__ import annotations

from collections.abc import Mapping

from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.card import Card

RECOMMENDED: Mapping[ActionKind, tuple[str, ...]] = {
    ActionKind.ANSWER_OFFER: ("letter", "accept_offer", "decline_offer", "more_time"),
    ActionKind.THANK: ("letter", "thank"),
    ActionKind.TELL_OF_OFFER: ("letter", "log"),
    ActionKind.WITHDRAW: ("letter", "close"),
    ActionKind.MISSED_CALL: ("letter", "log"),
    ActionKind.SEND_SOMETHING: ("letter", "log"),
    ActionKind.VOICEMAIL: ("call", "log"),
    ActionKind.CALL: ("call", "log"),
    ActionKind.CHECK_IN: ("letter", "log"),
    ActionKind.PINNED: ("log",),
    ActionKind.ASK_NEXT_STEP: ("seen", "answer"),
    ActionKind.RECORD_INTERVIEW: ("interview", "answer"),
    ActionKind.RECORD_ANSWER: ("answer",),
    ActionKind.GRACIOUS_NOTE: ("letter", "log"),
    ActionKind.RECONNECT: ("letter", "log"),
    ActionKind.MOVE_ON: ("close",),
}
"""For each next action the ids of the actions in `actions.py` that do it: first the one that helps with it, then
the one that records it as done. Waiting needs none."""

ALTERNATIVES = ("answer", "log", "skip", "snooze", "close")
"""The ids of the actions by which the user decides otherwise or later, in the order in which they are offered."""


def recommended_actions(card: Card) -> tuple[str, ...]:
    """The ids of the actions that do what is next for a card."""
    return RECOMMENDED.get(card.action, ()) if card.action is not None else ()


ON_OFFER = ("accept_offer", "decline_offer", "more_time", "offers")
"""The ids of the actions that only an offer waiting for an answer has a use for."""


def offer_actions(card: Card | None) -> tuple[str, ...]:
    """The ids of the actions that answer the offer of a card; none where it asks for something else."""
    return ON_OFFER if card is not None and card.action is ActionKind.ANSWER_OFFER else ()


def review_actions(card: Card) -> tuple[str, ...]:
    """The ids of the actions that decide on a card in the review, the recommended ones first."""
    return tuple(dict.fromkeys((*recommended_actions(card), *ALTERNATIVES)))
