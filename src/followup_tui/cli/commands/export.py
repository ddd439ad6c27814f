"""Export everything to a file or to stdout: `export`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from followup_tui.cli.completion import complete_file
from followup_tui.cli.context import CliContext
from followup_tui.cli.exit_codes import OK
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.output import is_terminal, write, write_bytes, write_message
from followup_tui.cli.params import ForgivingChoice, pass_cli_context
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.exports.export_formats import ExportFormat, format_of_file
from followup_tui.letters.delivery.save_file import parse_file_path
from followup_tui.tracker.clock import now
from followup_tui.tracker.exports import export_bytes, export_name, save_export

_STANDARD_OUTPUT = "-"


@click.command(cls=BaseCommand)
@click.argument("file", required=False, metavar="[FILE]", shell_complete=complete_file)
@click.option(
    "--format",
    "format_",
    type=ForgivingChoice(tuple(ExportFormat)),
    help="The format; by default from the ending of FILE, or json.",
)
@click.option("-o", "--output", metavar="FILE", shell_complete=complete_file, help="The same as FILE.")
@click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")
@pass_cli_context
def export(session: CliContext, file: str | None, format_: str | None, output: str | None, force: bool) -> int:
    """Export everything to FILE, else to stdout: a full copy, a spreadsheet, a report, a calendar or contacts.

    json is a full copy, closed applications, letters and journal included: `followup-tui import FILE` makes an
    empty database equal to it, and adds to any other what it lacks. csv and xlsx have a line for each application,
    in columns that import reads back. md is a report to read. ics has interviews and next actions with alarms,
    under ids that stay, so that a calendar takes over what has changed. vcf has the contacts.
    """
    if file and output:
        raise click.UsageError("FILE and --output both name a file; nothing was written, name one.")
    output = output or file
    target = None if output in (None, "", _STANDARD_OUTPUT) else parse_file_path(output or "")
    format = _format(format_, target)
    if target is None and not format.is_text and is_terminal(sys.stdout):
        raise Refused("A terminal can't show a workbook; nothing was written, name a file: -o applications.xlsx")
    at = now()
    content = export_bytes(session.place, session.settings_place, format, at=at, zone=session.zone)
    if target is None:
        _write_out(content)
        return OK
    if target.is_dir():
        target = target / export_name(format, at.astimezone(session.zone).date())
    if not force and os.path.lexists(target):
        raise Refused(f"{shown_line(str(target))} is there already and was left as it is; --force replaces it.")
    save_export(content, target, force=force, database=session.place)
    write_message(f"Wrote {shown_line(str(target))} ({format.description}).")
    return OK


def _format(wanted: str | None, target: Path | None) -> ExportFormat:
    if wanted is not None:
        return ExportFormat(wanted)
    if target is None or target.is_dir():
        return ExportFormat.JSON
    found = format_of_file(target.name)
    if found is None:
        raise BadInput(
            f"The suffix of {shown_line(target.name)} names no format; nothing was written, say --format"
            f" {'|'.join(ExportFormat)}.",
            "format",
        )
    return found


def _write_out(content: bytes) -> None:
    """Write to stdout: for a person what a terminal can show, for a program every byte."""
    if is_terminal(sys.stdout):
        write(content.decode("utf-8-sig").replace("\r\n", "\n"), end="")
    else:
        write_bytes(content)
