"""A column that is only called "Date": the day of applying, or the interview's; and rows that lack something."""

from __future__ import annotations

from datetime import date

import pytest

from exchange.import_board import ImportBoard, sheet
from followup_tui.domain.model.application import Application, Stage
from followup_tui.exchange.plan import PlannedRow, RowResult

FURTHER = ("Dee,Nurse,Applied,12.11.2026", "Ebb,Cook,Rejected,10.11.2026")
"""Rows below the one that is looked at: days without an hour, so that hours are written by hand."""


def board_of(row: str, *others: str, header: str = "Company,Role,Stage,Date") -> ImportBoard:
    board = ImportBoard()
    board.take(sheet(header, [row, *others]))
    return board


def first(board: ImportBoard) -> Application:
    return board.applications[0]


def starts(board: ImportBoard) -> list[str]:
    rounds = board.details[first(board).id].interviews
    return [str(each.starts_at)[:16] for each in rounds]


def why(board: ImportBoard, row: str, header: str = "Company,Role,Stage,Date") -> PlannedRow:
    return board.plan(sheet(header, [row, *FURTHER])).rows[0]


@pytest.mark.parametrize("status", ["Onsite scheduled", "Interview", "2nd round", "Vorstellungsgespräch"])
@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("2026-12-03 14:00", "2026-12-03 13:00"),
        ("03.12.2026 14:00", "2026-12-03 13:00"),
        ("3 Dec 2pm", "2026-12-03 13:00"),
        ("2026-11-13 09:30", "2026-11-13 08:30"),
        ("2026-12-03", "2026-12-03 11:00"),
    ],
)
def test_a_date_beside_an_interview_is_that_of_the_interview(status: str, said: str, start: str) -> None:
    board = board_of(f"Acme,Dev,{status},{said}", *FURTHER)
    assert starts(board) == [start]
    assert first(board).applied_on is None
    assert [each.applied_on for each in board.applications[1:]] == [date(2026, 11, 12), date(2026, 11, 10)]


@pytest.mark.parametrize("status", ["interviewed - thanked Ken 14/11", "Thank-you sent", "thanked"])
def test_a_date_with_an_hour_beside_a_thank_you_is_that_of_the_interview(status: str) -> None:
    board = board_of(f"Acme,Dev,{status},13.11.2026 09:30", *FURTHER)
    assert starts(board) == ["2026-11-13 08:30"]
    assert first(board).stage is Stage.THANKED
    assert first(board).applied_on is None


@pytest.mark.parametrize("status", ["Interview", "Phone screen", "Applied", "Thank-you sent"])
def test_a_past_date_without_an_hour_is_the_day_of_applying(status: str) -> None:
    board = board_of(f"Acme,Dev,{status},13.11.2026", *FURTHER)
    assert first(board).applied_on == date(2026, 11, 13)
    assert starts(board) == []


@pytest.mark.parametrize("status", ["Applied", "Rejected", "Offer", ""])
@pytest.mark.parametrize("header", ["Company,Role,Stage,Date", "Company,Role,Stage,Date applied"])
def test_a_day_to_come_is_never_the_day_of_applying(status: str, header: str) -> None:
    row = f"Acme,Dev,{status},2026-12-03"
    board = board_of(row, *FURTHER, header=header)
    assert first(board).applied_on is None
    assert starts(board) == []
    assert "2026-12-03" in first(board).notes
    assert "is still to come, so it isn't the day of applying" in why(ImportBoard(), row, header).why


def test_a_column_for_applying_by_name_has_no_interviews() -> None:
    board = board_of("Acme,Dev,Interview,2026-12-03 14:00", *FURTHER, header="Company,Role,Stage,Date applied")
    assert starts(board) == []
    assert "2026-12-03 14:00" in first(board).notes


def test_hours_that_a_program_writes_are_no_interviews() -> None:
    board = board_of(
        "Acme,Dev,Interview,2026-11-03 14:07",
        "Dee,Nurse,Applied,2026-11-04 09:22",
        "Ebb,Cook,Rejected,2026-11-01 08:01",
    )
    assert [each.applied_on for each in board.applications] == [date(2026, 11, day) for day in (3, 4, 1)]
    assert starts(board) == []


def test_the_report_says_how_a_mere_date_is_read() -> None:
    said = ImportBoard().plan(sheet("Company,Role,Stage,Date", FURTHER)).remarks
    assert any("“Date” was read as the day of applying" in one and '--map "interview=Date"' in one for one in said)
    said = ImportBoard().plan(sheet("Company,Role,Stage,Date applied", FURTHER)).remarks
    assert not any("day of applying" in one for one in said)


@pytest.mark.parametrize("said", ["31.11.2026", "2026-02-30", "32 Dec 2026", "KW 49"])
def test_a_row_goes_in_with_an_interview_on_a_day_that_no_calendar_has(said: str) -> None:
    header, row = "Company,Role,Status,Interview date", f"Acme,Dev,Interview,{said}"
    planned = why(ImportBoard(), row, header)
    assert (planned.result, planned.is_remarked) == (RowResult.NEW, True)
    assert said in planned.why
    board = board_of(row, header=header)
    assert first(board).stage is Stage.INTERVIEWED
    assert f"Interview date: {said}" in first(board).notes


def test_without_a_status_such_a_row_is_not_read() -> None:
    planned = why(ImportBoard(), "Acme,Dev,,31.11.2026", "Company,Role,Status,Interview date")
    assert planned.result is RowResult.ERROR


def test_rows_without_a_role_get_the_one_that_is_said() -> None:
    board, text = (
        ImportBoard(),
        sheet("Company,Role,Status", ["Acme,,Interview", "Bolt,Dev,Interview", ",,Interview"]),
    )
    assert [(row.result, row.role) for row in board.plan(text).rows] == [
        (RowResult.ERROR, ""),
        (RowResult.NEW, "Dev"),
        (RowResult.ERROR, ""),
    ]
    assert '--role "…"' in board.plan(text).rows[0].why
    planned = board.plan(text, role="Nurse")
    assert [row.role for row in planned.rows] == ["Nurse", "Dev", ""]
    planned = board.plan(sheet("Company,Status", ["Acme,Interview"]), role="Nurse")
    assert [row.role for row in planned.rows] == ["Nurse"]


def test_a_long_status_is_quoted_between_words_and_its_option_is_whole() -> None:
    status = "Waiting for the zorblax committee to convene after the holidays"
    text = sheet("Company,Role,Status", [f"Acme,Dev,{status}"])
    plan = ImportBoard().plan(text, take_all=False)
    for said in (plan.rows[0].why, *plan.remarks):
        assert "“Waiting for the zorblax committee to…”" in said
        assert f'--status "{status}=awaiting"' in said


@pytest.mark.parametrize(
    ("header", "status", "said"),
    [
        ("Applied on", "Interview", "31.11.2026"),
        ("Thanked on", "Interview", "2026-02-30"),
        ("Answer by", "Offer", "31.11.2026"),
    ],
)
def test_an_impossible_day_of_anything_else_is_remarked_and_kept(header: str, status: str, said: str) -> None:
    text = f"Company,Role,Status,Interview date,{header}"
    row = f"Acme,Dev,{status},2026-11-10,{said}"
    planned = why(ImportBoard(), row, text)
    assert (planned.result, planned.is_remarked) == (RowResult.NEW, True)
    assert f"“{said}” under “{header}”" in planned.why
    assert f"{header}: {said}" in first(board_of(row, header=text)).notes


def test_days_to_come_tell_that_a_date_is_the_interviews() -> None:
    board = ImportBoard()
    plan = board.take(sheet("Company,Role,Date", ["Acme,Dev,12.11.2026", "Borg,Dev,24.11.2026"]), take_all=False)
    assert [len(each.interviews) for each in board.details.values()] == [1, 1]
    assert any("has days to come" in remark for remark in plan.remarks)


@pytest.mark.parametrize(("status", "count"), [("Interview", 1), ("Applied", 0), ("", 0)])
def test_a_past_date_is_the_interviews_only_if_all_days_to_come_are(status: str, count: int) -> None:
    board = ImportBoard()
    rows = ["Acme,Dev,Interview,12.11.2026", f"Borg,Dev,{status},24.11.2026"]
    board.take(sheet("Company,Role,Status,Date", rows))
    acme = next(each for each in board.details.values() if each.application.company == "Acme")
    assert len(acme.interviews) == count
