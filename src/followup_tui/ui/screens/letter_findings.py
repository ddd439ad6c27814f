"""The findings of a letter: to go through them, take what is suggested, or ignore them for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from textual import events
from textual.widgets.text_area import Selection

from followup_tui.actions import Action
from followup_tui.domain.letters.finding import Finding
from followup_tui.domain.model.text import shown_line
from followup_tui.tracker.letters import Composition
from followup_tui.ui.screens.letter_draft import LetterDraft

DIGITS = "123456789"
ABOUT_FINDINGS = frozenset({"next_finding", "previous_finding", "take", "ignore"})


class UndoStep(NamedTuple):
    """What was done beside the body's own changes, and the body as it stood then."""

    body: str
    take_back: Callable[[], object]


class LetterFindings(LetterDraft):
    """A letter with a finding that one is at; what is taken or ignored here, undo takes back."""

    def __init__(self, composition: Composition) -> None:
        super().__init__(composition)
        self._noted: list[UndoStep] = []

    async def take_key(self, event: events.Key) -> bool:
        """A digit takes its suggestion."""
        if self.is_writing or not (event.character and event.character in DIGITS):
            return await super().take_key(event)
        await self._take(int(event.character) - 1)
        return True

    def action_next_finding(self) -> None:
        """To the next finding."""
        self._step(1)

    def action_previous_finding(self) -> None:
        """To the one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if not self._found:
            self._body.scroll_relative(y=by, animate=False)
            return
        seen = bool(self._body.selected_text) or by < 0
        self._place = (self._place + (by if seen else 0)) % len(self._found)
        self._mark()
        self._show()

    def _mark(self) -> None:
        """Select in the text what the finding is about."""
        current = self._current
        if current is not None and not current.in_subject:
            start, end = (self._location(place) for place in (current.finding.start, current.finding.end))
            self._body.selection = Selection(start, end)
            self._body.scroll_cursor_visible(center=True)

    def _location(self, place: int) -> tuple[int, int]:
        before = self._body.text[:place]
        return before.count("\n"), place - (before.rfind("\n") + 1)

    async def action_take(self) -> None:
        """Put the first suggestion in its place; where there is none, say so: Enter never leads into the text."""
        if self._current is None:
            self.tell("There is nothing to take." if self.is_read else "The letter is being read still.")
        elif not self._current.finding.suggestions:
            self._mark()
            self.tell(f"There is no suggestion for this one; {self.followup.shown('write')} leads into the text.")
        else:
            await self._take(0)

    async def _take(self, number: int) -> None:
        current = self._current
        if current is None or number >= len(current.finding.suggestions):
            self.tell("There is no such suggestion.", alert=True)
            return
        finding, text = current.finding, current.finding.suggestions[number]
        if current.in_subject:
            before = self._subject.value
            self._subject.value = before[: finding.start] + text + before[finding.end :]
            self._note(lambda: setattr(self._subject, "value", before))
        else:
            self._body.replace(text, self._location(finding.start), self._location(finding.end))
        self._found = [one for one in self._found if one is not current]
        self._place = min(self._place, self._last)
        self.tell(f"“{shown_line(finding.text)}” → “{shown_line(text)}” · {self.followup.shown('undo')} undo")

    async def action_ignore(self) -> None:
        """Never find this again."""
        current = self._current
        if current is None:
            self.tell("There is nothing to ignore.", alert=True)
            return
        finding = current.finding
        if finding.text.strip() and not await self.followup.write(partial(self._teach, finding)):
            return
        if not finding.text.strip():
            self._ignored.add((finding.rule, finding.text))
            self._note(partial(self._heed, finding))
        self.know()
        what = f"“{shown_line(finding.text)}” is ignored from now on" if finding.text.strip() else "Ignored here"
        self.tell(f"{what} · {self.followup.shown('undo')} undo")

    def _teach(self, finding: Finding) -> None:
        key = self.followup.tracker.letters.ignore_finding(finding)
        self._note(partial(self._unteach, key))

    def _unteach(self, key: str) -> None:
        self.followup.tracker.letters.stop_ignoring([key])
        self.know()

    def _heed(self, finding: Finding) -> None:
        self._ignored.discard((finding.rule, finding.text))
        self.know()

    async def action_undo(self) -> None:
        """Take back what was done to this letter, and nothing else: other changes aren't seen from here."""
        before = self._body.text
        if not self._noted or self._noted[-1].body != before:
            self._body.undo()
            if self._body.text != before:
                self.tell(f"The text is as it was before · {self.followup.shown('redo')} redo")
                return
        if self._noted:
            self._noted.pop().take_back()
            self.tell("Undone")
        else:
            self.tell("There is nothing to take back in this letter.")

    async def action_redo(self) -> None:
        """Write again what was taken back."""
        before = self._body.text
        self._body.redo()
        self.tell("Written again" if self._body.text != before else "There is nothing to write again.")

    def _note(self, take_back: Callable[[], object]) -> None:
        self._noted.append(UndoStep(self._body.text, take_back))

    # The footer

    def offered(self) -> Sequence[Action]:
        """What is about findings only where there are some."""
        return [action for action in super().offered() if self._found or action.id not in ABOUT_FINDINGS]
