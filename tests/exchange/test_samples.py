"""The sheets in tests/samples, row by row: three as other programs write them, others as people do."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Application, Outcome, Stage, WorkMode
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Entity, Offer
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.touch import Touch, TouchKind
from followup_tui.exchange.plan import ImportPlan, ImportSource, RowResult
from followup_tui.exchange.sheets.importer import plan_import

SAMPLES = Path(__file__).parents[1] / "samples"
THREE = ("huntr-board.csv", "jobsync.csv", "linkedin-job-applications.csv")


def planned(*names: str, now: datetime, take_all: bool = False) -> ImportPlan:
    sources = [ImportSource(name, (SAMPLES / name).read_bytes()) for name in names]
    zone = ZoneInfo("Europe/Berlin")
    return plan_import(sources, existing=(), now=now, zone=zone, first_number=1, take_all=take_all)


def made(plan: ImportPlan) -> list[Entity]:
    assert plan.change is not None
    return [edit.after for edit in plan.change.edits if edit.after is not None]


def applications(plan: ImportPlan) -> list[Application]:
    return [row for row in made(plan) if isinstance(row, Application)]


def fates(plan: ImportPlan) -> list[tuple[int, str, RowResult, Stage | None]]:
    return [(row.line, row.company, row.result, row.stage) for row in plan.rows]


def test_huntrs_board_fills_the_stages_and_leaves_out_what_had_no_interview(now: datetime) -> None:
    plan = planned("huntr-board.csv", now=now)
    assert fates(plan) == [
        (2, "Proseware", RowResult.NEW, Stage.INTERVIEWED),
        (4, "Litware", RowResult.SKIPPED, None),
        (5, "Coho Winery", RowResult.NEW, Stage.MOVED_ON),
    ]
    proseware, coho = applications(plan)
    assert (proseware.number, proseware.role, proseware.work_mode) == (1, "Product Engineer", WorkMode.REMOTE)
    assert proseware.url == "https://jobs.example.com/proseware/17"
    assert proseware.notes == "Second round with the team\nAsk about on-call"
    assert proseware.applied_on == date(2026, 11, 2)
    assert proseware.stage_at == now, "nothing is counted from the day of applying"
    assert (coho.number, coho.outcome, coho.location, coho.url) == (2, Outcome.DECLINED, "Mainz", "")
    assert "an offer that you declined" in plan.rows[2].why
    assert "--all" in plan.rows[1].why


def test_jobsyncs_sheet_keeps_umlauts_and_the_comma_in_quotes(now: datetime) -> None:
    plan = planned("jobsync.csv", now=now)
    assert fates(plan) == [
        (2, "Northwind Traders", RowResult.NEW, Stage.INTERVIEWED),
        (3, "Fabrikam", RowResult.SKIPPED, None),
        (4, "Adventure Works", RowResult.SKIPPED, None),
        (5, "Lucerne, Publishing & Co", RowResult.NEW, Stage.MOVED_ON),
        (6, "Tailspin Toys", RowResult.NEW, Stage.AWAITING),
    ]
    northwind, lucerne, tailspin = applications(plan)
    assert (northwind.role, northwind.source, northwind.location) == ("Backend Engineer", "LinkedIn", "Berlin")
    assert northwind.applied_on == date(2026, 10, 3), "the day one applied, not the day the row was made"
    assert (lucerne.location, lucerne.outcome) == ("München", Outcome.REJECTED)
    assert (tailspin.source, tailspin.outcome, tailspin.pinned_why) == ("Careers page", None, "")
    assert plan.change is not None
    assert [edit.row.application_id for edit in plan.change.edits if isinstance(edit.row, Offer)] == [tailspin.id]


def test_linkedins_export_waits_for_all_since_it_tells_no_status(now: datetime) -> None:
    plan = planned("linkedin-job-applications.csv", now=now)
    assert [row.result for row in plan.rows] == [RowResult.SKIPPED, RowResult.SKIPPED]
    assert all("LinkedIn doesn't tell" in row.why and "--all" in row.why for row in plan.rows)
    assert plan.change is None


def test_linkedins_export_goes_into_awaiting_with_all(now: datetime) -> None:
    plan = planned("linkedin-job-applications.csv", now=now, take_all=True)
    wingtip, woodgrove = made(plan)
    assert isinstance(wingtip, Application)
    assert isinstance(woodgrove, Application), "the mail and phone in it are one's own and make no contact"
    assert (wingtip.company, wingtip.role) == ("Wingtip Toys", "Senior Python Developer")
    assert (wingtip.stage, woodgrove.stage) == (Stage.AWAITING, Stage.AWAITING)
    assert wingtip.applied_on == date(2026, 11, 3), "month first"
    assert woodgrove.applied_on == date(2026, 11, 14)
    assert wingtip.url == "https://www.linkedin.com/jobs/view/4000000001"
    assert wingtip.notes == "Years with Python?: 8 | Notice period?: 1 month"
    assert (wingtip.source, woodgrove.notes) == ("LinkedIn", "")


def test_three_files_are_one_change(now: datetime) -> None:
    plan = planned(*THREE, now=now)
    assert plan.change is not None
    assert (plan.change.verb, plan.change.label) == ("import", "Imported 5 applications from 3 files")
    assert [each.number for each in applications(plan)] == [1, 2, 3, 4, 5]
    assert [row.file for row in plan.rows] == [THREE[0]] * 3 + [THREE[1]] * 5 + [THREE[2]] * 2
    assert len(applications(planned(*THREE, now=now, take_all=True))) == 9, "a draft isn't applied for"


def test_a_german_sheet_with_title_line_semicolons_and_dots_is_read(now: datetime) -> None:
    plan = planned("bewerbungen.csv", now=now)
    assert fates(plan) == [
        (4, "Müller & Söhne GmbH", RowResult.NEW, Stage.INTERVIEWED),
        (6, "Bäckerei Groß", RowResult.NEW, Stage.MOVED_ON),
        (7, "", RowResult.ERROR, None),
        (8, "Öko AG", RowResult.ERROR, None),
        (9, "Später KG", RowResult.NEW, Stage.INTERVIEWED),
        (10, "", RowResult.SKIPPED, None),
        (11, "", RowResult.ERROR, None),
        (12, "Ende GmbH", RowResult.NEW, Stage.MOVED_ON),
    ]
    mueller, contact, interview, bakery, later, end = made(plan)
    assert isinstance(later, Application)
    assert later.notes == "Beworben am: demnächst"
    assert "“demnächst” under “Beworben am” is not a date" in plan.rows[4].why
    assert isinstance(mueller, Application)
    assert mueller.applied_on == date(2026, 11, 2)
    assert mueller.pay == "65.000 €"
    assert mueller.notes == 'Frage: "Bereitschaft?"\nZweite Zeile; mit Semikolon'
    assert isinstance(contact, Contact)
    assert (contact.name, contact.email) == ("Dana Ruiz", "dana@example.org")
    assert isinstance(interview, Interview)
    assert (interview.time_known, interview.zone) == (False, "Europe/Berlin")
    assert interview.starts_at == mueller.stage_at == datetime(2026, 11, 12, 11, tzinfo=UTC)
    assert isinstance(bakery, Application)
    assert bakery.applied_on == date(2026, 11, 3), "3. November 2026"
    assert isinstance(end, Application)
    assert (end.outcome, end.applied_on, end.stage_at) == (Outcome.NO_REPLY, None, now)
    reasons = {row.line: row.why for row in plan.rows}
    assert "names no company" in reasons[7]
    assert "“Vielleicht” is not known" in reasons[8]
    assert "“demnächst” under “Beworben am”" in reasons[9]
    assert "10 cells where the header has 9" in reasons[11]


def test_hostile_cells_lose_their_controls_and_stay_else_as_typed(now: datetime) -> None:
    plan = planned("hostile.csv", now=now)
    red, null, right = applications(plan)
    assert (red.company, red.role) == ("[red]x[/", "]52;c;aGk=Hacker")
    assert (red.url, red.notes) == ("", "URL: javascript:alert(1)\nhttp://evil.example.com")
    assert (null.company, null.role) == ("Null & Void", "@SUM(A1)")
    assert (right.company, right.role, right.notes) == ("RightToLeft", "-1+1", "+49 30 1234")
    assert plan.dropped == 5, "ESC, BEL, two NULs and a bidi override"


def test_a_quotation_mark_never_closed_is_told_by_its_line_and_the_rows_before_go_in(now: datetime) -> None:
    plan = planned("hostile.csv", now=now)
    bad, never = plan.rows[-2:]
    assert (bad.line, bad.result, never.line, never.result) == (5, RowResult.ERROR, 6, RowResult.ERROR)
    assert "lines 6 to 7" in never.why
    assert len(applications(plan)) == 3


def test_an_old_windows_sheet_is_read_with_a_remark(now: datetime) -> None:
    plan = planned("old-windows.tsv", now=now)
    (cafe,) = applications(plan)
    assert (cafe.company, cafe.role) == ("Café Müller", "Köchin")
    assert any("Windows-1252" in remark for remark in plan.remarks)


def test_a_sheet_with_a_line_per_round_makes_one_application_with_its_rounds(now: datetime) -> None:
    plan = planned("rounds.csv", now=now)
    assert [(row.line, row.result, row.stage) for row in plan.rows] == [
        (2, RowResult.NEW, Stage.INTERVIEWED),
        (3, RowResult.MERGED, Stage.INTERVIEWED),
        (4, RowResult.NEW, Stage.THANKED),
        (5, RowResult.SAME, Stage.THANKED),
        (6, RowResult.NEW, Stage.INTERVIEWED),
        (7, RowResult.NEW, Stage.THANKED),
        (8, RowResult.SAME, Stage.THANKED),
    ]
    assert "Same link as line 4" in plan.rows[3].why
    assert "“Applied”, but an interview on 2026-12-01" in plan.rows[4].why
    assert "stays in Thanked" in plan.rows[6].why
    globex = applications(plan)[0]
    rounds = [row for row in made(plan) if isinstance(row, Interview) and row.application_id == globex.id]
    assert [row.starts_at.hour for row in rounds] == [13, 8]
    assert all(row.time_known for row in rounds)
    assert globex.stage_at == rounds[1].starts_at
    assert globex.tags == ("remote", "go")
    people = [row.name or row.email for row in made(plan) if isinstance(row, Contact)]
    assert people == ["sam@example.com", "Lee Chan", "Bo"]
    known, unknown = (row for row in made(plan) if isinstance(row, Touch))
    assert (known.kind, known.at) == (TouchKind.THANK_YOU, datetime(2026, 11, 13, 11, tzinfo=UTC))
    assert known.interview_id is not None
    assert (unknown.at, unknown.note) == (now, "The sheet didn't tell the day.")
