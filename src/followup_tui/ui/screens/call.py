"""The call screen: the number, what to say on the phone or after the beep, and keys for how the call went."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal

from followup_tui.actions import Place
from followup_tui.domain.model.touch import LetterKind
from followup_tui.domain.views.board import Board
from followup_tui.flows import flow_of
from followup_tui.flows.letter import call_result, other_script
from followup_tui.flows.question import FlowResult, OpenCall, Selection
from followup_tui.tracker.composition import Composition
from followup_tui.ui.dialogs.dialog import DialogResult
from followup_tui.ui.dialogs.flow_runner import FlowRunner, newest_cards, perform, screen_for, start_flow
from followup_tui.ui.dialogs.text_viewer import ScrolledText
from followup_tui.ui.drawing import draw_later
from followup_tui.ui.render.letter import script_rows
from followup_tui.ui.rows.bar_rows import spread
from followup_tui.ui.screens.application_screen import ApplicationScreen
from followup_tui.ui.screens.single_application import Scrolling, SingleApplicationScreen
from followup_tui.ui.widgets.bars import Bar, NoticeBar


class CallScreen(SingleApplicationScreen, Scrolling):
    """A script to read aloud; one key records how the call went and asks what they said."""

    PLACE = Place.CALL
    CSS_PATH = "call.tcss"
    SCROLLED = "#script"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (120, "-wide")]

    def __init__(self, composition: Composition, *, is_ringing: bool = False) -> None:
        super().__init__(composition.details)
        self._composition = composition
        # A voicemail script that is opened first belongs to a call that was recorded before.
        self._is_call_recorded = composition.letter.kind is LetterKind.VOICEMAIL and not is_ringing
        self._cards = list(self.targets())

    def compose(self) -> ComposeResult:
        """Yield the header, the script, the facts beside it, the notice and the footer."""
        yield Bar(id="header")
        with Horizontal(id="columns"):
            yield ScrolledText(id="script")
            yield ScrolledText(id="facts")
        yield NoticeBar(id="notice")
        yield self.make_footer()

    def on_mount(self) -> None:
        """Show the script once there is a width, and what the guard says against the call."""
        draw_later(self, self._show)
        draw_later(self, partial(self.warn, self._composition.letter, "Better not yet"))
        if self._is_voicemail:
            self.discard_typed_ahead()  # the key that led here, pressed twice, must not record what wasn't said

    def on_resize(self) -> None:
        """Wrap to the new width."""
        super().on_resize()
        draw_later(self, self._show)

    async def action_leave(self) -> None:
        """Return to the parent screen; from the voicemail script to the script of the call."""
        if self._is_voicemail and not self._is_call_recorded:
            await self._open_script(LetterKind.CALL)
        else:
            await super().action_leave()

    async def _open_script(self, kind: LetterKind) -> None:
        """Replace this script with the one of another kind."""
        letter = self._composition.letter
        await self.follow(_CallFlow(self, partial(other_script, letter=letter, kind=kind), self._cards).start())

    @property
    def _is_voicemail(self) -> bool:
        return self._composition.letter.kind is LetterKind.VOICEMAIL

    @property
    def application_id(self) -> str:
        """The id of the application that the call is about."""
        return self._composition.letter.application_id

    def show_board(self, board: Board, follow: str | None) -> None:
        """Show the facts again, which may have changed."""
        self.loaded = None
        self._show()

    def _show(self) -> None:
        if not self.is_attached:
            return
        script = self.query_one("#script", ScrolledText)
        details = self._composition.details
        what = "voicemail" if self._is_voicemail else "call"
        named = ((f" {details.application.company}", "strong"), (f" · {what}", "text"))
        self.query_one("#header", Bar).show([spread(named, details.application.role, self.size.width)])
        rows = script_rows(self._composition.letter, details, script.size.width)
        if self._is_voicemail:
            key = self.followup.shown("voicemail")
            rows += [(), ((f" Press {key} once you've left it, to record it.", "dim"),)]
        script.fill(rows)
        self.show_facts()

    # The result of the call

    async def action_spoke(self) -> None:
        """Record that you spoke, then ask what they said."""
        await self._record("spoke")

    async def action_no_answer(self) -> None:
        """Record that nobody answered and no message was left."""
        await self._record("no_answer")

    async def action_voicemail(self) -> None:
        """Open the voicemail script; on that script, record that the message was left."""
        if self._is_voicemail:
            await self._record("voicemail")
        else:
            await self._open_script(LetterKind.VOICEMAIL)

    async def _record(self, way: str) -> None:
        app = self.followup
        selection = Selection(self._cards, app.tracker, app.now(), app.zone)
        opened = OpenCall(composition=self._composition, is_ringing=not self._is_call_recorded)
        run = call_result(selection, opened, way)

        async def record(parent: ApplicationScreen) -> DialogResult:
            outcome = await perform(parent, run, newest_cards(parent, self._cards))
            if outcome is True and way == "spoke":
                return await start_flow(parent, flow_of("answer"), newest_cards(parent, self._cards))
            return outcome

        await self.follow(self.close_and_run(record))


class _CallFlow(FlowRunner):
    """A flow about an open call, which opens another script in its place."""

    async def finish(self, result: FlowResult) -> DialogResult:
        """Close the call screen, then open the other."""
        screen = self.screen
        if not isinstance(result, OpenCall) or not isinstance(screen, CallScreen):
            return await super().finish(result)

        async def open_call(parent: ApplicationScreen) -> DialogResult:
            return screen_for(result)

        return await screen.close_and_run(open_call)
