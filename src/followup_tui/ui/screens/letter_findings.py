"""The findings of the proofreader in a letter: when they are looked for, and what is done with them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Protocol

from textual.timer import Timer
from textual.widgets import Input, TextArea

from followup_tui.domain.letters.finding import Finding, Proof, ProofContext
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import shown_line
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.dialogs.dialog import ScrolledText
from followup_tui.ui.render.letter import FoundText, finding_rows, found_texts, length_row
from followup_tui.ui.rows.pieces import Row
from followup_tui.ui.screens.application_screen import ApplicationScreen
from followup_tui.ui.screens.letter_draft import EditedText, LetterFields, Tell

STILL_CHECKED = "The letter is still being checked."
CHECK_DELAY = 0.03
"""Seconds without a key after which a text is checked; the keys of one word come faster."""
HEIGHT_SHARE = 4
"""The findings below the text may take one in so many lines of the screen."""
MIN_HEIGHT_FOR_LENGTH = 3
"""Lines from which on the length of the letter is shown above the findings."""


MOST_BESIDE = 11
"""Lines that the findings beside the letter may take."""


class FindingsPanel:
    """The findings in a letter, one of which is the current one.

    They are shown in `below`, under the text, or in `beside` if the screen is wide; the style sheet hides one.
    """

    def __init__(
        self, fields: LetterFields, app: BaseApp, *, most_words: int, tell: Tell, check_again: Callable[[], None]
    ) -> None:
        """`most_words` is how long the letter may be, 0 for no limit.

        `check_again` has the letter checked again with the findings that are ignored by then.
        """
        self.below = ScrolledText(id="findings")
        self.beside = ScrolledText(id="found")
        self.found: list[FoundText] = []
        self._fields = fields
        self._app = app
        self._most_words = most_words
        self._tell = tell
        self._check_again = check_again
        self._proof: Proof | None = None
        self._checked: EditedText | None = None
        self._position = 0
        self._visited: FoundText | None = None
        self._ignored: set[tuple[str, str]] = set()

    @property
    def is_current(self) -> bool:
        """Whether the findings are those of the text as it is now."""
        return self._checked == self._fields.text()

    @property
    def current(self) -> FoundText | None:
        """The current finding."""
        return self.found[self._position] if self._position < len(self.found) else None

    @property
    def _last(self) -> int:
        return max(0, len(self.found) - 1)

    def update(self, text: EditedText, proof: Proof) -> None:
        """Take the findings in a text, and underline them in it."""
        self._proof, self._checked = proof, text
        current = self.current
        self.found = [
            one for one in found_texts(proof) if (one.finding.rule, one.finding.text) not in self._ignored
        ]
        self._position = self.found.index(current) if current in self.found else min(self._position, self._last)
        self._fields.body.mark(
            text.body, ((one.finding.start, one.finding.end) for one in self.found if not one.in_subject)
        )

    # Actions

    def move(self, by: int) -> None:
        """Go on by so many findings and select the one there; without findings, scroll the text."""
        body = self._fields.body
        if not self.found:
            body.scroll_relative(y=by, animate=False)
            return
        was_visited = self.current == self._visited or by < 0  # the first one is at hand before anybody goes there
        self._position = (self._position + (by if was_visited else 0)) % len(self.found)
        self._select_current()
        self.show()

    def _select_current(self) -> None:
        self._visited = self.current
        if self.current is not None and not self.current.in_subject:
            self._fields.select(self.current.finding.start, self.current.finding.end)

    def take_first(self) -> None:
        """Take the first suggestion for the current finding, or say that there is none."""
        if self.current is None or not self.is_current:
            self._tell("No suggestion here." if self.is_current else STILL_CHECKED)
        elif not self.current.finding.suggestions:
            self._select_current()
            self._tell(f"No suggestion for this one; {self._app.shown('write')} opens the text.")
        else:
            self.take(0)

    def take(self, number: int) -> None:
        """Replace what was found with a suggestion, counted from 0."""
        current = self.current
        if not self.is_current:
            self._tell(STILL_CHECKED)
            return
        if current is None or number >= len(current.finding.suggestions):
            self._tell("There is no suggestion with that number.", alert=True)
            return
        finding, text = current.finding, current.finding.suggestions[number]
        self._fields.replace(finding.start, finding.end, text, in_subject=current.in_subject)
        # The next keys mean the others as they are shown, also before the new text is checked.
        self.found = list(_others_after(current, text, self.found))
        self._position = min(self._position, self._last)
        self._checked = self._fields.text()
        self._tell(f"“{shown_line(finding.text)}” → “{shown_line(text)}” · {self._app.shown('undo')} undo")

    async def ignore(self) -> None:
        """Ignore the current finding in every text from now on; one about missing text only in this letter."""
        if self.current is None:
            self._tell("Nothing to ignore here.", alert=True)
            return
        finding = self.current.finding
        if finding.text.strip():
            if not await self._app.write(partial(self._ignore_everywhere, finding)):
                return
            what = f"“{shown_line(finding.text)}” is ignored from now on"
        else:
            self._ignored.add((finding.rule, finding.text))
            self._fields.add_undo_step(partial(self._stop_ignoring_here, finding))
            what = "Ignored here"
        self.found = [one for one in self.found if one.finding is not finding]
        self._position = min(self._position, self._last)
        self.show()
        self._check_again()
        self._tell(f"{what} · {self._app.shown('undo')} undo")

    def _ignore_everywhere(self, finding: Finding) -> None:
        key = self._app.tracker.letters.ignore_finding(finding)
        self._fields.add_undo_step(partial(self._stop_ignoring, key))

    def _stop_ignoring(self, key: str) -> None:
        self._app.tracker.letters.stop_ignoring([key])
        self._check_again()

    def _stop_ignoring_here(self, finding: Finding) -> None:
        self._ignored.discard((finding.rule, finding.text))
        self._check_again()

    # Showing

    def show(self) -> None:
        """Show the findings in the room there is; while the user writes, the text stays where it is."""
        below, beside = self.below, self.beside
        screen = below.screen
        rows = self._rows(below.size.width, screen.size.height // HEIGHT_SHARE)
        if len(rows) >= below.size.height or not isinstance(screen.focused, Input | TextArea):
            below.styles.height = len(rows)
        below.fill(rows)
        rows = self._rows(beside.size.width, MOST_BESIDE)
        beside.styles.height = len(rows) + 1  # a blank line before the application
        beside.fill(rows)

    def _rows(self, width: int, height: int) -> list[Row]:
        missing = self._proof.missing if self._proof is not None else ""
        found = None if self._proof is None else self.found
        length = length_row(self._fields.body.text, self._most_words, found, is_complete=not missing)
        head = [length] if height >= MIN_HEIGHT_FOR_LENGTH or not (self.found or missing) else []
        return [*head, *finding_rows(self.found, self._position, missing, width, height - len(head))]


def _others_after(taken: FoundText, text: str, found: Sequence[FoundText]) -> Iterator[FoundText]:
    """The other findings in the places that they have once a text is in the place of one that was taken."""
    start, end = taken.finding.start, taken.finding.end
    for one in found:
        other = one.finding
        if one.in_subject != taken.in_subject or (other.end <= start and one is not taken):
            yield one
        elif other.start >= end and one is not taken:
            by = len(text) - (end - start)
            yield one._replace(finding=replace(other, start=other.start + by, end=other.end + by))


class SupportsProof(Protocol):
    """Finds mistakes in a text."""

    def proof(self, text: str, context: ProofContext, /, *, subject: str) -> Proof:
        """Return the findings in a letter; takes a while."""

    def proof_with_grammar(self, text: str, context: ProofContext, /, *, subject: str) -> Proof | None:
        """Return the findings of a slower checker as well; None where it has none."""


class ProofRunner:
    """Checks the newest text on a thread of its own: texts that come while one is checked replace each other."""

    def __init__(self, proofreader: SupportsProof, show: Callable[[EditedText, Proof, bool], None]) -> None:
        """`show` takes the findings in a text, and whether these are all: the slower checker comes last."""
        self._proofreader = proofreader
        self._show = show
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="proofing")
        self._next: tuple[EditedText, ProofContext] | None = None
        self._is_running = False

    async def check(self, text: EditedText, context: ProofContext) -> None:
        """Check a text and show its findings, unless another text has come meanwhile."""
        self._next = (text, context)
        if self._is_running:
            return
        self._is_running = True
        try:
            while self._next is not None:
                (text, context), self._next = self._next, None
                proof, reader = Proof(), self._proofreader
                for check, is_last in ((reader.proof, False), (reader.proof_with_grammar, True)):
                    work = partial(check, text.body, context, subject=text.subject)
                    found = await asyncio.get_running_loop().run_in_executor(self._thread, work)
                    if self._is_outdated():
                        break
                    proof = found or proof
                    self._show(text, proof, is_last)
        finally:
            self._is_running = False

    def _is_outdated(self) -> bool:
        return self._next is not None

    def close(self) -> None:
        """Stop checking."""
        self._next = None
        self._thread.shutdown(wait=False, cancel_futures=True)


class LetterChecker:
    """Has a letter checked: soon after a key, and again after what the proofreader must know has changed."""

    def __init__(
        self,
        screen: ApplicationScreen,
        fields: LetterFields,
        runner: ProofRunner,
        load_context: Callable[[], Awaitable[ProofContext]],
    ) -> None:
        """Workers and timers run on `screen`; `load_context` may raise `FollowupError`, which is shown there."""
        self._screen = screen
        self._fields = fields
        self._runner = runner
        self._load_context = load_context
        self._context: ProofContext | None = None
        self._timer: Timer | None = None

    def check_again(self) -> None:
        """Load what the proofreader must know, and check the letter with it."""
        self._screen.run_worker(self._update_context(), group="proof context", exclusive=True)

    async def _update_context(self) -> None:
        try:
            self._context = await self._load_context()
        except FollowupError as error:
            self._screen.tell(error.sentence, alert=True)
        else:
            self._check()

    def check_soon(self) -> None:
        """Check the text once no key has come for a moment."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(CHECK_DELAY, self._check)

    def _check(self) -> None:
        if self._context is not None and self._fields.body.is_attached:
            self._screen.run_worker(self._runner.check(self._fields.text(), self._context), group="proofing")

    def close(self) -> None:
        """Stop checking."""
        self._runner.close()
