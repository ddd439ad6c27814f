"""What a row says where it can't be read as what it is: it is kept in the notes, and a remark tells so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.day_phrases import MONTH, WEEKDAY, WEEKDAY_NUMBER
from followup_tui.exchange.sheets.statuses import StatusMeaning, has_idea, is_plain

_DATED = re.compile(
    rf"(?ai)\b{WEEKDAY}(?!\w)|\d\s?{MONTH}|\b{MONTH.replace('P<month>', ':')}\s?\d|\d:\d\d|\b\d{{1,2}}\s?[ap]m\b"
    r"|\b\d{1,2}[./-]\d{1,2}\b|\b(?:today|tomorrow)\b"
)
_WEEKDAY = re.compile(rf"(?ai)\b{WEEKDAY}(?!\w)")
_NUMBER = re.compile(r"(?a)\d{1,2}")
_CLAUSES = re.compile(r"\w\W*[,;]\s*\w")


@lru_cache(maxsize=1024)
def names_date(status: str) -> bool:
    """Whether a status says a day or an hour besides how far things are: "2nd round Tue 10am"."""
    return bool(_DATED.search(plain_date(status)))


def says_more(status: str, meaning: StatusMeaning | None) -> bool:
    """Whether a status says more than its meaning: a day, a word nobody knows, two clauses, or something else."""
    if not status:
        return False
    return meaning is None or names_date(status) or not is_plain(status) or bool(_CLAUSES.search(status))


def says_interview_day(status: str, meaning: StatusMeaning | None, known: Iterable[date]) -> bool:
    """Whether a status says when an interview is or was, other than on a known day."""
    is_over = meaning is not None and (meaning.stage is Stage.MOVED_ON or meaning.is_offer)
    if not names_date(status) or is_over:
        return False
    if not (has_idea(status, "interview", "invited") or (meaning and meaning.stage is Stage.INTERVIEWED)):
        return False
    weekdays = {WEEKDAY_NUMBER[found["weekday"][:3].casefold()] for found in _WEEKDAY.finditer(status)}
    numbers = {int(number) for number in _NUMBER.findall(status)}
    return not any(day.weekday() in weekdays or {day.day, day.month} <= numbers for day in known)


def status_remark(status: str) -> str:
    """A remark on such a status."""
    return f"Status “{shown_line(status)[:40]}” says when: it is kept in the notes, record the interview's day."


def whole_addresses(people: Iterable[Person]) -> tuple[tuple[Person, ...], list[str]]:
    """The people without the email addresses that are none, such as "bob@lumen"; and these addresses."""
    kept: list[Person] = []
    broken: list[str] = []
    for one in people:
        if one.email and "." not in one.email.partition("@")[2]:
            broken.append(one.email)
            one = replace(one, email="")
        kept += [one] if str(one) else []
    return tuple(kept), broken
