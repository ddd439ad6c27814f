"""Dialogs for a question: one key answers it, or a line of text, with what was understood of it shown below."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from followup_tui.domain.format import describe_distance, format_day, in_own_order
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.parsing.day_context import NEARLY_A_YEAR
from followup_tui.domain.parsing.other_day import OtherDay, ReadLine, find_other_day
from followup_tui.flows.question import Choice, Text
from followup_tui.tracker.half_typed import CHOSEN, Fields
from followup_tui.ui.dialogs.dialog import DEFAULT_WIDTH, Dialog, DialogResult, Title, open_next, settle
from followup_tui.ui.rows.board_rows import FILLED, padded
from followup_tui.ui.rows.pieces import Piece, Row, wrap
from followup_tui.ui.widgets.text_fields import LINE_BREAK, LineInput, join_lines, join_words
from followup_tui.ui.widgets.text_lines import MenuLines, NoticeBar, TextLines

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
        self.say(
            refusal or f"Press a key to choose, Esc {'to go back' if self.earlier else 'to cancel'}",
            alert=bool(refusal),
        )
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
        self.show_beyond(top, len(rows) - top - room, self._question.step)

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


TURN = "down"
"""The key that turns a day, and turns it back."""


class DaySide:
    """The days in one field that could be other ones: a weekday alone could be behind or ahead.

    `also` reads a second day of the same line, by which they decide.
    """

    def __init__(self, read: ReadLine, today: Callable[[], date], also: ReadLine | None = None) -> None:
        self._reads = (read, also) if also else (read,)
        self._today = today
        self._turned: tuple[str, OtherDay] | None = None  # the line as it was turned, and what turns it back

    def remark(self, line: str, day: date | None) -> Piece:
        """How far the day of a line is and which other one it could be, in the look that it deserves."""
        if day is None:
            return "", "accent"
        today = self._today()
        other = self._other(line)
        is_doubtful = day < today or (day - today).days > NEARLY_A_YEAR
        if other is None and not is_doubtful:
            return "", "accent"
        decision = "a decision by " if other and other.before != day else ""
        turn = f" · press ↓ for {decision}{format_day(other.day, today)}" if other else ""
        return f"{describe_distance(day, today)}{turn}", "today" if is_doubtful else "accent"

    def doubt(self, line: str) -> str:
        """The question whether “next Friday” is the coming one or that of the week after; else an empty text."""
        other, today = self._other(line), self._today()
        if (
            other is None
            or other.before <= today
            or other.day < other.before
            or not re.search(r"(?i)\bnext\b", line)
        ):
            return ""
        kept, turned = format_day(other.before, today), format_day(other.day, today)
        return f"Do you mean {kept}? Enter again takes it, ↓ makes it {turned}."

    async def take_key(self, field: Input, key: str) -> bool:
        """Turn the day of a field with its key; whether it was turned."""
        if key != TURN:
            return False
        await settle(field)
        other = self._other(field.value)
        if other is not None:
            self._turned = (other.line, OtherDay(other.before, field.value, other.day))
            field.value = other.line
            field.cursor_position = len(field.value)
        return other is not None

    def _other(self, line: str) -> OtherDay | None:
        if self._turned is not None and line == self._turned[0]:
            return self._turned[1]
        found = (find_other_day(line, self._today(), read) for read in self._reads)
        return next(filter(None, found), None)


MOST_LINES = 4


def echo_rows(
    width: int,
    understood: str,
    unread: Sequence[str] = (),
    wanted: Sequence[str] = (),
    day: Piece = ("", "accent"),
    most: int = MOST_LINES,
) -> list[Row]:
    """Return rows for what was understood, how far its day is, what wasn't understood, and what could come next.

    Of more than `most` rows the last ones are left out.
    """
    others: list[Row] = []
    parts = (
        ((f"That is {day[0]}" if day[0] else "",), day[1], 1),
        (unread, "alert", 3),
        (wanted, "accent", 1),
    )
    for texts, style, lines in parts:
        for text in filter(None, texts):
            room = width - 2 if style in FILLED else width
            others += [(padded(line, style),) for line in wrap(text, room, lines)]
    told = wrap(understood, width, max(2, most - len(others)))
    return [*(((line, "text"),) for line in told), *others][:most]


PROMPT_LINES = 4
"""Lines of the border, the field and the message."""


class TextPrompt(Dialog):
    """A field for one line; Enter calls `finish` with the parsed text, and a refusal keeps the dialog open."""

    def __init__(self, question: Text, finish: Callable[[Any], Awaitable[DialogResult]]) -> None:
        super().__init__(is_unexpected=question.is_unexpected)
        self._question = question
        self._finish = finish
        self._judged: str | None = None
        self._is_understood = True
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

    @property
    def _hint(self) -> str:
        """What the keys do; nothing of Enter while the text can't be understood."""
        question = self._question
        enter = f"Enter {question.enter}" if self._is_understood else ""
        escape = f"Esc {'goes back' if self.earlier else question.escape}"
        return " · ".join(filter(None, (question.note, enter, escape)))

    @property
    def saved_by(self) -> str:
        """Enter, where it saves what is typed."""
        return "Enter" if self._is_understood else ""

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
        self.show_beyond(0, 0, self._question.step)
        for lines in self.query("#lead").results(TextLines):
            width = min(DEFAULT_WIDTH, self.app.size.width - PROMPT_LINES)
            room = max(1, self.app.size.height - PROMPT_LINES - 1)
            rows = wrap(self._question.lead, max(8, width), room)
            lines.styles.height = len(rows)
            lines.show([((row, "text"),) for row in rows])

    @on(Input.Changed)
    def show_echo(self) -> None:
        """Show what was understood, and the hint again once the text differs from a refused one."""
        self._is_understood = True
        for lines in self.query("#echo").results(TextLines):
            rows = self._echo(max(8, lines.size.width)) if self.typed.strip() else []
            lines.styles.height = max(1, len(rows))
            lines.show(rows)
        if self.typed != self._judged:  # this event can come after the refusal of the text it is about
            self._judged = None
            self.say(self._hint)

    def _echo(self, width: int) -> Sequence[Row]:
        """What is understood of the text, and in a colour of its own what isn't."""
        question = self._question
        assert question.echo is not None, "it is asked for"
        try:
            unread = question.unread(self.typed) if question.unread else ""
            return echo_rows(width, question.echo(self.typed), unread=[unread], day=self._day())
        except FollowupError as problem:
            self._is_understood = False
            is_refused = self.typed == self._judged  # then the message says it
            if is_refused:
                return [((line, "dim"),) for line in wrap(self._hint, width, 1)]
            return echo_rows(width, "", unread=[problem.sentence])

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
