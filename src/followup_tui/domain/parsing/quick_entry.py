"""Quick add: parse the one line that adds an application. It runs with every key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
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
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.parsing.day_phrases import WEEKDAY
from followup_tui.domain.parsing.job_titles import is_address, is_job, is_job_title, is_name
from followup_tui.domain.parsing.line_pieces import (
    cut,
    has_legal_form,
    is_legal_form,
    is_note,
    is_plain_round,
    may_be_date,
    split_line,
)
from followup_tui.domain.parsing.people import MAIL, PHONE, phone_digits, read_people
from followup_tui.domain.parsing.person import parse_people
from followup_tui.domain.parsing.person_name import is_degree
from followup_tui.domain.parsing.times import split_clock
from followup_tui.domain.parsing.typed_links import without_links

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_AND = r"(?i)\s+(?:&|\+|and)\s+"
_WITH_PERSON = r"(?i)(?:with|w/|avec|mit)(?:\s+|$)"
_SAYS_WITH = r"(?i)\s(?:with|w/|avec|mit)\s"
_TAG = r"(?<!\S)#([^\W\d][\w+-]*)"
_QUOTED = r"\s*[\"“”„]([^\"“”„]*)([\"“”])?\s*(?:[-–—]\s+)?"
_NOTE = r"(?i)notes?:\s*"
_MOST_PEOPLE = 8
_ANY_WEEKDAY = WEEKDAY.replace("?P<weekday>", "?:")
_WHEN = (
    r"(?a)\b(?:today|tomorrow|tonight|noon)\b"
    rf"|\b(?:next|this|last) (?:week\b|{_ANY_WEEKDAY})|^{_ANY_WEEKDAY}(?: |$)|\b{_ANY_WEEKDAY}.*\d"
)
_SURE = r"(?i)\d|today|tomorrow|yesterday"
"""What makes a first part a date: a company may be called Monday."""
_MOST_PARTS = 40
"""Parts that are looked at one by one; what a paste has beyond them isn't understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickEntry:
    """What a line says so far; `problems` are short prompts for what is missing or can't be meant.

    `unread` has the parts that weren't understood, which are kept as a note where one says so. The texts stand
    as they were typed: they are cleaned where they are stored, and shown through the way out.
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
    unread: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class _Parts:
    """What has been understood while the parts are gone through."""

    def __init__(self) -> None:
        self.company = ""
        self.role = ""
        self.is_order_said = False
        self.is_sentence = False
        self.whens: list[When] = []
        self.people: list[Person] = []
        self.notes: list[str] = []
        self.unread: list[str] = []
        self.problems: list[str] = []
        self.applied_only = False
        self.applied_on: date | None = None

    def name_company(self, said: str) -> None:
        """A company that was named as one: what stood in its place is the role."""
        if self.company and not self.role:
            self.role = self.company
        elif self.company:
            self.unread.append(self.company)
        self.company, self.is_order_said = said.strip(' "“”'), True

    def name_role(self, said: str) -> None:
        """A role that was named as one."""
        if self.role:
            self.unread.append(said)
        else:
            self.role, self.is_order_said = said, True

    def take_text(self, said: str, *, is_next: bool) -> None:
        """What nothing else tells: the company, the rest of its name, the role, or a person; else it is unread."""
        firm = is_legal_form(said) or (has_legal_form(said) and re.search(_AND, said))
        if not self.company:
            self.company = said
        elif is_next and firm and (is_legal_form(said) or not has_legal_form(self.company)):
            self.company += f", {said}"
        elif not self.role:
            self.role = said
        elif people := _certain_people(said):
            self.people += people
        else:
            self.unread.append(said)

    def put_in_order(self) -> None:
        """Company and role exchanged where the first is a job and the second isn't: "Data engineer, Globex"."""
        if self.is_order_said or not self.role:
            return
        named = (has_legal_form(self.role), has_legal_form(self.company))
        if named == (True, False) or (_is_role(self.company) and not _is_role(self.role) and not any(named)):
            self.company, self.role = self.role, self.company


def _is_role(text: str) -> bool:
    said = re.sub(r"\s*\([^()]*\)", "", text)
    return is_job(said) or (len(said.split()) == 1 and is_job_title(said))


def _certain_people(said: str) -> tuple[Person, ...]:
    """The people of a part that can be nothing else: "Ms Priya Nair", "Dana Ruiz +1 212 555 0100"; else nobody."""
    found = read_people(said)
    reached = all((one.email or one.phone) and not one.notes for one in found.people)
    certain = is_address(said.split()[0]) or reached
    return found.people if certain and not found.rest and len(phone_digits(said)) in {0, *range(9, 16)} else ()


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
    line, url, other_links = without_links(line, found.problems)
    tags = re.findall(_TAG, line)
    line = re.sub(_TAG, " ", line)
    if quoted := re.match(_QUOTED, line):
        found.company, line = " ".join(quoted[1].split()), line[quoted.end() :]
        found.is_order_said = True
    _sort_out(list(split_line(line)), found, now, zone)
    found.put_in_order()
    if len(found.whens) > 1:
        found.problems.append("two dates: keep the interview's")
    if not found.whens and not found.problems:
        found.problems += _unread_dates([found.role, *found.unread])
    return QuickEntry(
        company=found.company,
        role=found.role,
        when=found.whens[0] if found.whens else None,
        people=tuple(dict.fromkeys(found.people)),
        url=url,
        note=", ".join((*found.notes, *other_links)),
        tags=tuple(dict.fromkeys(tags)),
        applied_on=found.applied_on,
        applied_only=found.applied_only and not found.whens,
        unread=tuple(found.unread),
        problems=(*_missing(found.company, found.role), *found.problems),
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


def describe_unread(quick: QuickEntry) -> str:
    """What wasn't understood, safe to show, with the word that would tell who it is; empty if there is nothing."""
    if not quick.unread:
        return ""
    said = ", ".join(f"“{shown_line(part)[:60]}”" for part in quick.unread)
    person = next((part for part in quick.unread if part[:1].isupper() and is_name(part)), "")
    return f"not understood: {said}" + (f"; a person is “with {shown_line(person)[:40]}”" if person else "")


def next_part(quick: QuickEntry) -> str:
    """What can be typed next, or an empty text where the line says all that it can."""
    if quick.problems:
        return quick.problems[0]
    if quick.when is None and not quick.applied_only:
        return "then when, such as “fri 14:00” or “applied 2 Nov”"
    return "" if quick.people else "then with whom, such as “with Dana Ruiz <dana@acme.example>”"


def _missing(company: str, role: str) -> tuple[str, ...]:
    if not company:
        return ("the company first",)
    return () if role else ("then the role, after a comma",)


def _sort_out(parts: Sequence[str], found: _Parts, now: datetime, zone: ZoneInfo) -> None:
    at = 0
    while at < min(len(parts), _MOST_PARTS):
        at += _take(parts[at:], found, now, zone)
    found.unread += parts[_MOST_PARTS:]


def _take(parts: Sequence[str], found: _Parts, now: datetime, zone: ZoneInfo) -> int:
    """Take what the first part says, with the parts that belong to it; returns how many these are."""
    first = parts[0]
    if is_note(first):
        found.notes.append(re.sub(_NOTE, "", first, count=1))
        return 1
    if found.company:
        if taken := _take_applied(parts[:MOST_DATE_PARTS], found, now, zone):
            return taken
        if taken := _take_date(parts[:MOST_DATE_PARTS], found, now, zone):
            return taken
        if numbered := _with_number(found.people, first):
            found.people = numbered
            return 1
        if not re.search(_SAYS_WITH, first) and (taken := _take_people(parts, found)):
            return taken
    return _take_pieces(parts, found, now, zone)


def _take_pieces(parts: Sequence[str], found: _Parts, now: datetime, zone: ZoneInfo) -> int:
    """Take the pieces of the first part; a date and people at its end may go on in the parts behind."""
    first, is_first = parts[0], not found.company
    named = bool(found.company) and not (re.match(r"(?i)(?:at|@)\s", first) and not found.role)
    pieces = cut(first, has_company=named, is_sentence=found.is_sentence)
    if is_first and [one.kind for one in pieces] in (["round"], ["date"]) and not re.search(_SURE, pieces[0].text):
        pieces = [pieces[0]._replace(kind="text")]
    taken, was_company = 1, bool(found.company) and not found.role
    for place, piece in enumerate(pieces):
        behind = parts[1:] if place + 1 == len(pieces) else []
        if piece.kind == "date":
            taken = max(taken, _take_date([piece.text, *behind[: MOST_DATE_PARTS - 1]], found, now, zone))
        elif piece.kind == "people":
            taken = max(taken, _take_people([f"with {piece.text}", *behind], found))
        elif piece.kind == "company":
            found.name_company(piece.text)
        elif piece.kind == "role":
            found.name_role(piece.text)
        elif piece.kind == "round":
            found.is_sentence = True
            found.notes += [] if is_plain_round(piece.text) else [piece.text]
        else:
            found.take_text(piece.text, is_next=was_company and not place)
    return taken


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


def _unread_dates(rest: Sequence[str]) -> list[str]:
    """A problem for each part that seems to say when, but isn't understood."""
    return [
        f"“{shown_line(part)[:60]}” isn't understood as a date; write one like “fri 14:00”, or “note: …” before it"
        for part in rest
        if _speaks_of_time(part)
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
    """Return the form that a quick-add line fills in; what wasn't understood stands in its notes."""
    return ApplicationForm(
        company=quick.company,
        role=quick.role,
        interview=quick.when,
        people=quick.people,
        url=quick.url,
        notes=", ".join(filter(None, (quick.note, *quick.unread))),
        tags=quick.tags,
        applied_on=quick.applied_on,
        applied_only=quick.applied_only,
    )
