"""A date that was understood, and how it is said back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from followup_tui.domain.format import format_clock, format_day, format_full_day
from followup_tui.domain.model.errors import BadInput


class Prefer(StrEnum):
    """Which way a date leans that could be behind or ahead; today belongs to both sides, but isn't later.

    The nearest is so of dates without a year; a weekday or a day of the month alone is the coming one even then.
    """

    PAST = "past"
    FUTURE = "future"
    LATER = "later"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day, and the moment on it where an hour was said.

    `at` is aware, in the zone that `zone` names: an IANA name, or "UTC-05:00" where only an offset was typed.
    `ends_at` is aware too, and None where no end was said. `is_taken_as_afternoon` where the hour was typed
    without its half of the day, "2:30": it is no part of what is compared.
    """

    day: date
    at: datetime | None
    zone: str
    ends_at: datetime | None = None
    is_taken_as_afternoon: bool = field(default=False, compare=False)


def format_when(when: When, zone: tzinfo) -> str:
    """What was understood, on one line: "Fri 27 Nov 2026", "Tue 24 Nov 2026 14:00 CET".

    A moment of another zone says in brackets what the clock reads in `zone`, the reader's own. An hour that was
    taken as the afternoon says so.
    """
    if when.at is None:
        return format_full_day(when.day)
    until = f"–{format_clock(when.ends_at)}" if when.ends_at else ""
    words = f"{format_full_day(when.day)} {format_clock(when.at)}{until} {zone_letters(when.at)}"
    if when.is_taken_as_afternoon:
        words += ", in the afternoon"
    here = when.at.astimezone(zone)
    if here.utcoffset() == when.at.utcoffset():
        return words
    day = "" if here.date() == when.day else f"{format_day(here.date(), when.day)} "
    return f"{words} ({day}{format_time_with_zone(here)})"


def to_input_text(when: When) -> str:
    """The text for a form's field: `parse_when` reads it back as the same When, whatever the day and the zone."""
    if when.at is None:
        return format_full_day(when.day)
    if when.at.fold:  # The hour that comes twice: only the offset tells the second from the first.
        offset = when.at.isoformat()[-6:]
        return f"{when.day.isoformat()}T{when.at:%H:%M:%S}{offset} {when.zone}"
    until = f"-{_exact_clock(when.ends_at)}" if when.ends_at else ""
    return f"{format_full_day(when.day)} {_exact_clock(when.at)}{until} {when.zone}"


def format_time_with_zone(moment: datetime) -> str:
    """The clock and its zone: "14:00 CET", "14:00 UTC+03:00" where the zone has no letters of its own."""
    return f"{format_clock(moment)} {zone_letters(moment)}"


def zone_letters(moment: datetime) -> str:
    """What a moment's zone is called on that day: "PST", or "UTC+03:00" for one without letters of its own."""
    letters = moment.tzname() or ""
    return letters if letters[:1].isalpha() else f"UTC{moment.isoformat()[-6:]}"


def _exact_clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else format_clock(moment)


def required_ahead(when: When, now: datetime) -> When:
    """Return a date unless its day has passed, as none still to come has; `now` is in the user's zone."""
    if when.day < now.date():
        raise BadInput(f"{format_day(when.day, now.date())} has passed.", "date")
    return when


def day_examples(now: datetime) -> tuple[str, str, str]:
    """Days ahead as one may type them: "fri", "16 Dec", "in 5 business days"; `now` is in the user's zone."""
    return "fri", format_day(now.date() + timedelta(days=8), now.date())[4:], "in 5 business days"
