"""Quick add: parse the one line that adds an application. It runs with every key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import Booking, InterviewKind
from followup_tui.domain.model.text import LINE_LIMIT, shown_line
from followup_tui.domain.model.when import Prefer, When, format_when
from followup_tui.domain.parsing.dates import looks_like_date, parse_when
from followup_tui.domain.parsing.person import MAIL, PHONE, parse_person

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
    """Return the date at the beginning, which may contain commas, and the text after it.

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


def parse_booking(text: str, understand: Understand) -> Booking:
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


# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_URL = r"(?i)\bhttps?:[^\s<>\"“”]*"
_WITH_PERSON = r"(?i)(?:with|w/)(?:\s+|$)"
_ENTRY_PARTS = r"(?:<[^<>]*>|[^,;|<]|\|(?!\s)|(?<!\s)\||<)+"
_QUOTED = r"\s*[\"“”„]([^\"“”„]*)([\"“”])?\s*"
_DASH = r"\s+[-–—]\s+"
_ROLE_AT = r"(?i)(?P<role>.*\S)\s+(?:at|@)\s+(?P<company>\S.*)"
_NO_DATE = frozenset({"24/7"})
_MOST_PARTS = 40
"""Parts that are looked at one by one; what a paste has beyond them is the note's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickEntry:
    """What a line says so far; `problems` are short prompts for what is missing or not understood.

    The texts stand as they were typed: they are cleaned where they are stored, and shown through the way out.
    """

    company: str = ""
    role: str = ""
    when: When | None = None
    people: tuple[Person, ...] = ()
    url: str = ""
    note: str = ""
    problems: tuple[str, ...] = ()


class _Parts:
    """What has been understood while the parts are gone through."""

    def __init__(self) -> None:
        self.whens: list[When] = []
        self.people: list[Person] = []
        self.rest: list[str] = []
        self.problems: list[str] = []


def with_number(people: Sequence[Person], part: str) -> list[Person]:
    """The people where a part behind them is a phone number, which is the last one's; none where it isn't."""
    number = re.fullmatch(PHONE, part)
    return [*people[:-1], replace(people[-1], phone=number["phone"])] if people and number else []


def parse_quick_entry(line: str, *, now: datetime, zone: ZoneInfo) -> QuickEntry:
    """What one line says: company, role, then in any order the interview, people, a link and a note.

    Never raises: what is missing or isn't understood is in `problems`. `now` is aware, `zone` the person's own.
    A weekday or a date without a year is the nearest, behind or ahead, since one adds an application right
    after the interview or when it is booked; an hour alone is today's.
    """
    if len(line) > LINE_LIMIT:
        return QuickEntry(problems=(f"at most {LINE_LIMIT:,} characters",))
    found = _Parts()
    line, url, other_links = _without_links(line, found.problems)
    company, role, others = _employer(line)
    _sort_out(others, found, now, zone)
    if not role and found.rest:
        role = found.rest.pop(0)
    if len(found.whens) > 1:
        found.problems.append("two dates: keep the interview's")
    missing = _missing(company, role)
    return QuickEntry(
        company=company,
        role=role,
        when=found.whens[0] if found.whens else None,
        people=tuple(dict.fromkeys(found.people)),
        url=url,
        note=", ".join((*found.rest, *other_links)),
        problems=(*missing, *found.problems),
    )


def describe_entry(quick: QuickEntry, zone: ZoneInfo | None = None) -> str:
    """One line of what was understood, safe to show; a moment in another zone also says the hour in `zone`."""
    when = quick.when
    own = zone or (when.at.tzinfo if when and when.at else None) or UTC
    said = [quick.company, quick.role]
    if when:
        said.append(f"interview {format_when(when, own)}")
    if quick.people:
        said.append("with " + " & ".join(map(str, quick.people)))
    said += [quick.url, f"note: {quick.note}" if quick.note else ""]
    return " · ".join(shown_line(part) for part in said if part)


def _missing(company: str, role: str) -> tuple[str, ...]:
    if not company:
        return ("the company first",)
    return () if role else ("then the role, after a comma",)


def _without_links(line: str, problems: list[str]) -> tuple[str, str, list[str]]:
    """The line with commas for its links, the first link, and the others. A link may have commas of its own."""
    links: list[str] = []

    def taken(match: re.Match[str]) -> str:
        link = match[0].rstrip(",;.!|")
        if match.start() and line[match.start() - 1] == "(":
            link = link.rstrip(")")
        links.append(link)
        return f",{match[0][len(link) :]}"

    line = re.sub(_URL, taken, line)
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


def _employer(line: str) -> tuple[str, str, list[str]]:
    """Company, role where the first part names both, and the other parts."""
    quoted = re.match(_QUOTED, line)
    if quoted:
        rest = line[quoted.end() :]
        dash = re.match(r"[-–—]\s+", rest)
        parts = list(_split(rest[dash.end() :] if dash else rest))
        return " ".join(quoted[1].split()), "", parts
    parts = list(_split(line))
    if not parts:
        return "", "", []
    first, others = parts[0], parts[1:]
    match = re.fullmatch(_ROLE_AT, first)
    if match:
        return match["company"].strip(' "“”'), match["role"], others
    dashed = re.split(_DASH, first, maxsplit=1)
    return dashed[0], dashed[1] if len(dashed) > 1 else "", others


def _split(text: str) -> Iterator[str]:
    for match in re.finditer(_ENTRY_PARTS, text):
        part = " ".join(match[0].split())
        if part.strip(".!?"):
            yield part


def _sort_out(parts: Sequence[str], found: _Parts, now: datetime, zone: ZoneInfo) -> None:
    at = 0
    while at < min(len(parts), _MOST_PARTS):
        taken = _take_date(parts[at : at + _JOINED], found, now, zone)
        numbered = [] if taken else with_number(found.people, parts[at])
        found.people = numbered or found.people
        if not taken and not numbered and not _take_people(parts[at], found):
            found.rest.append(parts[at])
        at += taken or 1
    found.rest += parts[_MOST_PARTS:]


def _take_date(parts: Sequence[str], found: _Parts, now: datetime, zone: ZoneInfo) -> int:
    """How many of the parts are one date, the most that make one; it is noted with what was understood."""
    dated = 0
    while dated < len(parts) and _may_be_date(parts[dated], bool(dated)):
        dated += 1
    if not dated or not any(_may_be_date(part, False) for part in parts[:dated]):
        return 0
    sentence = ""
    for count in range(dated, 0, -1):
        try:
            found.whens.append(parse_when(" ".join(parts[:count]), now=now, zone=zone, lean=Prefer.NEAREST))
            return count
        except BadInput as refusal:
            sentence = refusal.sentence
    found.problems.append(sentence)
    return 1


def _may_be_date(part: str, continues: bool) -> bool:
    """Whether a part is meant as a date; a bare year only where it continues one: "Nov 30, 2026"."""
    if part in _NO_DATE:
        return False
    return looks_like_date(part) or (continues and len(part) == 4 and part.isdecimal())


def _take_people(part: str, found: _Parts) -> bool:
    """Whether a part names people: it begins with "with", or has a mail address where a person's would stand."""
    match = re.match(_WITH_PERSON, part)
    said = part[match.end() :] if match else part
    if not match and not all(_has_address(one) for one in re.split(_AND, said)):
        return False
    if not said:
        found.problems.append("with whom?")
        return True
    for one in re.split(_AND, said):
        try:
            found.people.append(parse_person(one))
        except BadInput as refusal:
            found.problems.append(refusal.sentence)
    return True


def _has_address(text: str) -> bool:
    return bool(re.fullmatch(MAIL, text)) or (text.endswith(">") and "<" in text and "@" in text)


def form_of(quick: QuickEntry) -> ApplicationForm:
    """Return the form that a quick-add line fills in."""
    return ApplicationForm(
        company=quick.company,
        role=quick.role,
        interview=quick.when,
        people=quick.people,
        url=quick.url,
        notes=quick.note,
    )
