"""What a row says and no field takes is kept in the notes, with a remark; nothing is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from run_cli import Shell

HEAD = "Company,Role,Status,Applied,Interview,Contact,Email\n"


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(database, capsys)


def imported(shell: Shell, tmp_path: Path, *rows: str) -> str:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return shell.well("import", str(sheet), "--all").err


@pytest.mark.parametrize(
    "status",
    [
        "2nd round Tue 10am",
        "Interview on Friday",
        "onsite 2 Dec",
        "Interview scheduled Dec 3",
        "phone screen 14:30",
        "Interview tomorrow",
    ],
)
def test_a_status_that_says_when_is_kept_in_the_notes(shell: Shell, tmp_path: Path, status: str) -> None:
    told = imported(shell, tmp_path, f"Acme,Dev,{status},2 Nov 2026,18 Nov 2026,,")
    assert f"“{status}” says when" in told
    assert shell.card()["notes"] == f"Status: {status}"
    assert "says when" in imported(shell, tmp_path, f"Acme,Dev,{status},2 Nov 2026,18 Nov 2026,,")
    assert shell.card()["notes"] == f"Status: {status}", "another import brings it once"


def test_a_status_of_two_clauses_is_kept_in_the_notes(shell: Shell, tmp_path: Path) -> None:
    imported(shell, tmp_path, "Acme,Dev,phone screen - went ok,2 Nov 2026,18 Nov 2026,,")
    assert shell.card()["notes"] == "Status: phone screen - went ok"


@pytest.mark.parametrize(
    "status",
    [
        "2nd round",
        "Interviewed",
        "Second interview",
        "Round 3",
        "Vorstellungsgespräch",
        "Awaiting reply",
        "Rejected",
    ],
)
def test_other_statuses_bring_no_note(shell: Shell, tmp_path: Path, status: str) -> None:
    assert "says when" not in imported(shell, tmp_path, f"Acme,Dev,{status},2 Nov 2026,18 Nov 2026,,")
    assert shell.card()["notes"] == ""


@pytest.mark.parametrize(
    "status",
    [
        "on hold until January",
        "References requested",
        "Onsite scheduled",
        "Phone screen",
        "Take home sent",
        "in review",
        "decision in January",
    ],
)
def test_why_one_waits_and_which_interview_it_is_are_kept_in_the_notes(
    shell: Shell, tmp_path: Path, status: str
) -> None:
    imported(shell, tmp_path, f"Acme,Dev,{status},2 Nov 2026,18 Nov 2026,,")
    assert shell.card()["notes"] == f"Status: {status}"


@pytest.mark.parametrize("address", ["bob@lumen", "bob@localhost"])
def test_half_a_mail_address_is_kept_in_the_notes(shell: Shell, tmp_path: Path, address: str) -> None:
    told = imported(shell, tmp_path, f"Acme,Dev,Interviewed,,18 Nov 2026,Bob Fox,{address}")
    assert f"“{address}” is no whole email address" in told
    card = shell.card()
    assert [(each["name"], each["email"]) for each in card["contacts"]] == [("Bob Fox", "")]
    assert card["notes"] == f"Contact: {address}"


def test_of_an_offer_without_a_day_no_day_is_made_up(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(shell, tmp_path, "Acme,Dev,OFFER,2 Oct 2026,12 Nov 2026,,")
    action = shell.card()["next_action"]
    assert "didn't tell when" in action["why"]
    assert "22 Nov" not in action["why"]
    assert action["due_on"] == "2026-11-22"
    assert "by when?" not in shell("due").out, "on the day of a reminder it asks"
    monkeypatch.setenv("FOLLOWUP_NOW", "2026-11-23T09:00:00+01:00")
    assert "by when?" in shell("due").out
    shell.well("offer", "1", "--by", "30 Nov")
    action = shell.card()["next_action"]
    assert (action["due_on"], "22 Nov" in action["why"]) == ("2026-11-30", False)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Acme,Dev,Interviewed,2 Oct 2026,12 Nov 2026,,", "none new for 51 days"),
        ("Acme,Dev,Interviewed,,12 Nov 2026,,", "none new for 10 days"),
        ("Acme,Dev,Interviewed,19 Nov 2026,20 Nov 2026,,", "1 new this week"),
        ("Acme,Dev,Interviewed,,1 Dec 2026,,", "1 new this week"),
        ("Acme,Dev,Interviewed,,,,", "1 new this week"),
    ],
)
def test_the_basket_counts_imported_ones_by_their_own_dates(
    shell: Shell, tmp_path: Path, row: str, words: str
) -> None:
    imported(shell, tmp_path, row)
    assert words in shell("due").err
