"""A date with more behind it, in one line: "3 dec, they asked me to call", "tue 14:00, Dana Ruiz, video"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import tzinfo

from followup_tui.domain.dates import When, echo, looks_like_date
from followup_tui.domain.errors import BadInput
from followup_tui.domain.interview import InterviewKind
from followup_tui.domain.interviewing import Booking
from followup_tui.domain.quick_add import Person, parse_person, with_number

# Patterns are kept as text: `re` compiles each when it is first used.
_PARTS = r"(?:<[^<>]*>|[^,;<]|<)+"
_WITH = r"(?i)^(?:with|w/)\s+"
_AND = r"(?i)\s+(?:&|\+|and)\s+"
_KINDS = {
    "phone": InterviewKind.PHONE,
    "by phone": InterviewKind.PHONE,
    "video": InterviewKind.VIDEO,
    "by video": InterviewKind.VIDEO,
    "onsite": InterviewKind.ONSITE,
    "on site": InterviewKind.ONSITE,
    "on-site": InterviewKind.ONSITE,
}
_JOINED = 3
"""Parts that one date may be spread over: "Fri, 20 Nov, 14:00"."""

Understand = Callable[[str], When]
"""Understands a date, or raises `BadInput`."""


def split_date(text: str, understand: Understand) -> tuple[When, str]:
    """The date at the beginning, spread over as many commas as it takes, and what stands behind it.

    Raises `BadInput` where it doesn't begin with a date.
    """
    parts = list(re.finditer(r"[^,;]+", text)) or list(re.finditer(r".*", text))[:1]
    dated = 1
    while dated < min(_JOINED, len(parts)) and looks_like_date(_plain(parts[dated][0])):
        dated += 1
    for count in range(dated, 0, -1):
        said = " ".join(_plain(part[0]) for part in parts[:count])
        try:
            return understand(said), text[parts[count - 1].end() :].lstrip(" ,;").strip()
        except BadInput:
            if count == 1:
                raise
    raise AssertionError("one part is always tried")


def booking_in(text: str, understand: Understand) -> Booking:
    """A round in one line: its date, then people and how one meets, in any order. Raises `BadInput`."""
    when, rest = split_date(text, understand)
    people: list[Person] = []
    kind: InterviewKind | None = None
    for match in re.finditer(_PARTS, rest):
        part = _plain(match[0])
        if part.casefold() in _KINDS:
            kind = _KINDS[part.casefold()]
        elif numbered := with_number(people, part):
            people = numbered
        elif part:
            people += [parse_person(one) for one in re.split(_AND, re.sub(_WITH, "", part))]
    return Booking(when=when, people=tuple(dict.fromkeys(people)), kind=kind)


def booking_words(booking: Booking, zone: tzinfo) -> str:
    """A round as it is said back: "Tue 24 Nov 2026 14:00 CET · with Dana Ruiz · video"."""
    said = [echo(booking.when, zone)]
    if booking.people:
        said.append("with " + " & ".join(map(str, booking.people)))
    if booking.kind is not None:
        said.append(booking.kind.value)
    return " · ".join(said)


def _plain(text: str) -> str:
    return " ".join(text.split())
