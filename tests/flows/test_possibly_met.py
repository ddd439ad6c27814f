"""Whom an import names as a contact is asked about as somebody to thank."""

from __future__ import annotations

from pathlib import Path

import pytest

from run_cli import Shell

HEAD = "Company,Role,Status,Interview,Contact,Email\n"


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(database, capsys)


def imported(shell: Shell, tmp_path: Path, people: str, day: str = "20 Nov 2026") -> str:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(HEAD + f"Acme,Dev,Interviewed,{day},{people}\n", encoding="utf-8")
    shell.well("import", str(sheet))
    action = shell.card()["next_action"]
    return f"{action['contact']}: {action['why']}"


def test_the_contact_of_an_imported_row_is_whom_one_may_thank(shell: Shell, tmp_path: Path) -> None:
    told = imported(shell, tmp_path, "Ms Reed,reed@acme.example")
    assert told.startswith("Ms Reed: The interview was on Fri 20 Nov: thank Ms Reed, if they interviewed you,")
    assert "no email address" not in told
    shell.well("thank", "1", "--to", "Reed")
    assert shell.card()["stage"] == "thanked"


def test_who_had_a_thank_you_since_a_round_is_nobody_who_waits_for_it(shell: Shell, tmp_path: Path) -> None:
    imported(shell, tmp_path, "Ms Reed,reed@acme.example", "19 Nov 2026")
    shell.well("thank", "1", "--to", "Reed")
    shell.well("interview", "1", "20 Nov 2026")
    action = shell.card()["next_action"]
    assert (action["contact"], action["state"]) == (None, "late")
    assert "thank them the same day" in action["why"]
    assert shell.well("may-contact", "1").out.startswith("Acme: yes.")
    assert "Reed" not in shell.well("letter", "1", "--set", "my_name=Alex Novak").out


def test_nobody_is_named_where_nobody_may_have_been_met(shell: Shell, tmp_path: Path) -> None:
    assert imported(shell, tmp_path, ",").startswith("None: ")


def test_a_recruiter_may_not_have_been_met_and_passes_the_thanks_on(shell: Shell, tmp_path: Path) -> None:
    told = imported(shell, tmp_path, '"Tom Fox, recruiter",tom@acme.example')
    assert told.startswith(
        "Tom Fox: The interview was on Fri 20 Nov: thank them through Tom Fox (“please pass on”)"
    )


def test_a_contact_added_by_hand_was_not_met(shell: Shell) -> None:
    shell.well("add", "Acme", "Dev", "--interview", "yesterday 9:00", "--contact", "Tom Fox <tom@acme.example>")
    assert shell.card()["next_action"]["contact"] is None
