"""Headers and statuses explained in the shell: once said, remembered until forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from run_cli import Shell

SHEET = "Company,Role,Status,Applied\nAcme,Dev,Interview,2026-11-02\n"


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(database, capsys)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    place = tmp_path / "sheet.csv"
    place.write_text(SHEET)
    return place


def test_headers_and_statuses_are_explained_once_and_remembered_until_forgotten(
    shell: Shell, tmp_path: Path
) -> None:
    place = tmp_path / "jobs.csv"
    place.write_text("Laden,Role,Status\nAcme,Dev,Zz top\n")
    assert "--map" in shell("import", str(place)).err
    ran = shell.well("import", str(place), "--map", "company=Laden", "--status", "ZZ Top=interviewed")
    assert "are remembered for the next import" in ran.err
    place.write_text("Laden,Role,Status\nBeta,Dev,Zz top\n")
    ran = shell.well("import", str(place))
    assert "as you said before" in ran.err
    assert len(shell.well("list", "--all", "--json").json) == 2
    assert "are forgotten" in shell.well("import", "--forget-words").err
    assert "no words to forget" in shell.well("import", "--forget-words").err
    assert shell("import", str(place)).code == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "FILE"),
        (("--forget-words", "--dry-run"), "leave out --dry-run"),
        (("x.csv", "--map", "boss=Chef"), "no field"),
        (("x.csv", "--status", "Foo"), "not written like"),
    ],
)
def test_an_import_that_is_said_wrongly_is_refused(
    shell: Shell, sheet: Path, arguments: tuple[str, ...], says: str
) -> None:
    ran = shell("import", *(str(sheet) if each == "x.csv" else each for each in arguments))
    assert ran.code in (1, 2)
    assert says in ran.err
