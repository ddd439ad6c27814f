"""A status that calls an interview off: it is cancelled, and neither followed up nor waited for."""

from __future__ import annotations

import pytest

from exchange.import_board import ImportBoard, sheet
from followup_tui.domain.model.application import Stage

HEADER = "Company,Role,Status,Interview date"


def rounds(*rows: tuple[str, str]) -> list[tuple[int, bool]]:
    """Return the day of each interview and whether it is cancelled, after importing a sheet for each row."""
    board = ImportBoard()
    for row in rows:
        board.take(sheet(HEADER, [["Acme", "Dev", *row]]))
    return [(each.starts_at.day, each.cancelled_at is not None) for each in board.only().interviews]


@pytest.mark.parametrize(
    ("status", "day"),
    [
        ("Interview cancelled", "12.11.2026"),
        ("cancelled, will rebook", "24.11.2026"),
        ("Postponed", "12.11.2026"),
        ("they cancelled, new date to come", "24.11.2026"),
        ("Colloquio annullato, da riprogrammare", "24.11.2026"),
        ("Entretien reporté", "17.11.2026"),
        ("Entrevista aplazada", "17.11.2026"),
    ],
)
def test_an_interview_that_a_status_calls_off_is_cancelled(status: str, day: str) -> None:
    assert rounds((status, day)) == [(int(day[:2]), True)]


@pytest.mark.parametrize(
    "status",
    ["2nd round postponed", "cancelled role", "Interviewed, decision postponed", "Rejected - interview cancelled"],
)
def test_what_is_off_but_not_this_interview_leaves_it(status: str) -> None:
    assert rounds((status, "12.11.2026")) == [(12, False)]


def test_a_postponed_one_ahead_is_asked_about_until_a_later_sheet_still_has_its_day() -> None:
    board = ImportBoard()
    plan = board.take(sheet(HEADER, [["Acme", "Dev", "Postponed", "24.11.2026"]]))
    assert "the old day or the new" in plan.rows[0].why
    assert rounds(("Postponed", "24.11.2026")) == [(24, False)]
    assert rounds(("Interview", "24.11.2026"), ("Postponed", "24.11.2026")) == [(24, True)]


def test_a_new_day_in_the_status_is_the_interviews() -> None:
    assert rounds(("Interview postponed to 27.11. 10:00", "24.11.2026 10:00")) == [(24, True), (27, False)]


def test_a_status_that_is_postponed_without_a_day_waits_for_one() -> None:
    board = ImportBoard()
    board.take(sheet(HEADER, [["Acme", "Dev", "Postponed", ""]]), take_all=False)
    assert board.only().application.stage is Stage.INTERVIEWED
    assert "Postponed" in board.only().application.notes
