"""The days that the status of a row says: of an interview, of an answer, and of what happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shorten
from followup_tui.domain.parsing.date_words import plain_date
from followup_tui.domain.parsing.day_phrases import MONTH, WEEKDAY, WEEKDAY_NUMBER
from followup_tui.domain.parsing.times import split_clock
from followup_tui.exchange.sheets.columns import ImportField
from followup_tui.exchange.sheets.date_cell import DAYS, may_have_day
from followup_tui.exchange.sheets.date_column import DateColumn, DateValue, in_time
from followup_tui.exchange.sheets.row_texts import RowTexts
from followup_tui.exchange.sheets.statuses import StatusMeaning, has_idea, status_ideas, status_meaning
from followup_tui.exchange.sheets.words import BEFORE

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


RECORD_DAY = "record the interview's day."
"""How a remark ends that says so: no other one needs to."""


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
    found = _status_round(status, column, is_only=not rounds)
    if found is None:
        texts.remarks.append(f"Status “{shorten(status)}” says when: it is kept in the notes, {RECORD_DAY}")
        return rounds
    texts.remarks += [found.remark] if found.remark else []
    return tuple(sorted((*rounds, found._replace(remark="")), key=in_time))


def _status_round(status: str, column: DateColumn, *, is_only: bool) -> DateValue | None:
    """Return the one day with an hour in the status of an interview, unless it may be that of something else.

    `is_only` says that the row names no other interview: then a day to come may lack its hour.
    """
    day = DAYS.search(status)
    if day is None:
        return None
    clauses = [0, *(found.end() - 1 for found in CLAUSES.finditer(status[: day.start()]))]
    said = status[clauses[-1] :]
    is_named = len(clauses) == 1 or has_idea(said, "interview", "invited")
    if not is_named or has_idea(said, *_OF_OTHERS):
        return None
    try:
        found = column.read(said)
    except BadInput:  # of several days, or in either order: it is remarked, and kept in the notes
        return None
    if found is None or (found.at is None and not (is_only and column.today and found.day >= column.today)):
        return None
    return found


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
      | (?:answer | repl(?:y|ied) | respond | decide | antworten | entscheiden | répondre | responder | contestar
        | decidir | rispondere | decidere | antwoorden | beslissen
        | réponse | respuesta | risposta | antwort | antwoord)
        [ ](?:before | vor | avant | antes[ ]del? | prima[ ]d(?:i|el) | voor)
    ) (?: [\s,.:]* (?:{WEEKDAY.replace("?P<weekday>", "?:")}
        | on|the|is|zum|den|dem|am|spätestens|le|el|il|op|en|met|dnia|o|dia) (?!\w) )* [\s,.:]* $"""
)
"""What stands before the last day on which something can be done."""
_ON_DAY = re.compile(rf"(?ai)\b(?:on|of|from|am|vom|le|du|del|el|il|op|van)[\s,.]*(?:{WEEKDAY}[\s,.]*)?{_MARK}")
"""A day that belongs to the word before it: "the interview on 25.11."."""
_NOES = (Outcome.REJECTED, Outcome.WITHDREW, Outcome.DECLINED)
_OTHER = ("interview", "invited", "apply", "sent", "thank")
"""Ideas whose day the day beside them may be."""


class StatusDays(NamedTuple):
    """By when an offer wants an answer, and the day on which what a status says happened, or None."""

    answer_by: date | None = None
    happened_on: date | None = None


def status_days(status: str, meaning: StatusMeaning, column: DateColumn) -> StatusDays:
    """Return the days that a status says; of two that could be meant none."""
    return said_days(status, lambda clause: says_meaning(clause, meaning), column)


def said_days(text: str, says: Callable[[str], bool], column: DateColumn) -> StatusDays:
    """Return the last day that a text names, and the day in a clause that says what happened, as `says` tells.

    A clause has a mark where its day stands.
    """
    rest, days = _cut_days(text)
    limits: list[date] = []
    happened: list[date] = []
    begin = 0
    for clause in _PAUSE.split(rest):
        for _ in range(clause.count(_MARK)):
            begin = rest.index(_MARK, begin) + 1
            day = _status_day(days.pop(0), column)
            if day is None:
                continue
            if _UNTIL.search(rest[: begin - 1]):
                limits.append(day)
            elif says(clause):
                happened.append(day)
    return StatusDays(only_day(limits), only_day(happened))


def days_named(text: str, column: DateColumn) -> list[date]:
    """Return all days that a text names, each once."""
    found = (_status_day(each, column) for each in _cut_days(text)[1])
    return list(dict.fromkeys(day for day in found if day is not None))


def read_deadline(text: str, column: DateColumn) -> date | None:
    """Return the one day in the cell of a deadline, "until 7.12. at noon", or None."""
    days = _cut_days(text)[1]
    return _status_day(days[0], column) if len(days) == 1 else None


def _cut_days(text: str) -> tuple[str, list[str]]:
    """Return a text with a mark for each day in it, and the days; "10-12k" is none."""
    text = text.replace(_MARK, " ")
    if not may_have_day(text):
        return text, []
    text = split_clock(plain_date(text)).rest
    days: list[str] = []

    def cut(found: re.Match[str]) -> str:
        if text[found.end() : found.end() + 1].isalnum():
            return found[0]
        days.append(found[0])
        return _MARK

    return DAYS.sub(cut, text), days


def _status_day(text: str, column: DateColumn) -> date | None:
    try:
        value = column.read(text.strip())
    except BadInput:  # in either order of day and month; the whole text is kept in the notes
        return None
    return value.day if value is not None else None


def says_meaning(clause: str, meaning: StatusMeaning) -> bool:
    """Whether a clause alone says what the whole status does, and nothing else that has its day."""
    found = status_meaning(clause.replace(_MARK, " ").strip())
    is_same = found is not None and (found.stage, found.outcome) == (meaning.stage, meaning.outcome)
    own: tuple[str, ...] = ("thank", "sent") if meaning.stage is Stage.THANKED else ()
    if meaning.outcome in _NOES and _is_after_event(clause):
        own = ("interview", "invited")
    return is_same and not has_idea(clause, *(idea for idea in _OTHER if idea not in own))


def _is_after_event(clause: str) -> bool:
    """Whether a clause says after what it happened, and its day is no event's: "rejected after onsite 11/13"."""
    is_after = any(word.idea == "after" and word.text not in BEFORE for word in status_ideas(clause))
    return is_after and not _ON_DAY.search(clause)


def only_day(days: list[date]) -> date | None:
    """Return the day that all of these are, or None."""
    return days[0] if len(set(days)) == 1 else None
