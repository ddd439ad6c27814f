"""The time of day in a typed phrase: its zone, and the moment it means on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import arrow

from followup_tui.domain.format import format_clock, format_full_day
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.zones import GENERIC, SEASONAL, fixed_zone, iana_zone, zone_name, zone_of_words
from followup_tui.domain.parsing.date_words import NUMBERS

_LETTERS = "|".join(sorted((*GENERIC, *SEASONAL), key=len, reverse=True))
_START = r"""(?<![\w:./+\-–—])
    (?: (?: at | @ | um | gegen | from | von | between | zwischen | de | [aà] | [aà]\ las? | alle | dalle | ore
        | om | vers | kl\.? | around | about | circa | ca\. | ~ ) [ ]?
        (?=\d|noon|mid|half|quarter|mittag|m[ie]d|one\b|t[we]|th|fo|fi|s[ie]|ei|el|ni) )? """
_WORDS = {
    **dict.fromkeys(("noon", "midday", "mittag", "mittags", "midi", "mediodía", "mediodia", "mezzogiorno"), 12),
    **dict.fromkeys(("midnight", "mitternacht", "minuit", "medianoche", "mezzanotte", "middernacht"), 0),
}
_SAID = {"half": 30, "half past": 30, "quarter past": 15, "quarter to": -15, "ten past": 10, "twenty past": 20}
_MINUTES = {"fifteen": 15, "thirty": 30, "forty-five": 45, "forty five": 45, "o'clock": 0}


def _atom(n: int) -> str:
    """The pattern of one time of day; a number alone is one only beside another time."""
    numbers = "|".join(NUMBERS)
    minutes = "|".join(_MINUTES).replace(" ", "[ ]")
    return rf"""(?:
        (?P<h{n}>\d{{1,2}}) (?![\d])
        (?: [ ]?:[ ]?(?P<m{n}>\d{{2}}) (?: :(?P<s{n}>\d{{2}})(?:[.,]\d{{1,9}})? )? (?![\d:])
          | \.(?P<d{n}>\d{{2}}) (?![.]?\d)
          | (?:[ ]?h|u)[ ]?(?P<f{n}>\d{{2}}) (?!\w) )?
        (?: (?:[ ](?=[ap]\.?[ ]?m\b))? (?P<a{n}>[ap]) (?: \.?[ ]?m\b\.? | \b(?![.'’]) ) )?
        (?P<u{n}>(?:u|[ ]?(?:uhr|uur|h|hr?s|heures?|ore|horas?|o'clock))\b (?: [ ](?P<v{n}>\d{{2}})(?![\d.:]) )? )?
      | (?P<c{n}>(?:[01]\d|2[0-3])[0-5]\d (?![\d.:/]|-(?!\d{{4}}\b)|(?!hr?s?\b)\w)
          | (?:1[0-2]|0?[1-9])[0-5]\d (?=[ap]\.?m\b))
        (?:[ ]?(?:(?P<b{n}>[ap])\.?m\b\.?|(?P<e{n}>hr?s?|hours|uhr|uur)\b))?
      | (?:12[ ])? (?P<w{n}>{"|".join(_WORDS)}) \b
      | (?P<q{n}>{"|".join(_SAID).replace(" ", "[ ]")})[ ](?P<r{n}>\d{{1,2}}(?![\d:.%])|(?:{numbers})\b)
        (?: [ ]?(?P<k{n}>[ap])\.?m\b\.? )?
      | (?P<n{n}>(?<=\bat[ ])(?:{numbers})\b(?![ ](?:past|to|or|of|\w+s)\b)
        | (?:{numbers})(?=[ -](?:{minutes})\b|[ ]?[ap]\.?m\b))
        (?: [ -](?P<o{n}>{minutes})\b )? (?: [ ]?(?P<p{n}>[ap])\.?m\b\.? )?
    )"""


_OFFSET = (
    r"[ ]?(?P<opens>[(\[])?(?P<utc>utc|gmt)?[ ]?(?P<sign>[+-])(?P<off_h>\d{1,2})(?::?(?P<off_m>\d{2}))?(?![\d:])"
    r"(?(utc)[)\]]?|(?(opens)[)\]]))"
)
_JOINED = r"\s*(?:[-–—→~]+>?|\b(?:to|till|til|until|bis|tot|alle|a|à|and|und)\b|(?<=\d)h?\s?à)\s*"
_FIRST = rf"(?axi) (?:(?<=\d)t(?=\d)|{_START}) {_atom(1)}"
_SECOND = rf"(?axi) {_JOINED} {_atom(2)}"
_AFTER_ZONE = r"(?axi) [ ]* (?: \(([a-z][a-z .]{2,40})\) | ([a-z][a-z ]{2,30}[ ]time)\b )"
_ZONE_IN_BRACKETS = r"[ ]?[(\[]((?:[^()\[\]]|\([^()]*\)){2,60})[)\]]"
_LONG_LETTERS = "|".join(one for one in (*GENERIC, *SEASONAL) if len(one) > 2 and one != "west")
_BEHIND_DATE = rf"""(?axi) [ ,]+ (?= (?: [(\[].+[)\]](?:[ ][a-z ]+[ ]time)? | [a-z]+/[a-z_/+\-]+
    | [a-z][a-z ]*[ ]time | (?:utc|gmt)[ ]?[+\-].+
    | eastern | central | mountain | pacific | {_LONG_LETTERS} )$ )"""
"""A zone that ends a phrase, behind the day; no town, which is where one meets: "14:00 Friday Berlin"."""
_IANA = r"(?axi) [ ]?\(?(?P<iana>[a-z]+/[a-z_+\-]+(?:/[a-z_\-]+)?)\)?"
_ZONE_WORDS = r"""(?xi) [ ]? ,? [ ]? \(? (?:in[ ])?
    (?P<words>[^\W\d_][^\W\d_.']* (?:[ .][^\W\d_][^\W\d_.']*){0,3})"""
_BEFORE_DIGITS = r"(?a)\d{4}-\d\d-\d\d[ t,]+$|\d{4},? $|[./]\d\d,? $"
"""What stands before a time of four digits alone: a whole date."""
_DAY_NAMES = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?|today|tomorrow|tmrw"
_BEFORE_YEAR = (
    r"(?a)\d (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? $|\d(?:st|nd|rd|th),? $"
    rf"|\b(?:{_DAY_NAMES}),? $"
)
_BEHIND_HOUR = rf"(?a)(?:-\d{{4}})?,? (?:on |next )?(?:{_DAY_NAMES})\b"
PART_OF_DAY = r"(?a)(?:in the |this )?\b(morning|afternoon|evening|night)\b|\btonight\b"
_LONGEST_DAY = 10 * 60
"""Minutes up to which an hour is the afternoon's as the end of a span: "9-5", but not "9:00-8:00"."""
_LONGEST_SPAN = 12 * 60
"""Minutes up to which a second time behind a minus is the end; beyond it is an offset from UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """A typed time of day with its zone; `on` checks it.

    `is_padded` where its hour begins with a zero, as on a clock of 24 hours. `is_taken_as_afternoon` where its
    half of the day wasn't said: see `in_working_hours`.
    """

    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    sign: str = ""
    offset: tuple[int, int] = (0, 0)
    letters: str = ""
    iana: str = ""
    is_padded: bool = False
    is_taken_as_afternoon: bool = False

    @property
    def names_zone(self) -> bool:
        """Whether its zone was said."""
        return bool(self.iana or self.sign or self.letters)

    @property
    def clock(self) -> time:
        """The time of day; raises `BadInput` for 25:00 and 13pm."""
        hour = self.hour
        if self.half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if self.half == "p" else 0)
        elif self.half:
            hour = 24
        if hour > 23 or self.minute > 59 or self.second > 59:
            said = f"{self.hour}{self.half}m" if self.half and not self.minute else f"{self.hour}:{self.minute:02}"
            raise BadInput(f"{said} is no time of day; write one like 14:00 or 2:30pm.")
        return time(hour, self.minute, self.second)

    def zones(self, own: ZoneInfo) -> tuple[tzinfo, ...]:
        """Return the zones that may be meant, most likely first."""
        if self.iana:
            return (iana_zone(self.iana),)
        if self.sign:
            return (own, fixed_zone(self.sign, *self.offset))
        if self.letters in GENERIC:
            return (ZoneInfo(GENERIC[self.letters]),)
        if SEASONAL.get(self.letters):
            return (own, ZoneInfo(SEASONAL[self.letters]))
        return (own,)

    def on(self, day: date, own: ZoneInfo) -> datetime:
        """Return the moment on that day, aware, in the zone that was typed or in `own`.

        An hour that comes twice when summer time ends is its first, unless letters or an offset tell.
        Raises `BadInput` for an hour that the clock skips, and for letters that the place doesn't use on that day.
        """
        clock, zones = self.clock, self.zones(own)
        for zone in zones:
            for fold in (0, 1):
                moment = datetime.combine(day, clock, zone).replace(fold=fold)
                if not arrow.get(moment).imaginary and self._fits(moment):
                    return moment.replace(fold=fold if arrow.get(moment).ambiguous else 0)
        raise BadInput(self._why_not(day, zones[-1]))

    def _fits(self, moment: datetime) -> bool:
        if self.sign:
            return moment.utcoffset() == fixed_zone(self.sign, *self.offset).utcoffset(None)
        return self.letters not in SEASONAL or (moment.tzname() or "").casefold() == self.letters

    def _why_not(self, day: date, zone: tzinfo) -> str:
        moment = datetime.combine(day, self.clock, zone)
        said = f"{format_clock(moment)} on {format_full_day(day)}"
        if arrow.get(moment).imaginary:
            return f"{said} doesn't exist in {zone_name(zone)}, where the clock skips it; write the hour after."
        if self.sign:
            return f"{zone_name(zone)} has another offset at {said}; write the zone or the offset, not both."
        letters = self.letters.upper()
        if not SEASONAL[self.letters]:
            return f"{letters} means several zones; write one like Asia/Kolkata, Europe/Dublin or +02:00."
        return f"{zone_name(zone)} reads {moment.tzname()}, not {letters}, at {said}; write the zone or an offset."


class Clock(NamedTuple):
    """The times in a phrase, and what is left of it; `at` is where they stood."""

    start: Hour | None
    end: Hour | None
    rest: str
    at: int = 0


def split_clock(phrase: str) -> Clock:
    """Return the time of day in a lower-case phrase with its end and its zone, and the phrase without them.

    "12-1pm" is noon to one, "15:00-15:45" a start and an end; -05:00 behind seconds or an ISO date is an offset.
    """
    part = re.search(PART_OF_DAY, phrase)
    for match in _starts(phrase):
        first = _atom_of(match, 1)
        end, at = None, match.end()
        second = re.compile(_SECOND).match(phrase, at)
        if second and _is_second(match, second, first):
            end, at = _atom_of(second, 2), second.end()
        if first is None and (end is None or not match["h1"]):
            continue
        start = first or Hour(hour=int(match["h1"]))
        if part and part[1] != "morning" and not start.half and 1 <= start.hour < 12:
            start = replace(start, half="p")
        zone, at = _zone_at(phrase, at, is_iso=_is_iso(match) or bool(match["s1"]))
        behind = len(phrase)
        if zone is None:
            zone, behind = _zone_behind(phrase, at)
        elif end is None:
            second = re.compile(_SECOND).match(phrase, at)  # "3:00 PM (EST) → 4:00 PM"
            if second and _explicit(second, 2):
                end, at = _atom_of(second, 2), second.end()
                later, at = _zone_at(phrase, at, is_iso=False)
                zone = zone or later
        start = replace(start, **(zone or {}))
        if end is not None:
            start, end = _paired(start, replace(end, **(zone or {})))
        if not (part and part[1] == "morning"):
            start, end = in_working_hours(start, end)
        return Clock(start, end, f"{phrase[: match.start()]} {phrase[at:behind]}", match.start())
    return Clock(None, None, phrase)


def split_hour(phrase: str) -> tuple[Hour | None, str]:
    """Return the hour in a lower-case phrase, or None, and the phrase without it and its end."""
    clock = split_clock(phrase)
    return clock.start, clock.rest


def _starts(phrase: str) -> Iterator[re.Match[str]]:
    """The places where a time can begin: an explicit one, or a number before an explicit end."""
    for match in re.finditer(_FIRST, phrase):
        if _is_iso(match) and not match["m1"] and not match["c1"]:
            continue
        if match["c1"] and not (match["b1"] or match["e1"] or _is_hour_of_day(match)):
            continue
        yield match


def _is_iso(match: re.Match[str]) -> bool:
    """Whether the T of an ISO date is followed by a time."""
    return bool(re.match(r"t\d", match[0]))


def _is_hour_of_day(match: re.Match[str]) -> bool:
    """Whether four digits are an hour: behind "at" or a whole date; beside a day's name what can't be a year."""
    before, behind = match.string[: match.start("c1")], match.string[match.end("c1") :]
    if match[0].startswith(("at", "@", "um")) or re.search(_BEFORE_DIGITS, before):
        return True
    is_year = match["c1"][:2] in {"19", "20", "21", "22"}
    return not is_year and bool(re.search(_BEFORE_YEAR, before) or re.match(_BEHIND_HOUR, behind))


def _explicit(match: re.Match[str], n: int) -> bool:
    """Whether a time needs no other beside it: "15:00", "3pm", "15h", "14.30", "noon"."""
    if match[f"d{n}"]:
        month = 1 <= int(match[f"d{n}"]) <= 12
        return bool(match[f"a{n}"] or match[f"u{n}"]) or not month
    if match[f"u{n}"] and match[f"u{n}"].strip() == "h" and not match[f"m{n}"]:
        return int(match[f"h{n}"]) >= 7 or match[0].startswith(("at", "à", "a ", "um"))
    return any(match[f"{group}{n}"] for group in "mfauwqcn")


def _is_second(first: re.Match[str], second: re.Match[str], start: Hour | None) -> bool:
    """Whether what follows a minus is the end of the time, not an offset or the next part of a date."""
    if not _explicit(second, 2) and (start is None or not (first["a1"] or first["u1"] or first["m1"])):
        return False
    if not _explicit(second, 2) and (
        int(second["h2"]) > 24 or re.match(r"[\s.]*[\d/]", second.string[second.end() :])
    ):
        return False
    offset = re.compile(rf"(?axi){_OFFSET}").match(second.string, second.start())
    if offset is None or start is None:
        return True
    if _is_iso(first) or first["s1"]:
        return not _is_offset(offset) and not first["s1"]
    if len(offset["off_h"]) < 2 or not _is_offset(offset) or second["a2"] or second["u2"] or second["f2"]:
        return True
    away = (int(offset["off_h"]) - start.hour) * 60 + int(offset["off_m"] or 0) - start.minute
    return away % (24 * 60) <= _LONGEST_SPAN and away != 0


def _is_offset(match: re.Match[str]) -> bool:
    """Whether a clock on earth has that offset from UTC: -12:00 to +14:00 on quarter hours."""
    minutes = int(match["off_h"]) * 60 + int(match["off_m"] or 0)
    return minutes <= (14 if match["sign"] == "+" else 12) * 60 and minutes % 15 == 0


def _atom_of(match: re.Match[str], n: int) -> Hour | None:
    """The time of day that a match says, None for a bare number where it is the first."""
    if n == 1 and not _explicit(match, 1):
        return None
    group = {name: value or "" for name, value in match.groupdict().items()}
    if group[f"w{n}"]:
        return Hour(hour=_WORDS[group[f"w{n}"]])
    if group[f"c{n}"]:
        return Hour(hour=int(group[f"c{n}"][:-2]), minute=int(group[f"c{n}"][-2:]), half=group[f"b{n}"])
    if group[f"n{n}"]:
        minute = _MINUTES.get(group[f"o{n}"], 0)
        return Hour(hour=NUMBERS.index(group[f"n{n}"]) + 1, minute=minute, half=group[f"p{n}"])
    if group[f"q{n}"]:
        said = group[f"r{n}"]
        hour = NUMBERS.index(said) + 1 if said in NUMBERS else int(said)
        minute = _SAID[group[f"q{n}"]]
        hour, minute = (hour - 1, 45) if minute < 0 else (hour, minute)
        return Hour(hour=hour, minute=minute, half=group[f"k{n}"])
    said_minute = group[f"m{n}"] or group[f"d{n}"] or group[f"f{n}"] or group[f"v{n}"]
    return Hour(
        hour=int(group[f"h{n}"]),
        minute=int(said_minute or 0),
        second=int(group[f"s{n}"] or 0),
        half=group[f"a{n}"],
        is_padded=group[f"h{n}"].startswith("0"),
    )


def in_working_hours(start: Hour, end: Hour | None = None) -> tuple[Hour, Hour | None]:
    """The hours with 1:00 to 6:59 taken as the afternoon, unless the half of the day or "02:30" is said.

    Nobody interviews at half past two in the morning. The end follows the start: "2:30-3:30".
    """
    if start.half or start.is_padded or not 1 <= start.hour <= 6:
        return start, end
    later = replace(start, half="p", is_taken_as_afternoon=True)
    if end is not None and not end.half and end.hour < 12 and not end.is_padded:
        end = replace(end, half="p")
    return (start, end) if end is not None and _minutes(end) <= _minutes(later) else (later, end)


def _paired(start: Hour, end: Hour) -> tuple[Hour, Hour]:
    """Start and end with the halves of the day that they leave to each other: "12-1pm", "11-1pm", "3pm-4"."""
    if end.half and not start.half and 1 <= start.hour <= 12:
        same = replace(start, half=end.half)
        other = replace(start, half="a" if end.half == "p" else "p")
        return (same if _minutes(same) < _minutes(end) else other), end
    if start.hour <= 12 and end.hour <= 12 and not end.half and end.hour and _minutes(end) <= _minutes(start):
        later = replace(end, half="p")
        if 0 < _minutes(later) - _minutes(start) <= _LONGEST_DAY:
            return start, later
    if start.half and not end.half and 1 <= end.hour < 12:
        for half in "ap":
            if _minutes(replace(end, half=half)) > _minutes(start):
                return start, replace(end, half=half)
    return start, end


def _minutes(hour: Hour) -> int:
    said = hour.hour % 12 + (12 if hour.half == "p" else 0) if hour.half and hour.hour <= 12 else hour.hour
    return said * 60 + hour.minute


def _zone_at(phrase: str, at: int, *, is_iso: bool) -> tuple[dict[str, Any] | None, int]:
    """The zone at a place of a phrase, as values of `Hour`, and where it ends: EST, (CET), +02:00, London."""
    found: dict[str, Any] = {}
    offset = re.compile(rf"(?axi){_OFFSET}").match(phrase, at)
    if offset and _counts_as_offset(offset, is_iso):
        found = {
            "sign": offset["sign"],
            "offset": (int(offset["off_h"]), int(offset["off_m"] or 0)),
        }
        at = offset.end()
        named = re.compile(_AFTER_ZONE).match(phrase, at)
        if named and zone_of_words(named[1] or named[2]):
            return found, named.end()
    iana = re.compile(_IANA).match(phrase, at)
    if iana:
        return {**found, "iana": iana["iana"]}, iana.end()
    letters = re.compile(rf"(?axi) [ ]?(?P<opens>\()?(?P<letters>{_LETTERS})\b(?(opens)\))").match(phrase, at)
    if letters and not (letters["letters"] == "z" and letters[0] != "z"):
        return found or {"letters": letters["letters"]}, _past_time(phrase, letters.end())
    bracket = re.compile(_ZONE_IN_BRACKETS).match(phrase, at)
    if bracket and not found and (zone := zone_of_words(bracket[1])):
        return {"iana": zone}, bracket.end()
    words = re.compile(_ZONE_WORDS).match(phrase, at)
    while words and not found:
        said = words["words"]
        while said:
            zone = zone_of_words(said)
            if zone:
                end = words.start("words") + len(said)
                return {"iana": zone}, end + phrase[end:].startswith(")")
            said = said.rpartition(" ")[0]
        break
    return found or None, at


def _zone_behind(phrase: str, at: int) -> tuple[dict[str, Any] | None, int]:
    """The zone at the end of a phrase, behind the day, and where it begins; else None and the phrase's length."""
    for place in re.compile(_BEHIND_DATE).finditer(phrase, at):
        zone, end = _zone_at(phrase, place.end() - 1, is_iso=False)
        if zone and end == len(phrase):
            return zone, place.start()
    return None, len(phrase)


def _past_time(phrase: str, at: int) -> int:
    return at + len(" time") if phrase.startswith(" time", at) else at


def _counts_as_offset(match: re.Match[str], is_iso: bool) -> bool:
    """Whether a sign and digits are an offset: with UTC or GMT, behind an ISO time, behind seconds, or a plus."""
    if match["sign"] == "+" or match["utc"]:
        return True
    four = match["off_m"] is not None and len(match["off_h"]) == 2
    return (is_iso or four) and _is_offset(match)
