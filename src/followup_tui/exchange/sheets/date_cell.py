"""The date in one cell of a sheet: its day in both orders, its time of day, and what is next to it."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from followup_tui.domain.format import WEEKDAYS
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.parsing.date_words import MONTH_BEGINNINGS, plain_date
from followup_tui.domain.parsing.day_phrases import (
    MONTH,
    MONTH_NUMBER,
    WEEKDAY,
    WEEKDAY_NUMBER,
)
from followup_tui.domain.parsing.times import Clock, Hour, split_clock

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

YEARS = range(1970, 2200)
MAX_LENGTH = 120
_SERIALS = range(25_569, 109_575)
"""Excel's numbers of days from 1970 to 2199."""
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of Excel."""

_HOUR = r"(?:[01]\d|2[0-3]):[0-5]\d"
_ISO = re.compile(rf"(?a)(\d{{4}})-(\d\d)-(\d\d)(?: ({_HOUR}(?:-{_HOUR})?(?: [A-Z]\w+(?:/[A-Z][\w-]+)+)?))?")
"""A day as programs write it, with hour, end and the name of a zone: "2026-11-24 09:00-10:00 Asia/Tokyo"."""
_NO_CLOCK = Clock(None, None, "")
_SERIAL = re.compile(r"(?a)(\d{5,6})(?:[.,](\d{1,12}))?")
DAYS = re.compile(
    rf"""(?ax) (?<![\w./-]) (?:
        (?P<y1>\d{{4}}) \s? (?P<s1>[./-]) \s? (?P<m1>\d{{1,2}}) \s? (?P=s1) \s? (?P<d1>\d{{1,2}}) (?![\d/]|[.-]\d)
      | (?P<a2>\d{{1,2}}) \s? (?P<s2>[./-]) \s? (?P<b2>\d{{1,2}}) \s? (?P=s2) \s? (?P<y2>\d{{4}}|\d{{2}})
        (?![\d/]|[.-]\d) \.?
      | (?P<d3>\d{{1,2}}) (?:st|nd|rd|th)? [\s.,/-]* (?:of[ ]|day[ ]of[ ])? (?i:{MONTH.replace("month", "n3")})
        (?:[\s.,/-]* (?P<y3>\d{{4}}|(?<=[/-])\d{{2}}) (?![\d:]) )?
      | (?i:{MONTH.replace("month", "n4")}) [\s.,-]* (?:the[ ])? (?P<d4>\d{{1,2}}) (?:st|nd|rd|th)? (?![\d:/])
        (?:[\s.,-]* (?P<y4>\d{{4}}) (?![\d:]) )?
      | (?P<y6>\d{{4}}) [\s,-]+ (?i:{MONTH.replace("month", "n6")}) [\s.,-]* (?P<d6>\d{{1,2}}) (?!\d)
      | (?P<a5>\d{{1,2}}) (?P<s5>[./-]) (?P<b5>\d{{1,2}}) (?![\d/]|[.-]\d) \.?
    )"""
)
_DAY_WORDS = f"on|the|of|at|day|um|am|den|der|le|el|il|op|t|{WEEKDAY.replace('?P<weekday>', '?:')}"
_BESIDE = re.compile(rf"(?a)\b(?:{_DAY_WORDS})\b|[\s.,;:()-]+")
_TO = r"\s?(?:[-–—−→]|\b(?:to|through|thru|until|till|bis|au|al?|tot)\b|\bt/m\b)\s?"
_JOINT = re.compile(_TO)
_FIRST, _LAST = (rf"(?P<{name}>\d{{1,2}})(?:st|nd|rd|th)?" for name in ("first", "last"))
_NAMED_MONTH = f"(?:{MONTH.replace('?P<month>', '?:')})"
_DAY_RANGES = (
    re.compile(rf"(?ai)(?<![\w./-])(?P<before>){_FIRST}\.?{_TO}{_LAST}\.?(?=\s?(?:of\s)?{_NAMED_MONTH})"),
    re.compile(rf"(?ai)(?<![\w./-])(?P<before>){_FIRST}(?=\.)\.{_TO}{_LAST}(?=\.\s?\d{{1,2}}\.)"),
    re.compile(
        rf"(?ai)(?P<before>{_NAMED_MONTH}[\s.]*(?:the\s)?){_FIRST}{_TO}"
        rf"{_LAST}(?![\d:./-]|\s?(?:[ap]\.?m|uhr|h\b))"
    ),
)
"""Two days of one month: "12-13 Nov 2025", "12.-13.11.2025", "Nov 12-14, 2025"."""
_LETTER = re.compile("[A-Za-z]")
_DATE_MARKS = re.compile(rf"[./-]|(?a:\d){{8}}|eod|cob|end|close|{'|'.join(sorted(MONTH_BEGINNINGS))}")
"""A date in ASCII has one of these, unless it is a bare number; and all that `DAYS` finds in a plain date."""


class CellDate(NamedTuple):
    """A cell read in both orders of day and month; the same twice if the order is plain, None for no day."""

    day_first: date | None
    month_first: date | None
    start: Hour | None = None
    end: Hour | None = None
    has_dots: bool = False
    beside: str = ""
    weekday: int | None = None

    @property
    def only_order(self) -> bool | None:
        """True if it is a date with the day first only, False with the month first only, else None."""
        if (self.day_first is None) == (self.month_first is None):
            return None
        return self.day_first is not None

    @property
    def is_ambiguous(self) -> bool:
        """Whether the two orders give two different days."""
        return None not in (self.day_first, self.month_first) and self.day_first != self.month_first


@lru_cache(maxsize=8192)
def read_cell(text: str, today: date | None, is_past: bool = False) -> CellDate | None:
    """Return the date that a cell says, or None for other text.

    A date without a year is the nearest to `today`, or the last up to it if `is_past`; without `today` it is none.
    """
    if len(text) > MAX_LENGTH:
        return None
    iso = _ISO.fullmatch(text)
    hours = _plain_clock(iso[4]) if iso and iso[4] else _NO_CLOCK
    if iso and not hours.rest:
        return _both(make_day(iso[1], iso[2], iso[3]))._replace(start=hours.start, end=hours.end)
    if _is_plain_text(text):
        return None
    said, range_end = _without_range_end(plain_date(text))
    serial = _SERIAL.fullmatch(said)
    if serial:
        return _of_serial(int(serial[1]), serial[2] or "")
    clock = split_clock(said)
    match = DAYS.search(clock.rest)
    if match is None:
        return _of_other_language(text)
    before, behind = clock.rest[: match.start()], clock.rest[match.end() :]
    beside = f"{before} {behind}"
    if DAYS.search(beside) or re.search(r"(?a)\d{3}|\d[.:/-]\d", _BESIDE.sub(" ", beside)):
        return None
    found = _of_match(match, today, is_past)
    if found is None:
        return None
    weekday = re.search(WEEKDAY, beside)
    return found._replace(
        start=clock.start,
        end=clock.end,
        beside=" ".join([*_BESIDE.sub(" ", beside).split(), *filter(None, [range_end])]),
        weekday=WEEKDAY_NUMBER[weekday["weekday"][:3]] if weekday else None,
    )


@lru_cache(maxsize=8192)
def _plain_clock(text: str) -> Clock:
    """Return what follows a plain day; most of it comes again behind another one."""
    clock = split_clock(plain_date(text))
    return clock._replace(rest=clock.rest.strip())


def _without_range_end(text: str) -> tuple[str, str]:
    """Return a range of days without its last day, and that; any other text as it is."""
    for days in _DAY_RANGES:
        found = days.search(text)
        if found and int(found["first"]) < int(found["last"]) <= 31:
            begin = f"{text[: found.start()]}{found['before']}{found['first']}"
            return f"{begin}{text[found.end() :]}", f"to {found['last']}"
    first = DAYS.match(text)
    joint = _JOINT.match(text, first.end()) if first else None
    last = DAYS.fullmatch(text, joint.end()) if joint else None
    if first is None or last is None:
        return text, ""
    ends = last.groupdict(default="")
    year = next((ends[name] for name in ("y1", "y2", "y3", "y4", "y6") if ends[name]), "")
    begins = first[0].rstrip(".")
    if year and not any(first[name] for name in ("y1", "y2", "y3", "y4", "y6")):
        begins += f"{first['s5'] or ' '}{year}"
    return begins, f"to {last[0]}"


def _is_plain_text(text: str) -> bool:
    """Whether a text lacks what every date has, as "Person 12" and "Room B" do: told ten times as fast."""
    return _LETTER.search(text) is not None and not may_have_day(text)


def may_have_day(text: str) -> bool:
    """Whether `DAYS` could find a day in a text, once it is a plain date; told ten times as fast."""
    return not text.isascii() or _DATE_MARKS.search(text.casefold()) is not None


def disagreement(cell: CellDate, day: date) -> str:
    """The weekday that a cell says if the day has another, or an empty text."""
    return WEEKDAYS[cell.weekday] if cell.weekday is not None and cell.weekday != day.weekday() else ""


def make_day(year: str, month: str, day: str) -> date | None:
    """Return the date, or None if it is not in the calendar; two-digit years are 1970 to 2069."""
    century = 0 if len(year) == 4 else 2000 if int(year) < YEARS.start % 100 else 1900
    with suppress(ValueError):
        made = date(century + int(year), int(month), int(day))
        return made if made.year in YEARS else None
    return None


def _both(day: date | None) -> CellDate:
    return CellDate(day, day)


def _of_serial(days: int, fraction: str) -> CellDate | None:
    if days not in _SERIALS:
        return None
    minutes = round(int(fraction or 0) / 10 ** len(fraction) * 24 * 60) if fraction else 0
    day = _FIRST_DAY + timedelta(days=days + minutes // (24 * 60))
    minutes %= 24 * 60
    return CellDate(day, day, Hour(hour=minutes // 60, minute=minutes % 60) if minutes else None)


def _of_match(match: re.Match[str], today: date | None, is_past: bool) -> CellDate | None:
    group = match.groupdict(default="")
    if group["y1"]:
        return _both(make_day(group["y1"], group["m1"], group["d1"]))
    if group["s2"]:
        first, second, year = group["a2"], group["b2"], group["y2"]
        return CellDate(make_day(year, second, first), make_day(year, first, second), has_dots=group["s2"] == ".")
    if group["s5"]:
        first, second = group["a5"], group["b5"]
        if today is None:
            return None
        return CellDate(
            _nearest(today, second, first, is_past),
            _nearest(today, first, second, is_past),
            has_dots=group["s5"] == ".",
        )
    name, day, year = next((group[f"n{n}"], group[f"d{n}"], group[f"y{n}"]) for n in "346" if group[f"n{n}"])
    month = str(MONTH_NUMBER[name[:3].casefold()])
    if year:
        return _both(make_day(year, month, day))
    return _both(_nearest(today, month, day, is_past)) if today is not None else None


def _nearest(today: date, month: str, day: str, is_past: bool) -> date | None:
    """The day of the year that lies nearest to today, or the last up to it."""
    days = [one for year in (-1, 0, 1) if (one := make_day(str(today.year + year), month, day))]
    behind = [one for one in days if one <= today] if is_past else []
    return min(behind or days, key=lambda one: abs(one - today), default=None)


def _of_other_language(text: str) -> CellDate | None:
    """Read a date by dateparser, which takes 1 ms for each cell; None unless both orders give the same date."""
    lengths = [len(number) for number in re.findall(r"\d+", text)]
    if len(lengths) < 2 or text.isascii():
        return None
    # A day, a month's name and a year of four digits have only one order.
    orders = ("DMY",) if len(lengths) == 2 and 4 in lengths else ("DMY", "MDY")
    found: set[datetime | None] = {_parser(order).get_date_data(text).date_obj for order in orders}
    moment = found.pop() if len(found) == 1 else None
    if moment is None or moment.year not in YEARS:
        return None
    start = Hour(hour=moment.hour, minute=moment.minute) if moment.hour or moment.minute else None
    return CellDate(moment.date(), moment.date(), start)


@cache
def _parser(order: str) -> DateDataParser:
    # Not at the top: it takes 0.2 s to load, and nearly every date is understood without it.
    from dateparser.date import DateDataParser

    languages = ["en", "pl", "sv", "da", "cs", "pt", "ru", "tr", "ja", "zh"]
    only = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]}
    return DateDataParser(languages=languages, settings={**only, "TIMEZONE": "UTC", "DATE_ORDER": order})


def is_time(hour: Hour | None) -> bool:
    """Whether a cell's time of day is one: not midnight without a zone, which is how programs write a mere day."""
    if hour is None:
        return False
    try:
        clock = hour.clock
    except BadInput:
        return True
    return bool(clock.hour or clock.minute or clock.second or has_zone(hour))


def has_zone(hour: Hour) -> bool:
    """Whether the cell names the zone of its time of day."""
    return bool(hour.sign or hour.letters or hour.iana)
