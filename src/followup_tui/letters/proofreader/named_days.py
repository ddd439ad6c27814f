"""Dates that don't fit: a weekday beside the date of another day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from followup_tui.domain.letters.finding import Finding
from followup_tui.letters.proofreader.letter_text import ParsedLetter

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_NAMED = rf"\b(?P<name>{'|'.join(_DAYS)}),? (?:the )?"
_DATES = (
    re.compile(rf"{_NAMED}{_DAY} (?:of )?{_MONTH},? (?P<year>20\d\d)\b"),
    re.compile(rf"{_NAMED}{_MONTH} {_DAY},? (?P<year>20\d\d)\b"),
)


def date_findings(letter: ParsedLetter) -> Iterator[Finding]:
    """Each weekday that isn't the one of the date behind it, with the year said."""
    for pattern in _DATES:
        for found in pattern.finditer(letter.low):
            try:
                day = date(int(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"]))
            except ValueError:
                continue  # no such day: a rule of rules.toml says so
            right = _DAYS[day.weekday()].capitalize()
            if found["name"] != right.casefold():
                start, end = found.span("name")
                yield letter.finding(start, end, "date", f"That day is a {right}.", (right,))
