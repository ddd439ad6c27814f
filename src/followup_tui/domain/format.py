"""The user's English: days and moments in words, the same everywhere, and how letters are worded.

Days are in the order of the user's English, or as they are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from functools import lru_cache

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_OWN, _FIXED, _KEPT = "own", "fixed", "kept"
_form: ContextVar[str] = ContextVar("form", default=_OWN)
_KEPT_GAP = "\N{NO-BREAK SPACE}"
_DAY_PARTS = (f"({'|'.join(WEEKDAYS)})", "([0-9]{1,2})", f"({'|'.join(MONTHS)})(?:{_KEPT_GAP}([0-9]{{4}}))?")
_KEPT_DAY = _KEPT_GAP.join(_DAY_PARTS)
_KEPT_CLOCK = f"([0-9]{{2}}):{_KEPT_GAP}([0-9]{{2}})"
_EXAMPLE = rf"\b([0-9]{{1,2}}) ((?:{'|'.join(MONTHS)})[a-z]*)\b"
_EXAMPLE_CLOCK = r"(?<![-+:\w])[0-2][0-9]:[0-5][0-9](?![-:\w])"


def _day_first() -> bool:
    return False


_is_month_first: Callable[[], bool] = _day_first


def order_dates(is_month_first: Callable[[], bool] = _day_first) -> None:
    """Set for the whole program whether the month comes first; it is asked with the first date, and once."""
    global _is_month_first
    known: list[bool] = []

    def ask() -> bool:
        if not known:
            known.append(is_month_first())
        return known[0]

    _is_month_first = ask


@contextmanager
def fixed_dates() -> Iterator[None]:
    """Write dates the day first, whoever reads them: for exports."""
    with _in_form(_FIXED):
        yield


@contextmanager
def kept_dates() -> Iterator[None]:
    """Write dates so that `dated` finds them again: for sentences that are stored and shown later."""
    with _in_form(_KEPT):
        yield


@contextmanager
def _in_form(form: str) -> Iterator[None]:
    before = _form.set(form)
    try:
        yield
    finally:
        _form.reset(before)


def dated(text: str) -> str:
    """A sentence that was written with `kept_dates`, with its dates and hours in the user's form."""
    if _KEPT_GAP not in text:
        return text
    text = re.sub(_KEPT_CLOCK, lambda found: _own_clock(time(int(found[1]), int(found[2]))), text)
    return re.sub(_KEPT_DAY, lambda found: _ordered(*found.groups(default="")), text)


def with_one_stop(text: str) -> str:
    """A text with one end mark where a name brings its own: "at Acme Inc..", "at Yahoo!."; not in "cv../x"."""
    return re.sub(r"(?<=\w)([.!?])\.(?![.\w/\\])", r"\1", text)


def format_day(day: date, today: date) -> str:
    """A day as "Fri 20 Nov" or "Fri Nov 20", with its year where that isn't this one."""
    return _written(day, "" if day.year == today.year else str(day.year))


def format_full_day(day: date) -> str:
    """A day with its year: "Sun 22 Nov 2026" or "Sun Nov 22, 2026"."""
    return _written(day, str(day.year))


def format_clock(at: datetime | time) -> str:
    """An hour as "14:00", and as "2 PM" or "9:30 AM" where the user's dates are American."""
    return f"{at.hour:02}:{_KEPT_GAP}{at.minute:02}" if _form.get() == _KEPT else _own_clock(at)


def format_clock_text(hour: str) -> str:
    """An hour that is kept as "14:00", as `format_clock` writes it; empty where none is known."""
    return format_clock(time.fromisoformat(hour)) if hour else ""


def format_moment(at: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """A moment as "Fri 20 Nov 14:00" in the zone of `now`, or as "Fri 20 Nov 14:00 CET" in another one."""
    here = at.astimezone(now.tzinfo)
    there = at.astimezone(zone or now.tzinfo)
    named = "" if there.utcoffset() == here.utcoffset() else f" {there:%Z}"
    return f"{format_day(there.date(), now.date())} {format_clock(there)}{named}"


def in_own_order(text: str) -> str:
    """A text of the program's own, with its examples in the user's form: "2 Dec" or "Dec 2", "14:00" or "2 PM"."""
    text = re.sub(_EXAMPLE_CLOCK, lambda found: format_clock_text(found[0]), text)
    return re.sub(_EXAMPLE, lambda found: _ordered("", found[1], found[2], ""), text)


def format_month_day(month: int, day: int) -> str:
    """A day of any year, which needn't exist: "30 Feb" or "Feb 30"."""
    return _ordered("", str(day), MONTHS[month - 1], "")


def _written(day: date, year: str) -> str:
    form = _form.get()
    return _day_in_words(day, year, form, form == _OWN and _is_month_first())


@lru_cache(maxsize=1024)  # the same days are named again and again
def _day_in_words(day: date, year: str, form: str, is_month_first: bool) -> str:
    parts = WEEKDAYS[day.weekday()], str(day.day), MONTHS[day.month - 1], year
    return _KEPT_GAP.join(filter(None, parts)) if form == _KEPT else _in_order(*parts, is_month_first)


def _ordered(weekday: str, day: str, month: str, year: str) -> str:
    return _in_order(weekday, day, month, year, _form.get() != _FIXED and _is_month_first())


def _in_order(weekday: str, day: str, month: str, year: str, is_month_first: bool) -> str:
    if is_month_first:
        day, month, year = month, day, year and f", {year}"
    else:
        year = year and f" {year}"
    return f"{weekday} {day} {month}{year}".lstrip()


def _own_clock(at: datetime | time) -> str:
    if _form.get() == _FIXED or not _is_month_first():
        return f"{at.hour:02}:{at.minute:02}"
    minute = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minute} {'AM' if at.hour < 12 else 'PM'}"


def describe_distance(day: date, today: date) -> str:
    """How far a day is from today: "3 days ago", "yesterday", "today", "tomorrow", "in 4 days"."""
    away = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get(away) or (f"in {plural(away, 'day')}" if away > 0 else f"{plural(-away, 'day')} ago")


def plural(number: int, noun: str) -> str:
    """A number with its noun: "1 card", "1,200 cards"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def in_words(names: Sequence[str], joint: str = "and") -> str:
    """Names as in a sentence: "Ann, Ben and Cem"; empty without any."""
    return f" {joint} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def capitalized(text: str) -> str:
    """A text with a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def uncapitalized(text: str) -> str:
    """A text with a small letter at its beginning, the rest as it is."""
    return text[:1].lower() + text[1:]


class English(StrEnum):
    """The English one writes: it decides the spelling and how a date is written."""

    AMERICAN = "american"
    BRITISH = "british"
    CANADIAN = "canadian"
    AUSTRALIAN = "australian"
    INDIAN = "indian"


MONTH_FIRST = frozenset({English.AMERICAN, English.CANADIAN})
"""Where a date is "November 22"."""
_OF_COUNTRY: Mapping[str, English] = {
    **dict.fromkeys(("US", "AS", "GU", "MP", "PR", "UM", "VI", "PH", "FM", "MH", "PW", ""), English.AMERICAN),
    "CA": English.CANADIAN,
    "AU": English.AUSTRALIAN,
    "NZ": English.AUSTRALIAN,
    "IN": English.INDIAN,
}


def english_of_country(country: str) -> English:
    """The English that is written in a country, given by its two letters; American if none is known."""
    return _OF_COUNTRY.get(country, English.BRITISH)


class Voice(StrEnum):
    """How the letters sound: it decides the greeting, the sign-off, and "I am" or "I'm"."""

    FORMAL = "formal"
    FRIENDLY = "friendly"


def shortened(words: str, width: int) -> str:
    """A card's words in so many cells, as few steps shorter as it takes: the verb gives way, never the day."""
    for long, short in _SHORTER.items():
        if len(words) <= width:
            break
        words = re.sub(long, short, words)
    day = re.search(_DAY, words) if len(words) > width else None
    room = width - len(day[0]) - 1 if day else 0
    return f"{words[:room].rstrip()}…{day[0]}" if day and 0 < room < len(words) - len(day[0]) else words


_DAY = r" (?:\d+d|in \d+d|\d+ [A-Z][a-z]{2}|[A-Z][a-z]{2}(?: \d+)?|today)$"
# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_SHORTER = {
    "^interview ": "int. ",
    r"^int\. (?=.*\d)": "",
    r"^their (?=.*late$)": "",
    r"^tell of offer (?!today)": "tell ",
    r"^check-in (?=.*late$)": "check ",
    r",? \d{4}$": "",
    r": a note\?$": ", note?",
    r"^[\w ]+, (?=note\?$)": "",
    r"^offer by ": "offer ",
    r"^(they call .*\S) (?:\d+:\d\d|\d+(?::\d\d)? [AP]M)$": r"\1",
    r"(?<!call) today$": "",
    r"^their ": "",
    r"^tell of offer$": "tell",
    r"^check-in in ": "check in ",
    r" missing$": "",  # the sign says it, as it says what is late and what is ahead
    r" late$": "",
    r" in (?=\d+d$)": " ",
    r"^(\w{3,} \d+|\d+ \w{3,}) (?:\d+:\d\d|\d+(?::\d\d)? [AP]M)$": r"\1",
    r"^(?:offer|interview)(?:: by)? (?=.*when\?$)": "",
    r"^voicemail ": "voice ",
    r"^no call: ": "no call ",
}
"""What is shortened where there is no room, in this order."""
