"""The daily review: `review`, on the whole screen or line by line."""

from __future__ import annotations

import gc

import click

from followup_tui.cli.context import CliContext, create_data_folder
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.open_board import run_board, why_no_screen
from followup_tui.cli.output import write_message
from followup_tui.cli.params import pass_cli_context


@click.command(cls=BaseCommand)
@click.option("--plain", is_flag=True, help="Line by line, for screen readers, slow connections and scripts.")
@pass_cli_context
def review(session: CliContext, plain: bool) -> int:
    """Go through what is due today, one application at a time; you can stop at any time and continue later.

    --plain asks line by line and draws no screen; it is chosen automatically if the terminal can't draw one.
    The keys are those of the screen and "?" lists them. What you type after a key answers its questions: "s
    mon". The end of the input ends the review like "q".
    """
    obstacle = "" if plain else why_no_screen()
    gc.enable()  # it is open for long, unlike most commands
    if not (plain or obstacle):
        create_data_folder(session.place)
        return run_board(session.place, session.settings_place, start="review")
    if obstacle:
        write_message(f"{obstacle}, so the review goes line by line.")
    # Not at the top: the whole screen needs none of it.
    from followup_tui.cli.line_mode.review import review_lines

    return review_lines(session)
