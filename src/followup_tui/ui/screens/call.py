"""On the phone: the number, what to say, what to say after the beep, and how it went."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal

from followup_tui.actions import Place
from followup_tui.domain.commands.letters import addressee
from followup_tui.domain.model.letter import LetterKind
from followup_tui.domain.views.board import Board
from followup_tui.flows import flow_of
from followup_tui.flows.letter import call_result, other_script
from followup_tui.flows.question import FlowResult, OpenCall
from followup_tui.flows.selection import Selection
from followup_tui.tracker.letters import Composition
from followup_tui.ui.dialogs.dialog import DialogResult
from followup_tui.ui.dialogs.flow_runner import FlowRunner, perform, screen_for, start_flow
from followup_tui.ui.dialogs.text_viewer import ScrolledText
from followup_tui.ui.screens.application_screen import ApplicationScreen
from followup_tui.ui.screens.single_application import Scrolling, SingleApplicationScreen
from followup_tui.ui.widgets.bars import Bar, NoticeBar, spread
from followup_tui.ui.widgets.text_lines import Row, wrap

LINES = 200
"""Lines that one paragraph may take."""


class CallScreen(SingleApplicationScreen, Scrolling):
    """A script to read from; one key says how the call went, records it, and asks what they said."""

    PLACE = Place.CALL
    CSS_PATH = "call.tcss"
    SCROLLED = "#script"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (120, "-wide")]

    def __init__(self, composition: Composition, *, is_ringing: bool = False) -> None:
        super().__init__()
        self._composition = composition
        # A voicemail that one begins with belongs to a call that was recorded before.
        self._rang_before = composition.letter.kind is LetterKind.VOICEMAIL and not is_ringing
        self._cards = list(self.targets())

    def compose(self) -> ComposeResult:
        """Header, whom to call, the script, the facts beside it, notice and footer."""
        yield Bar(id="header")
        with Horizontal(id="desk"):
            yield ScrolledText(id="script")
            yield ScrolledText(id="facts")
        yield NoticeBar(id="notice")
        yield self.make_footer()

    def on_mount(self) -> None:
        """Show it as soon as there is a width, and what the guard says."""
        self.call_after_refresh(self._show)
        self.call_after_refresh(self.warn, self._composition.letter, "Better not now")
        if self._is_after_beep:
            self.discard_typed_ahead()  # the key that led here, pressed twice, must not record what wasn't said

    def on_resize(self) -> None:
        """Wrap to the new width."""
        super().on_resize()
        self.call_after_refresh(self._show)

    async def action_leave(self) -> None:
        """Back to where one came from; from what to say after the beep back to what to say on the phone."""
        if self._is_after_beep and not self._rang_before:
            await self._turn_to(LetterKind.CALL)
        else:
            await super().action_leave()

    async def _turn_to(self, kind: LetterKind) -> None:
        """Show the other script; on the phone one is already, and was asked for the number."""
        letter = self._composition.letter
        await self.follow(_CallFlow(self, partial(other_script, letter=letter, kind=kind), self._cards).start())

    @property
    def _is_after_beep(self) -> bool:
        return self._composition.letter.kind is LetterKind.VOICEMAIL

    @property
    def application_id(self) -> str:
        """The application that the call is about."""
        return self._composition.letter.application_id

    def show_board(self, board: Board, follow: str | None) -> None:
        """The facts may have changed."""
        self._show()

    def _show(self) -> None:
        if not self.is_attached:
            return
        script = self.query_one("#script", ScrolledText)
        details = self._composition.details
        what = "voicemail" if self._is_after_beep else "call"
        named = ((f" {details.application.company}", "strong"), (f" · {what}", "text"))
        self.query_one("#header", Bar).show([spread(named, details.application.role, self.size.width)])
        script.fill([*self._whom(script.size.width), *self._said(script.size.width)])
        self.show_facts()

    def _whom(self, width: int) -> list[Row]:
        person = addressee(self._composition.details, self._composition.letter)
        if person and person.phone and person.phone in self._composition.letter.body:
            return []
        name = (person.name or person.email) if person else "whoever answers"
        number = person.phone if person else ""
        told = f"{name}{f', {person.title}' if person and person.title else ''}"
        rows: list[Row] = [((f" {line}", "text"),) for line in wrap(told, max(8, width - 2), 2)]
        rows.append(((f" {number}", "strong"),) if number else ((" No number is known.", "alert"),))
        return [*rows, ()]

    def _said(self, width: int) -> list[Row]:
        lines = ["", *self._composition.letter.body.split("\n"), ""]
        room = max(8, width - 2)
        rows: list[Row] = []
        for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
            style = "heading" if line[:1].isalpha() and after and not before else "text"
            style = "strong" if "Dial:" in line else style
            rows += [((f" {part}", style),) for part in wrap(line, room, LINES) or ("",)]
        if self._is_after_beep:
            key = self.followup.shown("voicemail")
            rows += [(), ((f" {key} once you have left it: that is recorded then.", "dim"),)]
        return rows

    # How it went

    async def action_spoke(self) -> None:
        """You spoke: record it, then ask what they said."""
        await self._record("spoke")

    async def action_no_answer(self) -> None:
        """Nobody answered, and no message was left."""
        await self._record("no_answer")

    async def action_voicemail(self) -> None:
        """Nobody answers: show what to say after the beep; from there, record that it was left."""
        if self._is_after_beep:
            await self._record("voicemail")
        else:
            await self._turn_to(LetterKind.VOICEMAIL)

    async def _record(self, way: str) -> None:
        app = self.followup
        selection = Selection(self._cards, app.tracker, app.now(), app.zone)
        opened = OpenCall(composition=self._composition, is_ringing=not self._rang_before)
        run = call_result(selection, opened, way)

        async def record(beneath: ApplicationScreen) -> DialogResult:
            outcome = await perform(beneath, run, self._cards)
            if outcome is True and way == "spoke":
                return await start_flow(beneath, flow_of("answer"), self._cards)
            return outcome

        await self.follow(self.close_and_run(record))


class _CallFlow(FlowRunner):
    """A flow that opens another script in the place of this one."""

    async def finish(self, result: FlowResult) -> DialogResult:
        """Close the call screen, then open the other."""
        screen = self.screen
        if not isinstance(result, OpenCall) or not isinstance(screen, CallScreen):
            return await super().finish(result)

        async def open_call(beneath: ApplicationScreen) -> DialogResult:
            return screen_for(result)

        return await screen.close_and_run(open_call)
