"""Lines that nobody had seen before: pay, work mode, named fields, durations, labelled links, foreign days."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.parsing.job_words import is_pay, work_mode_of
from followup_tui.domain.parsing.people import read_people
from followup_tui.domain.parsing.quick_entry import describe_entry, parse_quick_entry

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=BERLIN)

READ = {
    "Acme, SRE, fri 10:00, 85-95k, remote": "interview Fri 20 Nov 2026 10:00 CET · pay: 85-95k · remote",
    "Acme, SRE, hybrid, $120,000 a year": "pay: $120,000 a year · hybrid",
    "Acme, SRE, fully remote, 70 000 €": "pay: 70 000 € · remote",
    "Acme, SRE, location: Berlin, salary: 85k": "Berlin · pay: 85k",
    "Acme, SRE, Mon 23 Nov 10:00 for 45 minutes": "interview Mon 23 Nov 2026 10:00–10:45 CET",
    "Acme, SRE, fri 10:00 (60 min) with Ann Li": "interview Fri 20 Nov 2026 10:00–11:00 CET · with Ann Li",
    "Acme, SRE, fri 10:00, an hour and a half": "interview Fri 20 Nov 2026 10:00–11:30 CET",
    "Acme, SRE, fri 10-11, 30 min": "interview Fri 20 Nov 2026 10:00–11:00 CET · note: 30 min",
    "Acme, SRE, fri, 30 min": "interview Fri 20 Nov 2026 · note: 30 min",
    "Acme, SRE, contact: Dana Ruiz, tel. 030 1234567": "with Dana Ruiz, 030 1234567",
    "Acme, SRE, with Dana Ruiz, phone: 030 1234567": "with Dana Ruiz, 030 1234567",
    "Acme, SRE, applied yesterday via LinkedIn": "applied Tue 17 Nov 2026 · source: LinkedIn",
    "Acme, SRE, beworben am 16.11., über StepStone": "applied Mon 16 Nov 2026 · source: StepStone",
    "Applied: Acme, SRE, 2 days ago via indeed": "applied Mon 16 Nov 2026 · source: indeed",
    "Applied yesterday: Acme, SRE": "applied Tue 17 Nov 2026",
    "Acme - SRE - https://acme.example/9 - applied 16 Nov": "applied Mon 16 Nov 2026 · https://acme.example/9",
    "Acme, SRE, via Behance, fri 10:00": "interview Fri 20 Nov 2026 10:00 CET · source: Behance",
    "Acme, SRE, via Zoom, fri 10:00": "interview Fri 20 Nov 2026 10:00 CET · video, Zoom",
    "Acme, SRE, via Jitsi, fri 10:00": "interview Fri 20 Nov 2026 10:00 CET · video, Jitsi",
    "Acme, SRE, fri 10:00 via Behance": "interview Fri 20 Nov 2026 10:00 CET · note: via Behance",
    "Acme, SRE, via Anna Blume, fri 10:00": "interview Fri 20 Nov 2026 10:00 CET · referred by Anna Blume",
    "Acme, SRE, fri 10:00, Ansprechpartner Herr Kunz": "interview Fri 20 Nov 2026 10:00 CET · with Herr Kunz",
    "Acme, SRE, übermorgen 10 Uhr": "interview Fri 20 Nov 2026 10:00 CET",
    "Acme, SRE, nächsten Montag 10 Uhr": "interview Mon 23 Nov 2026 10:00 CET",
    "Acme, SRE, nächste Woche Donnerstag 10 Uhr": "interview Thu 26 Nov 2026 10:00 CET",
    "Acme, SRE, lundi prochain 10h": "interview Mon 23 Nov 2026 10:00 CET",
    "Acme, SRE, le 24 novembre à 9h avec Marc Duval": "interview Tue 24 Nov 2026 09:00 CET · with Marc Duval",
    "Acme, SRE, morgen um halb drei": "interview Thu 19 Nov 2026 14:30 CET, in the afternoon",
    "Acme, SRE, fri viertel vor 9": "interview Fri 20 Nov 2026 08:45 CET",
    "Acme, SRE, fri 11-12, MS Teams": "interview Fri 20 Nov 2026 11:00–12:00 CET · video, Teams",
    "Acme, SRE, wed 25 nov, 2 pm, ann li (hr)": "interview Wed 25 Nov 2026 14:00 CET · with ann li (hr)",
    "Acme, SRE, fri 10am, zoom link https://vc.example/9": (
        "interview Fri 20 Nov 2026 10:00 CET · video, Zoom, https://vc.example/9"
    ),
    "Acme, SRE, job link: https://acme.example/9": "https://acme.example/9",
    "Senior Engineer, SRE at Acme": "",
    "Acme, SRE, fri 10:00, group interview": "interview Fri 20 Nov 2026 10:00 CET · note: group interview",
    "Acme, SRE, fri 10:00, with Bea Lim, HR": "interview Fri 20 Nov 2026 10:00 CET · with Bea Lim (HR)",
    "Company: Acme\nPosition: SRE\nDate: Tuesday, 24 November 2026\nTime: 10:00 - 11:00\nContact: Dana Ruiz": (
        "interview Tue 24 Nov 2026 10:00–11:00 CET · with Dana Ruiz"
    ),
    "Acme\nSRE\nThursday, 26 November 2026\n14:00\nwith Lucius Fox": (
        "interview Thu 26 Nov 2026 14:00 CET · with Lucius Fox"
    ),
}


@pytest.mark.parametrize("line", READ)
def test_a_line_is_read_as_it_was_meant(line: str) -> None:
    found = parse_quick_entry(line, now=WEDNESDAY, zone=BERLIN)
    role = "Senior Engineer, SRE" if line.startswith("Senior") else "SRE"
    assert (found.company, found.role, found.unread, found.problems) == ("Acme", role, (), ())
    assert describe_entry(found, BERLIN) == " · ".join(filter(None, ("Acme", role, READ[line])))


@pytest.mark.parametrize("part", ["401k", "2026", "10:00", "5 people", "room 4", "120", "k", "24/7"])
def test_a_number_without_money_is_no_pay(part: str) -> None:
    assert not is_pay(part)


@pytest.mark.parametrize(
    "part",
    [
        "CHF 90'000 - 100'000",
        "12 000 zł / month",
        "42 000 CHF par an",
        "₹18,00,000",
        "NZ$ 90,000 p.a.",
        "650 000 kr",
        "bis 60.000 € brutto",
        "€55k",
        "30.000 € al año",
        "R$ 9.000 por mes",
    ],
)
def test_pay_is_read_in_each_currency_that_a_sheet_may_name(part: str) -> None:
    assert is_pay(part)


@pytest.mark.parametrize("part", ["remote control engineer", "on site", "hybrid cloud engineer", "office manager"])
def test_a_work_mode_says_nothing_else(part: str) -> None:
    assert work_mode_of(part) is None


@pytest.mark.parametrize(
    ("typed", "name", "title"),
    [
        ("Prof. Dr. h.c. Ana de la Cruz", "Ana de la Cruz", "Prof. Dr. h.c."),
        ("Dr. rer. nat. Lea Stein", "Lea Stein", "Dr. rer. nat."),
        ("Prof. Dr.-Ing. habil. Max Kern", "Max Kern", "Prof. Dr.-Ing. habil."),
        ("Dr. Lea Stein", "Lea Stein", "Dr."),
    ],
)
def test_what_belongs_to_a_title_is_no_part_of_the_name(typed: str, name: str, title: str) -> None:
    (person,) = read_people(f"{typed} <x@acme.example>").people
    assert (person.name, person.title) == (name, title)


@pytest.mark.parametrize(
    ("said", "is_money"),
    [
        ("5'900.-", True),
        ("6'800/mt", True),
        (".68 cpm", True),
        (".60 a mile", True),
        ("14.12.", False),
        ("9.30", False),
        (".5 a", False),
    ],
)
def test_pay_may_be_written_by_the_mile_or_as_in_switzerland(said: str, is_money: bool) -> None:
    assert is_pay(said) is is_money
