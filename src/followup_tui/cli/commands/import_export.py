"""Data in and out: `import` and `export`; its copies: `backup`, `restore`, `check`, and `copy-db` from a
file to a server and back."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from followup_tui.cli import OK, SOMETHING_FOUND
from followup_tui.cli.completion import complete_file
from followup_tui.cli.context import CliContext, create_data_folder
from followup_tui.cli.output import is_terminal, write, write_bytes, write_json, write_message, write_table
from followup_tui.cli.params import ForgivingChoice, command
from followup_tui.domain.describe import format_ago
from followup_tui.domain.format import capitalized, format_moment, plural
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.exports.export_formats import ExportFormat, format_of_file
from followup_tui.exchange.sheets.formats import FORMAT_NAMES
from followup_tui.files import database_file, parse_file_path
from followup_tui.store.database_file import FileState, inspect_file
from followup_tui.tracker.clock import now
from followup_tui.tracker.exports import export_bytes, export_name, save_export

if TYPE_CHECKING:
    from followup_tui.tracker.safety import Backup, RepairResult, Safety


@command("import")
@click.argument("files", metavar="FILE...", nargs=-1, shell_complete=complete_file)
@click.option(
    "--format",
    "format_",
    type=ForgivingChoice(FORMAT_NAMES),
    help="The program that wrote them; by default the headers tell.",
)
@click.option("--dry-run", is_flag=True, help="Only show what would become of every row.")
@click.option("--all", "take_all", is_flag=True, help="Also rows without an interview yet.")
@click.option("--day-first/--month-first", default=None, help="How to read dates like 03/04/2026.")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="FIELD=HEADER",
    help="Which field a column fills, as in company=Firma; “nothing” leaves it out. Remembered; can be repeated.",
)
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="STATUS=MEANING",
    help="What a status means, as in “Onsite booked=interviewed”. Remembered; can be repeated.",
)
@click.option(
    "--sheet",
    "sheets",
    multiple=True,
    metavar="NAME",
    help="Which sheet of a workbook; by default the best, and those with the same headers. Can be repeated.",
)
@click.option("--forget-words", is_flag=True, help="Forget what --map and --status said before.")
@click.option("--for", "belongs_to", metavar="ID", default="", help="The application it belongs to.")
@click.option("--company", metavar="NAME", default="", help="The company of an invitation.")
@click.option("--role", metavar="NAME", default="", help="The role of an invitation, or of rows without one.")
@click.option(
    "--zone",
    "zones",
    metavar="ZONE",
    multiple=True,
    help="The time zone of events without one, or “NAME=ZONE” for an unknown name.",
)
@click.option("--yes", is_flag=True, help="Accept guesses about invitations without asking.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list with one object per row.")
def import_(session: CliContext, files: tuple[str, ...], as_json: bool, **options: Any) -> int:
    """Import a CSV, Excel or LibreOffice file, your own or another program's; “-” is the input.

    Invitations (.ics, or an email with one in it) are added to the application they belong to; a newer version
    moves the interview, a cancellation cancels it. You see first what was read: confirm it, or say --yes.

    Everything in the files is one change: one undo takes it all back. Import a sheet again when it has grown:
    new interviews, moved dates, people and later statuses are added, and what you recorded here stays. If it
    isn't certain that a row is the same job, it becomes a new application, with a remark. If a file can't be
    read, none is imported; if a row can't be read, the others are imported and the exit code is 1.

    Headers and statuses that aren't understood are listed; --map and --status say what they mean.

    A full copy in JSON, made by `export`, fills an empty database completely, the journal included, so that
    undo continues there. Any other database gets what it doesn't have, and keeps what differs.

    The objects of --json have file, line, company, role, result (new, merged, same, skipped, error), why, and
    stage, which is null for a row that doesn't go in.
    """
    # Not at the top: the help, completion and the prompt go without it.
    from followup_tui.cli.import_command import run_import

    return run_import(session, files, options, as_json=as_json)


_STANDARD_OUTPUT = "-"


@command()
@click.argument("file", required=False, metavar="[FILE]", shell_complete=complete_file)
@click.option(
    "--format",
    "format_",
    type=ForgivingChoice(ExportFormat),
    help="The format; by default from the ending of FILE, or json.",
)
@click.option("-o", "--output", metavar="FILE", shell_complete=complete_file, help="The same as FILE.")
@click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")
def export(
    session: CliContext, file: str | None, format_: ExportFormat | None, output: str | None, force: bool
) -> int:
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


def _format(wanted: ExportFormat | None, target: Path | None) -> ExportFormat:
    if wanted is not None:
        return wanted
    if target is None or target.is_dir():
        return ExportFormat.JSON
    format = format_of_file(target.name)
    if format is None:
        raise BadInput(
            f"The suffix of {shown_line(target.name)} names no format; nothing was written, say --format"
            f" {'|'.join(ExportFormat)}.",
            "format",
        )
    return format


def _write_out(content: bytes) -> None:
    """Write to stdout: for a person what a terminal can show, for a program every byte."""
    if is_terminal(sys.stdout):
        write(content.decode("utf-8-sig").replace("\r\n", "\n"), end="")
    else:
        write_bytes(content)


@command()
@click.argument("file", metavar="[FILE]", required=False, shell_complete=complete_file)
@click.option("--list", "wants_list", is_flag=True, help="List the backups, newest first.")
@click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")
@click.option("--json", "as_json", is_flag=True, help="With --list: a JSON list with one object per backup.")
def backup(session: CliContext, file: str | None, wants_list: bool, force: bool, as_json: bool) -> int:
    """Back up everything now: into the backups folder, or to FILE.

    FILE may be a folder, such as a USB stick. Backups are also made automatically: every half hour while the
    board is open, if something changed, and before an import or a restore. Kept are those of the last 2 days'
    half-hours, 7 days, 4 weeks and 6 months.

    The objects of --list --json have number, name, path, made_at, bytes and applications.
    """
    if (wants_list and file) or (as_json and not wants_list):
        raise click.UsageError("--list takes no FILE, and --json goes with --list.")
    with session.reading() as tracker:
        if wants_list:
            return _list(session, tracker.safety.all_backups(), as_json)
        if file is None:
            made = tracker.safety.back_up()
        else:
            made = tracker.safety.copy_to(Path(file).expanduser(), overwrites=force)
    write(str(made))
    word = made.stem if file is None else shlex.quote(str(made))
    write_message(f"This is a backup of everything; `followup-tui restore {word}` puts it back.")
    return OK


def _list(session: CliContext, backups: list[Backup], as_json: bool) -> int:
    now = session.now()
    if as_json:
        write_json(
            [
                {
                    "number": backup.number,
                    "name": backup.name,
                    "path": str(backup.path),
                    "made_at": backup.made_at.isoformat(),
                    "bytes": backup.size,
                    "applications": backup.applications,
                }
                for backup in backups
            ]
        )
        return OK
    write_table(
        [
            (
                str(backup.number),
                format_moment(backup.made_at, now),
                format_ago(backup.made_at, now),
                "can't be read" if backup.applications is None else plural(backup.applications, "application"),
                backup.name,
            )
            for backup in backups
        ]
    )
    if not backups:
        write_message("There are no backups yet; `followup-tui backup` makes one.")
    return OK


@command()
@click.argument("backup", metavar="BACKUP", shell_complete=complete_file)
@click.option("--yes", is_flag=True, help="Don't ask.")
def restore(session: CliContext, backup: str, yes: bool) -> int:
    """Go back to a backup; the current data is backed up first.

    BACKUP is a file, a number or a name from `backup --list`, or a moment such as “yesterday 18:00” for the
    newest backup from before then. A backup made by an older version is upgraded.
    """
    create_data_folder(session.place)
    with session.reading() as tracker:
        source = tracker.safety.find(backup, session.zone)
        if tracker.safety.has_something() and not yes:
            confirm(f"Put {source} in the place of what is in {session.place}?", "nothing was changed")
        done = tracker.safety.restore(source)
    write_message(done.sentence(session.now()))
    return OK


def confirm(question: str, otherwise: str) -> None:
    """Ask on a terminal; raises `Refused` for a no, and where nobody can be asked."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise Refused(f"{question} There is nobody to ask, so {otherwise}; --yes does it.")
    if not click.confirm(question, err=True):
        raise Refused(f"{capitalized(otherwise)}.")


@command()
@click.option("--repair", is_flag=True, help="Repair the database, after copying the file as it is.")
def check(session: CliContext, repair: bool) -> int:
    """Check the whole database for damage; the exit code is 3 if something is wrong.

    With --repair, indexes are rebuilt; if that isn't enough, everything that can be read is saved in a new
    file, and rows that can't be read go to a JSON file. It says what was kept and what was lost; the exit code
    is then 0.
    """
    with session.reading() as tracker:
        place = session.place
        if isinstance(place, Path) and inspect_file(place) is FileState.MISSING:
            write_message(f"There is no database at {place} yet, so there is nothing to check.")
            return OK
        if repair:
            return _repair(session, tracker.safety)
        report = tracker.safety.check()
    if report.is_sound:
        write(f"{session.place} is sound.")
        return OK
    for sentence in report.sentences:
        write(sentence)
    write_message("Nothing was changed; `followup-tui check --repair` repairs it, after a copy of it as it is.")
    return SOMETHING_FOUND


def _repair(session: CliContext, safety: Safety) -> int:
    result = safety.repair()
    if result is None:
        write(f"{session.place} is sound; nothing was changed.")
        return OK
    for sentence in (*result.found.sentences, *result.sentences):
        write(sentence)
    _suggest_backup(safety, result)
    return OK


def _suggest_backup(safety: Safety, result: RepairResult) -> None:
    """Name the newest good backup where rows were lost: it may have them."""
    if result.repaired is None or not result.repaired.lost:
        return
    good = next((backup for backup in safety.all_backups() if backup.applications is not None), None)
    if good is not None:
        write_message(
            f"The newest backup has {plural(good.applications or 0, 'application')}:"
            f" `followup-tui restore {good.name}` puts it in place instead."
        )


@command("copy-db")
@click.argument("source", metavar="FROM", shell_complete=complete_file)
@click.argument("target", metavar="TO", shell_complete=complete_file)
def copy_db(session: CliContext, source: str, target: str) -> int:
    """Copy everything from one database into an empty one: from a file to a PostgreSQL server, or back.

    FROM and TO are paths or addresses such as postgresql://NAME@HOST/DATABASE. Letters, journal and undo come
    along; both are compared afterwards, and FROM stays as it is.
    """
    # Not at the top: `--help` shows all commands.
    from followup_tui.tracker.imports import copy_database

    where = database_file(target)
    create_data_folder(where)
    copied = copy_database(
        database_file(source), where, session.settings_place, at=session.now(), zone=session.zone
    )
    write_message(
        f"Copied {plural(copied, 'application')} with everything that belongs to them to {shown_line(str(where))};"
        " the copy is equal."
    )
    return OK
