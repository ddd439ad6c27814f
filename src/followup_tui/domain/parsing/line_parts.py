"""What the parts of a typed line say, while they are gone through; when one applied; and its links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import zip_longest
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Outcome, WorkMode
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.legal_forms import is_legal_form
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.dates import looks_like_date, parse_when
from followup_tui.domain.parsing.day_rules import NO_REGION, DayRules
from followup_tui.domain.parsing.interview_words import (
    ONSITE,
    begins_or_ends_as_role,
    is_plain_round,
    is_round,
    split_round,
)
from followup_tui.domain.parsing.job_words import TERMS, bare_role, is_place, is_region, is_town, source_of
from followup_tui.domain.parsing.line_actions import APPLIED, action_of, offered_pay, outcome_of, until_of
from followup_tui.domain.parsing.line_pieces import AND, around_date, duration_of, has_legal_form
from followup_tui.domain.parsing.line_words import known_word
from followup_tui.domain.parsing.people import with_own_addresses
from followup_tui.domain.parsing.person_words import is_job, is_job_title, is_level, is_more_of_role, with_scheme
from followup_tui.domain.parsing.times import split_hour
from followup_tui.domain.parsing.typed_people import certain_people, is_whole_name, titled_people

Understand = Callable[[str], When]
"""Understands a date, or raises `BadInput`."""


_FIRM_ENDS = r"(?i)\s(?:&|and|und|et)\s(?:partners?|sons?|söhne|fils|brothers|associates|co(?:mpany)?)\.?$"
"""How the name of a firm of several ends: "Finch, Lowe & Partners"."""


class LineParts:
    """What has been understood while the parts are gone through."""

    def __init__(
        self,
        understand: Understand,
        understand_applied: Callable[[str], date] | None = None,
        *,
        company: str = "",
        role: str = "",
    ) -> None:
        """`company` and `role` where they are known and the line only says when and with whom one meets.

        `offered` is the pay of an offer, empty where it isn't said and None without an offer, `until` what says by
        when it wants an answer, and `starts` when one would start: these are only looked for in a line that
        `may_be_offered`. `doubts` are questions to which the reading
        is the likely answer. `open` is what the last part ended with and the next may go on with: "role", "date",
        "people", "note", or nothing.
        """
        self.understand = understand
        self.understand_applied = understand_applied
        self.company = company
        self.role = role
        self.is_known = bool(company)
        self.is_order_said = False
        self.is_sentence = False
        self.open = ""
        self.whens: list[When] = []
        self.said_dates: list[str] = []
        self.people: list[Person] = []
        self.meets: list[str] = []
        self.notes: list[str] = []
        self.durations: list[str] = []
        self.location = ""
        self.pay = ""
        self.work_mode: WorkMode | None = None
        self.unread: list[str] = []
        self.problems: list[str] = []
        self.doubts: list[str] = []
        self.referrer = ""
        self.source = ""
        self.applied_only = False
        self.outcome: Outcome | None = None
        self.offered: str | None = None
        self.until = self.starts = ""
        self.may_be_offered = False
        self.applied_on: date | None = None

    def name_company(self, said: str) -> None:
        """A company that was named as one: what stood in its place is the role."""
        if self.company and not self.role:
            self.role = self.company
        elif self.company:
            self.unread.append(self.company)
        said = re.sub(r"^(?:der|dem|den|die|das) (?=[^\W_a-z])(?!\w+en )", "", said.strip(' "“”'))
        self.company, self.is_order_said = said, True

    def name_role(self, said: str) -> None:
        """A role that was named as one."""
        if self.role:
            self.unread.append(said)
        else:
            self.role, self.is_order_said = said, True

    def take_text(self, said: str, *, is_next: bool) -> None:
        """What nothing else tells: the company, the rest of its name, the role, or a person; else it is unread."""
        firm = (
            is_legal_form(said) or (has_legal_form(said) and re.search(AND, said)) or re.search(_FIRM_ENDS, said)
        )
        if not self.company:
            self.company = said
        elif (
            is_next
            and firm
            and (self.is_order_said or not is_role(self.company))
            and (is_legal_form(said) or not has_legal_form(self.company))
        ):
            self.company += f", {said}"
        elif self.open == "role" and is_role(self.company) and re.search(_FIRM_ENDS, said):
            self.role += f", {said}"  # company and role are exchanged later
        elif self.open == "role" and is_role(self.role) and is_more_of_role(said):
            self.role += f", {said}"
        elif not self.role and is_role(self.company) and is_more_of_role(said):
            self.company += f", {said}"
        elif not (self.role or self.location or self.is_known) and is_town(said) and not is_role(self.company):
            self.location = said
        elif not self.role and not (self.whens and certain_people(said)):
            self.role = said
        elif not self.is_known and (people := _named(certain_people(said, is_listed=bool(self.people)))):
            self.people += people
        elif (
            not self.is_known and self.open in {"date", "people"} and all(map(is_whole_name, re.split(AND, said)))
        ):
            self.people += map(Person, re.split(AND, said))  # "fri 14:00, Anita Desai and Raj Patel"
        elif not self.is_known and (titled := titled_people(said)):
            self.people += titled
        elif self.open == "note":
            self.notes[-1] += f", {said}"
        else:
            self.unread.append(said)

    def take_end(self, said: str) -> None:
        """How it ended: "got rejected yesterday"; or an offer. A cancelled interview isn't understood."""
        before, _, behind = around_date(said)
        if not self.is_known and (pay := offered_pay(f"{before} {behind}".strip())) is not None:
            self.offered = pay or self.offered or ""
            self.until = self.until or (said if until_of(said) else "")
            return
        self.outcome = None if self.is_known else outcome_of(said)
        self.applied_only |= self.outcome is not None
        if self.outcome is None:
            self.unread.append(said)
        elif not action_of(said):
            self.notes.append(said)

    def take_place(self, said: str) -> None:
        """Where the job is, or where one meets where one does so there."""
        if self.location or any(re.search(f"(?i){ONSITE}", one) for one in self.meets):
            self.meets.append(f"in {said}")
        else:
            self.location = said

    def take_date(self, when: When, said: str) -> None:
        """A date; where it is the hour of a day that was said elsewhere, or the other way round, both are one."""
        others = [(place, one) for place, one in enumerate(self.whens) if (one.at is None) != (when.at is None)]
        self.whens.append(when)
        self.said_dates.append(plain_date(said))
        for place, one in others:
            two = self.said_dates[place], self.said_dates[-1]
            hour, day = two if one.at else reversed(two)
            if not split_hour(hour)[1].strip(" ,@"):
                self._join_date(place, f"{day} {hour}")
                return

    def _join_date(self, place: int, said: str) -> None:
        try:
            self.whens[place:] = [self.understand(said)]
            self.said_dates[place:] = [said]
        except BadInput as refusal:
            self.problems.append(refusal.sentence)

    def take_places(self) -> None:
        """Take where one found the job, a town as the job's place, and another place as the interview's."""
        before = ""
        town = re.fullmatch(r"(?P<name>.*\w) \((?P<town>[^()]+)\)", self.company)  # "N26 (Berlin)"
        if town and not (self.location or self.is_known) and is_town(town["town"]):
            self.company, self.location = town["name"], town["town"]
        for part, behind in zip_longest(tuple(self.unread), self.unread[1:], fillvalue=""):
            if part not in self.unread:
                continue  # the region of the town before
            if not self.location and part[:1].isupper() and behind and is_region(behind):
                self._take_town(f"{part}, {behind}")
                self.unread.remove(behind)
            elif not self.source and not self.is_known and (source := source_of(part)):
                self.source = source
            elif not self.location and is_town(part):
                self._take_town(part)
            elif self.whens and is_place(part):
                is_more = bool(before) and self.meets[-1:] == [f"in {before}"]
                before = f"{before}, {part}" if is_more else part
                self.meets[-1:] = [f"in {before}"] if is_more else [*self.meets[-1:], f"in {before}"]
            else:
                continue
            self.unread.remove(part)

    def _take_town(self, said: str) -> None:
        if self.is_known:
            self.meets.append(f"in {said}")
        else:
            self.location = said

    def put_end(self) -> None:
        """How long one meets is the end of an interview whose hour is known, else a note."""
        for said in self.durations:
            when, length = self.whens[0] if len(self.whens) == 1 else None, duration_of(said)
            if when and when.at and length and when.ends_at is None:
                self.whens[0] = replace(when, ends_at=when.at + length)
            else:
                self.notes.append(said)

    def put_in_order(self) -> None:
        """Company and role exchanged where the first is a job and the second isn't: "Data engineer, Globex".

        What both say of the round belongs to how one meets: "SRE phone interview, Acme".
        """
        (first, self.company), (second, self.role) = split_round(self.company), split_round(self.role)
        self.meets += [said for said in (first, second) if said and not is_plain_round(said)]
        if (
            (bracket := re.fullmatch(r"(.*\S) \(([^()]+)\)", self.company))
            and not self.role
            and is_role(bracket[2])
        ):
            self.company, self.role = bracket.groups()  # "Acme (Data engineer)"
        self.people = with_own_addresses(self.people)
        self._exchange()
        self.role = bare_role(self.role)
        self.put_end()

    def _exchange(self) -> None:
        if self.is_order_said or not self.role:
            return
        named = (has_legal_form(self.role), has_legal_form(self.company))
        if named == (True, False) or (_is_job(self.company) and not is_role(self.role) and not any(named)):
            self.company, self.role = self.role, self.company


def _is_job(said: str) -> bool:
    """Whether what stands first is a job, which one word may be, too: "Cleaner, ABM"."""
    return is_role(said) or (known_word(said).is_head and not known_word(said).is_given)


def _named(people: Iterable[Person]) -> list[Person]:
    """The people who have a name or an address: a phone number alone is nobody."""
    return [one for one in people if (one.name and one.name != one.phone) or one.email]


def is_role(text: str) -> bool:
    """Whether a text is a job and nothing else: its last word says so, or its first before "of"."""
    said = re.sub(r"\s*\([^()]*\)", "", text)
    first, _, last = said.rpartition(" ")
    if first and (re.fullmatch(TERMS, last) or is_level(last)):
        return is_role(first)  # "Buchhalter Teilzeit"
    return (
        (bool(first) and known_word(last).is_head and not known_word(first.split()[0]).is_given)
        or is_job(said)
        or (len(said.split()) == 1 and is_job_title(said))
        or begins_or_ends_as_role(said)
        or begins_or_ends_as_role(text)
    )


# What was only applied for: "applied", "applied on 2 Nov", "applied yesterday"

_APPLIED = rf"(?i){APPLIED}(?:\s+(?:on|am|le|op))?(?:[\s:]+(?P<day>.*))?"


def parse_applied_on(text: str, *, now: datetime, zone: ZoneInfo, days: DayRules = NO_REGION) -> date:
    """Return the day on which one applied, which has passed. Raises `BadInput`."""
    day = parse_when(text, now=now, zone=zone, lean=Prefer.PAST, days=days).day
    if day > now.astimezone(zone).date():
        raise BadInput(f"“{shown_line(text)[:40]}” is in the future; say the day on which you applied.", "applied")
    return day


def split_applied(part: str) -> str | None:
    """Return the date in "applied 2 Nov", empty for "applied" alone, or None where a part says something else.

    What follows must look like a date: "applied scientist" is a role.
    """
    match = re.fullmatch(_APPLIED, part.strip())
    if match is None:
        return None
    day = (match["day"] or "").strip()
    return day if not day or looks_like_date(day) else None


# Links

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
        link.url
        for link in links
        if found.setdefault(link.kind or _kind_of_link(link.url), link.url) is not link.url
    ]
    return TypedLinks(**found, others=tuple(others))


def _kind_of_link(link: str) -> str:
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
