"""What a status says of an interview that is off or moved: "cancelled, will rebook", "2nd round postponed"."""

from __future__ import annotations

import re
from functools import lru_cache

from followup_tui.domain.model.text import words_of
from followup_tui.domain.parsing.interview_words import CANCELLED, POSTPONED
from followup_tui.exchange.sheets.statuses import MEANINGS, StatusMeaning, has_idea, status_ideas
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
_NUMBER = re.compile(r"(?i)\b(\d)\s?(?:st|nd|rd|th|\.|ª|º|e)\b|\b(?:round|runde|r)\s?(\d)\b")


@lru_cache(maxsize=1024)
def is_called_off(status: str) -> bool:
    """Whether a status says no more than that an interview is cancelled or postponed."""
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
    if called_off_number(status) > 1:
        return False
    if _MOVED.search(status):
        return True
    words = status_ideas(status)
    is_booked = any(word.idea in ("set", "invited") for word in words)
    return is_booked and all(
        word.idea in ("set", "invited", NUMBER) or word.text in _ANY_INTERVIEW for word in words
    )


def called_off_number(status: str) -> int:
    """Return which interview a status names: 2 of "2nd round postponed"; 0 if it names none."""
    number = _NUMBER.search(status)
    return int(number[1] or number[2]) if number else 0


def is_surely_off(status: str) -> bool:
    """Whether an interview won't be on the day beside the status, which of a postponed one may be the new day."""
    return _CANCELLED.search(status) is not None or _ANOTHER.search(status) is not None


def called_off_meaning(status: str) -> StatusMeaning | None:
    """Return what a status means that says no more than that an interview is off, or None for any other."""
    return MEANINGS["interviewed"] if status and is_called_off(status) else None
