"""The base of all dialogs: they keep what was typed until it is saved, and take keys in the order they came; and
those that only show text to read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input

from followup_tui.cells import cell_len
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import shown_line
from followup_tui.tracker.half_typed import Fields
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.rows.pieces import Row, cut, fit, wrap
from followup_tui.ui.widgets.text_lines import Bar, NoticeBar, TextLines, draw_later

if TYPE_CHECKING:
    from textual.widgets import TextArea

_FAR = 1_000_000
"""To the first or last line of any list."""


PAGES = {
    "pagedown": 10, "ctrl+d": 10, "pageup": -10, "ctrl+u": -10,
    "g": -_FAR, "home": -_FAR, "G": _FAR, "end": _FAR,
}  # fmt: skip


LINES = {"j": 1, "down": 1, "k": -1, "up": -1} | PAGES


BESIDE_TEXT = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1, "pagedown": 5, "pageup": -5}
"""Where letters, Home and End are for a text above the list."""


TABS = {"tab": 1, "shift+tab": -1}


DEFAULT_WIDTH = 72
"""Cells of a line in a dialog that has no size yet."""
SUBJECT_MAX = 30
"""Cells of a company's name in a title."""
SUBJECT_MIN = 4
"""Cells below which a company's name is left out of a title."""
BORDER_CELLS = 6
"""Cells of the upper border that a title can't use."""
MESSAGE_LINES = 4
"""Lines that the message at the foot of a dialog may take."""


class Title(NamedTuple):
    """Whom a question is about, and the question; the subject is shortened if there is little room."""

    subject: str
    question: str

    def in_width(self, width: int) -> str:
        """Both in so many cells, or the question alone if too little of the subject would be left."""
        if not self.subject:
            return self.question
        room = width - cell_len(self.question) - len(": ")
        if room < min(SUBJECT_MIN, cell_len(self.subject)):
            return self.question
        named = shown_line(self.subject)
        company, mark, role = named.rpartition(" (") if named.endswith(")") else (named, "", "")
        beside = cut(f"{mark}{role}", room - SUBJECT_MIN) if company else ""  # which of an employer's jobs it is
        company = company or named
        company = fit(company, min(room - cell_len(beside), SUBJECT_MAX, cell_len(company)))
        return f"{company.rstrip()}{beside}: {self.question}"


async def settle(field: Widget) -> None:
    """Wait until a field has handled every key that came before now."""
    handled = asyncio.Event()
    field.call_later(handled.set)
    await handled.wait()


_WHOLE_TEXT = frozenset({"ctrl+home", "ctrl+end", "ctrl+shift+home", "ctrl+shift+end"})
"""The keys to both ends of a text, for which Textual's fields have no binding."""


async def handle_editing_key(field: Widget, key: str) -> bool:
    """Run a field's binding for a key (backspace, arrows) at once; whether it has one.

    The field would run it only after all the letters, and the Enter, that were typed after it.
    """
    if key in _WHOLE_TEXT and any(kind.__name__ == "TextArea" for kind in type(field).__mro__):
        await settle(field)
        block = cast("TextArea", field)  # known by its name: the first paint waits for no import of it
        block.move_cursor(block.document.end if key.endswith("end") else (0, 0), select="shift" in key)
        return True
    bound = field._bindings.key_to_bindings.get(key.removeprefix("ctrl+") if key in _WHOLE_TEXT else key)
    if bound:
        await settle(field)
        await field.run_action(bound[0].action)
    return bool(bound)


class Dialog(ModalScreen[None]):
    """A dialog; Esc closes it, with a warning first if typed text would be lost."""

    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = Path(__file__).with_name("dialog.tcss")
    AUTO_FOCUS = ""
    BINDINGS = [
        Binding("escape", "leave", "Close", show=False, priority=True),
        Binding("ctrl+s,ctrl+j", "save", "Save", show=False, priority=True),
        Binding("enter", "onward", "Save", show=False, priority=True),
    ]

    def __init__(self, *, is_unexpected: bool = False) -> None:
        """One that `is_unexpected` drops keys pressed before it was painted; its message is a NoticeBar."""
        super().__init__()
        self._warned_of: Fields | None = None  # what was typed when it last warned
        self.earlier: tuple[str, Callable[[], Dialog]] | None = None  # the name of the question before, its dialog
        self._is_unexpected = is_unexpected
        self._last_message = ("", False)
        self.is_filled = False  # that it has its fields, with what was left half-typed in them

    @property
    def followup(self) -> BaseApp:
        """The app with its own type."""
        app = self.app
        assert isinstance(app, BaseApp)
        return app

    def set_title(self, title: str | Title) -> None:
        """Put a title on the border, as much of it as there is room for."""
        frame = self.query_one("#dialog", Vertical)
        room = max(SUBJECT_MIN, (frame.size.width + 2 or self.app.size.width) - BORDER_CELLS)
        text = title if isinstance(title, str) else title.in_width(room)
        frame.border_title = Content(shown_line(text))  # a plain text would be read as markup

    def show_beyond(self, above: int, below: int, step: str = "") -> None:
        """Say on the lower border how many lines of a list are out of view, and which `step` this is."""
        told = [f"{arrow} {lines} more" for arrow, lines in (("↑", above), ("↓", below)) if lines > 0]
        self.query_one("#dialog", Vertical).border_subtitle = "  ".join(filter(None, (*told, step)))

    async def take_key(self, event: events.Key) -> bool:
        """Handle a key before the fields see it; whether it was handled."""
        field = self.focused
        if field is None or event.key in self._bindings.key_to_bindings or event.key == "ctrl+c":
            return False
        return await handle_editing_key(field, event.key)

    async def is_too_early(self, event: events.Key) -> bool:
        """Whether a key was pressed before an unexpected dialog was painted."""
        if self._is_unexpected:
            self._is_unexpected = await self.query_one("#dialog-says", NoticeBar).is_news_to(event)
        return self._is_unexpected

    @property
    def saved_by(self) -> str:
        """The key that saves what is typed; empty while it can't be saved."""
        return "Enter"

    def has_typed_text(self) -> bool:
        """Whether closing would lose typed text."""
        return False

    @property
    def kept_as(self) -> str:
        """The name under which what is typed here is kept if the program ends; empty if it isn't."""
        return ""

    @property
    def is_half_typed(self) -> bool:
        """Whether there is something to keep if the program ends."""
        return self.has_typed_text()

    def fields(self) -> Fields:
        """What is typed in each field, to be kept."""
        lines = {field.id or "": field.value for field in self.query(Input)}
        return lines | {field.id or "": field.text for field in self._blocks()}

    def _blocks(self) -> Iterable[TextArea]:
        """The fields of several lines, by their name: the first paint waits for no import of `TextArea`."""
        return cast("Iterable[TextArea]", self.query("TextArea"))

    def fill_in(self, fields: Fields) -> None:
        """Put into the fields what was kept of them."""
        for field in self.query(Input):
            if (text := fields.get(field.id or "")) is not None:
                field.value, field.cursor_position = text, len(text)
        for block in self._blocks():
            block.text = fields.get(block.id or "", block.text)

    def on_mount(self) -> None:
        """Go on with what was half-typed here as the program ended."""
        if kept := self.followup.typing.take(self.kept_as):
            self.fill_in(kept)
        self.is_filled = True

    async def save(self) -> DialogResult:
        """Do what the dialog is for; False, and it stays open, where there is nothing to save."""
        return False

    async def settled(self) -> None:
        """Wait until the focused field has handled every key that came before this one."""
        if self.focused is not None:
            await settle(self.focused)

    async def action_save(self) -> None:
        """Save and close, or keep the text and say why it can't be saved."""
        await self.settled()
        outcome = await self.save()
        if outcome is not False:
            self.followup.typing.note(self.kept_as, self.fields())
            await self.close_dialog()
            await open_next(self.followup, outcome)

    async def action_onward(self) -> None:
        """Enter: save, unless there is another field."""
        await self.action_save()

    async def action_leave(self) -> None:
        """Go back one question, which keeps what was typed; without one before, close.

        The first Esc that would close only warns if something was typed, and so does the first after more was.
        """
        await self.settled()
        typed, typing = self.fields(), self.followup.typing
        if self.earlier is not None:
            name, reopened = self.earlier
            typing.go_back(self.kept_as, typed, name)
            await self.close_dialog()
            await self.followup.open_dialog(reopened())
        elif (self.has_typed_text() or typing.is_left_typed) and self._warned_of != typed:
            self._warned_of = typed
            save = f", {self.saved_by} to save it" if self.saved_by else ""
            self.say(f"Press Esc again to discard what you typed{save}.", alert=True)
        else:
            typing.drop()
            await self.close_dialog()

    async def close_dialog(self) -> None:
        """Close this dialog unless saving has closed it already."""
        if self.is_current:
            await self.app.pop_screen()

    def say(self, sentence: str, *, alert: bool = False) -> None:
        """Show a message at the foot of the dialog."""
        self._last_message = (sentence, alert)
        self._show_message()

    def on_resize(self) -> None:
        """Wrap the message to the new width, once the dialog has it."""
        draw_later(self, self._show_message)

    def _show_message(self) -> None:
        sentence, alert = self._last_message
        if not sentence or not self.query("#dialog-says"):
            return
        bar = self.query_one("#dialog-says", Bar)
        lines = wrap(sentence, bar.size.width or DEFAULT_WIDTH, MESSAGE_LINES)
        bar.styles.height = max(1, len(lines))
        bar.show([((line, "alert" if alert else "dim"),) for line in lines])


DialogResult = bool | Screen[None]
"""What follows an answer: False if the question stays open, True if it is done, or the next screen to open."""


async def open_next(app: BaseApp, outcome: DialogResult) -> None:
    """Open the next dialog or screen, if there is one."""
    if isinstance(outcome, Dialog):
        await app.open_dialog(outcome)
    elif isinstance(outcome, Screen):
        await app.push_screen(outcome)
    elif not isinstance(app.screen, Dialog):
        app.typing.finish()


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
