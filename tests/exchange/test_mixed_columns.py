"""Columns that hold more than one thing: a status with notes, pages behind names, ticks, dates of what else."""

from __future__ import annotations

import pytest

from exchange.import_board import ImportBoard, sheet
from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.touch import TouchKind
from followup_tui.exchange.sheets.table import with_groups


@pytest.mark.parametrize(
    ("header", "cell", "stage", "outcome", "notes"),
    [
        ("Outcome / Notes", "Rejected", Stage.MOVED_ON, Outcome.REJECTED, ""),
        (
            "Outcome / Notes",
            "Rejected - lost to an inside man",
            Stage.MOVED_ON,
            Outcome.REJECTED,
            "lost to an inside",
        ),
        ("Status/Next steps", "Interviewing", Stage.INTERVIEWED, None, ""),
        ("Result & comments", "Ghosted", Stage.MOVED_ON, Outcome.NO_REPLY, ""),
        ("Stand und Bemerkung", "Absage", Stage.MOVED_ON, Outcome.REJECTED, ""),
        ("Outcome / Notes", "They liked my shoes", Stage.AWAITING, None, "Outcome / Notes: They liked my shoes"),
        ("Notes", "Rejected", Stage.AWAITING, None, "Rejected"),
        ("Status notes", "Rejected", Stage.AWAITING, None, "Rejected"),
    ],
)
def test_a_column_of_statuses_and_notes_is_both(
    header: str, cell: str, stage: Stage, outcome: Outcome | None, notes: str
) -> None:
    board = ImportBoard()
    board.take(sheet(f"Company,Role,{header}", [["A", "Dev", cell], ["B", "Dev", "Offer"]]))
    found = board.applications[0]
    assert (found.stage, found.outcome) == (stage, outcome)
    assert notes in found.notes if notes else not found.notes


def test_beside_a_status_such_a_column_is_notes() -> None:
    board = ImportBoard()
    board.take(sheet("Company,Role,Status,Outcome / Notes", [["A", "Dev", "Interviewing", "Rejected by my gut"]]))
    assert (board.only().application.stage, board.only().application.notes) == (
        Stage.INTERVIEWED,
        "Rejected by my gut",
    )


def test_notes_under_a_mixed_header_throw_no_row_out() -> None:
    rows = [["A", "Dev", "2026-11-12", "Rejected"], ["B", "Dev", "2026-11-12", "They liked my shoes"]]
    board = ImportBoard()
    plan = board.take(sheet("Company,Role,Interview Date,Outcome / Notes", rows), take_all=False)
    assert [row.stage for row in plan.rows] == [Stage.MOVED_ON, Stage.INTERVIEWED]
    assert not plan.remarks


def test_the_words_of_a_status_that_say_more_are_kept() -> None:
    board = ImportBoard()
    board.take(
        sheet("Company,Role,Status", [["A", "Dev", "Rejected - visa"], ["B", "Dev", "Rejected after final round"]])
    )
    assert [each.notes for each in board.applications] == ["Status: Rejected - visa", ""]


@pytest.mark.parametrize(
    ("cell", "company", "notes"),
    [
        ("Acme (https://www.notion.so/Acme-1f2a)", "Acme", "Company: https://www.notion.so/Acme-1f2a"),
        ("Acme (Berlin)", "Acme (Berlin)", ""),
        ("Acme (www.acme.example)", "Acme (www.acme.example)", ""),
    ],
)
def test_the_page_behind_a_name_is_no_part_of_it(cell: str, company: str, notes: str) -> None:
    board = ImportBoard()
    board.take(sheet("Company,Role,Status", [[cell, "Dev", "Applied"]]))
    assert (board.only().application.company, board.only().application.notes) == (company, notes)


@pytest.mark.parametrize(
    ("applied", "status", "count"),
    [("TRUE", "", 1), ("FALSE", "", 0), ("no", "Interviewing", 1), ("", "", 1)],
)
def test_what_is_not_ticked_as_applied_is_left_out(applied: str, status: str, count: int) -> None:
    board = ImportBoard()
    rows = [["A", "Dev", applied, status], ["B", "Dev", "TRUE", ""]]
    board.take(sheet("Company,Role,Applied?,Status", rows))
    assert len(board.applications) == 1 + count


@pytest.mark.parametrize(
    ("rounds", "thanked", "stage", "thanked_round"),
    [
        (["2026-10-26", "2026-11-20"], "2026-10-27", Stage.INTERVIEWED, 0),
        (["2026-10-26", "2026-11-20"], "yes", Stage.INTERVIEWED, 0),
        (["2026-10-26", "2026-11-10"], "2026-10-27", Stage.INTERVIEWED, 0),
        (["2026-10-26", "2026-11-10"], "2026-11-10", Stage.THANKED, 1),
        (["2026-10-26", "2026-11-10"], "yes", Stage.THANKED, 1),
        (["", "2026-11-20"], "yes", Stage.INTERVIEWED, None),
    ],
)
def test_a_thank_you_is_for_the_interview_before_it(
    rounds: list[str], thanked: str, stage: Stage, thanked_round: int | None
) -> None:
    board = ImportBoard()
    board.take(
        sheet(
            "Company,Role,Status,Interview 1,Interview 2,Thanked", [["A", "Dev", "Interviewed", *rounds, thanked]]
        )
    )
    details = board.only()
    (touch,) = details.touches
    assert touch.kind is TouchKind.THANK_YOU
    assert details.application.stage is stage
    assert touch.interview_id == (None if thanked_round is None else details.interviews[thanked_round].id)


@pytest.mark.parametrize(
    ("headers", "cells", "day", "notes"),
    [
        ("Thank you 1,Thank you 2", ["2026-10-27", "2026-11-11"], 11, "Thank you 1: 2026-10-27"),
        ("Thank you 1,Thank you 2", ["2026-10-27", ""], 27, ""),
        ("Thank you sent?,Thank-you date", ["yes", "2026-10-27"], 27, ""),
        ("Thank-you date,Thank you sent?", ["2026-10-27", "yes"], 27, ""),
        ("Thank-you date,Thank you sent?", ["2026-10-27", "no"], 27, ""),
    ],
)
def test_of_several_thank_yous_the_last_with_a_day_counts(
    headers: str, cells: list[str], day: int, notes: str
) -> None:
    board = ImportBoard()
    board.take(
        sheet(f"Company,Role,Status,Interview 1,{headers}", [["A", "Dev", "Interviewed", "2026-10-26", *cells]])
    )
    assert board.only().touches[0].at.day == day
    assert board.only().application.notes == notes


@pytest.mark.parametrize(
    ("headers", "cells", "is_interview"),
    [
        ("Round,Interviewer", ["Phone screen", "Ann Li"], True),
        ("Interview type,Status", ["Video", "Rejected"], True),
        ("Art des Gesprächs", ["Telefon"], True),
        ("Interviewer,Status", ["Ann Li", "Applied"], False),
        ("Recruiter,Status", ["Ann Li", "Interviewed"], False),
        ("Interviewer", [""], False),
        ("Interview?", ["yes"], False),
    ],
)
def test_a_bare_date_in_a_list_of_interviews_is_the_interviews(
    headers: str, cells: list[str], is_interview: bool
) -> None:
    board = ImportBoard()
    plan = board.take(sheet(f"Date,Company,Role,{headers}", [["2026-11-12", "A", "Dev", *cells]]))
    assert bool(board.only().interviews) is is_interview
    assert (board.only().application.applied_on is None) is is_interview
    assert any('--map "applied=Date"' in remark for remark in plan.remarks) is is_interview


@pytest.mark.parametrize(
    ("header", "cell", "notes"),
    [
        ("Next step", "send portfolio", "Next step: send portfolio"),
        ("Next", "send portfolio", "Next: send portfolio"),
        ("Relance", "12/10/2026", "Relance: 12/10/2026"),
        ("Followed up?", "yes", ""),
        ("Contact title", "HR", "Contact title: HR"),
        ("How it went", "great", "How it went: great"),
    ],
)
def test_what_comes_next_is_kept(header: str, cell: str, notes: str) -> None:
    board = ImportBoard()
    board.take(
        sheet(f"Company,Role,Status,{header}", [["A", "Dev", "Interviewing", cell], ["B", "QA", "Applied", ""]])
    )
    assert board.applications[0].notes == notes


def test_what_stands_on_a_card_is_its_notes_and_elsewhere_the_posting() -> None:
    cards, jobs = ImportBoard(), ImportBoard()
    cards.take(sheet("Card Name,List Name,Card Description", [["Acme - Dev", "Applied", "Ask Ann"]]))
    plan = jobs.take(sheet("Company,Role,Status,Description", [["Acme", "Dev", "Applied", "We are a team"]]))
    assert cards.only().application.notes == "Ask Ann"
    assert jobs.only().application.notes == ""
    assert plan.remarks == ("sheet0.csv: nothing is taken from the column Description.",)


@pytest.mark.parametrize(
    ("above", "cells", "headers"),
    [
        (
            "Company|Role|Interviews|||Contact",
            "||Round 1|Round 2|Round 3|",
            "Company|Role|Round 1|Round 2|Round 3|Contact",
        ),
        ("Company|Role|Interviews||Contact", "||1|2|", "Company|Role|Interviews 1|Interviews 2|Contact"),
        (
            "Company||Interview|||Status",
            "Name|Role|Round 1|Round 2|Who",
            "Company Name|Role|Round 1|Round 2|Interview Who|Status",
        ),
        ("Company|Role|Status|Notes", "Acme|Dev|Applied|", "Acme|Dev|Applied|"),
        ("Company|Role|Status||", "||Applied|ok|", "||Applied|ok|"),
    ],
)
def test_merged_cells_may_be_divided_below(above: str, cells: str, headers: str) -> None:
    assert with_groups(above.split("|"), cells.split("|")) == headers.split("|")


@pytest.mark.parametrize(
    ("first", "is_total"),
    [
        ("Total: 3", True),
        ("TOTAL (12)", True),
        ("Total applications", True),
        ("Summe:", True),
        ("Average", True),
        ("Average Joe", False),
        ("Total Energies", False),
        ("Totally Free", False),
        ("Tot. colloqui", True),
        ("TOTAL : 9 candidatures, 4 entretiens", True),
        ("Totmann", False),
    ],
)
def test_sums_below_a_sheet_are_no_applications(first: str, is_total: bool) -> None:
    plan = ImportBoard().plan(sheet("Company,Role,Status", [["A", "Dev", "Applied"], [first, "9", ""]]))
    assert (plan.rows[1].why == "The row is a total.") is is_total


def test_of_several_rounds_that_are_ticked_the_last_is_named() -> None:
    plan = ImportBoard().plan(sheet("Company,Role,Round 1,Round 2,Offer", [["Acme", "Dev", "x", "x", ""]]))
    assert plan.rows[0].why.startswith("Goes to Interviewed: status “Round 2”.")
