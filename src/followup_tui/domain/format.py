"""Days and moments in words, the same everywhere."""

from __future__ import annotations

from datetime import date, datetime, tzinfo


def format_day(day: date, today: date) -> str:
    """A day as "Fri 20 Nov", with its year where that isn't this one."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def format_moment(at: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """A moment as "Fri 20 Nov 14:00" in the zone of `now`, or as "Fri 20 Nov 14:00 CET" in another one."""
    here = at.astimezone(now.tzinfo)
    there = at.astimezone(zone or now.tzinfo)
    named = "" if there.utcoffset() == here.utcoffset() else f" {there:%Z}"
    return f"{format_day(there.date(), now.date())} {there:%H:%M}{named}"


def format_full_day(day: date) -> str:
    """A day with its year: "Sun 22 Nov 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def plural(number: int, noun: str) -> str:
    """A number with its noun: "1 card", "1,200 cards"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
