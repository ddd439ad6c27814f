"""The cursor on the board's columns, and the cards that are selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from followup_tui.domain.model.application import STAGES, Stage
from followup_tui.domain.views.board import Board
from followup_tui.ui.widgets.kanban import Kanban


class BoardPanels(Protocol):
    """The screen with the columns."""

    shown_board: Board

    @property
    def kanban(self) -> Kanban:
        """The columns."""

    def show_header(self) -> None:
        """Show how many cards are selected."""

    def show_bars(self) -> None:
        """Show the card under the cursor; called with each move, so that both are one repaint."""


class BoardCursor:
    """Moves the cursor over the columns and selects cards."""

    def __init__(self, panels: BoardPanels) -> None:
        self._panels = panels
        self.selected: frozenset[str] = frozenset()
        self._anchor: str | None = None

    @property
    def _kanban(self) -> Kanban:
        return self._panels.kanban

    # Moving

    def step(self, by: int) -> None:
        """Move down by so many cards."""
        self._kanban.step(by)
        self._panels.show_bars()

    def step_page(self, by: int) -> None:
        """Move down by so many screenfuls."""
        self.step(by * self._kanban.page)

    def sidestep(self, by: int) -> None:
        """Move right by so many columns."""
        self._kanban.sidestep(by)
        self._panels.show_bars()

    def enter(self, stage: Stage) -> None:
        """Move to the column of a stage."""
        self._kanban.enter(stage)
        self._panels.show_bars()

    def go_first(self) -> None:
        """Move to the first card of the column."""
        self._kanban.go(0)
        self._panels.show_bars()

    def go_last(self) -> None:
        """Move to the last card of the column."""
        self._kanban.go(len(self._panels.shown_board.columns[self._kanban.stage]) - 1)
        self._panels.show_bars()

    # Selecting

    def mark(self, ids: frozenset[str]) -> None:
        """Select these applications and no others."""
        self.selected = ids
        self._kanban.select(ids)
        self._panels.show_header()

    def deselect(self) -> None:
        """Select nothing."""
        if self.selected:
            self._anchor = None
            self.mark(frozenset())
            self._panels.show_bars()

    def toggle(self) -> None:
        """Select the card under the cursor or deselect it, and move down."""
        card = self._kanban.focused
        if card is not None:
            self._anchor = card.id
            self.mark(self.selected ^ {card.id})
            self.step(1)

    def select_range(self) -> None:
        """Select from the card that was selected last to the cursor."""
        column = self._kanban.columns[self._kanban.stage]
        anchor = column.place_of(self._anchor) if self._anchor else None
        start = column.cursor if anchor is None else anchor
        low, high = sorted((start, column.cursor))
        ids = frozenset(card.id for card in column.cards[low : high + 1])
        if column.focused is not None:
            self._anchor = column.focused.id
        self.mark(self.selected | ids)

    def select_column(self) -> None:
        """Select the whole column, or deselect everything if all of the column is selected."""
        ids = frozenset(card.id for card in self._panels.shown_board.columns[self._kanban.stage])
        self.mark(frozenset() if ids <= self.selected else self.selected | ids)


CURSOR_ACTIONS: Mapping[str, Callable[[BoardCursor], None]] = {
    "down": partial(BoardCursor.step, by=1),
    "up": partial(BoardCursor.step, by=-1),
    "left": partial(BoardCursor.sidestep, by=-1),
    "right": partial(BoardCursor.sidestep, by=1),
    "page_down": partial(BoardCursor.step_page, by=1),
    "page_up": partial(BoardCursor.step_page, by=-1),
    "first": BoardCursor.go_first,
    "last": BoardCursor.go_last,
    "select": BoardCursor.toggle,
    "select_range": BoardCursor.select_range,
    "select_all": BoardCursor.select_column,
    **{f"column_{number}": partial(BoardCursor.enter, stage=stage) for number, stage in enumerate(STAGES, 1)},
}
"""The actions that only move the cursor or select cards, by their ids."""
