"""The links in a typed line, with and without a scheme."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlsplit

from followup_tui.domain.model.contact import Person
from followup_tui.domain.parsing.person_fields import with_scheme

# Patterns are kept as text: `re` compiles each when it is first used.
_URL = r"(?i)\bhttps?:[^\s<>\"“”]*|\bwww\.[^\s<>\"“”,;]+|(?<![\w@./])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"“”,;]*"


_CALL_HOSTS = (
    r"(?:.+\.)?(?:zoom\.(?:us|com)|zoomgov\.com|teams\.microsoft\.com|teams\.live\.com|meet\.google\.com|webex\.com"
    r"|whereby\.com|jit\.si|goto\.com|gotomeeting\.com|bluejeans\.com|chime\.aws|skype\.com|facetime\.apple\.com)"
)
_PROFILES = r"(?:.+\.)?(?:linkedin\.com/(?:in|pub)/|xing\.com/profile/).+"


class TypedLinks(NamedTuple):
    """The links of a line by what they open: the advertisement, the call, somebody's profile; and the rest."""

    job: str = ""
    call: str = ""
    profile: str = ""
    others: tuple[str, ...] = ()


def sort_links(links: Iterable[str]) -> TypedLinks:
    """The first link of each kind, which its host and path tell; what is a second one is among the others."""
    found: dict[str, str] = {}
    others = [link for link in links if found.setdefault(_kind(link), link) is not link]
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


def without_links(line: str, problems: list[str]) -> tuple[str, list[str]]:
    """The line with commas for its links, and the links. A link may have commas of its own."""
    links: list[str] = []

    def taken(match: re.Match[str]) -> str:
        link = match[0].rstrip(",;.!|")
        if match.start() and line[match.start() - 1] == "(":
            link = link.rstrip(")")
        links.append(link)
        return f",{match[0][len(link) :]}"

    line = re.sub(_URL, taken, line)
    links = [link if re.match("(?i)https?:", link) else with_scheme(link) for link in links]
    if links and not _can_be_opened(links[0]):
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
