"""The day on which an application ended, by the column that tells it best, and the day of their decision."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application, NextStep, Outcome, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Offer
from followup_tui.exchange.plan import ImportPlan, ImportSource
from followup_tui.exchange.sheets.importer import plan_import

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def planned(sheet: str) -> ImportPlan:
    source = ImportSource("jobs.csv", sheet.encode())
    return plan_import([source], existing=(), now=NOW, zone=ZONE, first_number=1, take_all=True)


def made(sheet: str) -> list[object]:
    change = planned(sheet).change
    assert change is not None
    return [edit.after for edit in change.edits]


def application(sheet: str) -> Application:
    return next(row for row in made(sheet) if isinstance(row, Application))


@pytest.mark.parametrize(
    "header",
    [
        "Date rejected",
        "Rejection date",
        "Absage am",
        "Outcome date",
        "Response date",
        "Status date",
        "Last updated",
    ],
)
def test_an_application_ended_on_the_day_that_its_sheet_tells(header: str) -> None:
    one = application(f"Company,Role,Date applied,Status,{header}\nAcme,Dev,2026-10-01,Rejected,2026-10-20\n")
    assert one.outcome is Outcome.REJECTED
    assert one.stage_at.date() == date(2026, 10, 20)
    assert one.notes == ""


def test_of_several_such_columns_that_of_the_rejection_tells_best() -> None:
    header = "Company,Role,Date applied,Status,Last update,Date rejected,Response date\n"
    one = application(header + "Acme,Dev,2026-10-01,Rejected,2026-11-25,2026-10-20,2026-10-19\n")
    assert one.stage_at.date() == date(2026, 10, 20)


@pytest.mark.parametrize("day", ["2026-09-01", "2027-01-04"])
def test_a_day_before_applying_or_ahead_is_no_end_and_is_kept(day: str) -> None:
    one = application(f"Company,Role,Date applied,Status,Date rejected\nAcme,Dev,2026-10-01,Rejected,{day}\n")
    assert one.stage_at.date() == date(2026, 10, 1)
    assert one.notes == f"Date rejected: {day}"


def test_a_day_in_the_status_says_more_than_a_column() -> None:
    one = application("Company,Role,Status,Last update\nAcme,Dev,Rejected 12 Nov 2026,2026-11-25\n")
    assert one.stage_at.date() == date(2026, 11, 12)


@pytest.mark.parametrize("status", ["Applied", ""])
def test_a_date_of_rejection_rejects(status: str) -> None:
    one = application(f"Company,Role,Status,Rejected on\nAcme,Dev,{status},2026-11-12\n")
    assert (one.stage, one.outcome) == (Stage.MOVED_ON, Outcome.REJECTED)
    assert one.stage_at.date() == date(2026, 11, 12)


def test_dates_under_a_bare_rejection_are_those_of_rejections() -> None:
    rows = made("Firma,Stelle,Bewerbung am,Absage\nAcme,Dev,01.10.2026,20.10.2026\nBeta,Dev,02.10.2026,\n")
    ends = {row.company: row.outcome for row in rows if isinstance(row, Application)}
    assert ends == {"Acme": Outcome.REJECTED, "Beta": None}


def test_when_a_posting_closed_ends_no_application() -> None:
    one = application("Company,Role,Status,Closed on\nAcme,Dev,Applied,2026-11-12\n")
    assert one.applied_only
    assert one.notes == "Closed on: 2026-11-12"


def test_what_only_says_when_anything_changed_is_told_once_and_kept_nowhere() -> None:
    sheet = "Company,Role,Status,Last updated\nAcme,Dev,Applied,2026-11-12\n"
    assert application(sheet).notes == ""
    assert planned(sheet).remarks == ("jobs.csv: “Last updated” only says when an application ended.",)


def test_words_under_such_a_header_are_kept() -> None:
    one = application("Company,Role,Status,Last update\nAcme,Dev,Applied,waiting for HR\n")
    assert one.notes == "Last update: waiting for HR"


def test_the_order_of_day_and_month_of_such_a_column_is_never_asked_for() -> None:
    one = application("Company,Role,Date applied,Status,Updated\nAcme,Dev,2026-10-01,Rejected,05/11/2026\n")
    assert one.outcome is Outcome.REJECTED
    assert "Updated: 05/11/2026" in one.notes


def test_an_offer_was_made_on_the_day_of_their_answer_but_not_of_any_change() -> None:
    for header, known in (("Response date", True), ("Last updated", False)):
        rows = made(f"Company,Role,Status,{header}\nAcme,Dev,Offer,2026-11-12\n")
        offer = next(row for row in rows if isinstance(row, Offer))
        assert offer.day_known is known


@pytest.mark.parametrize("said", ["decision by 4 Dec", "They decide by 4 December 2026", "Entscheidung bis 4.12."])
def test_by_when_they_decide_is_read_from_the_notes(said: str) -> None:
    rows = made(f"Company,Role,Status,Interview date,Notes\nAcme,Dev,Interviewed,2026-11-20,{said}\n")
    assert [row.by_on for row in rows if isinstance(row, NextStep)] == [date(2026, 12, 4)]
    assert next(row for row in rows if isinstance(row, Application)).notes == said


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("Interviewed", "my decision by 4 Dec"),
        ("Interviewed", "decided on 4 Nov to ask again"),
        ("Interviewed", "decision by 4 Nov 2026"),
        ("Interviewed", "send portfolio by 4 Dec"),
        ("Rejected", "decision by 4 Dec"),
    ],
)
def test_other_days_in_the_notes_are_no_decision_of_theirs(status: str, said: str) -> None:
    rows = made(f"Company,Role,Status,Interview date,Notes\nAcme,Dev,{status},2026-10-20,{said}\n")
    assert not any(isinstance(row, NextStep) for row in rows)


def test_an_agency_under_recruiter_is_nobody_to_write_to() -> None:
    rows = made(
        "Company,Role,Status,Recruiter,Recruiter email\n"
        "Acme,Dev,Applied,Hays GmbH,\nBeta,Dev,Applied,Nova Recruitment,\n"
        "Gamma,Dev,Applied,Dana Ruiz,\nDelta,Dev,Applied,Nova Recruitment,dana@nova.example\n"
    )
    notes = {row.company: row.notes for row in rows if isinstance(row, Application)}
    assert (notes["Acme"], notes["Beta"]) == ("Contact: Hays GmbH", "Contact: Nova Recruitment")
    contacts = [(row.name, row.email) for row in rows if isinstance(row, Contact)]
    assert contacts == [("Dana Ruiz", ""), ("Nova Recruitment", "dana@nova.example")]


@pytest.mark.parametrize("header", ["Agency", "Recruiting agency", "Personalvermittler", "Cabinet de recrutement"])
def test_the_recruiters_firm_is_kept_and_never_the_employer(header: str) -> None:
    for employer in ("Company", "Client"):
        one = application(f"{header},{employer},Role,Status\nHays,Acme,Dev,Applied\n")
        assert (one.company, one.notes) == ("Acme", f"{header}: Hays")
