"""Writing down what happened: `log` and `note`."""

from __future__ import annotations

import sys

import click

from followup_tui.cli.doing import guarded, report
from followup_tui.cli.kinds import Command
from followup_tui.cli.session import Session
from followup_tui.cli.words import (
    OVERRIDE,
    Word,
    found,
    moment_behind,
    moment_said,
    one_id,
    some_ids,
    with_session,
)
from followup_tui.domain.commands.touches import LOGGABLE
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import BLOCK_LIMIT
from followup_tui.domain.model.touch import CallOutcome


@click.command(cls=Command)
@some_ids
@click.argument("kind", type=Word(list(LOGGABLE)))
@click.option("--at", metavar="WHEN", help="When it happened, if not now: “yesterday 16:00”, “2 Dec”.")
@click.option("--note", metavar="TEXT", default="", help="What was said or written.")
@click.option("--outcome", type=Word([each.value for each in CallOutcome]), help="How a call went.")
@OVERRIDE
@with_session
def log(
    session: Session,
    ids: tuple[str, ...],
    kind: str,
    at: str | None,
    note: str,
    outcome: str | None,
    override: str,
) -> int:
    """Log a contact: an email, a call, a voicemail, a letter or a message of yours, a reply of theirs, or a note.

    A follow-up takes a thanked application to awaiting by itself. Where the guard speaks against a contact, the
    refusal names the rule and the first day that is fine.
    """
    with session.writing() as tracker, guarded():
        wanted = found(tracker, ids)
        moment = moment_behind(session, tracker, wanted, at) if at is not None else None
        done = tracker.log(
            wanted,
            kind,
            at=moment,
            note=note,
            outcome=CallOutcome(outcome) if outcome else None,
            override=override,
        )
    return report(done, moment_said(session, moment) if moment else "")


@click.command(cls=Command)
@one_id
@click.argument("text", nargs=-1, required=True)
@with_session
def note(session: Session, id: str, text: tuple[str, ...]) -> int:
    """Write a note into an application's history; “-” reads it from the input."""
    said = _read() if text == ("-",) else " ".join(text)
    if not said.strip():
        raise BadInput("A note needs a text; nothing was saved, write one.", "note")
    with session.writing() as tracker:
        return report(tracker.log([tracker.find(id)], "note", note=said))


def _read() -> str:
    """The input, as far as a note can be too long; bytes that are no text are marked, not refused."""
    if sys.stdin is None:
        return ""
    # A byte more than could be taken, four for a character: the door for text then says how many there are.
    content = sys.stdin.buffer.read(4 * BLOCK_LIMIT + 4)
    return content.decode("utf-8", errors="replace")
