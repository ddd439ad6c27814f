"""Reaching what an application leads to: `open` its link, `copy` an address."""

from __future__ import annotations

import webbrowser

import click

from followup_tui.cli.context import CliContext
from followup_tui.cli.exit_codes import FAILED, OK
from followup_tui.cli.group import BaseCommand
from followup_tui.cli.output import write, write_message
from followup_tui.cli.params import ForgivingChoice, id_argument, pass_cli_context
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.views.options import COPYABLE, copyable, openable


@click.command("open", cls=BaseCommand)
@id_argument
@pass_cli_context
def open_link(session: CliContext, id: str) -> int:
    """Open an application's link in the browser: http and https only, and none that contains a password."""
    with session.reading() as tracker:
        application = tracker.queries.details(tracker.queries.find(id)).application
    link = openable(application.url, application.company)
    if not webbrowser.open(link):
        write_message("No browser could be opened; this is the link.")
        write(link)
        return FAILED
    write_message(f"Opened {link}")
    return OK


@click.command(cls=BaseCommand)
@id_argument
@click.argument("what", type=ForgivingChoice(COPYABLE), required=False)
@pass_cli_context
def copy(session: CliContext, id: str, what: str | None) -> int:
    """Print an address, phone number, link or name to copy; by default the first of them that is known.

    To the clipboard: followup-tui copy acme mail | wl-copy
    """
    with session.reading() as tracker:
        details = tracker.queries.details(tracker.queries.find(id))
    for each in (what,) if what else COPYABLE:
        values = copyable(details)[each]
        if values:
            write("\n".join(map(shown_line, values)))
            return OK
    raise Refused(f"{details.application.company} has no {what}; nothing was done, `followup-tui edit` adds one.")
