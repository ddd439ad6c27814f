"""The sheet as CSV and as a workbook: it is read back as it was, and nothing in it is a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from conftest import NOW, ZONE
from exchange.export_boards import company_of, exported, full_board, hostile_board, imported, write_rows
from followup_tui.domain.model.application import Answer, NextStep, Outcome, Stage, WorkMode
from followup_tui.domain.model.contact import Contact, ContactRole, Person
from followup_tui.domain.model.details import ApplicationDetails, Entity, Offer
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import DATE_NOT_GIVEN, Channel, Direction, Touch, TouchKind
from followup_tui.domain.parsing.people import read_people
from followup_tui.exchange.exports.export_formats import ExportFormat
from followup_tui.exchange.exports.export_sheet import NOT_READ_BACK, people_cells
from followup_tui.exchange.sheets.columns import CONTACT_FIELDS
from followup_tui.exchange.sheets.readable_text import defused, plain_cell
from followup_tui.exchange.sheets.row_people import read_contacts
from followup_tui.store.export_reader import export_snapshot

FORMULAS = ("=1+1", "+49 30 5550 0100", "-5", "@SUM(A1)", "\tx", "＝1", "＋1", "－1", "＠x", '=cmd|" /C calc"!A0')
SHEETS = (ExportFormat.CSV, ExportFormat.XLSX)


def board(place: Path) -> Path:
    """Applications in every stage with what a sheet can hold: rounds, thank-yous, people, tags, formulas."""
    rows: list[Entity] = []

    def add(number: int, **more: object) -> str:
        rows.append(replace(company_of(number), **more))  # type: ignore[arg-type]
        return rows[-1].id

    def meet(id: str, at: datetime, *, known: bool = True, end: int = 0, zone: str = ZONE) -> None:
        ends_at = at + timedelta(minutes=end) if end else None
        more = {"ends_at": ends_at, "zone": zone, "time_known": known}
        rows.append(Interview(application_id=id, starts_at=at, created_at=NOW, **more))  # type: ignore[arg-type]

    one = add(
        1, stage=Stage.INTERVIEWED, notes='=1+1\nsecond line, "quoted"', tags=("remote", "c++"),
        location="Berlin", url="https://jobs.example/a?id=7", source="LinkedIn", applied_on=date(2026, 10, 1),
        pay="=60-65k + bonus", referrer="Bob Lee", work_mode=WorkMode.ONSITE,
    )  # fmt: skip
    meet(one, NOW - timedelta(days=2))
    rows.append(
        Contact(
            application_id=one,
            name="Dana Ruiz",
            email="dana@acme.example",
            phone="+49 30 5550 0100",
            title="CTO",
            notes="she/her; met at PyCon",
            address="Acme Robotics\n5 Main St, Suite 3\n10115 Berlin",
            role=ContactRole.HIRING_MANAGER,
            reach_by=Channel.PHONE,
            created_at=NOW,
        )
    )
    two = add(2, stage=Stage.THANKED, company="-dash & Söhne GmbH", role='"quoted", comma; semicolon')
    meet(two, NOW - timedelta(days=3))
    meet(two, datetime(2026, 11, 25, 11, tzinfo=UTC), known=False)
    thanks = {"kind": TouchKind.THANK_YOU, "direction": Direction.OUT, "created_at": NOW}
    rows.append(Touch(application_id=two, at=NOW - timedelta(days=1), **thanks))  # type: ignore[arg-type]
    rows.append(Contact(application_id=two, name="Sam Lee", email="sam@x.example", created_at=NOW))
    later = NOW + timedelta(seconds=1)
    tom = Contact(
        application_id=two, name="Tom Fox", role=ContactRole.RECRUITER, reach_by=Channel.LINKEDIN, created_at=later
    )
    rows.append(replace(tom, notes="never on Fridays", address="=Postfach 7"))
    add(3, stage=Stage.AWAITING, company="'=x", notes="@me", location="''+1")
    four = add(4, stage=Stage.AWAITING)
    meet(four, NOW - timedelta(days=9), end=90)
    meet(four, NOW - timedelta(days=5), end=45, zone="America/New_York")
    meet(four, NOW - timedelta(days=4), zone="UTC-05:00")
    rows.append(Touch(application_id=four, at=NOW - timedelta(days=9), note=DATE_NOT_GIVEN, **thanks))  # type: ignore[arg-type]
    five = add(5, stage=Stage.AWAITING)
    meet(five, NOW - timedelta(days=6), zone="Asia/Tokyo")
    offer = {"made_at": NOW, "created_at": NOW, "day_known": False}
    rows.append(
        Offer(application_id=four, answer_by=date(2026, 12, 4), pay="=62k + bonus", start="Jan 11", **offer)
    )  # type: ignore[arg-type]
    said = {"answer": Answer.DECIDE_BY, "said_at": NOW, "created_at": NOW}
    rows.append(NextStep(application_id=five, by_on=date(2026, 12, 2), **said))  # type: ignore[arg-type]
    for turn, outcome in enumerate((*Outcome, None)):
        add(6 + turn, stage=Stage.MOVED_ON, outcome=outcome)
    return write_rows(place, *rows)


def details_of(place: Path) -> Sequence[ApplicationDetails]:
    with export_snapshot(place) as snapshot:
        return snapshot.applications((Contact, Interview, Touch, Offer, NextStep))


def told(details: ApplicationDetails) -> tuple[object, ...]:
    """What a sheet holds of an application."""
    application = details.application
    return (
        application.company, application.role, application.stage, application.outcome, application.url,
        application.location, application.source, application.applied_on, application.tags, application.notes,
        [(each.starts_at, each.ends_at, each.zone, each.time_known) for each in details.interviews],
        application.pay, application.referrer, application.work_mode,
        [(each.person, each.address) for each in details.contacts],
        [(each.answer_by, each.pay, each.start) for each in details.offers],
        [(each.answer, each.by_on, each.by_at) for each in details.next_steps],
        [each.day_known and each.at for each in details.touches if each.kind is TouchKind.THANK_YOU],
    )  # fmt: skip


def cells(workbook: bytes) -> list[list[object]]:
    """The cells of a workbook's first sheet."""
    return [[*row] for row in CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()]


@pytest.mark.parametrize("format", SHEETS)
def test_a_sheet_read_back_gives_the_same_applications_stages_and_people(
    tmp_path: Path, database: Path, format: ExportFormat
) -> None:
    place = board(tmp_path / "board.db")
    content = exported(place, format)
    plan = imported(database, content, f"sheet.{format.value}").plan
    assert {row.result.value for row in plan.rows} == {"new"}
    assert plan.dropped == 0
    before, after = (list(map(told, details_of(each))) for each in (place, database))
    # Who was closed without an outcome can only be called so.
    assert after[:-1] == before[:-1]
    assert after[-1][:2] == before[-1][:2]


@pytest.mark.parametrize("format", SHEETS)
def test_a_sheet_over_its_own_database_changes_nothing(tmp_path: Path, format: ExportFormat) -> None:
    place = full_board(tmp_path / "board.db")
    before = exported(place)
    imported(place, exported(place, format), f"sheet.{format.value}", take_all=True)
    assert exported(place) == before


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Anna Schmidt", "Frau Dr."),
        ("Bo Chen", "Prof."),
        ("Dana Ruiz", "CTO"),
        ("Dana Ruiz", "Head of R&D"),
        ("Cy Young", "VP; Ops"),
        ("Ann Li", ""),
    ],
)
@pytest.mark.parametrize("several", [False, True])
def test_a_title_comes_back_with_its_person(name: str, title: str, several: bool) -> None:
    people = [Contact(application_id="a", name=name, title=title, email="x@acme.example", created_at=NOW)]
    people += [Contact(application_id="a", name="Sam Lee", created_at=NOW)] if several else []
    cells = dict(zip(CONTACT_FIELDS, people_cells(people), strict=True))
    found, rest = read_contacts({0: {field: str(cell) for field, cell in cells.items() if cell}})
    assert [(each.name, each.title) for each in found] == [(each.name, each.title) for each in people]
    assert found[0].email == "x@acme.example"
    assert rest == []


def test_pay_referrer_work_mode_and_roles_fill_what_is_empty(database: Path) -> None:
    write_rows(database, company_of(1))
    (before,) = details_of(database)
    role, company = before.application.role, before.application.company
    sheet = (
        "Company,Role,Status,Pay,Referrer,Work mode,Contact name\n"
        f'{company},{role},Interviewed,60k,Bob Lee,Remote,"Tom Fox, recruiter, best by phone"\n'
        "Globex,SRE,Interviewed,,,four days at home,\n"
    )
    imported(database, sheet.encode(), "sheet.csv")
    one, other = details_of(database)
    assert (one.application.pay, one.application.referrer, one.application.work_mode) == (
        "60k",
        "Bob Lee",
        "remote",
    )
    assert [(each.role, each.reach_by) for each in one.contacts] == [(ContactRole.RECRUITER, Channel.PHONE)]
    assert (other.application.work_mode, other.application.notes) == (None, "Work mode: four days at home")


def test_a_decision_an_address_and_an_offer_fill_what_is_empty_and_never_replace(database: Path) -> None:
    head = "Company,Role,Status,They decide by,Answer by,Offer pay,Offer start,Contact name,Contact address\n"
    rows = (
        "Acme,Dev,Interviewed,,,,,Dana Ruiz,\n",
        "Acme,Dev,Interviewed,2026-12-02,,,,Dana Ruiz,5 Main St\n",
        "Acme,Dev,Interviewed,2026-12-09,,,,Dana Ruiz,7 Side St\n",
        "Acme,Dev,Offer,2026-12-09,2026-12-11,62k,January,Dana Ruiz,7 Side St\n",
        "Globex,SRE,Interviewed,soon,,70k,,,Rome\n",
    )
    for row in rows:
        imported(database, (head + row).encode(), "sheet.csv")
    acme, globex = details_of(database)
    assert [(each.answer, each.by_on) for each in acme.next_steps] == [(Answer.DECIDE_BY, date(2026, 12, 2))]
    assert [each.address for each in acme.contacts] == ["5 Main St"]
    assert [(each.answer_by, each.pay, each.start) for each in acme.offers] == [
        (date(2026, 12, 11), "62k", "January")
    ]
    assert (globex.next_steps, globex.offers, globex.contacts) == ((), (), ())
    kept = {"They decide by: soon", "Offer pay: 70k", "Contact: Rome"}
    assert set(globex.application.notes.split("\n")) == kept


def test_several_people_stand_in_one_cell_that_is_read_as_people_again(tmp_path: Path) -> None:
    one = company_of(1)
    people = (
        Person("Sam Lee", "sam@x.example", "+1 212 555 0100", title="CTO"),
        Person("Kim Park", "kim@x.example", link="https://people.example/kim"),
        Person("", "jobs@x.example", "+49 30 5550 0100"),
    )
    contacts = [
        Contact(
            application_id=one.id, name=each.name or each.email, email=each.email, phone=each.phone,
            title=each.title, link=each.link, created_at=NOW + timedelta(seconds=turn),
        )
        for turn, each in enumerate(people)
    ]  # fmt: skip
    content = exported(write_rows(tmp_path / "board.db", one, *contacts), ExportFormat.CSV)
    headers, row = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    assert read_people(row[headers.index("Contact name")]).people == (people[2], *people[:2])


@pytest.mark.parametrize("title", ["", "CTO"])
@pytest.mark.parametrize("mail", ["", "sam@x.example"])
@pytest.mark.parametrize("is_first", [True, False])
def test_an_address_without_a_name_never_goes_to_somebody_else(title: str, mail: str, is_first: bool) -> None:
    contacts = [
        Contact(application_id="a", name="info@a.example", email="info@a.example", title=title, created_at=NOW),
        Contact(application_id="a", name="Sam Lee", email=mail, created_at=NOW),
    ]
    cell, *_ = people_cells(contacts if is_first else contacts[::-1])
    assert [(one.name, one.email, one.title) for one in read_people(str(cell)).people] == [
        ("", "info@a.example", title),
        ("Sam Lee", mail, ""),
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_file_begins_like_a_formula(tmp_path: Path, text: str) -> None:
    one = replace(company_of(1), company=text, role=text, notes=text, url=text, location=text, tags=(text,))
    contact = Contact(application_id=one.id, name=text, email=text, phone=text, created_at=NOW)
    content = exported(write_rows(tmp_path / "board.db", one, contact), ExportFormat.CSV)
    _, row = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
    assert [cell for cell in row if cell.startswith(tuple("=+-@\t\r＝＋－＠"))] == []
    assert row[-1] == f"'{text}"


@given(st.text(st.sampled_from("'=+-@＝\tab \n"), max_size=6))
def test_what_is_defused_comes_back_as_it_was(text: str) -> None:
    text = text.strip()
    assert plain_cell(defused(text)).text == text


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path, text: str) -> None:
    one = replace(company_of(1), company=text, notes=text)
    content = exported(write_rows(tmp_path / "board.db", one), ExportFormat.XLSX)
    with ZipFile(BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet.lower()


def test_a_workbook_has_real_dates_and_a_frozen_header(tmp_path: Path) -> None:
    content = exported(board(tmp_path / "board.db"), ExportFormat.XLSX)
    rows = cells(content)
    by_header = dict(zip(rows[0], zip(*rows[1:], strict=True), strict=True))
    assert by_header["Date applied"][0] == date(2026, 10, 1)
    assert by_header["Interview 1"][0] == datetime(2026, 11, 20, 10)  # noqa: DTZ001 a cell has no zone
    assert by_header["Interview 2"][1] == date(2026, 11, 25)
    with ZipFile(BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in sheet
    assert 'ySplit="1"' in sheet


def test_a_note_longer_than_a_cell_is_cut_with_a_sign(tmp_path: Path) -> None:
    place = write_rows(tmp_path / "board.db", replace(company_of(1), notes="x" * 40_000))
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(exported(place, ExportFormat.XLSX)))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert len(str(rows[1][-1])) == 32_767
    assert str(rows[1][-1]).endswith("…")


def test_the_columns_that_no_import_reads_are_only_those_of_the_playbook(tmp_path: Path, database: Path) -> None:
    content = exported(full_board(tmp_path / "full.db"), ExportFormat.CSV)
    remarks = imported(database, content, "sheet.csv", take_all=True).plan.remarks
    ignored = [remark for remark in remarks if "nothing is taken" in remark]
    assert ignored == [f"sheet.csv: nothing is taken from the columns {', '.join(NOT_READ_BACK)}."]


def test_a_csv_file_says_utf8_and_ends_its_lines_as_spreadsheets_do(tmp_path: Path) -> None:
    content = exported(full_board(tmp_path / "full.db"), ExportFormat.CSV)
    assert content.startswith(b"\xef\xbb\xbfCompany,Role,Status,")
    assert content.endswith(b"\r\n")


@pytest.mark.parametrize("format", SHEETS)
def test_hostile_text_drives_nothing_and_stays_in_its_cell(tmp_path: Path, format: ExportFormat) -> None:
    content = exported(hostile_board(tmp_path / "hostile.db"), format)
    if format is ExportFormat.CSV:
        text = content.decode()
        rows = list(csv.reader(StringIO(text, newline="")))
    else:
        rows = [
            list(map(str, row))
            for row in CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        ]
        text = str(rows)
    assert len(rows) == 2
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
    assert "owned" in rows[1][0]


def test_an_empty_database_gives_a_sheet_with_its_header(database: Path) -> None:
    assert exported(database, ExportFormat.CSV).decode().count("\r\n") == 1
    assert exported(database, ExportFormat.XLSX).startswith(b"PK")


NOTES = (
    "she/her; met at PyCon",
    "line one\nline two",
    "x@y.example is her assistant",
    "+49 30 999 1234 in the morning",
    "https://x.example/p",
    "(half day)",
    "TBD",
    "=1+1",
    "Sam Lee: knows him",
)
"""What would be read as something else if it stood behind a name."""


@pytest.mark.parametrize("format", SHEETS)
@pytest.mark.parametrize("people", [("Dana Ruiz",), ("Dana Ruiz", "Sam Lee"), ("info@a.example",)])
def test_what_is_noted_of_a_person_comes_back_word_for_word(
    tmp_path: Path, format: ExportFormat, people: tuple[str, ...]
) -> None:
    for number, notes in enumerate(NOTES):
        one = company_of(number + 1)
        contacts = [
            Contact(
                application_id=one.id, name=name, email=name if "@" in name else "", notes=notes,
                created_at=NOW + timedelta(seconds=turn),
            )
            for turn, name in enumerate(people)
        ]  # fmt: skip
        place, other = tmp_path / f"{number}.db", tmp_path / f"{number}-back.db"
        content = exported(write_rows(place, one, *contacts), format)
        imported(other, content, f"sheet.{format.value}", take_all=True)
        (found,) = details_of(other)
        assert [each.notes for each in found.contacts] == [notes] * len(people)
        assert [each.label for each in found.contacts] == list(people)
        assert found.application.notes == ""


@pytest.mark.parametrize(
    ("people", "cell", "notes", "kept"),
    [
        ("Dana Ruiz", "met at a fair", ["met at a fair"], ""),
        ("Dana Ruiz; Sam Lee", "Sam Lee: met at a fair", ["", "met at a fair"], ""),
        ("Dana Ruiz; Sam Lee", "met at a fair", ["", ""], "Contact: met at a fair"),
        ("", "met at a fair", [], "Contact: met at a fair"),
    ],
)
def test_notes_on_contacts_of_any_sheet_go_to_the_person_or_into_the_notes(
    database: Path, people: str, cell: str, notes: list[str], kept: str
) -> None:
    sheet = f"Company,Role,Status,Contact,Contact notes\nAcme,Dev,Interviewed,{people},{cell}\n"
    imported(database, sheet.encode(), "sheet.csv")
    (found,) = details_of(database)
    assert [each.notes for each in found.contacts] == notes
    assert found.application.notes == kept
