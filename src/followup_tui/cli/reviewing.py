"""The daily review: `review`, on the whole screen or line by line."""

from __future__ import annotations

import gc
import sys

import click

from followup_tui.cli.board import run_board, why_no_screen
from followup_tui.cli.kinds import Command
from followup_tui.cli.saying import tell
from followup_tui.cli.session import Session, make_own_folder
from followup_tui.cli.words import with_session


@click.command(cls=Command)
@click.option("--plain", is_flag=True, help="Line by line, for screen readers, slow lines and scripts.")
@with_session
def review(session: Session, plain: bool) -> int:
    """Go through what asks for a decision today, one application at a time; it can be left and taken up again.

    --plain asks line by line and controls no screen; so it goes by itself where no screen can be drawn. The
    keys are those of the screen, "?" tells them, and what is typed behind one answers its questions: "s mon".
    The end of the input ends it like "q".
    """
    obstacle = "" if plain else why_no_screen()
    gc.enable()  # it is open for long, unlike most commands
    if not (plain or obstacle):
        make_own_folder(session.place)
        return run_board(session.place, session.settings_place, start="review")
    if obstacle:
        tell(f"{obstacle}, so the review goes line by line.")
    return _line_by_line(session)


def _line_by_line(session: Session) -> int:
    from followup_tui.cli.plain_review import PlainReview
    from followup_tui.cli.prompts import Prompts
    from followup_tui.settings import load_settings
    from followup_tui.ui.keys import BY_ID, make_keymap

    settings, problems = load_settings(session.settings_place, action_ids=BY_ID)
    keymap = make_keymap(settings.keys)
    for problem in (*(f"{session.settings_place.name}: {each}" for each in problems), *keymap.problems):
        tell(problem)
    with session.writing() as tracker:
        return PlainReview(session, tracker, Prompts(sys.stdin), keymap).run()
