"""The four columns: draws only what is in view, and sends only the lines that changed."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from followup_tui.domain.model.application import STAGES, Stage
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.card import Card
from followup_tui.ui.rows.board_rows import CARD_HEIGHT, HEADING, BoardRows, Column, spans
from followup_tui.ui.rows.pieces import NARROW, Row
from followup_tui.ui.theme import look
from followup_tui.ui.widgets.text_lines import strip_of

STRIPS_KEPT = 4_000
"""Drawn pieces of lines that are kept: more than the largest terminal shows at once."""


class Kanban(BoardRows, Widget):
    """The board's cards with one cursor, on the screen."""

    def __init__(self, board: Board, now: datetime, *, id: str | None = None) -> None:
        Widget.__init__(self, id=id)
        BoardRows.__init__(self, board, now)
        self._styles: dict[str, Style] = {}
        self._drawn: dict[tuple[Row, int, str], Strip] = {}

    # What is shown

    def show(
        self,
        board: Board,
        now: datetime,
        follow: str | None,
        hint: Mapping[Stage, str],
        selected: Set[str],
    ) -> None:
        """Show another board; the cursor follows the card `follow`, else stays where it is."""
        before = {stage: self._face(column) for stage, column in self.columns.items()}
        self.now, self.hint, self.selected = now, hint, selected
        self._found = {}
        for stage, column in self.columns.items():
            column.show(board.columns[stage], board.count(stage), board.applied_in(stage))
        if follow is not None and follow in board.cards:
            self.stage = board.cards[follow].stage
            place = self.columns[self.stage].place_of(follow)
            self.columns[self.stage].go(place or 0)
        changed = [stage for stage, column in self.columns.items() if self._face(column) != before[stage]]
        if changed:
            # As one: of each region Textual writes the lines from the left edge of the board on.
            self.refresh(Region.from_union([self._region(stage, 0, self.size.height) for stage in changed]))

    def _face(self, column: Column) -> tuple[object, ...]:
        """All that a column's look depends on."""
        top = column.top
        cards = column.cards[top : top + column.in_view + 1]
        return (
            cards,
            tuple(map(self._found_in, cards)),
            top,
            column.count,
            column.applied,
            column.stage is self.stage and (column.cursor, self.hint.get(column.stage)),
            self.selected,
            self.now.date(),
            self.size.width < NARROW and self.stage,
        )

    def select(self, ids: Set[str]) -> None:
        """Mark these applications as selected."""
        self.selected = ids
        self.refresh()

    # Moving the cursor

    def go(self, place: int) -> None:
        """Put the cursor on a place of its column."""
        column = self.columns[self.stage]
        before = column.cursor
        if column.go(place):
            self._refresh_view(self.stage)
        elif column.cursor != before:
            self._refresh_card(self.stage, before)
            self._refresh_card(self.stage, column.cursor)

    def step(self, by: int) -> None:
        """Move the cursor by so many cards, down where positive."""
        self.go(self.columns[self.stage].cursor + by)

    def enter(self, stage: Stage) -> None:
        """Move the cursor to another column, to the card that it left there."""
        if stage is self.stage:
            return
        before, self.stage = self.stage, stage
        if self.size.width < NARROW:
            self.refresh()
        else:
            for each in (before, stage):
                if not self.columns[each].cards:
                    self.refresh_column(each)
                    continue
                self._refresh_card(each, self.columns[each].cursor)
                self.refresh(self._region(each, 0, HEADING))

    def sidestep(self, by: int) -> None:
        """Move the cursor by so many columns, to the right where positive, round the edge."""
        self.enter(STAGES[(STAGES.index(self.stage) + by) % len(STAGES)])

    # Which cells to redraw

    def _region(self, stage: Stage, top: int, height: int) -> Region:
        span = spans(self.size.width, self.stage).get(stage)
        if span is None:
            return Region()
        bottom = min(top + height, self.size.height)
        return Region(span.left, top, span.width, max(0, bottom - top))

    def _refresh_card(self, stage: Stage, place: int) -> None:
        line = self.columns[stage].line_of(place)
        if 0 <= line < self.size.height - HEADING:
            self.refresh(self._region(stage, HEADING + line, CARD_HEIGHT - 1))

    def refresh_column(self, stage: Stage) -> None:
        """Redraw a whole column."""
        self.refresh(self._region(stage, 0, self.size.height))

    def _refresh_view(self, stage: Stage) -> None:
        """Draw other cards into the places where cards stand already, and the heading that counts them."""
        self.refresh(self._region(stage, 0, 1))
        for line in range(HEADING, self.size.height, CARD_HEIGHT):
            self.refresh(self._region(stage, line, CARD_HEIGHT - 1))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line of all visible columns, side by side."""
        self.fit_height(self.size.height)  # here rather than when told of the resize, which would draw all twice
        return Strip.join([self._strip(*part) for part in self.line(y, self.size.width)])

    def _strip(self, row: Row, width: int, fill: str) -> Strip:
        """The strip of a row; most of what a key repaints was drawn before."""
        key = (row, width, fill)
        strip = self._drawn.get(key)
        if strip is None:
            if len(self._drawn) >= STRIPS_KEPT:
                self._drawn.clear()
            strip = self._drawn[key] = strip_of(row, width, self._style_of, fill)
        return strip

    def _style_of(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = look(self, name)
        return self._styles[name]

    def notify_style_update(self) -> None:
        """Forget the styles: the theme has changed."""
        self._styles.clear()
        self._drawn.clear()
        super().notify_style_update()


class MouseKanban(Kanban):
    """The columns, which also post which card was clicked, opened or dragged to another stage."""

    @dataclass
    class Focused(Message):
        """A click put the cursor on a card, or into an empty column."""

        card: Card | None

    @dataclass
    class WelcomeClicked(Message):
        """A line of the empty board was clicked, counted from the first below the headings."""

        line: int

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
        if under is None or self.welcome:
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
        """A double click opens the card; on the empty board one is enough."""
        if self.welcome:
            self.post_message(self.WelcomeClicked(event.y - HEADING))
            return
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
