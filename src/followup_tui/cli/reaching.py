"""Reaching what an application leads to: `open` its link, `copy` an address."""

from __future__ import annotations

from urllib.parse import urlsplit

import click

from followup_tui.cli import FAILED, FINE
from followup_tui.cli.kinds import Command
from followup_tui.cli.saying import say, tell
from followup_tui.cli.session import Session
from followup_tui.cli.words import Word, one_id, with_session
from followup_tui.domain.dossier import Dossier
from followup_tui.domain.errors import Refused
from followup_tui.domain.text import shown_line

WHAT = ("mail", "phone", "url", "name")


@click.command("open", cls=Command)
@one_id
@with_session
def open_link(session: Session, id: str) -> int:
    """Open an application's link in the browser; only http and https, and none that carries a password."""
    with session.reading() as tracker:
        application = tracker.dossier(tracker.find(id)).application
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
@click.argument("what", type=Word(WHAT), required=False)
@with_session
def copy(session: Session, id: str, what: str | None) -> int:
    """Print what one would copy: mail, phone, url or name; by default the first of them that is known.

    Into the clipboard with a pipe: followup-tui copy acme mail | wl-copy
    """
    with session.reading() as tracker:
        dossier = tracker.dossier(tracker.find(id))
    for each in (what,) if what else WHAT:
        values = _values(dossier, each)
        if values:
            say("\n".join(map(shown_line, values)))
            return FINE
    raise Refused(f"{dossier.application.company} has no {what}; `followup-tui edit` takes one.")


def openable(url: str, company: str) -> str:
    """The link, if it may be opened. Refuses where there is none, or where it isn't plainly a page on the web."""
    if not url:
        raise Refused(f"{company} has no link; `followup-tui edit ID --url` takes one.")
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
        is_plain = parts.username is None and parts.password is None and url.isprintable() and " " not in url
    except ValueError:
        is_web = is_plain = False
    if not (is_web and is_plain):
        told = shown_line(url)[:200]
        raise Refused(f"The link of {company} is no plain address of a web page, so it was not opened: {told}")
    return url


def _values(dossier: Dossier, what: str) -> list[str]:
    """What there is of one kind; the people's own first."""
    people = dossier.contacts
    found = {
        "mail": [person.email for person in people],
        "phone": [person.phone for person in people],
        "url": [dossier.application.url],
        "name": [person.name for person in people] or [dossier.application.company],
    }
    return [value for value in found[what] if value]
