"""What a gesture costs: how often an application is read and analysed and the clock is read, over how many files.

A gesture is one or several keys on a running board with a real SQLite file and the real tracker. Every Python
function that is entered while the keys are handled is seen by `sys.setprofile`, on the app's thread and on the
writing thread. What doesn't belong to the gesture is kept away: the timers of `PAUSED` are set to an hour, the
proofreader's process is replaced, the workers of the start are waited for, and each gesture is done once before it
is counted, so that modules loaded on first use count the same in any order of tests.

As a script, `python tests/house/gestures.py` prints the figures.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from pkgutil import resolve_name
from types import CodeType, FrameType
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from followup_tui.domain.letters.finding import Proof
from followup_tui.domain.model.application import Answer
from followup_tui.domain.model.application_form import ApplicationForm
from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.when import When
from followup_tui.settings import Settings
from followup_tui.tracker.tracker import Tracker
from ui.pilot import BoardPilot, open_board

# What is counted and what is kept away, by dotted name: the one place to change where something is renamed.
READ = "followup_tui.store.reader:Reader.load_details"
"""Loads whole applications; its first argument is the list of their ids."""
ANALYSIS = "followup_tui.domain.rules.history:history_of"
CLOCK = "followup_tui.tracker.clock:now"
PROOFREADER = "followup_tui.ui.app.FollowupApp.proofreader"
PAUSED = (
    "followup_tui.ui.app.LOOK_AROUND",
    "followup_tui.ui.terminal.LOOK_SECONDS",
    "followup_tui.ui.screens.letter.SAVE_INTERVAL",
    "followup_tui.ui.screens.letter_findings.CHECK_DELAY",
)
"""Seconds of timers: looks for changes of others and for garbage, the saving of drafts, the reading of a proof."""
DRAWING = (
    "ui/widgets/",
    "ui/render/",
    "ui/theme.py",
    "ui/color_depth.py",
    "ui/ground.py",
    "ui/terminal.py",
)
"""Files, or folders of files, that only draw: they aren't counted."""

SOURCE = Path(__file__).parents[2] / "src" / "followup_tui"
NOW = "2026-11-22T10:00:00+01:00"
ZONE = ZoneInfo("Europe/Berlin")
AN_HOUR = 3_600.0


@dataclass(frozen=True)
class Gesture:
    """Some keys, and what tells that they did what they are for."""

    name: str
    keys: tuple[str, ...]
    is_done: Callable[[BoardPilot], bool]


@dataclass
class Counts:
    """What a gesture cost."""

    reads: int = 0
    analyses: int = 0
    clock_reads: int = 0
    files: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        figures = f"{len(self.files)} files, {self.reads} reads, {self.analyses} analyses"
        return f"{figures}, {self.clock_reads} clock reads"


class Profiler:
    """Counts on every thread that begins after it was installed, while `counts` is set."""

    def __init__(self) -> None:
        self.counts: Counts | None = None
        self._read, self._analysis, self._clock = (_code(name) for name in (READ, ANALYSIS, CLOCK))
        self._paths: dict[CodeType, str] = {}

    @contextmanager
    def installed(self) -> Iterator[Profiler]:
        """See every call on this thread and on those that begin from now on."""
        before = sys.getprofile()
        threading.setprofile(self._see)
        sys.setprofile(self._see)
        try:
            yield self
        finally:
            sys.setprofile(before)
            threading.setprofile(None)  # type: ignore[arg-type]

    def _see(self, frame: FrameType, event: str, _: Any) -> None:
        counts = self.counts
        if counts is None or event != "call":
            return
        code = frame.f_code
        path = self._paths.get(code)
        if path is None:
            path = self._paths[code] = _counted_path(code)
        if not path:
            return
        if not path.startswith(DRAWING):
            counts.files.add(path)
        if code is self._read and not _is_nested(frame):
            counts.reads += len(frame.f_locals[code.co_varnames[1]])
        elif code is self._analysis:
            counts.analyses += 1
        elif code is self._clock:
            counts.clock_reads += 1


def _code(name: str) -> CodeType:
    """The code of a function; a decorated one's own."""
    code = inspect.unwrap(resolve_name(name)).__code__
    assert isinstance(code, CodeType)
    return code


def _counted_path(code: CodeType) -> str:
    """The file of a function below the package; empty for others, and for the bodies of modules and classes."""
    path = Path(code.co_filename)
    if not code.co_flags & inspect.CO_OPTIMIZED or not path.is_relative_to(SOURCE):
        return ""
    return path.relative_to(SOURCE).as_posix()


def _is_nested(frame: FrameType) -> bool:
    """Whether a call is made by another of the same function."""
    outer = frame.f_back
    while outer is not None:
        if outer.f_code is frame.f_code:
            return True
        outer = outer.f_back
    return False


class NoProofreader:
    """Finds nothing and starts no process."""

    def proof(self, *args: object, **named: object) -> Proof:
        return Proof()

    def proof_with_grammar(self, *args: object, **named: object) -> None:
        return None

    def start(self) -> None: ...

    def close(self) -> None: ...


def make_search(place: Path) -> None:
    """Two applications: Acme, whose interviewer of Friday waits for a thank-you, and one that was thanked."""
    clock = datetime(2026, 11, 16, 9, tzinfo=ZONE)
    with closing(Tracker(place, clock=lambda: clock, zone=ZONE)) as tracker:
        for company in ("Acme", "Bolt"):
            at = datetime(2026, 11, 20, 14, tzinfo=ZONE)
            interview = When(day=at.date(), at=at, zone=ZONE.key)
            person = Person("Dana Ruiz", f"dana@{company.lower()}.example")
            tracker.commands.add(
                ApplicationForm(company=company, role="Engineer", interview=interview, people=(person,))
            )
        clock = datetime(2026, 11, 20, 18, tzinfo=ZONE)
        for company in ("Acme", "Bolt"):
            by = When(day=datetime(2026, 11, 27, tzinfo=ZONE).date(), at=None, zone=ZONE.key)
            tracker.commands.answer([tracker.queries.find(company)], Answer.DECIDE_BY, by=by)
        tracker.commands.thank([tracker.queries.find("Bolt")])


def _has_thanked(user: BoardPilot) -> bool:
    return any(touch.kind.value == "thank_you" for touch in user.details("Acme").touches)


THANK = Gesture("t, Enter: a thank-you is recorded", ("t", "enter"), _has_thanked)
LETTER = Gesture("w, Enter, s, x, y: a letter is recorded", ("w", "enter", "s", "x", "y"), _has_thanked)
GESTURES = (THANK, LETTER)


async def measure(gesture: Gesture, folder: Path) -> Counts:
    """The cost of a gesture, done a second time in this process on a board of its own."""
    await _once(gesture, folder / "first.db")
    return await _once(gesture, folder / "second.db")


async def _once(gesture: Gesture, place: Path) -> Counts:
    make_search(place)
    counts = Counts()
    with _kept_away(), Profiler().installed() as profiler:
        settings = Settings(name="Alex Novak", email="alex@novak.example", phone="+49 30 5550 0100")
        async with open_board(place, settings=settings) as user:
            await user.app.workers.wait_for_complete()
            await user.settle()
            assert user.cursor == "Acme"
            profiler.counts = counts
            await user.type(*gesture.keys)
            await user.settle()
            profiler.counts = None
            assert gesture.is_done(user), "\n".join(user.lines())
    return counts


@contextmanager
def _kept_away() -> Iterator[None]:
    patches = [*(patch(name, AN_HOUR) for name in PAUSED), patch(PROOFREADER, NoProofreader())]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        folders = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("DATA", "CONFIG", "STATE", "CACHE")}
        os.environ.update({**folders, "HOME": home, "TZ": ZONE.key, "FOLLOWUP_NOW": NOW})
        for number, gesture in enumerate(GESTURES):
            folder = Path(home) / str(number)
            folder.mkdir()
            counts = asyncio.run(measure(gesture, folder))
            print(f"{gesture.name}: {counts}")
            if "-v" in sys.argv:
                print(*sorted(counts.files), sep="\n")


if __name__ == "__main__":
    main()
