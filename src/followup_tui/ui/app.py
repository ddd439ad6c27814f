"""The app: one tracker, one board, the stack of screens, and the terminal's safety."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread, Timer
from typing import TYPE_CHECKING, Any

from textual import events
from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from followup_tui.actions import COACH, WRITING, actions_at
from followup_tui.crash_report import report_fault
from followup_tui.domain.model.errors import FollowupError, StoreTrouble
from followup_tui.domain.views.board import Sort
from followup_tui.files import READ_ONLY, is_read_only, log_file, settings_file
from followup_tui.keymap import Keymap, shown_key
from followup_tui.settings import Settings
from followup_tui.tracker.clock import local_zone, now
from followup_tui.tracker.first_page import first_page
from followup_tui.ui.base_app import BaseApp, call_every, load_screen
from followup_tui.ui.color_depth import filters_of
from followup_tui.ui.dialogs.dialog import Dialog
from followup_tui.ui.first_frame import PARTS, Opening
from followup_tui.ui.ground import is_light
from followup_tui.ui.screens.application_screen import ApplicationScreen, load_actions
from followup_tui.ui.screens.board import BoardScreen
from followup_tui.ui.screens.first_hints import FirstHints
from followup_tui.ui.terminal import PlainAscii, SafeDriver, SafeText, spare_keys
from followup_tui.ui.theme import behind_dialogs, painted_looks, start_theme
from followup_tui.ui.widgets.text_lines import Footer

if TYPE_CHECKING:
    from textual.worker import Worker

    from followup_tui.server_address import Place
    from followup_tui.tracker.commit import CommandResult
    from followup_tui.ui.first_frame import SavedLooks
    from followup_tui.ui.screens.start import Resume


KEYS_TOLD = 3
"""Keys that are named when one does nothing."""

LOOK_AROUND = 0.25
"""Seconds between two checks for changes by another process (a check takes microseconds)."""

BACKUP_CHECK = 60.0
"""Seconds between two looks at whether a backup is due (a look takes microseconds)."""

WAITING = 1.0
"""Seconds after which it is said that a save is waiting."""
WAITS = "Not saved yet: another program may be keeping the database busy. What you typed is kept; please wait."

KEEP_TYPED = 0.5
"""Seconds between two looks at what is half-typed; if the program is killed, no more than that is lost."""

GRACE = 2.0
"""Seconds that an ordered end may take after a signal."""


class FollowupApp(BaseApp):
    """The full-screen program."""

    CSS_PATH = ["app.tcss", "screens/board.tcss"]  # Textual reads a first screen's own CSS_PATH too late
    TITLE = "followup"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        place: Place,
        settings: Settings,
        keymap: Keymap,
        problems: Sequence[str] = (),
        settings_place: Path | None = None,
        start: str = "",
        *,
        is_own: bool = False,
        opening: Opening | None = None,
    ) -> None:
        """`is_own` is the user's own board: it asks who they are once, and tells of keys as they become useful.

        `opening` is what stands on the terminal already.
        """
        settings_place = settings_place or settings_file(None)
        if opening is None:
            zone = local_zone()
            board = first_page(place, Sort(settings.sort), now().astimezone(zone), zone, settings_place)
        else:
            board = opening.board
        super().__init__(place, settings, keymap, settings_place, board)
        self.first_frame = opening.frame if opening else None
        self._saved_looks = opening.looks if opening else None
        self.is_own = is_own and not is_read_only()
        self._asks_who = self.is_own and not self.board.cards and not self.settings_place.exists()
        self._start = start  # the action to begin with, once the whole board has been read
        self._early: list[events.Event] = []
        self.problems = tuple(problems)
        self.fault: BaseException | None = None
        self._whole: Worker[None] | None = None
        self._has_told_of_backup = False  # that one failed: once, not every minute
        self.resume: Resume | None = None
        self._safe: list[LineFilter] = [SafeText(), *([PlainAscii()] if settings.ascii else [])]
        self.problems += start_theme(self, settings)

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for this platform; on Linux and macOS one that survives odd bytes."""
        driver = super().get_driver_class()
        return SafeDriver if driver.__name__ == "LinuxDriver" else driver

    def get_default_screen(self) -> Screen[Any]:
        """The board."""
        return BoardScreen()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Clear every line of every widget of what could drive the terminal."""
        return [*filters_of(self, super().get_line_filters()), *self._safe]

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colors, and what lies over a screen behind a dialog."""
        colors = super().get_css_variables()
        return {**colors, "behind": behind_dialogs(self, colors["background"])}

    # Start and end

    def on_mount(self) -> None:
        """Go on with what the first paint did not wait for."""
        self.call_after_refresh(self._after_first_paint)
        self.handle_signals()
        self.app_resume_signal.subscribe(self, self._awake)

    def _awake(self, _: object) -> None:
        """Draw everything again on the blank screen that `fg` comes back to, at the present moment."""
        self.now()
        self.refresh(layout=True)

    def handle_signals(self) -> None:
        """End in good order when the terminal or the system asks for it."""
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.end, 128 + number)

    def end(self, exit_code: int) -> None:
        """Leave the terminal as it was; what was acknowledged is on disk already, and now what is half-typed."""
        _end_for_sure(exit_code, self._driver)
        self._keep_now()
        self.exit(return_code=exit_code)

    def on_unmount(self) -> None:
        """Let the next window offer what was half-typed in this one."""
        if self.resume is not None:
            self.resume.close()

    def _keep_now(self) -> None:
        if self.resume is not None:
            with suppress(FollowupError):  # it was told while it was typed
                self.resume.keep_now()

    def _fatal_error(self) -> None:
        """Instead of Textual's report, which prints every local variable: remember the error and close."""
        self.fault = self.fault or sys.exc_info()[1] or self._exception  # what fails while closing is its echo
        self._close_messages_no_wait()
        self._keep_now()

    def panic(self, *renderables: Any) -> None:
        """Close, likewise without printing."""
        self._return_code = 1
        self._fatal_error()

    def _after_first_paint(self) -> None:
        self.is_painted = True
        self._whole = self.run_worker(self._read_whole(), name="read")
        call_every(self, LOOK_AROUND, self._look_around)
        if self.is_own:
            call_every(self, LOOK_AROUND, FirstHints(self).tell_next)
        if not is_read_only():
            call_every(self, BACKUP_CHECK, self._back_up_in_thread)
        if self.problems:
            self.tell(_first_of(self.problems), alert=True)

    async def _read_whole(self) -> None:
        """Read what the first page left out, then load what writing needs: half a second of imports."""
        await self.reload()
        if self._exit:  # meanwhile: there may be no screen any more
            return
        if self._asks_who:
            await self.open_dialog(load_screen("first_start")())
        elif self.is_own:
            await self._keep_half_typed()
        if self._start.startswith(COACH):
            await self.open_dialog(load_screen(COACH)(leaves=not self.is_own, marked=self._start))
        elif isinstance(self.screen, ApplicationScreen) and self._start:  # no dialog, which asks first
            await self.screen.run_action_id(self._start)
        for event in self._early:
            await self._take(event)
        self.recompute()
        spare_keys(self)
        self.run_worker(self._prepare, thread=True, name="prepare")
        if self._saved_looks is not None:
            _save_looks(self, self._saved_looks)

    async def _keep_half_typed(self) -> None:
        from followup_tui.ui.screens.start import Resume  # the first paint goes without it

        self.resume = Resume(self)
        call_every(self, KEEP_TYPED, self.resume.keep)
        if not self._start:
            await self.resume.offer()

    def _prepare(self) -> None:
        load_actions()  # so that the first key that opens a dialog doesn't wait for it
        try:
            self.tracker.prepare()
        except FollowupError as error:  # such as that this board is somebody else's
            tell = self.note_trouble if isinstance(error, StoreTrouble) else partial(self.tell, alert=True)
            self.call_from_thread(tell, error.sentence)
            return
        gc.freeze()  # also what writing needs
        self._back_up()

    def _back_up_in_thread(self) -> None:
        """Make a backup if one is due, on a thread of its own."""
        self.run_worker(self._back_up, name="back up", group="back up", exclusive=True, thread=True)

    def _back_up(self) -> None:
        try:
            self.tracker.safety.back_up_if_due()
        except FollowupError as error:
            if not self._has_told_of_backup:
                self._has_told_of_backup = True
                self.call_from_thread(self.tell, f"No backup was made: {error.sentence}", alert=True)
        else:
            self._has_told_of_backup = False

    # Saving

    async def run_command(self, verb: Callable[[], CommandResult], **how: Any) -> CommandResult | None:
        """Carry a verb out; say so while it waits."""
        with _told_while_waiting(self):
            return await super().run_command(verb, **how)

    async def write(self, work: Callable[[], object]) -> bool:
        """Write what is no change; say so while it waits."""
        with _told_while_waiting(self):
            return await super().write(work)

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """What is typed, pasted or clicked waits for the whole board: the first paint has its first page only."""
        if isinstance(event, events.InputEvent | events.Paste):
            if self._whole is None:
                self._early.append(event)
                return
            if not self._whole.is_finished:
                await self._whole.wait()
        await self._take(event)

    async def _take(self, event: events.Event) -> None:
        if self._exit and isinstance(event, events.InputEvent | events.Paste):  # it was typed for the shell
            return
        if isinstance(event, events.Key):
            screen = self.screen
            if isinstance(screen, ApplicationScreen):
                screen.clear_dead_key()
            # Those for a filter that is being typed go there at once, in the order in which they came.
            if isinstance(screen, ApplicationScreen | Dialog) and await screen.take_key(event):
                return
        await super().on_event(event)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """As Textual does it, but a window that only looks says so instead of asking what it can't write."""
        name = action.removeprefix("run_by_id('").removesuffix("')") if isinstance(action, str) else ""
        if is_read_only() and name in WRITING and isinstance(default_namespace, ApplicationScreen):
            default_namespace.refuse(READ_ONLY)
            return True
        return await super().run_action(action, default_namespace, namespaces)

    async def on_footer_key_clicked(self, clicked: Footer.KeyClicked) -> None:
        """Do what the clicked key of a footer does."""
        if isinstance(screen := self.screen, ApplicationScreen):
            at = (each for each in actions_at(screen.PLACE) if self.keymap.shown(each) == clicked.key)
            if action := next(at, None):
                await screen.run_action_id(action.id)

    def on_key(self, event: events.Key) -> None:
        """A key that nothing is on: say so, and which keys there are."""
        if event.key == "ctrl+j":  # an Enter that was typed before the terminal was taken over arrives as one
            self.post_message(events.Key("enter", "\r"))
        elif isinstance(screen := self.screen, ApplicationScreen) and (hints := screen.hints()[0][:KEYS_TOLD]):
            keys = ", ".join(f"{key} {word}" for key, word in hints)
            told = f"{shown_key(event.key)} does nothing here. {keys}, {self.shown('help')} all keys"
            screen.tell_dead_key(told)

    def action_suspend_process(self) -> None:
        """Go to the shell, where there is one."""
        if self.is_web:
            self.tell("There is no shell behind a browser window; it stays open.")
        else:
            super().action_suspend_process()

    def action_help_quit(self) -> None:
        """ctrl+c, which people press to get out: say what does."""
        self.tell(f"{self.shown('quit')} quits; everything is saved.")


def _save_looks(app: FollowupApp, saved: SavedLooks) -> None:
    """Remember the board's colours for the first frame of the next start, if they aren't known."""
    board, painted = app.screen_stack[0], (app.theme, app.settings.colors)
    if isinstance(board, BoardScreen) and not (saved.of(*painted) and saved.is_light is is_light()):
        saved.save(*painted, painted_looks(board, PARTS))


@contextmanager
def _told_while_waiting(app: BaseApp) -> Iterator[None]:
    waiting = asyncio.get_running_loop().call_later(WAITING, partial(app.tell, WAITS, alert=True))
    try:
        yield
    finally:
        waiting.cancel()


def _end_for_sure(exit_code: int, driver: Driver | None) -> None:
    """End after a grace whatever happens: a save may be waiting for a lock, or the terminal be gone."""

    def give_up() -> None:
        if driver is not None:  # on a thread: a terminal that is gone can block what is written to it
            leaving = Thread(target=_leave, args=[driver], daemon=True)
            leaving.start()
            leaving.join(GRACE)
        os._exit(exit_code)

    giving_up = Timer(GRACE, give_up)
    giving_up.daemon = True
    giving_up.start()


def _leave(driver: Driver) -> None:
    driver.stop_application_mode()
    driver.close()  # waits until all of it is written


def _first_of(problems: Sequence[str]) -> str:
    """The first problem, and how many more there are."""
    more = len(problems) - 1
    return problems[0] + (f" ({more} more: `followup-tui info`)" if more else "")


def run(
    place: Place,
    settings: Settings,
    keymap: Keymap,
    problems: tuple[str, ...],
    settings_place: Path,
    start: str = "",
    *,
    is_own: bool = False,
    opening: Opening | None = None,
) -> tuple[int, str]:
    """Run the full-screen program until it is left; its exit code, and the command to go on with.

    `start` is the action to begin with; see `FollowupApp` for the others.
    """
    return run_app(
        FollowupApp(place, settings, keymap, problems, settings_place, start, is_own=is_own, opening=opening)
    )


def run_app(app: FollowupApp) -> tuple[int, str]:
    """Run an app until it is left; its exit code, and the command to go on with."""
    app.run(mouse=app.settings.mouse)
    if app.fault is not None:
        has_kept = app.resume is not None and app.resume.has_kept
        kept = " What you were typing is kept and offered at the next start." if has_kept else ""
        print(f"{report_fault(app.fault, log_file().parent, app.now())}{kept}", file=sys.stderr)
        return 1, ""
    return app.return_code or 0, app.next_command
