"""Screens about one application, opened from another screen on which their commands run: all that is known about
it, and the call, with what to say and keys for how it went."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen

from followup_tui.actions import BY_ID, Action, Place
from followup_tui.domain.format import format_full_day
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.touch import LetterKind
from followup_tui.domain.views.board import Board
from followup_tui.domain.views.card import Card
from followup_tui.flows.letter import call_result, other_script
from followup_tui.flows.question import Command, FlowResult, OpenCall, Selection, flow_of
from followup_tui.tracker.composition import Composition
from followup_tui.ui.dialogs.dialog import DialogResult, ScrolledText, open_next
from followup_tui.ui.dialogs.flow_runner import FlowRunner, newest_cards, perform, screen_for, start_flow
from followup_tui.ui.render.application_rows import detail_columns, detail_rows, pane_rows
from followup_tui.ui.render.letter import letter_rows, script_rows
from followup_tui.ui.rows.pieces import Row, offered_for, spread
from followup_tui.ui.screens.application_screen import APPLICATION_ACTIONS, ApplicationScreen
from followup_tui.ui.widgets.text_lines import Bar, Footer, NoticeBar, draw_later

if TYPE_CHECKING:
    from followup_tui.domain.model.details import ApplicationDetails
    from followup_tui.domain.model.touch import Letter
    from followup_tui.tracker.commit import CommandResult

FollowedBy = Callable[[], Awaitable[DialogResult]]
"""What goes on once a screen is closed: it returns what is to be opened next."""
END = 1_000_000
"""More rows than a text has: scrolls to its last one."""


class Scrolling(ApplicationScreen):
    """Scrolls the texts that `SCROLLED` selects, by screenfuls of the first."""

    SCROLLED: ClassVar[str] = "#text"

    def scroll_rows(self, by: int) -> None:
        """Scroll by so many rows."""
        for column in self.query(self.SCROLLED).results(ScrolledText):
            column.step(by)

    def _screenful(self) -> int:
        return max(1, self.query(self.SCROLLED).first(ScrolledText).size.height - 1)

    def action_page_down(self) -> None:
        """Scroll down by a screenful."""
        self.scroll_rows(self._screenful())

    def action_page_up(self) -> None:
        """Scroll up by a screenful."""
        self.scroll_rows(-self._screenful())

    def action_first(self) -> None:
        """Scroll to the top."""
        self.scroll_rows(-END)

    def action_last(self) -> None:
        """Scroll to the end."""
        self.scroll_rows(END)


def beside_heading(screen: Scrolling) -> str:
    """What stands at the right of a heading: the key for more below, else the day."""
    is_more = any(column.more for column in screen.query(ScrolledText) if column.size.width)
    app = screen.followup
    if is_more and (key := app.shown("page_down")):
        return f"{key} more"
    return format_full_day(app.display_time().date())


class SingleApplicationScreen(ApplicationScreen):
    """A screen about one application."""

    def __init__(self, loaded: ApplicationDetails | None = None, followed_by: FollowedBy | None = None) -> None:
        """`loaded` are the details of the application if they have just been read; see `go_on` for the other."""
        super().__init__()
        self.loaded = loaded
        self.followed_by = followed_by

    @property
    def application_id(self) -> str:
        """The id of the application."""
        raise NotImplementedError

    @property
    def parent_screen(self) -> ApplicationScreen | None:
        """The screen from which this one was opened."""
        stack = self.app.screen_stack
        screen = stack[stack.index(self) - 1]
        return screen if isinstance(screen, ApplicationScreen) else None

    def targets(self) -> Sequence[Card]:
        """Return the card of the application."""
        card = self.followup.board.cards.get(self.application_id)
        return [card] if card is not None else []

    def deciding(self, ids: Sequence[str], command: Callable[[], CommandResult]) -> Callable[[], CommandResult]:
        """Return the command as the parent screen runs it: from the review, it is the review's decision."""
        parent = self.parent_screen
        return parent.deciding(ids, command) if parent is not None else command

    def taking_back(self) -> Callable[[], CommandResult]:
        """Return the undo of the parent screen."""
        parent = self.parent_screen
        return parent.taking_back() if parent is not None else super().taking_back()

    def show_facts(self) -> None:
        """Show what is known about the application, if the screen is wide enough for it.

        The details are read unless they are loaded; set `loaded` to None after a change.
        """
        facts = self.query_one("#facts", ScrolledText)
        if not facts.size.width:
            return
        tracker, now = self.followup.tracker, self.followup.now()
        try:
            self.loaded = details = self.loaded or tracker.queries.details(self.application_id)
            summary = tracker.queries.summary_of(details, now)
        except FollowupError as error:
            facts.fill([((f" {error.sentence}", "alert"),)])
        else:
            facts.fill(pane_rows(summary, facts.size.width))

    def warn(self, letter: Letter, lead: str) -> None:
        """Show what the guard says against a letter or a call now, before the user begins."""
        try:
            verdict = self.followup.tracker.letters.may_send(letter, self.loaded)
        except FollowupError as error:
            self.tell(error.sentence, alert=True)
        else:
            if not verdict.allowed:
                self.tell(f"{lead}: {verdict.why}", alert=True)

    async def close_and_run(self, then: Callable[[ApplicationScreen], Awaitable[DialogResult]]) -> DialogResult:
        """Return to the parent screen and run something there, so that its notice is seen."""
        parent = self.parent_screen
        while self.is_attached and self in self.app.screen_stack:
            await self.followup.pop_screen()
        outcome = await then(parent) if parent is not None else False
        return await self.go_on(outcome)

    async def go_on(self, outcome: DialogResult = True) -> DialogResult:
        """Return what is next now that this screen is closed: what came of it, else what it is followed by.

        A screen that takes the place of this one is followed by the same.
        """
        if isinstance(outcome, SingleApplicationScreen):
            outcome.followed_by = self.followed_by
        elif not isinstance(outcome, Screen) and self.followed_by is not None:
            return await self.followed_by()
        return outcome

    async def follow(self, result: Awaitable[DialogResult]) -> None:
        """Open the dialog or the screen that a result leads to."""
        await open_next(self.followup, await result)

    async def action_leave(self) -> None:
        """Return to the parent screen."""
        await self.followup.pop_screen()
        await self.follow(self.go_on())

    async def action_quit(self) -> None:
        """Leave, as Esc does."""
        await self.run_action_id("leave")


class DetailScreen(SingleApplicationScreen, Scrolling):
    """One application: where it stands, people, rounds, history, notes."""

    PLACE = Place.DETAIL
    ACTIONS = APPLICATION_ACTIONS
    CSS_PATH = "detail.tcss"
    SCROLLED = "#text, #beside"
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (100, "-wide")]

    def __init__(self, id: str) -> None:
        super().__init__()
        self._application_id = id
        self._named: Row = ()

    def compose(self) -> ComposeResult:
        """Header, text, notice and footer."""
        yield Bar(id="header")
        with Horizontal(id="columns"):
            yield ScrolledText(id="text")
            yield ScrolledText(id="beside")
        yield NoticeBar(id="notice")
        yield self.make_footer()

    def on_mount(self) -> None:
        """Show it as soon as there is a width."""
        draw_later(self, self._show)

    def on_resize(self) -> None:
        """Wrap to the new width."""
        draw_later(self, self._show)

    def _show(self) -> None:
        text = self.query_one("#text", ScrolledText)
        now = self.followup.display_time()
        tracker, id = self.followup.tracker, self._application_id
        try:
            summary, letters = self.followup.load_summary(id), tracker.letters.of(id)
        except FollowupError as error:
            text.fill([((f" {error.sentence}", "alert"),)])
            return
        application = summary.details.application
        self._named = ((f" {application.company}", "strong"), (f" · #{application.number}", "dim"))
        self.query_one(Footer).offer(*self.hints())
        beside = self.query_one("#beside", ScrolledText)
        width, side = text.size.width, beside.size.width
        if side:
            left, right = detail_columns(summary, width, side)
            text.fill(left)
            beside.fill([*right, *letter_rows(letters, summary.details, now, side)])
        else:
            text.fill([*detail_rows(summary, width), *letter_rows(letters, summary.details, now, width)])
        self.show_header()

    @on(ScrolledText.Moved)
    def show_header(self) -> None:
        """Which application it is, and whether there is more below."""
        self.query_one("#header", Bar).show([spread(self._named, beside_heading(self), self.size.width)])

    def offered(self) -> Sequence[Action]:
        """The footer's actions, first what the application asks for."""
        card = self.followup.board.cards.get(self._application_id)
        return [BY_ID[id] for id in offered_for(card, self.PLACE, self.followup.display_time().date())]

    @property
    def application_id(self) -> str:
        """The application that is open."""
        return self._application_id

    def show_board(self, board: Board, follow: str | None = None) -> None:
        """Show what has changed about it."""
        self._show()

    async def perform(self, command: Command, cards: Sequence[Card], **how: Any) -> DialogResult:
        """Run a command as anywhere; go back once it has taken the application away."""
        outcome = await super().perform(command, cards, **how)
        if self._application_id not in self.followup.board.cards:
            self._leave()
        return outcome

    def _leave(self) -> None:
        """Go back, with the notice of how it went."""
        if self.is_current:
            sentence, is_alert = self.told
            self.app.pop_screen()
            self.followup.tell(sentence, alert=is_alert)

    def action_down(self) -> None:
        """A line down."""
        self.scroll_rows(1)

    def action_up(self) -> None:
        """A line up."""
        self.scroll_rows(-1)


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
