"""Where a letter is written: its fields, and the keys that lead into the text, through it and out again."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Selection

from followup_tui.actions import Place
from followup_tui.ui.dialogs.dialog import handle_editing_key, settle
from followup_tui.ui.dialogs.text_viewer import ScrolledText
from followup_tui.ui.draft_saver import EditedText
from followup_tui.ui.screens.single_application import SingleApplicationScreen
from followup_tui.ui.widgets.bars import Bar, Footer, NoticeBar
from followup_tui.ui.widgets.letter_editor import LetterEditor

WRITING_HINTS = (("Esc", "Out of the text"), ("Tab", "Next field"), ("ctrl+s", "Send"))
PARTS = 6


def _behind_first_paragraph(body: str) -> tuple[int, int]:
    """The line and the place in it at the end of the first paragraph, which follows the greeting."""
    lines = body.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()][:2]
    return (filled[-1], len(lines[filled[-1]])) if filled else (0, 0)


class LetterLayout(SingleApplicationScreen):
    """A letter's subject and body, `begun` as they are at first.

    One reads first, and each key is a verb; `e` leads into the text, where keys are letters, and Esc out of it.
    """

    PLACE = Place.LETTER
    CSS_PATH = "letter.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (120, "-wide")]

    def __init__(self, begun: EditedText) -> None:
        super().__init__()
        self._begun = begun

    def compose(self) -> ComposeResult:
        """Header, the letter with its findings, the facts beside it, notice and footer."""
        yield Bar(id="header")
        with Horizontal(id="desk"):
            with Vertical(id="paper"):
                yield Input(self._begun.subject, id="subject", placeholder="Subject", select_on_focus=False)
                yield LetterEditor(self._begun.body, id="body")
                yield ScrolledText(id="findings")
            with Vertical(id="beside"):
                yield ScrolledText(id="found")
                yield ScrolledText(id="facts")
        yield NoticeBar(id="notice")
        yield self.make_footer()

    @property
    def is_whole(self) -> bool:
        """Whether all parts are there: what comes from aside may come while the screen is taken down."""
        return len(self.query("#header, #subject, #body, #findings, #found, #facts")) == PARTS

    # The text

    def text(self) -> EditedText:
        """What stands in the fields."""
        return EditedText(self._subject.value, self._body.text)

    def take_text(self, subject: str, body: str) -> None:
        """Put another text in the fields; the body's undo takes it back."""
        self._subject.value = subject
        self._body.replace(body, (0, 0), self._body.document.end)

    @property
    def _subject(self) -> Input:
        return self.query_one("#subject", Input)

    @property
    def _body(self) -> LetterEditor:
        return self.query_one("#body", LetterEditor)

    async def settled(self) -> None:
        """Wait until the fields have taken every key that came before this one."""
        await settle(self._subject)
        await settle(self._body)

    @on(LetterEditor.Refused)
    def tell_refusal(self, refused: LetterEditor.Refused) -> None:
        """Say why something wasn't pasted."""
        self.tell(refused.sentence, alert=True)

    # Into the text, and out

    @property
    def is_writing(self) -> bool:
        """Whether keys are letters now."""
        return isinstance(self.focused, Input | TextArea)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the text no key is a verb."""
        return not self.is_writing

    def hints(self) -> tuple[list[tuple[str, str]], int | None]:
        """In the text only what leads out of it; else the verbs."""
        return (list(WRITING_HINTS), None) if self.is_writing else super().hints()

    async def take_key(self, event: events.Key) -> bool:
        """What leads out of the text, and corrections, in the order typed."""
        field = self.focused
        if not self.is_writing or field is None:
            return await super().take_key(event)
        if event.key in ("escape", "tab", "shift+tab") or (event.key == "enter" and isinstance(field, Input)):
            await self.settled()
            self._go_on(field, back=event.key == "shift+tab", out=event.key == "escape")
            return True
        if event.key == "ctrl+s":
            await self.settled()
            self._go_on(field, out=True)
            await self.run_action("send")
            return True
        return await handle_editing_key(field, event.key)

    def _go_on(self, field: Widget, *, back: bool = False, out: bool = False) -> None:
        """To the other field, or out of the text."""
        others = {"subject": self._body, "body": None} if not back else {"body": self._subject, "subject": None}
        self.set_focus(None if out else others.get(field.id or ""))
        self._show_mode()

    def _show_mode(self) -> None:
        self.query_one(Footer).offer(*self.hints())

    def on_descendant_focus(self) -> None:
        """A click leads into the text, too."""
        self._show_mode()

    def action_write(self) -> None:
        """Into the text: where one was or a finding stands, at first behind what the letter begins with."""
        body = self._body
        if body.selection == Selection.cursor((0, 0)):
            body.move_cursor(_behind_first_paragraph(body.text))
        body.selection = Selection.cursor(body.selection.end)  # a letter must not take a marked word's place
        self.set_focus(self._body, scroll_visible=False)  # at once: the next key may be there already
        self._show_mode()

    # Through it, while one reads

    def action_page_down(self) -> None:
        """A screenful down."""
        self._body.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """A screenful up."""
        self._body.scroll_page_up(animate=False)

    def action_first(self) -> None:
        """To the top of the letter."""
        self._body.scroll_home(animate=False)

    def action_last(self) -> None:
        """To the end of the letter."""
        self._body.scroll_end(animate=False)
