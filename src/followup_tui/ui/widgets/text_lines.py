"""A widget of text lines that sends to the terminal only the lines that changed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from operator import itemgetter

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from followup_tui.domain.model.text import shown_line
from followup_tui.ui.theme import look

Piece = tuple[str, str]
"""Some text and the name of its style."""
Row = tuple[Piece, ...]
StyleOf = Callable[[str], Style]

ELLIPSIS = "…"
CHARACTERS_A_CELL = 10
"""Characters that can share one cell, a base and its combining marks: more than this many times the width is
never looked at, however long a name is."""


def fit(text: str, width: int) -> str:
    """Text made safe and exactly `width` cells wide: padded, or cut with an ellipsis."""
    if width <= 0:
        return ""
    text = shown_line(text[: width * CHARACTERS_A_CELL + 1])
    if text.isascii():
        return text.ljust(width) if len(text) <= width else text[: width - 1] + ELLIPSIS
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + ELLIPSIS


def strip_of(row: Row, width: int, style_of: StyleOf, fill: str) -> Strip:
    """The row as a strip `width` cells wide; what is left for later is filled in the style `fill`.

    Neighbours in one style become one segment: each costs the terminal some forty bytes of colours.
    """
    pieces: list[tuple[str, str]] = []
    room = width
    for text, style in row:
        if room <= 0:
            break
        safe = shown_line(text[: room * CHARACTERS_A_CELL + 1])
        cells = cell_len(safe)
        if cells > room:
            safe, cells = fit(safe, room), room
        pieces.append((safe, style))
        room -= cells
    if room > 0:
        pieces.append((" " * room, fill))
    merged = [
        Segment("".join(text for text, _ in group), style_of(style))
        for style, group in groupby(pieces, key=itemgetter(1))
    ]
    return Strip(merged, width)


def cells_of(row: Row, width: int) -> int:
    """How many of `width` cells the row's own text takes."""
    return min(width, sum(cell_len(shown_line(text[: width * CHARACTERS_A_CELL + 1])) for text, _ in row))


def wrap(text: str, width: int, most: int) -> Sequence[str]:
    """Safe text in at most `most` lines of `width` cells, broken at spaces, but not in a phone number.

    The last line is cut where more was.
    """
    safe = shown_line(text[: width * most * CHARACTERS_A_CELL])
    words = _PHONE.sub(lambda number: number[0].replace(" ", _JOINT), safe).split(" ")
    return [line.replace(_JOINT, " ") for line in _laid(words, width, most)]


_PHONE = re.compile(r"\+?\d[\d ]{6,}\d")
_JOINT = "\N{NO-BREAK SPACE}"


def _laid(words: list[str], width: int, most: int) -> list[str]:
    lines: list[str] = []
    line = ""
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if cell_len(longer) <= width:
            line = longer
        elif len(lines) == most - 1:
            return [*lines, fit(" ".join([longer, *words]), width).rstrip()]
        elif line:
            lines.append(line)
            words.insert(0, word)
            line = ""
        else:
            head = set_cell_size(word, width).rstrip() or word[:1]
            lines.append(head)
            words.insert(0, word[len(head) :])
    return [*lines, line] if line else lines


def heading(text: str, room: int) -> Row:
    """A heading with a line to the right edge of `room` cells."""
    return ((f" {text} ", "heading"), ("─" * max(0, room - cell_len(text) - 1), "rule"))


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
