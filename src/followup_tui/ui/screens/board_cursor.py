"""Moving the cursor over the board, and selecting cards."""

from __future__ import annotations

from followup_tui.domain.model.stage import STAGES
from followup_tui.domain.views.board import Board
from followup_tui.ui.screens.application_actions import Reaching
from followup_tui.ui.widgets.kanban import Kanban


class BoardCursor(Reaching):
    """A screen with the columns: its cursor and its selection."""

    shown_board: Board

    def __init__(self) -> None:
        super().__init__()
        self.selected: frozenset[str] = frozenset()
        self._anchor: str | None = None

    @property
    def kanban(self) -> Kanban:
        """The columns."""
        return self.query_one(Kanban)

    def show_header(self) -> None:
        """Tell how many are selected."""
        raise NotImplementedError

    def show_bars(self) -> None:
        """Tell about the card under the cursor; with the cursor's own move, so that both are one repaint."""
        raise NotImplementedError

    def mark(self, ids: frozenset[str]) -> None:
        """Select these applications and no others."""
        self.selected = ids
        self.kanban.select(ids)
        self.show_header()

    def deselect_cards(self) -> None:
        """Select nothing any more: the next verb must not take cards that one has moved out of sight."""
        if self.selected:
            self._anchor = None
            self.mark(frozenset())
            self.show_bars()

    def action_select(self) -> None:
        """Select the card or let it go, and step down."""
        card = self.kanban.focused
        if card is not None:
            self._anchor = card.id
            self.mark(self.selected ^ {card.id})
            self.kanban.step(1)
            self.show_bars()

    def action_select_range(self) -> None:
        """Select from the card selected last to the cursor."""
        column = self.kanban.columns[self.kanban.stage]
        anchor = column.place_of(self._anchor) if self._anchor else None
        start = column.cursor if anchor is None else anchor
        low, high = sorted((start, column.cursor))
        ids = frozenset(card.id for card in column.cards[low : high + 1])
        if column.focused is not None:
            self._anchor = column.focused.id
        self.mark(self.selected | ids)

    def action_select_all(self) -> None:
        """Select the whole column, or let all go where it is selected."""
        ids = frozenset(card.id for card in self.shown_board.columns[self.kanban.stage])
        self.mark(frozenset() if ids <= self.selected else self.selected | ids)

    def action_down(self) -> None:
        """To the next card."""
        self.kanban.step(1)
        self.show_bars()

    def action_up(self) -> None:
        """To the card above."""
        self.kanban.step(-1)
        self.show_bars()

    def action_left(self) -> None:
        """To the column on the left."""
        self.kanban.sidestep(-1)
        self.show_bars()

    def action_right(self) -> None:
        """To the column on the right."""
        self.kanban.sidestep(1)
        self.show_bars()

    def action_page_down(self) -> None:
        """A screenful down."""
        self.kanban.step(self.kanban.page)
        self.show_bars()

    def action_page_up(self) -> None:
        """A screenful up."""
        self.kanban.step(-self.kanban.page)
        self.show_bars()

    def action_first(self) -> None:
        """To the first card."""
        self.kanban.go(0)
        self.show_bars()

    def action_last(self) -> None:
        """To the last card."""
        self.kanban.go(len(self.shown_board.columns[self.kanban.stage]) - 1)
        self.show_bars()

    def action_column_1(self) -> None:
        """To the first stage."""
        self.kanban.enter(STAGES[0])
        self.show_bars()

    def action_column_2(self) -> None:
        """To the second stage."""
        self.kanban.enter(STAGES[1])
        self.show_bars()

    def action_column_3(self) -> None:
        """To the third stage."""
        self.kanban.enter(STAGES[2])
        self.show_bars()

    def action_column_4(self) -> None:
        """To the last stage."""
        self.kanban.enter(STAGES[3])
        self.show_bars()
