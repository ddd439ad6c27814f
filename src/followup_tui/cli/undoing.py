"""Taking changes back and making them again: `undo`, `redo`."""

from __future__ import annotations

import click

from followup_tui.cli.doing import report
from followup_tui.cli.kinds import Command
from followup_tui.cli.session import Session
from followup_tui.cli.words import with_session


@click.command(cls=Command)
@with_session
def undo(session: Session) -> int:
    """Take the newest change back, whenever and wherever it was made; again for the one before."""
    with session.writing() as tracker:
        return report(tracker.undo())


@click.command(cls=Command)
@with_session
def redo(session: Session) -> int:
    """Make the change again that was taken back last."""
    with session.writing() as tracker:
        return report(tracker.redo())
