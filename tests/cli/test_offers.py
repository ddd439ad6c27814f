"""Offers from the shell: recorded, compared, answered, and taken back with one undo."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
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


def test_an_offer_is_named_every_day_until_it_is_answered_and_counted_when_it_asks(shell: Shell) -> None:
    shell.well("offer", "globex", "--by", "4 dec")
    found = shell("due", "--json").json
    assert [(each["id"], each["state"]) for each in found] == [(2, "ahead"), (1, "today")]
    assert "answer the offer" in shell("due").out.splitlines()[1]
    assert (shell("due", "--count").out, shell("due", "--count", "--all").out) == ("1\n", "2\n")
    shell.well("close", "1", "rejected")
    alone = shell("due", "--on", "in 2 weeks")
    assert (alone.code, "answer the offer" in alone.out) == (3, True)
    today = shell("due")
    assert (today.code, today.out.splitlines()[1].split()[:3]) == (0, ["=", "by", "Fri"])
    shell.well("decline", "2")
    assert "answer the offer" not in shell("due").out


def test_after_an_acceptance_another_offer_is_to_be_declined(shell: Shell) -> None:
    for number in ("1", "2"):
        shell.well("offer", number, "--by", "4 dec")
    assert shell.well("accept", "1").err.strip().endswith("Decline the offer of #2: `decline 2`.")


def test_an_offer_asks_until_it_is_answered_and_accepting_names_the_others(shell: Shell) -> None:
    said = shell.well("offer", "1", "--by", "4 dec").err
    assert said.startswith("Acme: they made an offer, answer by Fri 4 Dec · next: answer the offer by Fri 4 Dec")
    shell.well("snooze", "1", "10 dec", "--yes")
    due = {each["id"]: each["action"] for each in shell("due", "--all", "--json").json}
    assert due[1] == "answer_offer"
    assert "\nNext\n  answer the offer by Fri 4 Dec\n" in shell.well("show", "1").out
    shell.well("more-time", "1")
    assert shell.card("1")["touches"][-1]["channel"] is None, "nobody said how"
    shell.well("more-time", "1", "--until", "8 dec", "--by", "Phone")
    assert shell.card("1")["touches"][-1]["channel"] == "phone"
    assert shell.card("1")["offers"][0]["answer_by"] == "2026-12-08"
    said = shell.well("accept", "1").err
    assert "1 other still active: #2 Globex. To withdraw: `letter ID --template withdrawing`" in said
    assert "`close ID withdrew` without a letter." in said
    assert shell.card("1")["outcome"] == "accepted"
    assert shell.card("2")["outcome"] is None
    shell.well("undo")
    assert shell.well("decline", "1").err.startswith("Acme → Moved on: declined")
    refused = shell("accept", "1")
    assert (refused.code, refused.err.count("\n")) == (1, 1)


def test_the_old_word_for_an_accepted_offer_is_still_understood(shell: Shell) -> None:
    shell.well("close", "1", "offer")
    assert shell.card("1")["outcome"] == "accepted"


def test_the_commands_that_it_names_withdraw(shell: Shell) -> None:
    shell.well("offer", "1")
    shell.well("close", "1", "accepted")
    shell.well("letter", "2", "--template", "withdrawing", "--set", "my_name=Alex", "--sent", "email")
    assert shell.card("2")["outcome"] == "withdrew"


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Answers from a terminal, line by line; then its input ends."""

    def typing(*lines: str) -> None:
        monkeypatch.setattr("followup_tui.cli.commands.stages.is_terminal", lambda stream: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return typing


@pytest.mark.parametrize("verb", [["accept", "1"], ["close", "1", "accepted"]])
def test_in_a_terminal_it_asks_about_each_of_the_others(
    shell: Shell, typing: Callable[..., None], verb: list[str]
) -> None:
    shell.well("add", "Initech", "Dev", "--interview", "tue 9:00")
    shell.well("add", "Umbra", "Dev", "--interview", "yesterday 9:00")
    shell.well("offer", "1")
    typing("n", "w", "Alex Novak", "", "s", "x", "c", "-")
    out = shell.well(*verb).out
    asked = [line for line in out.splitlines() if "withdraw?" in line]
    assert [line.partition(":")[0] for line in asked] == ["#3 Initech, Dev", "#2 Globex, SRE", "#4 Umbra, Dev"]
    assert "interview Tue 9:00" in asked[0].replace("09", "9")
    assert out.splitlines()[-1] == "Everything else stays as it is."
    assert [shell.card(id)["outcome"] for id in "1234"] == ["accepted", "withdrew", "withdrew", None]
    for left in (["accepted", None, "withdrew", None], ["accepted", None, None, None], [None] * 4):
        shell.well("undo")
        assert [shell.card(id)["outcome"] for id in "1234"] == left


def test_a_letter_that_is_kept_as_a_draft_goes_on_to_the_next(shell: Shell, typing: Callable[..., None]) -> None:
    shell.well("add", "Initech", "Dev", "--interview", "yesterday 9:00")
    shell.well("offer", "1")
    typing("n", "w", "Alex Novak", "", "k", "l")
    out = shell.well("accept", "1").out
    assert "It is kept as a draft." in out
    assert "#3 Initech, Dev: withdraw? 2 of 2" in out
    assert [shell.card(id)["outcome"] for id in "23"] == [None, None]


OFFERS = (
    "Company,Role,Status,Interview date,Contact\n"
    "Wren,Dev,Offer received,,\nLark,Ops,Interviewed,2026-11-05 10:00,Ann Li\n"
)


def test_no_day_is_made_up_for_an_imported_offer_without_one(shell: Shell, tmp_path: Path) -> None:
    sheet = tmp_path / "jobs.csv"
    sheet.write_text(OFFERS + "Robin,QA,Thank you sent,2026-10-05 10:00,\n", encoding="utf-8")
    shell.well("undo")
    shell.well("undo")
    shell.well("import", str(sheet))
    imported = "Sun 22 Nov"
    assert "basket: offer from Wren, " in shell("due").err
    told = shell.well("show", "2").out
    assert "Wren made you an offer: tell them once" in " ".join(told.split())
    assert f"The other offer was imported on {imported}" in told
    story = [
        line for line in shell.well("export", "--format", "md").out.splitlines() if "The sheet didn't" in line
    ]
    assert story == [
        "- thank-you: The sheet didn't tell the day.",
        "- an offer: The sheet didn't tell when they made it.",
    ]
