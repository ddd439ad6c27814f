"""The way out: no text reaches the terminal but through these."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from followup_tui.domain.model.text import plain_in_cells, shown_line


def as_wide(text: str, model: str) -> str:
    """Text cut or filled with blanks to as many cells as `model` takes, so that nothing beside it moves."""
    return text if text == model else set_cell_size(text, cell_len(model))


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
            segment
            if segment.control
            else Segment(as_wide(plain_in_cells(segment.text, cell_len), segment.text), segment.style)
            for segment in segments
        ]
