"""A later sheet that lacks an interview: it stays, and is named unless the sheet only ever had the newest."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from exchange.import_board import ImportBoard
from exchange.test_updates import bring, imported, line, user_interview


def rounds(board: ImportBoard) -> list[date]:
    return [each.starts_at.date() for each in board.only().interviews]


@pytest.mark.parametrize("emptied", ["", "-", "TBD", "no"])
def test_an_interview_that_the_sheet_no_longer_has_stays_and_is_named(emptied: str) -> None:
    board = imported(Interview_date="2026-11-24 10:00")
    row = bring(board, line(Interview_date=emptied))
    assert "The interview on Tue 24 Nov stays here, though the sheet no longer has it." in row.why
    assert row.is_remarked
    assert rounds(board) == [date(2026, 11, 24)]


def test_a_column_of_the_next_interview_says_nothing_about_the_one_before() -> None:
    board = imported(Interview_date="2026-11-10 10:00")
    row = bring(board, line(Interview_date="2026-11-24 10:00"))
    assert "no longer has it" not in row.why
    row = bring(board, line(Interview_date="2026-11-24 10:00", Notes="bring the portfolio"))
    assert "no longer has it" not in row.why
    assert rounds(board) == [date(2026, 11, 10), date(2026, 11, 24)]


def test_an_interview_that_was_moved_in_the_sheet_or_here_is_not_missed() -> None:
    board = imported(Interview_date="2026-11-24 10:00")
    row = bring(board, line(Interview_date="2026-11-26 10:00"))
    assert "no longer has it" not in row.why
    user_interview(board, starts_at=datetime(2026, 11, 27, 9, tzinfo=UTC))
    assert "no longer has it" not in bring(board, line(Notes="moved")).why


def test_an_interview_that_was_cancelled_here_is_not_missed() -> None:
    board = imported(Interview_date="2026-11-24 10:00")
    user_interview(board, cancelled_at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert "no longer has it" not in bring(board, line()).why


def test_a_sheet_without_a_column_of_interviews_misses_none() -> None:
    board = imported(Interview_date="2026-11-24 10:00")
    row = board.take("Company,Role,Status,Notes\nAcme,Dev,Interview,bring the portfolio\n").rows[0]
    assert "no longer has it" not in row.why


def test_of_several_columns_each_interview_that_was_emptied_is_named() -> None:
    board = ImportBoard()
    board.take("Company,Role,Status,Interview 1,Interview 2\nAcme,Dev,Interview,2026-11-10,2026-11-24\n")
    (row,) = board.take("Company,Role,Status,Interview 1,Interview 2\nAcme,Dev,Interview,,2026-11-24\n").rows
    assert "The interview on Tue 10 Nov stays here, though the sheet no longer has it." in row.why
    assert rounds(board) == [date(2026, 11, 10), date(2026, 11, 24)]
