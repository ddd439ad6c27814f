"""The days that the status of a row says: of an interview, of an answer, and of what happened.

And what its notes tell: a thank-you that was sent, when it ended, and by when they decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
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
from followup_tui.exchange.sheets.row_texts import STRUCK_OUT, RowTexts
from followup_tui.exchange.sheets.statuses import (
    StatusMeaning,
    has_idea,
    joined_ideas,
    status_ideas,
    status_meaning,
)
from followup_tui.exchange.sheets.words import ANY_END, BEFORE, NUMBER

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


_SENTENCE_END = re.compile(r"\n|(?<=[;!?])\s+|(?<=[^\W\d_]{3}\.)\s+(?=[^\W\d_])|(?<=[^\W\d_]{3}\.)\s+(?=\d)")
_TOLD_THEM = re.compile(
    r"(?i)\W*(?:i |habe? |j'ai |he |ho )?(?:told|informed|notified|let \w+ know|mitgeteilt|abgesagt"
    r"|bescheid gegeben|informé|prévenu|avisé|avisado|informato)\b"
)
"""How a note begins that tells of the user's own no."""
_MY_NO = (Outcome.WITHDREW, Outcome.DECLINED)
_STILL_TO_SEND = ("task", "to_do", "saved", "no_thank")
_SENT = ("sent", "was_thanked")
_MAY_THANK = re.compile(r"(?i)than|thx|thnx|\bt[xy]\b|dan[ck]|merci|graci|agra|grazi|ringra|obrigad|podzi")
"""What a word for a thank-you has in it: few notes do, and telling what all their words mean takes longer."""
_DOUBTFUL = ("not", "doubt", "undecided")


@lru_cache(maxsize=8)
def sentences(notes: str) -> tuple[str, ...]:
    """Return the sentences of notes, without what was struck out; a row asks for those of the same notes often."""
    lines = (line for line in notes.split("\n") if not line.endswith(STRUCK_OUT))
    return tuple(each for line in lines for each in _SENTENCE_END.split(line) if each.strip())


def end_told(status: str, notes: str) -> str:
    """Return the sentence of notes that tells how an application ended whose status is only "Done", or nothing."""
    if status.strip(" .!").casefold() not in ANY_END:
        return ""
    told = {each.strip(): status_meaning(each.strip()) for each in sentences(notes)}
    ends = [said for said, meaning in told.items() if meaning is not None and meaning.stage is Stage.MOVED_ON]
    return ends[0] if len({told[said] for said in ends}) == 1 else ""


def ended_on(notes: str, meaning: StatusMeaning | None, column: DateColumn) -> date | None:
    """Return the one day on which the notes say that what the status says happened, or None."""
    if meaning is None or meaning.stage is not Stage.MOVED_ON or not may_have_day(notes):
        return None

    def says(clause: str) -> bool:
        return says_meaning(clause, meaning) or (meaning.outcome in _MY_NO and bool(_TOLD_THEM.match(clause)))

    dated = (sentence for sentence in sentences(notes) if re.search(r"\d", sentence))
    found = (said_days(sentence, says, column).happened_on for sentence in dated)
    return only_day([day for day in found if day is not None])


_DECISION = re.compile(r"(?i)\b(?:deci[ds]|hear\b|entsch[ei]|bescheid|d[ée]ci[ds]|besli[su]|besluit).*\d")
_THEIR_WORD = re.compile(
    r"(?i)(?:\b(?:they|he|she|hr|recruiter|manager|team|will)\b|['’](?:ll|d)\b).*"
    r"\b(?:get(?:ting)? back|come back|let (?:me|us) know|(?:be|get) in touch|tell (?:me|us)).*\d"
    r"|\bthey\b.*\b(?:call|write|ring|answer|reply|respond)\b.*\d"
    r"|\b(?:meldet|melden|rückmeldung|donner\w* des nouvelles|laten .*weten|far\w+ sapere)\b.*\d"
)
"""What they will say by a day."""
_MINE = ("by_me", "task", "to_do", "offer", "posting")
"""Ideas beside a decision that is the user's, or about an offer."""


def decision_day(status: str, notes: str, meaning: StatusMeaning | None, column: DateColumn) -> DateValue | None:
    """Return by when they decide, as a sentence says ("decision by 4 Dec"), not by when the user does."""
    if meaning is None or meaning.is_offer or meaning.stage in (None, Stage.MOVED_ON):
        return None
    if not (may_have_day(status) or may_have_day(notes)):
        return None
    about = [
        line
        for line in (status, *sentences(notes))
        if (_DECISION.search(line) or _THEIR_WORD.search(line)) and not has_idea(line, *_MINE)
    ]
    day = status_days("\n".join(about), meaning, column).answer_by if about else None
    return DateValue(day) if day and column.today and day >= column.today else None


class NotedThanks(NamedTuple):
    """A thank-you that notes tell of: whether it was sent, its day or None, and a remark about what is unclear."""

    is_sent: bool = False
    day: DateValue | None = None
    remark: str = ""


def noted_thanks(
    notes: str, rounds: Sequence[DateValue], meaning: StatusMeaning | None, column: DateColumn
) -> NotedThanks:
    """Return the newest thank-you that the notes say was sent, on or after an interview that was held.

    Without a day it counts after the only interview that was held.
    """
    if not _MAY_THANK.search(notes):
        return NotedThanks()
    today = column.today or date.max
    held = [each.day for each in rounds if each.day <= today]
    is_undated = not rounds and meaning is not None and meaning.stage in (Stage.INTERVIEWED, Stage.THANKED)
    days: list[date] = []
    is_sent, unclear = False, ""
    for sentence in sentences(notes):
        if not _names_thanks(sentence):
            continue
        named = days_named(sentence, column)
        if not _was_sent(sentence):
            unclear = unclear or (sentence if named or _says_sent(sentence) else "")
            continue
        day = said_days(sentence, _was_sent, column).happened_on
        if day is None and len(named) == 1 and named[0] not in held:
            day = named[0]
        if day is not None and day <= today and (is_undated or any(each <= day for each in held)):
            days.append(day)
        elif day is None and held and _is_after_last(sentence, named, held):
            is_sent = True
        else:
            unclear = unclear or sentence
    if days:
        return NotedThanks(True, DateValue(max(days)))
    is_over = meaning is not None and meaning.stage is Stage.MOVED_ON
    if is_sent or not unclear or is_over:
        return NotedThanks(is_sent)
    return NotedThanks(remark=f"“{shorten(unclear.strip())}” in the notes: record the thank-you if you sent it.")


def _is_after_last(sentence: str, named: list[date], held: list[date]) -> bool:
    """Whether a thank-you without a day of its own can only be that after the last interview."""
    if len(held) == 1:
        return not named or named == held
    return not named and not joined_ideas(sentence).has(NUMBER, "ordinal")


def _names_thanks(sentence: str) -> bool:
    """Whether a sentence is about a thank-you of the user's, other than one that is still to be sent."""
    if not _MAY_THANK.search(sentence):
        return False
    said = joined_ideas(sentence)
    is_theirs = any(said.before(one, "thank") for one in ("by_them", "passive", "process"))
    return said.has("thank") and not said.has(*_STILL_TO_SEND) and not is_theirs


def _says_sent(sentence: str) -> bool:
    return joined_ideas(sentence).has(*_SENT)


def _was_sent(sentence: str) -> bool:
    """Whether a sentence says beyond doubt that the user sent a thank-you."""
    is_clear = not joined_ideas(sentence).has(*_DOUBTFUL) and "?" not in sentence
    return is_clear and _names_thanks(sentence) and _says_sent(sentence)
