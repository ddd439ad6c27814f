"""A round in one line, in the prompt and in the shell: read as quick add reads it, or asked about."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import Interview, time_of
from followup_tui.domain.model.when import Prefer, When, format_when
from followup_tui.domain.parsing.booking import (
    as_moved,
    describe_booking,
    describe_rest,
    leans_to,
    parse_booking,
    with_notes,
)
from followup_tui.domain.parsing.dates import parse_when
from followup_tui.domain.parsing.day_rules import DayRules
from followup_tui.domain.parsing.quick_entry import describe_entry, form_of, parse_quick_entry
from followup_tui.domain.parsing.typed_people import parse_people

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, tzinfo=BERLIN)
"""A Wednesday."""


def understand(text: str) -> When:
    return parse_when(text, now=NOW, zone=BERLIN, lean=Prefer.FUTURE)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("phone screen tue 2pm with Ann Li", "Tue 24 Nov 2026 14:00 CET · with Ann Li · phone"),
        (
            "fri 10-12, onsite in Berlin, Dana Ruiz",
            "Fri 20 Nov 2026 10:00–12:00 CET · with Dana Ruiz · onsite, Berlin",
        ),
        (
            "tue 14:00 with Ann Li, Bo Chen and Cy Young",
            "Tue 24 Nov 2026 14:00 CET · with Ann Li & Bo Chen & Cy Young",
        ),
        (
            "fri 14:00 via Zoom https://zoom.us/j/1?pwd=a,b",
            "Fri 20 Nov 2026 14:00 CET · video, Zoom · https://zoom.us/j/1?pwd=a,b",
        ),
        ("Dana Ruiz, tomorrow at 9, by phone", "Thu 19 Nov 2026 09:00 CET · with Dana Ruiz · phone"),
        (
            "2nd round; fri 3pm Pacific; Teams",
            "Fri 20 Nov 2026 15:00 PST (Sat 21 Nov 00:00 CET) · video, Teams · note: 2nd round",
        ),
        ("fri 9:00, note: bring the portfolio", "Fri 20 Nov 2026 09:00 CET · note: bring the portfolio"),
        (
            "fri 9:00, technical phone screen",
            "Fri 20 Nov 2026 09:00 CET · phone · note: technical phone screen",
        ),
        (
            "fri 9:00, Dana Ruiz, acme hq, 3rd floor",
            "Fri 20 Nov 2026 09:00 CET · with Dana Ruiz · acme hq, 3rd floor",
        ),
        ("fri 9:00, Karlsruhe", "Fri 20 Nov 2026 09:00 CET · Karlsruhe"),
        ("Mittwoch in einer Woche um 10 Uhr mit Frau Klein", "Wed 25 Nov 2026 10:00 CET · with Frau Klein"),
        ("tomorrow, Dana Ruiz, 3:30pm", "Thu 19 Nov 2026 15:30 CET · with Dana Ruiz"),
    ],
)
def test_a_round_is_read_in_any_order(typed: str, read: str) -> None:
    line = parse_booking(typed, understand)
    assert (describe_booking(line, BERLIN), line.unread) == (read, ())


@pytest.mark.parametrize("part", ["bring the portfolio", "Tower 3", "bring laptop", "Portfolio", "acme mug"])
def test_what_is_no_person_is_not_taken_for_one(part: str) -> None:
    line = parse_booking(f"fri 9:00, Dana Ruiz, {part}", understand)
    assert (line.unread, line.booking.people) == ((part,), (Person("Dana Ruiz"),))
    assert f"not understood: “{part}”" in describe_rest(line.unread)
    assert "not understood" not in describe_booking(line, BERLIN)
    assert with_notes(line.booking, line.unread).notes == part


@pytest.mark.parametrize("typed", ["", "Dana Ruiz", "fri 9:00, wed 10:00", "next week maybe", "fri 14:00, with"])
def test_a_round_without_one_date_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        parse_booking(typed, understand)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("phone screen tue 2pm", "Tue 24 Nov 2026 14:00 CET · phone"),
        ("onsite in Berlin fri 10:00", "Fri 20 Nov 2026 10:00 CET · onsite, Berlin"),
        ("fri 10:00 via Zoom", "Fri 20 Nov 2026 10:00 CET · video, Zoom"),
        ("in person, fri 10:00", "Fri 20 Nov 2026 10:00 CET · onsite"),
        ("wendesday 11am", "Wed 18 Nov 2026 11:00 CET"),
        ("thrusday 2pm", "Thu 19 Nov 2026 14:00 CET"),
        ("firday 2pm", "Fri 20 Nov 2026 14:00 CET"),
        ("mondya 9am", "Mon 23 Nov 2026 09:00 CET"),
        ("tommorow 2 pm", "Thu 19 Nov 2026 14:00 CET"),
        ("saterday 9 am", "Sat 21 Nov 2026 09:00 CET"),
        ("tmrw 8:30a", "Thu 19 Nov 2026 08:30 CET"),
        ("fri 2p", "Fri 20 Nov 2026 14:00 CET"),
        ("fri 9-10", "Fri 20 Nov 2026 09:00–10:00 CET"),
        ("fri 11-1", "Fri 20 Nov 2026 11:00–13:00 CET"),
        ("tomorrow 10 to 12", "Thu 19 Nov 2026 10:00–12:00 CET"),
    ],
)
def test_when_and_how_are_read_in_quick_add(typed: str, read: str) -> None:
    quick = parse_quick_entry(f"Acme, Dev, {typed}", now=NOW, zone=BERLIN)
    assert (describe_entry(quick, BERLIN), quick.unread) == (f"Acme · Dev · interview {read}", ())


@pytest.mark.parametrize("typed", ["3/12 11am", "fri 9-99", "Frida 9am", "sunda 9am"])
def test_what_could_be_two_things_is_asked(typed: str) -> None:
    quick = parse_quick_entry(f"Acme, Dev, {typed}", now=NOW, zone=BERLIN)
    assert quick.problems or quick.unread


def test_how_one_meets_without_an_interview_stays_a_note() -> None:
    form = form_of(parse_quick_entry("Acme, Dev, phone screen", now=NOW, zone=BERLIN))
    assert (form.kind, form.place, form.notes) == (None, "", "phone screen")


def test_business_days_are_those_of_the_calendar() -> None:
    quick = parse_quick_entry(
        "Acme, Dev, in 3 business days",
        now=NOW,
        zone=BERLIN,
        days=DayRules(lambda day: day.weekday() not in {4, 5} and day != date(2026, 11, 22)),
    )
    assert quick.when is not None
    assert quick.when.day == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Lea bei der Wieden", ["Lea bei der Wieden"]),
        ("Jan bei den Eichen", ["Jan bei den Eichen"]),
        ("Lea Berg bei der Telekom", ["Lea Berg"]),
        ("Dana, Sam", ["Dana", "Sam"]),
        ("Anna, Tom", ["Anna", "Tom"]),
        ("Ruiz, Dana", ["Dana Ruiz"]),
        ("Li, Ann", ["Ann Li"]),
        ("Smith, Jane", ["Jane Smith"]),
    ],
)
def test_names_are_told_apart(typed: str, names: list[str]) -> None:
    assert [one.name for one in parse_people(typed)] == names


@pytest.mark.parametrize("name", ["Lea Berg", "Ann Li", "Sam", "Dana Ruiz", "Anna von Hagen"])
def test_a_bare_name_beyond_doubt_is_a_person(name: str) -> None:
    quick = parse_quick_entry(f"Acme, Dev, tomorrow 10:00, {name}", now=NOW, zone=BERLIN)
    assert (quick.people, quick.unread) == ((Person(name),), ())


@pytest.mark.parametrize("part", ["Machine Learning", "New Shore", "Dana Team", "lea berg", "Ann will call"])
def test_what_may_be_something_else_is_asked(part: str) -> None:
    quick = parse_quick_entry(f"Acme, Dev, tomorrow 10:00, {part}", now=NOW, zone=BERLIN)
    assert (quick.people, quick.unread) == ((), (part,))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("monday same time", "Mon 23 Nov 2026 14:00–15:00 CET"),
        ("same time, monday", "Mon 23 Nov 2026 14:00–15:00 CET"),
        ("same day at 16:00", "Fri 20 Nov 2026 16:00 CET"),
        ("16:00", "Fri 20 Nov 2026 16:00 CET"),
        ("9-10am", "Fri 20 Nov 2026 09:00–10:00 CET"),
        ("Montag zur selben Uhrzeit", "Mon 23 Nov 2026 14:00–15:00 CET"),
        ("am gleichen Tag um 11 Uhr", "Fri 20 Nov 2026 11:00 CET"),
        ("lundi à la même heure", "Mon 23 Nov 2026 14:00–15:00 CET"),
        ("el lunes a la misma hora", "Mon 23 Nov 2026 14:00–15:00 CET"),
        ("lunedì alla stessa ora", "Mon 23 Nov 2026 14:00–15:00 CET"),
        ("maandag op hetzelfde tijdstip", "Mon 23 Nov 2026 14:00–15:00 CET"),
        ("monday", "Mon 23 Nov 2026"),
        ("monday 10:00", "Mon 23 Nov 2026 10:00 CET"),
    ],
)
def test_a_round_that_is_moved_keeps_what_stays_the_same(typed: str, meant: str) -> None:
    booked = Interview(application_id="a", **time_of(understand("20 nov 14:00-15:00")), created_at=NOW)
    assert format_when(understand(as_moved(typed, booked)), BERLIN) == meant


def test_the_same_time_of_a_round_without_one_is_none() -> None:
    booked = Interview(application_id="a", **time_of(understand("20 nov")), created_at=NOW)
    assert format_when(understand(as_moved("monday same time", booked)), BERLIN) == "Mon 23 Nov 2026"


@pytest.mark.parametrize(
    ("typed", "lean"),
    [
        ("was friday 3pm with Owen Price", Prefer.PAST),
        ("It was on monday, by phone", Prefer.PAST),
        ("the second interview took place thursday", Prefer.PAST),
        ("was moved to friday 3pm", Prefer.NEAREST),
        ("it was postponed until tuesday", Prefer.NEAREST),
        ("washing line, friday 3pm", Prefer.NEAREST),
        ("friday 3pm, Ann said it was fine", Prefer.NEAREST),
        ("friday 3pm", Prefer.NEAREST),
    ],
)
def test_a_line_that_begins_with_was_is_of_a_round_that_has_been(typed: str, lean: Prefer) -> None:
    known = Application(number=1, company="Acme", role="Dev", stage_at=NOW, created_at=NOW)
    assert leans_to(ApplicationDetails(application=known), typed) is lean
