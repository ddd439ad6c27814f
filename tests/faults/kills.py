"""Kill programs at random moments while they write; what they acknowledged is there, and the file is sound.

Run as `python kills.py FOLDER ROUNDS SEED`: it forks a tracker for each round, kills it and looks at the file, and
prints the figures as JSON. `kill_apps` does the same to the real app in a pseudo-terminal.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import asdict
from itertools import count
from pathlib import Path
from shutil import rmtree

from conftest import NOW
from faults.run_commands import main as track
from faults.scene import Figures, is_sound, own_home, python, state
from followup_tui.domain.model.change import EntryState
from followup_tui.files import half_typed_folder, settings_file
from followup_tui.store.reader import Reader
from followup_tui.store.writer import Writer
from ui.terminal import PATIENCE, SEQUENCE, Terminal

_ROUNDS_A_FILE = 50
_MOST_SECONDS = 0.3


def kill_trackers(folder: Path, rounds: int, seed: int = 11) -> Figures:
    """Kill trackers in a process of their own, from which they are forked: this one may have threads."""
    folder.mkdir(exist_ok=True)
    words, environment = python(__file__, folder, rounds, seed)
    ran = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    return Figures(**json.loads(ran.stdout))


def main(folder: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    figures = Figures("kill -9 of verbs in a loop", notes={"acknowledged": 0})
    kept: list[str] = []
    path = folder / "0.db"
    acknowledged = 0
    for turn in range(rounds):
        if turn % _ROUNDS_A_FILE == 0:
            path, kept = folder / f"{turn}.db", []
            Writer(path).close()
        said = _killed_tracker(path, chance.random() * _MOST_SECONDS)
        with closing(Reader(path)) as reader:
            entries = reader.journal(limit=None)[::-1]
            damaged = [card.number for card in reader.cards(NOW) if card.damaged]
        labels = [entry.label for entry in entries]
        expected = kept + said
        if damaged or not is_sound(state(path)) or any(entry.state is not EntryState.DONE for entry in entries):
            figures.violations.append(f"round {turn}: the file is damaged")
        elif labels[: len(expected)] != expected:
            figures.violations.append(f"round {turn}: acknowledged, and lost: {expected[-3:]}")
        elif len(labels) > len(expected) + 1:
            figures.violations.append(f"round {turn}: more than was being written as it was killed")
        kept, acknowledged = labels, acknowledged + len(said)
        figures.runs += 1
    figures.notes["acknowledged"] = acknowledged
    print(json.dumps(asdict(figures)))


def _killed_tracker(path: Path, seconds: float) -> list[str]:
    """Return the labels that a tracker acknowledged before it was killed, so many seconds after the first one."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(writing, 1)
        track(path, 0)
    os.close(writing)
    said = os.read(reading, 1)
    select.select([], [], [], seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reading, 65_536):
        said += more
    os.close(reading)
    return said.decode().splitlines()


def kill_apps(folder: Path, rounds: int, seed: int = 12) -> Figures:
    """Kill the real app at random moments while applications are typed, moved and noted."""
    chance = random.Random(seed)
    figures = Figures("kill -9 of the app in a pseudo-terminal", notes={"acknowledged": 0})
    path = folder / "followup.db"
    acknowledged: list[str] = []
    with own_home(folder):
        Writer(path).close()
        settings = settings_file(None)
        settings.parent.mkdir(parents=True)
        settings.touch()  # without settings an empty board asks who its user is, and takes the keys
        for turn in range(rounds):
            acknowledged += _killed_app(path, turn, chance)
            rmtree(half_typed_folder(), ignore_errors=True)  # the next one would ask about it, and take no keys
            found = state(path)
            labels = [label for label, _ in found.get("journal", ())]  # type: ignore[attr-defined]
            lost = [name for name in acknowledged if name not in labels]
            if not is_sound(found) or lost:
                figures.violations.append(f"round {turn}: lost {lost}, {found['damage']}")
            figures.runs += 1
    figures.notes["acknowledged"] = len(acknowledged)
    return figures


def _killed_app(path: Path, turn: int, chance: random.Random) -> list[str]:
    """Return what the app said it had added before it was killed."""
    terminal = Terminal("--db", str(path))
    try:
        terminal.wait_for("Interviewed", "Moved on")
        said: list[str] = []
        end: float | None = None  # counted from the first that was acknowledged: until then the program loads
        for number in count():
            words = f"Company {turn}x{number} added"
            terminal.type(f"nCompany {turn}x{number}, Dev\r")
            given_up = time.monotonic() + PATIENCE
            while words.encode() not in SEQUENCE.sub(b"", terminal.written[terminal.mark :]):
                if end is not None and time.monotonic() > end:
                    return said
                assert time.monotonic() < given_up, terminal.written[-2000:]
                assert terminal.read(), terminal.written[-2000:]
            said.append(words)
            end = end or time.monotonic() + chance.random()
            terminal.type(chance.choice(("L", "jL", "Nthey have a cat\r", "jk", "GH", "\r\x1b")))
        raise AssertionError
    finally:
        terminal.release()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
