"""A question that one key answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from followup_tui.ui.screens.dialog import Dialog, Followed, Title, go_on
from followup_tui.ui.widgets.bars import Bar
from followup_tui.ui.widgets.lines import Lines
from followup_tui.ui.widgets.rows import Row

Answer = TypeVar("Answer")
AROUND = 3
"""Lines that the frame and the dialog's own word take."""


class Choose(Dialog, Generic[Answer]):
    """One line for each answer with its key; the key, or Enter on a line, decides."""

    def __init__(
        self,
        question: str | Title,
        options: Sequence[tuple[str, str, Answer]],
        finish: Callable[[Answer], Awaitable[Followed]],
        marked: Answer | None = None,
        refusal: str = "",
    ) -> None:
        """`marked` is the answer on which the mark stands at first; the first one where it is none of them.

        `refusal` is why an earlier answer led nowhere.
        """
        super().__init__()
        self._question = question
        self._options = list(options)
        self._finish = finish
        self._refusal = refusal
        answers = [answer for _, _, answer in self._options]
        self._place = answers.index(marked) if marked is not None and marked in answers else 0

    def compose(self) -> ComposeResult:
        """The answers, one a line."""
        with Vertical(id="dialog"):
            yield Lines(id="options")
            yield Bar(id="dialog-says")

    def on_mount(self) -> None:
        """Say how to answer."""
        self.entitle(self._question)
        self._show()
        self.say(self._refusal or "The key decides; Esc leaves everything as it is.", alert=bool(self._refusal))

    def on_resize(self) -> None:
        """Show as many answers as there is room for."""
        self.entitle(self._question)
        self._show()

    def _show(self) -> None:
        rows: list[Row] = [
            ((" ▸ " if place == self._place else "   ", "accent"), (key, "key"), (f"  {label}", "text"))
            for place, (key, label, _) in enumerate(self._options)
        ]
        room = max(1, min(len(rows), self.app.size.height - AROUND))
        top = max(0, self._place - room + 1)
        lines = self.query_one("#options", Lines)
        lines.styles.height = room
        lines.show(rows[top : top + room])

    async def take_key(self, event: events.Key) -> bool:
        """An answer's key decides, arrows move; whether the key was for this dialog."""
        for key, _, answer in self._options:
            if event.character == key:
                await self._decide(answer)
                return True
        if event.key in ("down", "up", "j", "k", "tab", "shift+tab"):
            by = 1 if event.key in ("down", "j", "tab") else -1
            self._place = (self._place + by) % len(self._options)
            self._show()
            return True
        return False

    async def _decide(self, answer: Answer) -> None:
        await self.close_dialog()
        await go_on(self.followup, await self._finish(answer))

    async def action_save(self) -> None:
        """Enter decides for the line that is marked."""
        await self._decide(self._options[self._place][2])
