"""The ways into the program: the board, the version, help, and how every way ends."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from followup_tui import __version__
from followup_tui.cli.dispatch import _plain_words
from followup_tui.cli.group import FAMILIES
from followup_tui.cli.main import main
from run_cli import Shell, program
from write_docs import commands_markdown

COMMANDS = [name for commands in FAMILIES.values() for name in commands]


def test_the_version_is_said_with_and_without_click(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"followup-tui {__version__}\n"
    assert shell.well("--version").out == f"followup-tui {__version__}\n"


def test_asking_for_the_version_imports_no_click() -> None:
    script = (
        "import sys; from followup_tui.cli.main import main; main(['--version']); sys.exit('click' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, stdout=subprocess.DEVNULL).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "understood"),
    [
        ([], ([], None, None)),
        (["--db", "a"], ([], "a", None)),
        (["--db=a", "--config", "b"], ([], "a", "b")),
        (["--db="], ([], "", None)),
        (["--db"], None),
        (["list"], (["list"], None, None)),
        (["--db", "a", "due", "--config=b", "--json"], (["due", "--json"], "a", "b")),
        (["--help"], (["--help"], None, None)),
    ],
)
def test_the_options_for_all_are_told_from_the_words(
    arguments: list[str], understood: tuple[list[str], str | None, str | None] | None
) -> None:
    assert _plain_words(arguments) == understood


def test_without_a_terminal_the_board_is_printed_and_nothing_is_drawn(shell: Shell) -> None:
    shell.well("add", "Acme", "Dev")
    shell.well("add", "Globex", "SRE")
    shell.well("close", "2", "rejected")
    ran = shell()
    assert ran.code == 2
    assert [line.split() for line in ran.out.splitlines() if line and not line.startswith(" ")] == [
        ["Interviewed", "1"],
        ["Thanked", "0"],
        ["Awaiting", "0"],
        ["Moved", "on", "1"],
    ]
    assert ran.out.index("Acme") < ran.out.index("Globex")
    assert ran.err.count("\n") == 1
    assert "followup-tui list" in ran.err


@pytest.mark.file_only
def test_an_empty_board_without_a_terminal_says_how_to_begin(shell: Shell) -> None:
    ran = shell()
    assert ran.code == 2
    assert "followup-tui add" in ran.err
    assert not shell.database.exists()


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_can_not_draw_gets_the_board_as_text(database: Path, term: str) -> None:
    master, side = pty.openpty()
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "followup_tui", "--db", str(database)],
            stdin=side,
            stdout=subprocess.PIPE,
            stderr=side,
            env={**os.environ, "TERM": term},
            check=False,
            timeout=60,
        )
        said = os.read(master, 10_000)
    finally:
        os.close(master)
        os.close(side)
    assert ran.returncode == 2
    assert ran.stdout.startswith(b"Interviewed 0")
    assert b"\x1b" not in said


def test_without_a_terminal_nothing_loads_the_screen() -> None:
    for arguments in ([], ["demo"]):
        begin = "import sys; from followup_tui.cli.main import main"
        script = f"{begin}; main({arguments}); sys.exit('textual' in sys.modules)"
        run = subprocess.run(
            [sys.executable, "-c", script], stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60
        )
        assert run.returncode == 0, run.stderr


def test_without_a_terminal_the_demo_says_one_line(shell: Shell) -> None:
    ran = shell("demo")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    "arguments", [("nope",), ("list", "--nope"), ("add", "Acme"), ("close", "1", "won"), ("import",)]
)
def test_wrong_usage_exits_with_two_and_says_how_it_is_meant(shell: Shell, arguments: tuple[str, ...]) -> None:
    ran = shell(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: followup-tui")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(shell: Shell, name: str) -> None:
    page = shell.well(name, "-h").out
    assert page.startswith(f"Usage: followup-tui {name}")
    assert page == shell.well(name, "--help").out
    assert len(page.splitlines()) > 4


def test_the_help_lists_every_command_with_a_whole_sentence(shell: Shell) -> None:
    page = shell.well("--help").out
    for name in COMMANDS:
        assert f"\n  {name} " in page
    assert "..." not in page.replace("[ARGS]...", "")


def test_the_reference_names_every_command_and_option(shell: Shell) -> None:
    reference = commands_markdown()
    for name in COMMANDS:
        assert f"| `{name}" in reference
    for part in (
        "`--db PATH\\|URL`",
        "--dry-run",
        "--interview WHEN",
        "[--with PERSON…]",
        "`close ID... {",
        "## Look",
    ):
        assert part in reference, reference


def test_trouble_is_one_sentence_on_stderr_and_exit_one(shell: Shell, tmp_path: Path) -> None:
    shell.database = tmp_path / "nowhere" / "followup.db"
    ran = shell("add", "Acme", "Dev")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert str(shell.database.parent) in ran.err


def test_a_server_database_is_refused_without_repeating_its_password(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--db", "postgres://me:secret@db.invalid/x", "list"]) == 1
    assert "secret" not in capsys.readouterr().err


def test_a_broken_clock_is_one_sentence(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLLOWUP_NOW", "yesterday\x1b[31m")
    ran = shell("add", "Acme", "Dev")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "\x1b" not in ran.err


def test_the_first_change_makes_the_data_folder_for_the_user_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOLLOWUP_DB", raising=False)
    umask = os.umask(0)
    try:
        assert main(["list"]) == 0
        folder = Path(os.environ["XDG_DATA_HOME"]) / "followup-tui"
        assert not folder.exists()
        assert main(["add", "Acme", "Dev"]) == 0
    finally:
        os.umask(umask)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_the_database_can_be_named_by_the_environment(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLLOWUP_DB", str(database))
    assert main(["add", "Acme", "Dev"]) == 0
    assert database.exists()


def test_a_reader_that_goes_away_ends_the_program_quietly(shell: Shell) -> None:
    shell.well("add", "Acme", "Dev")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        ran = subprocess.run(
            [sys.executable, "-m", "followup_tui", "--db", str(shell.database), "list"],
            stdin=subprocess.DEVNULL,
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_under_the_output_is_one_sentence(shell: Shell) -> None:
    shell.well("add", "Acme", "Dev")
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "followup_tui", "--db", str(shell.database), "list"],
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stderr.count(b"\n") == 1


def test_an_interrupt_is_one_line(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(arguments: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("followup_tui.cli.dispatch._run", interrupted)
    ran = shell("list")
    assert (ran.code, ran.out, ran.err.count("\n")) == (130, "", 1)


def test_a_fault_of_the_program_leaves_a_report_without_anybodys_data(database: Path) -> None:
    script = (
        "import sys\n"
        "from followup_tui.cli import dispatch, main\n"
        "def fails(arguments): raise RuntimeError('a sec' + 'ret salary')\n"
        "dispatch._run = fails\n"
        "sys.argv = ['followup-tui', 'list']\n"
        "sys.exit(main.main())"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "secret" not in ran.stderr
    assert ran.stderr.count("\n") == 1
    (report,) = Path(os.environ["XDG_STATE_HOME"]).rglob("crash-*")
    assert "secret" not in report.read_text()
    assert report.stat().st_mode & 0o777 == 0o600


def test_the_module_is_the_program() -> None:
    ran = program("--version")
    assert (ran.returncode, ran.stdout.decode()) == (0, f"followup-tui {__version__}\n")
