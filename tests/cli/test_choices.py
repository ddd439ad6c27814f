"""Words that a choice doesn't know are answered with the nearest one, or with the command that takes them."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from followup_tui.cli.group import OTHER_WORDS, program
from run_cli import Shell


@pytest.mark.parametrize(
    ("command", "word", "told"),
    [
        ("answer", "decide by friday", "Did you mean decide_by?"),
        ("answer", "they'll call", "Did you mean they_call?"),
        ("answer", "rejected", "`close 2 rejected`"),
        ("answer", "ghosted me", "`close 2 rejected`"),
        ("answer", "offer", "`offer ID --by DATE`"),
        ("close", "rejekted", "Did you mean rejected?"),
        ("close", "acept", "Did you mean accepted?"),
        ("close", "offered", "`offer ID --by DATE`"),
        ("log", "thanks", "`thank ID`"),
        ("log", "interviewed", "`interview ID WHEN`"),
        ("log", "emial", "Did you mean email?"),
    ],
)
def test_an_unknown_word_is_answered_with_what_may_be_meant(
    shell: Shell, command: str, word: str, told: str
) -> None:
    shell.well("add", "Acme", "Dev", "--interview", "yesterday 9:00")
    ran = shell(command, "1", word)
    assert ran.code == 2
    assert told in ran.err
    assert ran.err.count("Did you mean") <= 1


@pytest.mark.parametrize(
    ("command", "word"), [("answer", "call_promised"), ("close", "withdrew"), ("log", "post")]
)
def test_the_help_names_each_word(shell: Shell, command: str, word: str) -> None:
    told = shell.well(command, "--help").out
    assert word in told
    assert max(map(len, told.splitlines())) <= 80


@pytest.mark.parametrize(("option", "is_name"), [("--jsn", False), ("--bogus-option", False), ("-Acme", True)])
def test_a_dash_before_a_name_is_explained_where_it_is_one(shell: Shell, option: str, is_name: bool) -> None:
    ran = shell("add", option, "Dev")
    assert ran.code == 2
    assert ("goes behind a “--”" in ran.err) is is_name


def test_export_takes_the_name_of_the_file(shell: Shell, tmp_path: Path) -> None:
    shell.well("add", "Acme", "Dev")
    shell.well("export", str(tmp_path / "out.csv"))
    assert "Acme" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    ran = shell("export", str(tmp_path / "a.csv"), "-o", str(tmp_path / "b.csv"))
    assert (ran.code, list(tmp_path.glob("[ab].csv"))) == (2, [])


@pytest.mark.parametrize("word", sorted(OTHER_WORDS))
def test_a_word_that_people_try_for_a_command_is_answered_with_the_command(word: str) -> None:
    command = OTHER_WORDS[word]
    assert word not in program.list_commands(click.Context(program))
    assert command.startswith("--") or command in program.list_commands(click.Context(program))


def test_such_a_word_names_one_command_alone(shell: Shell) -> None:
    ran = shell("Config", "theme")
    assert ran.code == 2
    assert ran.err.endswith("There is no command “Config”. Did you mean `settings`?\n")
