"""The way out: no text reaches the terminal but through these."""

from __future__ import annotations

from unicodedata import normalize

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from followup_tui.domain.text import shown

_PLAIN = str.maketrans(
    {
        "│": "|", "─": "-", "┼": "+", "▌": ">", "▸": ">", "…": "~", "·": "-", "↑": "^", "↓": "v", "→": ">",
        "“": '"', "”": '"', "’": "'", "–": "-", "—": "-", "▏": "|", "▎": "|", "▊": "|", "▕": "|", "▔": "-",
        "▁": "_", "█": "#", "▀": "-", "▄": "_", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "┃": "|", "━": "=",
        "┌": "+", "┐": "+", "└": "+", "┘": "+", "●": "*", "○": "o", "✓": "v", "▲": "^", "▼": "v",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Text in ASCII alone, as many cells wide as it was: accents off, what has no likeness a question mark."""
    if text.isascii():
        return text
    return "".join(_plain_character(character) for character in text.translate(_PLAIN))


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    bare = normalize("NFKD", character)[:1]
    width = cell_len(character)
    return bare if bare.isascii() and width == 1 else "?" * width


class SafeText(LineFilter):
    """Drops what could drive the terminal from every line, whichever widget drew it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without control, reordering and invisible characters."""
        return [
            segment
            if segment.control or (segment.text.isprintable() and segment.text.isascii())
            else Segment(shown(segment.text).replace("\n", " ").replace("\t", " "), segment.style)
            for segment in segments
        ]


class PlainAscii(LineFilter):
    """Draws with ASCII alone, for terminals that know no more."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in ASCII, as wide as they were."""
        return [
            segment if segment.control else Segment(plain(segment.text), segment.style) for segment in segments
        ]
