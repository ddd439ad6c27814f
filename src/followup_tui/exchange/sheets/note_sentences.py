"""What the notes of a row tell: a thank-you that was sent, when it ended, and by when they decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.text import shorten
from followup_tui.exchange.sheets.date_cell import may_have_day
from followup_tui.exchange.sheets.date_column import DateColumn, DateValue
from followup_tui.exchange.sheets.row_texts import STRUCK_OUT
from followup_tui.exchange.sheets.status_dates import days_named, only_day, said_days, says_meaning, status_days
from followup_tui.exchange.sheets.statuses import StatusMeaning, has_idea, joined_ideas, status_meaning
from followup_tui.exchange.sheets.words import ANY_END, NUMBER

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
