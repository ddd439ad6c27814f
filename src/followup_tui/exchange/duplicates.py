"""Which application a row is about, if there is one already: the same company and role, or the same link."""

from __future__ import annotations

import re
from typing import NamedTuple
from unicodedata import normalize

TRACKING = re.compile(r"utm_.*|fbclid|gclid|msclkid|trk|trackingid|refid", re.IGNORECASE)
"""Parts of a link's query that say how one came there, not where."""

LONGEST_LINK = 2_000
"""Characters up to which a link is taken apart; a longer one is compared as it stands."""

_LINK = re.compile(
    r"(?:https?://)?([^/?#\s]+\.[^/?#\s]+)(/[^?#]*)?(?:\?([^#]*))?(?:#([/!].*)|#.*)?", re.IGNORECASE | re.DOTALL
)


class MatchKeys(NamedTuple):
    """What an application is known by, as it is compared.

    A legal form belongs to the name: "Acme GmbH" and "Acme AG" are two, and a plain "Acme" may be either.
    """

    company: str
    role: str
    link: str


def match_keys(company: str, role: str, url: str) -> MatchKeys:
    """The names by which applications are compared: case, width, spaces, dots and commas don't matter."""
    whole = _folded(company.replace(".", "").replace(",", "")) or _folded(company)
    return MatchKeys(whole, _folded(role), link_key(url) if url else "")


def link_key(url: str) -> str:
    """A link as it is compared: host folded, no scheme, fragment, trailing slash, tracking; empty for a mere host.

    A fragment that is a route ("#/jobs/17") stays, since it is what tells the jobs of such a site apart.
    """
    if len(url) > LONGEST_LINK:
        return url
    parts = _LINK.fullmatch(url)
    if parts is None:
        return ""
    host, path, query, route = parts.groups("")
    path = path.rstrip("/")
    if query:
        query = "&".join(part for part in query.split("&") if part and not TRACKING.fullmatch(part.split("=")[0]))
    if not (path or query or route):
        return ""
    return f"{host.casefold()}{path}?{query}#{route}"


def _folded(text: str) -> str:
    return " ".join((text if text.isascii() else normalize("NFKC", text)).casefold().split())


class KnownApplications:
    """The ids of applications by their names.

    A name belongs to whoever bore it first, and a row found under one name makes its others known too: so the same
    sheet, read again, finds the same applications.
    """

    def __init__(self) -> None:
        """Nobody is known yet."""
        self._whole: dict[tuple[str, str], str] = {}
        self._link: dict[str, str] = {}

    def add(self, names: MatchKeys, bearer: str) -> None:
        """Make the names known as those of `bearer`, as far as nobody else bears them."""
        self._whole.setdefault((names.company, names.role), bearer)
        if names.link:
            self._link.setdefault(names.link, bearer)

    def find(self, names: MatchKeys) -> tuple[str, str] | None:
        """The id of who bears one of the names, and which one it was, in words."""
        found = self._whole.get((names.company, names.role))
        if found is not None:
            return found, "company and role"
        found = self._link.get(names.link)
        return (found, "link") if found is not None else None

    def owner(self, link: str) -> str | None:
        """The id of who bears a link."""
        return self._link.get(link)
