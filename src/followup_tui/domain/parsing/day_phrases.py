"""The date in a typed phrase: one pattern for each form of words, and the days that it can mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

import arrow

from followup_tui.domain.format import MONTHS, format_full_day, format_month_day
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.date_words import NUMBERS
from followup_tui.domain.parsing.day_context import (
    LEAP_YEAR,
    NEARLY_A_YEAR,
    YEARS_AROUND,
    DayContext,
    Days,
    Unit,
    days_in_month,
    make_date,
    shift_business_days,
    shift_date,
)
from followup_tui.domain.parsing.holiday_words import HOLIDAY, holiday

WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\b\.?"
)
UNNAMED_WEEKDAY = WEEKDAY.replace("?P<weekday>", "?:")
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
YEAR = r"(?P<year>\d{4})"

WEEKDAY_NUMBER = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
MONTH_NUMBER = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_OTHER_NUMBERS = {"a": 1, "an": 1, "a couple of": 2, "fifteen": 15, "twenty": 20, "thirty": 30}
NUMBER = {name: number for number, name in enumerate(NUMBERS, start=1)} | _OTHER_NUMBERS

Kind = Literal["days", "weeks", "months", "years", "business days", "minutes"]

UNIT: dict[str, tuple[Kind, int]] = {
    **dict.fromkeys(("d", "day", "days"), ("days", 1)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), ("weeks", 1)),
    **dict.fromkeys(("fortnight", "fortnights"), ("weeks", 2)),
    **dict.fromkeys(("mo", "month", "months"), ("months", 1)),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), ("years", 1)),
    **dict.fromkeys(("bd", "wd", "bds", "weekday", "weekdays"), ("business days", 1)),
    **dict.fromkeys(("business day", "business days", "working day", "working days"), ("business days", 1)),
    **dict.fromkeys(("work day", "work days", "workday", "workdays"), ("business days", 1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), ("minutes", 60)),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), ("minutes", 1)),
}
"""What is counted, and how many of it one is."""

ANY_NUMBER = "|".join(sorted(NUMBER, key=len, reverse=True))
ANY_UNIT = "|".join(sorted(UNIT, key=len, reverse=True))
ONE_AMOUNT = rf"(?a)(?P<number>\d{{1,5}}|(?:{ANY_NUMBER})\b) ?(?P<unit>{ANY_UNIT})(?![a-z])"
_AMOUNT = rf"(?:\d{{1,5}}|(?:{ANY_NUMBER})\b) ?(?:{ANY_UNIT})(?![a-z])"
AMOUNTS = rf"(?P<amounts>{_AMOUNT}(?:(?:, | and | )?{_AMOUNT}){{0,3}})"

STRONG = frozenset(
    {"today", "tomorrow", "tmrw", "yesterday", "now", "ago"}
    | {"tonight", "morning", "afternoon", "evening", "noon", "midday", "midnight"}
)
"""Words that are nearly always part of a date."""

MONTH_AROUND = 45
"""Days in which each day of the month is once at least."""
_TENS = "first second third fourth fifth sixth seventh eighth ninth"
_ORDINALS = (
    f"{_TENS} tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
    f" twentieth twenty-{_TENS.replace(' ', ' twenty-')} thirtieth thirty-first"
)
ORDINALS = {name: number for number, name in enumerate(re.findall(r"\S+", _ORDINALS), start=1)}

NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
IN_MONTH = rf"(?:of|in) (?:{MONTH}(?:,? {YEAR})?|(?P<which>this|next|last) month)"
"""Of which month something is the first: for `first_days`."""

VOCABULARY = (
    STRONG
    | {word for name in (*UNIT, *NUMBER) for word in name.split()}
    | {"in", "on", "at", "by", "of", "the", "and", "from", "after", "before", "until", "till", "within", "to", "t"}
    | {"next", "last", "past", "this", "coming", "end", "start", "beginning", "later", "st", "nd", "rd", "th"}
    | {"early", "mid", "late", "few", "or", "eod", "cob", "during", "half", "new", "night", "thanksgiving"}
    | {"christmas", "xmas", "eve", *(word for name in ORDINALS for word in name.split("-"))}
)
"""Every word that a date may contain, besides weekdays, months and zones."""


def candidate_days(phrase: str, calendar: DayContext) -> Days | None:
    """Return the days that a lower-case phrase can mean, or None if no pattern matches.

    Raises `BadInput` for an impossible or ambiguous day.
    """
    for pattern, meaning in _FORMS:
        match = re.fullmatch(pattern, phrase, re.ASCII)
        if match:
            return meaning(match, calendar)
    return None


def amounts_in(text: str) -> list[tuple[int, Kind]]:
    """Return each amount as number and kind: "2 weeks and a day" gives 2 weeks and 1 day."""
    found = []
    for match in re.finditer(ONE_AMOUNT, text):
        kind, each = UNIT[match["unit"]]
        number = NUMBER.get(match["number"]) or int(match["number"])
        found.append((number * each, kind))
    return found


def _shifted(day: date, amounts: str, sign: int, calendar: DayContext) -> date:
    for number, kind in amounts_in(amounts):
        if kind == "minutes":
            raise BadInput("Hours and days can't be counted together; write the day and the hour, like fri 14:00.")
        if kind == "business days":
            day = shift_business_days(day, sign * number, calendar.is_business_day)
        else:
            day = shift_date(day, kind, sign * number)
    return day


def _amount(match: re.Match[str], calendar: DayContext) -> Days:
    groups = match.groupdict()
    behind = groups.get("ago") == "ago" or groups.get("sign") == "-"
    if not any(groups.get(name) for name in ("ago", "sign", "into")):  # "3d" alone leans.
        behind = calendar.lean is Prefer.PAST
    return (_shifted(calendar.today, match["amounts"], -1 if behind else 1, calendar),)


def _amount_from(match: re.Match[str], calendar: DayContext) -> Days | None:
    """So much after or before a day: "a week from friday", "friday week", "today in 14 days"."""
    groups, ahead = match.groupdict(), replace(calendar, lean=Prefer.FUTURE)
    anchors = candidate_days(match["anchor"], ahead)
    if anchors is None:
        return None
    sign = -1 if groups.get("way") == "before" else 1
    return (_shifted(ahead.nearest(anchors), groups.get("amounts") or f"a {match['span']}", sign, calendar),)


_NAMED = {
    "today": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}


def _named(match: re.Match[str], calendar: DayContext) -> Days:
    return (shift_date(calendar.today, "days", _NAMED[match["name"]]),)


def _weekday(match: re.Match[str], calendar: DayContext) -> Days:
    first = calendar.coming(WEEKDAY_NUMBER[match["weekday"][:3]])
    which = match.groupdict().get("which")
    if which in {"last", "past"}:
        return (shift_date(first, "weeks", -1),)
    if which in {"next", "coming"}:
        return (first if first > calendar.today else shift_date(first, "weeks", 1),)
    if which == "this" or calendar.lean is Prefer.NEAREST:
        return (first,)
    return tuple(shift_date(first, "weeks", weeks) for weeks in (-2, -1, 0, 1))


def _weekday_next_week(match: re.Match[str], calendar: DayContext) -> Days:
    away = WEEKDAY_NUMBER[match["weekday"][:3]] - calendar.today.weekday()
    return (shift_date(calendar.today, "days", away + 7 * SIDE[match["week"]]),)


def _weeks_on_weekday(match: re.Match[str], calendar: DayContext) -> Days | None:
    """The weekday of a week to come: "in two weeks on Wednesday"; of one that has passed it could be two days."""
    days = _amount_from(match, calendar)
    if days and WEEKDAY_NUMBER[match["weekday"][:3]] < calendar.today.weekday():
        raise BadInput(f"“{match[0]}” can be {format_full_day(days[0])} or the week before; write the day.")
    return days


def _ordinal(match: re.Match[str], calendar: DayContext) -> Days | None:
    """A weekday with the day of its month in words: "Thursday the third"."""
    said, wanted = f"{ORDINALS[match['ordinal']]}th", WEEKDAY_NUMBER[match["weekday"][:3]]
    near = (day for day in candidate_days(said, calendar) or () if abs(day - calendar.today).days <= MONTH_AROUND)
    agreeing = tuple(day for day in near if day.weekday() == wanted)
    return agreeing or candidate_days(f"{match['weekday']} {said}", calendar)


def _weekday_beyond(match: re.Match[str], calendar: DayContext) -> Days:
    """A weekday one week further: "friday after next", "the friday before last"."""
    coming = calendar.coming(WEEKDAY_NUMBER[match["weekday"][:3]])
    is_today = coming == calendar.today
    return (shift_date(coming, "weeks", (2 if is_today else 1) if match["way"] == "after next" else -2),)


def _in_month(match: re.Match[str], calendar: DayContext) -> Days:
    return _dated(match["year"], MONTH_NUMBER[match["month"][:3]], int(match["day"]), calendar)


def _dated(year: str | None, month: int, day: int, calendar: DayContext) -> Days:
    if not year:
        return _every_year(month, day, calendar)
    return (make_date(int(year) + (2000 if len(year) == 2 else 0), month, day),)


def _every_year(month: int, day: int, calendar: DayContext) -> Days:
    if not 1 <= month <= 12 or not 1 <= day <= days_in_month(LEAP_YEAR, month):
        name = MONTHS[month - 1] if 1 <= month <= 12 else f"month {month}"
        raise BadInput(f"There is no day {day} in {name}; write another one.")
    this_year = calendar.today.year
    return _on_day(day, ((this_year + ahead, month) for ahead in range(-YEARS_AROUND, YEARS_AROUND + 1)))


def _on_day(day: int, months: Iterable[tuple[int, int]]) -> Days:
    """That day of each month that has it, given by year and month."""
    return tuple(date(year, month, day) for year, month in months if day <= days_in_month(year, month))


def _day_of_month(match: re.Match[str], calendar: DayContext) -> Days:
    day = int(match["day"])
    if not 1 <= day <= 31:
        raise BadInput(f"No month has a day {day}; write one like the 2nd.")
    this_month = 12 * calendar.today.year + calendar.today.month - 1
    months = (divmod(this_month + ahead, 12) for ahead in range(-3, 4))
    days = _on_day(day, ((year, month + 1) for year, month in months))
    return tuple(one for one in days if one >= calendar.today or calendar.lean is not Prefer.NEAREST)


def _numbers(match: re.Match[str], calendar: DayContext) -> Days:
    year, month, day = match["year"], int(match["month_number"]), int(match["day"])
    if year and month > 12 >= day and "dash" not in match.groupdict():  # "11.30.2026" can have but one order
        month, day = day, month
    return _dated(year, month, day, calendar)


def _slashed(match: re.Match[str], calendar: DayContext) -> Days:
    first, second, year = int(match["first"]), int(match["second"]), match["year"]
    readings = {(month, day) for day, month in ((first, second), (second, first)) if 1 <= month <= 12}
    if len(readings) == 2 and calendar.rules.day_first is not None:
        readings = {(second, first) if calendar.rules.day_first else (first, second)}
    if len(readings) == 2:
        named = " or ".join(format_month_day(month, day) for month, day in sorted(readings))
        raise BadInput(f"“{match[0]}” can be {named}; write the month's name.")
    month, day = next(iter(readings), (first, second))
    return _dated(year, month, day, calendar)


def _edge(match: re.Match[str], calendar: DayContext) -> Days:
    """The end or the beginning of a week, a month or a year."""
    sides = (SIDE[match["which"]],) if match["which"] else (-1, 0, 1)
    return tuple(_edge_of(match["unit"], side, calendar, match["edge"] == "end") for side in sides)


SIDE = {"last": -1, "this": 0, "next": 1}


def _edge_of(unit: Any, count: int, calendar: DayContext, at_end: bool) -> date:
    """The first or last day of a "week", "month" or "year", so many of them from today."""
    if unit == "week":
        first = shift_date(calendar.week_begins(calendar.today), "weeks", count)
        return calendar.end_of_week(first) if at_end else first
    start, end = arrow.get(shift_date(calendar.today, _PLURAL[unit], count)).span(unit)
    return (end if at_end else start).date()


_PLURAL: dict[str, Unit] = {"week": "weeks", "month": "months", "year": "years"}


def _edge_of_month(match: re.Match[str], calendar: DayContext) -> Days:
    firsts = first_days(match, calendar)
    return tuple(_edge_of("month", 0, replace(calendar, today=first), match["edge"] == "end") for first in firsts)


def _nth_weekday(match: re.Match[str], calendar: DayContext) -> Days:
    """A weekday by its place in a month: "the first monday in january"."""
    weekday, is_last = WEEKDAY_NUMBER[match["weekday"][:3]], match["nth"] == "last"
    weeks = -1 if is_last else NTH[match["nth"]] - 1
    firsts = (arrow.get(first).shift(months=1 if is_last else 0) for first in first_days(match, calendar))
    return tuple(first.shift(weekday=weekday).shift(weeks=weeks).date() for first in firsts)


def first_days(match: re.Match[str], calendar: DayContext) -> list[date]:
    """The first days of a month: of its year, or of this one and those around it; of "next month" the only one."""
    if which := match.groupdict().get("which"):
        return [_edge_of("month", SIDE[which], calendar, False)]
    year = calendar.today.year
    years = (int(match["year"]),) if match["year"] else (year - 1, year, year + 1)
    return [make_date(one, MONTH_NUMBER[match["month"][:3]], 1) for one in years]


def _next_span(match: re.Match[str], calendar: DayContext) -> Days:
    return (_edge_of(match["unit"] or "week", 1 if match["unit"] else 2, calendar, False),)


def _next_business_day(_match: re.Match[str], calendar: DayContext) -> Days:
    return (shift_business_days(calendar.today, 1, calendar.is_business_day),)


def _in_either_order(phrase: str, calendar: DayContext) -> list[Days]:
    """The days of each reading of a date with a weekday beside it, which tells day and month apart: "Thu 3/12"."""
    if not re.fullmatch(_SLASHES, phrase):
        return list(filter(None, [candidate_days(phrase, calendar)]))
    orders = (calendar.rules.day_first is not False, calendar.rules.day_first is False)
    found: list[Days] = []
    for day_first in orders:
        rules = calendar.rules._replace(day_first=day_first)
        found += filter(None, [candidate_days(phrase, replace(calendar, rules=rules))])
    return found


def _with_weekday(match: re.Match[str], calendar: DayContext) -> Days | None:
    """A weekday beside a date has to agree with the nearest such day, or the nearest that is leant to.

    It is never moved nearly a year to agree: "Thu 20 Nov" two days before Fri 20 Nov is a mistake.
    """
    readings = _in_either_order(match["rest"], calendar)
    if not readings:
        return None
    wanted = WEEKDAY_NUMBER[match["weekday"][:3]]
    around = replace(calendar, lean=Prefer.NEAREST)
    nearest = [around.nearest(days) for days in readings]
    leant = [calendar.nearest(days) for days in readings]
    near = [*nearest, *(day for day in leant if abs(day - calendar.today).days < NEARLY_A_YEAR)]
    agreeing = tuple(day for day in near if day.weekday() == wanted)
    if not agreeing:
        said = format_full_day(around.nearest(tuple(nearest)))
        raise BadInput(f"The weekday doesn't agree: it is {said}; correct the weekday or the date.")
    return (calendar.nearest(agreeing),)


def _numbered_week(match: re.Match[str], calendar: DayContext) -> Days:
    """The first day of a week by its number, as calendars in Europe count them: "KW 50"."""
    this_year, week = calendar.today.year, int(match["week_number"])
    years = (int(match["year"]),) if match["year"] else (this_year - 1, this_year, this_year + 1)
    fourths = (make_date(year, 1, 4) + timedelta(weeks=week - 1) for year in years)  # 4 January is in week 1
    days = tuple(calendar.week_begins(day) for day in fourths if day.isocalendar().week == week)
    if not days:
        raise BadInput(f"There is no week {week} in that year; write another one, or the day.")
    return days


_Meaning = Callable[[re.Match[str], DayContext], Days | None]
_SLASHES = r"(?a)\d{1,2}[/-]\d{1,2}(?:[/-](?:\d{4}|\d{2}))?"
_EDGE = "(?P<edge>end|start|beginning)"
_ANCHOR = rf"(?P<anchor>today|tomorrow|tmrw|{WEEKDAY})"
WEEK_NUMBER = rf"(?:in )?(?:the )?(?:cw|(?:calendar )?week|wk)\.? ?(?P<week_number>\d{{1,2}})(?:[ /]+{YEAR})?"
_FORMS: tuple[tuple[str, _Meaning], ...] = (
    (rf"(?:the )?(?P<name>{'|'.join(_NAMED)})", _named),
    (rf"(?:(?:the |this (?=coming|past))?(?P<which>next|last|past|this|coming) )?{WEEKDAY}", _weekday),
    (rf"{_ANCHOR} (?P<span>week|fortnight)", _amount_from),
    (rf"(?:a )?(?P<span>week|fortnight) (?:on )?{_ANCHOR}", _amount_from),
    (rf"{_ANCHOR},? in {AMOUNTS}", _amount_from),
    (
        rf"in (?P<amounts>(?:\d{{1,2}}|{ANY_NUMBER}) weeks?),? (?:on |time on )?(?P<anchor>{WEEKDAY})",
        _weeks_on_weekday,
    ),
    (rf"{WEEKDAY},? the (?P<ordinal>{'|'.join(ORDINALS)})", _ordinal),
    (rf"(?:the )?(?P<nth>last|{'|'.join(NTH)}) {WEEKDAY} {IN_MONTH}", _nth_weekday),
    (rf"(?:the )?{WEEKDAY} (?P<way>after next|before last)", _weekday_beyond),
    (rf"{WEEKDAY},? (?:of )?(?P<week>next|last|this) week", _weekday_next_week),
    (rf"(?P<week>next|last|this) week,? (?:on )?{WEEKDAY}", _weekday_next_week),
    (rf"(?:the )?{DAY}[ -]?(?:of )?{MONTH}(?:[, -]{{1,2}}{YEAR})?", _in_month),
    (rf"{MONTH}[ -]?(?:the )?{DAY}(?:[, -]{{1,2}}{YEAR})?", _in_month),
    (r"the (?P<day>\d{1,2})(?:st|nd|rd|th)?", _day_of_month),
    (r"(?P<day>\d{1,2})(?:st|nd|rd|th)", _day_of_month),
    (rf"{YEAR}(?P<dash>[-/.])(?P<month_number>\d{{1,2}})(?P=dash)(?P<day>\d{{1,2}})", _numbers),
    (r"(?P<day>\d{1,2})\. ?(?P<month_number>\d{1,2})(?:\. ?(?P<year>\d{4}|\d{2})?)?", _numbers),
    (r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?", _slashed),
    (r"(?P<first>\d{1,2})-(?P<second>\d{1,2})-(?P<year>\d{4})", _slashed),
    (
        rf"(?:(?P<sign>[+-]) ?|(?P<into>in|within) )?{AMOUNTS}(?: (?P<ago>ago|from (?:now|today)|later))?",
        _amount,
    ),
    (rf"(?:in )?{AMOUNTS} (?P<way>from|after|before) (?P<anchor>.+)", _amount_from),
    (rf"{_EDGE} of (?:the )?(?:(?P<which>this|next|last) )?(?P<unit>week|month|year)", _edge),
    (rf"(?:{_EDGE} of |in )?{MONTH}(?:,? {YEAR})?", _edge_of_month),
    (WEEK_NUMBER, _numbered_week),
    (HOLIDAY, holiday),
    (r"next (?:business|working|work) ?day", _next_business_day),
    (r"next (?P<unit>week|month|year)|(?:the )?week after next", _next_span),
    (rf"{WEEKDAY},? (?:the )?(?P<rest>.*\d.*)", _with_weekday),
    (rf"(?P<rest>.*\d.*?),? \(?{WEEKDAY}\)?", _with_weekday),
)
"""The patterns in the order in which they are tried; the first match decides."""
