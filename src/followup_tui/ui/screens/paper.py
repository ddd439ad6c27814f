"""A letter on the screen: its fields, saved as they are typed; what was found in them; the facts beside it.

One reads first, and each key is a verb; `e` leads into the text, where keys are letters, and Esc back out of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from followup_tui.domain.board import Board
from followup_tui.domain.errors import FollowupError
from followup_tui.domain.finding import Proof, Reading
from followup_tui.domain.letter_told import grown_old
from followup_tui.domain.text import shown, shown_line
from followup_tui.domain.wording import full_day_words
from followup_tui.tracker.composing import Composition
from followup_tui.ui.drafting import Drafting, Proofing, Text
from followup_tui.ui.keys import Place
from followup_tui.ui.letter_telling import Found, finding_rows, found_in, heading, measure
from followup_tui.ui.screens.above import Above
from followup_tui.ui.screens.fields import correct, settle
from followup_tui.ui.screens.reading import Scrolled
from followup_tui.ui.telling import briefed, pane
from followup_tui.ui.widgets.bars import Bar, Footer, spread

SAVED_AFTER = 0.5
"""Seconds between two looks at whether something was typed that isn't saved: what a kill can cost."""
READ_AFTER = 0.03
"""Seconds without a key after which a text is read; two keys of one word lie closer."""
MEASURED = 3
"""Lines from which on the findings leave one to how long the letter is."""
WRITING_HINTS = (("Esc", "Out of the text"), ("Tab", "Next field"), ("ctrl+s", "Send"))


class Paper(Above):
    """One letter; `composition` is its draft, or what it begins with."""

    PLACE = Place.LETTER
    CSS_PATH = "letter.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-low"), (20, "-full")]

    def __init__(self, composition: Composition) -> None:
        super().__init__()
        self.composition = composition
        letter = composition.letter
        begun = Text(shown_line(letter.subject), shown(letter.body))
        self.drafting = Drafting(self.followup, letter, begun, is_kept=composition.is_kept)
        self._proofing = Proofing(self.followup.proofreader, self._show_proof)
        self._reading: Reading | None = None
        self._proof: Proof | None = None
        self._found: list[Found] = []
        self._place = 0
        self._ignored: set[tuple[str, str]] = set()
        self._read_soon: Timer | None = None
        self.is_warned = False

    def compose(self) -> ComposeResult:
        """Header, the letter with its findings, the facts beside it, notice and footer."""
        begun = self.drafting.begun
        yield Bar(id="header")
        with Horizontal(id="desk"):
            with Vertical(id="paper"):
                yield Input(begun.subject, id="subject", placeholder="Subject", select_on_focus=False)
                yield TextArea(begun.body, id="body", tab_behavior="focus")
                yield Scrolled(id="findings")
            with Vertical(id="beside"):
                yield Scrolled(id="found")
                yield Scrolled(id="facts")
        yield Bar(id="notice")
        yield self.make_footer()

    def on_mount(self) -> None:
        """Show it as soon as there is a width; save and read from now on."""
        self.call_after_refresh(self._show)
        self.set_interval(SAVED_AFTER, self._save_aside)
        self.know()
        problems = self.composition.problems
        if problems:
            more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
            self.tell(f"{problems[0]}{more}", alert=True)
        elif self.drafting.is_kept:
            self.tell(grown_old(self.drafting.letter, self.followup.now()), alert=True)

    def on_unmount(self) -> None:
        """Read no more."""
        self._proofing.close()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        super().on_resize()
        self.call_after_refresh(self._show)

    # The letter and its text

    def text(self) -> Text:
        """What stands in the fields."""
        return Text(self._subject.value, self._body.text)

    def take_text(self, subject: str, body: str) -> None:
        """Put another text in the fields; the body's undo takes it back."""
        self._subject.value = subject
        self._body.replace(body, (0, 0), self._body.document.end)

    @property
    def _subject(self) -> Input:
        return self.query_one("#subject", Input)

    @property
    def _body(self) -> TextArea:
        return self.query_one("#body", TextArea)

    @property
    def found(self) -> Sequence[Found]:
        """What the proofreader found in the text as it was read last."""
        return self._found

    @property
    def application_id(self) -> str:
        """The application that the letter is about."""
        return self.composition.letter.application_id

    def show_board(self, board: Board, follow: str | None) -> None:
        """The facts may have changed."""
        self.know()
        self._show()

    def know(self) -> None:
        """Find out anew, aside, what the proofreader must know, and read again."""
        self.run_worker(self._know_aside(), group="knowing", exclusive=True)

    async def _know_aside(self) -> None:
        letter, sender = self.drafting.letter, self.followup.settings.sender()
        try:
            self._reading = await self.followup.aside(partial(self.followup.tracker.reading, letter, None, sender))
        except FollowupError as error:
            self.tell(error.sentence, alert=True)
        else:
            self._read()

    # Saving

    async def settled(self) -> None:
        """Wait until the fields have taken every key that came before this one."""
        await settle(self._subject)
        await settle(self._body)

    async def save(self, *, always: bool = False) -> bool:
        """Save what was typed; whether it is on disk, told where it isn't."""
        await self.settled()
        saved = await self.drafting.save(self.text(), always=always)
        if self.drafting.trouble:
            self.tell(self.drafting.trouble, alert=True)
        return saved

    async def _save_aside(self) -> None:
        told = self.drafting.trouble
        await self.drafting.save(self.text())
        if self.drafting.trouble and self.drafting.trouble != told and self.is_current:
            self.tell(self.drafting.trouble, alert=True)

    # Reading for mistakes

    @on(Input.Changed)
    @on(TextArea.Changed)
    def read_soon(self) -> None:
        """Read the text once no key has come for a moment."""
        self.is_warned = False
        if self._read_soon is not None:
            self._read_soon.stop()
        self._read_soon = self.set_timer(READ_AFTER, self._read)

    def _read(self) -> None:
        if self._reading is not None:
            self.run_worker(self._proofing.read(self.text(), self._reading), group="proofing")

    def _show_proof(self, text: Text, proof: Proof) -> None:
        if not self.children or text != self.text():
            return
        self._proof = proof
        current = self._current
        self._found = [one for one in found_in(proof) if (one.finding.rule, one.finding.text) not in self._ignored]
        self._place = self._found.index(current) if current in self._found else min(self._place, self._last)
        self._show()

    @property
    def _current(self) -> Found | None:
        return self._found[self._place] if self._place < len(self._found) else None

    @property
    def _last(self) -> int:
        return max(0, len(self._found) - 1)

    # Showing

    def _show(self) -> None:
        if not self.children:  # it is being taken down
            return
        day = full_day_words(self.followup.now().date())
        row = spread(heading(self.composition.dossier, self.drafting.letter), day, self.size.width)
        self.query_one("#header", Bar).show([row])
        told = measure(self._body.text, self.composition.most_words, None if self._proof is None else self._found)
        missing = self._proof.missing if self._proof is not None else ""
        for box in (self.query_one("#findings", Scrolled), self.query_one("#found", Scrolled)):
            head = [told] if box.size.height >= MEASURED or not (self._found or missing) else []
            room = box.size.height - len(head)
            box.fill([*head, *finding_rows(self._found, self._place, missing, box.size.width, room)])
        facts = self.query_one("#facts", Scrolled)
        if facts.size.width:
            try:
                briefing = briefed(self.followup.tracker, self.drafting.letter.application_id, self.followup.now())
            except FollowupError as error:
                facts.fill([((f" {error.sentence}", "alert"),)])
            else:
                facts.fill(pane(briefing, facts.size.width))

    def hints(self) -> tuple[list[tuple[str, str]], int]:
        """In the text only what leads out of it; else the verbs."""
        hints, others = super().hints()
        return (list(WRITING_HINTS), 0) if self.is_writing else (hints, others)

    # Keys

    @property
    def is_writing(self) -> bool:
        """Whether keys are letters now."""
        return isinstance(self.focused, Input | TextArea)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the text no key is a verb."""
        return not self.is_writing

    async def take_key(self, event: events.Key) -> bool:
        """What leads out of the text, and corrections, in the order typed."""
        field = self.focused
        if not self.is_writing or field is None:
            return False
        if event.key in ("escape", "tab", "shift+tab") or (event.key == "enter" and isinstance(field, Input)):
            await self.settled()
            self._go_on(field, back=event.key == "shift+tab", out=event.key == "escape")
            return True
        if event.key == "ctrl+s":
            await self.settled()
            self._go_on(field, out=True)
            await self.run_action("send")
            return True
        return await correct(field, event.key)

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
        """Into the text: where a finding stands, or at the end of what is written."""
        self.set_focus(self._body, scroll_visible=False)  # at once: the next key may be there already
        self._show_mode()
