"""Coaching on a server: `coach`, `share` and `unshare`."""

from __future__ import annotations

import gc

import click

from followup_tui.actions import COACH
from followup_tui.cli.context import CliContext
from followup_tui.cli.due_table import DUE_HEADING, due_row
from followup_tui.cli.exit_codes import OK, SOMETHING_DUE
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.open_board import run_board, why_no_screen
from followup_tui.cli.output import write, write_json, write_message, write_table
from followup_tui.cli.params import pass_cli_context
from followup_tui.tracker.coaching import (
    NOBODY_SHARES,
    CoachLine,
    coach_lines,
    coach_summary,
    coaches,
    seekers,
    share_board,
    unshare_board,
)


@click.command(cls=BaseCommand)
@click.option("--plain", is_flag=True, help="Print it, most urgent first; so it does without a terminal.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
@pass_cli_context
def coach(session: CliContext, plain: bool, as_json: bool) -> int:
    """Show what is urgent for all seekers who share their board with you: what is due, offers, interviews soon.

    On the screen, Enter opens the board of the marked seeker, which you can read but not change, and quitting it
    comes back. The objects of --json are those of `due --everyone --json`; the exit code is then 3 if anything is
    due.
    """
    place, settings_place = session.place, session.settings_place
    if not (plain or as_json or why_no_screen()):
        seekers(place)  # refuses a file before the screen is drawn
        gc.enable()  # it is open for long, unlike most commands
        return run_board(place, settings_place, start=COACH)
    lines = coach_lines(place, settings_place, session.now())
    if as_json:
        write_json([{"seeker": line.seeker, **line.item.as_json()} for line in lines if line.item])
    else:
        write_table(
            [_row(line) for line in lines], heading=("SEEKER", *DUE_HEADING) if lines else (), cut=(4, 6, 7)
        )
        write_message(coach_summary(lines) if lines else NOBODY_SHARES)
    return SOMETHING_DUE if any(line.item and line.item.state != "ahead" for line in lines) else OK


def _row(line: CoachLine) -> tuple[str, ...]:
    return (line.seeker, *(due_row(line.item) if line.item else ("", "", "", "", "nothing due", "", "")))


@click.command(cls=BaseCommand)
@click.argument("coach", required=False)
@click.option("--json", "as_json", is_flag=True, help="Who can read your board, as a JSON list of objects.")
@pass_cli_context
def share(session: CliContext, coach: str | None, as_json: bool) -> int:
    """Let a coach read your board on a server, but change nothing; without a name, list who can read it.

    COACH is the name they log in with at the server. The objects of --json have coach.
    """
    if coach is not None:
        write_message(share_board(session.place, coach))
    names = coaches(session.place) if coach is None or as_json else []
    if as_json:
        write_json([{"coach": name} for name in names])
    elif names:
        write("\n".join(names))
    elif coach is None:
        write_message("Nobody but you can read this board; `share COACH` lets a coach.")
    return OK


@click.command(cls=BaseCommand)
@click.argument("coach")
@pass_cli_context
def unshare(session: CliContext, coach: str) -> int:
    """Stop letting a coach read your board; a window in which they have it open shows nothing new from then on."""
    write_message(unshare_board(session.place, coach))
    return OK
