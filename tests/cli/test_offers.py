"""Offers from the shell: recorded, compared, answered, and taken back with one undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from run_cli import Shell


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(database, capsys)
    shell.well("add", "Acme", "Dev", "--interview", "yesterday 14:00")
    shell.well("add", "Globex", "SRE", "--interview", "yesterday 9:00")
    return shell


def test_offers_are_compared_side_by_side_the_first_to_answer_on_the_left(shell: Shell) -> None:
    assert shell.well("offers").err.strip() == "No offer waits for an answer."
    shell.well("offer", "globex", "--pay", "70k")
    shell.well("offer", "1", "--by", "4 dec", "--pay", "62k \x1b[31m+ bonus", "--start", "January")
    lines = [line.split("  ") for line in shell.well("offers").out.splitlines()]
    assert [line[0] for line in lines] == ["Employer", "Role", "Answer by", "Pay", "Start"]
    assert [part.strip() for part in lines[0] if part] == ["Employer", "#1 Acme", "#2 Globex"]
    assert "\x1b" not in shell.well("offers").out
    acme, globex = shell.well("offers", "--json").json
    assert (acme["answer_by"], acme["start"], globex["answer_by"]) == ("2026-12-04", "January", None)
    assert (
        set(acme)
        == set(globex)
        == {*("id", "uid", "company", "role", "made_at", "answer_by", "pay", "start", "notes", "asked_time_at")}
    )


def test_an_offer_asks_until_it_is_answered_and_accepting_names_the_others(shell: Shell) -> None:
    said = shell.well("offer", "1", "--by", "4 dec").err
    assert said.startswith("Acme: they made an offer, answer by Fri 4 Dec · next: answer the offer by Fri 4 Dec")
    shell.well("snooze", "1", "10 dec", "--yes")
    due = {each["id"]: each["action"] for each in shell("due", "--all", "--json").json}
    assert due[1] == "answer_offer"
    assert "\nNext\n  answer the offer by Fri 4 Dec\n" in shell.well("show", "1").out
    shell.well("more-time", "1", "--until", "8 dec")
    assert shell.card("1")["offers"][0]["answer_by"] == "2026-12-08"
    assert "1 other still live: #2 Globex." in shell.well("accept", "1").err
    assert shell.card("1")["outcome"] == "accepted"
    assert shell.card("2")["outcome"] is None
    shell.well("undo")
    assert shell.well("decline", "1").err.startswith("Acme → Moved on: declined")
    refused = shell("accept", "1")
    assert (refused.code, refused.err.count("\n")) == (1, 1)


def test_the_old_word_for_an_accepted_offer_is_still_understood(shell: Shell) -> None:
    shell.well("close", "1", "offer")
    assert shell.card("1")["outcome"] == "accepted"
