"""The one-line bars: heading, notice and footer. Each fits its width; none is ever clipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from followup_tui.cells import cell_len
from followup_tui.ui.rows.bar_rows import Hint, footer_row, keys_of
from followup_tui.ui.rows.pieces import Row
from followup_tui.ui.widgets.text_lines import PaintTracker, TextLines

if TYPE_CHECKING:
    from followup_tui.domain.rules.basket import Basket


class Bar(TextLines):
    """One line of text."""


class NoticeBar(Bar, PaintTracker):
    """What happened; a key that was pressed before it could be read may have been meant for something else."""


class Footer(TextLines):
    """The most useful keys that fit the width, then the way out and help; each can be clicked."""

    def __init__(self, hints: Sequence[Hint], tail: Sequence[Hint], width: int, *, id: str | None = None) -> None:
        """`width` is what there is before the first layout, so that the first paint has the keys too."""
        super().__init__([footer_row(hints, tail, width)], id=id)
        self._hints = tuple(hints)
        self._tail = tuple(tail)

    @dataclass
    class KeyClicked(Message):
        """A key of the footer was clicked, as people write it."""

        key: str

    def offer(self, hints: Sequence[Hint], tail: Sequence[Hint]) -> None:
        """Show other keys from now on; without a tail these are no actions, and no click does them."""
        self._hints, self._tail = tuple(hints), tuple(tail)
        self.on_resize()

    def on_resize(self) -> None:
        """Choose again what fits."""
        self.show([footer_row(self._hints, self._tail, self.size.width)])

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
    explained = "" if basket.live or basket.applied else ". It shows how your search is spread."
    lines = [f" Basket: {line}{explained}" for line in basket.lines]
    line = next((line for line in lines if cell_len(line) <= width), lines[-1])
    return ((line, "text" if basket.thin or basket.offers else "dim"),)
