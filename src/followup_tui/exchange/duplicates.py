"""Find the application that a row is about: the same company and role, or the same link."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

TRACKING_PARAMETERS = re.compile(r"utm_.*|fbclid|gclid|msclkid|trk|trackingid|refid", re.IGNORECASE)
"""Query parameters of a link that only track where a visitor came from."""

MAX_LINK_LENGTH = 2_000
"""Characters up to which a link is parsed; a longer one is compared unchanged."""

_LINK = re.compile(
    r"(?:https?://)?([^/?#\s]+\.[^/?#\s]+)(/[^?#]*)?(?:\?([^#]*))?(?:#([/!].*)|#.*)?", re.IGNORECASE | re.DOTALL
)


class MatchKeys(NamedTuple):
    """The normalized values by which applications are compared.

    A legal form is part of the name: "Acme GmbH" and "Acme AG" are different companies.
    """

    company: str
    role: str
    link: str


def match_keys(company: str, role: str, url: str) -> MatchKeys:
    """Return the keys of an application; case, width, spaces, dots and commas are ignored."""
    whole = _fold(company.replace(".", "").replace(",", "")) or _fold(company)
    return MatchKeys(whole, _fold(role), link_key(url) if url else "")


def link_key(url: str) -> str:
    """Return a link without scheme, fragment, trailing slash and tracking parameters; empty for a host alone.

    A fragment that is a route ("#/jobs/17") is kept, as it identifies the job.
    """
    if len(url) > MAX_LINK_LENGTH:
        return url
    parts = _LINK.fullmatch(url)
    if parts is None:
        return ""
    host, path, query, route = parts.groups("")
    path = path.rstrip("/")
    if query:
        query = "&".join(
            part for part in query.split("&") if part and not TRACKING_PARAMETERS.fullmatch(part.split("=")[0])
        )
    if not (path or query or route):
        return ""
    return f"{host.casefold()}{path}?{query}#{route}"


def _fold(text: str) -> str:
    return " ".join((text if text.isascii() else normalize("NFKC", text)).casefold().split())


class KnownApplications:
    """The ids of applications by their keys.

    A key belongs to the first application that has it; a row found by one key adds its other keys, so that
    importing the same file again finds the same applications.
    """

    def __init__(self) -> None:
        """Start without any application."""
        self._by_name: dict[tuple[str, str], str] = {}
        self._by_link: dict[str, str] = {}

    def add(self, keys: MatchKeys, application_id: str) -> None:
        """Add the keys of an application, except those that another one has."""
        self._by_name.setdefault((keys.company, keys.role), application_id)
        if keys.link:
            self._by_link.setdefault(keys.link, application_id)

    def find(self, keys: MatchKeys) -> tuple[str, str] | None:
        """Return the id of the application with one of the keys, and in words which key it was, or None."""
        found = self._by_name.get((keys.company, keys.role))
        if found is not None:
            return found, "company and role"
        found = self._by_link.get(keys.link)
        return (found, "link") if found is not None else None

    def owner(self, link: str) -> str | None:
        """Return the id of the application with a link, or None."""
        return self._by_link.get(link)
