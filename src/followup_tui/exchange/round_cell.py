"""An interview in a cell: when it is, whether it was called off, how and where one meets, and with whom.

    2026-11-24 08:00-08:45 America/New_York (cancelled 2026-11-20 09:00), video, with Dana Ruiz; Sam Lee
      place: Room 5

It is written so, and read as people write it, too: "Nov 24 2pm with Dana", "24.11. 14 Uhr (abgesagt)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, tzinfo
from typing import NamedTuple

from followup_tui.domain.model.contact import Person, is_address, recognised
from followup_tui.domain.model.details import ApplicationDetails, people_in
from followup_tui.domain.model.interview import Interview, InterviewKind
from followup_tui.domain.parsing.interview_words import CANCELLED, read_meeting
from followup_tui.domain.parsing.people import read_people
from followup_tui.domain.parsing.person_parts import MARKED_NAME, marked_name
from followup_tui.domain.parsing.typed_people import is_bare_name
from followup_tui.exchange.entries import label_of, split_texts, write_entry
from followup_tui.exchange.history_lines import read_moment, write_moment

_LABELS = ("place", "link", "note")
_CANCELLED = (
    rf"(?i)[(\[]\s*(?:{CANCELLED})(?: (?P<at>\d{{4}}-\d\d-\d\d \d\d:\d\d(?::\d\d)?))?\s*[)\]]"
    rf"|[,;–-]\s*(?:{CANCELLED})\s*$"
)
_WITH = r"(?i)(?<=[\s,;])(?:with|w/|mit|avec|con|met)\s+(?P<people>\S.*)$"

_LISTED = rf"(?:^|; )({MARKED_NAME}|.+?)(?=; |$)"


class RoundDetails(NamedTuple):
    """What a cell says of an interview besides its date; `cancelled_at` is None if it doesn't tell when.

    `is_postponed` says that it may be the day of before it was postponed.
    """

    people: tuple[Person, ...] = ()
    kind: InterviewKind | None = None
    place: str = ""
    link: str = ""
    notes: str = ""
    is_cancelled: bool = False
    cancelled_at: datetime | None = None
    is_postponed: bool = False


NO_DETAILS = RoundDetails()


def write_round(when: str, interview: Interview, details: ApplicationDetails, zone: tzinfo) -> str:
    """Return an interview as a cell has it, or only its date where nothing else is known of it."""
    head = when
    if interview.cancelled_at is not None:
        head += f" (cancelled {write_moment(interview.cancelled_at, zone)})"
    if interview.kind is not None:
        head += f", {interview.kind.value}"
    if people := people_in(interview, details):
        head += f", with {'; '.join(map(label_of, people))}"
    return write_entry(head, {"place": interview.place, "link": interview.link, "note": interview.notes})


def read_round(entry: str, known: Sequence[Person], zone: tzinfo) -> tuple[str, RoundDetails]:
    """Return the date in an entry of a cell, with what isn't understood beside it, and what else it says.

    `known` are the people of the application.
    """
    if entry[:1].isdigit() and not re.search(r"[^\W\d_]|[(\[]", entry):
        return entry, NO_DETAILS  # nearly every one: a date of digits
    head, texts = split_texts(entry, _LABELS)
    begin, _, written = head.partition(", with ")
    people = _people_written(written, known) if written else ()
    head = begin if people else head
    cancelled = re.search(_CANCELLED, head)
    if cancelled:
        head = f"{head[: cancelled.start()].rstrip()}{head[cancelled.end() :]}"
    found = None if people else re.search(_WITH, head)
    if found and (people := known_people(known, read_interviewers(found["people"]))):
        head = head[: found.start()].rstrip(" \t\xa0,;")
    first, *parts = head.split(", ")
    kind, place = None, ""
    for part in parts:
        meeting, rest = read_meeting([part])
        if meeting.kind and not rest and not kind and not any(map(str.isdigit, part)):
            kind, place = meeting
            parts.remove(part)
            break
    at = None
    if cancelled and cancelled["at"]:
        with suppress(ValueError, OverflowError):  # a day that no calendar has: it isn't known when
            at = read_moment(cancelled["at"], zone)
    place = texts.get("place") or place
    told = RoundDetails(
        people, kind, place, texts.get("link", ""), texts.get("note", ""), cancelled is not None, at
    )
    return ", ".join((first, *parts)).strip(), told


def _people_written(text: str, known: Sequence[Person]) -> tuple[Person, ...]:
    """Return the people whose labels a text lists, or nobody if any of them isn't known."""
    labels = {label_of(one): one for one in reversed(known)}
    said = [found[1] for found in re.finditer(_LISTED, text)]
    return tuple(labels[one] for one in said) if all(one in labels for one in said) else ()


def read_interviewers(text: str) -> tuple[Person, ...]:
    """Return the people whom a text names, and nobody if it names anything else: "HR team"."""
    read = read_people(text)
    are_people = not read.rest and all(
        one.email or _is_called(one.name) or marked_name(one.name) in text for one in read.people
    )
    return tuple(read.people) if are_people else ()


def _is_called(name: str) -> bool:
    """Whether somebody may be called so: "Dana Ruiz", "Noor A." or "Frau Keil"."""
    words = name.split()
    return (len(words) > 1 and is_address(words[0])) or is_bare_name(re.sub(r"(?<=\w) [A-Z]\.$", "", name))


def known_people(known: Sequence[Person], people: Sequence[Person]) -> tuple[Person, ...]:
    """Return people as the application knows them, "Dana" as Dana Ruiz."""
    found = recognised(known, people)
    return tuple(found.get(place, one) for place, one in enumerate(people))
