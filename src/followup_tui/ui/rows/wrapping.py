"""Long text in lines of a width."""

from __future__ import annotations

import re
from collections.abc import Sequence

from followup_tui.cells import cell_len, set_cell_size
from followup_tui.domain.model.text import shown_line
from followup_tui.ui.rows.pieces import CHARACTERS_A_CELL, fit


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
