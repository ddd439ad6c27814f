"""A role that is renamed in the sheet: the same application if nothing else changed, else a remark."""

from __future__ import annotations

import pytest

from exchange.import_board import ImportBoard, sheet
from followup_tui.exchange.plan import RowResult

HEADER = "Company,Role,Status,Applied,Interview,Contact,Notes"
OLD = "Zephyr Transit,Software Engineer,Interview,2.11.2026,12.11.2026 11:30,Marcus Lee <m@zephyr.example>,no mail"
OTHER = "Acme,Dev,Interview,3.11.2026,13.11.2026,,"
NEW = OLD.replace("Software Engineer", "Software Engineer II")


def boarded(*rows: str) -> ImportBoard:
    board = ImportBoard()
    board.take(sheet(HEADER, [OTHER, *rows]))
    return board


def test_a_row_with_another_role_and_all_else_the_same_renames_its_application() -> None:
    board = boarded(OLD)
    plan = board.take(sheet(HEADER, [OTHER, NEW, "Borg,QA,Interview,,14.11.2026,,"]))
    assert [row.result for row in plan.rows] == [RowResult.SAME, RowResult.MERGED, RowResult.NEW]
    assert plan.rows[1].why.startswith(
        "Same row as Zephyr Transit · Software Engineer (#2): adds the role Software Engineer II. Only"
    )
    assert [(each.number, each.role) for each in board.applications] == [
        (1, "Dev"),
        (2, "Software Engineer II"),
        (3, "QA"),
    ]
    assert len(board.details[board.applications[1].id].interviews) == 1
    again = board.take(sheet(HEADER, [OTHER, NEW]))
    assert [row.result for row in again.rows] == [RowResult.SAME, RowResult.SAME]


@pytest.mark.parametrize(
    "row",
    [
        NEW.replace("no mail", "wrote to him"),
        NEW.replace("2.11.2026,12", "5.11.2026,12"),  # the interview is the same
        NEW.replace("12.11.2026 11:30", "16.11.2026 9:00"),  # applied on the same day
        NEW.replace("Interview", "Rejected"),
        NEW.replace("Marcus Lee <m@zephyr.example>", ""),
    ],
)
def test_where_something_else_changed_too_it_is_a_new_one_with_a_remark(row: str) -> None:
    board = boarded(OLD)
    plan = board.take(sheet(HEADER, [OTHER, row]))
    assert plan.rows[1].result is RowResult.NEW
    assert "It could be Zephyr Transit · Software Engineer (#2) under a new role" in plan.rows[1].why
    assert plan.rows[1].is_remarked


def test_a_row_without_an_interview_is_never_certain() -> None:
    board = boarded("Borg,QA,applied,2.11.2026,,,")
    plan = board.take(sheet(HEADER, [OTHER, "Borg,QA lead,applied,2.11.2026,,,"]))
    assert plan.rows[1].result is RowResult.NEW
    assert "It could be Borg · QA (#2) under a new role" in plan.rows[1].why


@pytest.mark.parametrize(
    "rows",
    [
        [OLD, NEW],  # the old one is still there
        [NEW, NEW.replace("Engineer II", "Architect")],  # two could be it
        [NEW.replace("Zephyr Transit", "Zenith")],
        [NEW.replace("2.11.2026,12.11.2026 11:30", "9.11.2026,16.11.2026 9:00")],
    ],
)
def test_another_job_stays_one(rows: list[str]) -> None:
    board = boarded(OLD)
    plan = board.take(sheet(HEADER, [OTHER, *rows]))
    assert [each.role for each in board.applications][:2] == ["Dev", "Software Engineer"]
    assert plan.rows[-1].result is RowResult.NEW


def test_of_two_that_could_be_it_neither_is() -> None:
    board = boarded(OLD, OLD.replace("Engineer", "Architect"))
    plan = board.take(sheet(HEADER, [OTHER, NEW]))
    assert plan.rows[1].result is RowResult.NEW
    assert (
        "Zephyr Transit · Software Engineer (#2) or Zephyr Transit · Software Architect (#3)" in plan.rows[1].why
    )
