"""Rows of text: pieces in named looks, laid into the cells that there are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from followup_tui.cells import cell_len, set_cell_size
from followup_tui.domain.model.text import plain_in_cells, shown_line

Piece = tuple[str, str]
"""Some text and the name of its style."""
Row = tuple[Piece, ...]

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


def cut(text: str, width: int) -> str:
    """Text made safe in at most `width` cells: what is too long ends behind a word, if half of that is left."""
    if width <= 0:
        return ""
    safe = shown_line(text[: width * CHARACTERS_A_CELL + 1]).rstrip()
    if cell_len(safe) <= width:
        return safe
    words = fit(safe, width).removesuffix(ELLIPSIS).rstrip()
    head = words if safe[len(words)] in _AFTER_WORDS else words.rpartition(" ")[0]
    head = re.sub(_LAST_NUMBERS, "", head.rstrip(_AFTER_WORDS))  # half a date would be another one
    return f"{head if 2 * cell_len(head) >= width else words}{ELLIPSIS}"


_AFTER_WORDS = " ·,;:–→"
_LAST_NUMBERS = r"(?:[ ·,;:–→]+\d+)+$"


def as_wide(text: str, model: str) -> str:
    """Text cut or filled with blanks to as many cells as `model` takes, so that nothing beside it moves."""
    if text == model:
        return text
    return set_cell_size(text, cell_len(model))


def in_ascii(text: str) -> str:
    """Text in ASCII alone, as wide as it was; dots take the blanks behind an ellipsis, where it has them."""
    return as_wide(plain_in_cells(text.replace(f"{ELLIPSIS}   ", "... "), cell_len), text)


def laid(row: Row, width: int, fill: str) -> list[Piece]:
    """The row in exactly `width` cells, safe to be shown; what it leaves free has the look `fill`.

    Neighbours in one look become one piece: each costs the terminal some forty bytes of colours.
    """
    pieces: list[Piece] = []
    room = width
    for text, look in row:
        if room <= 0:
            break
        safe = shown_line(text[: room * CHARACTERS_A_CELL + 1])
        cells = cell_len(safe)
        if cells > room:
            safe, cells = fit(safe, room), room
        pieces.append((safe, look))
        room -= cells
    if room > 0:
        pieces.append((" " * room, fill))
    return [("".join(text for text, _ in group), look) for look, group in groupby(pieces, key=itemgetter(1))]


def cells_of(row: Row, width: int) -> int:
    """How many of `width` cells the row's own text takes."""
    return min(width, sum(cell_len(shown_line(text[: width * CHARACTERS_A_CELL + 1])) for text, _ in row))


def heading(text: str, room: int) -> Row:
    """A heading with a line to the right edge of `room` cells."""
    return ((f" {text} ", "heading"), ("─" * max(0, room - cell_len(text) - 1), "rule"))


def wrap(text: str, width: int, most: int) -> Sequence[str]:
    """Safe text in at most `most` lines of `width` cells, broken at spaces, but not in a phone number.

    The last line is cut where more was.
    """
    safe = shown_line(text[: width * most * CHARACTERS_A_CELL])
    words = re.sub(_PHONE, lambda number: number[0].replace(" ", _JOINT), safe).split(" ")
    return [line.replace(_JOINT, " ") for line in _laid(words, width, most)]


_PHONE = r"\+?\d[\d ]{6,}\d"
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
            return [*lines, cut(" ".join([longer, *words]), width)]
        elif line:
            lines.append(line)
            words.insert(0, word)
            line = ""
        else:
            head = set_cell_size(word, width).rstrip() or word[:1]
            lines.append(head)
            words.insert(0, word[len(head) :])
    return [*lines, line] if line else lines
