"""The findings of a letter: to go through them, take what is suggested, or ignore them for good."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import events
from textual.widgets.text_area import Selection

from followup_tui.domain.finding import Finding
from followup_tui.domain.text import shown_line
from followup_tui.tracker.composing import Composition
from followup_tui.ui.screens.paper import Paper

DIGITS = "123456789"


class Findings(Paper):
    """A letter with a finding that one is at; what is taken or ignored here, undo takes back."""

    def __init__(self, composition: Composition) -> None:
        super().__init__(composition)
        self._taken: list[Callable[[], object]] = []

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
            self.tell("Nothing was found." if self._proof is not None else "It is being read still.")
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
        """Put the first suggestion in its place; where there is none, into the text."""
        if self._current is None or not self._current.finding.suggestions:
            self._mark()
            self.action_write()
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
            self._taken.append(lambda: setattr(self._subject, "value", before))
        else:
            self._body.replace(text, self._location(finding.start), self._location(finding.end))
            self._taken.append(self._body.undo)
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
            self._taken.append(partial(self._heed, finding))
        self.know()
        where = "from now on" if finding.text.strip() else "in this letter"
        self.tell(f"Ignored {where} · {self.followup.shown('undo')} undo")

    def _teach(self, finding: Finding) -> None:
        key = self.followup.tracker.teach(finding)
        self._taken.append(partial(self._unteach, key))

    def _unteach(self, key: str) -> None:
        self.followup.tracker.unteach([key])
        self.know()

    def _heed(self, finding: Finding) -> None:
        self._ignored.discard((finding.rule, finding.text))
        self.know()

    async def action_undo(self) -> None:
        """Take back what was taken or ignored here, then what was changed before."""
        if self._taken:
            self._taken.pop()()
            self.tell("Undone")
        else:
            await super().action_undo()
