"""One line of text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.ui.screens.dialog import UNLAID_WIDTH, Dialog, Followed, Title
from followup_tui.ui.widgets.bars import NoticeBar
from followup_tui.ui.widgets.lines import Lines
from followup_tui.ui.widgets.rows import wrap

AROUND = 4
"""Lines that the frame, the line to type and the dialog's own word take."""


class Prompt(Dialog):
    """A line to type; Enter hands it on, and it stays open where that is refused.

    `lead` stands above the line, `start` in it; `echo` says what was understood of what stands there, or raises
    `BadInput`. One that is unexpected, such as the guard's, takes no key that was typed before it could be read.
    """

    def __init__(
        self,
        title: str | Title,
        finish: Callable[[str], Awaitable[Followed]],
        *,
        hint: str = "Enter saves, Esc closes.",
        lead: str = "",
        placeholder: str = "",
        start: str = "",
        echo: Callable[[str], str] | None = None,
        may_be_empty: bool = False,
        is_unexpected: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._finish = finish
        self._hint = hint
        self._lead = lead
        self._placeholder = placeholder
        self._start = start
        self._echo = echo
        self._may_be_empty = may_be_empty
        self._is_unexpected = is_unexpected
        self._judged: str | None = None

    def compose(self) -> ComposeResult:
        """The line, with what leads to it above and what was understood below."""
        with Vertical(id="dialog"):
            if self._lead:
                yield Lines(id="lead")
            yield Input(self._start, id="line", placeholder=self._placeholder, select_on_focus=False)
            if self._echo is not None:
                yield Lines(id="echo")
            yield NoticeBar(id="dialog-says")

    def on_mount(self) -> None:
        """Say how to save."""
        self.entitle(self._title)
        self._show_lead()
        self.say(self._hint)
        if self._is_unexpected:
            self._says.turn()

    async def take_key(self, event: events.Key) -> bool:
        """A key; what was typed before one could read an unexpected question was meant for something else."""
        if self._is_unexpected:
            await self._says.seen()
            if event.time < self._says.painted_at:
                return True
            self._is_unexpected = False
        return await super().take_key(event)

    @property
    def _says(self) -> NoticeBar:
        return self.query_one("#dialog-says", NoticeBar)

    def on_resize(self) -> None:
        """Break title and lead anew."""
        self.entitle(self._title)
        self._show_lead()

    def _show_lead(self) -> None:
        for lines in self.query("#lead").results(Lines):
            width = min(UNLAID_WIDTH, self.app.size.width - AROUND)
            rows = wrap(self._lead, max(8, width), max(1, self.app.size.height - AROUND - 1))
            lines.styles.height = len(rows)
            lines.show([((row, "text"),) for row in rows])

    @on(Input.Changed)
    def echo(self) -> None:
        """Show what was understood; what was said of an earlier try is done with."""
        if self.typed != self._judged:  # the word of the last key can come after the sentence about the line
            self.say(self._hint)
        if self._echo is None:
            return
        try:
            said, style = self._echo(self.typed) if self.typed.strip() else "", "accent"
        except BadInput as problem:
            said, style = problem.sentence, "dim"
        self.query_one("#echo", Lines).show([((said, style),)])

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.query_one("#line", Input).value

    def has_typed_text(self) -> bool:
        """Whether there is text to lose."""
        self._judged = self.typed
        return bool(self.typed.strip()) and self.typed != self._start

    async def save(self) -> Followed:
        """Hand the text on."""
        self._judged = self.typed
        if not self.typed.strip() and not self._may_be_empty:
            self.say("Type something first, or Esc closes.", alert=True)
            return False
        try:
            return await self._finish(self.typed)
        except FollowupError as problem:
            self.say(problem.sentence, alert=True)
            return False
