"""When two rows are about the same application, and when they aren't."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.stage import Stage
from followup_tui.exchange.duplicates import link_key, match_keys
from followup_tui.exchange.importer import plan_import
from followup_tui.exchange.plan import CsvSource, ImportPlan, RowResult

ZONE = ZoneInfo("Europe/Berlin")


def planned(text: str, *existing: Application, now: datetime) -> ImportPlan:
    sources = [CsvSource("jobs.csv", text.encode())]
    return plan_import(sources, existing=existing, now=now, zone=ZONE, first_number=10)


def acme(now: datetime, **fields: object) -> Application:
    known = Application(number=3, company="Acme GmbH", role="Dev", stage_at=now, created_at=now)
    return replace(known, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.example/jobs/1",
        "http://ACME.example/jobs/1/",
        "acme.example/jobs/1",
        "https://acme.example/jobs/1#apply",
        "https://acme.example/jobs/1?utm_source=x&utm_medium=y",
    ],
)
def test_links_that_lead_to_the_same_job_are_the_same(url: str) -> None:
    assert link_key(url) == link_key("https://acme.example/jobs/1")


@pytest.mark.parametrize(
    "url", ["https://acme.example/jobs/2", "https://acme.example/jobs/1?id=2", "https://acme.example/#/jobs/1"]
)
def test_links_that_lead_elsewhere_are_not(url: str) -> None:
    assert link_key(url) not in ("", link_key("https://acme.example/jobs/1"))


@pytest.mark.parametrize(
    "url", ["", "https://acme.example", "https://acme.example/", "by mail", "http://[", "javascript:x"]
)
def test_a_mere_host_or_no_link_names_no_job(url: str) -> None:
    assert link_key(url) == ""


def test_company_names_are_compared_without_case_width_spaces_and_commas() -> None:
    assert match_keys("ＡＣＭＥ,  Inc.", "Dev", "")[:2] == match_keys("acme inc", "DEV", "")[:2]


@pytest.mark.parametrize(
    ("company", "result"), [("Acme", RowResult.NEW), ("acme gmbh", RowResult.SAME), ("Acme AG", RowResult.NEW)]
)
def test_a_legal_form_belongs_to_the_name(company: str, result: RowResult, now: datetime) -> None:
    (row,) = planned(f"Company,Role,Status\n{company},Dev,Interview\n", acme(now), now=now).rows
    assert row.result is result


def test_a_duplicate_fills_what_is_empty_and_overwrites_nothing(now: datetime) -> None:
    known = acme(now, stage=Stage.AWAITING, notes="Mine")
    sheet = "Company,Role,Status,Notes,URL,Date applied\nACME GmbH,Dev,Interview,Theirs,https://a.example/1,2026-11-01\n"
    plan = planned(sheet, known, now=now)
    (row,) = plan.rows
    assert (row.result, row.stage) == (RowResult.MERGED, Stage.AWAITING)
    assert "Acme GmbH · Dev (#3): adds link and date applied" in row.why
    assert "stays in Awaiting" in row.why
    assert plan.change is not None
    (edit,) = plan.change.edits
    assert edit.before == known
    assert edit.after == replace(known, url="https://a.example/1", applied_on=date(2026, 11, 1))
    assert plan.change.label == "Filled in 1 application from jobs.csv"


def test_the_same_link_is_the_same_application_under_another_title(now: datetime) -> None:
    known = acme(now, url="https://a.example/1")
    sheet = "Company,Role,Status,URL\nAcme,Developer (all genders),Interview,http://a.example/1/?utm_campaign=z\n"
    (row,) = planned(sheet, known, now=now).rows
    assert row.result is RowResult.SAME
    assert "Same link as Acme GmbH · Dev (#3)" in row.why


def test_two_rows_of_one_sheet_fill_each_other(now: datetime) -> None:
    plan = planned("Company,Role,Status,Notes\nB,Dev,Interview,\nB,Dev,Interview,Here\n", now=now)
    assert [row.result for row in plan.rows] == [RowResult.NEW, RowResult.MERGED]
    assert plan.change is not None
    (edit,) = plan.change.edits
    assert isinstance(edit.after, Application)
    assert (edit.before, edit.after.notes, edit.after.number) == (None, "Here", 10)
    assert plan.change.label == "Imported 1 application from jobs.csv"


def test_a_link_that_another_application_bears_is_not_filled_in(now: datetime) -> None:
    sheet = "Company,Role,Status,URL\nA,Dev,Interview,\nB,Dev,Interview,https://x.example/1\nA,Dev,Interview,https://x.example/1\n"
    plan = planned(sheet, now=now)
    assert [row.result for row in plan.rows] == [RowResult.NEW, RowResult.NEW, RowResult.SAME]


def test_the_label_tells_of_new_and_filled_ones(now: datetime) -> None:
    plan = planned("Company,Role,Status,Notes\nAcme GmbH,Dev,Interview,x\nB,Dev,Interview,\n", acme(now), now=now)
    assert plan.change is not None
    assert plan.change.label == "Imported 1 application from jobs.csv, filled in 1"
