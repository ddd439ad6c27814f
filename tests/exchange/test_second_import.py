"""The same sheet two weeks later: what was only applied for, and interviews whose day was changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from exchange.import_board import ZONE, ImportBoard, sheet
from followup_tui.domain.model.change import Edit
from followup_tui.exchange.plan import RowResult

NOVEMBER = datetime(2026, 11, 30, 10, tzinfo=ZONE)
DECEMBER = datetime(2026, 12, 14, 10, tzinfo=ZONE)
ROUNDS = "Company,Role,Status,1st interview,2nd interview,Thank you sent"
APPLIED = "Company,Role,Status,Applied,Notes"


def test_what_was_only_applied_for_is_the_same_without_all_too() -> None:
    board = ImportBoard(NOVEMBER)
    rows = [["Acme", "Dev", "applied", "2.11.2026", ""], ["Borg", "Dev", "applied", "3.11.2026", ""]]
    board.take(sheet(APPLIED, rows[:1]))
    plan = board.take(sheet(APPLIED, rows), take_all=False)
    assert [row.result for row in plan.rows] == [RowResult.SAME, RowResult.SKIPPED]
    assert plan.change is None
    assert "no interview yet" in plan.rows[1].why
    rows[0][4] = "ask about Go"
    plan = board.take(sheet(APPLIED, rows), take_all=False)
    assert plan.rows[0].result is RowResult.MERGED
    assert board.only().application.notes == "ask about Go"


@pytest.mark.parametrize(
    "row", ["Acme,Senior Dev,applied,2.11.2026,", "Acme,Dev,applied,12.12.2026,", "Acme,Dev,saved,,"]
)
def test_another_one_that_was_only_applied_for_is_left_out(row: str) -> None:
    board = ImportBoard(DECEMBER)
    board.take(sheet(APPLIED, ["Acme,Dev,rejected,2.11.2026,"]))
    plan = board.take(sheet(APPLIED, [row]), take_all=False)
    assert (plan.rows[0].result, plan.change) == (RowResult.SKIPPED, None)


def moved(first: str, second: str, header: str = ROUNDS) -> ImportBoard:
    """Import a row, and two weeks later the same with other days."""
    board = ImportBoard(NOVEMBER)
    board.take(sheet(header, [f"Acme,Dev,Interview,{first}"]))
    board.now = DECEMBER
    board.take(sheet(header, [f"Acme,Dev,Interview,{second}"]))
    return board


@pytest.mark.parametrize(
    ("first", "second", "starts"),
    [
        ("08.12.2026 14:30,,", "10.12.2026 14:30,,", ["10.12. 14:30"]),
        ("08.12.2026 14:30,,", "17.12.2026 14:30,,", ["17.12. 14:30"]),
        (
            "20.11.2026 9:00,08.12.2026 14:30,",
            "20.11.2026 9:00,10.12.2026 14:30,",
            ["20.11. 09:00", "10.12. 14:30"],
        ),
        ("08.12.2026 14:30,,", "08.12.2026 14:30,10.12.2026 14:30,", ["08.12. 14:30", "10.12. 14:30"]),
        ("08.12.2026 14:30,,", "10.12.2026 14:30,,11.12.2026", ["08.12. 14:30", "10.12. 14:30"]),
    ],
)
def test_a_past_interview_whose_day_was_changed_in_its_column_is_moved(
    first: str, second: str, starts: list[str]
) -> None:
    assert moved(first, second).starts() == starts


def test_one_column_for_all_rounds_may_hold_the_next_one() -> None:
    header = "Company,Role,Status,Interview date"
    assert moved("08.12.2026 14:30", "10.12.2026 14:30", header).starts() == ["08.12. 14:30", "10.12. 14:30"]


@pytest.mark.parametrize(
    ("status", "starts"),
    [
        ("Round 1 rescheduled", ["26.11. 09:00"]),
        ("Interview booked", ["26.11. 09:00"]),
        ("Eingeladen", ["26.11. 09:00"]),
        ("R2 scheduled", ["16.11. 09:00", "26.11. 09:00"]),
        ("Onsite scheduled", ["16.11. 09:00", "26.11. 09:00"]),
        ("Interviewed", ["16.11. 09:00", "26.11. 09:00"]),
    ],
)
def test_another_day_in_the_only_column_is_the_same_interview_if_the_status_says_so(
    status: str, starts: list[str]
) -> None:
    header = "Company,Role,Status,Interview date"
    board = ImportBoard(NOVEMBER - timedelta(days=15))
    board.take(sheet(header, ["Acme,Dev,Scheduled,16.11.2026 9:00"]))
    board.now += timedelta(days=6)
    plan = board.take(sheet(header, [f"Acme,Dev,{status},26.11.2026 9:00"]))
    assert board.starts() == starts
    assert "If the one on Mon 16 Nov" in plan.rows[0].why


def test_an_interview_with_a_note_took_place() -> None:
    board = ImportBoard(NOVEMBER)
    board.take(sheet(ROUNDS, ["Acme,Dev,Interview,08.12.2026 14:30,,"]))
    board.now = DECEMBER
    (interview,) = board.only().interviews
    board.edit([Edit(interview, replace(interview, notes="They use Go"))])
    board.take(sheet(ROUNDS, ["Acme,Dev,Interview,10.12.2026 14:30,,"]))
    assert board.starts() == ["08.12. 14:30", "10.12. 14:30"]


@pytest.mark.parametrize(
    ("status", "notes", "kept"),
    [
        ("Interviewed", "nice people", "nice people"),
        ("Interviewed", "", ""),
        ("on hold until Jan", "nice people", "nice people\nStatus: on hold until Jan"),
    ],
)
def test_a_status_that_the_sheet_no_longer_says_leaves_the_notes(status: str, notes: str, kept: str) -> None:
    board = ImportBoard(NOVEMBER)
    board.take(sheet(APPLIED, [["Acme", "Dev", "phone screen done, waiting", "2.11.2026", notes]]))
    assert "Status: phone screen done, waiting" in board.only().application.notes
    board.take(sheet(APPLIED, [["Acme", "Dev", status, "2.11.2026", notes]]))
    assert board.only().application.notes == kept
