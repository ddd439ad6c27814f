"""The app: one tracker, one board, the stack of screens, and the terminal's safety."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from followup_tui.domain.board import Board, Sort
from followup_tui.domain.errors import Conflict, FollowupError
from followup_tui.places import settings_file
from followup_tui.settings import Settings
from followup_tui.tracker.clock import local_zone, now
from followup_tui.tracker.glance import glance
from followup_tui.ui.filters import PlainAscii, SafeText
from followup_tui.ui.keys import BY_ID, Action, Keymap
from followup_tui.ui.notices import Notice, notice_of
from followup_tui.ui.screens.board import BoardScreen
from followup_tui.ui.screens.dialog import Dialog
from followup_tui.ui.screens.verbs import VerbScreen
from followup_tui.ui.theme import THEMES

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from textual.worker import Worker

    from followup_tui.domain.basket import Basket
    from followup_tui.tracker.outcome import Done
    from followup_tui.tracker.tracker import Tracker

Result = TypeVar("Result")

LOOK_AROUND = 1.0
"""Seconds between two looks at whether the file was changed by another hand (a look takes microseconds)."""

GRACE = 2.0
"""Seconds that an ordered end may take after a signal."""


class FollowupApp(App[None]):
    """The full-screen program."""

    CSS_PATH = ["app.tcss", "screens/board.tcss"]  # Textual reads a first screen's own CSS_PATH too late
    TITLE = "followup"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        place: Path,
        settings: Settings,
        keymap: Keymap,
        problems: Sequence[str] = (),
        settings_place: Path | None = None,
        start: str = "",
    ) -> None:
        super().__init__()
        self.place = place
        self._start = start  # the action to begin with, once the whole board has been read
        self.settings_place = settings_place or settings_file(None)
        self.settings = settings
        self.keymap = keymap
        self.problems = tuple(problems)
        self.fault: BaseException | None = None
        self.board: Board = glance(place, Sort(settings.sort), self.now(), self.zone, self.settings_place)
        self.is_painted = False
        self._stale = False
        self._whole: Worker[None] | None = None
        self.basket: Basket | None = None
        self._next_turn: datetime | None = None
        self._reckoned: Board | None = None
        self._seen: Board | None = None
        self._safe: list[LineFilter] = [SafeText(), *([PlainAscii()] if settings.ascii else [])]
        for theme in THEMES:
            self.register_theme(theme)
        # Set without its watcher, which would read all style sheets a second time before the first paint.
        self.set_reactive(App.theme, settings.theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for this platform; on Linux and macOS one that survives odd bytes."""
        driver = super().get_driver_class()
        if driver.__name__ == "LinuxDriver":
            from followup_tui.ui.terminal import SafeDriver

            return SafeDriver
        return driver

    def get_default_screen(self) -> Screen[Any]:
        """The board."""
        return BoardScreen()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line of every widget passes the way out."""
        return [*super().get_line_filters(), *self._safe]

    @cached_property
    def tracker(self) -> Tracker:
        """The verbs; loaded on first use, since the first paint needs none."""
        from followup_tui.tracker.tracker import Tracker

        return Tracker(self.place, settings_place=self.settings_place, zone=self.zone)

    @cached_property
    def _writing(self) -> ThreadPoolExecutor:
        """The one thread in which everything that may take a while happens, one after the other."""
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="writing")

    @cached_property
    def zone(self) -> ZoneInfo:
        """The user's zone."""
        return local_zone()

    def now(self) -> datetime:
        """The moment it is, in the user's zone."""
        return now().astimezone(self.zone)

    @property
    def help_action(self) -> Action:
        """The action whose key the footer ends with."""
        return BY_ID["help"]

    def shown(self, id: str) -> str:
        """The user's key for an action, as people write it."""
        return self.keymap.shown(BY_ID[id])

    # Start and end

    def on_mount(self) -> None:
        """Heed the signals, and go on with what the first paint did not wait for."""
        self.call_after_refresh(self._after_first_paint)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.end, 128 + number)

    def end(self, exit_code: int) -> None:
        """Leave the terminal as it was; what was acknowledged is on disk already."""
        self.exit(return_code=exit_code)
        _end_for_sure(exit_code)

    def _fatal_error(self) -> None:
        """Instead of Textual's report, which prints every local variable: remember the error and close."""
        self.fault = self.fault or sys.exc_info()[1] or self._exception  # what fails while closing is its echo
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        """Close, likewise without printing."""
        self._return_code = 1
        self._fatal_error()

    def _after_first_paint(self) -> None:
        self.is_painted = True
        self._whole = self.run_worker(self._read_whole(), name="read")
        self.set_interval(LOOK_AROUND, self._look_around)
        if self.problems:
            self.tell(_first_of(self.problems), alert=True)

    async def _read_whole(self) -> None:
        """Read what the first glance left out, then load what writing needs: half a second of imports."""
        await self.reload()
        if self._start:
            await self.screen.run_action(self._start)
        self._reckon()
        gc.enable()
        gc.freeze()  # all that was loaded stays: the collector need not walk it between two keys
        self.run_worker(self._prepare, thread=True, name="prepare")

    def _prepare(self) -> None:
        try:
            self.tracker.prepare()
        except FollowupError as error:
            self.call_from_thread(self.tell, error.sentence, alert=True)

    async def _look_around(self) -> None:
        if await self._aside(self.tracker.changed_elsewhere) or self._stale or self._has_turned():
            await self.reload()
        if self.board is not self._reckoned and self.board is self._seen:  # not between two verbs in a row
            self._reckon()
        self._seen = self.board

    def _has_turned(self) -> bool:
        """Whether another day has begun, or an application asks for something else by now."""
        now = self.now()
        return self.board.today != now.date() or (self._next_turn is not None and self._next_turn <= now)

    def _reckon(self) -> None:
        """Find out, behind the keys, what depends on all applications of this board."""
        self._reckoned = self.board
        self.run_worker(self._reckon_aside(), name="reckon", group="reckon", exclusive=True)

    async def _reckon_aside(self) -> None:
        tracker, cards = self.tracker, self.board.cards.values()
        try:
            self.basket, self._next_turn = await self._aside(lambda: (tracker.basket(cards), tracker.next_turn()))
        except FollowupError as error:
            self.tell(error.sentence, alert=True)
        for screen in self.screen_stack:
            if isinstance(screen, BoardScreen):
                screen.show_basket()

    async def reload(self) -> None:
        """Show what is on disk now."""
        sort = self.board.sort
        self._stale, self._next_turn = False, None
        try:
            self.board = await self._aside(partial(self._read_aside, sort))
        except FollowupError as error:
            self.tell(error.sentence, alert=True)
        self._show_everywhere(None)

    def _read_aside(self, sort: Sort) -> Board:
        """The board, and the rules and the words by which its first story is told: all of it takes a while."""
        import followup_tui.ui.telling  # noqa: F401

        board = self.tracker.board(sort)
        self.tracker.outlooks.book("")
        return board

    async def _aside(self, work: Callable[[], Result]) -> Result:
        """Do something that may take a while in the writing thread."""
        return await asyncio.get_running_loop().run_in_executor(self._writing, work)

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Keys for a filter that is being typed go there at once, in the order in which they came."""
        if isinstance(event, events.Key):
            if self._whole is not None and not self._whole.is_finished:
                await self._whole.wait()
            screen = self.screen
            if isinstance(screen, BoardScreen | Dialog) and await screen.take_key(event):
                return
        await super().on_event(event)

    async def open_dialog(self, dialog: Screen[None]) -> None:
        """Open a dialog and wait until it takes keys, so that none typed ahead is lost."""
        await self.push_screen(dialog)
        first = dialog.focus_chain[0] if dialog.focus_chain else None
        dialog.set_focus(first)

    def action_help_quit(self) -> None:
        """ctrl+c, which people press to get out: say what does."""
        self.tell(f"{self.shown('quit')} quits; what was saved is saved.")

    # Verbs

    async def carry_out(
        self, verb: Callable[[], Done], *, follow: str | None = None, hint: str = "undo", remark: str = ""
    ) -> Done | None:
        """Carry a verb out aside and tell what came of it; None where it is refused. `Blocked` is let through."""
        from followup_tui.domain.guard import Blocked  # with the first verb: the first paint goes without it

        try:
            done = await self._aside(partial(self._done_and_known, verb))
        except Blocked:
            raise
        except FollowupError as error:
            if isinstance(error, Conflict):
                await self.reload()
            self.tell(error.sentence, alert=True)
            return None
        self.board = self.board.with_changes(done.cards, done.gone)
        if follow is None and done.cards:
            follow = done.cards[0].id
        self._show_everywhere(follow)
        self.tell(notice_of(done, remark, f"{self.shown(hint)} {hint}"))
        return done

    def _done_and_known(self, verb: Callable[[], Done]) -> Done:
        """Carry a verb out; what it wrote is not taken for another hand's change afterwards."""
        self._stale = self.tracker.changed_elsewhere() or self._stale
        done = verb()
        self.tracker.changed_elsewhere()
        return done

    def _show_everywhere(self, follow: str | None) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, VerbScreen):
                screen.show_board(self.board, follow)

    def tell(self, sentence: str | Notice, *, alert: bool = False) -> None:
        """One line above the footer of the topmost screen that has one; an alert may stand in a dialog."""
        for screen in reversed(self.screen_stack):
            if alert and isinstance(screen, Dialog) and isinstance(sentence, str):
                screen.say(sentence, alert=True)
                return
            if isinstance(screen, VerbScreen):
                screen.tell(sentence, alert=alert)
                return


def _end_for_sure(exit_code: int) -> None:
    """End after a grace whatever happens: a terminal that is gone can block the way out."""
    giving_up = Timer(GRACE, os._exit, (exit_code,))
    giving_up.daemon = True
    giving_up.start()


def _first_of(problems: Sequence[str]) -> str:
    """The first problem, and how many more there are."""
    more = len(problems) - 1
    return problems[0] + (f" ({more} more: `followup-tui info`)" if more else "")
