"""The program keeps to itself: no network, files for their owner alone, and `info` tells where all of them are."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from followup_tui.tracker.tracker import Tracker
from run_cli import Shell
from ui.terminal import Terminal

WATCHED = """
import os, sys
kept = os.open({list!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"):
        os.write(kept, repr((event, arguments)).encode())
sys.addaudithook(watch)
from followup_tui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
def test_a_session_asks_no_network_and_leaves_files_for_their_owner_alone(tmp_path: Path) -> None:
    place, calls = tmp_path / "data" / "followup.db", tmp_path / "calls"
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Company,Role,Interview date\nHooli,Dev,2026-11-20\n")
    settings = tmp_path / "settings" / "settings.toml"
    settings.parent.mkdir(mode=0o700)
    settings.write_text('name = "Alex Novak"\n')
    settings.chmod(0o600)
    place.parent.mkdir(mode=0o700)
    with closing(Tracker(place)) as tracker:
        tracker.prepare()
    umask = os.umask(0)
    terminal = Terminal("--db", str(place), code=WATCHED.format(list=str(calls)), FOLLOWUP_CONFIG=str(settings))
    try:
        terminal.wait_for("Interviewed")
        for keys, shown in (
            ("nAcme, Dev, yesterday, Dana Ruiz <dana@acme.example>\r", "added"),
            ("Nthey have a cat\r", "note"),
            ("w\r", "finding"),
            ("\x1b[27u", "Interviewed"),
            ("r", "Review"),
            ("\x1b[27u", "Interviewed"),
            (f"O{sheet}\r", "Hooli"),
            ("\r", "Interviewed"),
            ("?", "Advance"),
            ("\x1b[27u", "Interviewed"),
        ):
            terminal.type(keys)
            terminal.wait_for(shown)
        terminal.type("q")
        assert terminal.end() == 0
    finally:
        os.umask(umask)
        terminal.release()
    assert calls.read_text() == ""
    made = [path for folder in (place.parent, Path(os.environ["HOME"])) for path in folder.rglob("*")]
    assert place in made
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in made}
    open_to_others = {str(path): oct(mode) for path, mode in modes.items() if mode & 0o077}
    assert open_to_others == {}


def test_info_names_every_place_in_which_something_is_kept(
    database: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shell = Shell(database, capsys)
    shell.well("add", "Acme", "Dev", "--interview", "tue 10:00", "--with", "Dana Ruiz <dana@acme.example>")
    shell.well("backup")
    shell.well("letter", "1", "--template", "confirming", "--set", "my_name=Alex", "--keep")
    facts = shell.well("info", "--json").json
    named = {Path(fact["path"]) for fact in facts.values() if isinstance(fact, dict) and "path" in fact}
    made = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert database in made
    assert {path for path in made if not named & {path, *path.parents}} == set()
    assert "Drafts" in shell.well("info").out
