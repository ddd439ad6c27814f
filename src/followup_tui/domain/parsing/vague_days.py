"""Words that mean several days, "early next week" or "january", and the last of these days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import arrow

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.day_context import DayContext, Days, make_date, shift_date
from followup_tui.domain.parsing.day_phrases import (
    ANY_NUMBER,
    ANY_UNIT,
    DAY,
    IN_MONTH,
    MONTH,
    NTH,
    SIDE,
    WEEK_NUMBER,
    WEEKDAY,
    WEEKDAY_NUMBER,
    candidate_days,
    first_days,
)
from followup_tui.domain.parsing.holiday_words import HOLIDAY, holiday
from followup_tui.domain.parsing.times import PART_OF_DAY

_ABOUT = (
    r"(?i)\b(?:first thing(?: on)?|about|around|roughly|approximately|approx\.?|ca\.?|circa|ungefähr|etwa|environ)"
    r"\s+(?=\S)"
)
"""Words that leave a day open, and that one doesn't wait for: "in about ten days"."""
_BEFORE = (
    r"^(?:noch )?(?:avant(?: le| la)?|antes del?(?: la)?|prima d(?:i|el(?: la)?)|voor(?: het| de)?"
    r"|vor(?! (?:\d|ein|zwei|drei|vier|fünf|sechs|zehn)))\s+"
)
_BY = r"^(?:bis(?: zu[mr]?)?|d['’]ici(?: à| le| la)?|entro(?: il| la)?|uiterlijk|hasta(?: el)?|para el)\s+"
_LOOSE_END = r"\s+(?:or so|or thereabouts|some ?time|at some point|first thing)$"
"""Words around a day that name it as the last one, in other languages, and what leaves it open behind."""
SAID_BEFORE = (
    r"^(?:(?:they|we|he|she|i)(?:['’](?:ll|d|re|ve)| will| would| are| should)?(?: going to| supposed to)? )?"
    r"(?:decide|deciding|decision|let me know|get back(?: to me)?|come back(?: to me)?|answer|reply|hear(?: back)?"
    r"|know|call(?: me)?(?: back)?|(?:gave|give) (?:me|us)|have(?: got)?|(?:want|need) an answer) (?=\S)"
    r"|^(?:sie |wir |die )?(?:entscheiden(?: sich)?|melden sich|antworten|geben (?:mir )?bescheid|antwort"
    r"|entscheidung|rückmeldung) (?=\S)"
)
"""Words before the day by which they decide, in the field that asks for it: "they'll decide by fri"."""
_PART_OF_WEEK = {
    "first half": 2,
    "second half": 4,
    "early": 1,
    "start": 1,
    "beginning": 1,
    "mid": 2,
    "middle": 2,
    "late": 4,
    "later": 4,
}
"""The last day of a part of the week, counted from its first: early is Monday and Tuesday."""
_PART_OF_MONTH = {
    "first half": 15,
    "second half": 31,
    "early": 10,
    "start": 10,
    "beginning": 10,
    "mid": 15,
    "middle": 15,
    "late": 31,
    "later": 31,
}
"""The last day of a part of the month."""
_FEW = 4
"""Days or weeks in "a few", at most."""

_HOUR_OF_PART = {"morning": time(9), "afternoon": time(15), "evening": time(19), "night": time(19)}
"""About when something was that happened in a part of the day."""
_PART = rf"(?P<part>{'|'.join(_PART_OF_WEEK)})"
_SOMETIME = r"(?:(?:in|during|within|any ?time|some ?time|later)(?: in)?(?: the)? |the )?"


def without_loose_words(text: str) -> str:
    """A date in small letters without what leaves it open, "before" for it in other languages in English."""
    text = re.sub(_LOOSE_END, "", re.sub(_ABOUT, "", text.casefold()))
    return re.sub(_BEFORE, "before ", re.sub(_BY, "", text))


def hour_of_part(phrase: str, day: date, now: datetime) -> datetime | None:
    """About when it was on a day whose part was said, "friday morning"; None where none was, or that is ahead."""
    part = re.search(PART_OF_DAY, phrase)
    at = datetime.combine(day, _HOUR_OF_PART[part[1] or "night"], now.tzinfo) if part else None
    return at if at and at <= now else None


def without_part_of_day(phrase: str) -> str:
    """Return a phrase without its part of the day: "tonight" becomes "today", "tomorrow morning" "tomorrow"."""
    match = re.search(PART_OF_DAY, phrase)
    if match is None:
        return phrase
    rest = " ".join(f"{phrase[: match.start()]} {phrase[match.end() :]}".split())
    if match[0].startswith(("this", "tonight")):
        return f"today {rest}".strip()
    return rest


def vague_days(phrase: str, calendar: DayContext) -> Days | None:
    """Return the last day that a lower-case phrase can mean, or None if it isn't one of these forms."""
    for pattern, meaning in _FORMS:
        match = re.fullmatch(pattern, phrase, re.ASCII)
        if match:
            return meaning(match, calendar)
    return None


def _part_of_week(match: re.Match[str], calendar: DayContext) -> Days:
    first = shift_date(calendar.week_begins(calendar.today), "weeks", SIDE.get(match["which"], 0))
    return (first + timedelta(days=_PART_OF_WEEK[match["part"]]),)


def _end_of(match: re.Match[str], calendar: DayContext) -> Days | None:
    groups = match.groupdict()
    return candidate_days(f"end of {groups.get('which') or 'this'} {match['unit']}", calendar)


def _end(match: re.Match[str], calendar: DayContext) -> Days | None:
    return candidate_days(match["rest"], calendar)


def _part_of_month(match: re.Match[str], calendar: DayContext) -> Days:
    if not match["part"] and calendar.lean is Prefer.PAST:
        raise BadInput(f"“{match[0]}” can be any day of that month; write the day.")
    return tuple(_day_of(first, _PART_OF_MONTH[match["part"] or "late"]) for first in first_days(match, calendar))


def _week_of_month(match: re.Match[str], calendar: DayContext) -> Days:
    if match["nth"] == "last":
        return tuple(
            calendar.end_of_week(_day_of(first, 31) - timedelta(days=2)) for first in first_days(match, calendar)
        )
    found = []
    for first in first_days(match, calendar):
        is_over = calendar.end_of_week(first) <= first  # of a first day on a Friday one means the week after
        begin = first + timedelta(days=3 if is_over else 0)
        found.append(calendar.end_of_week(shift_date(begin, "weeks", NTH[match["nth"]] - 1)))
    return tuple(found)


def _day_of(first: date, day: int) -> date:
    last: date = arrow.get(first).ceil("month").date()
    return min(last, first + timedelta(days=day - 1))


def _week_of(match: re.Match[str], calendar: DayContext) -> Days | None:
    days = candidate_days(match["rest"], calendar)
    return tuple(calendar.end_of_week(day) for day in days) if days else None


def _span(match: re.Match[str], calendar: DayContext) -> Days | None:
    """So long from now, and "a few" at most."""
    return candidate_days(f"in {match.groupdict().get('number', _FEW) or 'a'} {match['unit']}", calendar)


def _quarter(match: re.Match[str], calendar: DayContext) -> Days:
    month = 3 * int(match["quarter"])
    years = (int(match["year"]),) if match["year"] else (calendar.today.year, calendar.today.year + 1)
    return tuple(_day_of(make_date(year, month, 1), 31) for year in years)


def _either(match: re.Match[str], calendar: DayContext) -> Days | None:
    later = replace(calendar, lean=Prefer.LATER) if calendar.lean is Prefer.FUTURE else calendar
    first = candidate_days(match["first"], later)
    if not first:
        return None
    day, second = later.nearest(first), WEEKDAY_NUMBER[match["weekday"][:3]]
    return (day + timedelta(days=(second - day.weekday()) % 7),)


def _before(match: re.Match[str], calendar: DayContext) -> Days | None:
    days = candidate_days(match["rest"], calendar)
    return (calendar.nearest(days) - timedelta(days=1),) if days else None


_ANY_MONTH = MONTH.replace("?P<month>", "?:")
_MONTH_YEAR = rf"{MONTH}(?:,? (?P<year>\d{{4}}))?"
_ANY_DAY = rf"(?:the )?(?:{MONTH}|{DAY}|{WEEKDAY}).*"
_Meaning = Callable[[re.Match[str], DayContext], Days | None]
_FORMS: tuple[tuple[str, _Meaning], ...] = (
    (r"(?:in |end of |the end of )?q(?P<quarter>[1-4])(?: (?P<year>\d{4}))?", _quarter),
    (rf"{_SOMETIME}{_PART}(?: of| in)?(?: the)?[ -](?:(?P<which>this|next|last) )?week", _part_of_week),
    (rf"{_SOMETIME}(?P<which>this|next) (?P<unit>week|month|year)", _end_of),
    (r"(?:at )?(?:the )?(?P<rest>end of .+)", _end),
    (rf"(?P<which>this|next|last) week {_PART}", _part_of_week),
    (rf"{_SOMETIME}(?:{_PART}(?: of| in)?(?: the)?[ -])?{_MONTH_YEAR}", _part_of_month),
    (rf"{_SOMETIME}{_PART}(?: of| in)?(?: the)?[ -](?P<which>this|next|last) month", _part_of_month),
    (
        rf"(?:in )?(?:the )?(?P<nth>last|{'|'.join(NTH)}) (?:full )?week {IN_MONTH}",
        _week_of_month,
    ),
    (
        rf"(?:the )?week (?:of|commencing|beginning|starting) (?P<rest>{_ANY_DAY})",
        _week_of,
    ),
    (
        rf"(?:in |within )?(?:\d+|{ANY_NUMBER}) ?(?:-|–|to|or) ?(?P<number>\d+|{ANY_NUMBER})"
        rf" ?(?P<unit>{ANY_UNIT})",
        _span,
    ),
    (rf"(?:in |within )?(?:a few|several|some) (?P<unit>{ANY_UNIT})", _span),
    (rf"(?:in|over|during) {HOLIDAY}", holiday),
    (
        r"(?:(?:over|during|at|on|this)(?: the)?|the) week[ -]?end",
        lambda _, calendar: candidate_days("sunday", calendar),
    ),
    (rf"(?:right |shortly |soon )?(?P<way>after|before) {HOLIDAY}", holiday),
    (r"after (?:the )?week[ -]?end", lambda _, calendar: candidate_days("start of next week", calendar)),
    (rf"(?P<rest>(?:the )?week after next|{WEEK_NUMBER})", _week_of),
    (rf"(?:in|within|during) (?:the )?next (?:(?P<number>\d+|{ANY_NUMBER}) )?(?P<unit>{ANY_UNIT})", _span),
    (rf"(?:in )?(?:under|less than) (?P<number>\d+|{ANY_NUMBER}) (?P<unit>{ANY_UNIT})", _span),
    (rf"(?:in |within )?an? (?P<unit>{ANY_UNIT}) or (?P<number>two)", _span),
    (r"(?:within|during) the (?P<unit>week|month|year)", _end_of),
    (r"before (?:the )?(?P<unit>week)end", _end_of),
    (r"(?P<unit>week|month|year)[ -]?end", _end_of),
    (rf"(?P<first>.+) or {WEEKDAY}", _either),
    (
        rf"before (?P<rest>(?:(?:next|this|coming) )?{WEEKDAY}|the end of .+"
        rf"|{_ANY_MONTH} \d{{1,2}}|(?:the )?\d.*)",
        _before,
    ),
)
"""The patterns in the order in which they are tried; the first match decides."""
