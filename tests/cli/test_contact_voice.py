"""The voice of letters to one person: every way in and out, and the letters and scripts that heed it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from followup_tui.files import settings_file
from run_cli import Shell


@pytest.fixture
def acme(shell: Shell) -> Shell:
    """A shell on Acme, where Dana, who is written to in a friendly voice, and Bo were met."""
    shell.well("add", "Acme", "Dev", "--interview", "20 nov 14:00", "--with", "Dana Ruiz, CTO, friendly voice")
    shell.well("edit", "1", "--contact", "Bo Chen <bo@acme.example>")
    return shell


def voices(shell: Shell, id: str = "1") -> dict[str, Any]:
    """The voice of each contact, by name."""
    return {one["name"]: one["voice"] for one in shell.card(id)["contacts"]}


def test_a_line_sets_it_another_changes_it_and_undo_takes_that_back(
    acme: Shell,
) -> None:
    assert voices(acme) == {"Dana Ruiz": "friendly", "Bo Chen": None}
    assert list(acme.card("1")["contacts"][0])[-1] == "voice"
    assert "CTO · friendly voice" in acme.well("show", "1").out
    acme.well("edit", "1", "--contact", "Dana, formal letters", "--contact", "Bo Chen, on first-name terms")
    assert voices(acme) == {"Dana Ruiz": "formal", "Bo Chen": "friendly"}
    acme.well("edit", "1", "--contact", "Dana, best by phone")
    assert voices(acme)["Dana Ruiz"] == "formal", "what isn't said stays"
    acme.well("undo")
    acme.well("undo")
    assert voices(acme) == {"Dana Ruiz": "friendly", "Bo Chen": None}
    acme.well("redo")
    assert voices(acme) == {"Dana Ruiz": "formal", "Bo Chen": "friendly"}


def test_a_round_and_quick_add_take_it_too(acme: Shell) -> None:
    acme.well("interview", "1", "tue 10:00 with Ann Li, friendly voice")
    assert voices(acme)["Ann Li"] == "friendly"


@pytest.mark.parametrize("setting", ["formal", "friendly"])
def test_letters_and_scripts_to_a_person_sound_as_theirs_and_to_others_as_the_setting_says(
    acme: Shell, setting: str
) -> None:
    settings_file(None).parent.mkdir(parents=True)
    settings_file(None).write_text(f'name = "Alex Kim"\nvoice = "{setting}"\n')
    acme.well("edit", "1", "--contact", "Cy Young, formal voice")
    wanted = {"Dana": ("Hi Dana,", "Best wishes,"), "Cy": ("Dear Cy Young,", "Kind regards,")}
    wanted["Bo"] = ("Hi Bo,", "Best wishes,") if setting == "friendly" else ("Dear Bo Chen,", "Kind regards,")
    for who, (greeting, ending) in wanted.items():
        letter = acme.well("letter", "1", "--to", who, "--template", "thank-you").out
        assert (greeting in letter.splitlines(), ending in letter.splitlines()) == (True, True), letter
    friendly, formal = (acme.well("letter", "1", "--to", who, "--template", "call").out for who in ("Dana", "Cy"))
    assert friendly != formal.replace("Cy Young", "Dana Ruiz")


def test_it_comes_back_from_a_full_copy_and_from_sheets(
    acme: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = acme.well("export", "--format", "json").out
    for format in ("json", "csv", "xlsx"):
        file = tmp_path / f"copy.{format}"
        acme.well("export", "--format", format, "-o", str(file))
        other = Shell(tmp_path / f"{format}.db", capsys)
        other.well("import", str(file), "--all")
        assert voices(other) == {"Dana Ruiz": "friendly", "Bo Chen": None}, format
        if format == "json":
            assert other.well("export", "--format", "json").out == copy


def test_a_sheet_fills_it_where_it_is_empty(acme: Shell, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text('Company,Role,Contact name\nAcme,Dev,"Dana Ruiz, formal voice; Bo Chen, friendly voice"\n')
    acme.well("import", str(sheet), "--all")
    assert voices(acme) == {"Dana Ruiz": "friendly", "Bo Chen": "friendly"}


def test_merging_keeps_the_voice_that_either_has(acme: Shell) -> None:
    acme.well("add", "Acme", "Dev II", "--contact", "Bo Chen <bo@acme.example>, friendly voice")
    acme.well("edit", "2", "--contact", "Dana Ruiz, formal voice")
    acme.well("merge", "1", "2")
    assert voices(acme) == {"Dana Ruiz": "friendly", "Bo Chen": "friendly"}


def test_a_copy_of_the_database_has_it(acme: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    acme.well("copy-db", str(acme.database), str(tmp_path / "copy.db"))
    assert voices(Shell(tmp_path / "copy.db", capsys)) == {"Dana Ruiz": "friendly", "Bo Chen": None}
