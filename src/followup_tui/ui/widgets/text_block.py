"""A field of several lines that is drawn again once it is wrapped to a new width."""

from __future__ import annotations

from textual.widgets import TextArea


class TextBlock(TextArea):
    """A text area that stays whole when the window is resized."""

    def on_resize(self) -> None:
        """Refresh after the text is wrapped: Textual draws it before, and not again if it has as many rows."""
        self.call_later(self.refresh)
