"""While another program holds the database, or the disk fails, what was typed stays and the way on is told."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from faults.io_faults import compile_shim
from followup_tui.domain.commands.applications import form_for
from followup_tui.store import connections
from followup_tui.tracker.tracker import Tracker
from followup_tui.ui import app
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.widgets.text_lines import Notice
from ui.pilot import BoardPilot, open_board
from ui.terminal import BACK_AGAIN, PATIENCE, Terminal


@contextmanager
def locked(place: Path) -> Iterator[None]:
    """Hold the file as a program does that writes and doesn't end."""
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def _notes(user: BoardPilot) -> list[str]:
    return [touch.note for touch in user.details("Acme").touches if touch.note]


async def test_a_save_that_waits_says_so_then_who_is_in_the_way_and_keeps_the_text(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "WAITING", 0.05)
    monkeypatch.setattr(connections, "BUSY_SECONDS", 1.0)
    told: list[object] = []

    def tell(self: app.FollowupApp, sentence: str | Notice, *, alert: bool = False) -> None:
        told.append(sentence)
        BaseApp.tell(self, sentence, alert=alert)

    monkeypatch.setattr(app.FollowupApp, "tell", tell)
    async with open_board(small) as user:
        await user.expect(lambda: all(worker.is_finished for worker in user.app.workers))
        await user.type("N")
        await user.write("they have a cat")
        with locked(small):
            user._send("enter")
            await user.expect(lambda: "keeps" in user.app.trouble)
            await user.settle()
            assert app.WAITS in told
            assert user.sees("nothing was saved")
            assert user.app.screen.query_one("#line", Input).value == "they have a cat"
            assert _notes(user) == []
        await user.type("enter")
        assert _notes(user) == ["they have a cat"]
        assert not user.app.trouble


def test_a_signal_while_a_save_waits_restores_the_terminal_and_keeps_the_text(small: Path) -> None:
    terminal = Terminal("--db", str(small))
    try:
        terminal.wait_for("Interviewed", "Harrow")
        terminal.type("N")
        terminal.wait_for(": note")
        with locked(small):
            terminal.type("they have a cat\r")
            terminal.wait_for("Not saved yet")
            terminal.kill(signal.SIGTERM)
            assert terminal.end() == 143
        assert BACK_AGAIN in terminal.written
    finally:
        terminal.release()
    again = Terminal("--db", str(small))
    try:
        again.wait_for("when the program ended", "they have a cat")
    finally:
        again.release()


FAILING = """
import ctypes, os, sys, threading, time
from followup_tui.cli.main import main
shim, folder = ctypes.CDLL(sys.argv.pop(1)), sys.argv.pop(1)
def watch():
    while True:
        how = 3 if os.path.exists(folder + "/broken") else 0  # each write fails from then on, or none
        shim.fault_arm((folder + "/followup.db").encode(), how, 5, ctypes.c_long(1))
        open(folder + "/how", "w").write(str(how))
        time.sleep(0.02)
threading.Thread(target=watch, daemon=True).start()
sys.exit(main())
"""


def _wait_until_armed(terminal: Terminal, place: Path, how: str) -> None:
    end = time.monotonic() + PATIENCE
    while place.with_name("how").read_text() != how:
        assert time.monotonic() < end
        terminal.read(0.02)


@pytest.mark.skipif(shutil.which("cc") is None or sys.platform != "linux", reason="a C compiler on Linux")
def test_a_disk_that_fails_is_told_until_it_works_again_and_the_text_stays(small: Path, tmp_path: Path) -> None:
    shim, broken = compile_shim(tmp_path), small.with_name("broken")
    terminal = Terminal(str(shim), str(small.parent), "--db", str(small), code=FAILING, LD_PRELOAD=str(shim))
    try:
        terminal.wait_for("Interviewed", "Harrow", "basket")
        terminal.type("N")
        terminal.wait_for(": note")
        broken.touch()
        _wait_until_armed(terminal, small, "3")
        terminal.type("they have a cat\r")
        terminal.wait_for("can't be opened", "nothing was changed")
        broken.unlink()
        _wait_until_armed(terminal, small, "0")
        terminal.type("\r")
        terminal.wait_for("undo")
        terminal.type("q")
        assert terminal.end() == 0
    finally:
        terminal.release()
    with closing(Tracker(small)) as tracker:
        acme = tracker.queries.details(tracker.queries.find("Acme"))
    assert [touch.note for touch in acme.touches if touch.note] == ["they have a cat"]


async def test_a_form_that_another_window_has_overtaken_shows_both_versions_and_saves_what_is_chosen(
    small: Path,
) -> None:
    async with open_board(small) as user:
        await user.type("e", "tab")
        await user.write(" lead")
        with closing(Tracker(small)) as other:
            id = other.queries.find("Acme")
            _edit(other, id, role="Acme director", location="Berlin")
        await user.type("ctrl+s")
        assert user.sees("“Acme director”")
        fields = {field.id: field.value for field in user.app.screen.query(Input)}
        assert (fields["role"], fields["location"]) == ("Acme engineer lead", "Berlin")
        await user.type("ctrl+s")
        application = user.details("Acme").application
        assert (application.role, application.location) == ("Acme engineer lead", "Berlin")


def _edit(tracker: Tracker, id: str, *, role: str, location: str) -> None:
    details = tracker.queries.details(id)
    form = replace(form_for(details), role=role, location=location)
    tracker.commands.edit(id, form, {id: details.application.version})
