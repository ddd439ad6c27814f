"""What all dialogs share: they keep what was typed until it is saved, and take keys in the order they came."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen

from followup_tui.domain.model.text import shown_line
from followup_tui.ui.screens.fields import correct, settle
from followup_tui.ui.widgets.bars import Bar
from followup_tui.ui.widgets.rows import fit, wrap

if TYPE_CHECKING:
    from followup_tui.ui.app import FollowupApp

UNLAID_WIDTH = 72
"""Cells that a dialog's line is taken to have before it was laid out."""
LEAST = 4
"""Cells of a company's name that are worth their place in a title."""
BESIDE_TITLE = 6
"""Cells of the frame's upper edge that no title stands in."""
SAYS_LINES = 4
"""Lines that a dialog's own word may take."""


class Title(NamedTuple):
    """Whom a question is about, and what is asked: where there is little room, the former gives way."""

    whom: str
    question: str

    def in_width(self, width: int) -> str:
        """Both in so many cells, or the question alone where nothing worth reading would be left of whom."""
        room = width - cell_len(self.question) - len(": ")
        if room < min(LEAST, cell_len(self.whom)):
            return self.question
        return f"{fit(self.whom, min(room, cell_len(self.whom))).rstrip()}: {self.question}"


class Dialog(ModalScreen[None]):
    """A dialog; Esc closes it, after a word of warning where typed text would be lost."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "dialog.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("escape", "leave", "Close", show=False, priority=True),
        Binding("ctrl+s,ctrl+j", "save", "Save", show=False, priority=True),
        Binding("enter", "onward", "Save", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._warned = False

    @property
    def followup(self) -> FollowupApp:
        """The app, as what it is."""
        from followup_tui.ui.app import FollowupApp

        app = self.app
        assert isinstance(app, FollowupApp)
        return app

    def entitle(self, title: str | Title) -> None:
        """Put a title on the frame, as much of it as there is room for."""
        frame = self.query_one("#dialog", Vertical)
        room = max(LEAST, (frame.size.width + 2 or self.app.size.width) - BESIDE_TITLE)
        text = title if isinstance(title, str) else title.in_width(room)
        frame.border_title = Content(shown_line(text))  # a plain text would be read as markup

    async def take_key(self, event: events.Key) -> bool:
        """A key before the fields see it; whether that was all there is to do with it.

        What corrects a field (backspace, arrows) is done here and at once: left to itself it would come only
        after all the letters, and the Enter, that were typed behind it.
        """
        field = self.focused
        if field is None or event.key in self._bindings.key_to_bindings or event.key == "ctrl+c":
            return False
        return await correct(field, event.key)

    def has_typed_text(self) -> bool:
        """Whether closing would throw something away."""
        return False

    async def save(self) -> Followed:
        """Do what the dialog is for; whether it may close, and the dialog that follows it."""
        raise NotImplementedError

    async def settled(self) -> None:
        """Wait until the focused field has taken every key that came before this one."""
        if self.focused is not None:
            await settle(self.focused)

    async def action_save(self) -> None:
        """Save and close, or stay with the text and say why."""
        await self.settled()
        followed = await self.save()
        if followed is not False:
            await self.close_dialog()
            await go_on(self.followup, followed)

    async def action_onward(self) -> None:
        """Enter: save, where there is no further field."""
        await self.action_save()

    async def action_leave(self) -> None:
        """Close; the first Esc only warns where something was typed."""
        await self.settled()
        if self.has_typed_text() and not self._warned:
            self._warned = True
            self.say("Esc again throws away what you typed; Enter saves it.", alert=True)
        else:
            await self.close_dialog()

    async def close_dialog(self) -> None:
        """Take this dialog away, unless what it was for did so already."""
        if self.is_current:
            await self.app.pop_screen()

    def say(self, sentence: str, *, alert: bool = False) -> None:
        """A line at the foot of the dialog, or as many as a longer sentence takes."""
        bar = self.query_one("#dialog-says", Bar)
        lines = wrap(sentence, bar.size.width or UNLAID_WIDTH, SAYS_LINES)
        bar.styles.height = max(1, len(lines))
        bar.show([((line, "alert" if alert else "dim"),) for line in lines])


Followed = bool | Screen[None]
"""What comes of a question: False where it stays open, True where it is done with, or the screen after it."""


async def go_on(app: FollowupApp, followed: Followed) -> None:
    """Ask what is to be asked next, or open what comes next, where there is something."""
    if isinstance(followed, Dialog):
        await app.open_dialog(followed)
    elif isinstance(followed, Screen):
        await app.push_screen(followed)
