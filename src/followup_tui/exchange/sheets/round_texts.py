"""The cells of a row about interviews: days, hours and who is in them, and which belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.contact import Person
from followup_tui.exchange.round_cell import read_interviewers
from followup_tui.exchange.sheets.column_match import CsvColumn
from followup_tui.exchange.sheets.columns import CONTACT_FIELDS, ImportField
from followup_tui.exchange.sheets.date_cell import read_cell
from followup_tui.exchange.sheets.date_column import is_no_date, split_dates

_ANY_DAY = date(2000, 1, 1)
"""Stands for today where it is asked only whether a cell holds a date."""

_HOUR_WITH_COMMA = re.compile(r"^(\d{1,2}),(\d{2})$")
_INTERVIEWERS = re.compile(
    r"(?i)\bint(?:er)?v(?!.*\brefer)|entrevist|intervist|\bpanel|gespräch|gesprek|entretien|colloquio|\bmet\b"
)
"""Headers of people who were or will be in an interview, among those of any contact."""


class RoundText(NamedTuple):
    """A cell about interviews, with the hour of another column, and who is in them by columns of their own."""

    text: str
    people: tuple[Person, ...] = ()


class RoundTexts:
    """The cells of a row by the position of their column; an hour's is that of its day."""

    def __init__(self) -> None:
        """Begin without any."""
        self.days: dict[int, str] = {}
        self.hours: dict[int, str] = {}
        self.people: dict[int, str] = {}

    def joined(self, columns: Sequence[CsvColumn]) -> tuple[list[RoundText], list[str]]:
        """Return the cells of interviews with their hours and people, and the hours that belong to no day."""
        left: list[str] = []
        for position, clock in self.hours.items():
            day, clock = self.days.get(position, ""), _HOUR_WITH_COMMA.sub(r"\1:\2", clock)
            if not is_no_date(day) and ":" not in day and "\n" not in day:
                self.days[position] = f"{day} {clock}"
            elif clock not in day:
                left.append(clock)
        met = self._met(columns) if self.people else {}
        return [RoundText(text, met.get(position, ())) for position, text in self.days.items()], left

    def _met(self, columns: Sequence[CsvColumn]) -> dict[int, tuple[Person, ...]]:
        """Return who is in the interview of a column: the only one, or that on the left of their own column.

        Behind all interviews the numbers of the headers tell: "Interviewer 2" is in the "2nd interview".
        """
        met: dict[int, tuple[Person, ...]] = {}
        are_several = sum(map(names_interviewers, columns)) > 1
        numbers = {one.position: _number(one.header) for one in columns}
        is_behind = min(self.people) > max(self.days, default=-1)
        for column, people in self.people.items():
            on_left = [day for day in self.days if day < column] if are_several else []
            if is_behind and numbers.get(column):
                on_left = [day for day in on_left if numbers.get(day) == numbers[column]] or on_left
            day = next(iter(self.days)) if len(self.days) == 1 else max(on_left, default=-1)
            text = self.days.get(day, "")
            if text and "\n" not in text and len(split_dates(text, _ANY_DAY)) < 2:
                met[day] = (*met.get(day, ()), *read_interviewers(people))
        return met


def _number(header: str) -> str:
    """Return the only number in a header, "2" of "2nd interview", or an empty text."""
    found = re.findall(r"\d+", header)
    return found[0] if len(found) == 1 else ""


def names_interviewers(column: CsvColumn) -> bool:
    """Whether a column names who is in an interview: "Interviewer", "Met with"."""
    return column.field is ImportField.CONTACT_NAME and _says_interviewers(column.header)


@lru_cache(maxsize=256)
def _says_interviewers(header: str) -> bool:
    return _INTERVIEWERS.search(header) is not None


def holds_rounds(field: ImportField, header: str, text: str) -> bool:
    """Whether a cell of a contact's column holds dates: "Phone" and "Recruiter" name rounds too.

    A date under "Contact" says when somebody was asked, which is no interview.
    """
    return field in CONTACT_FIELDS and not _is_contact(header) and is_date_cell(text)


def is_date_cell(text: str) -> bool:
    """Whether a cell holds nothing but dates, as "10/2/2026 & 10/9/2026"."""
    if "@" in text or len(text) > 80 or not any(map(str.isdigit, text)):
        return False
    return _is_date_cell(text)


@lru_cache(maxsize=2048)
def _is_date_cell(text: str) -> bool:
    cell = read_cell(text, _ANY_DAY)
    if cell is not None:
        return not cell.beside and not text.strip().isdigit() and (cell.day_first or cell.month_first) is not None
    return any(not is_no_date(part) for part in split_dates(text, _ANY_DAY))


@lru_cache(maxsize=256)
def _is_contact(header: str) -> bool:
    said = header.casefold()
    return "contact" in said or "kontakt" in said
