"""Quick add: parse the one line that adds an application. It runs with every key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from followup_tui.domain.format import format_full_day
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import LINE_LIMIT, shown_line
from followup_tui.domain.model.when import Prefer, When, format_when
from followup_tui.domain.parsing.applied import parse_applied_on, split_applied
from followup_tui.domain.parsing.booking import MOST_DATE_PARTS
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.dates import looks_like_date, parse_when
from followup_tui.domain.parsing.day_phrases import WEEKDAY
from followup_tui.domain.parsing.employer import WITH_BEHIND, may_be_date, read_employer
from followup_tui.domain.parsing.job_titles import is_job_title, is_name
from followup_tui.domain.parsing.people import MAIL, PHONE, with_scheme
from followup_tui.domain.parsing.person import parse_people
from followup_tui.domain.parsing.person_name import is_degree
from followup_tui.domain.parsing.times import split_clock

# Patterns are kept as text: `re` compiles each when it is first used.
_AND = r"(?i)\s+(?:&|\+|and)\s+"
# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_URL = r"(?i)\bhttps?:[^\s<>\"“”]*|\bwww\.[^\s<>\"“”,;]+|(?<![\w@./])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>\"“”,;]*"
_WITH_PERSON = r"(?i)(?:with|w/)(?:\s+|$)"
_ROUND = (
    r"(?i)(?P<round>(?:an? |the |my )?(?:(?:first|second|third|final|last|next|\d(?:st|nd|rd|th)?)\s+)?"
    r"(?:(?:phone|video|onsite|on-site|technical|tech|hr|panel|recruiter|zoom|teams|final|initial)\s*)?"
    r"(?:interview|round(?:\s\d)?|screen(?:ing)?|call|chat|meeting|onsite|phone|video|panel)?)"
    r"(?:\s+(?:is|on|at)\b|:)?\s+(?P<rest>\S.*)"
)
_NOTE = r"(?i)notes?:\s*"
_MOST_PEOPLE = 8
_ANY_WEEKDAY = WEEKDAY.replace("?P<weekday>", "?:")
_WHEN = (
    r"(?a)\b(?:today|tomorrow|tonight|noon)\b"
    rf"|\b(?:next|this|last) (?:week\b|{_ANY_WEEKDAY})|^{_ANY_WEEKDAY}(?: |$)|\b{_ANY_WEEKDAY}.*\d"
)
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
    tags: tuple[str, ...] = ()
    applied_on: date | None = None
    applied_only: bool = False
    problems: tuple[str, ...] = ()


class _Parts:
    """What has been understood while the parts are gone through."""

    def __init__(self) -> None:
        self.whens: list[When] = []
        self.people: list[Person] = []
        self.rest: list[str] = []
        self.tags: list[str] = []
        self.problems: list[str] = []
        self.applied_only = False
        self.applied_on: date | None = None


def _with_number(people: Sequence[Person], part: str) -> list[Person]:
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
    company, role, others = read_employer(line)
    _sort_out(others, found, now, zone)
    if not role and found.rest:
        role = found.rest.pop(0)
    if len(found.whens) > 1:
        found.problems.append("two dates: keep the interview's")
    if not found.whens and not found.problems:
        found.problems += _unread_dates(found.rest)
    missing = _missing(company, role)
    return QuickEntry(
        company=company,
        role=role,
        when=found.whens[0] if found.whens else None,
        people=tuple(dict.fromkeys(found.people)),
        url=url,
        note=", ".join((*(re.sub(_NOTE, "", one) for one in found.rest), *other_links)),
        tags=tuple(dict.fromkeys(found.tags)),
        applied_on=found.applied_on,
        applied_only=found.applied_only and not found.whens,
        problems=(*missing, *found.problems),
    )


def describe_entry(quick: QuickEntry, zone: ZoneInfo | None = None) -> str:
    """One line of what was understood, safe to show; a moment in another zone also says the hour in `zone`."""
    when = quick.when
    own = zone or (when.at.tzinfo if when and when.at else None) or UTC
    said = [quick.company, quick.role]
    if when:
        said.append(f"interview {format_when(when, own)}")
    if quick.applied_on:
        said.append(f"applied {format_full_day(quick.applied_on)}")
    elif quick.applied_only:
        said.append("applied")
    if quick.people:
        said.append("with " + " & ".join(map(str, quick.people)))
    said += [" ".join(f"#{tag}" for tag in quick.tags), quick.url, f"note: {quick.note}" if quick.note else ""]
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


def _sort_out(parts: Sequence[str], found: _Parts, now: datetime, zone: ZoneInfo) -> None:
    at = 0
    while at < min(len(parts), _MOST_PARTS):
        at += _take(parts[at:], found, now, zone)
    found.rest += parts[_MOST_PARTS:]


def _take(parts: Sequence[str], found: _Parts, now: datetime, zone: ZoneInfo) -> int:
    """Take what the first part says, with the parts that belong to it; returns how many these are."""
    first = parts[0]
    tags = re.findall(r"#([^\W\d][\w+-]*)", first)
    if tags and not re.sub(r"#[^\W\d][\w+-]*", "", first).strip():
        found.tags += tags
        return 1
    if applied := _take_applied(parts[:MOST_DATE_PARTS], found, now, zone):
        return applied
    behind = re.fullmatch(WITH_BEHIND, first)
    if behind and may_be_date(_without_round(behind["head"])[1], False):
        _take([behind["head"]], found, now, zone)
        return _take_people([f"with {behind['who']}", *parts[1:]], found)
    kind, date = _without_round(first)
    taken = _take_date([date, *parts[1:MOST_DATE_PARTS]], found, now, zone)
    if taken:
        found.rest += [kind] if kind else []
        return taken
    numbered = _with_number(found.people, first)
    if numbered:
        found.people = numbered
        return 1
    people = _take_people(parts, found)
    if not people:
        found.rest.append(first)
    return people or 1


def _take_applied(parts: Sequence[str], found: _Parts, now: datetime, zone: ZoneInfo) -> int:
    """How many of the parts say that one applied, and when: "applied 2 Nov", "applied Nov 2, 2026"."""
    said = split_applied(parts[0])
    if said is None:
        return 0
    found.applied_only = True
    if not said:
        return 1
    dated = 1
    while dated < len(parts) and may_be_date(parts[dated], True):
        dated += 1
    sentence = ""
    for count in range(dated, 0, -1):
        try:
            found.applied_on = parse_applied_on(" ".join((said, *parts[1:count])), now=now, zone=zone)
            return count
        except BadInput as refusal:
            sentence = refusal.sentence
    found.problems.append(sentence)
    return 1


def _without_round(part: str) -> tuple[str, str]:
    """The words before a date that say which round it is, without "interview" alone, and the date."""
    match = re.fullmatch(_ROUND, part)
    if match is None or not match["round"] or not looks_like_date(match["rest"]):
        return "", part
    said = match["round"].strip()
    return "" if re.fullmatch("(?i)(?:the |an? |my )?interview", said) else said, match["rest"]


def _unread_dates(rest: Sequence[str]) -> list[str]:
    """A problem for each part that seems to say when, but isn't understood."""
    return [
        f"“{shown_line(part)[:60]}” isn't understood as a date; write one like “fri 14:00”, or “note: …” before it"
        for part in rest
        if not re.match(_NOTE, part) and _speaks_of_time(part)
    ]


def _speaks_of_time(part: str) -> bool:
    phrase = plain_date(part)
    return bool(split_clock(phrase).start or re.search(_WHEN, phrase))


def _take_date(parts: Sequence[str], found: _Parts, now: datetime, zone: ZoneInfo) -> int:
    """How many of the parts are one date, the most that make one; it is noted with what was understood."""
    dated = 0
    while dated < len(parts) and may_be_date(parts[dated], bool(dated)):
        dated += 1
    if not dated or not any(may_be_date(part, False) for part in parts[:dated]):
        return 0
    sentence = ""
    for count in range(dated, 0, -1):
        try:
            found.whens.append(
                parse_when(" ".join(parts[:count]), now=now, zone=zone, lean=Prefer.NEAREST, field="interview")
            )
            return count
        except BadInput as refusal:
            sentence = refusal.sentence
    found.problems.append(sentence)
    return 1


def _take_people(parts: Sequence[str], found: _Parts) -> int:
    """How many of the parts name people: the first begins with "with", or has a mail address; none else."""
    match = re.match(_WITH_PERSON, parts[0])
    said = parts[0][match.end() :] if match else parts[0]
    if not match and not all(_has_address(one) for one in re.split(_AND, said)):
        return 0
    if not said:
        found.problems.append("with whom?")
        return 1
    count = _people_parts([said, *parts[1:]]) if match else 1
    try:
        found.people += parse_people(", ".join((said, *parts[1:count])))
    except BadInput as refusal:
        found.problems.append(refusal.sentence)
    return count


def _people_parts(parts: Sequence[str]) -> int:
    """How many parts are one list of people: "Ann Li, Bo Chen and Cy Young", "Ruiz, Dana <dana@…>", "Ann, CTO"."""
    for count in range(min(len(parts), _MOST_PEOPLE), 1, -1):
        last = parts[count - 1]
        ends = len(re.split(_AND, last)) > 1 or ("<" in last and "@" in last)
        if ends and all(_names_somebody(part) for part in parts[1:count]):
            return count
    return 2 if len(parts) > 1 and is_job_title(parts[1]) else 1


def _names_somebody(part: str) -> bool:
    said = part.partition("<")[0].strip()
    return all(is_name(one) or is_degree(one) or is_job_title(one) for one in re.split(_AND, said) if one)


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
        tags=quick.tags,
        applied_on=quick.applied_on,
        applied_only=quick.applied_only,
    )
