"""What a typed line must never file away as something else: it is read right, or asked about."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.parsing.quick_entry import QuickEntry, parse_quick_entry

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 18, 10, tzinfo=BERLIN)
"""A Wednesday."""


def quick(line: str) -> QuickEntry:
    return parse_quick_entry(line, now=NOW, zone=BERLIN)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Tom from Hays called, temp admin, fri 2pm", "“Hays called” is more than a company"),
        ("Sophia at Lemonade reached out, underwriter, mon 5pm", "“Lemonade reached out” is more than a company"),
        ("Acme has moved it, SRE, fri 2pm", "is more than a company"),
        ("we talked about it, SRE, fri 2pm", "is more than a company"),
        ("Hays, temp admin job at Lloyds, fri 2pm", "is “Lloyds” the employer?"),
        ("interview at Amazon warehouse associate fri 2pm, hiring event", "has a role in it"),
    ],
)
def test_a_sentence_is_no_company_and_a_role_has_no_employer(line: str, says: str) -> None:
    assert says in quick(line).problems[0]


@pytest.mark.parametrize(
    "company",
    ["Just Eat", "Call of Duty League", "International Rescue Committee", "Yahoo!", "Nurse Next Door", "Loop"],
)
def test_a_name_that_has_such_a_word_is_a_company(company: str) -> None:
    entry = quick(f"{company}, Buyer, fri 14:00")
    assert (entry.company, entry.role, entry.problems, entry.unread) == (company, "Buyer", (), ())


@pytest.mark.parametrize(
    ("part", "role"),
    [
        ("Observability", "Data Engineer, Observability"),
        ("L6", "Data Engineer, L6"),
        ("Clinical Operations", "Data Engineer, Clinical Operations"),
        ("(m/w/d)", "Data Engineer, (m/w/d)"),
        ("Level 2", "Data Engineer, Level 2"),
    ],
)
def test_a_field_or_a_level_behind_a_role_belongs_to_it(part: str, role: str) -> None:
    assert quick(f"Acme, Data Engineer, {part}, fri 14:00").role == role


@pytest.mark.parametrize("part", ["Cells", "Radio 4", "Montreux", "Ann", "Globex"])
def test_what_may_be_anything_is_no_part_of_the_role(part: str) -> None:
    entry = quick(f"Acme, Data Engineer, {part}, fri 14:00")
    assert entry.role == "Data Engineer"
    assert entry.unread == (part,) or [person.name for person in entry.people] == [part]


@pytest.mark.parametrize(
    ("behind", "people", "place", "unread"),
    [
        ("Anita Desai", ("Anita Desai",), "", ()),
        ("Wei Ming Tan, Raj Patel", ("Wei Ming Tan", "Raj Patel"), "", ()),
        ("Redwood Gardens", (), "Redwood Gardens", ()),
        ("Camden office", (), "Camden office", ()),
        ("3rd floor, Main Street 5", (), "3rd floor, Main Street 5", ()),
        ("Gigafactory Berlin", (), "", ("Gigafactory Berlin",)),
        ("Pair Programming", (), "", ("Pair Programming",)),
        ("Santa Quiteria", (), "", ("Santa Quiteria",)),
        ("bring laptop", (), "", ("bring laptop",)),
    ],
)
def test_behind_the_hour_stand_names_and_places(
    behind: str, people: tuple[str, ...], place: str, unread: tuple[str, ...]
) -> None:
    entry = quick(f"Acme, SRE, fri 14:00, {behind}")
    assert (tuple(person.name for person in entry.people), entry.meeting.place) == (people, place)
    assert entry.unread == unread


@pytest.mark.parametrize(
    ("line", "company", "people"),
    [
        ("call from Acme fri 2pm, SRE", "Acme", ()),
        ("call from Anke Petersen at Acme fri 2pm, SRE", "Acme", ("Anke Petersen",)),
        ("Dana from Acme, SRE, fri 2pm", "Acme", ("Dana",)),
        ("second round Acme, SRE, fri 2pm", "Acme", ()),
        ("Round Table Pizza, SRE, fri 2pm", "Round Table Pizza", ()),
        ("phone screen fri 2pm w Katie from Acme - SRE", "Acme", ("Katie",)),
        ("Acme, SRE, fri 2pm, with HR", "Acme", ()),
        ("Acme, SRE, fri 2pm with VP of Support Carl Dunn", "Acme", ("Carl Dunn",)),
        ("Acme, SRE, fri 2pm mit dem Filialleiter Herrn Kruse", "Acme", ("Herrn Kruse",)),
        (
            "Acme, SRE, fri 2pm, panel: Joe Stone, Amira Khan, Li Wei",
            "Acme",
            ("Joe Stone", "Amira Khan", "Li Wei"),
        ),
    ],
)
def test_who_and_for_whom(line: str, company: str, people: tuple[str, ...]) -> None:
    entry = quick(line)
    assert (entry.company, entry.role, entry.unread, entry.problems) == (company, "SRE", (), ())
    assert tuple(person.name for person in entry.people) == people


@pytest.mark.parametrize(
    "line", ["Acme, SRE, tomorrow, 3:30pm", "3:30pm Acme, SRE, tomorrow", "Interview tomorrow! Acme, SRE, 3:30p"]
)
def test_a_day_and_its_hour_may_stand_apart(line: str) -> None:
    entry = quick(line)
    assert entry.when is not None
    assert entry.when.at == datetime(2026, 11, 19, 15, 30, tzinfo=BERLIN)


def test_two_days_are_two_dates_wherever_they_stand() -> None:
    assert quick("Acme, SRE, tomorrow 10:00, 2 dec").problems == ("two dates: leave only the interview's",)
