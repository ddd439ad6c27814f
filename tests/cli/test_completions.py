"""Completing in the shell: commands, options, and applications by what was typed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.test_notify import recipe
from followup_tui.files import settings_file
from run_cli import Shell, program
from ui.terminal import Terminal


@pytest.fixture
def shell(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(database, capsys)
    shell.well("add", "Acme Robotics", "Dev")
    shell.well("add", "Globex $(reboot)", "SRE")
    shell.well("add", "`reboot`", "SRE")
    shell.well("add", "Globe Trotters", "SRE")
    return shell


def offered(shell: Shell, typed: str) -> list[str]:
    """What bash is offered for the last word of a line."""
    words = f"followup-tui --db {shell.database} {typed}"
    count = len(words.split(" ")) - 1
    ran = program(_FOLLOWUP_TUI_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(count), stdin=None)
    assert ran.returncode == 0, ran.stderr
    return [line.partition(",")[2] for line in ran.stdout.decode().splitlines() if line]


def test_commands_and_options_are_offered(shell: Shell) -> None:
    assert offered(shell, "li") == ["list"]
    assert "--dry-run" in offered(shell, "import --d")
    assert offered(shell, "list --stage t") == ["thanked"]
    assert offered(shell, "close 1 re") == ["rejected"]
    assert offered(shell, "answer 1 they") == ["they_call"]
    assert offered(shell, "pace 1 sl") == ["slow"]
    assert offered(shell, "thank 1 --by p") == ["phone", "post"]
    assert offered(shell, "may-contact --by v") == ["voicemail"]
    assert offered(shell, "du") == ["due"]


def test_applications_are_offered_by_number_and_by_a_name_that_is_clear(shell: Shell) -> None:
    assert offered(shell, "show ") == ["1", "2", "3", "4"]
    assert offered(shell, "advance ac") == offered(shell, "snooze 2 ac") == offered(shell, "region ac") == ["Acme"]
    assert offered(shell, "show glo") == ["Globex", "Globe"]
    assert offered(shell, "show globe") == ["Globex", "Globe"]
    assert offered(shell, "show x") == []


def test_letters_that_several_begin_with_become_no_number(shell: Shell) -> None:
    for number in range(5, 12):
        shell.well("add", "Kestrel" if number in (5, 11) else f"Firm{number}", f"Role {number}")
    assert offered(shell, "thank kes") == ["Kestrel"]
    refused = shell("show", "Kestrel")
    assert refused.code == 1
    assert "5" in refused.err
    assert "11" in refused.err
    shell.well("add", "10x", "Dev", "--interview", "yesterday")
    assert offered(shell, "thank 10") == ["10", "10x"]
    shell.well("add", "Old Acme", "Ops")
    assert offered(shell, "thank acm") == ["1"], "alone it is the one that is meant, whose name is not enough"


def test_the_names_of_saved_filters_are_offered_each_as_one_word(shell: Shell) -> None:
    settings_place = settings_file(None)
    settings_place.parent.mkdir(parents=True, exist_ok=True)
    settings_place.write_text('[filters]\n"Remote Python" = "#python"\n"$(reboot)" = "late"\nNear = "graz"\n')
    assert offered(shell, "list --filter ") == [
        "Late",
        '"Due today"',
        '"Due tomorrow"',
        '"Due this week"',
        '"No answer recorded"',
        '"Quiet long enough"',
        '"Remote Python"',
        "Near",
    ]
    assert offered(shell, "list --filter remo") == ['"Remote Python"']
    assert offered(shell, "list --filter 'due") == ["Due today", "Due tomorrow", "Due this week"], (
        "within quotes it needs none of its own"
    )


class Zsh:
    """A zsh with a terminal of its own, which has read a ~/.zshrc."""

    def __init__(self, home: Path, database: Path, zshrc: str) -> None:
        ours = home / "bin" / "followup-tui"
        ours.parent.mkdir()
        ours.write_text(f'#!/bin/sh\nFOLLOWUP_DB="{database}" exec "{sys.executable}" -m followup_tui "$@"\n')
        ours.chmod(0o700)
        (home / ".zshrc").write_text(f"PATH={ours.parent}:$PATH\nPROMPT='ready> '\n{zshrc}\n")
        code = "import os; os.execlp('zsh', 'zsh', '-d', '-i')"
        self.terminal = Terminal(code=code, ZDOTDIR=str(home), TERM="dumb")

    def __enter__(self) -> Terminal:
        return self.terminal

    def __exit__(self, *_: object) -> None:
        self.terminal.release()


@pytest.mark.skipif(not shutil.which("zsh"), reason="there is no zsh here")
def test_a_real_zsh_loads_the_script_and_completes_by_it(shell: Shell, tmp_path: Path) -> None:
    script = shell.well("completions", "zsh").out
    zshrc = f"autoload -Uz compinit; compinit -u -d {tmp_path / 'dump'}\n{script}"
    with Zsh(tmp_path, shell.database, zshrc) as terminal:
        terminal.wait_for("ready> ")
        terminal.type("followup-tui his\t")
        terminal.wait_for("history")
        terminal.type("\x15followup-tui list --filter Qui\t")
        terminal.wait_for("Quiet\\ long\\ enough")
        terminal.type("\x15exit\r")
        assert terminal.end() == 0


@pytest.mark.skipif(not shutil.which("zsh"), reason="there is no zsh here")
def test_the_prompt_of_a_real_zsh_begins_with_what_is_due(shell: Shell, tmp_path: Path) -> None:
    with Zsh(tmp_path, shell.database, recipe("zsh")) as terminal:
        terminal.wait_for("4 due ready> ")
        terminal.type("exit\r")
        assert terminal.end() == 0


def test_nothing_that_a_shell_would_carry_out_is_offered(shell: Shell) -> None:
    assert offered(shell, "show '`'") == []
    everything = " ".join(offered(shell, "show ") + offered(shell, "show g"))
    assert not set(everything) & set("$`()")


@pytest.mark.file_only
def test_an_unreadable_database_offers_nothing_and_says_nothing(shell: Shell) -> None:
    shell.database.write_bytes(b"no database")
    assert offered(shell, "show ") == []


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_calls_back(shell: Shell, name: str) -> None:
    script = shell.well("completions", name).out
    assert "_FOLLOWUP_TUI_COMPLETE" in script
    assert f"{name}_complete" in script
    if shutil.which(name):
        checked = subprocess.run([name, "-n"], input=script, text=True, capture_output=True, check=False)
        assert checked.returncode == 0, checked.stderr


def test_an_unknown_shell_is_wrong_usage(shell: Shell) -> None:
    assert shell("completions", "tcsh").code == 2


def test_a_variable_set_by_hand_does_not_end_in_a_traceback() -> None:
    for instruction in ("1", "bash_complete", "nope_source", "bash_nope"):
        ran = program(_FOLLOWUP_TUI_COMPLETE=instruction)
        assert b"Traceback" not in ran.stderr
        assert b"fault" not in ran.stderr, (instruction, sys.version)
        assert ran.returncode in {0, 1, 2}
