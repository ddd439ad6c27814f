"""Keys that save: from the key until the change is on disk and on screen, on one board or on several in turn."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import boards
from boards import NEEDLE
from console import running
from figures import median, ms, p95, print_table, told

PRESSES = 20
"""How often the key is pressed in a round, and taken back."""


@dataclass
class Saving:
    """`L` on one board: seconds to its last byte, seconds of a synced commit alone, and the bytes written."""

    name: str
    database: Path
    command: str = ""
    whole: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    written: list[int] = field(default_factory=list)


def pressed_in_turn(folder: Path, runs: int, savings: Sequence[Saving]) -> list[float]:
    """Press `L` on each of the boards, round by round; the seconds that a bare Python took in between."""
    python = boards.bare_python(folder)
    bare: list[float] = []
    for _ in range(runs):
        for saving in savings:
            _press_and_save(folder, saving)
            started = time.perf_counter()
            python.run()
            bare.append(time.perf_counter() - started)
    return bare


def _press_and_save(folder: Path, saving: Saving) -> None:
    beside = folder / "commits.db"
    beside.write_bytes(saving.database.read_bytes())
    program = boards.followup(folder, saving.database)
    command = (*program.command, *filter(None, [saving.command]))
    with running(command, program.environment) as console:
        console.first_paint(NEEDLE)
        console.settle()
        console.press("L"), console.press("u")  # the first write opens the file for writing
        for _ in range(PRESSES):
            before = _last_change(saving.database)
            repaint = console.press("L")
            # The journal line must be there as soon as the repaint is; a second connection sees what is saved.
            if _last_change(saving.database) == before:
                raise SystemExit("The screen showed a change that was not saved.")
            saving.whole.append(repaint.last)
            saving.written.append(len(repaint.written))
            saving.alone.append(_synced_commit(beside))
            console.press("u")


def print_savings(savings: Sequence[Saving], limit: int) -> None:
    """A table of all boards, each against a p95 of so many milliseconds."""
    rows = []
    for saving in savings:
        rest = [both - commit for both, commit in zip(saving.whole, saving.alone, strict=True)]
        parts = (
            (saving.name, saving.whole, f"p95 under {limit} ms: {told(limit / 1e3, p95(saving.whole))}"),
            ("of it a synced commit alone", saving.alone, ""),
            ("and the rest", rest, ""),
        )
        rows += [(part, ms(median(times)), ms(p95(times)), promised) for part, times, promised in parts]
        rows.append(("bytes written", f"{median(saving.written):,.0f}", f"{p95(saving.written):,.0f}", ""))
    print_table(("10,000 applications", "median", "p95", "promised"), rows)


def _last_change(database: Path) -> tuple[int, str]:
    """The journal's newest line and its state, through a connection of its own."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=5)) as connection:
        found: tuple[int, str] = connection.execute(
            "SELECT sequence, state FROM journal ORDER BY sequence DESC LIMIT 1"
        ).fetchone()
        return found


def _synced_commit(database: Path) -> float:
    """One row and one journal line, committed with the settings of our own connection and nothing around it."""
    with closing(sqlite3.connect(database, timeout=5, isolation_level=None)) as connection:
        connection.executescript(
            "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON;"
        )
        started = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE application SET version = version + 1, stage_at = stage_at WHERE number = 1")
        connection.execute(
            "INSERT INTO journal (at, verb, label, state, edits) SELECT at, verb, label, 'done', ? FROM journal"
            " ORDER BY sequence DESC LIMIT 1",
            ("x" * 600,),
        )
        connection.execute("COMMIT")
        return time.perf_counter() - started
