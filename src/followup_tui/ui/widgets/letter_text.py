"""The body of a letter, with what was found in it underlined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from rich.text import Text
from textual.widgets import TextArea

FINDING = "letter-text--finding"


class LetterText(TextArea):
    """A text to write in; a line that was changed since it was read is underlined no more."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {FINDING}
    _marked: Mapping[str, Sequence[tuple[int, int]]] = MappingProxyType({})

    def mark(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        """Underline spans of characters of this text, which is the letter as it was read; all others no more."""
        marked: dict[str, list[tuple[int, int]]] = {}
        for start, end in spans:
            begin = text.rfind("\n", 0, start) + 1
            stop = text.find("\n", start)
            line = text[begin : stop if stop >= 0 else len(text)]
            marked.setdefault(line, []).append((start - begin, min(end - begin, len(line))))
        self._marked = marked
        self.notify_style_update()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A line with its findings underlined."""
        line = super().get_line(line_index)
        spans = self._marked.get(line.plain, ())
        if spans:
            style = self.get_component_rich_style(FINDING, partial=True)
            for start, end in spans:
                line.stylize(style, start, end)
        return line
