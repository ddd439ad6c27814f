"""The days in a status: by when an offer wants an answer, and when what the status says happened."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.day_phrases import WEEKDAY
from followup_tui.domain.parsing.times import split_clock
from followup_tui.exchange.sheets.date_cell import DAYS
from followup_tui.exchange.sheets.date_column import DateColumn
from followup_tui.exchange.sheets.statuses import StatusMeaning, has_idea, status_meaning

_MARK = "\0"
_PAUSE = re.compile(r"[,;!/\n(){}\[\]]|\.\s|\s[-–—]\s")
_UNTIL = re.compile(
    rf"""(?xi) (?<!\w) (?:
        until | till? | by | deadline | due | expires | expiring
      | bis | frist | spätestens | läuft[ ]ab
      | jusqu[’']?(?:à|au)? | d[’']ici | au[ ]plus[ ]tard | expire
      | hasta | plazo | a[ ]más[ ]tardar | vence
      | entro | fino[ ]a | fino[ ]al | scade | scadenza
      | tot | uiterlijk | vóór | t/m
      | até | prazo | do | termin
    ) (?: [\s,.:]* (?:{WEEKDAY.replace("?P<weekday>", "?:")}
        | on|the|is|zum|den|dem|am|spätestens|le|el|il|op|en|met|dnia|o|dia) (?!\w) )* [\s,.:]* $"""
)
"""What stands before the last day on which something can be done."""
_OTHER = ("interview", "invited", "apply", "sent", "thank")
"""Ideas whose day the day beside them may be."""


class StatusDays(NamedTuple):
    """By when an offer wants an answer, and the day on which what a status says happened, or None."""

    answer_by: date | None = None
    happened_on: date | None = None


def status_days(status: str, meaning: StatusMeaning, column: DateColumn) -> StatusDays:
    """Return the days that a status says; of two that could be meant none."""
    rest, days = _cut_days(status)
    limits: list[date] = []
    happened: list[date] = []
    begin = 0
    for clause in _PAUSE.split(rest):
        for _ in range(clause.count(_MARK)):
            begin = rest.index(_MARK, begin) + 1
            day = _read(days.pop(0), column)
            if day is None:
                continue
            if _UNTIL.search(rest[: begin - 1]):
                limits.append(day)
            elif _says(clause.replace(_MARK, " "), meaning):
                happened.append(day)
    return StatusDays(_only(limits), _only(happened))


def read_deadline(text: str, column: DateColumn) -> date | None:
    """Return the one day in the cell of a deadline, "until 7.12. at noon", or None."""
    days = _cut_days(text)[1]
    return _read(days[0], column) if len(days) == 1 else None


def _cut_days(text: str) -> tuple[str, list[str]]:
    """Return a text with a mark for each day in it, and the days; "10-12k" is none."""
    text = split_clock(plain_date(text.replace(_MARK, " "))).rest
    days: list[str] = []

    def cut(found: re.Match[str]) -> str:
        if text[found.end() : found.end() + 1].isalnum():
            return found[0]
        days.append(found[0])
        return _MARK

    return DAYS.sub(cut, text), days


def _read(text: str, column: DateColumn) -> date | None:
    try:
        value = column.read(text.strip())
    except BadInput:  # in either order of day and month; the whole text is kept in the notes
        return None
    return value.day if value is not None else None


def _says(clause: str, meaning: StatusMeaning) -> bool:
    """Whether a clause alone says what the whole status does, and nothing else that has a day."""
    found = status_meaning(clause.strip())
    is_same = found is not None and (found.stage, found.outcome) == (meaning.stage, meaning.outcome)
    return is_same and not has_idea(clause, *_OTHER)


def _only(days: list[date]) -> date | None:
    return days[0] if len(set(days)) == 1 else None
