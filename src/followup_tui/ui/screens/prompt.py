"""One line of text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from followup_tui.domain.text import shown_line
from followup_tui.ui.screens.dialog import Dialog
from followup_tui.ui.widgets.bars import Bar


class Prompt(Dialog):
    """A line to type; Enter hands it on, and it stays open where that is refused."""

    def __init__(self, title: str, finish: Callable[[str], Awaitable[bool]]) -> None:
        super().__init__()
        self._title = title
        self._finish = finish

    def compose(self) -> ComposeResult:
        """The line."""
        with Vertical(id="dialog") as frame:
            frame.border_title = Content(shown_line(self._title))  # a plain text would be read as markup
            yield Input(id="line", select_on_focus=False)
            yield Bar(id="dialog-says")

    def on_mount(self) -> None:
        """Say how to save."""
        self.say("Enter saves, Esc closes.")

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.query_one("#line", Input).value

    def has_typed_text(self) -> bool:
        """Whether there is text to lose."""
        return bool(self.typed.strip())

    async def save(self) -> bool:
        """Hand the text on."""
        if not self.typed.strip():
            self.say("Type something first, or Esc closes.", alert=True)
            return False
        return await self._finish(self.typed)
