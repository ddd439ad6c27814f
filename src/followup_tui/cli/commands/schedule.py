"""The user's own hand on the dates: `snooze`, `pin`, `pace`, `region`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from followup_tui.cli.commands.backups import confirm
from followup_tui.cli.completion import complete_application
from followup_tui.cli.context import CliContext
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.params import (
    ForgivingChoice,
    Function,
    find_ids,
    ids_argument,
    parse_future_day,
    pass_cli_context,
)
from followup_tui.cli.result import write_result
from followup_tui.domain.format import format_full_day
from followup_tui.domain.model.application import Pace
from followup_tui.domain.views.options import is_off
from followup_tui.tracker.regions import describe_region, known_region

if TYPE_CHECKING:
    from followup_tui.tracker.commit import CommandResult
    from followup_tui.tracker.tracker import Tracker


def _ids_and(last: str) -> Callable[[Function], Function]:
    """The argument ID, once or several times, and one behind them that may be left out with an option."""
    return click.argument(
        "words", metavar=f"ID... [{last}]", nargs=-1, required=True, shell_complete=complete_application
    )


_YES = click.option("--yes", is_flag=True, help="Don't ask if something with a fixed day comes first.")


def _parted(words: tuple[str, ...], off: bool, what: str) -> tuple[tuple[str, ...], str | None]:
    """The IDs and what follows them; nothing does with `off`, nor with the word for it."""
    if off:
        return words, None
    if len(words) < 2:
        raise click.UsageError(f"Say {what} behind the ID, or --off.")
    return words[:-1], None if is_off(words[-1]) else words[-1]


@click.command(cls=BaseCommand)
@_ids_and("WHEN")
@click.option("--off", is_flag=True, help="Wake them now.")
@_YES
@pass_cli_context
def snooze(session: CliContext, words: tuple[str, ...], off: bool, yes: bool) -> int:
    """Snooze applications until a date: “mon”, “in 5 business days”, “2 Dec”; --off wakes them.

    A booked interview stays on the card and in `due`, and so does an offer. Telling them of another offer
    comes back on its day, unless it was due already.
    """
    ids, when = _parted(words, off, "until WHEN")
    return _dated(
        session,
        ids,
        when,
        lambda tracker, wanted, day: tracker.commands.snooze(wanted, day),
        "" if yes else "Snooze",
    )


@click.command(cls=BaseCommand)
@_ids_and("WHEN")
@click.option("--why", metavar="TEXT", default="", help="What to do on that day, or why.")
@click.option("--off", is_flag=True, help="Remove it; the playbook decides again.")
@_YES
@pass_cli_context
def pin(session: CliContext, words: tuple[str, ...], why: str, off: bool, yes: bool) -> int:
    """Set your own date, with --why; it overrides the playbook's. --off removes it."""
    if off and why:
        raise click.UsageError("--off takes no --why: the playbook decides again.")
    ids, when = _parted(words, off, "WHEN")
    return _dated(
        session,
        ids,
        when,
        lambda tracker, wanted, day: tracker.commands.pin(wanted, day, why),
        "" if yes else "Pin",
    )


def _dated(
    session: CliContext,
    ids: tuple[str, ...],
    typed: str | None,
    verb: Callable[[Tracker, list[str], date | None], CommandResult],
    asks: str,
) -> int:
    """A verb that takes a day ahead, or none where none was typed; `asks` is its word where it may ask first."""
    with session.writing() as tracker:
        wanted = find_ids(tracker, ids)
        day = parse_future_day(session, tracker, wanted, typed, "date").day if typed is not None else None
        fixed = tracker.queries.commitments_before(wanted, day) if asks else ""
        if fixed:
            confirm(f"{fixed} {asks} it anyway?", "nothing was changed")
        done = verb(tracker, wanted, day)
    # One application's report names the day already.
    return write_result(done, format_full_day(day) if day and len(wanted) > 1 else "")


@click.command(cls=BaseCommand)
@ids_argument
@click.argument("pace", type=ForgivingChoice([each.value for each in Pace]))
@pass_cli_context
def pace(session: CliContext, ids: tuple[str, ...], pace: str) -> int:
    """Say how fast an employer decides: slow makes the waits longer, fast shorter."""
    with session.writing() as tracker:
        return write_result(tracker.commands.set_pace(find_ids(tracker, ids), Pace(pace)))


@click.command(cls=BaseCommand)
@_ids_and("CODE")
@click.option("--home", is_flag=True, help="All words are IDs; use your region for them.")
@pass_cli_context
def region(session: CliContext, words: tuple[str, ...], home: bool) -> int:
    """Say whose public holidays count for an employer: “DE”, “US-CA”; without a CODE, those of your region.

    A number is always an ID, and so is a single word.
    """
    is_id = home or len(words) == 1 or words[-1].removeprefix("#").isdecimal()
    ids, code = (words, "") if is_id else (words[:-1], words[-1])
    with session.writing() as tracker:
        done = tracker.commands.set_region(find_ids(tracker, ids), code)
    known = known_region(code)
    return write_result(done, describe_region(known) if known else "")
