"""`serve`: who may reach it, and what is said where it can't start. What it serves is tested in tests/web."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys

import pytest

import followup_tui.web
from followup_tui import files
from followup_tui.cli.commands import shared_board
from followup_tui.extras import install_command
from run_cli import Shell

SERVE = [sys.executable, "-m", "followup_tui", "serve"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "board.example", "", "127.1", "\x1b[31m"])
def test_other_machines_are_let_in_only_if_that_is_said_too(shell: Shell, host: str) -> None:
    ran = shell("serve", "--host", host, "--port", "0")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("Other machines can reach ")
    assert "--allow-others" in ran.err
    assert "\x1b" not in ran.err


def test_a_port_that_is_taken_is_named(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = shell("serve", "--port", str(port))
    assert ran.code == 1
    assert ran.err == (
        f"Another program uses port {port} of 127.0.0.1, so nothing was started; choose another with --port.\n"
    )


@pytest.mark.parametrize("host", ["192.0.2.7", "board.invalid"])
def test_an_address_of_another_machine_is_refused(shell: Shell, host: str) -> None:
    ran = shell("serve", "--host", host, "--port", "0", "--allow-others")
    assert ran.code == 1
    assert ran.err == f"{host} is no address of this machine, so nothing was started; leave --host out.\n"


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_what_is_no_port_is_wrong_usage(shell: Shell, port: str) -> None:
    assert shell("serve", "--port", port).code == 2


def test_without_the_extra_it_says_what_to_install(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    monkeypatch.setattr(followup_tui, "web", followup_tui.web)  # what is imported here is another module
    for name in [name for name in sys.modules if name.startswith("followup_tui.web")]:
        monkeypatch.delitem(sys.modules, name)
    ran = shell("serve")
    assert ran.code == 1
    assert ran.err == (
        "A board in the browser needs packages that aren't installed; install them with"
        f" `{install_command('web')}`.\n"
    )


def test_help_names_no_option_that_is_not_for_people(shell: Shell) -> None:
    assert "--window" not in shell.well("serve", "--help").out


@pytest.mark.parametrize(
    ("number", "options", "host"),
    [
        (signal.SIGINT, ("--host", "localhost"), "localhost"),
        (signal.SIGTERM, ("--host", "0.0.0.0", "--allow-others"), socket.gethostname()),
    ],
)
def test_it_prints_an_address_with_a_new_token_and_stops_in_good_order(
    number: signal.Signals, options: tuple[str, ...], host: str
) -> None:
    process = subprocess.Popen(
        [*SERVE, *options, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # a shell may have it ignored
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert address.startswith(f"http://{host}:")
    assert len(address.split("/")[3]) >= 43
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert said.splitlines()[-1] == "Stopped; all windows are closed and everything is saved."
    assert address.split("/")[3] not in said
    assert ("encrypted" in said) == ("--allow-others" in options)


@pytest.mark.parametrize("is_read_only", [False, True])
def test_a_window_of_a_read_only_server_is_read_only_before_its_board_opens(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, is_read_only: bool
) -> None:
    monkeypatch.setattr(files, "_forbidden", [])
    opened: list[bool] = []
    monkeypatch.setattr(shared_board, "run_board", lambda *_: opened.append(files.is_read_only()) or 0)
    shell.well(*shared_board.window_command(read_only=is_read_only)[4:])
    assert opened == [is_read_only]


def test_the_server_knows_no_screen() -> None:
    script = "import sys, followup_tui.web.page_server; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_server_with_its_password_is_told_to_windows_by_their_environment_alone() -> None:
    session = shared_board.CliContext("postgresql://alex:secret@db.example/followup", "settings.toml")
    environment = shared_board._environment(session)
    assert environment["FOLLOWUP_DB"] == "postgresql://alex:secret@db.example/followup"
    assert environment["FOLLOWUP_CONFIG"] == "settings.toml"
    assert "secret" not in " ".join(shared_board.window_command(read_only=True))
