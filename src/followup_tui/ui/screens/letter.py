"""The letter screen: a composed letter to read, change, check, send and record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial, wraps
from operator import attrgetter
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, TextArea

from followup_tui.actions import Action, Place
from followup_tui.domain.format import format_full_day
from followup_tui.domain.letters.description import is_outdated
from followup_tui.domain.letters.finding import Proof, ProofContext
from followup_tui.domain.model.errors import FollowupError, Refused
from followup_tui.domain.model.text import shown, shown_line
from followup_tui.domain.views.board import Board
from followup_tui.external_editor import is_editor_set
from followup_tui.flows.delivery import send
from followup_tui.flows.letter import addressee, attach, template
from followup_tui.flows.question import Attach, Flow, FlowResult, OpenLetter, Run, SaveDraft
from followup_tui.tracker.composition import Composition
from followup_tui.tracker.regions import sender_of
from followup_tui.ui.dialogs.dialog import DialogResult, ScrolledText, handle_editing_key
from followup_tui.ui.dialogs.flow_runner import FlowRunner, newest_cards, perform, screen_for
from followup_tui.ui.render.letter import letter_heading, subject_label, to_row
from followup_tui.ui.rows.pieces import Hint, spread
from followup_tui.ui.screens.application_screen import ApplicationScreen
from followup_tui.ui.screens.letter_draft import EditedText, LetterDraft, LetterFields, edit_in_editor, save_letter
from followup_tui.ui.screens.letter_findings import FindingsPanel, LetterChecker, ProofRunner
from followup_tui.ui.screens.single_application import FollowedBy, SingleApplicationScreen
from followup_tui.ui.widgets.text_fields import LetterEditor
from followup_tui.ui.widgets.text_lines import Bar, Footer, NoticeBar, draw_later

SAVE_INTERVAL = 0.5
"""Seconds between two saves of what was typed; if the program is killed, no more than that is lost."""
WRITING_HINTS = (("Esc", "Stop editing"), ("Tab", "Next field"), ("ctrl+s", "Send"))
DIGITS = "123456789"
FINDING_ACTIONS = frozenset({"next_finding", "previous_finding", "take", "ignore"})
PARTS = ("header", "to", "subject", "body", "findings", "found", "facts")


class LetterScreen(SingleApplicationScreen):
    """One letter: its fields, its draft, the findings in it, and the facts about the application.

    While the user reads, each key is an action; `e` moves into the text, where keys are letters, Esc out of it.
    """

    PLACE = Place.LETTER
    ACTIONS: ClassVar[Mapping[str, Callable[..., object]]] = {}  # set below, after the functions
    CSS_PATH = "letter.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (120, "-wide")]

    def __init__(self, composition: Composition, followed_by: FollowedBy | None = None) -> None:
        super().__init__(composition.details, followed_by)
        app, letter = self.followup, composition.letter
        self.composition = composition
        self.fields = LetterFields(EditedText(shown_line(letter.subject), shown(letter.body)))
        self.draft = LetterDraft(
            letter,
            self.fields,
            is_saved=composition.is_kept,
            write=partial(save_letter, app),
            tell=app.tell,
        )
        self.checker = LetterChecker(
            self, self.fields, ProofRunner(app.proofreader, self._show_proof), self._load_proof_context
        )
        self.findings = FindingsPanel(
            self.fields,
            app,
            most_words=composition.most_words,
            tell=self.tell,
            check_again=self.checker.check_again,
        )
        self.is_warned = False

    def compose(self) -> ComposeResult:
        """Yield the header, the letter with its findings, the facts beside it, the notice and the footer."""
        yield Bar(id="header")
        with Horizontal(id="columns"):
            with Vertical(id="letter"):
                yield Bar(id="to")
                with Horizontal(id="subject-line"):
                    yield Bar(id="subject-label")
                    yield self.fields.subject
                yield self.fields.body
                yield self.findings.below
            with Vertical(id="side"):
                yield self.findings.beside
                yield ScrolledText(id="facts")
        yield NoticeBar(id="notice")
        yield self.make_footer()

    def on_mount(self) -> None:
        """Show the letter once there is a width, warn about it, and start to save and to check it."""
        draw_later(self, self._show)
        self.set_interval(SAVE_INTERVAL, self._save_regularly)
        self.checker.check_again()
        problems, early = self.composition.problems, self.composition.early
        if early:
            self.tell(early, alert=True)
        elif problems:
            more = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
            self.tell(f"{problems[0]}{more}", alert=True)
        elif self.draft.is_saved and (old := is_outdated(self.draft.letter, self.followup.now())):
            self.tell(old, alert=True)
        else:
            self.warn(self.draft.letter, "Better not sent yet")

    def on_unmount(self) -> None:
        """Stop checking."""
        self.checker.close()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        draw_later(self, self._show)

    @property
    def application_id(self) -> str:
        """The id of the application that the letter is about."""
        return self.composition.letter.application_id

    @property
    def is_ready(self) -> bool:
        """Whether all parts exist; results of threads can arrive while the screen is being removed."""
        return len(self.query(", ".join(f"#{part}" for part in PARTS))) == len(PARTS)

    def show_board(self, board: Board, follow: str | None) -> None:
        """Show whom it goes to and the facts again, which may have changed."""
        self.loaded = None
        with suppress(FollowupError):  # it is gone, or can't be read: the facts say why
            self.loaded = self.followup.load_summary(self.application_id).details
            self.composition = replace(self.composition, details=self.loaded)
        self.checker.check_again()
        self._show()

    def _show(self) -> None:
        if self.is_ready:
            self.show_letter()
            self.show_facts()

    def show_letter(self) -> None:
        """Show the header, whom it goes to, and the findings."""
        day, about = format_full_day(self.followup.now().date()), (self.composition.details, self.draft.letter)
        self.query_one("#header", Bar).show([spread(letter_heading(*about), day, self.size.width)])
        self.query_one("#to", Bar).show([to_row(*about)])
        self.query_one("#subject-label", Bar).show([subject_label()])
        self.findings.show()

    # Saving and checking

    async def _save_regularly(self) -> None:
        if not self.is_ready:
            return
        known = self.draft.problem
        await self.draft.save_changes()
        if self.draft.problem and self.draft.problem != known and self.is_current:
            self.tell(self.draft.problem, alert=True)

    async def _load_proof_context(self) -> ProofContext:
        app = self.followup
        sender = sender_of(app.settings)
        load = partial(app.tracker.letters.proof_context, self.draft.letter, None, sender, self.loaded)
        return await app.run_in_thread(load)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def check_soon(self) -> None:
        """Have the text checked, and warn about findings again before it is sent."""
        self.is_warned = False
        self.checker.check_soon()

    def _show_proof(self, text: EditedText, proof: Proof, is_whole: bool) -> None:
        # What is known of this text already doesn't go and come back while a slower checker looks at it.
        if self.is_ready and text == self.fields.text() and (is_whole or not self.findings.is_current):
            self.findings.update(text, proof)
            self.show_letter()
            self.show_hints()

    # Reading and writing

    @property
    def is_writing(self) -> bool:
        """Whether keys are letters now."""
        return isinstance(self.focused, Input | TextArea)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether keys are actions: not in the text."""
        return not self.is_writing

    def offered(self) -> Sequence[Action]:
        """Return the actions for the footer; those on findings only if there are some."""
        return [action for action in super().offered() if self.findings.found or action.id not in FINDING_ACTIONS]

    def dead_actions(self) -> frozenset[str]:
        """Return the actions that can do nothing in this letter: on other people, in an editor."""
        on_others = () if len(self.composition.details.contacts) > 1 else ("addressee",)
        return frozenset((*on_others, *(() if is_editor_set() else ("edit_letter",))))

    def hints(self) -> tuple[Sequence[Hint], Sequence[Hint]]:
        """Return the actions, but in the text only the keys that move out of it."""
        return (list(WRITING_HINTS), []) if self.is_writing else super().hints()

    @on(events.DescendantFocus)
    def show_hints(self) -> None:
        """Show the footer for reading or for writing."""
        self.query_one(Footer).offer(*self.hints())

    @on(LetterEditor.PasteRefused)
    def show_refusal(self, refused: LetterEditor.PasteRefused) -> None:
        """Show why something was not pasted."""
        self.tell(refused.sentence, alert=True)

    async def take_key(self, event: events.Key) -> bool:
        """Handle editing keys in the order typed while the user writes, and digits, which take a suggestion."""
        if self.focused is not None and self.is_writing:
            return await self._take_writing_key(self.focused, event)
        if event.character and event.character in DIGITS:
            self.findings.take(int(event.character) - 1)
            return True
        return await super().take_key(event)

    async def _take_writing_key(self, field: Widget, event: events.Key) -> bool:
        goes_on = event.key in ("tab", "shift+tab") or (event.key == "enter" and isinstance(field, Input))
        if not goes_on and event.key not in ("escape", "ctrl+s"):
            return await handle_editing_key(field, event.key)
        await self.fields.settle()
        self.set_focus(self.fields.next_field(field, back=event.key == "shift+tab") if goes_on else None)
        self.show_hints()
        if event.key == "ctrl+s":
            await self.run_action_id("send")
        return True

    # Flows

    async def run_letter_flow(self, flow: Callable[..., Flow]) -> None:
        """Run a flow about this letter."""
        await self.follow(_LetterFlow(self, partial(flow, letter=self.draft.letter)).start())

    async def action_leave(self) -> None:
        """Return to the parent screen; what was typed is kept as a draft."""
        is_saved = await self.draft.save(always=self.composition.is_answered)
        if self.draft.problem and not self.is_warned:
            self.is_warned = True
            self.tell(f"{self.draft.problem} Press Esc again to leave without it.", alert=True)
            return
        app = self.followup
        await app.pop_screen()
        if is_saved:
            app.tell(f"The draft to {self.composition.details.name} is kept · {app.shown('letter')} goes on")
        await self.follow(self.go_on())

    async def action_undo(self) -> None:
        """Undo the last change of this letter, and nothing else: other changes can't be seen here."""
        if self.fields.undo_typing():
            self.tell(f"The text is as it was before · {self.followup.shown('redo')} redo")
        elif self.fields.undo_step():
            self.tell("Undone")
        else:
            self.tell("There is nothing to undo in this letter.")

    async def action_redo(self) -> None:
        """Redo what was undone in the text."""
        self.tell("Written again" if self.fields.redo_typing() else "There is nothing to redo in this letter.")


class _LetterFlow(FlowRunner):
    """A flow about an open letter, whose result is recorded, or opened, on the parent screen."""

    def __init__(self, screen: LetterScreen, flow: Callable[..., Flow]) -> None:
        super().__init__(screen, flow, screen.targets())
        self._letter_screen = screen

    async def finish(self, result: FlowResult) -> DialogResult:
        """Attach files, or close the letter and then record it or open another."""
        if isinstance(result, Attach):
            await _attach(self._letter_screen, result.files)
            return True
        if not isinstance(result, Run | OpenLetter):
            return await super().finish(result)

        async def go_on(parent: ApplicationScreen) -> DialogResult:
            """Record the letter there, or open the other one."""
            if isinstance(result, Run):
                return await perform(parent, result, newest_cards(parent, self.selection.cards))
            return screen_for(result)

        return await self._letter_screen.close_and_run(go_on)

    async def save_draft(self, step: SaveDraft) -> object:
        """Save the letter together with what was typed."""
        draft = self._letter_screen.draft
        if not await draft.change(step.letter):
            raise Refused(draft.problem)
        self._letter_screen.show_letter()  # it may go to another person now
        return draft.letter


# Actions


async def _send(screen: LetterScreen) -> None:
    """Send the letter; if there are findings, only when asked twice."""
    if screen.findings.found and not screen.is_warned:
        screen.is_warned = True
        key = screen.followup.shown("send")
        screen.tell(f"Check the findings first, or press {key} again to send it as it is.", alert=True)
    elif await screen.draft.save(always=True):
        await screen.run_letter_flow(send)


async def _replace(screen: LetterScreen, flow: Callable[..., Flow]) -> None:
    """Replace the letter with another, after saving what was typed in this one."""
    if await screen.draft.save() or not screen.draft.problem:
        await screen.run_letter_flow(flow)


async def _attach(screen: LetterScreen, files: tuple[str, ...]) -> None:
    """Attach these files instead of the present ones; undo restores those."""
    before = screen.draft.letter.attachments
    if await _save_attachments(screen, files):
        screen.fields.add_undo_step(lambda: screen.run_worker(_save_attachments(screen, before)))


async def _save_attachments(screen: LetterScreen, files: tuple[str, ...]) -> bool:
    draft = screen.draft
    if not await draft.change(replace(draft.letter, attachments=files)):
        screen.tell(draft.problem, alert=True)
        return False
    screen.checker.check_again()
    screen.show_letter()
    return True


def _start_writing(screen: LetterScreen, part: str = "body") -> None:
    """Move the focus into the text, or into the subject line."""
    screen.fields.prepare_writing()
    screen.set_focus(screen.query_one(f"#{part}"), scroll_visible=False)
    screen.show_hints()


async def _open_editor(screen: LetterScreen) -> None:
    """Edit the letter in the user's editor."""
    await edit_in_editor(screen.followup, screen.draft)


async def _discard(screen: LetterScreen) -> None:
    """Close the letter and delete its draft."""
    is_saved = await screen.draft.save()
    app, letter = screen.followup, screen.draft.letter
    await app.pop_screen()
    if is_saved:
        await app.run_command(partial(app.tracker.letters.discard, letter.id), follow=letter.application_id)
    else:
        app.tell("The letter is discarded; no draft was saved.")
    await screen.follow(screen.go_on())


def _on(part: str, method: Callable[..., object], *values: object, **named: object) -> Callable[..., object]:
    """Return an action that calls a method of a part of the screen."""
    get = attrgetter(part)

    @wraps(method)
    def run(screen: LetterScreen) -> object:
        return method(get(screen), *values, **named)

    return run


LetterScreen.ACTIONS = {
    "send": _send,
    "template": partial(_replace, flow=template),
    "addressee": partial(_replace, flow=addressee),
    "attach": partial(LetterScreen.run_letter_flow, flow=attach),
    "edit_letter": _open_editor,
    "discard": _discard,
    "write": _start_writing,
    "write_subject": partial(_start_writing, part="subject"),
    "next_finding": _on("findings", FindingsPanel.move, 1),
    "previous_finding": _on("findings", FindingsPanel.move, -1),
    "take": _on("findings", FindingsPanel.take_first),
    "ignore": _on("findings", FindingsPanel.ignore),
    "page_down": _on("fields.body", LetterEditor.scroll_page_down, animate=False),
    "page_up": _on("fields.body", LetterEditor.scroll_page_up, animate=False),
    "first": _on("fields.body", LetterEditor.scroll_home, animate=False),
    "last": _on("fields.body", LetterEditor.scroll_end, animate=False),
}
