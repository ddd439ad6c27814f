"""Taking in what other programs have written: `import`."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from followup_tui.cli.completion import complete_file
from followup_tui.cli.context import CliContext, create_data_folder
from followup_tui.cli.exit_codes import FAILED, OK
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.output import is_terminal, write_json, write_message, write_table
from followup_tui.cli.params import ForgivingChoice, pass_cli_context
from followup_tui.domain.format import format_day, plural
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.formats import NAMES
from followup_tui.exchange.plan import AmbiguousDates, ImportPlan, Result, Row

if TYPE_CHECKING:
    from followup_tui.tracker.imports import ImportOptions, ImportResult

_TOLD = {
    Result.NEW: "new",
    Result.MERGED: "filled in",
    Result.SAME: "there already",
    Result.SKIPPED: "left out",
    Result.ERROR: "not read",
}


@click.command("import", cls=BaseCommand)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, shell_complete=complete_file)
@click.option(
    "--format", "format_", type=ForgivingChoice(NAMES), help="The program that wrote them; else the headers tell."
)
@click.option("--dry-run", is_flag=True, help="Only show what would become of every row.")
@click.option("--all", "take_all", is_flag=True, help="Also rows that have no interview yet.")
@click.option("--day-first/--month-first", default=None, help="How to read dates like 03/04/2026.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list with one object a row.")
@pass_cli_context
def import_(session: CliContext, files: tuple[str, ...], as_json: bool, **options: Any) -> int:
    """Take in applications from CSV files of LinkedIn, Huntr, JobSync or any sheet; “-” is the input.

    Everything that the files hold is one change, which one undo takes back. What is there already is recognised
    by company and role, or by link; only its empty fields are filled. If a file can't be read, none is imported;
    if a row can't be read, the others go in and the exit code is 1.

    The objects of --json have file, line, company, role, result (new, merged, same, skipped, error), why, and
    stage, which is null for a row that doesn't go in.
    """
    from followup_tui.tracker.imports import ImportOptions, read_sources

    sources = read_sources(files, getattr(sys.stdin, "buffer", None))
    wishes = ImportOptions(
        format=options["format_"],
        take_all=options["take_all"],
        day_first=options["day_first"],
        is_dry_run=options["dry_run"],
    )
    if not wishes.is_dry_run:
        create_data_folder(session.place)
    imported = _imported(session, sources, wishes)
    plan = imported.plan
    if as_json:
        write_json([_object(row) for row in plan.rows])
    elif wishes.is_dry_run:
        write_table([_line(row) for row in plan.rows], cut=(1, 2))
    else:
        _tell_left_out(plan)
    _tell_summary(imported, wishes)
    return FAILED if any(row.result is Result.ERROR for row in plan.rows) else OK


def _imported(session: CliContext, sources: list[Any], wishes: ImportOptions) -> ImportResult:
    """Import; where nothing in a file tells day from month, ask whoever sits there."""
    from dataclasses import replace

    from followup_tui.tracker.imports import import_sources

    try:
        return import_sources(session.place, sources, wishes, zone=session.zone)
    except AmbiguousDates as doubt:
        if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
            raise
        answer = _ask(doubt, session)
    return import_sources(session.place, sources, replace(wishes, day_first=answer), zone=session.zone)


def _ask(doubt: AmbiguousDates, session: CliContext) -> bool:
    """Whether the day comes first."""
    today = session.now().date()
    write_message(f"{doubt.file}, column “{doubt.column}”: what does {doubt.example} mean?")
    write_message(f"  d  {format_day(doubt.day_first, today)}, the day first")
    write_message(f"  m  {format_day(doubt.month_first, today)}, the month first")
    answer = click.prompt("d or m", type=ForgivingChoice(("d", "m")), show_choices=False, err=True)
    return bool(answer == "d")


def _tell_left_out(plan: ImportPlan) -> None:
    for row in plan.rows:
        if row.result in {Result.SKIPPED, Result.ERROR}:
            what = " · ".join(shown_line(text)[:60] for text in (row.company, row.role) if text)
            write_message(f"{row.file}:{row.line}: {f'{what}: ' if what else ''}{shown_line(row.why)}")


def _tell_summary(imported: ImportResult, wishes: ImportOptions) -> None:
    plan = imported.plan
    for remark in plan.remarks:
        write_message(remark)
    if plan.dropped:
        write_message(f"{plural(plan.dropped, 'control character')} dropped.")
    results = Counter(row.result for row in plan.rows)
    tally = ", ".join(f"{results[result]:,} {words}" for result, words in _TOLD.items() if results[result])
    if plan.change is None:
        write_message(f"Nothing was changed: {tally or 'there are no rows'}.")
    elif wishes.is_dry_run:
        write_message(f"Nothing was changed, this was a dry run: {tally}.")
    else:
        write_message(f"{shown_line(plan.change.label)}: {tally}. `followup-tui undo` takes all of it back.")
    if imported.backup is not None:
        write_message(f"Before that, a backup was taken: {imported.backup}")


def _object(row: Row) -> dict[str, Any]:
    return {
        "file": row.file,
        "line": row.line,
        "company": row.company,
        "role": row.role,
        "result": row.result.value,
        "why": row.why,
        "stage": row.stage.value if row.stage else None,
    }


def _line(row: Row) -> tuple[str, ...]:
    return (f"{row.file}:{row.line}", row.company, row.role, _TOLD[row.result], row.why)
