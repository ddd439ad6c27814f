"""The day and hour of an interview that the status of a row says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.day_phrases import MONTH, WEEKDAY, WEEKDAY_NUMBER
from followup_tui.exchange.sheets.columns import ImportField
from followup_tui.exchange.sheets.date_cell import DAYS
from followup_tui.exchange.sheets.date_column import DateColumn, DateValue, in_time, shorten
from followup_tui.exchange.sheets.row_texts import RowTexts
from followup_tui.exchange.sheets.statuses import StatusMeaning, has_idea

_DATED = re.compile(
    rf"(?ai)\b{WEEKDAY}(?!\w)|\d\s?{MONTH}|\b{MONTH.replace('P<month>', ':')}\s?\d|\d:\d\d|\b\d{{1,2}}\s?[ap]m\b"
    r"|\b\d{1,2}[./-]\d{1,2}\b|\b(?:today|tomorrow)\b"
)
_WEEKDAY = re.compile(rf"(?ai)\b{WEEKDAY}(?!\w)")
_NUMBER = re.compile(r"(?a)(?<!\d)\d{1,2}(?!\d)")
_OF_OTHERS = ("decision", "reply", "wait", "pending", "thank", "task", "to_do")
"""Ideas whose day it may be in the status of an interview."""
CLAUSES = re.compile(r"\w\W*(?:[,;]|\s[-–—]\s)\W*\w")
"""What parts the clauses of a status."""


@lru_cache(maxsize=1024)
def names_date(status: str) -> bool:
    """Whether a status says a day or an hour besides how far things are: "2nd round Tue 10am"."""
    return bool(_DATED.search(plain_date(status)))


def _says_interview_day(status: str, meaning: StatusMeaning | None, known: Iterable[date]) -> bool:
    """Whether a status says when an interview is or was, other than on a known day."""
    is_over = meaning is not None and (meaning.stage is Stage.MOVED_ON or meaning.is_offer)
    if not names_date(status) or is_over:
        return False
    if not (has_idea(status, "interview", "invited") or (meaning and meaning.stage is Stage.INTERVIEWED)):
        return False
    weekdays = {WEEKDAY_NUMBER[found["weekday"][:3].casefold()] for found in _WEEKDAY.finditer(status)}
    numbers = {int(number) for number in _NUMBER.findall(status)}
    return not any(day.weekday() in weekdays or {day.day, day.month} <= numbers for day in known)


def with_status_round(
    texts: RowTexts, rounds: tuple[DateValue, ...], meaning: StatusMeaning | None, column: DateColumn
) -> tuple[DateValue, ...]:
    """Return the interviews with that whose day and hour the status says; one that says less is remarked."""
    status = texts.values.get(ImportField.STATUS, "")
    if not _says_interview_day(status, meaning, [each.day for each in rounds]):
        return rounds
    found = _status_round(status, column)
    if found is None:
        texts.remarks.append(
            f"Status “{shorten(status)}” says when: it is kept in the notes, record the interview's day."
        )
        return rounds
    texts.remarks += [found.remark] if found.remark else []
    return tuple(sorted((*rounds, found._replace(remark="")), key=in_time))


def _status_round(status: str, column: DateColumn) -> DateValue | None:
    """Return the one day with an hour in the status of an interview, unless it may be that of something else."""
    day = DAYS.search(status)
    if day is None or CLAUSES.search(status[: day.start()]) or has_idea(status, *_OF_OTHERS):
        return None
    try:
        found = column.read(status)
    except BadInput:  # of several days, or in either order: it is remarked, and kept in the notes
        return None
    return found if found is not None and found.at is not None else None
