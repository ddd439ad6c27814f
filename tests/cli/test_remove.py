"""Delete, merge and forget from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from run_cli import Shell


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(database, capsys)
    shell.well("add", "Acme Robotics", "Dev", "--with", "Dana <d@a.example>")
    shell.well("add", "Globex", "SRE", "--url", "https://globex.example/7", "--with", "Dana Ruiz <d@a.example>")
    return shell


def companies(shell: Shell) -> list[str]:
    return sorted(card["company"] for card in shell.well("list", "--json").json)


def test_delete_says_how_it_comes_back(shell: Shell) -> None:
    ran = shell.well("delete", "acme")
    assert ran.err == "Acme Robotics deleted · `followup-tui undo` brings everything back\n"
    assert companies(shell) == ["Globex"]
    shell.well("undo")
    assert companies(shell) == ["Acme Robotics", "Globex"]
    assert shell.card()["contacts"][0]["email"] == "d@a.example"


def test_several_are_deleted_at_once(shell: Shell) -> None:
    shell.well("delete", "1", "globex", "1")
    assert companies(shell) == []
    shell.well("undo")
    assert companies(shell) == ["Acme Robotics", "Globex"]


def test_merge_takes_the_second_into_the_first(shell: Shell) -> None:
    asked = shell("merge", "1", "globex")
    assert asked.code == 1
    assert asked.err.startswith("#1 Acme Robotics, ")
    assert "are jobs at different employers. Merge them anyway?" in asked.err
    assert companies(shell) == ["Acme Robotics", "Globex"]
    ran = shell.well("merge", "1", "globex", "--yes")
    assert ran.err.startswith("Acme Robotics: Globex (#2) merged into it · next: ")
    card = shell.card()
    assert [person["name"] for person in card["contacts"]] == ["Dana Ruiz"]
    assert card["url"] == "https://globex.example/7"
    assert companies(shell) == ["Acme Robotics"]
    assert "merged into it" in shell.well("history", "1").out
    shell.well("undo")
    assert companies(shell) == ["Acme Robotics", "Globex"]


def test_merge_needs_two(shell: Shell) -> None:
    assert (
        shell("merge", "1", "1").err
        == "Acme Robotics can't be merged with itself; nothing was changed, name another one.\n"
    )
    assert shell("merge", "1").code == 2
    assert shell("merge", "1", "nobody").code == 1


@pytest.mark.file_only
def test_forget_asks_nobody_without_a_terminal_and_says_that_there_is_no_way_back(shell: Shell) -> None:
    shell.well("backup")
    ran = shell("forget", "acme")
    assert ran.code == 1
    assert "This can't be undone. There is nobody to ask, so nothing was changed; --yes does it." in ran.err
    told = shell.well("forget", "acme", "--yes").err
    assert told.startswith("Acme Robotics is erased for good. This can't be undone.\n1 backup in ")
    assert companies(shell) == ["Globex"]
    assert "Acme" not in shell.well("history").out
    assert b"Acme" not in shell.database.read_bytes()


@pytest.mark.file_only
def test_forget_takes_the_backups_along_on_demand(shell: Shell) -> None:
    shell.well("backup")
    told = shell.well("forget", "acme", "--yes", "--backups").err
    assert told.endswith("1 backup that held it was deleted.\n")
    for backup in shell.database.with_name("followup-backups").iterdir():
        assert b"Acme" not in backup.read_bytes()
