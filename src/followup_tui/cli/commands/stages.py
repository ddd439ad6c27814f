"""Move applications from stage to stage: `advance`, `back`, `move`, `close`, `reopen`."""

from __future__ import annotations

import click

from followup_tui.cli.commands.offers import follow_up_answer
from followup_tui.cli.context import CliContext
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.params import OUTCOME, OVERRIDE, STAGE, find_ids, ids_argument, outcome_of, pass_cli_context
from followup_tui.cli.result import guard_errors, write_result
from followup_tui.domain.model.application import Outcome, Stage

_ENDED = "How it ended; needed for Moved on."


@click.command(cls=BaseCommand)
@ids_argument
@click.option("--outcome", type=OUTCOME, help=_ENDED)
@OVERRIDE
@pass_cli_context
def advance(session: CliContext, ids: tuple[str, ...], outcome: str | None, override: str) -> int:
    """Move applications to their next stage.

    From Interviewed to Thanked it records that the thank-you was sent, if the guard allows it; from Awaiting
    to Moved on it needs --outcome. Several IDs are one change: one undo takes it all back.
    """
    with session.writing() as tracker, guard_errors():
        return write_result(
            tracker.commands.advance(find_ids(tracker, ids), outcome=outcome_of(outcome), override=override)
        )


@click.command(cls=BaseCommand)
@ids_argument
@pass_cli_context
def back(session: CliContext, ids: tuple[str, ...]) -> int:
    """Move applications back one stage; the history stays."""
    with session.writing() as tracker:
        return write_result(tracker.commands.back(find_ids(tracker, ids)))


@click.command(cls=BaseCommand)
@ids_argument
@click.argument("stage", type=STAGE)
@click.option("--outcome", type=OUTCOME, help=_ENDED)
@OVERRIDE
@pass_cli_context
def move(session: CliContext, ids: tuple[str, ...], stage: str, outcome: str | None, override: str) -> int:
    """Move applications to any stage; moved_on needs --outcome."""
    with session.writing() as tracker, guard_errors():
        wanted = find_ids(tracker, ids)
        return write_result(
            tracker.commands.move_to(wanted, Stage(stage), outcome=outcome_of(outcome), override=override)
        )


@click.command(cls=BaseCommand)
@ids_argument
@click.argument("outcome", metavar="OUTCOME", type=OUTCOME)
@pass_cli_context
def close(session: CliContext, ids: tuple[str, ...], outcome: str) -> int:
    """Close applications with how they ended; nothing is deleted.

    OUTCOME is one of these:

    \b
    rejected  they turned you down
    no_reply  they never answered
    withdrew  you withdrew
    accepted  you accepted their offer
    declined  you declined their offer

    In a terminal it asks what `accept` and `decline` ask after `accepted` and `declined`.
    """
    with session.writing() as tracker:
        wanted = find_ids(tracker, ids)
        code = write_result(tracker.commands.finish(wanted, Outcome(outcome)))
        if outcome in (Outcome.ACCEPTED, Outcome.DECLINED):
            follow_up_answer(session, tracker, wanted, Outcome(outcome))
    return code


@click.command(cls=BaseCommand)
@ids_argument
@pass_cli_context
def reopen(session: CliContext, ids: tuple[str, ...]) -> int:
    """Reopen closed applications, in the stage they were in."""
    with session.writing() as tracker:
        return write_result(tracker.commands.reopen(find_ids(tracker, ids)))


@click.command(cls=BaseCommand)
@pass_cli_context
def undo(session: CliContext) -> int:
    """Undo the last change, whenever and wherever it was made; again for the one before."""
    with session.writing() as tracker:
        return write_result(tracker.commands.undo())


@click.command(cls=BaseCommand)
@pass_cli_context
def redo(session: CliContext) -> int:
    """Redo the change that was undone last."""
    with session.writing() as tracker:
        return write_result(tracker.commands.redo())
