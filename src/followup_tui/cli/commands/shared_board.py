"""The board for others: `coach`, `share` and `unshare` on a server, and `serve`, which opens it in a browser."""

from __future__ import annotations

import asyncio
import errno
import gc
import signal
import socket
import sys
from typing import TYPE_CHECKING

import click

from followup_tui.actions import COACH
from followup_tui.cli import OK, SOMETHING_DUE
from followup_tui.cli.context import CliContext, create_data_folder
from followup_tui.cli.open_board import run_board, why_no_screen
from followup_tui.cli.output import write, write_json, write_message, write_table
from followup_tui.cli.params import command
from followup_tui.crash_report import report_fault
from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.domain.model.text import shown_line
from followup_tui.extras import install_command
from followup_tui.files import DATABASE_VARIABLE, SETTINGS_VARIABLE, forbid_writing, log_file
from followup_tui.tracker.clock import now
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
from followup_tui.tracker.due import DUE_HEADING, due_row

if TYPE_CHECKING:
    from followup_tui.web.page_server import PageServer


@command()
@click.option("--plain", is_flag=True, help="Print it, most urgent first; so it does without a terminal.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
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


@command()
@click.argument("coach", required=False)
@click.option("--json", "as_json", is_flag=True, help="Who can read your board, as a JSON list of objects.")
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


@command()
@click.argument("coach")
def unshare(session: CliContext, coach: str) -> int:
    """Stop letting a coach read your board; a window in which they have it open shows nothing new from then on."""
    write_message(unshare_board(session.place, coach))
    return OK


PORT = 8765
_PORT_HELP = f"The port to listen on, usually {PORT}; 0 takes a free one."
_ANY_ADDRESS = {"0.0.0.0", "::"}
_IN_BROWSER = {
    "TEXTUAL_DRIVER": "followup_tui.ui.web_driver:SafeWebDriver",
    "TEXTUAL_COLOR_SYSTEM": "truecolor",
    "TEXTUAL_FPS": "60",
    "TERM": "xterm-256color",
}
"""The environment of a board in a browser, which has nothing to do with the terminal that serves it."""


@command()
@click.option(
    "--host", default="127.0.0.1", metavar="ADDRESS", help="The address to listen on, usually 127.0.0.1."
)
@click.option("--port", default=PORT, type=click.IntRange(0, 65535), metavar="NUMBER", help=_PORT_HELP)
@click.option("--allow-others", is_flag=True, help="Let other machines in, which --host alone doesn't.")
@click.option("--read-only", is_flag=True, help="Only look: nothing can be changed, imported or exported.")
@click.option("--window", is_flag=True, hidden=True)
def serve(session: CliContext, host: str, port: int, allow_others: bool, read_only: bool, window: bool) -> int:
    """Open the board in a web browser, in as many windows as you like.

    It prints an address with a token that is new each time: only who has the whole address gets in, and only from
    this machine. Ctrl+C stops it and closes all windows. It needs the extra `web`.

    What passes between browser and server isn't encrypted. To use it from another machine, keep it on this one and
    open a tunnel: ssh -L 8765:127.0.0.1:8765 THIS-MACHINE.
    """
    gc.enable()  # both are open for long, unlike any other command
    if not read_only:
        create_data_folder(session.place)
    if window:
        return _draw_window(session, read_only)
    try:
        # Not at the top: only the server needs the extra.
        from followup_tui.web.page_server import PageServer, is_loopback
    except ModuleNotFoundError:
        raise FollowupError(
            "A board in the browser needs packages that aren't installed; install them with"
            f" `{install_command('web')}`."
        ) from None
    is_open = not is_loopback(host)
    if is_open and not allow_others:
        raise BadInput(
            f"Other machines can reach {shown_line(host)}, so nothing was started; leave --host out to stay on"
            " this machine, or add --allow-others if they may.",
            "host",
        )
    names = [host, socket.gethostname(), f"{socket.gethostname()}.local"] if allow_others else [host]
    server = PageServer(
        window_command(read_only=read_only),
        _environment(session),
        names=names,
        allows_others=allow_others,
        tell=write_message,
        report=lambda error: write_message(report_fault(error, log_file().parent, now())),
    )
    return asyncio.run(_serve(server, host, port, is_open=is_open))


async def _serve(server: PageServer, host: str, port: int, *, is_open: bool) -> int:
    """Serve until a signal comes; the exit code."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup means it
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    try:
        runner = await server.start(host, port)
    except OSError as error:
        raise FollowupError(_why_not(error, host, port)) from None
    try:
        bound = runner.addresses[0][1]
        write(f"http://{_shown_host(host)}:{bound}/{server.token}/", at_once=True)
        others = " Other machines can reach it, and nothing that passes is encrypted." if is_open else ""
        write_message(f"Open this address in a browser; whoever has it can use your board. Ctrl+C stops.{others}")
        await stopped.wait()
    finally:
        await runner.cleanup()
    write_message("Stopped; all windows are closed and everything is saved.")
    return OK


def window_command(*, read_only: bool) -> list[str]:
    """What draws the board for one window."""
    only = ["--read-only"] if read_only else []
    return [sys.executable, "-P", "-m", "followup_tui", "serve", "--window", *only]


def _draw_window(session: CliContext, read_only: bool) -> int:
    """Draw the board for one window, whose server reads stdout and writes stdin; the exit code."""
    if read_only:
        forbid_writing()
    return run_board(session.place, session.settings_place)


def _environment(session: CliContext) -> dict[str, str]:
    """What each window needs to know. Not by its arguments: an address of a server may have a password."""
    chosen = {DATABASE_VARIABLE: session.database, SETTINGS_VARIABLE: session.settings}
    return _IN_BROWSER | {name: value for name, value in chosen.items() if value}


def _shown_host(host: str) -> str:
    if host in _ANY_ADDRESS:
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _why_not(error: OSError, host: str, port: int) -> str:
    """Why it can't listen, as a sentence."""
    where = f"port {port} of {shown_line(host)}"
    if error.errno == errno.EADDRINUSE:
        return f"Another program uses {where}, so nothing was started; choose another with --port."
    if error.errno == errno.EACCES:
        return f"You may not use {where}, so nothing was started; choose a port from 1024 on with --port."
    # From Python 3.14 on asyncio has no number for an address that isn't there.
    if isinstance(error, socket.gaierror) or error.errno in (errno.EADDRNOTAVAIL, None):
        return f"{shown_line(host)} is no address of this machine, so nothing was started; leave --host out."
    return f"Can't listen on {where} ({error.strerror}), so nothing was started; choose another with --port."
