"""The board under the mouse: a click focuses, a double click opens, the wheel scrolls, a card can be dragged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from textual import events
from textual.geometry import Region
from textual.message import Message

from followup_tui.domain.model.stage import Stage
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.card import Card
from followup_tui.ui.widgets.kanban import HEADING, Kanban, spans


class MouseKanban(Kanban):
    """The columns, which also post which card was clicked, opened or dragged to another stage."""

    @dataclass
    class Focused(Message):
        """A click put the cursor on a card, or into an empty column."""

        card: Card | None

    @dataclass
    class Opened(Message):
        """A card was double-clicked."""

        card: Card

    @dataclass
    class Dropped(Message):
        """A card was dragged into another column."""

        card: Card
        stage: Stage

    def __init__(self, board: Board, now: datetime, *, id: str | None = None) -> None:
        super().__init__(board, now, id=id)
        self._grabbed: Card | None = None

    def _under(self, event: events.MouseEvent) -> tuple[Stage, int | None] | None:
        """The column and the place of the card that the pointer is on."""
        for stage, span in spans(self.size.width, self.stage).items():
            if span.left <= event.x < span.left + span.width:
                line = event.y - HEADING
                return stage, self.columns[stage].card_at(line) if line >= 0 else None
        return None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click focuses; keeping the button down takes hold of the card."""
        under = self._under(event)
        if under is None:
            return
        stage, place = under
        self.enter(stage)
        if place is not None:
            self.go(place)
        self.post_message(self.Focused(self.focused))
        if place is not None:
            self._grabbed = self.focused
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """While a card is held, the column under the pointer shows that it would take it."""
        if self._grabbed is None:
            return
        under = self._under(event)
        target = under[0] if under is not None and under[0] is not self._grabbed.stage else None
        if target is not self.target:
            self.target = target
            self.refresh(Region(0, 0, self.size.width, 1))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Letting go over another column moves the card there."""
        card, stage = self._grabbed, self.target
        self._grabbed = self.target = None
        self.release_mouse()
        self.refresh(Region(0, 0, self.size.width, 1))
        if card is not None and stage is not None:
            self.post_message(self.Dropped(card, stage))

    def on_click(self, event: events.Click) -> None:
        """A double click opens the card."""
        under = self._under(event)
        if event.chain == 2 and under is not None and under[1] is not None and self.focused is not None:
            self.post_message(self.Opened(self.focused))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls the column under the pointer."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls the column under the pointer."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        under = self._under(event)
        if under is not None and self.columns[under[0]].scroll(by):
            self.refresh_column(under[0])
        event.stop()
