"""Columns that belong together: people with their addresses, interviews with their hours, headers in two lines."""

from __future__ import annotations

import pytest

from followup_tui.domain.model.contact import Person
from followup_tui.exchange.sheets.column_match import match_columns
from followup_tui.exchange.sheets.columns import ImportField
from followup_tui.exchange.sheets.row_people import read_contacts
from followup_tui.exchange.sheets.row_texts import RowTexts, split_card
from followup_tui.exchange.sheets.table import with_groups


def texts_of(headers: str, cells: str) -> RowTexts:
    return RowTexts(cells.split("|"), match_columns(headers.split("|"), {}))


@pytest.mark.parametrize(
    ("headers", "cells", "rounds"),
    [
        (
            "Interview 1|Interview 1 time|Interview 2|Interview 2 time",
            "2 Oct|10:00|9 Oct|14:00",
            "2 Oct 10:00\n9 Oct 14:00",
        ),
        ("Screen date|Screen time|Onsite date|Onsite time", "2 Oct|10:00||14:00", "2 Oct 10:00"),
        ("Interview Time|Interview Date", "10:00|2 Oct", "2 Oct 10:00"),
        ("Interview Time", "2 Oct 10:00", "2 Oct 10:00"),
    ],
)
def test_each_hour_goes_to_its_own_day(headers: str, cells: str, rounds: str) -> None:
    assert "\n".join(each.text for each in texts_of(headers, cells).rounds) == rounds


def test_an_hour_without_its_day_is_kept_in_the_notes() -> None:
    assert (
        texts_of("Screen date|Screen time|Onsite date|Onsite time", "2 Oct|||14:00").notes
        == "Interview time: 14:00"
    )


ANN, BO = Person("Ann Li", "ann@x.example"), Person("Bo Chen", "hm@x.example")


@pytest.mark.parametrize(
    ("headers", "cells", "people"),
    [
        (
            "Recruiter|Recruiter email|Hiring manager|HM email",
            "Ann Li|ann@x.example|Bo Chen|hm@x.example",
            (ANN, BO),
        ),
        (
            "Recruiter|Hiring manager|Recruiter email|Hiring manager email",
            "Ann Li|Bo Chen|ann@x.example|hm@x.example",
            (ANN, BO),
        ),
        (
            "Contact|Contact email|Contact 2|Contact 2 email",
            "Ann Li|ann@x.example|Bo Chen|hm@x.example",
            (ANN, BO),
        ),
        (
            "Recruiter|Recruiter email|Hiring manager|HM email",
            "|ann@x.example|Bo Chen|",
            (Person("", "ann@x.example"), Person("Bo Chen")),
        ),
        ("Recruiter|Interviewer|Notes|Contact email", "Ann Li|Bo Chen||ann@x.example", (ANN, Person("Bo Chen"))),
        (
            "Interlocuteur|Coordonnées",
            "Ann Li|ann@x.example / 030 7654321",
            (Person("Ann Li", "ann@x.example", "030 7654321"),),
        ),
        ("Contact info", "Ann Li, ann@x.example", (ANN,)),
    ],
)
def test_each_address_goes_to_its_own_person(headers: str, cells: str, people: tuple[Person, ...]) -> None:
    assert read_contacts(texts_of(headers, cells).contacts)[0] == people


@pytest.mark.parametrize(
    ("above", "headers", "read"),
    [
        (
            "||1st interview||2nd interview|",
            "Company|Role|Date|With|Date|With",
            "Company|Role|1st interview Date|1st interview With|2nd interview Date|2nd interview With",
        ),
        (
            "JOB||INTERVIEW||CONTACT",
            "Company|Title|Date|Location|Name",
            "Company|JOB Title|INTERVIEW Date|INTERVIEW Location|CONTACT Name",
        ),
        (
            "Bewerbung||Gespräch||Stand",
            "Firma|Stelle|Datum|Uhrzeit|",
            "Firma|Stelle|Gespräch Datum|Gespräch Uhrzeit|Stand",
        ),
        ("My jobs||||", "Company|Role|Date|Link|Notes", "Company|Role|Date|Link|Notes"),
        ("2026|12|3", "Company|Role|Date|Link", "Company|Role|Date|Link"),
        ("Acme|Dev|Berlin", "Company|Role|Location", "Company|Role|Location"),
    ],
)
def test_a_header_in_two_lines_says_both(above: str, headers: str, read: str) -> None:
    assert with_groups(above.split("|"), headers.split("|")) == read.split("|")


@pytest.mark.parametrize(
    ("title", "header", "company", "role"),
    [
        ("Acme - Backend developer", "Card Name", "Acme", "Backend developer"),
        ("Backend developer - Acme", "Card Name", "Acme", "Backend developer"),
        ("Backend developer at Acme", "Name", "Acme", "Backend developer"),
        ("Acme – SRE – Berlin", "Name", "Acme", "SRE – Berlin"),
        ("Müller & Co: Köchin", "Card Name", "Müller & Co", "Köchin"),
        ("SRE @ Acme", "Card Name", "Acme", "SRE"),
        ("Wizard / Acme", "Role / Company", "Acme", "Wizard"),
    ],
)
def test_a_card_names_company_and_role(title: str, header: str, company: str, role: str) -> None:
    assert split_card(title, header) == {ImportField.COMPANY: company, ImportField.ROLE: role}


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ("Name|Status|Applied", ["company and role", "status", "date applied"]),
        ("Name|Role|Status", ["company", "role", "status"]),
        ("Task Name|Company|Status", ["role", "company", "status"]),
        ("Name|Company|Status", ["company", "status"]),  # whose name?
        ("Name|Role|Email|Status", ["role", "contact mail", "status"]),
        ("Name|Email|Phone", ["contact mail", "contact phone"]),
        ("Company|Role|Status|Outcome|Interview status", ["company", "role", "status", "status"]),
        ("Company|Role|Recruiter email|Email", ["company", "role", "contact mail"]),
    ],
)
def test_a_title_is_what_no_other_column_says(headers: str, fields: list[str]) -> None:
    assert [column.field.value for column in match_columns(headers.split("|"), {})] == fields
