"""A dialog to pick a file: a path that Tab completes, and below it what it could mean."""

from __future__ import annotations

import os.path
from collections.abc import Awaitable, Callable

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from followup_tui.domain.model.text import shown_line
from followup_tui.tracker.import_choices import Completion, complete_path, typed_path
from followup_tui.ui.dialogs.dialog import BESIDE_TEXT, Dialog, DialogResult
from followup_tui.ui.rows.pieces import Row
from followup_tui.ui.widgets.bars import Bar
from followup_tui.ui.widgets.text_lines import TextLines

MOST = 12
"""Lines of entries that are shown at once."""
AROUND = 4
"""Lines that the frame, the path and the message take."""
HINT = "Tab completes · Enter opens it · Esc closes"


class FilePrompt(Dialog):
    """A path to type; Tab completes it, arrows mark an entry, and Enter opens a folder or takes a file."""

    BINDINGS = [Binding("tab", "complete", "Complete", show=False, priority=True)]

    def __init__(self, title: str, start: str, finish: Callable[[str], Awaitable[DialogResult]]) -> None:
        super().__init__()
        self._title = title
        self._start = start
        self._finish = finish
        self._found = Completion((), start)
        self._place: int | None = None
        self._seen: str | None = None

    def compose(self) -> ComposeResult:
        """The path and the entries."""
        with Vertical(id="dialog"):
            yield Input(
                self._start, id="line", placeholder="A spreadsheet, an invitation or contacts", max_length=4096
            )
            yield TextLines(id="entries")
            yield Bar(id="dialog-says")

    def on_mount(self) -> None:
        """Show what the first folder has."""
        self.set_title(self._title)
        self.query_one("#line", Input).cursor_position = len(self._start)
        self.say(HINT)
        self._look()

    def on_resize(self) -> None:
        """Show as many as there is room for."""
        self._show()

    @property
    def typed(self) -> str:
        """The path as it stands in the line."""
        return self.query_one("#line", Input).value

    @on(Input.Changed)
    def search(self) -> None:
        """Show what the path could mean now."""
        if self.typed != self._seen:
            self.say(HINT)
            self._look()

    def _look(self) -> None:
        self._seen, self._place = self.typed, None
        self._found = complete_path(self.typed)
        self._show()

    def _write(self, path: str) -> None:
        line = self.query_one("#line", Input)
        line.value = path
        line.cursor_position = len(path)
        self._look()

    async def take_key(self, event: events.Key) -> bool:
        """Arrows move the mark; whether the key was for that."""
        if event.key not in BESIDE_TEXT:
            return await super().take_key(event)
        await self.settled()
        if self.typed != self._seen:
            self._look()
        if self._found.entries:
            step, count = BESIDE_TEXT[event.key], len(self._found.entries)
            self._place = (0 if step > 0 else count - 1) if self._place is None else (self._place + step) % count
        self._show()
        return True

    async def action_complete(self) -> None:
        """Complete the path as far as only one can be meant, or take the marked entry."""
        await self.settled()
        if self.typed != self._seen:
            self._look()
        entries = self._found.entries
        if self._place is not None:
            self._write(entries[self._place].path)
        elif self._found.longest != self.typed:
            self._write(self._found.longest)
        elif entries:
            self._place = 0
            self._show()
        else:
            self.say("Nothing here starts with that.", alert=True)

    @property
    def kept_as(self) -> str:
        """Its title."""
        return self._title

    @property
    def is_half_typed(self) -> bool:
        """Whether a path was typed, which Esc leaves without a warning."""
        return self.typed != self._start

    async def save(self) -> DialogResult:
        """Open the folder, or take the file."""
        path = self._found.entries[self._place].path if self._place is not None else self.typed
        meant = typed_path(path)
        if not path.strip():
            self.say("Type the path of a file first, or press Esc to close.", alert=True)
            return False
        if os.path.isdir(meant):
            self._write(path if path.endswith("/") else f"{path.rstrip()}/")
            return False
        if not os.path.exists(meant):
            self.say(f"There is no file {shown_line(path)}; check the name, or Tab completes it.", alert=True)
            return False
        return await self._finish(meant)

    def _show(self) -> None:
        room = max(1, min(MOST, self.app.size.height - AROUND))
        lines = self.query_one("#entries", TextLines)
        lines.styles.height = room
        entries = self._found.entries
        top = max(0, (self._place or 0) - room + 1)
        rows: list[Row] = [
            (
                ("▸ " if place == self._place else "  ", "accent"),
                (f"{entry.name}{'/' if entry.is_folder else ''}", "dim" if entry.is_folder else "text"),
            )
            for place, entry in enumerate(entries[top : top + room], top)
        ]
        left = len(entries) - top - room
        if left > 0:
            rows[-1] = ((f"  … and {left + 1:,} more", "dim"),)
        empty = "Nothing here starts with that." if self.is_half_typed else "No file here that can be imported."
        lines.show(rows or [((f"  {empty}", "dim"),)])
