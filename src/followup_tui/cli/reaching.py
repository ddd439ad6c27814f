"""Reaching what an application leads to: `open` its link, `copy` an address."""

from __future__ import annotations

import click

from followup_tui.cli import FAILED, FINE
from followup_tui.cli.kinds import Command
from followup_tui.cli.saying import say, tell
from followup_tui.cli.session import Session
from followup_tui.cli.words import Word, one_id, with_session
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.views.links import COPYABLE, copyable, openable


@click.command("open", cls=Command)
@one_id
@with_session
def open_link(session: Session, id: str) -> int:
    """Open an application's link in the browser; only http and https, and none that carries a password."""
    with session.reading() as tracker:
        application = tracker.details(tracker.find(id)).application
    link = openable(application.url, application.company)
    import webbrowser

    if not webbrowser.open(link):
        tell("No browser could be opened; this is the link.")
        say(link)
        return FAILED
    tell(f"Opened {link}")
    return FINE


@click.command(cls=Command)
@one_id
@click.argument("what", type=Word(COPYABLE), required=False)
@with_session
def copy(session: Session, id: str, what: str | None) -> int:
    """Print what one would copy: mail, phone, url or name; by default the first of them that is known.

    Into the clipboard with a pipe: followup-tui copy acme mail | wl-copy
    """
    with session.reading() as tracker:
        details = tracker.details(tracker.find(id))
    for each in (what,) if what else COPYABLE:
        values = copyable(details)[each]
        if values:
            say("\n".join(map(shown_line, values)))
            return FINE
    raise Refused(f"{details.application.company} has no {what}; `followup-tui edit` takes one.")
