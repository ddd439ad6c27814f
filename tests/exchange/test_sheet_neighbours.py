"""Spellings, slips, ranges of days and texts read twice, as people's sheets have them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.interview import Interview, when_of
from followup_tui.exchange.plan import ImportPlan, ImportSource, RowResult
from followup_tui.exchange.sheets.formats import likeliest_meaning
from followup_tui.exchange.sheets.identity import is_one_slip
from followup_tui.exchange.sheets.importer import plan_import
from followup_tui.exchange.sheets.statuses import MEANINGS, status_meaning

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 11, 18, 10, tzinfo=ZONE)


def planned(sheet: str) -> ImportPlan:
    source = ImportSource("jobs.csv", sheet.encode())
    return plan_import([source], existing=[], now=NOW, zone=ZONE, first_number=1, take_all=True, day_first=True)


def results(*companies: str) -> list[RowResult]:
    return [row.result for row in planned("Company,Role\n" + "\n".join(f"{one},Dev" for one in companies)).rows]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller GmbH", "Mueller GmbH"),
        ("MUELLER GMBH", "Müller GmbH"),
        ("Bøgh A/S", "Boegh A/S"),
        ("Åkerlund", "Aakerlund"),
        ("Groß KG", "Gross KG"),
        ("Müller", "Muller"),
        ("Jörg Käser AG", "Joerg Kaeser AG"),
    ],
)
def test_a_company_is_the_same_however_its_letters_are_spelt(one: str, other: str) -> None:
    assert results(one, other) == results(other, one) == [RowResult.NEW, RowResult.SAME]


@pytest.mark.parametrize(("one", "other"), [("Mueller", "Muller"), ("Blue", "Blu"), ("Noe", "No"), ("Aal", "Al")])
def test_what_only_looks_like_another_spelling_is_another_company(one: str, other: str) -> None:
    assert results(one, other) == [RowResult.NEW, RowResult.NEW]


def test_another_spelling_without_the_legal_form_is_remarked() -> None:
    rows = planned("Company,Role\nMueller,Dev\nMüller GmbH,Dev\n").rows
    assert [row.result for row in rows] == [RowResult.NEW, RowResult.NEW]
    assert "the company's name differs" in rows[1].why


def test_spellings_of_one_company_may_share_a_link() -> None:
    link = "https://jobs.example/req/4711"
    plan = planned(f"Company,Role,Link\nMüller,Dev,{link}\nMueller,Dev,{link}\n")
    assert [row.result for row in plan.rows] == [RowResult.NEW, RowResult.SAME]


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("Acme Inc", "Acmee Inc", True),
        ("Globex", "Golbex", True),
        ("Initech", "Intech", True),
        ("Contoso", "Contaso", True),
        ("Northwind", "Northwnd", True),
        ("Studio 1", "Studio 2", False),
        ("Acme", "Globex", False),
        ("Acme", "Bcme", False),
        ("ABC", "ABD", False),
    ],
)
def test_a_slip_in_a_companys_name_makes_two_applications_and_a_remark(
    one: str, other: str, is_slip: bool
) -> None:
    rows = planned(f"Company,Role\n{one},Dev\n{other},Dev\n{other},Designer\n").rows
    assert [row.result for row in rows] == [RowResult.NEW] * 3
    assert ("the company's name differs" in rows[1].why) == is_slip
    assert "the company's name differs" not in rows[2].why
    assert is_one_slip(one.casefold(), other.casefold()) == is_slip


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("12-13 Nov 2025", date(2025, 11, 12)),
        ("Nov 12 - Nov 14", date(2025, 11, 12)),
        ("Nov 12-14, 2025", date(2025, 11, 12)),
        ("November 16, 2026 → November 17, 2026", date(2026, 11, 16)),
        ("2026-11-16 → 2026-11-18", date(2026, 11, 16)),
        ("12.-13.11.2025", date(2025, 11, 12)),
        ("12.11. - 14.11.2025", date(2025, 11, 12)),
        ("2025-11-12 - 2025-11-14", date(2025, 11, 12)),
        ("12/11/2025 – 14/11/2025", date(2025, 11, 12)),
        ("12. bis 13. November 2025", date(2025, 11, 12)),
        ("12 au 14 novembre 2025", date(2025, 11, 12)),
        ("Nov 30 - Dec 2, 2025", date(2025, 11, 30)),
        ("30 Nov to 2 Dec 2025", date(2025, 11, 30)),
    ],
)
def test_a_range_of_days_is_its_first_day_with_a_remark(cell: str, day: date) -> None:
    plan = planned(f'Company,Role,Interview Date\nAcme,Dev,"{cell}"\n')
    assert plan.change is not None
    rounds = [edit.after for edit in plan.change.edits if isinstance(edit.after, Interview)]
    assert [when_of(one).day for one in rounds] == [day]
    assert "the whole cell is kept in the notes" in plan.rows[0].why


@pytest.mark.parametrize(
    ("cell", "told"),
    [("12 Nov 2025, 3-4 pm", "14:00"), ("12-Nov-25", "11:00"), ("Nov 12 2025 15:00-15:45", "14:00")],
)
def test_a_range_of_hours_and_a_year_are_no_range_of_days(cell: str, told: str) -> None:
    plan = planned(f'Company,Role,Interview Date\nAcme,Dev,"{cell}"\n')
    assert plan.change is not None
    (one,) = [edit.after for edit in plan.change.edits if isinstance(edit.after, Interview)]
    assert f"{one.starts_at:%d %H:%M}" == f"12 {told}"
    assert not plan.rows[0].is_remarked


def twice(text: str) -> str:
    return text.encode().decode("cp1252")


@pytest.mark.parametrize("name", ["Müller GmbH", "Société Générale", "Ökostrom", "São Paulo", "It’s Café"])
def test_text_that_was_read_as_an_old_encoding_is_repaired_and_named(name: str) -> None:
    for damaged in (twice(name), twice(twice(name))):
        plan = planned(f"Company,Role\n{damaged},Dev\nPlain,Dev\n")
        assert plan.rows[0].company == name
        assert any(f"now reads “{name}”" in remark for remark in plan.remarks)


@pytest.mark.parametrize("name", ["CAFÉ»", "IRMÃ»", "Müller", "Ångström", "São", "Â", "naïve – Zürich"])
def test_text_that_is_right_stays(name: str) -> None:
    plan = planned(f"Company,Role\n{name},Dev\n")
    assert plan.rows[0].company == name
    assert not plan.remarks


def test_a_second_column_under_the_same_header_is_another_person() -> None:
    sheet = "Company,Role,Contact,Email,Contact,Email\nAcme,Dev,Dana Ruiz,dana@x.example,Sam Lee,sam@x.example\n"
    plan = planned(sheet)
    assert plan.change is not None
    people = [edit.after for edit in plan.change.edits if isinstance(edit.after, Contact)]
    assert [(one.name, one.email) for one in people] == [
        ("Dana Ruiz", "dana@x.example"),
        ("Sam Lee", "sam@x.example"),
    ]
    assert not plan.remarks


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("Waiting for xyzzy", "awaiting"),
        ("Declined interview", "withdrew"),
        ("not rejected", "awaiting"),
        ("Rejected?", "rejected"),
        ("Offer maybe?", "offer"),
        ("got the job?? verbal offer 11/30", "offer"),
        ("hired? offer maybe", "offer"),
        ("got the job??", "offer"),
        ("signed?", "offer"),
        ("offer accepted?", "accepted"),
        ("they hired someone? offer", "rejected"),
        ("Applied?", "applied"),
        ("Ghosted?", "no_reply"),
        ("zzz", "interviewed"),
    ],
)
def test_the_hint_for_an_unknown_status_proposes_its_likeliest_meaning(status: str, name: str) -> None:
    assert status_meaning(status) is None
    assert likeliest_meaning(status) == name
    assert name in MEANINGS
    plan = planned(f"Company,Role,Status\nAcme,Dev,{status}\n")
    assert f'--status "{status}={name}"' in plan.remarks[0]
