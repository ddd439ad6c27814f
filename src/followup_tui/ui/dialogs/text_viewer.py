"""Text to read in a frame: scrolled by the keys that move on the board, closed by Esc or q."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import shown_line
from followup_tui.ui.dialogs.dialog import LINES, MESSAGE_LINES, Dialog
from followup_tui.ui.drawing import draw_later
from followup_tui.ui.rows.pieces import Row, wrap
from followup_tui.ui.widgets.bars import Bar
from followup_tui.ui.widgets.text_lines import TextLines


class ScrolledText(TextLines):
    """More rows than fit; shows those from `top` on."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._all: Sequence[Row] = ()
        self.top = 0

    class Moved(Message):
        """Other rows are in view."""

    def fill(self, rows: Sequence[Row]) -> None:
        """Take other rows; the view stays where it is as far as there are rows."""
        self._all = rows
        self.scroll_to_row(self.top)

    def scroll_to_row(self, top: int) -> None:
        """Show the rows from here on."""
        self.top = max(0, min(top, len(self._all) - self.size.height))
        self.show(self._all[self.top : self.top + self.size.height])
        self.post_message(self.Moved())

    def step(self, by: int) -> None:
        """Scroll by so many rows."""
        self.scroll_to_row(self.top + by)

    @property
    def more(self) -> bool:
        """Whether rows lie below the view."""
        return self.top + self.size.height < len(self._all)

    def on_resize(self) -> None:
        """Show what fits now."""
        self.scroll_to_row(self.top)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls."""
        event.stop()
        self.step(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls."""
        event.stop()
        self.step(-3)


STEPS = LINES | {"space": 10}


class TextViewer(Dialog):
    """A titled frame of rows."""

    CSS_PATH = ["dialog.tcss", "text_viewer.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]
    IS_FITTED: ClassVar = True
    """Whether the frame is as high as its text; not where the text grows and shrinks while one looks."""

    def __init__(self, title: str, closing: Sequence[str] = ()) -> None:
        super().__init__()
        self._title = title
        self._closing_keys = ("q", "enter", *closing)

    def rows(self) -> list[Row]:
        """What there is to read; raises `FollowupError` if the database can't be read."""
        raise NotImplementedError

    def leads_on(self) -> str:
        """The key that leads on from here, before the word of the others; empty where none does."""
        return ""

    def compose(self) -> ComposeResult:
        """The frame."""
        with Vertical(id="dialog") as frame:
            frame.border_title = Content(shown_line(self._title))  # a plain text would be read as markup
            yield ScrolledText(id="text")
            yield Bar(id="dialog-says")

    def on_mount(self) -> None:
        """Show the rows."""
        draw_later(self, self.fill)

    def on_resize(self) -> None:
        """Wrap to the new width."""
        draw_later(self, self.fill)

    def fill(self) -> None:
        """Show what there is to read now, or why it can't be read."""
        text = self.query_one("#text", ScrolledText)
        try:
            rows = self.rows()
        except FollowupError as error:
            lines = wrap(error.sentence, max(10, text.size.width - 2), MESSAGE_LINES)
            rows = [((f" {line}", "alert"),) for line in lines]
        if self.IS_FITTED:
            frame = self.query_one("#dialog", Vertical)
            frame.styles.max_height = len(rows) + frame.outer_size.height - text.size.height
        text.fill(rows)
        self.say(self.leads_on() + ("j k scroll · Esc closes" if text.more else "Esc closes"))

    async def take_key(self, event: events.Key) -> bool:
        """Scroll or close; whether the key was for this dialog."""
        if event.key in STEPS:
            self.query_one("#text", ScrolledText).step(STEPS[event.key])
            return True
        if event.key in self._closing_keys:
            await self.close_dialog()
            return True
        return False
