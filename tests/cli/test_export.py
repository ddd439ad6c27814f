"""Exports from the shell: where they go, what is refused, and that a copy comes back."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from followup_tui.cli import BROKEN_PIPE
from followup_tui.cli.commands import import_export as export_command
from followup_tui.exchange.exports.export_formats import ExportFormat
from run_cli import Shell, program


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(database, capsys)
    return shell.begin(
        ("add", "Acme", "Data Engineer", "--interview", "24 Nov 14:00", "--with", "Dana <dana@acme.example>"),
        ("add", "Globex", "SRE"),
    )


def test_without_anything_it_is_a_full_copy_on_stdout(shell: Shell) -> None:
    ran = shell.well("export")
    assert [each["company"] for each in ran.json["applications"]] == ["Acme", "Globex"]
    assert ran.err == ""


@pytest.mark.parametrize("format", ["csv", "md", "ics", "vcf"])
def test_every_text_goes_to_stdout(shell: Shell, format: str) -> None:
    assert "Acme" in shell.well("export", "--format", format).out


def test_the_suffix_tells_the_format(shell: Shell, tmp_path: Path) -> None:
    for format in ExportFormat:
        place = tmp_path / f"out.{format.value.upper()}"
        assert f"Wrote {place}" in shell.well("export", "-o", str(place)).err
        assert place.read_bytes()
    assert (tmp_path / "out.XLSX").read_bytes().startswith(b"PK")
    assert json.loads((tmp_path / "out.JSON").read_text())["format"] == "followup-tui"


def test_the_option_counts_before_the_suffix(shell: Shell, tmp_path: Path) -> None:
    shell.well("export", "--format", "csv", "-o", str(tmp_path / "x.txt"))
    assert "Company,Role" in (tmp_path / "x.txt").read_text()


def test_a_suffix_that_says_nothing_is_refused(shell: Shell, tmp_path: Path) -> None:
    ran = shell("export", "-o", str(tmp_path / "x.foo"))
    assert ran.code == 1
    assert (
        ran.err
        == "The suffix of x.foo names no format; nothing was written, say --format json|csv|xlsx|md|ics|vcf.\n"
    )
    assert not (tmp_path / "x.foo").exists()


def test_in_a_folder_the_file_is_named_by_its_day(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    shell.well("export", "--format", "ics", "-o", str(folder))
    assert os.listdir(folder) == ["followup-2026-11-22.ics"]


def test_a_file_is_replaced_only_with_force(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "x.json"
    place.write_text("mine")
    ran = shell("export", "-o", str(place))
    assert ran.code == 1
    assert ran.err == f"{place} is there already and was left as it is; --force replaces it.\n"
    assert place.read_text() == "mine"
    shell.well("export", "-o", str(place), "--force")
    assert place.read_text().startswith("{")
    assert set(os.listdir(tmp_path / "home")) <= {"state"}, "which files are sound is known there"


@pytest.mark.file_only
def test_the_database_is_never_replaced(shell: Shell, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(shell.database)
    for place in (shell.database, link):
        ran = shell("export", "--format", "json", "-o", str(place), "--force")
        assert ran.code == 1
        assert "is the database itself; nothing was written" in ran.err
    assert shell.database.read_bytes().startswith(b"SQLite format 3")


def test_a_file_is_for_its_owner_alone(shell: Shell, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        shell.well("export", "-o", str(tmp_path / "x.csv"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x.csv").stat().st_mode) == 0o600


def test_a_missing_folder_is_said(shell: Shell, tmp_path: Path) -> None:
    ran = shell("export", "-o", str(tmp_path / "no" / "x.csv"))
    assert ran.code == 1
    assert ran.err == f"There is no folder {tmp_path / 'no'}: no file was written. Create it, or choose another.\n"


def test_a_folder_that_is_a_file_is_said(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    ran = shell("export", "-o", str(tmp_path / "file" / "x.csv"))
    assert ran.code == 1
    assert ran.err.startswith(f"Nothing can be written in {tmp_path / 'file'} (Not a directory): no file was made")


def test_a_full_disk_is_said_and_leaves_nothing(shell: Shell, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"x" * 1_040_000)
    shell.well("note", "1", "long " * 20_000)
    ran = shell("export", "-o", str(small_disk / "x.json"))
    assert ran.code == 1
    assert (
        ran.err
        == f"The disk of {small_disk} is full: no file was written. Free some space, or choose another folder.\n"
    )
    assert os.listdir(small_disk) == ["filler"]


class Terminal:
    """Stdout as a terminal."""

    encoding = "utf-8"
    closed = False

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def test_a_terminal_gets_no_workbook(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_command, "is_terminal", lambda stream: True)
    ran = shell("export", "--format", "xlsx")
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err == "A terminal can't show a workbook; nothing was written, name a file: -o applications.xlsx\n"


@pytest.mark.parametrize("format", ["json", "csv", "md", "ics", "vcf"])
def test_a_terminal_gets_only_what_it_can_show(shell: Shell, monkeypatch: pytest.MonkeyPatch, format: str) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    shell("export", "--format", format)
    assert "Acme" in terminal.text
    assert not {"\r", "\ufeff", "\x1b"} & set(terminal.text)


def test_a_workbook_goes_into_a_pipe(shell: Shell) -> None:
    ran = program("--db", str(shell.database), "export", "--format", "xlsx")
    assert ran.returncode == 0
    assert ran.stdout.startswith(b"PK")


def run_into(database: Path, stdout: IO[bytes]) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "followup_tui", "--db", str(database), "export"]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, check=False, timeout=60
    )


def test_a_reader_that_goes_away_ends_the_export_quietly(shell: Shell) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        ran = run_into(shell.database, closed)
    assert (ran.returncode, ran.stderr) == (BROKEN_PIPE, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_under_the_output_is_one_sentence(shell: Shell) -> None:
    with open("/dev/full", "wb") as full:
        ran = run_into(shell.database, full)
    assert ran.returncode == 1
    assert ran.stderr.startswith(b"The output could not be written (No space left on device)")
    assert ran.stderr.count(b"\n") == 1


def test_a_copy_comes_back_into_an_empty_database(
    shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "copy.json"
    shell.well("thank", "2")
    shell.well("undo")
    shell.well("export", "-o", str(place))
    other = Shell(tmp_path / "other.db", capsys)
    dry = other.well("import", str(place), "--dry-run")
    assert "this was a dry run: 2 new" in dry.err
    assert not other.database.exists()
    ran = other.well("import", str(place))
    assert "The database is equal to the file now: 2 new." in ran.err
    last = shell.well("history", "--json").json[1]["label"]
    told = f"Undo then takes back the last change in that journal, “{last}”, and not the import."
    assert told in dry.err
    assert told in ran.err
    assert other.well("export").out == place.read_text()
    assert "Redone" in other.well("redo").err
    shell.well("redo")
    assert other("due", "--json").json == shell("due", "--json").json


def test_a_copy_into_a_database_with_rows_is_one_change(
    shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "copy.json"
    shell.well("export", "-o", str(place))
    other = Shell(tmp_path / "other.db", capsys)
    other.well("add", "Mine", "Dev")
    ran = other.well("import", str(place), "--json")
    assert [each["result"] for each in ran.json] == ["new", "new"]
    assert "Imported 2 applications from" in ran.err
    other.well("undo")
    assert [each["company"] for each in other.well("list", "--all", "--json").json] == ["Mine"]


@pytest.mark.parametrize("turned", [False, True])
def test_a_copy_and_a_sheet_in_one_import_are_one_search(
    shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str], turned: bool
) -> None:
    files = [str(tmp_path / "copy.json"), str(tmp_path / "sheet.csv")]
    for file in files:
        shell.well("export", "--format", file.rpartition(".")[2], "-o", file)
    other = Shell(tmp_path / "other.db", capsys)
    ran = other.well("import", *(reversed(files) if turned else files))
    assert "2 new, 2 same" in ran.err
    assert len(other.well("list", "--all", "--json").json) == 2
    other.well("undo")
    assert other.well("list", "--all", "--json").json == []


@pytest.mark.file_only
def test_an_empty_database_can_be_exported(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(database, capsys)
    assert shell.well("export").json["applications"] == []
    assert not database.exists()
