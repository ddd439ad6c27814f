"""The one-line bars: heading, notice and footer. Each fits its width; none is ever clipped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from followup_tui.ui.widgets.text_lines import PaintTracker, Row, TextLines

if TYPE_CHECKING:
    from followup_tui.domain.rules.basket import Basket

Hint = tuple[str, str]
"""A key and its word: ("L", "Advance")."""


class Bar(TextLines):
    """One line of text."""


class NoticeBar(Bar, PaintTracker):
    """What happened; a key that was pressed before it could be read may have been meant for something else."""


class Footer(TextLines):
    """The most useful keys that fit the width, and how many more there are; None where help has no key now."""

    def __init__(self, hints: Sequence[Hint], others: int | None, help_key: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints = tuple(hints)
        self._others = others
        self._help_key = help_key

    def offer(self, hints: Sequence[Hint], others: int | None) -> None:
        """Show other keys from now on."""
        self._hints, self._others = tuple(hints), others
        self.on_resize()

    def on_resize(self) -> None:
        """Choose again what fits."""
        self.show([footer_row(self._hints, self._others, self._help_key, self.size.width)])


def footer_row(hints: Sequence[Hint], others: int | None, help_key: str, width: int) -> Row:
    """As many of the hints as fit `width` cells, and "? +N" for those left out and the `others`, unless None."""
    for count in range(len(hints), -1, -1):
        left = len(hints) - count + (others or 0)
        tail = (f" {help_key}", f" +{left}" if left else " Help") if others is not None else ("", "")
        chosen = hints[:count]
        needed = sum(cell_len(f" {key} {word} ") for key, word in chosen) + cell_len("".join(tail))
        if needed <= width or not count:
            pieces = [piece for key, word in chosen for piece in ((f" {key}", "key"), (f" {word} ", "text"))]
            return (*pieces, (tail[0], "key"), (tail[1], "dim"))
    return ()


def spread(left: Row, right: str, width: int) -> Row:
    """The left pieces, and `right` at the right edge where there is room for it."""
    used = sum(cell_len(text) for text, _ in left)
    gap = width - used - cell_len(right) - 1
    return (*left, (" " * gap + right, "dim")) if gap > 0 else left


def basket_row(basket: Basket, width: int) -> Row:
    """How spread the search is, in the longest words that fit the width."""
    lines = [f" basket: {line}" for line in basket.lines]
    line = next((line for line in lines if cell_len(line) <= width), lines[-1])
    return ((line, "accent" if basket.thin or basket.offers else "dim"),)
