"""Fields for text: one line that keeps every line of what is pasted into it, and several lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import events
from textual.widgets import Input, TextArea

LINE_BREAK = " ¶ "
"""Stands for a line break in a field whose text may have several lines."""


def join_words(text: str) -> str:
    """The lines of a text as one, with spaces between them."""
    return " ".join(text.splitlines())


def join_lines(text: str) -> str:
    """The lines of a text as one, with `LINE_BREAK` between them."""
    return LINE_BREAK.join(filter(None, (line.strip() for line in text.splitlines())))


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
