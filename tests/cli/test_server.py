"""The shell on a server: the same verbs, copies both ways, what is due for everyone, and no password anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from followup_tui.domain.model.errors import FollowupError
from followup_tui.server_address import ServerAddress
from postgres_server import PASSWORD, PostgresServer, close_idle
from run_cli import Shell

pytestmark = pytest.mark.file_only  # each asks for the server by itself


@pytest.fixture
def board(server: PostgresServer) -> Iterator[ServerAddress]:
    yield from server.lent_board()


@pytest.fixture
def shell(board: ServerAddress, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(board.url, capsys)


@pytest.fixture
def filled(database: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A file with a letter, an interview, a decision taken back and texts from outside ASCII."""
    shell = Shell(database, capsys)
    shell.well("add", "Ära → B", "Dev", "--interview", "last fri 14:00", "--with", "Zoë Ruiz <zoe@a.example>")
    shell.well("add", "Acme", "Dev", "--interview", "20 nov 9:00", "--note", "100 % “sure”\n? really")
    shell.well("thank", "2")
    shell.well("answer", "2", "they_call", "--by", "mon")
    shell.well("letter", "1", "--template", "check-in", "--set", "my_name=Alex Novak", "--keep")
    shell.well("log", "1", "call")
    shell.well("undo")
    return shell


def test_a_copy_on_a_server_and_one_back_in_a_file_equal_the_first_byte_by_byte(
    filled: Shell, shell: Shell, database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    back = tmp_path / "back.db"
    assert "2 applications" in filled("copy-db", str(database), str(shell.database)).err
    assert "the copy is equal" in filled("copy-db", str(shell.database), str(back)).err
    exports = [each("export").out for each in (filled, shell, Shell(back, capsys))]
    assert exports[0] == exports[1] == exports[2]
    shell.well("redo")
    assert shell("export").out != exports[0]


def test_a_copy_into_what_is_not_empty_is_refused_and_changes_nothing(
    filled: Shell, shell: Shell, database: Path
) -> None:
    shell.well("add", "Globex", "Dev")
    before = shell("export").out
    refused = filled("copy-db", str(database), str(shell.database))
    assert (refused.code, "isn't empty" in refused.err) == (1, True)
    refused = shell("copy-db", str(database.with_name("nothing.db")), str(shell.database))
    assert (refused.code, "There is no database" in refused.err) == (1, True)
    assert shell("export").out == before


@pytest.mark.parametrize("words", ["backup", "backup --list", "check", "check --repair", "restore 1"])
def test_what_is_for_files_alone_says_so(words: str, shell: Shell) -> None:
    refused = shell(*words.split())
    assert (refused.code, "is on a server" in refused.err) == (1, True)


def test_forgetting_works_without_backups(shell: Shell) -> None:
    shell.well("add", "Acme", "Dev")
    shell.well("forget", "1", "--yes")
    assert "Acme" not in shell("export").out


def test_what_is_due_for_everyone_is_what_is_shared(
    shell: Shell, board: ServerAddress, server: PostgresServer, capsys: pytest.CaptureFixture[str]
) -> None:
    seekers = [server.board() for _ in range(3)]
    names = [each.url.split("/")[2].split("@")[0] for each in seekers]
    coach = board.url.split("/")[2].split("@")[0]
    for place, name in zip(seekers, names, strict=True):
        Shell(place.url, capsys).well("add", f"Company of {name}", "Dev", "--interview", "20 nov 9:00")
    for name in names[:2]:
        server.ask(f"INSERT INTO followup.coaching (coach) VALUES ('{coach}')", role=name)
    found = shell("due", "--everyone", "--json").json
    told = [(each["seeker"], each["company"]) for each in found]
    assert told == [(name, f"Company of {name}") for name in sorted(names[:2])]
    assert shell("due", "--everyone", "--count").out.strip() == "2"
    assert shell("due", "--everyone").out.count("Company of") == 2
    assert shell("due", "--json").json == []
    assert "only" in Shell(f"{board.url}?seeker={names[0]}", capsys)("add", "Acme", "Dev").err
    for place in seekers:
        close_idle(place)


def test_due_of_everyone_is_refused_for_a_file(filled: Shell) -> None:
    refused = filled("due", "--everyone")
    assert (refused.code, "one board" in refused.err) == (1, True)


def test_no_password_stands_in_info_errors_or_the_list_of_processes(server: PostgresServer) -> None:
    server.ask(f"CREATE ROLE secretive LOGIN PASSWORD '{PASSWORD}'")
    address = server.address("secretive", PASSWORD)
    command = [sys.executable, "-m", "followup_tui", "--db", address.url, "import", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        shown = Path(f"/proc/{process.pid}/cmdline")
        deadline = time.monotonic() + 10
        while b"***" not in shown.read_bytes():
            assert time.monotonic() < deadline
        assert b"cret" not in shown.read_bytes().replace(b"secretive", b"")
        _, err = process.communicate("")
    info = subprocess.run(
        [sys.executable, "-m", "followup_tui", "info", "--json"],
        env={**os.environ, "FOLLOWUP_DB": address.url},
        capture_output=True,
        text=True,
        check=False,
    )
    told = f"{err}{info.stdout}{info.stderr}"
    assert str(address) in told
    assert "s3cret" not in told


def test_a_wrong_password_is_told_without_it() -> None:
    with pytest.raises(FollowupError) as refusal:
        ServerAddress("postgresql://ana:s3cret@@db/x")
    assert "s3cret" not in refusal.value.sentence
