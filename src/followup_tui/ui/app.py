"""The app: one tracker, one board, the stack of screens, and the terminal's safety."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cached_property
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

from textual import events
from textual.app import App
from textual.filter import LineFilter
from textual.screen import Screen

from followup_tui.domain.board import Board, Sort
from followup_tui.domain.errors import Conflict, FollowupError
from followup_tui.settings import Settings
from followup_tui.tracker.clock import local_zone
from followup_tui.tracker.outcome import Done
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui.filters import PlainAscii, SafeText
from followup_tui.ui.keys import BY_ID, Action, Keymap
from followup_tui.ui.screens.board import BoardScreen
from followup_tui.ui.screens.dialog import Dialog
from followup_tui.ui.screens.verbs import VerbScreen
from followup_tui.ui.theme import THEMES

LOOK_AROUND = 1.0
"""Seconds between two looks at whether the file was changed by another hand (a look takes microseconds)."""


class FollowupApp(App[None]):
    """The full-screen program."""

    CSS_PATH = "app.tcss"
    TITLE = "followup"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, tracker: Tracker, settings: Settings, keymap: Keymap, problems: Sequence[str] = ()) -> None:
        super().__init__()
        self.tracker = tracker
        self.settings = settings
        self.keymap = keymap
        self.problems = tuple(problems)
        self.board: Board = tracker.board(Sort(settings.sort))
        self._writing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writing")
        self._safe: list[LineFilter] = [SafeText(), *([PlainAscii()] if settings.ascii else [])]
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = settings.theme

    def get_default_screen(self) -> Screen[Any]:
        """The board."""
        return BoardScreen()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line of every widget passes the way out."""
        return [*super().get_line_filters(), *self._safe]

    @cached_property
    def zone(self) -> ZoneInfo:
        """The user's zone."""
        return local_zone()

    def now(self) -> datetime:
        """The moment it is, in the user's zone."""
        return self.tracker.clock().astimezone(self.zone)

    @property
    def help_action(self) -> Action:
        """The action whose key the footer ends with."""
        return BY_ID["help"]

    def shown(self, id: str) -> str:
        """The user's key for an action, as people write it."""
        return self.keymap.shown(BY_ID[id])

    # Start and end

    def on_mount(self) -> None:
        """After the first paint: load what writing needs, and look around once a second."""
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        Thread(target=self._prepare, name="prepare", daemon=True).start()
        self.set_interval(LOOK_AROUND, self._look_around)
        for sentence in self.problems[:1]:
            self.tell(sentence, alert=True)

    def _prepare(self) -> None:
        """In a thread of its own: half a second of imports that the first paint did not wait for."""
        try:
            self.tracker.prepare()
        except FollowupError as error:
            self.call_from_thread(self.tell, error.sentence, alert=True)

    async def _look_around(self) -> None:
        if self.tracker.changed_elsewhere():
            await self.reload()

    async def reload(self) -> None:
        """Show what is on disk now."""
        board = await asyncio.get_running_loop().run_in_executor(
            self._writing, lambda: self.tracker.board(self.board.sort)
        )
        self.board = board
        self._show_everywhere(None)

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Keys for a filter that is being typed go there at once, in the order in which they came."""
        if isinstance(event, events.Key):
            screen = self.screen
            if isinstance(screen, BoardScreen | Dialog) and await screen.take_key(event):
                return
        await super().on_event(event)

    async def open_dialog(self, dialog: Screen[None]) -> None:
        """Open a dialog and wait until it takes keys, so that none typed ahead is lost."""
        await self.push_screen(dialog)
        first = dialog.focus_chain[0] if dialog.focus_chain else None
        dialog.set_focus(first)

    # Verbs

    async def carry_out(
        self, verb: Callable[[], Done], *, follow: str | None = None, hint: str = "undo"
    ) -> Done | None:
        """Carry a verb out in the writing thread and show what came of it; None where it was refused."""
        try:
            done = await asyncio.get_running_loop().run_in_executor(self._writing, verb)
        except FollowupError as error:
            if isinstance(error, Conflict):
                await self.reload()
            self.tell(error.sentence, alert=True)
            return None
        self.board = self.board.with_changes(done.cards, done.gone)
        if follow is None and done.cards:
            follow = done.cards[0].id
        self._show_everywhere(follow)
        self.tell(f"{done.notice} · {self.shown(hint)} {hint}")
        return done

    def _show_everywhere(self, follow: str | None) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, VerbScreen):
                screen.show_board(self.board, follow)

    def tell(self, sentence: str, *, alert: bool = False) -> None:
        """One line above the footer of the topmost screen that has one."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, VerbScreen):
                screen.tell(sentence, alert=alert)
                return
