"""A typed day or time, as it fits into the sentence that the templates put it in."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.letters.phrases import MONTHS, NUMBER_WORDS, WEEKDAYS, format_weekday, phrase_of
from followup_tui.domain.model.english import MONTH_FIRST, English
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer

_MONTH_NAMES = "|".join(MONTHS)
_NAMED_DAYS = "|".join((*MONTHS, *WEEKDAYS))
_VAGUE = r"(?i)\b(?:early|mid|late|end|beginning|start|middle|weeks?|months?|days?|soon|after|once|when)\b"
_PRECISE = r"(?i)\d|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\btomorrow\b"
_BY = r"(?i)^(?:by|until|till|no later than|at the latest(?: by)?|latest|on|as of|from)\s+"
_AMOUNT = rf"(?i)(?:a|an|\d+|a few|several|{NUMBER_WORDS[3:]}\b"
_MONTH_OR_LONGER = rf"(?i)(?:early|mid|late|q\d|20\d\d|(?:{_MONTH_NAMES})\b(?! \d{{1,2}}\b))\b"
_STANDS_ALONE = (
    r"(?i)(?:in|the (?:week|month|day)|within|at|after|before|next|this|as|immediately|right|once|when|two|three"
    r"|any|tomorrow|soon|whenever)\b"
)
_STARTING = r"(?i)^(?:i (?:will |can |could )?(?:start|begin|answer|decide)|start(?:ing)?)\s+"
_SPAN = r"(?i)(?:\w+ )?(?:\w+ )?(?:business )?(?:days?|weeks?|months?)"


class FittedDay(NamedTuple):
    """A day in a letter: alone, "Monday, January 4", and as it says when, "on Monday, January 4"."""

    alone: str
    when: str


def fit_day(text: str, tie: str, now: datetime, zone: ZoneInfo, english: English) -> FittedDay:
    """A typed day behind `tie`, "on" or "by"; one that is no date stays in the user's words."""
    said = re.sub(_STARTING, "", phrase_of(text))
    bare = re.sub(_BY, "", said)
    slashed = re.fullmatch(r"(\d{1,2})/(\d{1,2})(/\d{2,4})?", bare)
    if slashed:
        first, second, year = slashed.groups("")
        month, day = (first, second) if english in MONTH_FIRST else (second, first)
        year = f"20{year[-2:]}" if year else ""
        bare = f"{day} {MONTHS[int(month) - 1][:3]} {year}".strip() if 0 < int(month) <= 12 else bare
    if re.search(_PRECISE, bare) and not re.search(_VAGUE, bare):
        # Not at the top: arrow takes 30 ms to load, and most letters name no typed day.
        from followup_tui.domain.parsing.dates import parse_when

        is_before = re.match(r"(?i)before\s+", bare)
        words = bare[is_before.end() :] if is_before else bare
        with suppress(BadInput):  # what is no date is no mistake: it stays as it was typed
            found = parse_when(words, now=now, zone=zone, lean=Prefer.FUTURE)
            day = format_weekday(found.day, now.date(), english)
            return FittedDay(day, f"{'before' if is_before else tie} {day}")
    bare = re.sub(r"(?i)^mid(?:dle)?[ -](?=(?:next|this) )", "the middle of ", bare)
    if re.fullmatch(_SPAN, bare) and re.match(_AMOUNT, bare):
        bare = f"in {bare}"
    if re.match(_STANDS_ALONE, bare) and not re.match(r"(?i)the week of\b", bare):
        return FittedDay(small_day(bare), small_day(bare))
    bare = re.sub(
        rf"(?i)^(end|beginning|start|middle|week of|(?:first|last|second) (?:week|half|{'|'.join(WEEKDAYS)}))\b",
        r"the \1",
        bare,
    )
    tie = "at" if tie == "on" and re.match(r"(?i)the (?:end|beginning|start)\b", bare) else tie
    tie = "in" if tie == "on" and re.match(r"(?i)the (?:middle|week|\w+ (?:week|half))\b", bare) else tie
    tie = "in" if tie == "on" and re.match(_MONTH_OR_LONGER, bare) else tie
    return FittedDay(small_day(bare), f"{tie} {small_day(bare)}")


def small_day(text: str) -> str:
    """Words for a day with a small first letter, unless it is a name."""
    word = text.split(" ", 1)[0]
    return text if re.match(rf"(?i){_NAMED_DAYS}|Q\d", word) else text[:1].lower() + text[1:]


def fit_times(text: str) -> str:
    """When one could instead, the last two with "or" between: "December 3 after 2 or December 4"."""
    times = phrase_of(text)
    if re.search(r" or | and ", times):
        return times
    times = re.sub(r"^(\w+day), (\w+day)$", r"\1 or \2", times)
    return re.sub(rf"(?<!day), (?=(?:{_NAMED_DAYS})\b[^,]*$)", " or ", times)
