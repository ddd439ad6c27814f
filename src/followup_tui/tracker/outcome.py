"""What a verb gives back: the change, and the cards to draw anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the first paint needs none of it
    from followup_tui.domain.model.change import Change
    from followup_tui.domain.views.card import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A verb that was carried out and is on disk.

    `cards` are the touched applications as they are now, `gone` the ids of those that no longer exist,
    `left_out` one sentence for each selected application that the verb could not take, and `dropped` how many
    control characters were taken out of what was typed. `next_words` say what comes next for a single
    application, empty where nothing does, and `next_why` in a few words why, where there is more than the rule.
    """

    change: Change
    said: str
    cards: tuple[Card, ...] = ()
    gone: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    dropped: int = 0
    next_words: str = ""
    next_why: str = ""

    @property
    def notice(self) -> str:
        """One line for the person: what happened, and what was left out or dropped."""
        parts = [self.said]
        if self.dropped:
            plural = "" if self.dropped == 1 else "s"
            parts.append(f"{self.dropped} control character{plural} dropped")
        if self.left_out:
            parts.append(f"{len(self.left_out)} left out: {self.left_out[0]}")
        return " · ".join(parts)
