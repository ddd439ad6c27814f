"""A dialog for a question that one line of text answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from followup_tui.domain.format import in_own_order
from followup_tui.domain.model.errors import FollowupError
from followup_tui.flows.question import Text
from followup_tui.ui.dialogs.dialog import DEFAULT_WIDTH, Dialog, DialogResult, Title
from followup_tui.ui.dialogs.echo import DaySide, echo_rows
from followup_tui.ui.rows.pieces import Piece, Row, wrap
from followup_tui.ui.widgets.bars import NoticeBar
from followup_tui.ui.widgets.line_input import LINE_BREAK, LineInput, join_lines, join_words
from followup_tui.ui.widgets.text_lines import TextLines

FRAME_LINES = 4
"""Lines of the border, the field and the message."""


class TextPrompt(Dialog):
    """A field for one line; Enter calls `finish` with the parsed text, and a refusal keeps the dialog open."""

    def __init__(self, question: Text, finish: Callable[[Any], Awaitable[DialogResult]]) -> None:
        super().__init__(is_unexpected=question.is_unexpected)
        self._question = question
        self._finish = finish
        hints = (question.note, f"Enter {question.enter}", f"Esc {question.escape}")
        self._hint = " · ".join(filter(None, hints))
        self._judged: str | None = None
        today = lambda: self.followup.now().date()  # noqa: E731
        self._side = DaySide(question.day, today) if question.day is not None else None

    def compose(self) -> ComposeResult:
        """The lead, the field, the echo and the message."""
        question = self._question
        placeholder = question.placeholder or in_own_order(", ".join(question.examples))
        with Vertical(id="dialog"):
            if question.lead:
                yield TextLines(id="lead")
            joint = join_lines if question.has_lines else join_words
            yield LineInput(question.start, joint=joint, id="line", placeholder=placeholder, select_on_focus=False)
            if question.echo is not None:
                yield TextLines(id="echo")
            yield NoticeBar(id="dialog-says")

    def on_mount(self) -> None:
        """Say how to save."""
        self.on_resize()
        self.say(self._hint)
        self.query_one("#dialog-says", NoticeBar).turn()

    async def take_key(self, event: events.Key) -> bool:
        """Handle a key; drops those that were pressed before an unexpected question was painted."""
        if await self.is_too_early(event):
            return True
        if self._side is not None and await self._side.take_key(self.query_one("#line", Input), event.key):
            return True
        return await super().take_key(event)

    def on_resize(self) -> None:
        """Fit title and lead to the width."""
        self.set_title(Title(self._question.subject, self._question.question))
        for lines in self.query("#lead").results(TextLines):
            width = min(DEFAULT_WIDTH, self.app.size.width - FRAME_LINES)
            room = max(1, self.app.size.height - FRAME_LINES - 1)
            rows = wrap(self._question.lead, max(8, width), room)
            lines.styles.height = len(rows)
            lines.show([((row, "text"),) for row in rows])

    @on(Input.Changed)
    def show_echo(self) -> None:
        """Show what was understood, and the hint again once the text differs from a refused one."""
        if self.typed != self._judged:  # this event can come after the refusal of the text it is about
            self._judged = None
            self.say(self._hint)
        if self._question.echo is None:
            return
        lines = self.query_one("#echo", TextLines)
        rows = self._echo(max(8, lines.size.width)) if self.typed.strip() else []
        lines.styles.height = max(1, len(rows))
        lines.show(rows)

    def _echo(self, width: int) -> Sequence[Row]:
        """What is understood of the text, and in a colour of its own what isn't."""
        question = self._question
        assert question.echo is not None, "it is asked for"
        try:
            unread = question.unread(self.typed) if question.unread else ""
            return echo_rows(width, question.echo(self.typed), unread=[unread], day=self._day())
        except FollowupError as problem:
            is_refused = self.typed == self._judged  # then the message says it
            return [] if is_refused else echo_rows(width, "", unread=[problem.sentence])

    def _day(self) -> Piece:
        """How far the day is, where it can be turned."""
        if self._side is None or self._question.day is None:
            return "", "accent"
        when, _ = self._question.day(self.typed)
        return self._side.remark(self.typed, when.day if when is not None else None)

    @property
    def typed(self) -> str:
        """The text in the field."""
        text = self.query_one("#line", Input).value
        return text.replace(LINE_BREAK, "\n") if self._question.has_lines else text

    def say(self, sentence: str, *, alert: bool = False) -> None:
        """Show a message; what is wrong with a text stays until the text is another one."""
        if alert:
            self._judged = self.typed
        super().say(sentence, alert=alert)

    @property
    def kept_as(self) -> str:
        """The question."""
        return self._question.question

    def has_typed_text(self) -> bool:
        """Whether there is text to lose."""
        return bool(self.typed.strip()) and self.typed != self._question.start

    async def save(self) -> DialogResult:
        """Parse the text and hand it on."""
        typed = self.typed
        if not typed.strip() and not self._question.may_be_empty:
            self.say("Type something first, or press Esc to close.", alert=True)
            return False
        try:
            return await self._finish(self._question.parse(typed) if typed.strip() else None)
        except FollowupError as problem:
            self.say(problem.sentence, alert=True)
            self.show_echo()
            return False
