"""A row of styled text, made into a strip of exactly the width that it may have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from followup_tui.domain.model.text import shown_line

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
    """The row as a strip `width` cells wide; what is left over is filled in the style `fill`.

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
    """Safe text broken at spaces into at most `most` lines of `width` cells; the last is cut where more was."""
    words = shown_line(text[: width * most * CHARACTERS_A_CELL]).split(" ")
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
