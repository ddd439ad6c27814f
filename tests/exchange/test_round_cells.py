"""Who is in an interview and that it was called off, in the cells of any sheet."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest

from conftest import ZONE
from exchange.import_board import ImportBoard, sheet
from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.details import people_in
from followup_tui.domain.model.interview import InterviewKind, when_of
from followup_tui.domain.model.touch import DATE_NOT_GIVEN
from followup_tui.exchange.entries import split_entries
from followup_tui.exchange.round_cell import read_round

HEADER = "Company,Role,Status,Interview date"


def met(board: ImportBoard) -> list[list[str]]:
    """The names of who is in each interview of the only application, in the order of time."""
    details = board.only()
    return [[one.label for one in people_in(each, details)] for each in details.interviews]


@pytest.mark.parametrize(
    ("cell", "starts", "people", "kind", "cancelled"),
    [
        ("2026-11-20 14:00 with Dana Ruiz", "20.11. 14:00", ["Dana Ruiz"], None, False),
        ("Nov 20 2pm with Dana Ruiz & Sam Lee", "20.11. 14:00", ["Dana Ruiz", "Sam Lee"], None, False),
        ("20.11.2026, 14 Uhr mit Anna Weber (abgesagt)", "20.11. 14:00", ["Anna Weber"], None, True),
        ("2026-11-20 14:00 Berlin (cancelled) with Dana Ruiz", "20.11. 14:00", ["Dana Ruiz"], None, True),
        ("2026-11-20 14:00, cancelled", "20.11. 14:00", [], None, True),
        ("2026-11-20 14:00 (Cancelled)", "20.11. 14:00", [], None, True),
        ("2026-11-20 14:00 (cancelled 2026-13-45 09:00)", "20.11. 14:00", [], None, True),
        ("2026-11-20 14:00 (cancelled 0001-01-01 00:00)", "20.11. 14:00", [], None, True),
        ("2026-11-20 14:00, phone, with Dana Ruiz", "20.11. 14:00", ["Dana Ruiz"], InterviewKind.PHONE, False),
        ("2026-11-20 08:00 America/New_York (cancelled 2026-11-19 09:00), with Dana Ruiz; Sam Lee",
         "20.11. 14:00", ["Dana Ruiz", "Sam Lee"], None, True),
    ],
)  # fmt: skip
def test_a_cell_says_who_is_there_and_that_it_was_called_off(
    cell: str, starts: str, people: list[str], kind: InterviewKind | None, cancelled: bool
) -> None:
    board = ImportBoard()
    plan = board.take(sheet(HEADER, [["Acme", "Dev", "Interviewed", cell]]))
    (interview,) = board.only().interviews
    assert board.starts() == [starts]
    assert met(board) == [people]
    assert (interview.kind, interview.cancelled_at is not None) == (kind, cancelled)
    assert board.only().application.notes == ""
    assert "look" not in plan.rows[0].why


@pytest.mark.parametrize(
    "token", ["\n", " ", ",", ", ", "; ", "(", "- ", ", ab", " with Dana Ruiz", "\n  note: a"]
)
def test_no_cell_takes_long_to_take_apart(token: str) -> None:
    cell = f"2026-11-20 14:00{token * (30_000 // len(token))}x"
    start = process_time()
    for entry in split_entries(cell):
        read_round(entry, (), UTC)
    assert process_time() - start < 1, "at most some 0.1 s"


@pytest.mark.parametrize(
    "cell", ["2026-11-20 14:00 with the team", "2026-11-20 14:00 with HR", "2026-11-20 14:00 with 2 people"]
)
def test_what_is_no_name_stays_in_the_notes(cell: str) -> None:
    board = ImportBoard()
    board.take(sheet(HEADER, [["Acme", "Dev", "Interviewed", cell]]))
    assert met(board) == [[]]
    assert cell in board.only().application.notes


@pytest.mark.parametrize(
    ("header", "row", "people"),
    [
        ("Interview,Interviewer", "2026-11-20 14:00,Dana Ruiz", [["Dana Ruiz"]]),
        ("Interviewer,Interview date,Time", "Dana Ruiz,2026-11-20,14:00", [["Dana Ruiz"]]),
        ("Interview,Met with,Recruiter", "2026-11-20,Dana Ruiz & Sam Lee,Tom Fox", [["Dana Ruiz", "Sam Lee"]]),
        ("Vorstellungsgespräch,Gesprächspartner", "20.11.2026,Anna Weber", [["Anna Weber"]]),
        ("Interview,Contact", "2026-11-20,Dana Ruiz", [[]]),
        ("Interview,Contact", "2026-11-20,Interviewer: Dana Ruiz", [["Dana Ruiz"]]),
        (
            "Interview 1,Interviewer 1,Interview 2,Interviewer 2",
            "2026-11-10,Dana Ruiz,2026-11-20,Sam Lee",
            [["Dana Ruiz"], ["Sam Lee"]],
        ),
        ("Interview 1,Interview 2,Interviewer", "2026-11-10,2026-11-20,Dana Ruiz", [[], []]),
        ("Interview 1,Interview 2,Interviewer", "2026-11-10,,Dana Ruiz", [["Dana Ruiz"]]),
        ("Interview,Interviewer", "2026-11-20,none", [[]]),
        ("Interview,Interviewer", "2026-11-20,TBD", [[]]),
        ("Interview,Time,Interviewer", "TBD,14:00,Dana Ruiz", []),
    ],
)
def test_interviewers_are_in_their_interview(header: str, row: str, people: list[list[str]]) -> None:
    board = ImportBoard()
    plan = board.take(sheet(f"Company,Role,Status,{header}", [f"Acme,Dev,Interviewed,{row}"]))
    assert met(board) == people
    assert "kept in the notes" not in plan.rows[0].why


def test_interviewers_that_are_no_people_are_noted_once() -> None:
    board = ImportBoard()
    board.take(sheet("Company,Role,Status,Interview,Interviewer", ["Acme,Dev,Interviewed,2026-11-20,HR team"]))
    assert board.only().application.notes == "Contact: HR team"


def test_a_later_sheet_names_who_is_there_once_and_never_again_after_the_user_took_them_off() -> None:
    board = ImportBoard()
    header = "Company,Role,Status,Interview,Interviewer"
    board.take(sheet(header, ["Acme,Dev,Interviewed,2026-11-25 14:00,"]))
    again = sheet(header, ["Acme,Dev,Interviewed,2026-11-25 14:00,Dana Ruiz"])
    plan = board.take(again)
    assert "Dana Ruiz in the interview on Wed 25 Nov" in plan.rows[0].why
    assert met(board) == [["Dana Ruiz"]]
    (link,) = board.only().interviewers
    board.edit([Edit(link, None)])
    board.take(again)
    board.take(sheet(header, ["Acme,Dev,Interviewed,2026-11-25 14:00,Dana Ruiz & Sam Lee"]))
    assert met(board) == [["Sam Lee"]]


def test_a_later_sheet_calls_an_interview_off() -> None:
    board = ImportBoard()
    board.take(sheet(HEADER, ["Acme,Dev,Interviewed,2026-11-25 14:00"]))
    plan = board.take(sheet(HEADER, ["Acme,Dev,Interviewed,2026-11-25 14:00 (cancelled)"]))
    assert "that the interview on Wed 25 Nov is cancelled" in plan.rows[0].why
    assert [each.cancelled_at for each in board.only().interviews] == [board.now.astimezone(UTC)]


def test_each_interviewer_of_a_sheet_had_the_thank_you_that_it_tells_of() -> None:
    board = ImportBoard()
    header = "Company,Role,Status,Interview,Interviewer,Thank you sent"
    board.take(sheet(header, ["Acme,Dev,Interviewed,2026-11-16,Dana Ruiz & Sam Lee,2026-11-17"]))
    details = board.only()
    assert {each.contact_id for each in details.touches} == {each.id for each in details.contacts}
    assert len(details.touches) == 2


def thanked_for(board: ImportBoard) -> list[tuple[str, str, str]]:
    details = board.only()
    names = {each.id: each.name for each in details.contacts}
    days = {each.id: when_of(each).day.isoformat() for each in details.interviews}
    touches = sorted(details.touches, key=lambda touch: touch.at)
    return [(names.get(each.contact_id or "", ""), days[each.interview_id or ""], each.note) for each in touches]


def test_a_thank_you_after_two_rounds_counts_for_the_people_of_both() -> None:
    board = ImportBoard()
    header = "Company,Role,Status,Interview 1,Interviewer 1,Interview 2,Interviewer 2,Thank you sent"
    board.take(sheet(header, ["Acme,Dev,Interviewed,2026-11-10,Dana Ruiz,2026-11-16,Sam Lee,2026-11-17"]))
    assert thanked_for(board) == [("Dana Ruiz", "2026-11-10", DATE_NOT_GIVEN), ("Sam Lee", "2026-11-16", "")]


def test_a_thank_you_before_the_second_round_counts_for_the_first_alone() -> None:
    board = ImportBoard()
    header = "Company,Role,Status,Interview 1,Interviewer 1,Interview 2,Interviewer 2,Thank you sent"
    board.take(sheet(header, ["Acme,Dev,Interviewed,2026-11-10,Dana Ruiz,2026-11-16,Sam Lee,2026-11-11"]))
    assert thanked_for(board) == [("Dana Ruiz", "2026-11-10", "")]


def test_who_was_in_both_rounds_is_thanked_for_the_last_and_an_unknown_last_round_too() -> None:
    board = ImportBoard()
    header = "Company,Role,Status,Interview 1,Interviewer 1,Interview 2,Interviewer 2,Thank you sent"
    board.take(sheet(header, ["Acme,Dev,Interviewed,2026-11-10,Dana Ruiz,2026-11-16,Dana Ruiz,2026-11-17"]))
    assert thanked_for(board) == [("Dana Ruiz", "2026-11-16", "")]
    board = ImportBoard()
    board.take(sheet(header, ["Acme,Dev,Interviewed,2026-11-10,Dana Ruiz,2026-11-16,,2026-11-17"]))
    assert thanked_for(board) == [("Dana Ruiz", "2026-11-10", DATE_NOT_GIVEN), ("", "2026-11-16", "")]


HISTORY = """2026-11-17 09:30 thank-you to Dana Ruiz by email
  against the advice: they asked
  note: first line

  third: line
2026-11-17 10:00 America/New_York reply from them: call me
2026-11-17 they said they decide by 2026-11-25
met for lunch
2026-13-45 reply from them"""


def test_a_history_is_read_line_by_line_and_what_is_no_line_of_it_is_kept() -> None:
    board = ImportBoard()
    text = sheet(f"{HEADER},Contact,History", [["Acme", "Dev", "Thanked", "2026-11-16", "Dana Ruiz", HISTORY]])
    board.take(text)
    details = board.only()
    (thanks, reply), (said,) = details.touches, details.next_steps
    assert (thanks.contact_id, thanks.note) == (details.contacts[0].id, "first line\n\nthird: line")
    assert (thanks.override, thanks.interview_id) == ("they asked", details.interviews[0].id)
    assert (reply.note, reply.at) == ("call me", datetime(2026, 11, 17, 15, tzinfo=UTC))
    assert (f"{said.by_on}", said.answer.value, said.zone) == ("2026-11-25", "decide_by", ZONE)
    assert details.application.notes == "History: met for lunch\nHistory: 2026-13-45 reply from them"
    more = text.replace("met for lunch", "2026-11-18 08:00 reply from Dana Ruiz")
    assert "1 line of the history" in board.take(more).rows[0].why
    assert len(board.only().touches) == 3
    assert len(board.only().next_steps) == 1


@pytest.mark.parametrize(
    "header",
    [
        "Company,Role,Stage,1st interview,2nd interview,Interviewer 1,Interviewer 2",
        "Company,Role,Stage,Interview 1,Interview 2,Interviewer (1),Interviewer (2)",
    ],
)
def test_interviewers_behind_all_interviews_are_told_by_their_numbers(header: str) -> None:
    board = ImportBoard()
    board.take(sheet(header, ["Acme,Dev,Interviewed,3.11.2026,10.11.2026,Ann Li,Bo Chen"]))
    details = board.only()
    names = {each.id: each.name for each in details.contacts}
    met = [[names[one.contact_id] for one in details.interviewers if one.interview_id == each.id]
           for each in details.interviews]  # fmt: skip
    assert met == [["Ann Li"], ["Bo Chen"]]
