"""What an application leads to: the link that may be opened, and what is worth copying."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import shown_line

COPYABLE = ("mail", "phone", "url", "name")
"""What can be copied, the most wanted first."""


def openable(url: str, company: str) -> str:
    """Return the link if it may be opened; raises `Refused` if there is none or it is not a web page."""
    if not url:
        raise Refused(f"{company} has no link; edit it to add one.")
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


def copyable(details: ApplicationDetails) -> Mapping[str, list[str]]:
    """What there is of each kind of `COPYABLE`, as it may reach a clipboard; the people's own first."""
    people = details.contacts
    found = {
        "mail": [person.email for person in people],
        "phone": [person.phone for person in people],
        "url": [details.application.url],
        "name": [person.name for person in people] or [details.application.company],
    }
    return {what: [shown_line(value) for value in values if value] for what, values in found.items()}
