"""Rows below merged cells, headings between rows, and what a row without an interview waits for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.details import Offer
from followup_tui.exchange.plan import ImportPlan, ImportSource, PlannedRow, RowResult
from followup_tui.exchange.sheets.formats import NO_WORDS, HandWords, parse_hand_words
from followup_tui.exchange.sheets.importer import plan_import

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def plan(*lines: str, words: HandWords = NO_WORDS, take_all: bool = True) -> ImportPlan:
    """Return the plan of importing these lines into an empty board."""
    return plan_import(
        [ImportSource("jobs.csv", "\n".join(lines).encode())],
        existing=(),
        now=NOW,
        zone=ZoneInfo("Europe/Berlin"),
        first_number=1,
        take_all=take_all,
        words=words,
    )


def last_of(*lines: str) -> PlannedRow:
    """Return what becomes of the last of these lines."""
    return plan(*lines).rows[-1]


HEADER = "Company;Role;Status;Location;Link;Contact"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Acme;Dev;Applied;Bremen;;", ";QA;Applied;Bremen;;"),
        ("Acme;Dev;Applied;;https://acme.example/jobs/1;", ";QA;Applied;;https://acme.example/jobs/2;"),
        ("Acme;Dev;Applied;;;Ann Li <ann@acme.example>", ";QA;Applied;Kiel;;Bo Li <bo@acme.example>"),
    ],
    ids=["town", "link", "mail"],
)
def test_a_row_below_that_has_something_in_common_is_of_the_same_company(first: str, second: str) -> None:
    row = last_of(HEADER, first, second)
    assert (row.company, row.role, row.result) == ("Acme", "QA", RowResult.NEW)
    assert row.is_remarked
    assert "No company is named: it is read as “Acme”, of line 2." in row.why


@pytest.mark.parametrize(
    "lines",
    [
        ("Acme;Dev;Applied;;;", ";QA;Applied;;;"),
        ("Acme;Dev;Applied;Bremen;;", ";QA;Applied;Kiel;;"),
        ("Acme;Dev;Applied;Remote;;", ";QA;Applied;Remote;;"),
        ("Acme;Dev;Applied;Kiel;https://acme.example/1;", ";QA;Applied;Kiel;https://beta.example/2;"),
        ("Acme;Dev;Applied;;https://linkedin.com/jobs/1;", ";QA;Applied;;https://linkedin.com/jobs/2;"),
        ("Acme;Dev;Applied;Kiel;;", ";;;;;", ";QA;Applied;Kiel;;"),
        ("Acme;Dev;Applied;Kiel;;", "--- later ---;;;;;", ";QA;Applied;Kiel;;"),
        ("Acme;;Applied;Kiel;;", ";QA;Applied;Kiel;;"),
        ("Acme;Dev;Applied;;;", ";QA;Applied;;;", "Beta;Dev;Applied;;;", "Corp;;;;;", ";QA;Applied;;;"),
    ],
    ids=["alone", "town", "remote", "link", "board", "blank line", "heading", "no role", "no habit"],
)
def test_a_row_without_a_company_is_an_error_where_something_speaks_against_it(lines: tuple[str, ...]) -> None:
    row = last_of(HEADER, *lines)
    assert row.result is RowResult.ERROR
    assert "names no company" in row.why


def test_in_a_sheet_with_several_merged_companies_all_rows_below_belong_to_them() -> None:
    rows = plan("Company;Role", "Acme;Dev", ";QA", ";Chef", "Beta;Dev", ";QA", "Corp;Dev").rows
    assert [row.company for row in rows] == ["Acme", "Acme", "Acme", "Beta", "Beta", "Corp"]
    assert "of line 2." in rows[2].why
    assert "of line 5." in rows[4].why


def test_a_row_below_a_cell_of_several_lines_is_directly_below() -> None:
    rows = plan("Company;Role;Ort;Notes", 'Acme;Dev;Kiel;"one\ntwo"', ";QA;Kiel;").rows
    assert [row.company for row in rows] == ["Acme", "Acme"]


@pytest.mark.parametrize(
    "text",
    [
        *("--- NOVIEMBRE ---", "*** took a week off ***", "Later:", "offers: 1, rejections: 2"),
        *("October 2026", "November", "Dez. 26", "mars 2026", ">>> December", "Q4 2026", "KW 48", "Week 48"),
    ],
)
def test_a_row_that_divides_the_list_is_left_out(text: str) -> None:
    row = last_of("Company;Role;Status", f"{text};;")
    assert (row.result, row.why) == (RowResult.SKIPPED, "The row is a heading.")


@pytest.mark.parametrize(
    "text", ["Acme", "A-Z GmbH", "Studio: Nord", "3M", "May & Sons", "Q4 Labs", "October Five"]
)
def test_a_company_without_a_role_is_no_heading(text: str) -> None:
    assert last_of("Company;Role;Status", f"{text};;").result is RowResult.ERROR


@pytest.mark.parametrize(
    ("status", "interview", "is_applied"),
    [
        ("No reply yet", "", True),
        ("noch keine Rückmeldung", "", True),
        ("No reply yet", "2026-11-12", False),
        ("No decision yet", "", False),
        ("Interviewed, no word yet", "", False),
        ("Awaiting response", "", False),
    ],
)
def test_no_reply_yet_is_to_the_application_where_the_interview_is_empty(
    status: str, interview: str, is_applied: bool
) -> None:
    read = plan(
        "Company;Role;Status;Interview", "Beta;Dev;Interviewed;2026-11-10", f"Acme;Dev;{status};{interview}"
    )
    assert read.change is not None
    made = [edit.after for edit in read.change.edits if isinstance(edit.after, Application)]
    assert (made[1].stage, made[1].applied_only) == (Stage.AWAITING, is_applied)
    assert ("its cell of the interview is empty" in read.rows[1].why) == is_applied


def test_no_reply_yet_is_left_out_without_all_and_stays_what_the_user_says() -> None:
    lines = ("Company;Role;Status;Interview", "Beta;Dev;Interviewed;2026-11-10", "Acme;Dev;No reply yet;")
    assert (
        "(its cell of the interview is empty) means no interview yet" in plan(*lines, take_all=False).rows[1].why
    )
    words = parse_hand_words([], ["No reply yet=awaiting"])
    assert plan(*lines, words=words).rows[1].result is RowResult.NEW
    assert plan("Company;Role;Status", "Acme;Dev;No reply yet", take_all=False).rows[0].result is RowResult.NEW


@pytest.mark.parametrize(
    ("status", "note", "day"),
    [
        ("Zusage", "Angebot bis 10.12. beantworten", date(2026, 12, 10)),
        ("Offer", "nice team\nanswer by Dec 4", date(2026, 12, 4)),
        ("Offer", "starts by Jan 4", None),
        ("Offer received - reply before 4 Dec", "", date(2026, 12, 4)),
        ("Oferta recibida - contestar antes del 4/12", "", date(2026, 12, 4)),
    ],
)
def test_the_deadline_of_an_offer_may_be_in_the_notes_or_behind_before(
    status: str, note: str, day: date | None
) -> None:
    read = plan("Company;Role;Applied;Status;Notes", f'Acme;Dev;13/10/2026;{status};"{note}"')
    assert read.change is not None
    assert [edit.after.answer_by for edit in read.change.edits if isinstance(edit.after, Offer)] == [day]
