"""Widgets of lines of text, of which only the lines that changed are sent to the terminal; and the one-line bars:
heading, notice and footer, each of which fits its width."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from followup_tui.cells import cell_len
from followup_tui.domain.model.text import shown_line
from followup_tui.ui.rows.pieces import Hint, Row, cells_of, cut, footer_row, keys_of, laid, wrap
from followup_tui.ui.theme import look

if TYPE_CHECKING:
    from followup_tui.domain.rules.basket import Basket
    from followup_tui.tracker.commit import CommandResult


def draw_later(screen: Screen[Any], draw: Callable[[], object]) -> None:
    """Draw after the next refresh, when widths are known; not if the screen is closed by then and has no parts."""

    def unless_closed() -> object:
        return draw() if screen in screen.app.screen_stack and not screen.app._exit else None

    screen.call_after_refresh(unless_closed)


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

    async def is_news_to(self, event: events.Key) -> bool:
        """Whether a key was pressed before what stands here could be read; waits until it has been painted."""
        await self.seen()
        return event.time < self.painted_at


BETWEEN = " · "
LEAST = 14
"""Cells under which a middle that must be shortened isn't worth its place."""
MOST_AT_END = 17
"""Cells of a day and hour, the end of a middle that is shortened."""
LEAST_AT_BEGIN = 12


_SHORTER = ((", which was due ", ", due "), (r"(?:^|(?<=· ))next: ", ""))
"""What is shortened first where a middle has no room: the rest names what is next without it."""


class Notice(NamedTuple):
    """What happened, more about it, and what one can do now: "Acme → Thanked", "next: …", "u undo"."""

    said: str
    more: str = ""
    ending: str = ""

    def on_lines(self, width: int, most: int) -> list[str]:
        """All of it on one line of `width` cells, else on as few as it takes, shortened if it must be."""
        line = whole = BETWEEN.join(filter(None, map(shown_line, self)))
        for long, short in _SHORTER:
            line = line if cell_len(line) <= width else re.sub(long, short, line)
        if cell_len(line) <= width:
            return [line]
        for room in range(min(cell_len(whole), width * most), width, -1):
            text = self.on_one_line(room)
            lines = wrap(text, width, most)
            if " ".join(lines) == text:
                return [each.strip(BETWEEN) for each in lines]
        return [self.on_one_line(width)]

    def on_one_line(self, width: int) -> str:
        """The parts on one line of `width` cells: the middle is shortened first, then what happened."""
        said, more, ending = (shown_line(part) for part in self)
        tail = BETWEEN + ending if ending else ""
        room = width - cell_len(said) - cell_len(tail) - len(BETWEEN)
        for long, short in _SHORTER:
            more = more if cell_len(more) <= room else re.sub(long, short, more)
        if more and room >= min(LEAST, cell_len(more)):
            return f"{said}{BETWEEN}{_shortened(more, room)}{tail}"
        return f"{cut(said, width - cell_len(tail))}{tail}"


def _shortened(text: str, width: int) -> str:
    """The text in at most `width` cells; what is left out is in its middle, as its end says when it is due."""
    if cell_len(text) <= width:
        return text
    end = ""
    for word in reversed(text.split()):
        if word.islower() or cell_len(f" {word}{end}") > min(MOST_AT_END, width - LEAST_AT_BEGIN):
            break
        end = f" {word}{end}"
    is_day = end[1:2].isalpha() and any(sign.isdigit() for sign in end)  # not half of one, nor only a month
    end = end if is_day else ""
    return cut(text.removesuffix(end), width - cell_len(end)) + end


def notice_of(done: CommandResult, remark: str, ending: str) -> Notice:
    """What was done; in the middle what was left out, the remark, and what comes next."""
    left_out = done.notice.removeprefix(done.said).removeprefix(BETWEEN)
    return Notice(done.said, BETWEEN.join(filter(None, (left_out, remark, done.next_text))), ending)


class Bar(TextLines):
    """One line of text."""


class NoticeBar(Bar, PaintTracker):
    """What happened; a key that was pressed before it could be read may have been meant for something else."""


class Footer(TextLines):
    """The most useful keys that fit the width, then the way out and help; each can be clicked.

    It is blank while another screen has the keys: a dialog names its own.
    """

    def __init__(self, hints: Sequence[Hint], tail: Sequence[Hint], width: int, *, id: str | None = None) -> None:
        """`width` is what there is before the first layout, so that the first paint has the keys too."""
        super().__init__([footer_row(hints, tail, width)], id=id)
        self._hints = tuple(hints)
        self._tail = tuple(tail)

    @dataclass
    class KeyClicked(Message):
        """A key of the footer was clicked, as people write it."""

        key: str

    def on_mount(self) -> None:
        """Name the keys only while they do something."""
        self.app.screen_change_signal.subscribe(self, lambda _: self.on_resize())

    def offer(self, hints: Sequence[Hint], tail: Sequence[Hint]) -> None:
        """Show other keys from now on; without a tail these are no actions, and no click does them."""
        if (tuple(hints), tuple(tail)) != (self._hints, self._tail):
            self._hints, self._tail = tuple(hints), tuple(tail)
            self.on_resize()

    def on_resize(self) -> None:
        """Choose again what fits."""
        has_keys = self.screen is self.app.screen
        self.show([footer_row(self._hints, self._tail, self.size.width)] if has_keys else [])

    def on_click(self, event: events.Click) -> None:
        """Tell which key is under the pointer."""
        left = 0
        for key, word in keys_of(footer_row(self._hints, self._tail, self.size.width)):
            left += cell_len(key[0] + word[0])
            if event.x < left:
                if self._tail:
                    self.post_message(self.KeyClicked(key[0].strip()))
                break


def basket_row(basket: Basket, width: int) -> Row:
    """How spread the search is, in the longest words that fit the width."""
    explained = "" if basket.live or basket.applied else ". It counts the applications you have going."
    lines = [f" Basket: {line}{explained}" for line in basket.lines]
    line = next((line for line in lines if cell_len(line) <= width), lines[-1])
    return ((line, "text" if basket.thin or basket.offers else "dim"),)
