"""The way out: no text reaches the terminal but through these."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from followup_tui.domain.model.text import shown_line
from followup_tui.ui.rows.pieces import as_wide, in_ascii


@lru_cache(maxsize=4096)  # frames, marks and what other keys have drawn come again and again
def _safe(text: str) -> str:
    return as_wide(shown_line(text), text)


class SafeText(LineFilter):
    """Drops what could drive the terminal from every line, whichever widget drew it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without control, reordering and invisible characters."""
        return [
            segment
            if segment.control or (segment.text.isprintable() and segment.text.isascii())
            else Segment(_safe(segment.text), segment.style)
            for segment in segments
        ]


class PlainAscii(LineFilter):
    """Draws with ASCII alone, for terminals that know no more."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in ASCII, as wide as they were."""
        return [
            segment if segment.control else Segment(in_ascii(segment.text), segment.style) for segment in segments
        ]
