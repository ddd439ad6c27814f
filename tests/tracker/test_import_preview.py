"""An import before it is written: its rows, how it is read, and that looking leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, ZONE
from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.errors import BadInput
from followup_tui.tracker.import_preview import (
    AmbiguousDates,
    ImportPreview,
    RowResult,
    describe_tally,
    is_same_plan,
    needs_look,
)

Opens = Callable[..., ImportPreview]
SHEET = "Company,Role,Status\nAcme,Dev,Interview\nBolt,QA,Applied\nCobalt,SRE,Quux\n"
ODD = "Bude,Was,Wie\nAcme,Dev,Interview\n"


@pytest.fixture
def preview(database: Path, tmp_path: Path) -> Opens:
    def opened(content: str, name: str = "jobs.csv") -> ImportPreview:
        file = tmp_path / name
        file.write_text(content, encoding="utf-8")
        return ImportPreview(
            database, [str(file)], zone=ZoneInfo(ZONE), settings_place=tmp_path / "s.toml", clock=lambda: NOW
        )

    return opened


@pytest.mark.file_only
def test_looking_writes_nothing(preview: Opens, database: Path) -> None:
    opened = preview(SHEET)
    plan = opened.plan()
    assert [row.result for row in plan.rows] == [RowResult.NEW, RowResult.SKIPPED, RowResult.ERROR]
    assert describe_tally(plan) == "1 new (1 with a remark), 1 left out, 1 not read"
    assert [needs_look(row) for row in plan.rows] == [True, False, True], (
        "an interview without its day is a remark"
    )
    opened.columns()
    opened.statuses()
    assert not database.exists()


def test_what_is_written_is_what_was_shown(preview: Opens) -> None:
    opened = preview(SHEET)
    shown = opened.plan()
    written = opened.write().plan
    assert is_same_plan(shown, written)
    assert written.change is not None
    assert written.change.label == "Imported 1 application from jobs.csv"
    assert not is_same_plan(shown, opened.plan()), "the second time it is there already"


def test_all_rows_are_taken_if_so_wished(preview: Opens) -> None:
    opened = preview(SHEET)
    opened.read_all(True)
    assert [row.stage for row in opened.plan().rows] == [Stage.INTERVIEWED, Stage.AWAITING, Stage.AWAITING]
    opened.read_all(False)
    assert [row.stage for row in opened.plan().rows] == [Stage.INTERVIEWED, None, None]


def test_a_status_can_be_read_as_another_stage(preview: Opens) -> None:
    opened = preview(SHEET)
    opened.plan()
    assert {(item.text, item.example, item.name) for item in opened.statuses()} == {
        ("Interview", "1 row", "interviewed"),
        ("Applied", "1 row", "applied"),
        ("Quux", "1 row", ""),
    }
    opened.read_statuses({"Quux": "rejected", "Applied": "thanked"})
    stages = [row.stage for row in opened.plan().rows]
    assert stages == [Stage.INTERVIEWED, Stage.THANKED, Stage.MOVED_ON]
    assert {item.name for item in opened.statuses()} == {"interviewed", "thanked", "rejected"}


@pytest.mark.parametrize(
    ("status", "name"),
    [
        ("Offer", "offer"),
        ("Zusage", "offer"),
        ("Offer accepted", "accepted"),
        ("Offer declined", "declined"),
        ("Awaiting", "awaiting"),
    ],
)
def test_a_status_is_called_what_its_row_becomes(preview: Opens, status: str, name: str) -> None:
    opened = preview(f"Company,Role,Status\nAcme,Dev,{status}\n")
    opened.plan()
    assert [item.name for item in opened.statuses()] == [name]


def test_statuses_that_are_not_understood_come_first(preview: Opens) -> None:
    statuses = ["Interview", "Interview", "Quux", "Applied", "Zork", "Zork"]
    opened = preview("Company,Role,Status\n" + "".join(f"A{n},Dev,{s}\n" for n, s in enumerate(statuses)))
    opened.plan()
    assert [item.text for item in opened.statuses()] == ["Zork", "Quux", "Interview", "Applied"]


def test_a_column_can_be_read_as_another_field(preview: Opens) -> None:
    opened = preview("Company,Role,Status,Blob\nAcme,Dev,Interview,Graz\n")
    opened.plan()
    read_as = {item.text: (item.example, item.name) for item in opened.columns()}
    assert read_as["Blob"] == ("Graz", "nothing")
    assert read_as["Company"] == ("Acme", "company")
    opened.read_columns({"Blob": "location", "Status": "nothing"})
    assert {item.text: item.name for item in opened.columns()}["Blob"] == "location"
    assert opened.statuses() == []


def test_a_sheet_of_unknown_columns_is_read_once_they_are_named(preview: Opens) -> None:
    opened = preview(ODD)
    with pytest.raises(BadInput, match="has no column for the company"):
        opened.plan()
    assert [(item.text, item.name) for item in opened.columns()] == [
        ("Bude", "nothing"),
        ("Was", "nothing"),
        ("Wie", "nothing"),
    ]
    opened.read_columns({"Bude": "company", "Was": "role", "Wie": "status"})
    (row,) = opened.plan().rows
    assert (row.company, row.role, row.stage) == ("Acme", "Dev", Stage.INTERVIEWED)


def test_every_name_of_a_field_and_of_a_meaning_can_be_chosen(preview: Opens) -> None:
    opened = preview(SHEET)
    opened.plan()
    assert len(set(opened.field_names)) == len(opened.field_names)
    assert {"company", "role", "nothing"} <= set(opened.field_names)
    for name in set(opened.field_names) - {"interview-time"}:  # alone, it is the interview's date and time
        opened.read_columns({"Status": name})
        assert {item.text: item.name for item in opened.columns()}["Status"] == name
    opened.read_columns({"Status": "status"})
    for name in opened.meaning_names:
        opened.read_statuses({"Quux": name})
        assert {item.text: item.name for item in opened.statuses()}["Quux"] == name


def test_dates_that_could_be_two_days_are_asked_about(preview: Opens) -> None:
    opened = preview("Company,Role,Status,Interview Date\nAcme,Dev,Interview,03/04/2026\n")
    with pytest.raises(AmbiguousDates) as raised:
        opened.plan()
    assert (raised.value.example, raised.value.column) == ("03/04/2026", "Interview Date")
    for order in (True, False):
        opened.read_days(order)
        assert opened.plan().change is not None


def test_a_file_is_named_without_its_folder(preview: Opens) -> None:
    opened = preview("Company,Role,Status,Shoe size\nAcme,Dev,Interview,43\n", "my jobs.csv")
    assert opened.title == "my jobs.csv"
    plan = opened.plan()
    assert [row.file for row in plan.rows] == ["my jobs.csv"]
    assert plan.remarks
    assert all(remark.startswith("my jobs.csv") for remark in plan.remarks)


def test_a_file_that_is_gone_is_a_sentence(preview: Opens, tmp_path: Path) -> None:
    opened = preview(SHEET)
    (tmp_path / "jobs.csv").unlink()
    with pytest.raises(BadInput, match=r"can't be read .*; nothing was imported"):
        opened.plan()
