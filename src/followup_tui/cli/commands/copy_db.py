"""From a file to a server and back: `copy-db`."""

from __future__ import annotations

import click

from followup_tui.cli.completion import complete_file
from followup_tui.cli.context import CliContext, create_data_folder
from followup_tui.cli.exit_codes import OK
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.output import write_message
from followup_tui.cli.params import pass_cli_context
from followup_tui.domain.format import plural
from followup_tui.domain.model.text import shown_line
from followup_tui.paths import database_file


@click.command("copy-db", cls=BaseCommand)
@click.argument("source", metavar="FROM", shell_complete=complete_file)
@click.argument("target", metavar="TO", shell_complete=complete_file)
@pass_cli_context
def copy_db(session: CliContext, source: str, target: str) -> int:
    """Copy everything from one database into an empty one: from a file to a PostgreSQL server, or back.

    FROM and TO are paths or addresses such as postgresql://NAME@HOST/DATABASE. Letters, journal and undo come
    along; both are compared afterwards, and FROM stays as it is.
    """
    # Not at the top: `--help` shows all commands.
    from followup_tui.tracker.database_copy import copy_database

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
