"""One column of the board as values: its cards, its cursor and what of it is in view."""

from __future__ import annotations

from dataclasses import dataclass

from followup_tui.domain.model.stage import Stage
from followup_tui.domain.views.card import Card

CARD_HEIGHT = 4
"""Lines of one card: company, role, where it stands, and a blank one."""


@dataclass(slots=True)
class Column:
    """The cards of one stage, a cursor that follows its card, and the first card in view.

    `count` is the number of the stage's cards, of which a first glance knows only the first, and `applied` how
    many of these were only applied for; `top` is an index
    into `cards`; `height` the lines there are for cards. The cursor is an index, kept inside
    the column; in an empty column it is 0.
    """

    stage: Stage
    cards: tuple[Card, ...] = ()
    count: int = 0
    applied: int = 0
    cursor: int = 0
    top: int = 0
    height: int = CARD_HEIGHT

    @property
    def focused(self) -> Card | None:
        """The card under the cursor; None in an empty column."""
        return self.cards[self.cursor] if self.cards else None

    @property
    def in_view(self) -> int:
        """How many cards can be seen whole; at least one."""
        return max(1, (self.height + 1) // CARD_HEIGHT)

    def show(self, cards: tuple[Card, ...], count: int, applied: int = 0) -> None:
        """Take other cards; the cursor stays on its card where that is still here, else on its place."""
        self.count, self.applied = count, applied
        before = self.focused
        self.cards = cards
        if before is not None:
            place = self.place_of(before.id)
            self.cursor = self.cursor if place is None else place
        self.clamp()

    def place_of(self, id: str) -> int | None:
        """Where the card of an application stands in this column; None where it doesn't."""
        return next((place for place, card in enumerate(self.cards) if card.id == id), None)

    def resize(self, height: int) -> None:
        """Take another height; the cursor's card stays in view."""
        self.height = height
        self.clamp()

    def go(self, place: int) -> bool:
        """Put the cursor on a place, or the nearest there is; whether other cards came into view.

        When the cursor leaves the view, it comes to stand in the middle: a slow line pays for a whole column
        once in half a screen instead of at each key.
        """
        top = self.top
        self.cursor = max(0, min(place, len(self.cards) - 1))
        if not self.top <= self.cursor < self.top + self.in_view:
            self.top = self.cursor - self.in_view // 2
        self._clamp_top()
        return self.top != top

    def scroll(self, by: int) -> bool:
        """Move the view and leave the cursor; whether other cards came into view."""
        top = self.top
        self.top += by
        self._clamp_top()
        return self.top != top

    def clamp(self) -> None:
        """Cursor and view back inside the column, the cursor's card in view."""
        self.go(self.cursor)

    def _clamp_top(self) -> None:
        self.top = max(0, min(self.top, len(self.cards) - self.in_view))

    def card_at(self, line: int) -> int | None:
        """The place of the card on a line of the view, counted from 0; None below the last card."""
        place = self.top + line // CARD_HEIGHT
        return place if 0 <= place < len(self.cards) else None

    def line_of(self, place: int) -> int:
        """The first line, counted from the top of the view, of the card on a place."""
        return (place - self.top) * CARD_HEIGHT
