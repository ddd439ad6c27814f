"""The subject and the body of a letter, with what undo takes back in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from textual.widget import Widget
from textual.widgets.text_area import Selection

from followup_tui.ui.dialogs.dialog import settle
from followup_tui.ui.widgets.letter_editor import LetterEditor
from followup_tui.ui.widgets.line_input import LineInput


class EditedText(NamedTuple):
    """The text of a letter on the screen."""

    subject: str
    body: str


class UndoStep(NamedTuple):
    """A change that the editor's own undo doesn't know, and the body as it was after it."""

    body: str
    undo: Callable[[], object]


class LetterFields:
    """The two fields of a letter, and its undo steps."""

    def __init__(self, text: EditedText) -> None:
        self.subject = LineInput(text.subject, id="subject", placeholder="Subject", select_on_focus=False)
        self.body = LetterEditor(text.body, id="body")
        self._steps: list[UndoStep] = []

    def text(self) -> EditedText:
        """Return the text in the fields."""
        return EditedText(self.subject.value, self.body.text)

    def replace_text(self, text: EditedText) -> None:
        """Put another text in the fields; undo restores the body."""
        self.subject.value = text.subject
        self.body.replace(text.body, (0, 0), self.body.document.end)

    def replace(self, start: int, end: int, text: str, *, in_subject: bool) -> None:
        """Replace some characters of the subject or of the body; undo restores them."""
        if not in_subject:
            self.body.replace(text, self._location(start), self._location(end))
            return
        before = self.subject.value
        self.subject.value = before[:start] + text + before[end:]
        self.add_undo_step(lambda: setattr(self.subject, "value", before))

    async def settle(self) -> None:
        """Wait until the fields have handled every key that came before this one."""
        await settle(self.subject)
        await settle(self.body)

    # The cursor

    def next_field(self, field: Widget, *, back: bool) -> Widget | None:
        """Return the field after another one, or before it; None at the end."""
        if back:
            return self.subject if field is self.body else None
        return self.body if field is self.subject else None

    def prepare_writing(self) -> None:
        """Drop the selection: a letter that is typed must not replace a finding that is selected."""
        self.body.selection = Selection.cursor(self.body.selection.end)

    def select(self, start: int, end: int) -> None:
        """Select some characters of the body and scroll to them."""
        self.body.selection = Selection(self._location(start), self._location(end))
        self.body.scroll_cursor_visible(center=True)

    def _location(self, offset: int) -> tuple[int, int]:
        before = self.body.text[:offset]
        return before.count("\n"), offset - (before.rfind("\n") + 1)

    # Undo

    def add_undo_step(self, undo: Callable[[], object]) -> None:
        """Keep how to undo a change that isn't one of the body's text."""
        self._steps.append(UndoStep(self.body.text, undo))

    def undo_typing(self) -> bool:
        """Undo the last change of the body, unless another step came after it; whether anything was undone."""
        before = self.body.text
        if self._steps and self._steps[-1].body == before:
            return False
        self.body.undo()
        return self.body.text != before

    def undo_step(self) -> bool:
        """Undo the last change that isn't one of the body's text; whether there was one."""
        if self._steps:
            self._steps.pop().undo()
            return True
        return False

    def redo_typing(self) -> bool:
        """Redo what was undone in the body; whether there was anything."""
        before = self.body.text
        self.body.redo()
        return self.body.text != before
