"""The bare command: the board on screen, or as text where nothing can be drawn."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.actions import BY_ID, make_keymap
from followup_tui.cli.context import CliContext, create_data_folder
from followup_tui.cli.output import is_terminal, supports_utf8, write_message
from followup_tui.paths import playbook_file

if TYPE_CHECKING:
    from followup_tui.settings import Settings

ADD_ONE = 'add one with: followup-tui add "Acme Robotics" "Backend dev" --interview "fri 14:00"'
NO_SCREEN = 2
"""Exit code where the board was asked for and there is no screen to draw it on."""


def open_board(database: str | None, settings: str | None) -> int:
    """Open the board on a database and wait until it is left; its exit code."""
    session = CliContext(database, settings)
    obstacle = why_no_screen()
    if obstacle:
        # Not at the top: it reads all applications, and takes a tenth of the first paint's time.
        from followup_tui.cli.print_board import print_board

        next_step = "`followup-tui list` takes filters" if print_board(session) else ADD_ONE
        write_message(f"{obstacle}, so the board was printed; {next_step}, and --help tells the rest.")
        return NO_SCREEN
    create_data_folder(session.place)
    return run_board(session.place, session.settings_place)


def run_board(place: Path, settings_place: Path, start: str = "") -> int:
    """Draw the board of a database until it is left; its exit code. `start` is the action to begin with."""
    # Read as Textual loads: a key is then painted at once rather than at the next sixtieth of a second.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from followup_tui.settings import load_settings
    from followup_tui.ui.app import run
    from followup_tui.ui.theme import THEMES

    themes = [theme.name for theme in THEMES]
    settings, problems = load_settings(settings_place, action_ids=BY_ID, themes=themes)
    keymap = make_keymap(settings.keys)
    told = [f"{settings_place.name}: {problem}" for problem in problems] + _playbook_problems(settings_place)
    return run(place, settings_for_terminal(settings), keymap, (*told, *keymap.problems), settings_place, start)


def _playbook_problems(settings_place: Path) -> list[str]:
    """What is wrong with the user's own rules; most people have none, and their first paint waits for nothing."""
    place = playbook_file(settings_place)
    if not place.exists():
        return []
    from followup_tui.settings.playbook_file import load_playbook

    return [f"{place.name}: {problem}" for problem in load_playbook(place).problems]


def settings_for_terminal(settings: Settings) -> Settings:
    """The settings, where the locale has answered whether to draw with ASCII alone if the user hasn't."""
    return settings if settings.ascii is not None else replace(settings, ascii=not supports_utf8(sys.__stderr__))


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
