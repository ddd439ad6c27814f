"""A dialog for a question that one key answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from followup_tui.flows.question import Choice
from followup_tui.tracker.half_typed import CHOSEN, Fields
from followup_tui.ui.dialogs.dialog import Dialog, DialogResult, Title, open_next
from followup_tui.ui.rows.pieces import Row
from followup_tui.ui.widgets.bars import NoticeBar
from followup_tui.ui.widgets.text_lines import MenuLines, TextLines

FRAME_LINES = 3
"""Lines of the border and the message."""


class ChoiceDialog(Dialog):
    """One line per option with its key; the key, or Enter on a line, calls `finish` with its value."""

    def __init__(self, question: Choice, finish: Callable[[Any], Awaitable[DialogResult]]) -> None:
        super().__init__(is_unexpected=question.is_unexpected)
        self._question = question
        self._finish = finish
        values = [value for _, _, value in question.options]
        marked, self._top = question.marked, 0
        self._place = values.index(marked) if marked is not None and marked in values else 0

    def compose(self) -> ComposeResult:
        """The options and the message."""
        with Vertical(id="dialog"):
            yield MenuLines(id="options")
            yield NoticeBar(id="dialog-says")

    def on_mount(self) -> None:
        """Say how to answer."""
        self.on_resize()
        refusal = self._question.refusal
        self.say(refusal or "Press a key to choose, Esc to cancel", alert=bool(refusal))
        self.query_one("#dialog-says", NoticeBar).turn()

    def on_resize(self) -> None:
        """Show as many options as there is room for."""
        self.set_title(Title(self._question.subject, self._question.question))
        self._show()

    def _show(self) -> None:
        rows: list[Row] = [
            ((" ▸ " if place == self._place else "   ", "accent"), (key, "key"), (f"  {label}", "text"))
            for place, (key, label, _) in enumerate(self._question.options)
        ]
        room = max(1, min(len(rows), self.app.size.height - FRAME_LINES))
        top = self._top = max(0, self._place - room + 1)
        lines = self.query_one("#options", TextLines)
        lines.styles.height = room
        lines.show(rows[top : top + room])

    async def take_key(self, event: events.Key) -> bool:
        """An option's key chooses it, arrows move the mark; whether the key was for this dialog."""
        if await self.is_too_early(event):
            return True
        for key, _, value in self._question.options:
            if event.character == key:
                await self._choose(value)
                return True
        if event.key in ("down", "up", "j", "k", "tab", "shift+tab"):
            step = 1 if event.key in ("down", "j", "tab") else -1
            self._place = (self._place + step) % len(self._question.options)
            self._show()
            return True
        return False

    async def on_menu_lines_line_clicked(self, clicked: MenuLines.LineClicked) -> None:
        """Choose the option that was clicked."""
        place = self._top + clicked.line
        if place < len(self._question.options):
            await self._choose(self._question.options[place][2])

    @property
    def kept_as(self) -> str:
        """The question."""
        return self._question.question

    def fill_in(self, fields: Fields) -> None:
        """Mark the option that was chosen before."""
        keys = [key for key, _, _ in self._question.options]
        if fields.get(CHOSEN) in keys:
            self._place = keys.index(fields[CHOSEN])
            self._show()

    async def _choose(self, value: Any) -> None:
        key = next(key for key, _, option in self._question.options if option is value)
        self.followup.typing.note(self.kept_as, {CHOSEN: key})
        await self.close_dialog()
        await open_next(self.followup, await self._finish(value))

    async def action_save(self) -> None:
        """Enter chooses the marked option."""
        await self._choose(self._question.options[self._place][2])
