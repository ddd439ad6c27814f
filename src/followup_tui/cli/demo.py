"""The board on made-up applications: `demo`."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from followup_tui.cli.board import NO_SCREEN, run_board, why_no_screen
from followup_tui.cli.kinds import Command
from followup_tui.cli.saying import tell
from followup_tui.cli.session import Session
from followup_tui.cli.words import with_session


@click.command(cls=Command)
@with_session
def demo(session: Session) -> int:
    """Open the board on a made-up search, in a temporary folder that is gone afterwards.

    Nothing of yours is touched: try every key.
    """
    obstacle = why_no_screen()
    if obstacle:
        tell(f"{obstacle}, so the demo has nothing to draw on; open it in a terminal.")
        return NO_SCREEN
    from followup_tui.tracker.demo import demo_settings, fill_demo, throwaway_folder

    with _signals_end_it(), throwaway_folder() as folder:
        fill_demo(folder / "demo.db", session.now(), session.zone)
        settings = demo_settings(session.settings_place, folder / "settings.toml")
        gc.enable()  # a board is open for long, unlike any other command
        return run_board(folder / "demo.db", settings)


@contextmanager
def _signals_end_it() -> Iterator[None]:
    """A signal leaves by the same way as a key, so that the folder goes too."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
