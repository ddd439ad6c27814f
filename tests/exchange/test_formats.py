"""The sheets of other programs, recognized by their headers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.model.interview import Interview
from followup_tui.exchange.plan import ImportPlan, ImportSource, RowResult
from followup_tui.exchange.sheets.formats import FORMATS, CsvFormat, detect_format
from followup_tui.exchange.sheets.importer import plan_import

LINKEDIN = "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name"


def planned(sheet: str, *, take_all: bool = False) -> ImportPlan:
    return plan_import(
        [ImportSource("jobs.csv", sheet.encode())],
        existing=(),
        now=datetime(2026, 11, 18, 9, tzinfo=UTC),
        zone=ZoneInfo("Europe/Berlin"),
        first_number=1,
        take_all=take_all,
        day_first=False,
    )


def made(plan: ImportPlan) -> list[Application]:
    edits = plan.change.edits if plan.change else ()
    return [edit.after for edit in edits if isinstance(edit.after, Application)]


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (f"{LINKEDIN},Question And Answers", "linkedin"),
        ("Saved Date,Job Url,Job Title,Company Name", "linkedin_saved"),
        ("Title,Company,Location,Salary,Url,List,Date Added,Description", "huntr"),
        ("Company,Title,List,Date Applied,URL,Location,Notes", "huntr"),
        ("Company,Role,Status,URL,Location,Salary,Date Saved,Date Applied,Notes,Excitement", "teal"),
        ("Job Position,Company,Max. Salary,Location,Status,Date Saved,Deadline,Date Applied,Follow up", "teal"),
        ("Job Title,Company Name,Job URL,Location,Status,Status Date,Applied Date,Notes", "simplify"),
        ("index,createdAt,applied,appliedDate,Company,JobTitle,JobSource,Status", "jobsync"),
        ("Company,Role,Status", "csv"),
        ("Firma;Stelle", "csv"),
    ],
)
def test_a_program_is_told_by_its_headers(headers: str, name: str) -> None:
    assert detect_format(headers.split(",")).name == name


def test_the_longest_matching_set_of_headers_wins() -> None:
    """Whatever order the formats stand in: each is found by its own headers, also among those of shorter ones."""
    short = CsvFormat(name="short", title="", signatures=(("Company", "Role"),))
    long = CsvFormat(name="long", title="", signatures=(("Company", "Role", "List"), ("Nothing",)))
    assert short.match(["Role", "Company", "List"]) < long.match(["role", "COMPANY", "list"]) == 3
    assert long.match(["Company", "Role"]) == -1
    for each in FORMATS:
        for signature in each.signatures:
            assert detect_format([*signature, "One more"]) is each


def test_teals_stages_are_read_and_what_is_bookmarked_is_left_out() -> None:
    stages = ("Bookmarked", "Applying", "Applied", "Interviewing", "Negotiating", "Accepted", "I Withdrew")
    stages += ("Not Selected", "No Response 👻", "Archived")
    sheet = "Job Position,Company,Status,Date Saved,Date Applied,Follow Up,Excitement\n" + "".join(
        f"Dev,Company {number},{stage},10/01/2026,10/02/2026,10/20/2026,4\n" for number, stage in enumerate(stages)
    )
    plan = planned(sheet, take_all=True)
    assert [row.result for row in plan.rows[:3]] == [RowResult.SKIPPED, RowResult.SKIPPED, RowResult.NEW]
    assert [(each.stage, each.outcome) for each in made(plan)] == [
        (Stage.AWAITING, None),
        (Stage.INTERVIEWED, None),
        (Stage.AWAITING, None),
        (Stage.MOVED_ON, Outcome.ACCEPTED),
        (Stage.MOVED_ON, Outcome.WITHDREW),
        (Stage.MOVED_ON, Outcome.REJECTED),
        (Stage.MOVED_ON, Outcome.NO_REPLY),
        (Stage.MOVED_ON, Outcome.NO_REPLY),
    ]
    assert {each.applied_on for each in made(plan)} == {date(2026, 10, 2)}


def test_simplifys_status_date_is_no_interview() -> None:
    sheet = "Job Title,Company Name,Job URL,Status,Status Date,Applied Date\n"
    sheet += "Dev,Acme,https://a.example/1,INTERVIEW,2026-11-10,2026-10-02\nDev,Beta,,SAVED,2026-11-10,N/A\n"
    plan = planned(sheet, take_all=True)
    assert plan.change is not None
    assert [type(edit.after).__name__ for edit in plan.change.edits] == ["Application"]
    assert plan.rows[1].why == "Left out: status “SAVED” means not applied for yet."


def test_linkedins_saved_jobs_are_not_applied_for_and_stay_out() -> None:
    sheet = "Saved Date,Job Url,Job Title,Company Name\n"
    sheet += '"11/3/26, 2:20 PM",https://www.linkedin.com/jobs/view/4000000001,Dev,Acme\n'
    (row,) = planned(sheet, take_all=True).rows
    assert row.result is RowResult.SKIPPED
    assert row.why == "Left out: LinkedIn's saved jobs aren't applied for yet."


def test_a_hand_made_sheet_with_links_behind_words_dates_apart_and_rounds_in_columns() -> None:
    sheet = (
        "My hunt\n\nCompany (HQ);Role name;Stage;Posting;Interview Date;Interview Time;Final round;Comp\n"
        '"Acme";"[Dev](https://a.example/jobs/1)";"Phone screen w/ Dana";"see mail";2026-11-17;14:00;;x\n'
        'Beta;"=HYPERLINK(""https://b.example/2"";""Ops &amp; Dev"")";"Onsite";;2026-11-12;;2026-11-16;\n'
        "Gamma;QA;Absage nach Gespräch;gamma.example/qa;;9:00;;\n"
    )
    plan = planned(sheet)
    acme, beta, gamma = made(plan)
    assert (acme.role, acme.url, acme.notes) == (
        "Dev",
        "https://a.example/jobs/1",
        "Posting: see mail\nComp: x\nStatus: Phone screen w/ Dana",
    )
    assert (beta.role, beta.url) == ("Ops & Dev", "https://b.example/2")
    assert (gamma.url, gamma.notes) == ("https://gamma.example/qa", "Interview time: 9:00")
    assert plan.change is not None
    rounds = [edit.after for edit in plan.change.edits if isinstance(edit.after, Interview)]
    assert [f"{each.starts_at:%d %H:%M}" for each in rounds] == ["17 13:00", "12 11:00", "16 11:00"]
