"""Text for terminals that know ASCII alone."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import normalize

_LIKENESS = str.maketrans(
    {
        "│": "|", "─": "-", "┼": "+", "▌": ">", "▸": ">", "…": "~", "·": "-", "↑": "^", "↓": "_", "→": ">",
        "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "▏": "|", "▎": "|", "▊": "|",
        "▕": "|", "▔": "-", "▁": "_", "█": "#", "▀": "-", "▄": "_", "╭": "+", "╮": "+", "╰": "+", "╯": "+",
        "┃": "|", "━": "=", "┌": "+", "┐": "+", "└": "+", "┘": "+", "●": "*", "○": "o", "✓": "+", "▲": "^",
        "▼": "_", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "Æ": "AE", "Ø": "O", "Œ": "OE", "Ł": "L",
    }
)  # fmt: skip


def plain(text: str) -> str:
    """Text in ASCII alone: accents off, what has no likeness a question mark."""
    return text if text.isascii() else "".join(_likeness(one) or "?" for one in normalize("NFC", text))


def plain_in_cells(text: str, cells: Callable[[str], int]) -> str:
    """Text in ASCII alone, as many cells of a terminal wide as it was; `cells` counts those of a character."""
    return text if text.isascii() else "".join(_in_cells(one, cells(one)) for one in text)


def _likeness(character: str) -> str:
    alike = character.translate(_LIKENESS)
    return alike if alike.isascii() else normalize("NFKD", alike).encode("ascii", "ignore").decode()


def _in_cells(character: str, width: int) -> str:
    alike = _likeness(character)
    return alike[:width] if len(alike) >= width else "?" * width
