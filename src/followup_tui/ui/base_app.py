"""Base app: keeps the board current, and runs commands on a worker thread while keys are taken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, runtime_checkable
from zoneinfo import ZoneInfo

from textual.app import App
from textual.screen import Screen

from followup_tui.actions import BY_ID
from followup_tui.domain.model.errors import Conflict, FollowupError, Refused, StoreTrouble
from followup_tui.domain.views.board import Board, Sort
from followup_tui.keymap import Keymap
from followup_tui.settings import Settings
from followup_tui.tracker.clock import local_zone, now
from followup_tui.tracker.half_typed import Typing
from followup_tui.ui.widgets.text_lines import Notice, notice_of

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete

    from followup_tui.domain.rules.basket import Basket
    from followup_tui.domain.views.summary import Summary
    from followup_tui.letters.proofreader.background import BackgroundProofreader
    from followup_tui.server_address import Place
    from followup_tui.tracker.commit import CommandResult
    from followup_tui.tracker.tracker import Tracker

Result = TypeVar("Result")

PROBE_EVERY = 10
"""Looks around after which it is tried whether the database can be written again."""

_SCREENS: Mapping[str, str] = {
    "call": "followup_tui.ui.screens.single_application:CallScreen",
    "first_start": "followup_tui.ui.screens.start:FirstStartDialog",
    "coach": "followup_tui.ui.dialogs.coach_list:CoachList",
    "import": "followup_tui.ui.screens.import_screen:ImportScreen",
    "detail": "followup_tui.ui.screens.single_application:DetailScreen",
    "letter": "followup_tui.ui.screens.letter:LetterScreen",
    "review": "followup_tui.ui.screens.review:ReviewScreen",
}
"""The screens that are opened from other files, by name: they are imported when they are first opened."""


def load_screen(name: str) -> Callable[..., Screen[None]]:
    """Return the class of a screen by its name."""
    module, _, class_name = _SCREENS[name].partition(":")
    screen: Callable[..., Screen[None]] = getattr(import_module(module), class_name)
    return screen


@runtime_checkable
class BoardView(Protocol):
    """A screen that shows applications and has a line for notices."""

    CAN_WAIT: ClassVar[bool]

    def show_board(self, board: Board, follow: str | None) -> None:
        """Show a board; the cursor follows the application `follow`."""

    def show_basket(self) -> None:
        """Show how the search is spread."""

    def tell(self, sentence: str | Notice, *, alert: bool = False) -> None:
        """Show a notice."""

    def show_notice(self) -> None:
        """Show the notice, or the trouble with the database while there is none."""

    def clear_notice(self) -> None:
        """Take the notice away, so that the trouble is seen."""

    def refuse(self, sentence: str) -> None:
        """Show why nothing was done, and drop the keys that were typed ahead."""


@runtime_checkable
class MessageScreen(Protocol):
    """A dialog with a line for messages."""

    def say(self, sentence: str, *, alert: bool = False) -> None:
        """Show a message."""


def board_view(screen: Screen[Any]) -> BoardView | None:
    """Return the screen if it shows applications; None for dialogs, and while it is being opened or removed."""
    has_parts = screen.is_mounted and bool(screen.children)
    return screen if has_parts and isinstance(screen, BoardView) and not is_closing(screen.app) else None


def is_closing(app: App[Any]) -> bool:
    """Whether the app ends, so that its screens may be gone."""
    return app._exit or not app.is_running


def call_every(app: App[Any], seconds: float, callback: Callable[[], object]) -> None:
    """Call something at intervals until the app closes: the screens, and what is typed in them, go first."""
    app.set_interval(seconds, lambda: None if is_closing(app) else callback())


def _read_board(tracker: Tracker, sort: Sort) -> Board:
    """Return the board; also loads the rules and what draws the story, so that the first key needn't wait."""
    import_module("followup_tui.ui.render.application_rows")
    board = tracker.queries.board(sort)
    tracker.schedule.rules_for("")
    return board


class BaseApp(App[None]):
    """An app with a board: reads it, sees what other processes changed, and runs commands on it."""

    def __init__(
        self, place: Place, settings: Settings, keymap: Keymap, settings_place: Path, board: Board
    ) -> None:
        super().__init__()
        self.place = place
        self.settings = settings
        self.keymap = keymap
        self.is_painted = False
        self.next_command = ""  # of the shell, to go on with after this app
        self.settings_place = settings_place
        self.moment = self.now()
        self._result: CommandResult | None = None
        self.board = board
        self.basket: Basket | None = None
        self._stale, self._looks = False, 0
        self.trouble = ""  # why the database can't be written, or not be read
        self._next_turn: datetime | None = None
        self._computed_for: Board | None = None
        self._seen: Board | None = None
        self._behind: dict[BoardView, str | None] = {}
        self.typing = Typing()

    def note_trouble(self, sentence: str) -> None:
        """Say on every screen what keeps the database from being written, until it is over."""
        if sentence != self.trouble:
            self.trouble = sentence
            for screen in self.screen_stack:
                if view := board_view(screen):
                    (view.clear_notice if sentence else view.show_notice)()

    @cached_property
    def _writing(self) -> ThreadPoolExecutor:
        """The one thread in which everything that may take a while happens, one after the other."""
        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="writing")

    async def run_in_thread(self, work: Callable[[], Result]) -> Result:
        """Run something that may take a while on the writing thread, and return what it returns."""
        return await asyncio.get_running_loop().run_in_executor(self._writing, work)

    async def open_dialog(self, dialog: Screen[None]) -> None:
        """Open a dialog and wait until it takes keys, so that none typed ahead is lost."""
        await self.push_screen(dialog)
        dialog.set_focus(dialog.focus_chain[0] if dialog.focus_chain else None)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The user's zone."""
        return local_zone()

    def shown(self, id: str) -> str:
        """The user's key for an action, as people write it."""
        return self.keymap.shown(BY_ID[id])

    @cached_property
    def proofreader(self) -> BackgroundProofreader:
        """The proofreader, whose process starts with the first letter."""
        # Not at the top: the first paint goes without it.
        from followup_tui.letters.proofreader.background import start_proofreader

        return start_proofreader(with_grammar=self.settings.grammar)

    def handle_signals(self) -> None:
        """Take over the signals that end the program, also after another program had them."""
        raise NotImplementedError

    @cached_property
    def tracker(self) -> Tracker:
        """The tracker; loaded on first use, since the first paint needs none."""
        from followup_tui.tracker.tracker import Tracker  # Not at the top: the first paint goes without it.

        return Tracker(self.place, settings_place=self.settings_place, zone=self.zone)

    def now(self) -> datetime:
        """Read the clock, in the user's zone; `moment` keeps what was read last, half a second ago at most."""
        self.moment = now().astimezone(self.zone)
        return self.moment

    def display_time(self) -> datetime:
        """The moment that screens are drawn for: that of the command whose result is being shown, else now."""
        return self.now() if self._result is None else self._result.at.astimezone(self.zone)

    def load_summary(self, id: str) -> Summary:
        """Return an application with what comes next, read only if the result being shown lacks it.

        Raises `FollowupError` if it can't be read.
        """
        shown = self._result.summaries if self._result is not None else ()
        if found := next((one for one in shown if one.details.application.id == id), None):
            return found
        return self.tracker.queries.summary(id, self.display_time())

    # What others change, and what time does

    async def _look_around(self) -> None:
        self._looks = (self._looks + 1) % PROBE_EVERY
        try:
            if self.trouble and not self._looks:
                await self.run_in_thread(self.tracker.probe)
                self.note_trouble("")
                self._stale = True  # so that it is read again
            await self._see_changes()
        except StoreTrouble as error:
            self.note_trouble(error.sentence)

    async def _see_changes(self) -> None:
        if await self.run_in_thread(self.tracker.queries.changed_elsewhere) or self._stale or self._has_turned():
            await self.reload()
        if self.board is not self._computed_for and self.board is self._seen:  # not between two verbs in a row
            self.recompute()
        self._seen = self.board

    def _has_turned(self) -> bool:
        """Whether another day has begun, or an application asks for something else by now."""
        now = self.now()
        return self.board.today != now.date() or (self._next_turn is not None and self._next_turn <= now)

    def recompute(self) -> None:
        """Compute in the background what depends on all applications: the basket and the next turn."""
        self._computed_for = self.board
        self.run_worker(self._recompute_in_thread(), name="recompute", group="recompute", exclusive=True)

    async def _recompute_in_thread(self) -> None:
        tracker, cards = self.tracker, self.board.cards.values()
        try:
            self.basket, self._next_turn = await self.run_in_thread(
                lambda: (tracker.queries.basket(cards), tracker.queries.next_change_at())
            )
        except FollowupError as error:
            self.tell(error.sentence, alert=True)
        _show_basket(self)

    async def reload(self) -> None:
        """Show what is on disk now."""
        self._stale, self._next_turn = False, None
        try:
            self.board = await self.run_in_thread(partial(_read_board, self.tracker, self.board.sort))
        except StoreTrouble as error:
            self.note_trouble(error.sentence)
        except FollowupError as error:
            self.tell(error.sentence, alert=True)
        self.show_everywhere(None)

    # Verbs

    async def run_command(
        self,
        verb: Callable[[], CommandResult],
        *,
        follow: str | None = None,
        hint: str = "undo",
        remark: str = "",
        kept: str = "",
    ) -> CommandResult | None:
        """Run a command on the writing thread and show its result; None if it is refused.

        A refusal that takes a reason is let through; any other one also says where the typed text is `kept`.
        """
        try:
            done = await self.run_in_thread(partial(self.done_and_known, verb))
        except FollowupError as error:
            if isinstance(error, Refused) and error.takes_reason:
                raise
            if isinstance(error, Conflict):
                await self.reload()
            refuse_for(self, error, kept)
            return None
        self.note_trouble("")
        await _apply_with_basket(self, done, follow)
        self.tell(notice_of(done, remark, f"{self.shown(hint)} {hint}" if done.change.edits else ""))
        return done

    def apply(self, result: CommandResult, follow: str | None) -> None:
        """Show what a command did on every screen, from its result alone: its cards, details and moment.

        The cursor follows the application `follow`, the first one that was touched by default.
        """
        self.board = self.board.with_changes((*result.cards, *result.related), result.gone)
        if (follow is None or follow in result.gone) and result.cards:
            follow = result.cards[0].id
        self._result = result
        try:
            self.show_everywhere(follow)
        finally:
            self._result = None

    async def write(self, work: Callable[[], object]) -> bool:
        """Write on the writing thread what is no change, and so can't be undone; whether it went well."""
        try:
            await self.run_in_thread(partial(self.done_and_known, work))
        except FollowupError as error:
            refuse_for(self, error)
            return False
        return True

    def done_and_known(self, work: Callable[[], Result]) -> Result:
        """Write something, and remember it as our own change: it is no reason to read the board again."""
        self._stale = self.tracker.queries.changed_elsewhere() or self._stale
        done = work()
        with suppress(FollowupError):  # what was done is saved; the next look around says what is wrong
            self.tracker.queries.changed_elsewhere()
        return done

    def show_everywhere(self, follow: str | None) -> None:
        """Show the board on every screen, the cursor on `follow`; one that isn't seen and can wait does so."""
        is_covered = False
        for screen in reversed(self.screen_stack):
            if view := board_view(screen):
                if is_covered and view.CAN_WAIT:
                    self._behind[view] = follow
                else:
                    view.show_board(self.board, follow)
                is_covered = True

    def pop_screen(self) -> AwaitComplete:
        """Close the topmost screen; the one below shows what it has missed before it takes a key."""
        gone = super().pop_screen()
        if (view := board_view(self.screen)) and view in self._behind:
            view.show_board(self.board, self._behind.pop(view))
        return gone

    async def run_action(self, *how: Any, **named: Any) -> bool:
        """As Textual does it; what can't be read meanwhile is told, and the screen stays with what is typed."""
        try:
            return await super().run_action(*how, **named)
        except FollowupError as error:
            refuse_for(self, error)
            return True

    def refuse(self, sentence: str) -> None:
        """Say why nothing was carried out: in the dialog that asked, else on the topmost screen with a notice."""
        if view := board_view(self.screen):
            view.refuse(sentence)
        else:
            self.tell(sentence, alert=True)

    def tell(self, sentence: str | Notice, *, alert: bool = False) -> None:
        """One line above the footer of the topmost screen that has one; an alert may stand in a dialog."""
        for screen in reversed(self.screen_stack):
            if alert and isinstance(screen, MessageScreen) and isinstance(sentence, str):
                screen.say(sentence, alert=True)
                return
            if view := board_view(screen):
                view.tell(sentence, alert=alert)
                return


async def _apply_with_basket(app: BaseApp, result: CommandResult, follow: str | None) -> None:
    """Show what a command did; where it changes how many are active, the basket changes in the same paint."""
    board, basket = app.board.with_changes((*result.cards, *result.related), result.gone), app.basket
    if basket is not None and (board.live, board.applied) != (basket.live, basket.applied):
        with suppress(FollowupError):  # what was done is saved and shown; the basket is computed again later
            app.basket = await app.run_in_thread(partial(app.tracker.queries.basket, board.cards.values()))
    app.apply(result, follow)
    if app.basket is not basket:
        _show_basket(app)


def _show_basket(app: BaseApp) -> None:
    for screen in app.screen_stack:
        if view := board_view(screen):
            view.show_basket()


def refuse_for(app: BaseApp, error: FollowupError, kept: str = "") -> None:
    """Say why nothing was carried out and where typed text is `kept`; of the database, until it is over."""
    if isinstance(error, StoreTrouble):
        app.note_trouble(error.sentence)
    app.refuse(f"{sentence_of(app, error)} {kept}".strip())


def sentence_of(app: BaseApp, error: FollowupError) -> str:
    """What is wrong, with the user's keys for what to do about it: "… as a reply. (i Interview, a Answered)"."""
    ways = error.ways if isinstance(error, Refused) else ()
    keys = ", ".join(f"{app.shown(id)} {BY_ID[id].label}" for id in ways)
    return f"{error.sentence} ({keys})" if keys else error.sentence
