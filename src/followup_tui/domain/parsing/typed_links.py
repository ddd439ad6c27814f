"""The links in a typed line, with and without a scheme."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from followup_tui.domain.parsing.person_fields import with_scheme

# Kept as text: `re` compiles it when it is first used.
_URL = r"(?i)\bhttps?:[^\s<>\"“”]*|\bwww\.[^\s<>\"“”,;]+|(?<![\w@./])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"“”,;]*"


def without_links(line: str, problems: list[str]) -> tuple[str, str, list[str]]:
    """The line with commas for its links, the first link, and the others. A link may have commas of its own."""
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
        return line, "", links[1:]
    return line, links[0] if links else "", links[1:]


def _can_be_opened(link: str) -> bool:
    """Whether it leads to a host and hides no name or password that would make it look like another's."""
    try:
        parts = urlsplit(link)
        return bool(parts.hostname) and parts.username is None and link.isprintable()
    except ValueError:
        return False
