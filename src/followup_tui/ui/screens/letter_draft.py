"""A letter on the screen: saved as it is typed, read for mistakes meanwhile, with the facts beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import on
from textual.timer import Timer
from textual.widgets import Input, TextArea

from followup_tui.domain.format import format_full_day
from followup_tui.domain.letters.description import is_outdated
from followup_tui.domain.letters.finding import Proof, ProofContext
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import shown, shown_line
from followup_tui.domain.views.board import Board
from followup_tui.tracker.letters import Composition
from followup_tui.ui.dialogs.text_viewer import ScrolledText
from followup_tui.ui.draft_saver import DraftSaver, EditedText, ProofRunner
from followup_tui.ui.render.letter import FindingGroups, finding_rows, found_in, letter_heading, measure
from followup_tui.ui.screens.letter_layout import LetterLayout
from followup_tui.ui.widgets.bars import Bar, spread
from followup_tui.ui.widgets.text_lines import Row

SAVED_AFTER = 0.5
"""Seconds between two looks at whether something was typed that isn't saved: what a kill can cost."""
READ_AFTER = 0.03
"""Seconds without a key after which a text is read; two keys of one word lie closer."""
SHARE = 4
"""The part of the screen's lines, one in so many, that findings below the text may take."""
MEASURED = 3
"""Lines from which on the findings leave one to how long the letter is."""


class LetterDraft(LetterLayout):
    """One letter; `composition` is its draft, or what it begins with."""

    def __init__(self, composition: Composition) -> None:
        letter = composition.letter
        begun = EditedText(shown_line(letter.subject), shown(letter.body))
        super().__init__(begun)
        self.composition = composition
        self.drafting = DraftSaver(self.followup, letter, begun, is_kept=composition.is_kept)
        self._proofing = ProofRunner(self.followup.proofreader, self._show_proof)
        self._reading: ProofContext | None = None
        self._proof: Proof | None = None
        self._read_text: EditedText | None = None
        self._found: list[FindingGroups] = []
        self._place = 0
        self._ignored: set[tuple[str, str]] = set()
        self._read_soon: Timer | None = None
        self.is_warned = False

    def on_mount(self) -> None:
        """Show it as soon as there is a width; save and read from now on."""
        self.call_after_refresh(self._show_all)
        self.set_interval(SAVED_AFTER, self._save_aside)
        self.know()
        problems, early = self.composition.problems, self.composition.early
        if early:
            self.tell(early, alert=True)
        elif problems:
            more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
            self.tell(f"{problems[0]}{more}", alert=True)
        elif self.drafting.is_kept and (old := is_outdated(self.drafting.letter, self.followup.now())):
            self.tell(old, alert=True)
        else:
            self.warn(self.drafting.letter, "Better not sent now")

    def on_unmount(self) -> None:
        """Read no more."""
        self._proofing.close()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        super().on_resize()
        self.call_after_refresh(self._show_all)

    @property
    def found(self) -> Sequence[FindingGroups]:
        """What the proofreader found in the text as it was read last."""
        return self._found

    @property
    def application_id(self) -> str:
        """The application that the letter is about."""
        return self.composition.letter.application_id

    def show_board(self, board: Board, follow: str | None) -> None:
        """The facts may have changed."""
        self.know()
        self._show_all()

    # Saving

    async def save(self, *, always: bool = False) -> bool:
        """Save what was typed; whether it is on disk, told where it isn't."""
        await self.settled()
        saved = await self.drafting.save(self.text(), always=always)
        if self.drafting.trouble:
            self.tell(self.drafting.trouble, alert=True)
        return saved

    async def _save_aside(self) -> None:
        if not self.is_whole:
            return
        told = self.drafting.trouble
        await self.drafting.save(self.text())
        if self.drafting.trouble and self.drafting.trouble != told and self.is_current:
            self.tell(self.drafting.trouble, alert=True)

    # Reading for mistakes

    def know(self) -> None:
        """Find out anew, aside, what the proofreader must know, and read again."""
        self.run_worker(self._know_aside(), group="knowing", exclusive=True)

    async def _know_aside(self) -> None:
        letter, sender = self.drafting.letter, self.followup.settings.sender()
        try:
            self._reading = await self.followup.run_in_thread(
                partial(self.followup.tracker.letters.proof_context, letter, None, sender)
            )
        except FollowupError as error:
            self.tell(error.sentence, alert=True)
        else:
            self._read()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def read_soon(self) -> None:
        """Read the text once no key has come for a moment."""
        self.is_warned = False
        if self._read_soon is not None:
            self._read_soon.stop()
        self._read_soon = self.set_timer(READ_AFTER, self._read)

    def _read(self) -> None:
        if self._reading is not None and self.is_whole:
            self.run_worker(self._proofing.read(self.text(), self._reading), group="proofing")

    @property
    def is_read(self) -> bool:
        """Whether what is shown was found in the text as it stands."""
        return self._read_text == self.text()

    def _show_proof(self, text: EditedText, proof: Proof) -> None:
        if not self.is_whole or text != self.text():
            return
        self._proof, self._read_text = proof, text
        current = self._current
        self._found = [one for one in found_in(proof) if (one.finding.rule, one.finding.text) not in self._ignored]
        self._place = self._found.index(current) if current in self._found else min(self._place, self._last)
        self._body.mark(
            text.body, ((one.finding.start, one.finding.end) for one in self._found if not one.in_subject)
        )
        self._show()
        self._show_mode()

    @property
    def _current(self) -> FindingGroups | None:
        return self._found[self._place] if self._place < len(self._found) else None

    @property
    def _last(self) -> int:
        return max(0, len(self._found) - 1)

    # Showing

    def _show_all(self) -> None:
        if self.is_whole:
            self._show()
            self.show_facts()

    def _show(self) -> None:
        day = format_full_day(self.followup.now().date())
        row = spread(letter_heading(self.composition.details, self.drafting.letter), day, self.size.width)
        self.query_one("#header", Bar).show([row])
        below, beside = self.query_one("#findings", ScrolledText), self.query_one("#found", ScrolledText)
        rows = self._finding_rows(below.size.width, self.size.height // SHARE)
        if len(rows) >= below.size.height or not self.is_writing:  # the text stays where it is while one writes
            below.styles.height = len(rows)
        below.fill(rows)
        beside.fill(self._finding_rows(beside.size.width, beside.size.height))

    def _finding_rows(self, width: int, height: int) -> list[Row]:
        missing = self._proof.missing if self._proof is not None else ""
        told = measure(
            self._body.text,
            self.composition.most_words,
            None if self._proof is None else self._found,
            is_whole=not missing,
        )
        head = [told] if height >= MEASURED or not (self._found or missing) else []
        return [*head, *finding_rows(self._found, self._place, missing, width, height - len(head))]
