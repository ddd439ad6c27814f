"""A widget of text lines that sends to the terminal only the lines that changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from followup_tui.ui.rows.pieces import Row, cells_of, laid
from followup_tui.ui.theme import look

StyleOf = Callable[[str], Style]


def strip_of(row: Row, width: int, style_of: StyleOf, fill: str) -> Strip:
    """The row as a strip `width` cells wide; what is left for later is filled in the style `fill`."""
    return Strip([Segment(text, style_of(look)) for text, look in laid(row, width, fill)], width)


PAINTS = 20
"""Paints of the screen that a key waits for at most until what it is about has been among them."""


class TextLines(Widget):
    """Rows of text, each piece in one of the theme's looks; slow lines pay only for what differs."""

    DEFAULT_CSS = "TextLines { height: 1; }"

    def __init__(self, rows: Sequence[Row] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = tuple(rows)
        self._styles: dict[str, Style] = {}

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands here."""
        return not any(self._rows)

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows from the top; rows that stand there already are not sent again."""
        width = self.size.width
        for y, (old, new) in enumerate(zip_longest(self._rows, rows, fillvalue=())):
            if old != new and y < self.size.height:
                # Behind the longer of the two nothing changes: half of a pane is blank.
                self.refresh(Region(0, y, max(cells_of(old, width), cells_of(new, width)), 1))
        self._rows = tuple(rows)

    def render_line(self, y: int) -> Strip:
        """The strip of one line."""
        row = self._rows[y] if y < len(self._rows) else ()
        return strip_of(row, self.size.width, self._style_of, "text")

    def _style_of(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = look(self, name)
        return self._styles[name]

    def notify_style_update(self) -> None:
        """Forget the styles: the theme, or this widget's look, has changed."""
        self._styles.clear()
        super().notify_style_update()


class MenuLines(TextLines):
    """Lines to choose from, also by a click."""

    @dataclass
    class LineClicked(Message):
        """A line was clicked, counted from the first in view."""

        line: int

    def on_click(self, event: events.Click) -> None:
        """Tell which line is under the pointer."""
        self.post_message(self.LineClicked(event.y))


class PaintTracker(TextLines):
    """Lines that know when what they were last turned to was really painted, by the clock that stamps the keys."""

    painted_at = 0.0
    _turned_to = 0
    _painted = 0

    @property
    def is_painted(self) -> bool:
        """Whether what stands here since the last turn has been painted."""
        return self._painted == self._turned_to > 0

    def turn(self) -> None:
        """From now on something else stands here, even if its first line is the same."""
        self._turned_to += 1
        self.refresh(Region(0, 0, 1, 1))

    def render_line(self, y: int) -> Strip:
        """The strip of one line; note that it is drawn."""
        if self._painted != self._turned_to:
            self._painted = self._turned_to
            self.painted_at = events.Idle().time
        return super().render_line(y)

    async def seen(self) -> None:
        """Wait until it has been painted, for so many paints at most: on a tiny screen it may have no room."""
        for _ in range(PAINTS):
            if self.is_painted:
                break
            painted = asyncio.Event()
            self.screen.call_after_refresh(painted.set)
            await painted.wait()
