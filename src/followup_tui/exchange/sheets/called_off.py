"""Interviews that the status of a row calls off: "cancelled, will rebook", "2nd round postponed"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from followup_tui.domain.model.text import shorten, words_of
from followup_tui.domain.parsing.line_actions import CANCELLED, POSTPONED
from followup_tui.exchange.round_cell import NO_DETAILS, RoundDetails
from followup_tui.exchange.sheets.date_column import DateColumn, DateValue
from followup_tui.exchange.sheets.row_dates import ReadRound
from followup_tui.exchange.sheets.row_texts import RowTexts
from followup_tui.exchange.sheets.status_dates import days_named, names_date
from followup_tui.exchange.sheets.statuses import MEANINGS, StatusMeaning, has_idea, status_ideas, status_meaning
from followup_tui.exchange.sheets.words import NUMBER

_CANCELLED = re.compile(rf"(?i)\b(?:{CANCELLED})\b")
_POSTPONED = re.compile(rf"(?i)\b(?:{POSTPONED})\b")
_ANOTHER = re.compile(
    r"(?i)\b(?:re-?book\w*|re-?schedul\w*|(?:new|another|other) (?:date|day|time)|neue[rn]? termin|riprogramm\w+"
    r"|reprogram\w+|replanif\w+|nouvelle date|nueva fecha|nuova data|nova data|nieuwe datum|nowy termin)\b"
)
"""What says that there will be another day, so that not the whole application is off."""
_OTHERS = frozenset(
    {"decision", "application", "apply", "posting", "contract", "reject", "withdrew", "closed", "decline", "offer"}
    | {"accept", "hired", "said_no", "by_me", "ghosted"}
)
"""Ideas of what else may be off, or of an end beside which a cancelled interview is only a part."""
_TO_DAY = re.compile(r"(?i)\b(?:to|until|auf|zum|au|al|para|naar|na)\s+(?:\w+\W+){0,2}\d")
"""A new day behind what was called off: "moved to Fri 27.11."."""
_NUMBER = re.compile(r"(?i)\b(\d)\s?(?:st|nd|rd|th|\.|ª|º|e)\b|\b(?:round|runde|r)\s?(\d)\b")


@lru_cache(maxsize=1024)
def _is_called_off(status: str) -> bool:
    is_postponed = _POSTPONED.search(status) is not None
    if not (is_postponed or _CANCELLED.search(status)) or has_idea(status, *_OTHERS):
        return False
    return is_postponed or has_idea(status, "interview", "talk") or _ANOTHER.search(status) is not None


_MOVED = re.compile(
    rf"(?i)\b(?:{POSTPONED}|resched\w+|rearranged|moved|shifted|pushed|verlegt|déplacée?|reprogramad[ao]|remarcad[ao]"
    r"|spostat[ao]|riprogrammat[ao]|verzet|verplaatst|przesunięt[aey])\b"
)
_ANY_INTERVIEW = words_of(
    "interview entretien vorstellungsgesprach gesprach colloquio entrevista gesprek rozmowa termin round"
)
"""Words for an interview that don't say which one it is, as "onsite" does."""


@lru_cache(maxsize=1024)
def may_be_moved(status: str) -> bool:
    """Whether another day beside a status is that of the same interview: "rescheduled", or "Interview booked"."""
    if (number := _NUMBER.search(status)) and (number[1] or number[2]) != "1":
        return False
    if _MOVED.search(status):
        return True
    words = status_ideas(status)
    is_booked = any(word.idea in ("set", "invited") for word in words)
    return is_booked and all(
        word.idea in ("set", "invited", NUMBER) or word.text in _ANY_INTERVIEW for word in words
    )


def called_off_meaning(status: str) -> StatusMeaning | None:
    """Return what a status means that says no more than that an interview is off, or None for any other."""
    return MEANINGS["interviewed"] if status and _is_called_off(status) else None


def without_called_off(
    texts: RowTexts, status: str, rounds: tuple[DateValue, ...], column: DateColumn
) -> tuple[tuple[DateValue, ...], tuple[ReadRound, ...]]:
    """Return the interviews of a row without those that its status calls off, and these.

    That is the one whose day the status names, or the last. Of a postponed one a day to come may be the new one
    already: it stays, as long as no earlier sheet had it, and is remarked.
    """
    if not rounds or not _is_called_off(status) or status_meaning(status) not in (None, MEANINGS["interviewed"]):
        return rounds, ()
    named = days_named(status, column) if names_date(status) else []
    if named and _TO_DAY.search(status):
        *named, new = named
        rest = [each for each in rounds if each.day != new]
        off = [each for each in rest if each.day in named] or rest[-1:]
        return tuple(each for each in rounds if each not in off), _cancelled(off)
    off = [each for each in rounds if each.day in named] or ([] if named else list(rounds[-1:]))
    number = _NUMBER.search(status)
    if number and not named and int(number[1] or number[2]) > len(rounds):
        off = []
    if not off:
        texts.remarks.append(f"Status “{shorten(status)}” calls off an interview whose day the sheet doesn't say.")
        return rounds, ()
    is_ahead = column.today is not None and off[-1].day > column.today
    if is_ahead and not _CANCELLED.search(status) and not _ANOTHER.search(status):
        texts.remarks.append(
            f"Status “{shorten(status)}” doesn't say whether {off[-1].day.isoformat()} is the old day or the new."
        )
        return rounds, tuple((each, POSTPONED_ROUND) for each in off)
    return tuple(each for each in rounds if each not in off), _cancelled(off)


POSTPONED_ROUND = NO_DETAILS._replace(is_postponed=True)


def _cancelled(off: Sequence[DateValue]) -> tuple[ReadRound, ...]:
    told: RoundDetails = NO_DETAILS._replace(is_cancelled=True)
    return tuple((each, told) for each in off)
