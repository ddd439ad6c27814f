"""The badge: the sign and the words by which a card says where it stands, and the look they take."""

from __future__ import annotations

from datetime import datetime

from followup_tui.domain.views.card import LATE, PINNED, TODAY, Card, card_status, shortened

FILLED = frozenset({"late", "today"})
"""The looks that fill their ground: what asks for something now."""
_LOOKS = {LATE: "late", "?": "late", TODAY: "today"}
"""The looks of what asks; beside the look each has its own sign and word, which say the same without colour."""


def padded(text: str, look: str) -> tuple[str, str]:
    """A text and its look, with a blank at both ends where the look fills the ground."""
    return (f" {text} " if look in FILLED else text), look


def badge(card: Card, now: datetime, width: int = 80) -> tuple[str, str]:
    """The text of the badge and the name of its look: ("! thank 1d late", "late").

    Where it is wider than `width` cells it is shortened, so that what matters is still to be read.
    """
    sign, words = card_status(card, now)
    if len(words) + 2 > width:
        words = shortened(words)
    if len(words) + 2 > width:
        words = words.removeprefix("int. ")
    look = _LOOKS.get(sign, "dim")
    if sign == PINNED and card.asks_on is not None and card.asks_on <= now.date():
        look = "today"
    return f"{sign} {words}".strip(), look
