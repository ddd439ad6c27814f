"""Fields for text: one line that keeps every line of what is pasted into it, several lines, and the editor for the
body of a letter, with the findings underlined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any, ClassVar, Self

from rich.text import Text
from textual import events, on
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, TextArea

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import clean_block

LINE_BREAK = " ¶ "
"""Stands for a line break in a field whose text may have several lines."""


def join_words(text: str) -> str:
    """The lines of a text as one, with spaces between them."""
    return " ".join(text.splitlines())


def join_lines(text: str, mark: str = LINE_BREAK) -> str:
    """The lines of a text as one, with a mark between them."""
    return mark.join(filter(None, (line.strip() for line in text.splitlines())))


SEARCH_MAX = 40
"""Characters that one can search for."""


class SearchWords:
    """The words that a list is searched for: a slash begins them, Enter ends the typing, Esc clears them."""

    def __init__(self) -> None:
        self.text = ""
        self.is_typing = False

    def wants(self, key: str) -> bool:
        """Whether a key is for them."""
        return self.is_typing or key == "slash" or (key == "escape" and bool(self.text))

    def take(self, event: events.Key) -> None:
        """Take a key that is for them."""
        if event.key == "escape":
            self.text, self.is_typing = "", False
        elif not self.is_typing:
            self.is_typing = True
        elif event.key == "enter":
            self.is_typing = False
        elif event.key == "backspace":
            self.text = self.text[:-1]
        elif event.key == "ctrl+u":
            self.text = ""
        elif event.character and event.is_printable:
            self.text = (self.text + event.character)[:SEARCH_MAX]

    def are_in(self, text: str) -> bool:
        """Whether a text has all of them."""
        return all(word in text.casefold() for word in self.text.casefold().split())


class LineInput(Input):
    """An `Input` that joins the lines of what is pasted by `joint`, where Textual's takes the first alone."""

    def __init__(self, value: str = "", *, joint: Callable[[str], str] = join_words, **more: Any) -> None:
        super().__init__(value, **more)
        self._joint = joint

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self._insert(event.text)

    def action_paste(self) -> None:
        """Paste from the app's own clipboard."""
        self._insert(self.app.clipboard)

    def _insert(self, text: str) -> None:
        joined = self._joint(text)
        if joined:
            self.replace(joined, *self.selection)


class TextBlock(TextArea):
    """A text area that stays whole when the window is resized."""

    def on_resize(self) -> None:
        """Refresh after the text is wrapped: Textual draws it before, and not again if it has as many rows."""
        self.call_later(self.refresh)


FINDING = "letter-text--finding"
MAX_STRIPS = 2_000
"""Rendered rows that are cached."""


class LetterEditor(TextBlock):
    """A text area that underlines findings; a line that has changed since it was checked is not underlined.

    Rows are cached by their content and their looks: Textual renders every row again after each key, which is
    too slow to type in a letter of 300 words.
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
        """Something can't be pasted; `sentence` says why."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def mark(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        """Underline only these spans of characters; `text` is the letter as it was checked."""
        marked: dict[str, list[tuple[int, int]]] = {}
        for start, end in spans:
            begin = text.rfind("\n", 0, start) + 1
            stop = text.find("\n", start)
            line = text[begin : stop if stop >= 0 else len(text)]
            marked.setdefault(line, []).append((start - begin, min(end - begin, len(line))))
        if marked != self._marked:
            self._marked = marked
            self._line_cache.clear()  # Textual's cache, by line number
            self.refresh()

    def on_paste(self, event: events.Paste) -> None:
        """Paste without control characters, which could drive a terminal or hide in a letter."""
        event.prevent_default()
        event.stop()
        try:
            pasted = clean_block(event.text, "pasted text").text
        except BadInput as problem:
            self.post_message(self.PasteRefused(problem.sentence))
        else:
            self.move_cursor(self.replace(pasted, *self.selection).end_location)

    def get_line(self, line_index: int) -> Text:
        """Return a line with its findings underlined."""
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
        """Refresh the rows that look different than before; all rows if the layout changes."""
        if repaint and not regions and not layout and not recompose and self._drawn:
            self._update_rows()
            looks = {y: self._appearance(y) for y in range(self.size.height)}
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
        """Refresh after an edit is done: only then is it known which other rows it changes."""
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render some rows."""
        self._update_rows()
        return super().render_lines(crop)

    def _update_rows(self) -> None:
        self._rows = [
            (line, begin, end)
            for line, text in enumerate(self.document.lines)
            for begin, end in pairwise((0, *self.wrapped_document.get_offsets(line), len(text)))
        ]

    def render_line(self, y: int) -> Strip:
        """Render a row, or take it from the cache."""
        key = self._drawn[y] = self._appearance(y)
        if key is None:
            return super().render_line(y)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) >= MAX_STRIPS:
                self._strips.clear()
            strip = self._strips[key] = super().render_line(y)
        return strip

    def notify_style_update(self) -> None:
        """Render all rows again in other colors."""
        self._strips.clear()
        super().notify_style_update()

    def _appearance(self, y: int) -> object | None:
        """Return what a row looks like; None if the cursor or a selection is in it, which is never cached."""
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
