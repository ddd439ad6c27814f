"""The command without arguments: the board on screen, or as text where nothing can be drawn."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from followup_tui.actions import BY_ID, COACH
from followup_tui.cli.context import CliContext, create_data_folder
from followup_tui.cli.output import ADD_ONE, is_terminal, supports_utf8, write_message
from followup_tui.domain.format import order_dates
from followup_tui.files import playbook_file
from followup_tui.keymap import make_keymap
from followup_tui.settings import Problem, Settings, load_settings
from followup_tui.tracker.clock import find_zone, now
from followup_tui.tracker.regions import is_month_first

if TYPE_CHECKING:
    from followup_tui.server_address import Place
    from followup_tui.ui.first_frame import SavedLooks

NO_SCREEN = 2
"""Exit code where the board was asked for and there is no screen to draw it on."""


def open_board(database: str | None, settings: str | None) -> int:
    """Open the board on a database and wait until it is left; its exit code."""
    session = CliContext(database, settings)
    obstacle = why_no_screen()
    if obstacle:
        # Not at the top: it reads all applications, and takes a tenth of the first paint's time.
        from followup_tui.cli.commands.show import print_board

        next_step = "`followup-tui list` takes filters" if print_board(session) else ADD_ONE
        write_message(f"{obstacle}, so the board was printed; {next_step}, and --help tells the rest.")
        return NO_SCREEN
    create_data_folder(session.place)
    return run_board(session.place, session.settings_place)


def run_board(place: Place, settings_place: Path, start: str = "") -> int:
    """Draw the user's board until it is left; its exit code. `start` is the action to begin with.

    It comes back after a demo, a tour or a seeker's board that was begun from it. For a coach (`start` is "coach")
    it is only what the list of all boards is drawn on.
    """
    is_own = start != COACH
    code, command = draw_board(place, settings_place, start, is_own=is_own)
    while command:
        if command.startswith(COACH):
            from followup_tui.tracker.coaching import board_of, seeker_of  # only coaches need it

            draw_board(board_of(place, seeker_of(command)), settings_place)
        else:
            draw_made_up(settings_place, is_tutor=command == "tutor")
        start = command if command.startswith(COACH) else ""
        code, command = draw_board(place, settings_place, start, is_own=is_own)
    return code


def draw_board(
    place: Place, settings_place: Path, start: str = "", *, is_own: bool = False, is_tutor: bool = False
) -> tuple[int, str]:
    """Draw a board until it is left; its exit code, and the command that the user left it for."""
    # Read as Textual loads: a key is then painted at once rather than at the next sixtieth of a second.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    # Not at the top: several commands import this file, and draw no board.
    from followup_tui.ui.first_frame import SavedLooks, open_board_on

    looks = SavedLooks()
    looks.assume_ground()
    settings, problems = load_with_themes(settings_place, looks)
    order_dates(partial(is_month_first, settings))
    keymap = make_keymap(settings.keys)
    sentences = [f"{settings_place.name}: {problem}" for problem in problems]
    sentences += _playbook_problems(settings_place)
    sentences += keymap.problems
    settings = settings_for_terminal(settings)
    if is_tutor:
        from followup_tui.ui.tutor import run_tutor  # only the tour needs it

        return run_tutor(place, settings, keymap, settings_place)
    opening = open_board_on(place, settings, keymap, looks, settings_place)
    with opening.frame:
        from followup_tui.ui.app import run  # only now: this loads Textual, which the first frame does without

        return run(
            place, settings, keymap, tuple(sentences), settings_place, start, is_own=is_own, opening=opening
        )


def load_with_themes(settings_place: Path, looks: SavedLooks) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings and their problems; Textual is loaded only for a theme that was not painted lately."""
    themes = looks.themes | {Settings().theme}
    settings, problems = load_settings(settings_place, action_ids=BY_ID, themes=themes)
    if all(problem.key != "theme" for problem in problems):
        return settings, problems
    from followup_tui.ui.theme import THEME_NAMES  # Not at the top: it loads Textual.

    return load_settings(settings_place, action_ids=BY_ID, themes=THEME_NAMES)


def draw_made_up(settings_place: Path, *, is_tutor: bool) -> int:
    """Draw a board of made-up applications until it is left; its exit code."""
    from followup_tui.tracker.demo import demo_settings, fill_demo, throwaway_folder  # no other board needs it

    with _signals_end_it(), throwaway_folder() as folder:
        fill_demo(folder / "demo.db", now(), find_zone()[0])
        settings = demo_settings(settings_place, folder / "settings.toml")
        gc.enable()  # a board is open for long, unlike any other command
        return draw_board(folder / "demo.db", settings, is_tutor=is_tutor)[0]


@contextmanager
def _signals_end_it() -> Iterator[None]:
    """A signal leaves by the same way as a key, so that the folder goes too."""
    before = {number: signal.signal(number, _leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _playbook_problems(settings_place: Path) -> list[str]:
    """What is wrong with the user's own rules; most people have none, and their first paint waits for nothing."""
    place = playbook_file(settings_place)
    if not place.exists():
        return []
    from followup_tui.tracker.rules import load_playbook  # Not at the top: it loads all rules.

    return [f"{place.name}: {problem}" for problem in load_playbook(place).problems]


def settings_for_terminal(settings: Settings) -> Settings:
    """The settings, where the locale has answered whether to draw with ASCII alone if the user hasn't.

    A browser draws everything, whatever the locale.
    """
    if settings.ascii is not None:
        return settings
    return replace(settings, ascii="TEXTUAL_DRIVER" not in os.environ and not supports_utf8(sys.__stderr__))


def why_no_screen() -> str:
    """Why nothing can be drawn here, as the beginning of a sentence; empty where it can.

    Looked at before Textual is loaded, which would hang without a terminal, or read a pipe as keys.
    """
    if not is_terminal(sys.stdin):
        return "The input is no terminal"
    if not is_terminal(sys.__stderr__):  # Textual draws there
        return "The error output is no terminal"
    if os.environ.get("TERM", "") in {"", "dumb", "unknown"} and os.name != "nt":
        return f"The terminal can't draw (TERM={os.environ.get('TERM', '')})"
    return ""
