"""What the playbook asks for and what the guard allows: `due`, `may-contact`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from followup_tui.cli import FINE
from followup_tui.cli.due import say_due
from followup_tui.cli.kinds import Command
from followup_tui.cli.saying import say, say_json
from followup_tui.cli.session import Session
from followup_tui.cli.words import Word, day_ahead, one_id, with_session
from followup_tui.domain.commands.touches import LOGGABLE
from followup_tui.domain.format import format_full_day
from followup_tui.domain.model.touch import Direction

if TYPE_CHECKING:
    from followup_tui.domain.rules.guard import Verdict

_OUTGOING = [word for word, (_, direction, _) in LOGGABLE.items() if direction is Direction.OUT]


@click.command(cls=Command)
@click.option("--on", metavar="DATE", help="What is due by that day, as it will be known then.")
@click.option("--all", "wants_all", is_flag=True, help="Also what lies ahead.")
@click.option("--count", "counts", is_flag=True, help="Only how many there are.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list of objects.")
@click.option("--notify", is_flag=True, help="As a notification of the desktop; printed where there is none.")
@with_session
def due(session: Session, on: str | None, wants_all: bool, counts: bool, as_json: bool, notify: bool) -> int:
    """List the next actions that are due by today, loudest first; the exit code is 3 where there are any.

    The objects of --json have id (the number), uid (the full id), company, role, stage, action, due_on, state
    (late, missing, today, ahead), days (negative when late), channel, contact, why and asks_on.
    """
    day = None
    if on is not None:
        with session.reading() as tracker:
            day = day_ahead(session, tracker, (), on, "on").day
    if notify:
        if wants_all or counts or as_json:
            raise click.UsageError("--notify tells what is due: leave --all, --count and --json out.")
        from followup_tui.cli.notifying import notify_due

        return notify_due(session, on=day)
    return say_due(session, on=day, wants_all=wants_all, counts=counts, as_json=as_json)


@click.command("may-contact", cls=Command)
@one_id
@click.option("--by", type=Word(_OUTGOING), help="By which way; else as the playbook proposes.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object.")
@with_session
def may_contact(session: Session, id: str, by: str | None, as_json: bool) -> int:
    """Ask the guard whether a contact is fine now, and if not from which day; nothing is recorded.

    The object of --json has allowed, rule (which one blocks, else null), from (the first day it is fine, null
    where it never is) and why. The exit code is 0 either way.
    """
    with session.reading() as tracker:
        wanted = tracker.find(id)
        verdict = tracker.may_contact(wanted, by or "")
        company = tracker.details(wanted).application.company
    if as_json:
        say_json(
            {
                "allowed": verdict.allowed,
                "rule": verdict.rule,
                "from": verdict.from_on.isoformat() if verdict.from_on else None,
                "why": verdict.why,
            }
        )
    else:
        say(f"{company}: {_words(verdict)}")
    return FINE


def _words(verdict: Verdict) -> str:
    if verdict.allowed:
        return f"yes. {verdict.why}"
    begin = f"not before {format_full_day(verdict.from_on)}" if verdict.from_on else "no"
    return f"{begin} ({verdict.rule}). {verdict.why}"
