"""Hours, days and weeks said in words, and hours of four digits behind a day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from conftest import ZONE
from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.parsing.quick_entry import describe_entry, parse_quick_entry

BERLIN = ZoneInfo(ZONE)
MONDAY = datetime(2026, 11, 30, 10, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("friday at two thirty", "Fri 4 Dec 2026 14:30 CET, in the afternoon"),
        ("friday half nine", "Fri 4 Dec 2026 09:30 CET"),
        ("twenty past 3 on wednesday", "Wed 2 Dec 2026 15:20 CET, in the afternoon"),
        ("eleven am thursday", "Thu 3 Dec 2026 11:00 CET"),
        ("tomorrow at ten", "Tue 1 Dec 2026 10:00 CET"),
        ("wed nine o'clock", "Wed 2 Dec 2026 09:00 CET"),
        ("wed 9am to ten thirty", "Wed 2 Dec 2026 09:00–10:30 CET"),
        ("two thirty pm to three thirty pm wed", "Wed 2 Dec 2026 14:30–15:30 CET"),
        ("Thursday the third at eleven am", "Thu 3 Dec 2026 11:00 CET"),
        ("Friday the twenty-fifth at 10", "Fri 25 Dec 2026 10:00 CET"),
        ("fri 0930", "Fri 4 Dec 2026 09:30 CET"),
        ("Fri 4th 0930", "Fri 4 Dec 2026 09:30 CET"),
        ("today 1430", "Mon 30 Nov 2026 14:30 CET"),
        ("wed 730am", "Wed 2 Dec 2026 07:30 CET"),
        ("a week tomorrow 8am", "Tue 8 Dec 2026 08:00 CET"),
        ("tomorrow week 8am", "Tue 8 Dec 2026 08:00 CET"),
        ("in two weeks on Wednesday 10am", "Wed 16 Dec 2026 10:00 CET"),
        ("4 Dec 2026", "Fri 4 Dec 2026"),
        ("2026/12/04", "Fri 4 Dec 2026"),
        ("2026.12.04 10:00", "Fri 4 Dec 2026 10:00 CET"),
        ("in two weeks", "Mon 14 Dec 2026"),
    ],
)
def test_what_is_said_in_words_is_read(typed: str, read: str) -> None:
    entry = parse_quick_entry(f"Acme, Baker, {typed}", now=MONDAY, zone=BERLIN)
    assert (describe_entry(entry, BERLIN), entry.problems) == (f"Acme · Baker · interview {read}", ())


@pytest.mark.parametrize("typed", ["fri 2026", "wed at ten to eleven", "wed at two weeks", "fri 1375"])
def test_what_may_be_no_hour_is_asked(typed: str) -> None:
    entry = parse_quick_entry(f"Acme, Baker, {typed}", now=MONDAY, zone=BERLIN)
    assert entry.when is None
    assert entry.problems or entry.unread


def test_two_weeks_from_a_later_weekday_could_be_two_days() -> None:
    friday = datetime(2026, 12, 4, 10, tzinfo=BERLIN)
    entry = parse_quick_entry("Acme, Baker, in two weeks on Wednesday 10am", now=friday, zone=BERLIN)
    assert entry.when is None
    assert "or the week before" in entry.problems[0]


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("thursday evening", "2026-11-26 19:00"),
        ("last night", "2026-11-29 19:00"),
        ("gestern Abend", "2026-11-29 19:00"),
        ("thursday evening at 8", "2026-11-26 20:00"),
        ("last night at 9", "2026-11-29 21:00"),
        ("thursday", None),
        ("thursday morning", "2026-11-26 09:00"),
        ("gestern Nachmittag", "2026-11-29 15:00"),
        ("tonight", None),
        ("this evening", None),
    ],
)
def test_what_happened_in_a_part_of_the_day_has_an_hour_of_it(typed: str, at: str | None) -> None:
    when = parse_when(typed, now=MONDAY, zone=BERLIN, lean=Prefer.PAST)
    assert (f"{when.at:%Y-%m-%d %H:%M}" if when.at else None) == at
