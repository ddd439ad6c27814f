"""The draft of a letter and the fields it is typed in; it is saved as it is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple, Protocol

from textual.widget import Widget
from textual.widgets.text_area import Selection

from followup_tui.domain.letters.description import as_one_text, split_subject
from followup_tui.domain.model.application import new_id
from followup_tui.domain.model.errors import Conflict, FollowupError, Refused
from followup_tui.domain.model.touch import Letter
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.dialogs.dialog import settle
from followup_tui.ui.terminal import edit_suspended
from followup_tui.ui.widgets.text_fields import LetterEditor, LineInput


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


class Tell(Protocol):
    """Shows a notice."""

    def __call__(self, sentence: str, *, alert: bool = False) -> None:
        """Show a sentence; an alert stays longer."""


class LetterDraft:
    """A draft and its fields; one in which nothing was typed is saved only on request.

    `letter` is the draft as it was saved last, or as it was composed. `problem` says why the text on the screen
    could not be saved, and is empty if it could. `is_saved` is whether the draft exists on disk.
    """

    def __init__(
        self,
        letter: Letter,
        fields: LetterFields,
        *,
        is_saved: bool,
        write: Callable[[Letter], Awaitable[Letter]],
        tell: Tell,
    ) -> None:
        """`write` saves a letter and returns it with its new version."""
        self.letter = letter
        self.is_saved = is_saved
        self.problem = ""
        self.fields = fields
        self._saved_text = fields.text()
        self._write = write
        self._tell = tell
        self._lock = asyncio.Lock()

    async def save(self, *, always: bool = False) -> bool:
        """Save what was typed up to this key and show why if that fails; whether the draft is on disk."""
        await self.fields.settle()
        is_saved = await self.save_changes(always=always)
        if self.problem:
            self._tell(self.problem, alert=True)
        return is_saved

    async def save_changes(self, *, always: bool = False) -> bool:
        """Save the text if it has changed; whether the draft is on disk."""
        text = self.fields.text()
        async with self._lock:
            if text == self._saved_text and (self.is_saved or not always):
                return self.is_saved
            return await self._save(self.letter, text)

    async def change(self, letter: Letter) -> bool:
        """Save other facts about the letter, such as its attachments, with the text; whether that worked."""
        text = self.fields.text()
        async with self._lock:
            return await self._save(letter, text)

    async def _save(self, letter: Letter, text: EditedText) -> bool:
        letter = replace(letter, subject=text.subject, body=text.body)
        try:
            self.letter = await self._write_or_copy(letter)
        except FollowupError as error:
            self.problem = error.sentence
            return False
        self._saved_text, self.is_saved, self.problem = text, True, ""
        return True

    async def _write_or_copy(self, letter: Letter) -> Letter:
        """Write the letter; if another window has changed it meanwhile, write it as another draft."""
        try:
            return await self._write(letter)
        except Conflict:
            copy = await self._write(replace(letter, id=new_id(), version=0, sent_at=None))
            self._tell("This draft was changed in another window; yours is now a second draft.", alert=True)
            return copy


async def save_letter(app: BaseApp, letter: Letter) -> Letter:
    """Save a letter on the writer thread, as a change of this window; returns it as it was saved."""
    return await app.run_in_thread(partial(app.done_and_known, partial(app.tracker.letters.save, letter)))


async def edit_in_editor(app: BaseApp, draft: LetterDraft) -> None:
    """Edit a letter in the user's editor; where that fails, it is said where the text is."""
    if not await draft.save(always=True):
        return
    text = draft.fields.text()
    try:
        session, edited = edit_suspended(
            app, as_one_text(text.subject, text.body), "letter.txt", app.handle_signals
        )
    except Refused as error:
        app.tell(error.sentence, alert=True)
        return
    draft.fields.replace_text(EditedText(*split_subject(edited, text.subject)))
    session.forget()
