"""The links in a typed line, with and without a scheme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from followup_tui.domain.model.contact import Person
from followup_tui.domain.parsing.person_fields import with_scheme
from followup_tui.domain.parsing.round_words import is_round

# Patterns are kept as text: `re` compiles each when it is first used.
_URL = r"\bhttps?:[^\s<>\"“”]*|\bwww\.[^\s<>\"“”,;]+|(?<![\w@./])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"“”,;]*"


_LABELLED = (
    r"(?i)(?:[ ,]*\b(?:(?P<how>[^\W\d_]+) )?(?:link|url|lien|enlace|collegamento)\b\s*[:=–-]?\s*)?"
    rf"(?P<link>{_URL})"
)
_CALL_HOSTS = (
    r"(?:.+\.)?(?:zoom\.(?:us|com)|zoomgov\.com|teams\.microsoft\.com|teams\.live\.com|meet\.google\.com|webex\.com"
    r"|whereby\.com|jit\.si|goto\.com|gotomeeting\.com|bluejeans\.com|chime\.aws|skype\.com|facetime\.apple\.com)"
)
_PROFILES = r"(?:.+\.)?(?:linkedin\.com/(?:in|pub)/|xing\.com/profile/).+"


class TypedLink(NamedTuple):
    """A link, and what it opens where the words before it say so."""

    url: str
    kind: str = ""


class TypedLinks(NamedTuple):
    """The links of a line by what they open: the advertisement, the call, somebody's profile; and the rest."""

    job: str = ""
    call: str = ""
    profile: str = ""
    others: tuple[str, ...] = ()


def sort_links(links: Iterable[TypedLink]) -> TypedLinks:
    """The first link of each kind, which its host and path tell; what is a second one is among the others."""
    found: dict[str, str] = {}
    others = [
        link.url for link in links if found.setdefault(link.kind or _kind(link.url), link.url) is not link.url
    ]
    return TypedLinks(**found, others=tuple(others))


def _kind(link: str) -> str:
    try:
        parts = urlsplit(link.casefold())
    except ValueError:
        return "job"
    if re.fullmatch(_CALL_HOSTS, parts.hostname or ""):
        return "call"
    return "profile" if re.match(_PROFILES, f"{parts.hostname}{parts.path}") else "job"


def with_profile(people: Sequence[Person], profile: str) -> tuple[tuple[Person, ...], tuple[str, ...]]:
    """The people with a profile's link at the last one, or the link where nobody is there to have it."""
    if not profile or not people or people[-1].link:
        return tuple(people), (profile,) if profile else ()
    return (*people[:-1], replace(people[-1], link=profile)), ()


def without_links(line: str, problems: list[str]) -> tuple[str, list[TypedLink]]:
    """The line with commas for its links, and the links. A link may have commas of its own.

    "Zoom link" before one says that it is that of the call, and stays as how one meets.
    """
    links: list[TypedLink] = []

    def taken(match: re.Match[str]) -> str:
        link, how = match["link"].rstrip(",;.!|"), match["how"] or ""
        if match.start("link") and line[match.start("link") - 1] == "(":
            link = link.rstrip(")")
        is_call = bool(how) and is_round(how)
        url = link if re.match("(?i)https?:", link) else with_scheme(link)
        links.append(TypedLink(url, "call" if is_call else ""))
        return f", {how if is_call else ''},{match['link'][len(link) :]}"

    line = re.sub(_LABELLED, taken, line)
    if links and not _can_be_opened(links[0].url):
        problems.append("a whole link, like https://acme.example/jobs/7")
        return line, links[1:]
    return line, links


def _can_be_opened(link: str) -> bool:
    """Whether it leads to a host and hides no name or password that would make it look like another's."""
    try:
        parts = urlsplit(link)
        return bool(parts.hostname) and parts.username is None and link.isprintable()
    except ValueError:
        return False
