"""Open days: "early next week" and its last day, "thu" or "3/12" and the other day it could mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import arrow

from followup_tui.domain.format import format_day
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer, When
from followup_tui.domain.parsing.date_words import (
    ANY_WEEKDAY,
    DayContext,
    Days,
    make_date,
    plain_date,
    shift_business_days,
    shift_date,
)
from followup_tui.domain.parsing.day_phrases import (
    DAY,
    MONTH,
    MONTH_NUMBER,
    NUMBER,
    UNIT,
    WEEKDAY,
    WEEKDAY_NUMBER,
    candidate_days,
)

_ABOUT = r"(?i)\b(?:about|around|roughly|approximately|approx\.?|ca\.?|circa|ungefähr|etwa|environ)\s+(?=\S)"
"""Words that leave a day open, and that one doesn't wait for: "in about ten days"."""
_BEFORE = (
    r"^(?:avant(?: le| la)?|antes del?(?: la)?|prima del?(?: la)?|voor(?: het| de)?"
    r"|vor(?! (?:\d|ein|zwei|drei|vier|fünf|sechs|zehn)))\s+"
)
_BY = r"^(?:bis(?: zu[mr]?)?|d['’]ici(?: à| le| la)?|entro(?: il| la)?|uiterlijk|hasta(?: el)?|para el)\s+"
_LOOSE_END = r"\s+(?:or so|or thereabouts)$"
"""Words around a day that name it as the last one, in other languages, and what leaves it open behind."""
SAID_BEFORE = (
    r"^(?:(?:they|we|he|she|i)(?:['’](?:ll|d|re)| will| would| are| should)?(?: going to| supposed to)? )?"
    r"(?:decide|deciding|decision|let me know|get back(?: to me)?|come back(?: to me)?|answer|reply|hear(?: back)?"
    r"|know|call(?: me)?(?: back)?) (?=\S)"
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
    "mid": 20,
    "middle": 20,
    "late": 31,
    "later": 31,
}
"""The last day of a part of the month."""
_SIDE = {"this": 0, "next": 1, "last": -1, "": 0}
_ORDINAL = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}
_FEW = 4
"""Days or weeks in "a few", at most."""

_EVENING = r"(?a)\b(?:evening|tonight|night)\b"
_IN_THE_EVENING = time(19)
_PARTS = "|".join(_PART_OF_WEEK)
_UNITS = "|".join(sorted(UNIT, key=len, reverse=True))
_NUMBERS = "|".join(sorted(NUMBER, key=len, reverse=True))


def without_loose_words(text: str) -> str:
    """A date in small letters without what leaves it open, "before" for it in other languages in English."""
    text = re.sub(_LOOSE_END, "", re.sub(_ABOUT, "", text.casefold()))
    return re.sub(_BEFORE, "before ", re.sub(_BY, "", text))


def evening_of(phrase: str, day: date, now: datetime) -> datetime | None:
    """The hour of what happened on the evening of that day, as a day alone would be its noon; None where ahead."""
    at = datetime.combine(day, _IN_THE_EVENING, now.tzinfo) if re.search(_EVENING, phrase) else None
    return at if at and at <= now else None


def vague_days(phrase: str, calendar: DayContext) -> Days | None:
    """Return the last day that a lower-case phrase can mean, or None if it isn't one of these forms."""
    for pattern, meaning in _FORMS:
        match = re.fullmatch(pattern, phrase, re.ASCII)
        if match:
            return meaning(match, calendar)
    return None


def _part_of_week(match: re.Match[str], calendar: DayContext) -> Days:
    first = shift_date(calendar.week_begins(calendar.today), "weeks", _SIDE[match["which"] or ""])
    return (first + timedelta(days=_PART_OF_WEEK[match["part"]]),)


def _whole(match: re.Match[str], calendar: DayContext) -> Days | None:
    return candidate_days(f"end of {match['which']} {match['unit']}", calendar)


def _end(match: re.Match[str], calendar: DayContext) -> Days | None:
    return candidate_days(match["rest"], calendar)


def _part_of_month(match: re.Match[str], calendar: DayContext) -> Days:
    return tuple(_day_of(first, _PART_OF_MONTH[match["part"]]) for first in _firsts(match, calendar))


def _whole_month(match: re.Match[str], calendar: DayContext) -> Days:
    return tuple(_day_of(first, 31) for first in _firsts(match, calendar))


def _part_of_next_month(match: re.Match[str], calendar: DayContext) -> Days:
    first = arrow.get(calendar.today).floor("month").shift(months=_SIDE[match["which"] or ""]).date()
    return (_day_of(first, _PART_OF_MONTH[match["part"]]),)


def _week_of_month(match: re.Match[str], calendar: DayContext) -> Days:
    if match["number"] == "last":
        return tuple(
            calendar.end_of_week(_day_of(first, 31) - timedelta(days=2)) for first in _firsts(match, calendar)
        )
    weeks = _ORDINAL[match["number"]]
    return tuple(
        calendar.end_of_week(shift_date(first, "weeks", weeks) + timedelta(days=2 if first.weekday() > 4 else 0))
        for first in _firsts(match, calendar)
    )


def _firsts(match: re.Match[str], calendar: DayContext) -> list[date]:
    """The first days of the month in question: this year's and those around it."""
    year = calendar.today.year
    years = (int(match["year"]),) if match["year"] else (year - 1, year, year + 1)
    return [make_date(one, MONTH_NUMBER[match["month"][:3]], 1) for one in years]


def _day_of(first: date, day: int) -> date:
    last: date = arrow.get(first).ceil("month").date()
    return min(last, first + timedelta(days=day - 1))


def _week_of(match: re.Match[str], calendar: DayContext) -> Days | None:
    days = candidate_days(match["rest"], calendar)
    return tuple(calendar.end_of_week(day) for day in days) if days else None


def _next_span(match: re.Match[str], calendar: DayContext) -> Days | None:
    return candidate_days(f"in {match['number'] or 'a'} {match['unit']}", calendar)


def _this_span(match: re.Match[str], calendar: DayContext) -> Days | None:
    return candidate_days(f"end of this {match['unit'] or 'year'}", calendar)


def _quarter(match: re.Match[str], calendar: DayContext) -> Days:
    month = 3 * int(match["quarter"])
    years = (int(match["year"]),) if match["year"] else (calendar.today.year, calendar.today.year + 1)
    return tuple(_day_of(make_date(year, month, 1), 31) for year in years)


def _either(match: re.Match[str], calendar: DayContext) -> Days | None:
    first = candidate_days(match["first"], calendar)
    if not first:
        return None
    day, second = calendar.nearest(first), WEEKDAY_NUMBER[match["weekday"][:3]]
    return (day + timedelta(days=(second - day.weekday()) % 7),)


def _before(match: re.Match[str], calendar: DayContext) -> Days | None:
    days = candidate_days(match["rest"], calendar)
    return (calendar.nearest(days) - timedelta(days=1),) if days else None


def _on_holiday(match: re.Match[str], calendar: DayContext) -> Days:
    month, day = (1, 1) if match["holiday"].startswith("n") else (12, 25)
    before = timedelta(days=1 if match["eve"] else 0)
    return tuple(make_date(calendar.today.year + ahead, month, day) - before for ahead in (0, 1, 2))


def _few(match: re.Match[str], calendar: DayContext) -> Days | None:
    return candidate_days(f"in {_FEW} {match['unit']}", calendar)


def _coming(match: re.Match[str], calendar: DayContext, before: int = 0) -> date:
    """The next such holiday, or so many days before it."""
    year = calendar.today.year
    days = (_HOLIDAYS[match["holiday"]](one) - timedelta(days=before) for one in (year, year + 1, year + 2))
    return next(day for day in days if day >= calendar.today)


def _after_holiday(match: re.Match[str], calendar: DayContext) -> Days:
    return (shift_business_days(_coming(match, calendar), 1, calendar.is_business_day),)


def _before_holiday(match: re.Match[str], calendar: DayContext) -> Days:
    return (_coming(match, calendar, _EVE.get(match["holiday"], 1)),)


def _thanksgiving(year: int) -> date:
    """The fourth Thursday in November."""
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)


_HOLIDAYS: dict[str, Callable[[int], date]] = {
    "thanksgiving": _thanksgiving,
    "christmas": lambda year: date(year, 12, 26),
    "xmas": lambda year: date(year, 12, 26),
    "new year": lambda year: date(year, 1, 1),
    "the new year": lambda year: date(year, 1, 1),
    "new year's": lambda year: date(year, 1, 1),
    "the holidays": lambda year: date(year, 1, 1),
}

_EVE = {"christmas": 2, "xmas": 2, "the holidays": 8}
"""Days from the last day before a holiday to that in `_HOLIDAYS`: 24 December."""
_ANY_MONTH = MONTH.replace("?P<month>", "?:")
_MONTH_YEAR = rf"{MONTH}(?:,? (?P<year>\d{{4}}))?"
_ANY_DAY = rf"(?:the )?(?:{MONTH}|{DAY}|{WEEKDAY}).*"
_Meaning = Callable[[re.Match[str], DayContext], Days | None]
_FORMS: tuple[tuple[str, _Meaning], ...] = (
    (r"(?:in |end of |the end of )?q(?P<quarter>[1-4])(?: (?P<year>\d{4}))?", _quarter),
    (
        rf"(?:in the )?(?P<part>{_PARTS})(?: of| in)?(?: the)?[ -](?:(?P<which>this|next|last) )?week",
        _part_of_week,
    ),
    (
        r"(?:(?:in|during|within|any ?time|some ?time|later)(?: in)?(?: the)? |the )?"
        r"(?P<which>this|next) (?P<unit>week|month|year)",
        _whole,
    ),
    (r"(?:at )?(?:the )?(?P<rest>end of .+|eom|eow)", _end),
    (rf"(?P<which>this|next|last) week (?P<part>{_PARTS})", _part_of_week),
    (rf"(?:in )?(?:the )?(?P<part>{_PARTS})(?: of| in)?[ -]{_MONTH_YEAR}", _part_of_month),
    (rf"(?P<part>{_PARTS})(?: of| in)?(?: the)?[ -](?P<which>this|next|last) month", _part_of_next_month),
    (rf"(?:in|during|sometime in|some time in) {_MONTH_YEAR}", _whole_month),
    (
        rf"(?:in )?(?:the )?(?P<number>last|{'|'.join(_ORDINAL)}) (?:full )?week (?:of|in) {_MONTH_YEAR}",
        _week_of_month,
    ),
    (
        rf"(?:the )?week (?:of|commencing|beginning|starting) (?P<rest>{_ANY_DAY})",
        _week_of,
    ),
    (
        rf"(?:in |within )?(?:\d+|{_NUMBERS}) ?(?:-|–|to|or) ?(?P<number>\d+|{_NUMBERS}) ?(?P<unit>{_UNITS})",
        _next_span,
    ),
    (rf"(?:in |within )?(?:a few|several|some) (?P<unit>{_UNITS})", _few),
    (rf"(?:right |shortly |soon )?after (?P<holiday>{'|'.join(_HOLIDAYS)})", _after_holiday),
    (rf"before (?P<holiday>{'|'.join(_HOLIDAYS)})", _before_holiday),
    (r"(?P<rest>(?:the )?week after next)", _week_of),
    (rf"(?:in|within|during) (?:the )?next (?:(?P<number>\d+|{_NUMBERS}) )?(?P<unit>{_UNITS})", _next_span),
    (rf"(?:in )?(?:under|less than) (?P<number>\d+|{_NUMBERS}) (?P<unit>{_UNITS})", _next_span),
    (rf"(?:in |within )?an? (?P<unit>{_UNITS}) or (?P<number>two)", _next_span),
    (r"(?:within|during) the (?P<unit>week|month|year)", _this_span),
    (r"(?P<unit>week|month|year)[ -]?end|eoy", _this_span),
    (rf"(?P<first>.+) or {WEEKDAY}", _either),
    (r"before (?:the )?(?P<unit>week)end", _this_span),
    (
        rf"before (?P<rest>(?:(?:next|this|coming) )?{WEEKDAY}|the end of .+"
        rf"|{_ANY_MONTH} \d{{1,2}}|\d{{1,2}} {_ANY_MONTH})",
        _before,
    ),
    (r"(?P<holiday>christmas|xmas|new year(?:['’]?s)?)(?: day|(?P<eve> eve))?", _on_holiday),
)
"""The patterns in the order in which they are tried; the first match decides."""


# The other day: "thu" is one day behind and one ahead, "next thu" two ahead

_SIDES = (
    r"next|last|this|past|coming|n(?:ä|ae)chste[nrm]?|kommende[nrm]?|letzte[nrm]?|diese[nrm]?|vergangene[nrm]?|volgende"
    r"|komende|vorige|afgelopen|pr[oó]xim[oa]|prossim[oa]"
)
_WEEKDAY = (
    rf"(?i)(?<![\w@.-])(?:(?:am|den|le|el|il|on)\s+)?(?P<side>(?:{_SIDES})\s+)?"
    rf"(?P<weekday>{WEEKDAY.replace('?P<weekday>', '?:')}|{ANY_WEEKDAY})(?![\w@-])"
)
_SLASHED = (
    r"(?a)(?<![\w./-])(?P<first>0?[1-9]|1[0-2])/(?P<second>0?[1-9]|1[0-2])(?P<year>/(?:\d{4}|\d{2}))?(?![\w./-])"
)
_THE_DAY = r"(?ai)(?<!\w)(?:on )?the (?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)(?!\w)"
_WEEK = timedelta(days=7)
_SOON = timedelta(days=60)
"""How far ahead a day is that one hardly doubts."""

ReadLine = Callable[[str], tuple[When | None, object]]
"""What a line says: its date, and all the rest; may raise `BadInput`."""


class OtherDay(NamedTuple):
    """The day on the other side of today, or a week later, and the line with its date in the weekday's place."""

    day: date
    line: str


def find_other_day(line: str, today: date, read: ReadLine) -> OtherDay | None:
    """The other day that a line's weekday, "3/12" or "the 31st" could mean; None where the line leaves no doubt.

    The line that names it differs in nothing but the day.
    """
    found = _read(line, read)
    if found is None:
        return None
    when, rest = found
    for match, day in (*_other_weekdays(line, when.day, today), *_other_dates(line, when, today, read)):
        other = f"{line[: match.start()]}{format_day(day, today)}{line[match.end() :]}"
        said = _read(other, read)
        if said is not None and said[0].day == day and said[1] == rest and _clock(said[0]) == _clock(when):
            return OtherDay(day, other)
    return None


def _other_weekdays(line: str, found: date, today: date) -> Iterator[tuple[re.Match[str], date]]:
    """Each weekday in a line with the day a week from the one found, across today or behind "next"."""
    if abs(found - today) > _WEEK:
        return
    for match in re.finditer(_WEEKDAY, line):
        side = plain_date(match["side"] or "")
        weekday = plain_date(f"{match['weekday'].removesuffix('.')} 1")[:3]  # a short name counts before a number
        if side in ("", "next", "coming") and WEEKDAY_NUMBER[weekday] == found.weekday():
            yield match, found + (_WEEK if side or found <= today else -_WEEK)


def _other_dates(line: str, when: When, today: date, read: ReadLine) -> Iterator[tuple[re.Match[str], date]]:
    """Each "10/12" in a line that was read as a day behind or far off, with its other order where that is nearer.

    So is "the 31st" with that day of a month ahead, where it was read as one behind.
    """
    if today <= when.day <= today + _SOON:
        return
    for match in re.finditer(_SLASHED, line):
        swapped = f"{match['second']}/{match['first']}{match['year'] or ''}"
        said = _read(f"{line[: match.start()]}{swapped}{line[match.end() :]}", read)
        if said is not None and abs(said[0].day - today) < abs(when.day - today):
            yield match, said[0].day
    for match in re.finditer(_THE_DAY, line):
        ahead = candidate_days(f"the {match['day']}", DayContext(today=today, lean=Prefer.FUTURE)) or ()
        if when.day < today and when.day in ahead:
            yield match, min(day for day in ahead if day > today)


def _read(line: str, read: ReadLine) -> tuple[When, object] | None:
    try:
        when, rest = read(line)
    except BadInput:
        return None
    return (when, rest) if when is not None else None


def _clock(when: When) -> object:
    return when.at.timetz() if when.at else None, when.ends_at.timetz() if when.ends_at else None
