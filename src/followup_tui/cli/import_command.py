"""What `import` does: it reads the files, asks what they don't tell, and says what became of each row."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import click

from followup_tui.cli import FAILED, OK
from followup_tui.cli.context import CliContext, create_data_folder
from followup_tui.cli.output import is_terminal, write_json, write_message, write_table
from followup_tui.cli.params import ForgivingChoice
from followup_tui.domain.format import format_day, plural
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import clean_line, shown_line
from followup_tui.domain.model.zones import iana_zone
from followup_tui.exchange.plan import (
    RESULT_WORDS,
    Accept,
    AmbiguousDates,
    ImportPlan,
    NeedsConfirmation,
    NeedsZone,
    PlannedRow,
    RowResult,
    describe_change,
    describe_tally,
)
from followup_tui.exchange.sheets.formats import parse_hand_words
from followup_tui.tracker.import_choices import InvitationWishes, forget_words
from followup_tui.tracker.imports import ImportOptions, ImportResult, import_sources, read_sources

MOST_SHOWN = 20
"""Invitations that are shown in full before somebody confirms them."""


def run_import(session: CliContext, files: tuple[str, ...], options: dict[str, Any], *, as_json: bool) -> int:
    """Import files as the options say; the exit code. Raises `click.UsageError` where they contradict."""
    if options["forget_words"]:
        if options["dry_run"]:
            raise click.UsageError("--forget-words forgets for good; leave out --dry-run.")
        _forget_words(session)
        if not files:
            return OK
    if not files:
        raise click.UsageError("FILE is missing; nothing was imported.")
    may_ask = is_terminal(sys.stderr) and is_terminal(sys.stdin)
    sources = read_sources(files, getattr(sys.stdin, "buffer", None))
    sources = [replace(source, sheets=options["sheets"]) for source in sources]
    wishes = _wishes(options, may_ask=may_ask)
    if not wishes.is_dry_run:
        create_data_folder(session.place)
    imported = _import(session, sources, wishes, may_ask=may_ask)
    if imported is None:
        write_message("Nothing was imported.")
        return FAILED
    plan = imported.plan
    if as_json:
        write_json([_object(row) for row in plan.rows])
    elif wishes.is_dry_run:
        write_table([_line(row) for row in plan.rows], cut=(1, 2))
    else:
        _tell_rows(plan)
    _tell_summary(imported, wishes)
    return FAILED if any(row.result is RowResult.ERROR for row in plan.rows) else OK


def _wishes(options: dict[str, Any], *, may_ask: bool) -> ImportOptions:
    """What the options say."""
    return ImportOptions(
        format=options["format_"],
        take_all=options["take_all"],
        day_first=options["day_first"],
        is_dry_run=options["dry_run"],
        words=parse_hand_words(options["maps"], options["statuses"]),
        invitations=_invitation_wishes(options, may_ask=may_ask),
    )


def _invitation_wishes(options: dict[str, Any], *, may_ask: bool) -> InvitationWishes:
    """What the options say about invitations; on a terminal nothing goes in without asking."""
    accept = Accept.NOTHING if may_ask else Accept.CERTAIN
    if options["yes"]:
        accept = Accept.EVERYTHING
    return InvitationWishes(
        belongs_to=options["belongs_to"],
        company=clean_line(options["company"], "company").text,
        role=clean_line(options["role"], "role").text,
        zones=options["zones"],
        accept=accept,
    )


def _import(
    session: CliContext, sources: list[Any], wishes: ImportOptions, *, may_ask: bool
) -> ImportResult | None:
    """Import, and ask whoever sits there what the files don't tell; None if they don't want it."""
    while True:
        try:
            return import_sources(
                session.place, sources, wishes, zone=session.zone, settings_place=session.settings_place
            )
        except (AmbiguousDates, NeedsZone, NeedsConfirmation) as doubt:
            if not may_ask:
                raise
            answered = _with_answer(wishes, doubt, session)
            if answered is None:
                return None
            wishes = answered


def _with_answer(
    wishes: ImportOptions, doubt: AmbiguousDates | NeedsZone | NeedsConfirmation, session: CliContext
) -> ImportOptions | None:
    """The options with what is answered to a doubt; None where what was read isn't right."""
    if isinstance(doubt, AmbiguousDates):
        return replace(wishes, day_first=_ask(doubt, session))
    invitations = wishes.invitations
    if isinstance(doubt, NeedsZone):
        zones = (*invitations.zones, _ask_zone(doubt, session))
        return replace(wishes, invitations=replace(invitations, zones=zones))
    if not _confirm(doubt.plan):
        return None
    return replace(wishes, invitations=replace(invitations, accept=Accept.EVERYTHING))


def _forget_words(session: CliContext) -> None:
    were_there = forget_words(session.settings_place)
    write_message(
        "The words of earlier imports are forgotten." if were_there else "There were no words to forget."
    )


def _confirm(plan: ImportPlan) -> bool:
    """Show what was read, and ask whether it is right."""
    for reading in plan.readings[:MOST_SHOWN]:
        write_message(reading)
    if len(plan.readings) > MOST_SHOWN:
        more = len(plan.readings) - MOST_SHOWN
        write_message(f"… and {plural(more, 'more event')}: --dry-run lists all of them.")
    _tell_rows(plan)
    return click.confirm("Is that right?", default=True, err=True)


def _ask_zone(doubt: NeedsZone, session: CliContext) -> str:
    """Ask for the zone of a time without one, and return it as --zone takes it."""
    named = (
        f"names the zone “{shown_line(doubt.zone)}”, which nobody knows" if doubt.zone else "names no time zone"
    )
    write_message(f"{doubt.file}:{doubt.line}: the event on {doubt.local:%Y-%m-%d %H:%M} {named}.")
    while True:
        typed = str(click.prompt("Its time zone", default=session.zone.key, err=True))
        try:
            return f"{doubt.zone}={iana_zone(typed).key}"
        except BadInput as error:
            write_message(error.sentence)


def _ask(doubt: AmbiguousDates, session: CliContext) -> bool:
    """Whether the day comes first."""
    today = session.now().date()
    write_message(f"{doubt.file}, column “{doubt.column}”: what does {doubt.example} mean?")
    write_message(f"  d  {format_day(doubt.day_first, today)}, the day first")
    write_message(f"  m  {format_day(doubt.month_first, today)}, the month first")
    answer = click.prompt("d or m", type=ForgivingChoice(("d", "m")), show_choices=False, err=True)
    return bool(answer == "d")


def _tell_rows(plan: ImportPlan) -> None:
    """Name every row that isn't plain: left out, not read, doubtful, or different from what is recorded."""
    for row in plan.rows:
        if row.result in {RowResult.SKIPPED, RowResult.ERROR} or row.is_remarked:
            name = " · ".join(shown_line(text)[:60] for text in (row.company, row.role) if text)
            write_message(f"{row.file}:{row.line}: {f'{name}: ' if name else ''}{shown_line(row.why)}")


def _tell_summary(imported: ImportResult, wishes: ImportOptions) -> None:
    plan = imported.plan
    for remark in (*plan.remarks, *imported.memory):
        write_message(remark)
    if plan.dropped:
        write_message(f"{plural(plan.dropped, 'control character')} dropped.")
    tally = describe_tally(plan)
    if plan.change is None and plan.whole is None:
        write_message(f"Nothing was changed: {tally}.")
    elif wishes.is_dry_run:
        write_message(f"Nothing was changed, this was a dry run: {tally}.")
    elif plan.change is None:
        write_message(f"The database is equal to the file now: {tally}.")
    else:
        write_message(f"{describe_change(plan)}. `followup-tui undo` takes all of it back.")
    if imported.backup is not None:
        write_message(f"Before that, a backup was taken: {imported.backup}")


def _object(row: PlannedRow) -> dict[str, Any]:
    return {
        "file": row.file,
        "line": row.line,
        "company": row.company,
        "role": row.role,
        "result": row.result.value,
        "why": row.why,
        "stage": row.stage.value if row.stage else None,
    }


def _line(row: PlannedRow) -> tuple[str, ...]:
    return (
        f"{row.file}:{row.line}",
        row.company,
        row.role,
        f"{RESULT_WORDS[row.result]}{' (remark)' * row.is_remarked}",
        row.why,
    )
