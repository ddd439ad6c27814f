"""A second import of a sheet that has grown: what is new goes in, and what the user recorded stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from exchange.import_board import WEDNESDAY, ImportBoard, sheet
from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import Direction, Touch, TouchKind
from followup_tui.exchange.plan import PlannedRow, RowResult

NEW, MERGED, SAME = RowResult.NEW, RowResult.MERGED, RowResult.SAME
CASES = Path(__file__).parent / "cases"
HEADER = "Company,Role,Status,Applied,Interview date,Contact,Email,Phone,Notes,Tags,Location,Link,Thank you sent"
FIELDS = HEADER.split(",")


def line(status: str = "Interview", **cells: str) -> list[str]:
    """Return a row about Acme; a cell is named as its column, with _ for a space."""
    values = {"Company": "Acme", "Role": "Dev", "Status": status}
    values |= {name.replace("_", " "): cell for name, cell in cells.items()}
    return [values.get(field, "") for field in FIELDS]


def bring(board: ImportBoard, *rows: list[str]) -> PlannedRow:
    """Import a sheet, check that a second time changes nothing, and return what became of its last row."""
    planned = board.plan(sheet(HEADER, rows)).rows
    plan = board.take(sheet(HEADER, rows))
    assert plan.rows == planned, "a dry run says the same"
    again = board.take(sheet(HEADER, rows))
    assert again.change is None
    assert {row.result for row in again.rows} == {SAME}
    return plan.rows[-1]


def imported(status: str = "Interview", **cells: str) -> ImportBoard:
    board = ImportBoard()
    assert bring(board, line(status, **cells)).result is NEW
    return board


def people(board: ImportBoard) -> list[tuple[str, str, str]]:
    return [(each.name, each.email, each.phone) for each in board.only().contacts]


def user(board: ImportBoard, **fields: object) -> None:
    """Let the user change the application."""
    acme = board.only().application
    board.edit([Edit(acme, replace(acme, **fields))])  # type: ignore[arg-type]


def user_interview(board: ImportBoard, place: int = 0, **fields: object) -> None:
    interview = board.only().interviews[place]
    board.edit([Edit(interview, replace(interview, **fields))])  # type: ignore[arg-type]


def case(name: str) -> str:
    return (CASES / name).read_text(encoding="utf-8")


def test_the_sheet_of_the_second_week_brings_exactly_what_changed() -> None:
    board = ImportBoard()
    first = board.take(case("F30-week1.csv"))
    assert [(row.result, row.stage) for row in first.rows] == [(NEW, Stage.AWAITING), (NEW, Stage.INTERVIEWED)]
    navona, _ = board.applications
    assert navona.applied_only
    second = board.take(case("F30-week2.csv"))
    assert [row.result for row in second.rows] == [MERGED, MERGED]
    assert "adds Dana Ruiz <dana@navona.example>, the interview on Tue 17 Nov and the stage" in second.rows[0].why
    assert "adds Sam Lee <sam@beta.example> and the interview on Tue 17 Nov." in second.rows[1].why
    assert second.change is not None
    assert second.change.label == "Updated 2 applications from sheet0.csv"
    navona, beta = board.applications
    assert (navona.stage, navona.applied_only) == (Stage.INTERVIEWED, False)
    assert navona.stage_at == datetime(2026, 11, 17, 13, tzinfo=UTC)
    assert (beta.stage, beta.stage_at) == (Stage.INTERVIEWED, datetime(2026, 11, 17, 9, tzinfo=UTC))
    assert [len(board.details[each.id].interviews) for each in (navona, beta)] == [1, 2]
    for name in ("F30-week2.csv", "F30-week1.csv"):
        again = board.take(case(name))
        assert (again.change, {row.result for row in again.rows}) == (None, {SAME})


def test_nothing_is_counted_from_the_day_of_applying_and_the_row_asks_for_the_interview() -> None:
    board = ImportBoard()
    plan = board.take(case("F14-no-interview-date.csv"))
    assert [each.stage for each in board.applications] == [Stage.AWAITING, Stage.INTERVIEWED]
    assert [each.stage_at for each in board.applications] == [WEDNESDAY, WEDNESDAY]
    assert [each.applied_on for each in board.applications] == [date(2026, 7, 1)] * 2
    assert all("doesn't say when the interview was" in row.why and row.is_remarked for row in plan.rows)


def test_a_past_round_stays_and_a_later_date_is_a_further_round() -> None:
    board = imported(Interview_date="2026-11-12 09:00")
    assert bring(board, line(Interview_date="2026-11-24 14:00")).result is MERGED
    assert board.starts() == ["12.11. 09:00", "24.11. 14:00"]


def test_a_booked_interview_whose_date_is_another_was_moved() -> None:
    board = imported(Interview_date="2026-11-20 09:00")
    row = bring(board, line(Interview_date="2026-11-24 14:00"))
    assert "the interview on Tue 24 Nov instead of Fri 20 Nov" in row.why
    assert board.starts() == ["24.11. 14:00"]
    assert board.only().application.stage_at == datetime(2026, 11, 24, 13, tzinfo=UTC)


def test_the_hour_of_a_day_that_was_known_is_no_further_round() -> None:
    board = imported(Interview_date="2026-11-20")
    row = bring(board, line(Interview_date="2026-11-20 14:00"))
    assert "adds the hour of the interview on Fri 20 Nov" in row.why
    assert board.starts() == ["20.11. 14:00"]
    assert bring(board, line(Interview_date="2026-11-20")).result is SAME


def test_another_hour_of_the_same_day_is_the_same_round() -> None:
    board = imported(Interview_date="2026-11-17 09:00")
    bring(board, line(Interview_date="2026-11-17 10:30"))
    assert board.starts() == ["17.11. 10:30"]


def test_lines_for_rounds_keep_both_and_the_one_ahead_is_moved() -> None:
    board = ImportBoard()
    past, ahead = line(Interview_date="2026-11-12"), line(Interview_date="2026-11-24")
    bring(board, past, ahead)
    assert board.starts() == ["12.11. 12:00", "24.11. 12:00"]
    bring(board, past, line(Interview_date="2026-11-26 09:00"))
    assert board.starts() == ["12.11. 12:00", "26.11. 09:00"]
    bring(board, past, line(Interview_date="2026-11-26 09:00"), line(Interview_date="2026-11-26 15:00"))
    assert board.starts() == ["12.11. 12:00", "26.11. 09:00", "26.11. 15:00"]


def test_an_empty_cell_takes_nothing_away() -> None:
    board = imported(Interview_date="2026-11-24 14:00", Contact="Dana Ruiz", Notes="A note", Tags="x")
    before = board.only()
    bring(board, line())
    assert board.only() == before


def test_a_round_that_the_user_moved_stays_where_they_put_it() -> None:
    board = imported(Interview_date="2026-11-20 09:00")
    user_interview(board, starts_at=datetime(2026, 11, 23, 13, tzinfo=UTC))
    for moved in ("2026-11-20 09:00", "2026-11-25 09:00"):
        row = bring(board, line(Interview_date=moved))
        assert row.result is SAME
        assert row.is_remarked is (moved != "2026-11-20 09:00") or "stays on Mon 23 Nov here" in row.why
    assert board.starts() == ["23.11. 14:00"]


def test_a_round_that_the_user_cancelled_or_removed_does_not_come_back() -> None:
    board = imported(Interview_date="2026-11-20 09:00")
    user_interview(board, cancelled_at=WEDNESDAY)
    row = bring(board, line(Interview_date="2026-11-20 09:00", Notes="More"))
    assert "stays cancelled here" in row.why
    board.edit([Edit(board.only().interviews[0], None)])
    row = bring(board, line(Interview_date="2026-11-20 09:00", Notes="Even more"))
    assert "stays removed here" in row.why
    assert board.starts() == []


def test_a_round_that_the_user_recorded_is_not_entered_twice() -> None:
    board = imported()
    acme = board.only().application
    own = Interview(application_id=acme.id, starts_at=WEDNESDAY, zone="Europe/Berlin", created_at=WEDNESDAY)
    board.edit([Edit(None, own)])
    assert bring(board, line(Interview_date="2026-11-18 10:00")).result is SAME
    row = bring(board, line(Interview_date="2026-11-18 11:00"))
    assert "It keeps the interview on Wed 18 Nov 10:00, as recorded here" in row.why
    assert board.starts() == ["18.11. 10:00"]


def test_new_people_and_what_is_new_about_known_ones_go_in() -> None:
    board = imported(Contact="Dana Ruiz")
    row = bring(board, line(Contact="dana ruiz", Email="dana@acme.example", Phone="+49 30 123456"))
    assert "adds Dana Ruiz's email address and phone number" in row.why
    bring(board, line(Contact="Sam Lee", Email="sam@acme.example"))
    assert people(board) == [
        ("Dana Ruiz", "dana@acme.example", "+49 30 123456"),
        ("Sam Lee", "sam@acme.example", ""),
    ]


def test_a_mail_or_number_that_the_sheet_corrects_is_corrected_unless_the_user_wrote_another() -> None:
    board = imported(Contact="Dana Ruiz", Email="dana@acme.example", Phone="030 123456")
    bring(board, line(Contact="Dana Ruiz", Email="d.ruiz@acme.example", Phone="+49 30 123456"))
    assert people(board) == [("Dana Ruiz", "d.ruiz@acme.example", "030 123456")], "the number is the same"
    dana = board.only().contacts[0]
    board.edit([Edit(dana, replace(dana, email="mine@acme.example"))])
    row = bring(board, line(Contact="Dana Ruiz", Email="third@acme.example"))
    assert "It keeps Dana Ruiz: mine@acme.example, as recorded here" in row.why
    assert row.is_remarked


def test_somebody_whom_the_user_renamed_or_removed_does_not_come_again() -> None:
    board = imported(Contact="Dana Ruiz")
    dana = board.only().contacts[0]
    board.edit([Edit(dana, replace(dana, name="Daniela Ruiz-Lopez"))])
    bring(board, line(Contact="Dana Ruiz", Notes="x"))
    assert [name for name, *_ in people(board)] == ["Daniela Ruiz-Lopez"]
    board.edit([Edit(board.only().contacts[0], None)])
    row = bring(board, line(Contact="Dana Ruiz", Notes="y"))
    assert "Dana Ruiz stays away, as you removed them." in row.why
    assert people(board) == []


def test_two_people_with_one_mail_address_are_two() -> None:
    board = imported(Contact="Dana Ruiz", Email="jobs@acme.example")
    bring(board, line(Contact="Sam Lee", Email="jobs@acme.example"))
    assert [name for name, *_ in people(board)] == ["Dana Ruiz", "Sam Lee"]


@pytest.mark.parametrize(
    ("before", "after", "stage", "outcome"),
    [
        ("Applied", "Interview", Stage.INTERVIEWED, None),
        ("Applied", "Awaiting decision", Stage.AWAITING, None),
        ("Applied", "Rejected", Stage.MOVED_ON, Outcome.REJECTED),
        ("Interview", "Thank you sent", Stage.THANKED, None),
        ("Interview", "Awaiting decision", Stage.AWAITING, None),
        ("Thank you sent", "No response", Stage.MOVED_ON, Outcome.NO_REPLY),
        ("Awaiting decision", "Rejected", Stage.MOVED_ON, Outcome.REJECTED),
        ("No response", "Rejected", Stage.MOVED_ON, Outcome.REJECTED),
    ],
)
def test_a_later_status_goes_in(before: str, after: str, stage: Stage, outcome: Outcome | None) -> None:
    board = imported(before)
    row = bring(board, line(after))
    acme = board.only().application
    assert (row.result, row.stage) == (MERGED, stage)
    assert (acme.stage, acme.outcome, acme.applied_only) == (stage, outcome, False)
    assert (acme.closed_from is not None) is (stage is Stage.MOVED_ON and before != "No response")
    thanks = [each for each in board.only().touches if each.kind is TouchKind.THANK_YOU]
    assert len(thanks) == ("Thank you sent" in (before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Interview", "Applied"),
        ("Thank you sent", "Interview"),
        ("Awaiting decision", "Interview"),
        ("Rejected", "Interview"),
    ],
)
def test_an_earlier_status_changes_nothing_and_is_named(before: str, after: str) -> None:
    board = imported(before)
    acme = board.only()
    row = bring(board, line(after))
    assert (row.result, row.is_remarked) == (SAME, True)
    assert "though the sheet says" in row.why
    assert board.only() == acme


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [(Stage.INTERVIEWED, None), (Stage.AWAITING, None), (Stage.MOVED_ON, Outcome.ACCEPTED)],
)
def test_a_status_that_the_user_took_back_is_not_brought_again(stage: Stage, outcome: Outcome | None) -> None:
    board = imported("Rejected")
    user(board, stage=stage, outcome=outcome)
    row = bring(board, line("Rejected", Notes="More"))
    assert (board.only().application.stage, board.only().application.outcome) == (stage, outcome)
    assert "though the sheet says Moved on (rejected)" in row.why


def test_how_it_ended_for_the_user_stays_whatever_the_sheet_says() -> None:
    board = imported()
    user(board, stage=Stage.MOVED_ON, outcome=Outcome.WITHDREW, stage_at=WEDNESDAY)
    row = bring(board, line("Rejected"))
    assert "It stays in Moved on (withdrew), though the sheet says Moved on (rejected)." in row.why
    assert board.only().application.outcome is Outcome.WITHDREW


def test_a_further_round_takes_it_back_to_interviewed() -> None:
    board = imported("Thank you sent", Interview_date="2026-11-12")
    row = bring(board, line(Interview_date="2026-11-24 10:00"))
    acme = board.only().application
    assert (row.stage, acme.stage_at) == (Stage.INTERVIEWED, datetime(2026, 11, 24, 9, tzinfo=UTC))
    board = imported("Interview", Interview_date="2026-11-12")
    user(board, stage=Stage.AWAITING, stage_at=WEDNESDAY, snoozed_until=date(2026, 12, 24))
    row = bring(board, line("Awaiting decision", Interview_date="2026-11-24 10:00"))
    assert (row.stage, board.only().application.snoozed_until) == (Stage.INTERVIEWED, None)


def test_a_round_before_the_present_stage_is_only_recorded() -> None:
    board = imported("Interview", Interview_date="2026-11-12")
    user(board, stage=Stage.THANKED, stage_at=WEDNESDAY)
    row = bring(board, line(Interview_date="2026-11-17"))
    assert (row.result, row.stage) == (MERGED, Stage.THANKED)
    assert board.starts() == ["12.11. 12:00", "17.11. 12:00"]


def test_a_thank_you_comes_once_and_not_beside_one_that_is_recorded() -> None:
    board = imported(Interview_date="2026-11-12")
    bring(board, line(Interview_date="2026-11-12", Thank_you_sent="2026-11-13"))
    (thanks,) = board.only().touches
    assert (thanks.at, thanks.interview_id) == (
        datetime(2026, 11, 13, 11, tzinfo=UTC),
        board.only().interviews[0].id,
    )
    assert board.only().application.stage is Stage.THANKED
    board = imported(Interview_date="2026-11-12")
    acme = board.only().application
    own = Touch(
        application_id=acme.id,
        kind=TouchKind.THANK_YOU,
        direction=Direction.OUT,
        at=WEDNESDAY - timedelta(days=4),
        created_at=WEDNESDAY,
    )
    board.edit([Edit(None, own)])
    bring(board, line(Interview_date="2026-11-12", Thank_you_sent="2026-11-13"))
    assert board.only().touches == (own,)


def test_notes_of_the_sheet_are_replaced_and_those_of_the_user_kept() -> None:
    board = imported(Notes="First")
    bring(board, line(Notes="First and second"))
    assert board.only().application.notes == "First and second"
    user(board, notes="Mine")
    bring(board, line(Notes="Third"))
    assert board.only().application.notes == "Mine\nThird"
    bring(board, line(Notes="First"))
    assert board.only().application.notes == "Mine\nThird"


def test_tags_and_empty_fields_are_filled_and_others_stay() -> None:
    board = imported(Tags="a", Link="https://acme.example/careers")
    user(board, location="Berlin")
    bring(
        board,
        line(Tags="b", Link="https://acme.example/jobs/17", Location="Berlin, DE", Applied="2026-11-02"),
    )
    acme = board.only().application
    assert (acme.tags, acme.location, acme.applied_on) == (("a", "b"), "Berlin", date(2026, 11, 2))
    assert acme.url == "https://acme.example/jobs/17", "a general page gives way to the posting"
    bring(board, line(Applied="2026-11-03", Link="https://acme.example/careers"))
    acme = board.only().application
    assert (acme.applied_on, acme.url) == (date(2026, 11, 3), "https://acme.example/jobs/17")


def test_a_date_of_applying_that_nobody_imported_stays() -> None:
    board = ImportBoard()
    acme = Application(
        number=1,
        company="Acme",
        role="Dev",
        stage_at=WEDNESDAY,
        applied_on=date(2026, 11, 2),
        created_at=WEDNESDAY,
    )
    board.edit([Edit(None, acme)])
    row = bring(board, line(Applied="2026-11-05"))
    assert (
        "It keeps its date of applying, Mon 2 Nov, as recorded here, though the sheet says Thu 5 Nov." in row.why
    )
    assert row.result is SAME


def test_what_the_user_added_by_hand_is_filled_from_the_sheet() -> None:
    board = ImportBoard()
    acme = Application(number=7, company="Acme", role="Dev", stage_at=WEDNESDAY, created_at=WEDNESDAY)
    dana = Contact(application_id=acme.id, name="Dana Ruiz", created_at=WEDNESDAY)
    board.edit([Edit(None, acme), Edit(None, dana)])
    row = bring(
        board, line("Rejected", Contact="Dana Ruiz", Email="dana@acme.example", Interview_date="2026-11-09")
    )
    assert (row.result, row.stage) == (MERGED, Stage.MOVED_ON)
    assert people(board) == [("Dana Ruiz", "dana@acme.example", "")]


def test_facts_that_something_else_wrote_are_no_trouble() -> None:
    board = imported(Interview_date="2026-11-12", Contact="Dana Ruiz")
    user(board, imported=("round:no=1", "round:2026-99-99|x=", "person:", "person:a=b", "all:", "=", "row:x"))
    row = bring(board, line(Interview_date="2026-11-12", Contact="Dana Ruiz", Notes="x"))
    assert row.result is MERGED
    assert len(board.only().interviews) == len(board.only().contacts) == 1
