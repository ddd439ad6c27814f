"""Reminders outside: a notification of the desktop, printed where there is none, and the recipes of the docs."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.test_hostile import clean, infested
from followup_tui.cli import OK, SOMETHING_DUE
from followup_tui.cli.commands import overview
from followup_tui.cli.commands.overview import LINES, notify_due, on_desktop
from followup_tui.cli.context import CliContext
from followup_tui.cli.group import program as command_line
from run_cli import Shell

__all__ = ["infested"]

PAGE = (Path(__file__).parents[2] / "docs" / "automation.md").read_text(encoding="utf-8")
NO_BUS = "There is no session bus to reach a desktop by (DBUS_SESSION_BUS_ADDRESS is not set)"

BUS = """
import asyncio, json, os, subprocess, sys
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, method

class Desktop(ServiceInterface):
    def __init__(self):
        super().__init__("org.freedesktop.Notifications")
        self.shown = []
    @method()
    def GetCapabilities(self) -> "as":
        return ["body", "body-markup"]
    @method()
    def GetServerInformation(self) -> "ssss":
        return ["desktop", "test", "1", "1.2"]
    @method()
    def Notify(self, app: "s", replaces: "u", icon: "s", title: "s", text: "s",
               actions: "as", hints: "a{sv}", timeout: "i") -> "u":
        self.shown.append([app, title, text])
        return 1

async def main():
    bus = await MessageBus().connect()
    desktop = Desktop()
    bus.export("/org/freedesktop/Notifications", desktop)
    await bus.request_name("org.freedesktop.Notifications")
    ran = await asyncio.create_subprocess_exec(*sys.argv[1:], stdout=-1, stderr=-1)
    out, err = await ran.communicate()
    print(json.dumps([ran.returncode, out.decode(), err.decode(), desktop.shown]))

asyncio.run(main())
"""
"""A desktop of its own on a bus of its own, which runs a command and tells what reached it."""


class Desktop:
    """Remembers what it was asked to show; gives back why it doesn't."""

    def __init__(self, trouble: str = "") -> None:
        self.shown: list[tuple[str, str]] = []
        self.trouble = trouble

    def __call__(self, title: str, text: str) -> str:
        self.shown.append((title, text))
        return self.trouble


@pytest.fixture(autouse=True)
def _no_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)


@pytest.fixture
def due(shell: Shell) -> Shell:
    """A shell with one thank-you that is late and one that is due today."""
    return shell.begin(
        ("add", "Acme & <b>Sons</b>", "Dev", "--interview", "last fri 14:00", "--with", "Dana Ruiz"),
        ("add", "Globex", "SRE", "--interview", "yesterday 9:00"),
    )


def notified(shell: Shell, desktop: Desktop) -> int:
    return notify_due(CliContext(str(shell.database)), desktop=desktop)


def test_what_is_due_is_one_notification_of_plain_text(due: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    desktop = Desktop()
    assert notified(due, desktop) == SOMETHING_DUE
    assert desktop.shown == [
        (
            "2 to do, 1 of them late",
            "! Acme ＆ ‹b›Sons‹/b›: thank Dana Ruiz, 1d late\n= Globex: thank, today",
        )
    ]
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Sent to the desktop: 2 to do, 1 of them late.\n")


def test_two_roles_at_one_employer_are_told_apart(due: Shell) -> None:
    due.well("add", "globex GmbH", "QA", "--interview", "yesterday 9:00")
    desktop = Desktop()
    notified(due, desktop)
    ((_, text),) = desktop.shown
    assert text.splitlines()[1:] == ["= Globex (SRE): thank, today", "= globex GmbH (QA): thank, today"]


def test_nothing_due_sends_nothing(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    desktop = Desktop()
    assert notified(shell, desktop) == OK
    assert desktop.shown == []
    assert capsys.readouterr() == ("", "")
    assert shell("due", "--notify").code == OK


def test_many_are_counted_beyond_the_loudest(shell: Shell) -> None:
    for number in range(LINES + 3):
        shell.well("add", f"Company{number}", "Dev", "--interview", "last fri 14:00")
    desktop = Desktop()
    notified(shell, desktop)
    ((title, text),) = desktop.shown
    assert title == "8 to do, 8 of them late"
    assert len(text.splitlines()) == LINES + 1
    assert text.endswith("and 3 more: followup-tui review")


def test_a_desktop_that_fails_is_told_and_what_is_due_is_printed(
    due: Shell, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = due("due").out
    assert notified(due, Desktop("The desktop took no notification (it is asleep)")) == SOMETHING_DUE
    said = capsys.readouterr()
    assert said.out == printed
    assert said.err.endswith("The desktop took no notification (it is asleep), so what is due was printed.\n")


@pytest.mark.skipif(sys.platform == "darwin", reason="there the desktop needs no bus")
def test_without_a_bus_it_is_printed_and_said(due: Shell) -> None:
    ran = due("due", "--notify")
    assert (ran.code, ran.out) == (SOMETHING_DUE, due("due").out)
    assert ran.err.endswith(f"{NO_BUS}, so what is due was printed.\n")
    on_monday = due("due", "--notify", "--on", "mon")
    assert on_monday.out == due("due", "--on", "mon").out


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setitem(sys.modules, "desktop_notifier", None)
    assert "desktop-notifier`" in on_desktop("title", "text")


@pytest.mark.skipif(sys.platform == "darwin", reason="there the desktop needs no bus")
def test_a_bus_that_is_gone_is_told_in_one_sentence(due: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("desktop_notifier")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    ran = due("due", "--notify")
    assert ran.code == SOMETHING_DUE
    assert ran.out == due("due").out
    last = ran.err.splitlines()[-1]
    assert last.startswith("The desktop took no notification (")
    assert last.endswith("so what is due was printed.")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("other", ["--all", "--count", "--json"])
def test_a_notification_is_no_list(due: Shell, other: str) -> None:
    ran = due("due", "--notify", other)
    assert (ran.code, ran.out) == (2, "")


def test_nothing_in_the_data_reaches_the_desktop_raw(infested: Shell) -> None:
    desktop = Desktop()
    notified(infested, desktop)
    ((title, text),) = desktop.shown
    assert clean(title)
    assert clean(text)
    assert not set("<>&") & set(text)
    assert max(map(len, text.splitlines())) < 250
    assert len(text.splitlines()) <= LINES + 1


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="there is no bus to start")
def test_a_real_desktop_on_a_real_bus_shows_it(due: Shell) -> None:
    pytest.importorskip("desktop_notifier")
    import json

    followup = [sys.executable, "-m", "followup_tui", "--db", str(due.database), "due", "--notify"]
    ran = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", BUS, *followup],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    code, out, err, shown = json.loads(ran.stdout)
    assert (code, out, err) == (SOMETHING_DUE, "", "Sent to the desktop: 2 to do, 1 of them late.\n")
    assert shown == [
        [
            "followup-tui",
            "2 to do, 1 of them late",
            "! Acme ＆ ‹b›Sons‹/b›: thank Dana Ruiz, 1d late\n= Globex: thank, today",
        ]
    ]


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="there is no bus to start")
def test_a_bus_without_a_desktop_is_told(due: Shell) -> None:
    pytest.importorskip("desktop_notifier")
    followup = [sys.executable, "-m", "followup_tui", "--db", str(due.database), "due", "--notify"]
    ran = subprocess.run(
        ["dbus-run-session", "--", *followup], capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == SOMETHING_DUE
    assert ran.stdout == due("due").out
    assert "The desktop took no notification (" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_package_is_loaded_for_a_notification_alone() -> None:
    begin = "import sys; from followup_tui.cli.commands import overview"
    script = f"{begin}; sys.exit('desktop_notifier' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
    assert overview.PATIENCE <= 10


# The recipes of docs/automation.md


def recipe(name: str) -> str:
    """The fenced block behind `<!-- recipe: name -->`."""
    found = re.findall(rf"<!-- recipe: {name} -->\n+```\w*\n(.+?)```", PAGE, flags=re.DOTALL)
    assert len(found) == 1, name
    return str(found[0])


def _insist_known(words: list[str]) -> None:
    """A command line of ours is one that the program understands, down to each option."""
    place = next(place for place, word in enumerate(words) if word.rpartition("/")[2] == "followup-tui")
    rest = [word for word in words[place + 1 :] if not re.match(r"\d*[<>|]", word)]
    context: Any = command_line.make_context("followup-tui", list(rest), resilient_parsing=False)
    name, command, arguments = command_line.resolve_command(context, [*context._protected_args, *context.args])
    assert command is not None
    with command.make_context(name, arguments, parent=context):
        assert name in {"due", "review"}


def test_the_recipe_for_cron_is_a_line_that_cron_and_the_program_understand() -> None:
    lines = [line for line in recipe("cron").splitlines() if line and not line.startswith("#")]
    settings = [line for line in lines if re.match(r"[A-Z_]+=", line)]
    jobs = [line for line in lines if line not in settings]
    assert jobs
    assert any(line.startswith("DBUS_SESSION_BUS_ADDRESS=") for line in settings)
    for job in jobs:
        *when, command = job.split(None, 5)
        assert all(re.fullmatch(r"[\d*/,-]+", field) for field in when), when
        assert "%" not in command, "cron reads it as the end of the line"
        assert subprocess.run(["sh", "-n", "-c", command], check=False).returncode == 0
        _insist_known(shlex.split(command))


def test_the_recipe_for_systemd_has_a_service_and_a_timer_that_belong_together() -> None:
    from configparser import ConfigParser

    units = {}
    for name in ("service", "timer"):
        unit = ConfigParser(interpolation=None, strict=False)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read_string(recipe(f"systemd-{name}"))
        units[name] = unit
    service = units["service"]["Service"]
    assert service["SuccessExitStatus"] == str(SOMETHING_DUE)
    _insist_known(shlex.split(service["ExecStart"].replace("%h", "/home/me")))
    assert units["timer"]["Timer"]["OnCalendar"]
    assert units["timer"]["Install"]["WantedBy"] == "timers.target"
    if shutil.which("systemd-analyze"):
        when = units["timer"]["Timer"]["OnCalendar"]
        assert subprocess.run(["systemd-analyze", "calendar", when], check=False).returncode == 0


@pytest.mark.parametrize("shell_name", ["bash", "zsh"])
def test_the_recipe_for_the_prompt_shows_how_many_are_due(due: Shell, tmp_path: Path, shell_name: str) -> None:
    text = recipe(shell_name)
    for command in re.findall(r"\$\((?:command )?(followup-tui [^)]*)\)", text):
        _insist_known(shlex.split(command))
    assert "followup-tui due --count" in text
    found = shutil.which(shell_name)
    if found is None:
        pytest.skip(f"there is no {shell_name} here to read it")
    assert subprocess.run([found, "-n"], input=text, text=True, check=False).returncode == 0
    ours = tmp_path / "followup-tui"
    ours.write_text(f'#!/bin/sh\nFOLLOWUP_DB="{due.database}" exec "{sys.executable}" -m followup_tui "$@"\n')
    ours.chmod(0o700)
    script = (
        f'PATH={shlex.quote(str(tmp_path))}:$PATH\nPS1="$ "\n{text}\nfollowup_due\nprintf "%s" "$FOLLOWUP_DUE"'
    )
    ran = subprocess.run([found, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert (ran.stdout, ran.stderr) == ("2 due ", "")
