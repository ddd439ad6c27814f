"""Small things that misled: what the shell and the plain review say is what is meant, and leads on."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest

from run_cli import Shell


@pytest.fixture
def shell(database: Any, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A shell on Acme, met on Friday."""
    shell = Shell(database, capsys)
    return shell.begin(
        ("add", "Acme", "Dev", "--interview", "20 nov 14:00 with Dana"),
    )


def last_line(shell: Shell, *arguments: str, code: int = 2) -> str:
    before = shell.card()
    ran = shell(*arguments)
    assert ran.code == code
    assert shell.card() == before
    return ran.err.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["close", "acme"], "The outcome is missing: write accepted, declined, rejected, withdrew or no_reply"),
        (["close", "rejected"], "ID is missing: say which application, before the outcome"),
        (["answer", "acme"], "The answer is missing: write decide_by, they_call"),
        (["log", "acme"], "The kind is missing: write email, call"),
        (["move", "acme"], "The stage is missing: write interviewed, thanked"),
        (["pace", "acme"], "The pace is missing: write slow, normal or fast"),
        (["thank"], "ID is missing"),
        (["add", "Acme"], "ROLE is missing"),
        (["close", "acme", "gone"], "The outcome “gone” isn't one of accepted, declined"),
        (["answer", "acme", "decide_by", "in 5 days"], "The answer “in 5 days” isn't one of decide_by"),
        (["log", "acme", "fax"], "The kind “fax” isn't one of email, call"),
        (["thank", "acme", "--by", "fax"], "--by “fax” isn't one of email, phone"),
    ],
)
def test_what_is_missing_or_wrong_is_named(shell: Shell, typed: list[str], said: str) -> None:
    assert last_line(shell, *typed).startswith(said)


@pytest.mark.parametrize(
    "person",
    ["dana@", "dana at x", "Dana Ruiz <dana at x.example>", "dana (at) x.example", "Dana, dana[at]x[dot]example",
     "dana.ruiz at x dot example", "dana@x", "@x.example", "dana@@x.example"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(shell: Shell, person: str) -> None:
    assert "email address" in last_line(shell, "edit", "acme", "--contact", person, code=1)


@pytest.mark.parametrize("person", ["Dana at Acme", "Dana Ruiz <dana@x.example>", "Cat Stevens", "Nat At"])
def test_what_only_looks_like_one_is_taken(shell: Shell, person: str) -> None:
    shell.well("edit", "acme", "--contact", person)


def test_a_pin_says_its_why_without_because(shell: Shell) -> None:
    shell.well("pin", "acme", "tue", "--why", "call Maria")
    assert "You pinned it to Tue 24 Nov: call Maria." in shell("due", "--all").out
    assert "pinned to Tue 24 Nov: call Maria" in shell("show", "acme").out
    assert "because" not in shell("show", "acme").out


@pytest.mark.parametrize("said", ["they_call", "keep_in_touch", "next_round", "unclear", "not_asked"])
def test_an_answer_before_the_interview_is_refused(shell: Shell, said: str) -> None:
    shell.well("add", "Hooli", "Dev", "--interview", "27 nov 14:00")
    ran = shell("answer", "hooli", said)
    assert ran.code == 1
    assert ran.err.startswith("The interview Fri 27 Nov 14:00 at Hooli hasn't taken place yet; nothing was saved.")


def test_what_they_want_before_the_interview_is_written_down(shell: Shell) -> None:
    shell.well("add", "Hooli", "Dev", "--interview", "27 nov 14:00")
    shell.well("answer", "hooli", "send_something", "--by", "tue")
    shell.well("add", "Initech", "Dev", "--interview", "27 nov 15:00")
    shell.well("log", "initech", "reply")
    shell.well("answer", "initech", "they_call")


def review(shell: Shell, monkeypatch: pytest.MonkeyPatch, typed: str) -> str:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"))
    return shell.well("review", "--plain").out


@pytest.mark.parametrize(
    "typed", ["q\n", "s\nq\n", "t\nq\n", "a\nq\n", "f\nc\nq\n", "s\nsoon\nq\n", "quit\n", "s q\n"]
)
def test_q_ends_the_plain_review_at_any_question(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    before = shell.card()
    out = review(shell, monkeypatch, typed + "n\nGlobex, Dev\n")
    assert "Stopped: 0 decided, 1 still to decide." in out
    assert "Globex" not in out
    assert shell.card() == before


def test_every_key_of_the_plain_review_does_something(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for word in (
        "seen",
        "thank",
        "answer",
        "follow",
        "write",
        "interview",
        "snooze",
        "pin",
        "done",
        "note",
        "skip",
    ):
        review(shell, monkeypatch, f"{word}\n-\n-\n")


def test_a_question_in_the_plain_review_has_no_full_stop_behind_it(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.well("delete", "acme")
    shell.well("add", "Globex", "Dev", "--interview", "1 sep 2026 14:00")
    shell.well("thank", "globex", "--at", "2 sep 2026")
    for day in ("15 sep 2026", "1 oct 2026"):
        shell.well("log", "globex", "email", "--at", day, "--override", "they know me")
    assert "Next: move on?\n" in review(shell, monkeypatch, "q\n")


def test_a_day_behind_an_answer_names_its_option(shell: Shell) -> None:
    told = last_line(shell, "answer", "acme", "decide_by", "in 5 days")
    assert told.endswith('A day goes behind --by: decide_by --by "in 5 days".')
    assert "--by" not in last_line(shell, "answer", "acme", "in 5 days")
    assert "--by" not in last_line(shell, "close", "acme", "rejected", "in 5 days")
