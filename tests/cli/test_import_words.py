"""Headers and statuses explained in the shell: once said, remembered until forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from run_cli import Shell

SHEET = "Company,Role,Status,Applied\nAcme,Dev,Interview,2026-11-02\n"


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


def test_a_remembered_column_is_the_one_of_exactly_that_header(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "jobs.csv"
    place.write_text("Company,Role,Status???\nAcme,Dev,Interview\n")
    shell.well("import", str(place), "--map", "notes=Status???", "--all")
    place.write_text("Company,Role,Status\nBeta,Dev,Rejected\n")
    ran = shell.well("import", str(place))
    assert "as you said before" not in ran.err
    assert {each["company"]: each["stage"] for each in shell.well("list", "--all", "--json").json}[
        "Beta"
    ] == "moved_on"
    place.write_text("Company,Role,STATUS???\nGamma,Dev,Rejected\n")
    assert "the column “STATUS???” as notes" in shell.well("import", str(place), "--all").err


@pytest.mark.parametrize("header", ["☎", "#", "…", "Tel.\u00a0/ Handy", "*Phone*"])
def test_a_column_can_be_named_whatever_its_header(shell: Shell, tmp_path: Path, header: str) -> None:
    place = tmp_path / "jobs.csv"
    place.write_text(
        f"Company,Role,Status,Who,{header}\nAcme,Dev,Interview,Ann Li,+49 30 555 0100\n", encoding="utf-8"
    )
    shell.well("import", str(place), "--map", f"phone={header}", "--map", "contact=Who")
    (contact,) = shell.well("show", "1", "--json").json["contacts"]
    assert (contact["name"], contact["phone"]) == ("Ann Li", "+49 30 555 0100")


def test_a_column_that_is_not_there_is_refused_and_not_remembered(shell: Shell, sheet: Path) -> None:
    ran = shell("import", str(sheet), "--map", "phone=Nope")
    assert ran.code == 1
    assert "no such column; nothing was imported, the columns are Company, Role, Status, Applied." in ran.err
    assert shell("list", "--json").json == []
    assert "no words to forget" in shell.well("import", "--forget-words").err


def test_the_header_stays_where_it_is_when_a_column_is_said_to_be_another(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "jobs.csv"
    place.write_text("My search 2026,,\nFirma,Rolle,Status\nAcme,Dev,Interview\n")
    ran = shell("import", str(place), "--map", "notes=Firma")
    assert ran.code == 1
    assert "no column for the company" in ran.err
    assert "Its header says: Firma, Rolle, Status." in ran.err


def test_the_interview_that_an_import_lacks_lies_behind_and_the_next_one_ahead(
    shell: Shell, tmp_path: Path
) -> None:
    place = tmp_path / "jobs.csv"
    place.write_text("Company,Role,Status\nAcme,Dev,Interviewed\nBeta,Dev,Applied\nCobalt,Dev,Interviewed\n")
    shell.well("import", "--all", str(place))
    assert "2 Nov 2026" in shell.well("interview", "1", "2 Nov").err
    assert "3 Dec 2026" in shell.well("interview", "1", "3 Dec 14:00").err, "a round is known by now"
    assert "2 Nov 2027" in shell.well("interview", "2", "2 Nov").err, "it was only applied for"
    assert "20 Nov 2026" in shell.well("interview", "3", "fri").err
    shell.well("add", "Delta", "Dev")
    assert "27 Nov 2026" in shell.well("interview", "4", "fri").err, "a weekday alone is the coming one"
