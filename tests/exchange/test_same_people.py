"""One person under two names is one contact, and an address beside several people is nobody's alone."""

from __future__ import annotations

import pytest

from exchange.import_board import WEDNESDAY, ImportBoard, sheet
from followup_tui.domain.model.contact import Contact, Person
from followup_tui.exchange.exports.export_sheet import people_cells
from followup_tui.exchange.sheets.columns import CONTACT_FIELDS
from followup_tui.exchange.sheets.row_people import read_contacts

HEADER = "Company,Role,Status,Interview date,Contact,Phone,Interviewers"


def people(*rows: tuple[str, str, str]) -> list[str]:
    """Return who is known after importing one application in sheets that name these people."""
    board = ImportBoard()
    for row in rows:
        board.take(sheet(HEADER, [["Acme", "Dev", "Interviewed", "2026-11-16", *row]]))
    return [each.addressed for each in board.only().contacts]


@pytest.mark.parametrize(
    ("one", "other", "named"),
    [
        ("Noor A.", "Noor Aziz", ["Noor Aziz"]),
        ("Noor Aziz", "N. Aziz", ["Noor Aziz"]),
        ("Frau Özdemir", "Ayşe Özdemir", ["Frau Ayşe Özdemir"]),
        ("Herr Dr. Brandt", "Jens Brandt", ["Herr Dr. Jens Brandt"]),
        ("Dana", "Dana Ruiz", ["Dana Ruiz"]),
        ("Frau Brandt", "Herr Brandt", ["Frau Brandt", "Herr Brandt"]),
        ("N. A.", "Noor Aziz", ["N. A.", "Noor Aziz"]),
        ("Dana Ruiz", "Dana Lee", ["Dana Ruiz", "Dana Lee"]),
        ("J. Smith", "John Smith; Jane Smith", ["J. Smith", "John Smith", "Jane Smith"]),
    ],
)
def test_a_shorter_name_is_the_same_person_in_one_sheet_and_in_the_next(
    one: str, other: str, named: list[str]
) -> None:
    assert sorted(people((one, "", other))) == sorted(named)
    assert sorted(people((one, "", ""), (other, "", ""))) == sorted(named)


@pytest.mark.parametrize(
    ("name", "title"), [("Keil", "Frau"), ("Keil", "Dr."), ("Ayşe Özdemir", "Frau Dr."), ("Frau Keil", "CTO")]
)
def test_how_somebody_is_addressed_is_the_same_behind_an_export(name: str, title: str) -> None:
    contact = Contact(application_id="a", name=name, title=title, created_at=WEDNESDAY)
    cells = zip(CONTACT_FIELDS, people_cells([contact]), strict=True)
    people, rest = read_contacts({0: {field: str(text) for field, text in cells if text}})
    assert (people, rest) == ((Person(name, title=title),), [])


@pytest.mark.parametrize(
    ("contact", "phone"),
    [
        ("Walt Jensen & Rosa Diaz", "406-555-0113"),
        ("Walt Jensen & Rosa Diaz, 406-555-0113", ""),
    ],
)
def test_a_number_beside_several_people_is_kept_in_the_notes(contact: str, phone: str) -> None:
    board = ImportBoard()
    plan = board.take(sheet(HEADER, [["Acme", "Dev", "Interviewed", "2026-11-16", contact, phone, ""]]))
    assert [each.phone for each in board.only().contacts] == ["", ""]
    assert "406-555-0113" in board.only().application.notes
    assert "may be of any of 2 people" in plan.rows[0].why


@pytest.mark.parametrize("contact", ["Ann Li; Bo Chen, 406-555-0113", "Ann Li, Bo Chen 406-555-0113"])
def test_a_number_behind_a_name_of_its_own_is_that_persons(contact: str) -> None:
    board = ImportBoard()
    board.take(sheet(HEADER, [["Acme", "Dev", "Interviewed", "2026-11-16", contact, "", ""]]))
    assert [each.phone for each in board.only().contacts] == ["", "406-555-0113"]
