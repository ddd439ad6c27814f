"""Moving applications from stage to stage: `advance`, `back`, `move`, `close`, `reopen`."""

from __future__ import annotations

import click

from followup_tui.cli.doing import guarded, report
from followup_tui.cli.kinds import Command
from followup_tui.cli.session import Session
from followup_tui.cli.words import OUTCOME, OVERRIDE, STAGE, found, outcome_of, some_ids, with_session
from followup_tui.domain.model.stage import Outcome, Stage

_ENDED = "How it ended, where it moves on by this."


@click.command(cls=Command)
@some_ids
@click.option("--outcome", type=OUTCOME, help=_ENDED)
@OVERRIDE
@with_session
def advance(session: Session, ids: tuple[str, ...], outcome: str | None, override: str) -> int:
    """Take applications to their next stage.

    From interviewed to thanked it records that the thank-you was sent, if the guard has nothing against it; from
    awaiting to moved on it needs --outcome. Several IDs are one change, and one undo takes all of it back.
    """
    with session.writing() as tracker, guarded():
        return report(tracker.advance(found(tracker, ids), outcome=outcome_of(outcome), override=override))


@click.command(cls=Command)
@some_ids
@with_session
def back(session: Session, ids: tuple[str, ...]) -> int:
    """Take applications back to the stage before; the history stays."""
    with session.writing() as tracker:
        return report(tracker.back(found(tracker, ids)))


@click.command(cls=Command)
@some_ids
@click.argument("stage", type=STAGE)
@click.option("--outcome", type=OUTCOME, help=_ENDED)
@OVERRIDE
@with_session
def move(session: Session, ids: tuple[str, ...], stage: str, outcome: str | None, override: str) -> int:
    """Take applications to any stage; to moved_on with --outcome."""
    with session.writing() as tracker, guarded():
        wanted = found(tracker, ids)
        return report(tracker.move_to(wanted, Stage(stage), outcome=outcome_of(outcome), override=override))


@click.command(cls=Command)
@some_ids
@click.argument("outcome", type=OUTCOME)
@with_session
def close(session: Session, ids: tuple[str, ...], outcome: str) -> int:
    """Be done with applications, with how they ended; nothing is deleted."""
    with session.writing() as tracker:
        return report(tracker.finish(found(tracker, ids), Outcome(outcome)))


@click.command(cls=Command)
@some_ids
@with_session
def reopen(session: Session, ids: tuple[str, ...]) -> int:
    """Take closed applications up again, at the stage where they were closed."""
    with session.writing() as tracker:
        return report(tracker.reopen(found(tracker, ids)))
