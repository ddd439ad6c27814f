"""Backup, restore and check from the shell; what can't be done is said in a sentence and changes nothing."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.cli.main import main
from run_cli import Shell
from store.damage import page_of, zeroed
from test_docs import PAGES

pytestmark = pytest.mark.file_only


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(database, capsys)
    shell.well("add", "Acme", "Dev")
    return shell


def companies(shell: Shell) -> list[str]:
    return [card["company"] for card in shell.well("list", "--json").json]


def test_a_backup_says_its_path_and_how_it_is_put_back(shell: Shell) -> None:
    ran = shell.well("backup")
    assert ran.out == f"{shell.database.with_name('followup-backups')}/20261122T090000Z.db\n"
    assert "`followup-tui restore 20261122T090000Z` puts it back." in ran.err
    shell.well("add", "Globex", "Dev")
    shell.well("restore", "20261122T090000Z", "--yes")
    assert companies(shell) == ["Acme"]


def test_the_list_says_when_each_was_made_and_what_it_holds(shell: Shell) -> None:
    assert "no backups yet" in shell.well("backup", "--list").err
    shell.well("backup")
    assert shell.well("backup", "--list").out == "1  Sun 22 Nov 10:00  just now  1 application  20261122T090000Z\n"
    (each,) = shell.well("backup", "--list", "--json").json
    assert each["bytes"] > 100_000
    assert {name: each[name] for name in ("number", "name", "made_at", "applications")} == {
        "number": 1,
        "name": "20261122T090000Z",
        "made_at": "2026-11-22T09:00:00+00:00",
        "applications": 1,
    }


def test_a_backup_that_cannot_be_read_is_listed_as_such(shell: Shell) -> None:
    shell.well("backup")
    (made,) = shell.database.with_name("followup-backups").iterdir()
    made.write_bytes(b"no" * 9000)
    assert "can't be read" in shell.well("backup", "--list").out
    assert shell.well("backup", "--list", "--json").json[0]["applications"] is None


def test_a_file_is_overwritten_only_with_force(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "my search.db"
    assert shlex.quote(str(file)) in shell.well("backup", str(file)).err
    ran = shell("backup", str(file))
    assert (ran.code, ran.out) == (1, "")
    assert "is there already; nothing was written, --force overwrites it." in ran.err
    shell.well("backup", "--force", str(file))
    assert shell("backup", "--list", str(file)).code == 2


def test_restore_asks_nobody_without_a_terminal(shell: Shell) -> None:
    shell.well("backup")
    shell.well("add", "Globex", "Dev")
    ran = shell("restore", "1")
    assert ran.code == 1
    assert "There is nobody to ask, so nothing was changed; --yes does it." in ran.err
    assert sorted(companies(shell)) == ["Acme", "Globex"]


def test_what_a_restore_replaced_is_named_and_comes_back(shell: Shell) -> None:
    shell.well("backup")
    shell.well("add", "Globex", "Dev")
    ran = shell.well("restore", "1", "--yes")
    found = re.search(r"`followup-tui (restore \S+)` brings back what was there before", ran.err)
    assert found is not None
    shell.well(*found[1].split(), "--yes")
    assert sorted(companies(shell)) == ["Acme", "Globex"]


def test_eleven_imports_in_two_minutes_each_leave_the_way_back_that_they_name(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways_back = []
    for turn in range(11):
        monkeypatch.setenv("FOLLOWUP_NOW", f"2026-11-22T10:{turn // 5:02}:{turn % 5 * 12:02}+01:00")
        sheet = tmp_path / "own.csv"
        sheet.write_text(f"Company,Role,Status\nBank {turn},Dev,Interviewed\n")
        found = re.search(r"\S+\.db", shell.well("import", str(sheet)).err)
        assert found is not None
        ways_back.append(Path(found[0]))
    replaced = re.search(r"restore (\S+)` brings", shell.well("restore", ways_back[5].stem, "--yes").err)
    assert replaced is not None
    shell.well("import", str(sheet))
    assert all(path.is_file() for path in ways_back)
    for name, banks in ((ways_back[0].stem, 0), (replaced[1], 11), (ways_back[10].stem, 10)):
        shell.well("restore", name, "--yes")
        assert len(companies(shell)) == 1 + banks


def test_restore_of_a_missing_file_is_refused_before_it_asks(shell: Shell, tmp_path: Path) -> None:
    shell.well("add", "Acme", "Analyst")
    missing = tmp_path / "nope.db"
    ran = shell("restore", str(missing))
    assert ran.code == 1
    assert f"There is no file {missing}; nothing was changed." in " ".join(ran.err.split())


def test_restore_of_nothing_known_is_refused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Dana, " * 100)
    for typed, words in (
        ("7", "No file and no backup matches “7”"),
        (str(tmp_path / "none.db"), "There is no file"),
        (str(tmp_path / "letter.txt"), "is not a database of followup-tui: it was left untouched"),
    ):
        ran = shell("restore", typed, "--yes")
        assert (ran.code, ran.out) == (1, "")
        assert words in ran.err
        assert ran.err.count("\n") == 1
    assert companies(shell) == ["Acme"]


def test_check_of_a_sound_file(shell: Shell) -> None:
    assert shell.well("check").out == f"{shell.database} is sound.\n"
    assert shell.well("check", "--repair").out == f"{shell.database} is sound; nothing was changed.\n"


@pytest.mark.parametrize("options", [(), ("--repair",)])
def test_check_of_no_file_says_that_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    nowhere = Shell(tmp_path / "none.db", capsys)
    ran = nowhere.well("check", *options)
    assert "none.db yet, so there is nothing to check." in ran.err
    assert "sound" not in ran.out
    assert not nowhere.database.exists()


def test_check_names_what_it_finds_and_repair_mends_it(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.database)) as connection, connection:
        connection.execute("UPDATE application SET applied_on = 'soon'")
    before = shell.database.read_bytes()
    ran = shell("check")
    assert (ran.code, ran.out) == (3, "1 row that can't be read: row 1 of application (applied_on).\n")
    assert "`followup-tui check --repair` repairs it" in ran.err
    assert shell.database.read_bytes() == before
    out = shell.well("check", "--repair").out
    assert "Repaired: 1 application, 1 line of the journal." in out
    assert "  row 1 of application: applied_on replaced\n" in out
    assert "Nothing else was lost." in out
    assert shell.well("check").out.endswith("is sound.\n")
    assert companies(shell) == ["Acme"]


def test_a_damaged_file_is_repaired_or_a_backup_put_in_its_place(shell: Shell) -> None:
    shell.well("backup")
    sound = shell.database.read_bytes()
    damaged = zeroed(zeroed(sound, page_of(shell.database, "application")), page_of(shell.database, "journal"))
    shell.database.write_bytes(damaged)
    refused = shell("add", "Globex", "Dev")
    assert refused.code == 1
    assert "`followup-tui restore 20261122T090000Z` puts it in place;" in refused.err
    assert shell("check").code == 3
    ran = shell.well("check", "--repair")
    assert "Lost: 1 application, 1 line of the journal." in ran.out
    assert "`followup-tui restore 20261122T090000Z` puts it in place instead." in ran.err
    assert companies(shell) == []
    shell.well("restore", "20261122T090000Z", "--yes")
    assert companies(shell) == ["Acme"]


def test_the_docs_two_commands_move_everything_to_another_laptop(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    block = re.search(r"<!-- another-laptop -->\s*\n```\n(.+?)\n```", PAGES["data.md"], flags=re.DOTALL)
    assert block is not None
    commands = [shlex.split(line.split("#")[0]) for line in block[1].splitlines()]
    assert len(commands) == 2
    usb = tmp_path / "usb"
    usb.mkdir()
    for command, database in zip(commands, (shell.database, tmp_path / "home" / "laptop.db"), strict=True):
        assert command[0] == "followup-tui"
        monkeypatch.setenv("FOLLOWUP_DB", str(database))
        assert main([word.replace("/media/usb", str(usb)) for word in command[1:]]) == 0
    assert "Restored" in capsys.readouterr().err
    assert main(["list"]) == 0
    assert "Acme" in capsys.readouterr().out
