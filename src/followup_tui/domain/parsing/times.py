"""The time of day in a typed phrase: its zone, and the moment it means on a day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

import arrow

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.when import format_day_with_year
from followup_tui.domain.model.zones import GENERIC, SEASONAL, fixed_zone, iana_zone, zone_name

_LETTERS = "|".join(sorted((*GENERIC, *SEASONAL), key=len, reverse=True))
# A minus right behind the hour is an offset only in an ISO date with its T; elsewhere "10:00-11:00" is a span.
_ZONE = rf"""
    (?: (?P<iso>(?<=\d)[+-]|[ ]\+|[ ]?(?:utc|gmt)[ ]?[+-])
        (?P<off_h>\d{{1,2}}) (?::?(?P<off_m>\d{{2}}))? (?![\d:]) )?
    (?: [ ]? \(? (?P<letters>{_LETTERS})\b \)? | [ ]? \(? (?P<iana>[a-z]+/[a-z_+\-]+(?:/[a-z_\-]+)?) \)? )?
"""
_HOUR = rf"""(?ax)(?:(?<=\d)t(?=\d) | (?<![\w:./+\-]) (?:at[ ]|@[ ]?)? )
    (?: (?P<hour>\d{{1,2}}) : (?P<minute>\d{{2}}) (?: :(?P<second>\d{{2}})(?:\.\d{{1,9}})? )?
        (?: [ ]?(?P<half>[ap])\.?m\b\.? )?
      | (?P<hour_said>\d{{1,2}}) (?: \.(?P<minute_said>\d{{2}}) )? [ ]?(?P<half_said>[ap])\.?m\b\.?
      | (?:12[ ])?(?P<word>noon|midday|midnight)\b )
    {_ZONE} (?![\w:])"""
_PART = r"(?a)(?:in the |this )?\b(morning|afternoon|evening|night)\b|\btonight\b"
_SPAN = r"(?a)\d{1,2}:\d{2} ?(?:[-–—]|to|until) ?\d{1,2}:\d{2}"
_WORDS = {"noon": 12, "midday": 12, "midnight": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """A typed time of day with its zone; `on` checks it."""

    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    sign: str = ""
    offset: tuple[int, int] = (0, 0)
    letters: str = ""
    iana: str = ""

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
        said = f"{moment:%H:%M} on {format_day_with_year(day)}"
        if arrow.get(moment).imaginary:
            return f"{said} doesn't exist in {zone_name(zone)}, where the clock skips it; write the hour after."
        if self.sign:
            return f"{zone_name(zone)} has another offset at {said}; write the zone or the offset, not both."
        letters = self.letters.upper()
        if not SEASONAL[self.letters]:
            return f"{letters} means several zones; write one like Asia/Kolkata, Europe/Dublin or +02:00."
        return f"{zone_name(zone)} reads {moment.tzname()}, not {letters}, at {said}; write the zone or an offset."


def split_hour(phrase: str) -> tuple[Hour | None, str]:
    """Return the hour in a lower-case phrase, or None, and the phrase without it.

    Raises `BadInput` for a span of hours: only when it starts is asked for.
    """
    match = re.search(_HOUR, phrase)
    iso = match is not None and match[0].startswith("t")
    if not iso and (re.search(_SPAN, phrase) or (match is not None and match["iso"] == "-")):
        raise BadInput(f"“{shown_line(phrase)}” is a span of time; write only when it starts, like 10:00.")
    part = re.search(_PART, phrase)
    if match is None:
        return None, phrase
    left = f"{phrase[: match.start()]} {phrase[match.end() :]}"
    hour = _hour_of(match)
    if part and part[1] != "morning" and not hour.half and 1 <= hour.hour < 12:
        hour = replace(hour, half="p")
    return hour, left


def _hour_of(match: re.Match[str]) -> Hour:
    group = match.groupdict(default="")
    return Hour(
        hour=_WORDS[group["word"]] if group["word"] else int(group["hour"] or group["hour_said"]),
        minute=int(group["minute"] or group["minute_said"] or 0),
        second=int(group["second"] or 0),
        half=group["half"] or group["half_said"],
        sign=group["iso"][-1:],
        offset=(int(group["off_h"] or 0), int(group["off_m"] or 0)),
        letters=group["letters"],
        iana=group["iana"],
    )


def without_part_of_day(phrase: str) -> str:
    """Return a phrase without its part of the day: "tonight" becomes "today", "tomorrow morning" "tomorrow"."""
    match = re.search(_PART, phrase)
    if match is None:
        return phrase
    rest = " ".join(f"{phrase[: match.start()]} {phrase[match.end() :]}".split())
    if match[0].startswith(("this", "tonight")):
        return f"today {rest}".strip()
    return rest
