"""Writing down what happened: `log` and `note`."""

from __future__ import annotations

import sys

import click

from followup_tui.cli.doing import report
from followup_tui.cli.kinds import Command
from followup_tui.cli.session import Session
from followup_tui.cli.words import Word, found, moment_behind, one_id, some_ids, with_session
from followup_tui.domain.errors import BadInput
from followup_tui.domain.text import BLOCK_LIMIT
from followup_tui.domain.touch import CallOutcome
from followup_tui.domain.touching import LOGGABLE
from followup_tui.domain.wording import full_day_words


@click.command(cls=Command)
@some_ids
@click.argument("kind", type=Word(list(LOGGABLE)))
@click.option("--at", metavar="WHEN", help="When it happened, if not now: “yesterday 16:00”, “2 Dec”.")
@click.option("--note", metavar="TEXT", default="", help="What was said or written.")
@click.option("--outcome", type=Word([each.value for each in CallOutcome]), help="How a call went.")
@click.option("--override", metavar="WHY", default="", help="Why you made contact though you had decided not to.")
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
    """Log a contact: an email, a call, a voicemail or a letter of yours, a reply of theirs, or a note.

    A follow-up takes a thanked application to awaiting by itself.
    """
    moment = moment_behind(session, at) if at is not None else None
    with session.writing() as tracker:
        done = tracker.log(
            found(tracker, ids),
            kind,
            at=moment,
            note=note,
            outcome=CallOutcome(outcome) if outcome else None,
            override=override,
        )
    local = moment.astimezone(session.zone) if moment else None
    return report(done, f"{full_day_words(local.date())} {local:%H:%M %Z}" if local else "")


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
