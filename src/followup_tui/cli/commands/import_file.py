"""Import files, your own and those of other programs: `import`."""

from __future__ import annotations

from typing import Any

import click

from followup_tui.cli.completion import complete_file
from followup_tui.cli.context import CliContext
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.params import ForgivingChoice, pass_cli_context
from followup_tui.exchange.sheets.formats import FORMAT_NAMES


@click.command("import", cls=BaseCommand)
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
@click.option("--forget-words", is_flag=True, help="Forget what --map and --status said before.")
@click.option("--for", "belongs_to", metavar="ID", default="", help="The application it belongs to.")
@click.option("--company", metavar="NAME", default="", help="The company of an invitation.")
@click.option("--role", metavar="NAME", default="", help="The role of an invitation.")
@click.option(
    "--zone",
    "zones",
    metavar="ZONE",
    multiple=True,
    help="The time zone of events without one, or “NAME=ZONE” for an unknown name.",
)
@click.option("--yes", is_flag=True, help="Accept guesses about invitations without asking.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list with one object per row.")
@pass_cli_context
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
