"""Importing from the shell: what would happen, what happened, and that one undo takes it back."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from followup_tui.cli import import_command
from followup_tui.files import backups_folder
from run_cli import Shell

SAMPLES = [
    str(Path(__file__).parents[1] / "samples" / name)
    for name in ("huntr-board.csv", "jobsync.csv", "linkedin-job-applications.csv")
]
SHEET = """Company,Role,Status,Applied
Acme,Dev,Interview,2026-11-02
Globex,SRE,Rejected,2026-10-01
Initech,QA,Applied,
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    place = tmp_path / "sheet.csv"
    place.write_text(SHEET)
    return place


def numbers(shell: Shell, *arguments: str) -> list[int]:
    return [each["id"] for each in shell.well("list", "--all", "--json", *arguments).json]


def test_the_samples_fill_the_board(shell: Shell) -> None:
    ran = shell.well("import", *SAMPLES)
    assert len(numbers(shell)) == 5
    assert "Imported 5 applications from 3 files" in ran.err


def test_an_import_is_one_change(shell: Shell, sheet: Path) -> None:
    shell.well("add", "Mine", "Dev")
    shell.well("import", str(sheet), *SAMPLES, "--all")
    assert len(numbers(shell)) > 5
    shell.well("undo")
    assert numbers(shell) == [1]
    shell.well("redo")
    assert len(numbers(shell)) > 5


@pytest.mark.file_only
def test_a_dry_run_shows_every_row_and_changes_nothing(shell: Shell, sheet: Path) -> None:
    ran = shell.well("import", str(sheet), "--dry-run")
    assert [line.split()[1:3] for line in ran.out.splitlines()] == [
        ["Acme", "Dev"],
        ["Globex", "SRE"],
        ["Initech", "QA"],
    ]
    assert f"{sheet}:2" in ran.out
    assert "this was a dry run: 2 new (1 with a remark), 1 left out" in ran.err
    assert not shell.database.exists()


def test_the_objects_of_an_import_keep_their_names(shell: Shell, sheet: Path) -> None:
    planned = shell.well("import", str(sheet), "--dry-run", "--json").json
    done = shell.well("import", str(sheet), "--json").json
    assert planned == done
    assert {frozenset(each) for each in done} == {
        frozenset({"file", "line", "company", "role", "result", "why", "stage"})
    }
    assert [(each["line"], each["result"], each["stage"]) for each in done] == [
        (2, "new", "interviewed"),
        (3, "new", "moved_on"),
        (4, "skipped", None),
    ]
    again = shell.well("import", str(sheet), "--json").json
    assert [each["result"] for each in again] == ["same", "same", "skipped"]


def test_rows_that_were_left_out_are_told_with_their_line_and_why(shell: Shell, sheet: Path) -> None:
    ran = shell.well("import", str(sheet))
    assert f"{sheet}:4: Initech · QA: " in ran.err
    assert ran.out == ""


def test_a_row_that_can_not_be_read_lets_the_others_in_and_exits_with_one(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "bad.csv"
    place.write_text('Company,Role,Status\n,Dev,Interview\nAcme,Dev,Interview\nGlobex,"SRE,Interview\n')
    ran = shell("import", str(place))
    assert ran.code == 1
    assert f"{place}:2: " in ran.err
    assert f"{place}:4: " in ran.err
    assert [each["company"] for each in shell.well("list", "--json").json] == ["Acme"]


@pytest.mark.file_only
@pytest.mark.parametrize("name", ["missing.csv", "", ".", "a/b.csv"])
def test_where_one_file_can_not_be_read_none_is_imported(
    shell: Shell, sheet: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sheet.parent)
    ran = shell("import", str(sheet), name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert not shell.database.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04workbook", b"name;age\nAda;36\n", b"\0\0\0\0" * 50])
def test_a_file_that_is_no_sheet_of_applications_is_one_sentence(
    shell: Shell, tmp_path: Path, content: bytes
) -> None:
    place = tmp_path / "other.csv"
    place.write_bytes(content)
    ran = shell("import", str(place))
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


def test_a_file_too_long_to_be_a_sheet_is_not_read_to_its_end(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/zero").open("rb") as endless:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=endless))
        ran = shell("import", "-")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "MB" in ran.err


@pytest.mark.file_only
@pytest.mark.parametrize("name", ["/dev/zero", "/dev/tty", "fifo", ".", "link-to-fifo"])
def test_what_is_no_ordinary_file_is_refused_without_waiting_for_it(
    shell: Shell, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("fifo")
    Path("link-to-fifo").symlink_to("fifo")
    ran = shell("import", name)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "nothing was imported" in ran.err
    assert not shell.database.exists()


def test_a_dash_is_the_input(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(SHEET.encode())))
    assert "the input:4: Initech" in shell.well("import", "-").err
    assert len(numbers(shell)) == 2


def test_dates_that_could_be_two_are_asked_for_by_name(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "dates.csv"
    place.write_text("Company,Role,Status,Applied\nAcme,Dev,Interview,03/04/2026\n")
    ran = shell("import", str(place))
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "--day-first or --month-first" in ran.err
    shell.well("import", str(place), "--day-first")
    assert shell.card()["applied_on"] == "2026-04-03"
    shell.well("undo")
    shell.well("import", str(place), "--month-first")
    assert shell.card()["applied_on"] == "2026-03-04"


def test_dates_that_could_be_two_are_asked_for_where_somebody_sits(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "dates.csv"
    place.write_text("Company,Role,Status,Applied\nAcme,Dev,Interview,03/04/2026\n")
    monkeypatch.setattr(import_command, "is_terminal", lambda stream: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("x\nm\n"))
    ran = shell.well("import", str(place))
    assert shell.card()["applied_on"] == "2026-03-04"
    assert "3 Apr" in ran.err
    assert "4 Mar" in ran.err


@pytest.mark.file_only
def test_a_backup_is_taken_before_an_import_into_what_is_there(shell: Shell, sheet: Path) -> None:
    shell.well("add", "Mine", "Dev")
    ran = shell.well("import", str(sheet))
    (backup,) = backups_folder(shell.database).iterdir()
    assert str(backup) in ran.err
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT company FROM application").fetchall() == [("Mine",)]
    shell.well("import", str(sheet))
    assert len(list(backups_folder(shell.database).iterdir())) == 1


@pytest.mark.file_only
def test_a_first_import_needs_no_backup(shell: Shell, sheet: Path) -> None:
    shell.well("import", str(sheet))
    assert not backups_folder(shell.database).exists()


def test_an_import_counts_on_from_the_numbers_that_are_there(shell: Shell, sheet: Path) -> None:
    shell.well("add", "Mine", "Dev")
    shell.well("import", str(sheet))
    assert sorted(numbers(shell)) == [1, 2, 3]


def test_an_unknown_format_is_wrong_usage(shell: Shell, sheet: Path) -> None:
    assert shell("import", str(sheet), "--format", "excel").code == 2


def test_a_format_is_refused_where_no_file_is_a_sheet(shell: Shell, tmp_path: Path) -> None:
    card = tmp_path / "ann.vcf"
    card.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ann Li\nORG:Acme\nEND:VCARD\n", encoding="utf-8")
    refused = shell("import", str(card), "--format", "csv")
    assert refused.code == 1
    assert "ann.vcf is an address card; nothing was imported, leave out --format" in refused.err


def test_a_dry_run_marks_the_rows_with_a_remark(shell: Shell, tmp_path: Path) -> None:
    sheet = tmp_path / "jobs.csv"
    sheet.write_text("Company,Role,Status\nAcme,Dev,Interviewed\nBeta,Dev,Rejected\n", encoding="utf-8")
    lines = shell.well("import", str(sheet), "--dry-run").out.splitlines()
    assert ["new (remark)" in line for line in lines] == [True, False]


def test_json_of_an_import_is_data_alone(shell: Shell, sheet: Path) -> None:
    ran = shell.well("import", str(sheet), "--json")
    assert isinstance(json.loads(ran.out), list)
    assert "left out" in ran.err


CASES = Path(__file__).parents[1] / "exchange" / "cases"


def test_a_second_import_says_the_same_dry_and_in_earnest_and_one_undo_takes_it_back(shell: Shell) -> None:
    first, second = (str(CASES / name) for name in ("F30-week1.csv", "F30-week2.csv"))
    shell.well("import", first, "--all")
    before = shell.well("list", "--all", "--json").json
    planned = shell.well("import", second, "--all", "--dry-run", "--json")
    done = shell.well("import", second, "--all", "--json")
    assert planned.json == done.json
    assert [each["result"] for each in done.json] == ["merged", "merged"]
    assert "Updated 2 applications" in done.err
    assert ": 2 updated (1 with a remark). " in done.err
    after = shell.well("list", "--all", "--json").json
    again = shell.well("import", second, "--all")
    assert again.err == "Nothing was changed: 2 same.\n"
    shell.well("undo")
    assert shell.well("list", "--all", "--json").json == before
    shell.well("redo")
    assert shell.well("list", "--all", "--json").json == after


def test_the_closing_line_counts_every_kind_and_each_row_that_is_not_plain_is_named(
    shell: Shell, tmp_path: Path
) -> None:
    place = tmp_path / "jobs.csv"
    place.write_text(
        "Company,Role,Status,Interview date,Contact\n"
        "Acme,Dev,Interview,2026-11-18,\n"
        "Acme,Dev,Interview,2026-11-18,Dana Ruiz\n"
        "Acme,Dev,Interview,2026-11-18,\n"
        "Globex,Dev,Rejected,2026-10-01,\n"
        "Globex,Dev,Interview,2026-11-18,\n"
        "Initech,Dev,Applied,,\n"
        ",Dev,Interview,,\n"
    )
    ran = shell("import", str(place))
    assert ran.code == 1
    assert "3 new (1 with a remark), 1 updated, 1 same, 1 left out, 1 not read" in ran.err
    named = [line.split(":")[1] for line in ran.err.splitlines() if line.startswith(str(place))]
    assert named == ["6", "7", "8"]
    assert "Not the same as line 5" in ran.err


def test_what_was_recorded_since_stays_and_the_difference_is_named(shell: Shell, sheet: Path) -> None:
    shell.well("import", str(sheet))
    shell.well("close", "Acme", "accepted")
    ran = shell.well("import", str(sheet))
    assert f"{sheet}:2: Acme · Dev: " in ran.err
    assert "It stays in Moved on (accepted), though the sheet says Interviewed." in ran.err
    assert "Nothing was changed: 2 same (1 with a remark), 1 left out." in ran.err
