"""The one-line bars as rows: footer, and what stands at both ends of a line. Each fits its width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from followup_tui.actions import Action, Keymap, Place, footer_label
from followup_tui.cells import cell_len
from followup_tui.ui.rows.pieces import Piece, Row

Hint = tuple[str, str]
"""A key and its word: ("L", "Advance")."""


def hints_of(offered: Sequence[Action], keymap: Keymap, place: Place) -> list[Hint]:
    """The keys of the actions that the footer of a place offers, with their words; only those that have a key."""
    return [(keymap.shown(action), footer_label(action, place)) for action in offered if keymap.of(action)]


def keys_of(row: Row) -> Iterator[tuple[Piece, Piece]]:
    """The pieces of a footer, each key with its word."""
    return zip(row[::2], row[1::2], strict=True)


def footer_row(hints: Sequence[Hint], help_key: str, width: int) -> Row:
    """As many of the hints as fit `width` cells, and the key of help, if there is one."""
    tail = ((f" {help_key}", "key"), (" Help", "text")) if help_key else ()
    for count in range(len(hints), -1, -1):
        pieces = [piece for key, word in hints[:count] for piece in ((f" {key}", "key"), (f" {word} ", "text"))]
        row = (*pieces, *tail)
        if not count or sum(cell_len(text) for text, _ in row) <= width:
            return row
    return ()


def spread(left: Row, right: str, width: int) -> Row:
    """The left pieces, and `right` at the right edge where there is room for it."""
    used = sum(cell_len(text) for text, _ in left)
    gap = width - used - cell_len(right) - 1
    return (*left, (" " * gap + right, "dim")) if gap > 0 else left
