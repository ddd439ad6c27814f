"""Numbers and codes that are nobody's phone, and how they are kept."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.when import Prefer
from followup_tui.domain.parsing.booking import parse_booking
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.parsing.people import read_people
from followup_tui.domain.parsing.quick_entry import parse_quick_entry

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=BERLIN)
UNDERSTAND = partial(parse_when, now=NOW, zone=BERLIN, lean=Prefer.FUTURE, field="interview")
NUMBERS = [
    "Meeting ID: 812 3456 7890",
    "Meeting-ID 812 3456 7890",
    "Meeting ID: 123 456 789, Passcode: aB3",
    "Zoom Meeting ID: 812 3456 7890 Passcode: 123456",
    "Conference ID: 123 456 789#",
    "Webinar ID: 812-3456-7890",
    "Besprechungs-ID: 812 345 678",
    "Kenncode: xY7",
    "Access code 123456#",
    "PIN 123456",
    "Job ID 123456789",
    "Job ID R-123456",
    "Job #12345678",
    "Req 12345678901",
    "Ref. 4711-0815-22",
    "Dial-in +49 69 1234567",
    "Reception +49 30 1234567",
    "Empfang: +49 30 1234567",
]


@pytest.mark.parametrize("said", NUMBERS)
def test_a_number_that_says_what_it_is_is_a_note_and_nobody(said: str) -> None:
    quick = parse_quick_entry(f"Acme, SRE, fri 14:00, Teams, {said}", now=NOW, zone=BERLIN)
    assert (quick.people, quick.note, quick.unread, quick.problems) == ((), said, (), ())
    line = parse_booking(f"fri 14:00, Zoom, with Dana Ruiz, {said}", UNDERSTAND)
    assert [(one.name, one.phone) for one in line.booking.people] == [("Dana Ruiz", "")]
    assert (line.booking.notes, line.unread) == (said, ())


@pytest.mark.parametrize("said", NUMBERS)
def test_among_people_it_is_a_remark(said: str) -> None:
    assert not read_people(said).people
    people = read_people(f"Dana Ruiz, {said}").people
    assert [(one.name, one.phone) for one in people] == [("Dana Ruiz", "")]
    assert "".join(filter(str.isalnum, said)) in "".join(filter(str.isalnum, people[0].notes))


@pytest.mark.parametrize("said", ["Pin Chen +49 30 1234567", "Job Cohen, +49 30 1234567", "Dana Ruiz 030 1234567"])
def test_a_name_before_a_number_stays_a_person(said: str) -> None:
    assert [one.phone != "" for one in read_people(said).people] == [True]
