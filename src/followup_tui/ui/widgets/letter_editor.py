"""The body of a letter, with what was found in it underlined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import ClassVar, Self

from rich.text import Text
from textual import events, on
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import clean_block

FINDING = "letter-text--finding"
STRIPS_MOST = 2_000
"""Drawn rows that are kept."""


class LetterEditor(TextArea):
    """A text to write in; a line that was changed since it was read is underlined no more.

    A row is drawn once and kept, by what stands in it: Textual draws every row anew at each key, which takes
    longer than a key may for a letter of 300 words.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {FINDING}
    _marked: Mapping[str, Sequence[tuple[int, int]]] = MappingProxyType({})

    def __init__(self, text: str, *, id: str | None = None) -> None:
        self._strips: dict[object, Strip] = {}
        self._rows: list[tuple[int, int, int]] = []
        self._drawn: dict[int, object | None] = {}
        super().__init__(text, id=id, tab_behavior="focus", highlight_cursor_line=False)
        self.match_cursor_bracket = False

    class PasteRefused(Message):
        """Something can't be pasted, with the sentence that says why."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def mark(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        """Underline spans of characters of this text, which is the letter as it was read; all others no more."""
        marked: dict[str, list[tuple[int, int]]] = {}
        for start, end in spans:
            begin = text.rfind("\n", 0, start) + 1
            stop = text.find("\n", start)
            line = text[begin : stop if stop >= 0 else len(text)]
            marked.setdefault(line, []).append((start - begin, min(end - begin, len(line))))
        if marked != self._marked:
            self._marked = marked
            self._line_cache.clear()  # Textual's own, by place
            self.refresh()

    def on_paste(self, event: events.Paste) -> None:
        """Paste without what would drive a terminal or hide in a letter."""
        event.prevent_default()
        event.stop()
        try:
            pasted = clean_block(event.text, "pasted text").text
        except BadInput as problem:
            self.post_message(self.PasteRefused(problem.sentence))
        else:
            self.move_cursor(self.replace(pasted, *self.selection).end_location)

    def get_line(self, line_index: int) -> Text:
        """A line with its findings underlined."""
        line = super().get_line(line_index)
        spans = self._marked.get(line.plain, ())
        if spans:
            style = self.get_component_rich_style(FINDING, partial=True)
            for start, end in spans:
                line.stylize(style, start, end)
        return line

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw anew what looks otherwise than it did; all of it with another layout."""
        if repaint and not regions and not layout and not recompose and self._drawn:
            self._lay_rows()
            looks = {y: self._look(y) for y in range(self.size.height)}
            regions = tuple(
                Region(0, y, self.size.width, 1)
                for y, look in looks.items()
                if look is None or look != self._drawn.get(y)
            )
            if not regions:
                return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    @on(TextArea.Changed)
    def redraw(self) -> None:
        """What an edit changes beyond its own row is known once it is done."""
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows that are to be drawn."""
        self._lay_rows()
        return super().render_lines(crop)

    def _lay_rows(self) -> None:
        self._rows = [
            (line, begin, end)
            for line, text in enumerate(self.document.lines)
            for begin, end in pairwise((0, *self.wrapped_document.get_offsets(line), len(text)))
        ]

    def render_line(self, y: int) -> Strip:
        """One row, from those that were drawn where it looks the same."""
        key = self._drawn[y] = self._look(y)
        if key is None:
            return super().render_line(y)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) >= STRIPS_MOST:
                self._strips.clear()
            strip = self._strips[key] = super().render_line(y)
        return strip

    def notify_style_update(self) -> None:
        """Draw anew in other colours."""
        self._strips.clear()
        super().notify_style_update()

    def _look(self, y: int) -> object | None:
        """What a row looks like; None where the cursor or a selection is in it, or nothing."""
        row = y + self.scroll_offset.y
        if self.selection.start != self.selection.end:
            return None
        if row >= len(self._rows):
            return "", self.size.width, self.has_focus
        line, begin, end = self._rows[row]
        text = self.document.get_line(line)
        cursor_line, cursor = self.cursor_location
        if line == cursor_line and begin <= cursor <= end:
            return None
        marks = tuple(
            (start - begin, stop - begin)
            for start, stop in self._marked.get(text, ())
            if start < end and stop > begin
        )
        return text[begin:end], marks, end == len(text), self.size.width, self.has_focus
