"""The day in what was typed: each form of words, and the days it can mean."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from followup_tui.domain.dates.reckoning import (
    LEAP_YEAR,
    YEARS_AROUND,
    Calendar,
    Days,
    a_date,
    business_days_away,
    months_away,
    shifted,
)
from followup_tui.domain.dates.when import Lean, day_said
from followup_tui.domain.dates.words import (
    AMOUNTS,
    DAY,
    MONTH,
    MONTH_NUMBER,
    NUMBER,
    ONE_AMOUNT,
    UNIT,
    WEEKDAY,
    WEEKDAY_NUMBER,
    YEAR,
)
from followup_tui.domain.day_names import MONTHS
from followup_tui.domain.errors import BadInput


def days_meant(phrase: str, calendar: Calendar) -> Days | None:
    """The days that a phrase of small letters can mean, None where no form of words fits.

    Raises `BadInput` where a form fits and says an impossible or ambiguous day.
    """
    for pattern, meaning in _FORMS:
        match = re.fullmatch(pattern, phrase, re.ASCII)
        if match:
            return meaning(match, calendar)
    return None


def amounts_in(text: str) -> list[tuple[int, str]]:
    """Each amount as number and kind: "2 weeks and a day" gives 14 and 1 days."""
    found = []
    for match in re.finditer(ONE_AMOUNT, text):
        kind, each = UNIT[match["unit"]]
        number = NUMBER.get(match["number"]) or int(match["number"])
        found.append((number * each, kind))
    return found


def _moved(day: date, text: str, sign: int, calendar: Calendar) -> date:
    for number, kind in amounts_in(text):
        if kind == "days":
            day = shifted(day, timedelta(days=sign * number))
        elif kind == "months":
            day = months_away(day, sign * number)
        elif kind == "business days":
            day = business_days_away(day, sign * number, calendar.is_business_day)
        else:
            raise BadInput("Hours and days can't be counted together; write the day and the hour, like fri 14:00.")
    return day


def _amount(match: re.Match[str], calendar: Calendar) -> Days:
    groups = match.groupdict()
    behind = groups.get("ago") == "ago" or groups.get("sign") == "-"
    if not any(groups.get(name) for name in ("ago", "sign", "into")):  # "3d" alone leans.
        behind = calendar.lean is Lean.PAST
    return (_moved(calendar.today, match["amounts"], -1 if behind else 1, calendar),)


def _amount_from(match: re.Match[str], calendar: Calendar) -> Days | None:
    ahead = replace(calendar, lean=Lean.FUTURE)
    anchors = days_meant(match["anchor"], ahead)
    if anchors is None:
        return None
    return (_moved(ahead.nearest(anchors), match["amounts"], -1 if match["way"] == "before" else 1, calendar),)


_NAMED = {
    "today": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "yesterday": -1,
    "day after tomorrow": 2,
    "day before yesterday": -2,
}


def _named(match: re.Match[str], calendar: Calendar) -> Days:
    return (shifted(calendar.today, timedelta(days=_NAMED[match["name"]])),)


def _weekday(match: re.Match[str], calendar: Calendar) -> Days:
    today = calendar.today
    away = (WEEKDAY_NUMBER[match["weekday"][:3]] - today.weekday()) % 7
    which = match.groupdict().get("which")
    if which in {"last", "past"}:
        return (shifted(today, timedelta(days=away - 7)),)
    if which == "next":  # Who means tomorrow says tomorrow: the first one at least two days ahead.
        return (shifted(today, timedelta(days=away if away >= 2 else away + 7)),)
    if which == "coming":
        return (shifted(today, timedelta(days=away or 7)),)
    if which == "this":
        return (shifted(today, timedelta(days=away)),)
    return tuple(shifted(today, timedelta(days=away + 7 * weeks)) for weeks in (-2, -1, 0, 1))


def _weekday_next_week(match: re.Match[str], calendar: Calendar) -> Days:
    monday = calendar.today - timedelta(days=calendar.today.weekday())
    weeks = {"next": 7, "last": -7, "this": 0}[match["week"]]
    return (shifted(monday, timedelta(days=weeks + WEEKDAY_NUMBER[match["weekday"][:3]])),)


def _in_month(match: re.Match[str], calendar: Calendar) -> Days:
    day, month = int(match["day"]), MONTH_NUMBER[match["month"][:3]]
    if match.groupdict().get("year"):
        return (a_date(int(match["year"]), month, day),)
    return _every_year(month, day, calendar)


def _every_year(month: int, day: int, calendar: Calendar) -> Days:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(LEAP_YEAR, month)[1]:
        raise BadInput(f"There is no day {day} in {MONTHS[month - 1] if 1 <= month <= 12 else f'month {month}'}.")
    years = range(calendar.today.year - YEARS_AROUND, calendar.today.year + YEARS_AROUND + 1)
    return tuple(date(year, month, day) for year in years if day <= monthrange(year, month)[1])


def _day_of_month(match: re.Match[str], calendar: Calendar) -> Days:
    day = int(match["day"])
    if not 1 <= day <= 31:
        raise BadInput(f"No month has a day {day}; write one like the 2nd.")
    first = calendar.today.replace(day=1)
    months = [months_away(first, away) for away in range(-3, 4)]
    return tuple(month.replace(day=day) for month in months if day <= monthrange(month.year, month.month)[1])


def _numbers(match: re.Match[str], calendar: Calendar) -> Days:
    year, month, day = match["year"], int(match["month_number"]), int(match["day"])
    if not year:
        return _every_year(month, day, calendar)
    return (a_date(int(year) + (2000 if len(year) == 2 else 0), month, day),)


def _slashed(match: re.Match[str], calendar: Calendar) -> Days:
    first, second, year = int(match["first"]), int(match["second"]), match["year"]
    readings = {(month, day) for day, month in ((first, second), (second, first)) if 1 <= month <= 12}
    if len(readings) == 2:
        named = " or ".join(f"{day} {MONTHS[month - 1]}" for month, day in sorted(readings))
        raise BadInput(f"“{match[0]}” can be {named}; write the month's name.")
    month, day = next(iter(readings), (first, second))
    return (a_date(int(year), month, day),) if year else _every_year(month, day, calendar)


def _edge(match: re.Match[str], calendar: Calendar) -> Days:
    """The end or the beginning of a week (Monday, Friday), a month or a year."""
    at_end, which, unit = match["edge"] == "end", match["which"] or "", match["unit"]
    spans = {"last": (-1,), "next": (1,), "this": (0,)}.get(which, (-1, 0, 1))
    return tuple(_edge_of(unit, span, calendar.today, at_end) for span in spans)


def _edge_of(unit: str, span: int, today: date, at_end: bool) -> date:
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        return shifted(monday, timedelta(days=7 * span + (4 if at_end else 0)))
    if unit == "year":
        return a_date(today.year + span, 12 if at_end else 1, 31 if at_end else 1)
    month = months_away(today.replace(day=1), span)
    return month.replace(day=monthrange(month.year, month.month)[1]) if at_end else month


def _edge_of_month(match: re.Match[str], calendar: Calendar) -> Days:
    month = MONTH_NUMBER[match["month"][:3]]
    years: Iterable[int] = range(calendar.today.year - 1, calendar.today.year + 2)
    if match["year"]:
        years = (int(match["year"]),)
    first = [a_date(year, month, 1) for year in years]
    return (
        tuple(day.replace(day=monthrange(day.year, month)[1]) for day in first)
        if match["edge"] == "end"
        else tuple(first)
    )


def _next_span(match: re.Match[str], calendar: Calendar) -> Days:
    return (_edge_of(match["unit"], 1, calendar.today, False),)


def _short_end(match: re.Match[str], calendar: Calendar) -> Days:
    unit = {"eom": "month", "eow": "week"}[match[0]]
    return tuple(_edge_of(unit, span, calendar.today, True) for span in (-1, 0, 1))


def _next_business_day(_match: re.Match[str], calendar: Calendar) -> Days:
    return (business_days_away(calendar.today, 1, calendar.is_business_day),)


def _with_weekday(match: re.Match[str], calendar: Calendar) -> Days | None:
    """A weekday beside a date: it picks the year where none is said, and has to agree where one is."""
    days = days_meant(match["rest"], calendar)
    if days is None:
        return None
    wanted = WEEKDAY_NUMBER[match["weekday"][:3]]
    near = [day for day in days if len(days) == 1 or abs(day - calendar.today) <= timedelta(days=366)]
    agreeing = tuple(day for day in near if day.weekday() == wanted)
    if not agreeing:
        said = day_said(calendar.nearest(days))
        raise BadInput(f"The weekday doesn't agree: it is {said}; correct the weekday or the date.")
    return (calendar.nearest(agreeing),)


_Meaning = Callable[[re.Match[str], Calendar], Days | None]
_EDGE = "(?P<edge>end|start|beginning)"
_FORMS: tuple[tuple[str, _Meaning], ...] = (
    (rf"(?:the )?(?P<name>{'|'.join(_NAMED)})", _named),
    (rf"(?:(?:the )?(?P<which>next|last|past|this|coming) )?{WEEKDAY}", _weekday),
    (rf"{WEEKDAY},? (?:of )?(?P<week>next|last|this) week", _weekday_next_week),
    (rf"(?P<week>next|last|this) week,? (?:on )?{WEEKDAY}", _weekday_next_week),
    (rf"(?:the )?{DAY}[ -]?(?:of )?{MONTH}(?:[, -]{{1,2}}{YEAR})?", _in_month),
    (rf"{MONTH}[ -]?(?:the )?{DAY}(?:[, -]{{1,2}}{YEAR})?", _in_month),
    (r"the (?P<day>\d{1,2})(?:st|nd|rd|th)?", _day_of_month),
    (r"(?P<day>\d{1,2})(?:st|nd|rd|th)", _day_of_month),
    (rf"{YEAR}(?P<dash>[-/.])(?P<month_number>\d{{1,2}})(?P=dash)(?P<day>\d{{1,2}})", _numbers),
    (r"(?P<day>\d{1,2})\. ?(?P<month_number>\d{1,2})(?:\. ?(?P<year>\d{4}|\d{2})?)?", _numbers),
    (r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?:/(?P<year>\d{4}))?", _slashed),
    (
        rf"(?:(?P<sign>[+-]) ?|(?P<into>in|within) )?{AMOUNTS}(?: (?P<ago>ago|from (?:now|today)|later))?",
        _amount,
    ),
    (rf"(?:in )?{AMOUNTS} (?P<way>from|after|before) (?P<anchor>.+)", _amount_from),
    (rf"{_EDGE} of (?:the )?(?:(?P<which>this|next|last) )?(?P<unit>week|month|year)", _edge),
    (rf"{_EDGE} of {MONTH}(?: {YEAR})?", _edge_of_month),
    (r"eom|eow", _short_end),
    (r"next (?:business|working|work) ?day", _next_business_day),
    (r"next (?P<unit>week|month|year)", _next_span),
    (rf"{WEEKDAY},? (?:the )?(?P<rest>.*\d.*)", _with_weekday),
)
"""The forms of words in the order they are tried; the first that fits decides."""
