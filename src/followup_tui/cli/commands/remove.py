"""Taking applications away: `delete`, `merge`, `forget`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from followup_tui.cli.commands.backups import confirm
from followup_tui.cli.context import CliContext
from followup_tui.cli.exit_codes import OK
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.output import write_message
from followup_tui.cli.params import find_ids, id_argument, ids_argument, pass_cli_context
from followup_tui.cli.result import write_result
from followup_tui.domain.format import plural

if TYPE_CHECKING:
    from followup_tui.tracker.commands import ForgetResult


@click.command(cls=BaseCommand)
@ids_argument
@pass_cli_context
def delete(session: CliContext, ids: tuple[str, ...]) -> int:
    """Delete applications that were added by mistake; undo brings them back.

    For an application that ended use `close`; to erase one for good, `forget`.
    """
    with session.writing() as tracker:
        return write_result(
            tracker.removal.delete(find_ids(tracker, ids)), "`followup-tui undo` brings everything back"
        )


@click.command(cls=BaseCommand)
@id_argument
@click.argument("other", metavar="ID")
@pass_cli_context
def merge(session: CliContext, id: str, other: str) -> int:
    """Merge a job that was entered twice: the second ID goes into the first.

    Its people, interviews, history, answers and letters move over; what both have stays once. Empty fields of the
    first are filled, notes are joined, and the later stage counts. One undo separates them again.
    """
    with session.writing() as tracker:
        kept, gone = tracker.queries.find(id), tracker.queries.find(other)
        return write_result(tracker.removal.merge(kept, gone))


@click.command(cls=BaseCommand)
@id_argument
@click.option("--backups", is_flag=True, help="Also delete the backups that have it; a new one is made.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@pass_cli_context
def forget(session: CliContext, id: str, backups: bool, yes: bool) -> int:
    """Erase an application for good, from the journal and the file too; this can't be undone.

    Backups still have it unless you say --backups.
    """
    with session.writing() as tracker:
        wanted = tracker.queries.find(id)
        company = next(company for known, _, company, _ in tracker.queries.identities() if known == wanted)
        if not yes:
            confirm(f"Erase {company} for good? This can't be undone.", "nothing was changed")
        done = tracker.removal.forget(wanted, with_backups=backups)
        if done.holding and not yes and click.confirm(_about_backups(done), err=True):
            done = tracker.removal.forget_backups(done)
    for sentence in done.sentences:
        write_message(sentence)
    return OK


def _about_backups(done: ForgetResult) -> str:
    number = len(done.holding)
    return f"{plural(number, 'backup')} still {'holds' if number == 1 else 'hold'} it. Delete them too?"
