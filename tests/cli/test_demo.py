"""The demo: lively whenever it is opened, the same each time, and gone afterwards."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_tui.domain.model.application import Application, Outcome, Stage
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Interview
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import Touch
from followup_tui.domain.views.board import Sort
from followup_tui.files import DEMO_PREFIX
from followup_tui.tracker.demo import LEADS, demo_change, fill_demo, sweep, throwaway_folder
from followup_tui.tracker.tracker import Tracker

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(["Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "UTC"]).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_the_demo_is_the_same_each_time(now: datetime) -> None:
    assert demo_change(now, BERLIN) == demo_change(now, BERLIN)


def test_the_demos_ids_do_not_depend_on_the_day(now: datetime) -> None:
    first, second = (demo_change(moment, BERLIN) for moment in (now, now + timedelta(days=500)))
    assert [edit.row.id for edit in first.edits] == [edit.row.id for edit in second.edits]


def test_the_demo_shows_every_stage_and_every_outcome(now: datetime) -> None:
    rows = [edit.after for edit in demo_change(now, BERLIN).edits]
    made = [row for row in rows if isinstance(row, Application)]
    assert 25 <= len(made) <= 40
    assert set(Counter(each.stage for each in made)) == set(Stage)
    assert {each.outcome for each in made} == {*Outcome, None} - {Outcome.ACCEPTED}
    assert any(not each.company.isascii() for each in made)
    assert len({edit.row.id for edit in demo_change(now, BERLIN).edits}) == len(rows)


def test_everybody_in_the_demo_is_made_up() -> None:
    assert [lead.domain for lead in LEADS if not lead.domain.endswith(".example")] == []
    assert [lead.company for lead in LEADS if shown_line(lead.company) != lead.company] == []


@given(MOMENTS, ZONES)
def test_nothing_in_the_demo_has_happened_in_the_future(moment: datetime, zone: ZoneInfo) -> None:
    for edit in demo_change(moment, zone).edits:
        row = edit.after
        if isinstance(row, Touch):
            assert row.at <= moment
        if isinstance(row, Application):
            assert row.created_at <= moment
            assert row.stage is Stage.INTERVIEWED or row.stage_at <= moment
        if isinstance(row, Interview):
            assert row.starts_at.astimezone(zone).weekday() < 5 or row.starts_at <= moment + timedelta(hours=3)
        if isinstance(row, Contact):
            assert re.fullmatch(r"[a-z]+@[a-z-]+\.example", row.email)


@given(MOMENTS, ZONES)
def test_the_demo_always_has_interviews_ahead_and_behind(moment: datetime, zone: ZoneInfo) -> None:
    made = [edit.after for edit in demo_change(moment, zone).edits if isinstance(edit.after, Application)]
    starts = [each.stage_at for each in made if each.stage is Stage.INTERVIEWED]
    assert sum(at > moment for at in starts) >= 3
    assert sum(moment - timedelta(days=4) < at <= moment for at in starts) >= 2


def test_undo_in_the_demo_stops_where_the_demo_begins(database: Path, now: datetime) -> None:
    fill_demo(database, now, BERLIN)
    tracker = Tracker(database)
    begun = tracker.queries.board(Sort.AGE).cards
    assert len(begun) == len(LEADS)
    assert {card.outcome for card in begun.values() if card.company.startswith("Meridian")} == {Outcome.NO_REPLY}
    tracker.commands.log([tracker.queries.find("Saltmarsh")], "note", note="Their job post is gone.")
    tracker.commands.undo()
    with pytest.raises(Refused, match="nothing to undo"):
        tracker.commands.undo()
    shown = [(card.company, card.stage) for card in tracker.queries.board(Sort.AGE).cards.values()]
    assert shown == [(card.company, card.stage) for card in begun.values()]
    tracker.close()


def test_the_demos_folder_is_the_users_alone_and_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with throwaway_folder() as folder:
        assert folder.parent == tmp_path
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "demo.db").write_text("x")
    assert not folder.exists()


def _left_by_the_dead(base: Path) -> Path:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    folder = base / f"{DEMO_PREFIX}{int(gone.stdout)}-abc"
    folder.mkdir()
    (folder / "alive").touch()
    (folder / "demo.db").write_text("x")
    return folder


def test_what_killed_demos_left_behind_is_swept(tmp_path: Path) -> None:
    left = _left_by_the_dead(tmp_path)
    assert sweep(tmp_path) == [left]
    assert not left.exists()


def test_a_running_demo_and_other_peoples_files_are_not_swept(tmp_path: Path) -> None:
    running = tmp_path / f"{DEMO_PREFIX}{os.getpid()}-abc"
    running.mkdir()
    (tmp_path / f"{DEMO_PREFIX}notes").mkdir()
    (tmp_path / f"{DEMO_PREFIX}999999-file").touch()
    elsewhere = tmp_path / "mine"
    elsewhere.mkdir()
    (tmp_path / f"{DEMO_PREFIX}999999-link").symlink_to(elsewhere)
    held = _left_by_the_dead(tmp_path)
    with (held / "alive").open("w") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        assert sweep(tmp_path) == []
    assert len(list(tmp_path.glob(f"{DEMO_PREFIX}*"))) == 5


class _Terminal:
    """The demo in a pseudo-terminal."""

    def __init__(self, tmp_path: Path) -> None:
        self.seen = b""
        self.pid, self.side = pty.fork()
        if self.pid == 0:
            os.environ.update(TMPDIR=str(tmp_path), COLUMNS="100", LINES="30")
            os.execv(sys.executable, [sys.executable, "-m", "followup_tui", "demo"])

    def read(self) -> bool:
        """Take in what has come; False once the other side has closed."""
        if not select.select([self.side], [], [], 0.1)[0]:
            return True
        try:
            piece = os.read(self.side, 65536)
        except OSError:  # Linux: the last process with the terminal open has gone
            return False
        self.seen += piece
        return bool(piece)

    def wait_for(self, text: bytes) -> None:
        until = time.monotonic() + 30
        while text not in self.seen:
            assert time.monotonic() < until, self.seen[-500:]
            assert self.read(), self.seen[-500:]

    def end(self) -> int:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            self.read()
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                os.close(self.side)
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, signal.SIGKILL)
        raise AssertionError("the demo did not end")


@pytest.mark.parametrize(("ending", "code"), [("q", 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_the_demo_leaves_nothing_behind_however_it_is_asked_to_end(
    tmp_path: Path, ending: str | int, code: int
) -> None:
    base = tmp_path / "tmp"
    base.mkdir()
    demo = _Terminal(base)
    demo.wait_for(b"Kestrel")
    assert len(list(base.glob(f"{DEMO_PREFIX}*"))) == 1
    if isinstance(ending, str):
        os.write(demo.side, ending.encode())
    else:
        os.kill(demo.pid, ending)
    assert demo.end() == code
    assert list(base.iterdir()) == []
