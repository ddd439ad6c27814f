"""An interview in one line: its date, then people and how one meets."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import Booking, InterviewKind
from followup_tui.domain.model.when import When, format_when
from followup_tui.domain.parsing.dates import looks_like_date
from followup_tui.domain.parsing.person import parse_people

# Patterns are kept as text: `re` compiles each when it is first used.
_PARTS = r"(?:<[^<>]*>|\([^()]*\)|[^,<]|<)+"
_WITH = r"(?i)^(?:with|w/)\s+"
_KINDS = {
    "phone": InterviewKind.PHONE,
    "by phone": InterviewKind.PHONE,
    "video": InterviewKind.VIDEO,
    "by video": InterviewKind.VIDEO,
    "onsite": InterviewKind.ONSITE,
    "on site": InterviewKind.ONSITE,
    "on-site": InterviewKind.ONSITE,
}
MOST_DATE_PARTS = 3
"""Parts that one date may be spread over: "Fri, 20 Nov, 14:00"."""

Understand = Callable[[str], When]
"""Understands a date, or raises `BadInput`."""


def split_date(text: str, understand: Understand) -> tuple[When, str]:
    """Return the date at the beginning, which may contain commas, and the text after it.

    Raises `BadInput` where it doesn't begin with a date.
    """
    parts = list(re.finditer(r"[^,;]+", text)) or list(re.finditer(r".*", text))[:1]
    dated = 1
    while dated < min(MOST_DATE_PARTS, len(parts)) and looks_like_date(_plain(parts[dated][0])):
        dated += 1
    for count in range(dated, 0, -1):
        said = " ".join(_plain(part[0]) for part in parts[:count])
        try:
            return understand(said), text[parts[count - 1].end() :].lstrip(" ,;").strip()
        except BadInput:
            if count == 1:
                raise
    raise AssertionError("one part is always tried")


def parse_booking(text: str, understand: Understand) -> Booking:
    """A round in one line: its date, then people and how one meets, in any order. Raises `BadInput`."""
    when, rest = split_date(text, understand)
    kind: InterviewKind | None = None
    said: list[str] = []
    for match in re.finditer(_PARTS, rest):
        part = _plain(match[0])
        if part.casefold() in _KINDS:
            kind = _KINDS[part.casefold()]
        elif part:
            said.append(re.sub(_WITH, "", part))
    people = parse_people(", ".join(said)) if said else ()
    return Booking(when=when, people=people, kind=kind)


def describe_booking(booking: Booking, zone: tzinfo) -> str:
    """A round as it is said back: "Tue 24 Nov 2026 14:00 CET · with Dana Ruiz · video"."""
    said = [format_when(booking.when, zone)]
    if booking.people:
        said.append("with " + " & ".join(map(str, booking.people)))
    if booking.kind is not None:
        said.append(booking.kind.value)
    return " · ".join(said)


def _plain(text: str) -> str:
    return " ".join(text.split())
