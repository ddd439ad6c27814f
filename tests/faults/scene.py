"""What every harness stands on: a home of its own, small boards, what a file holds, and the figures."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from conftest import NOW, ZONE
from followup_tui.cli.main import main as run_command

TESTS = Path(__file__).parents[1]
RELEASES = TESTS / "store" / "releases"
"""A database of each released version, packed."""
EARLIER = "2026-11-16T09:00:00+01:00"
"""When the small board was made: long enough before that a backup is due."""
_COLUMNS = ("number", "company", "role", "stage", "outcome", "notes", "snoozed_until", "pinned_on", "pay")
_COUNTED = ("contact", "interview", "interviewer", "touch", "next_step", "offer", "letter")
_COMMANDS = (
    "add|Acme Robotics|Backend dev|--interview|tomorrow 14:00|--with|Dana Ruiz <dana@acme.example>",
    "add|Globex|SRE|--with|Kim Roe <kim@globex.example>",
    "add|Initech|Data engineer",
    "add|Initech|Data engineer, Berlin",
    "note|2|asked for the date",
    "offer|3|--by|mon",
    "advance|2",
    "undo",
)


@dataclass
class Figures:
    """What a harness tried, and what was not as it must be."""

    name: str
    runs: int = 0
    violations: list[str] = field(default_factory=list)
    notes: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        told = "".join(f", {name} {value}" for name, value in self.notes.items())
        return f"{self.name}: {self.runs:,} runs, {len(self.violations)} violations{told}"


@contextmanager
def own_home(folder: Path, **more: str) -> Iterator[Path]:
    """Give this process and its children a home below a folder, and a clock that stands still."""
    before = dict(os.environ)
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    here = {"HOME": str(home), "TZ": ZONE, "FOLLOWUP_NOW": NOW.isoformat(), "BROWSER": "true", "EDITOR": "true"}
    os.environ.update(here | {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | more)
    for name in ("FOLLOWUP_DB", "FOLLOWUP_CONFIG", "COLUMNS", "LINES", "VISUAL", "LC_ALL"):
        os.environ.pop(name, None)
    try:
        yield home
    finally:
        os.environ.clear()
        os.environ.update(before)


def command(path: Path, *words: str) -> tuple[int, str]:
    """Run a command in this process; its exit code, and all that it said."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = run_command(["--db", str(path), *words])
    return code, said.getvalue()


def make_board(path: Path) -> None:
    """Make a small board by commands, some days ago."""
    before = os.environ["FOLLOWUP_NOW"]
    os.environ["FOLLOWUP_NOW"] = EARLIER
    try:
        for line in _COMMANDS:
            code, said = command(path, *line.split("|"))
            assert code == 0, said
    finally:
        os.environ["FOLLOWUP_NOW"] = before
    shutil.rmtree(path.with_name(f"{path.stem}-backups"), ignore_errors=True)


def unpack(release: Path, path: Path) -> None:
    """Put the database of a release at a path."""
    path.write_bytes(gzip.decompress(release.read_bytes()))


def state(path: Path) -> dict[str, object]:
    """What a file holds, without random ids and what is only computed; damage is an entry of its own."""
    with closing(sqlite3.connect(path)) as connection:
        found: dict[str, object] = {}
        try:
            found["damage"] = connection.execute("PRAGMA integrity_check").fetchall()
            found["orphans"] = connection.execute("PRAGMA foreign_key_check").fetchall()
            found["schema"] = connection.execute("PRAGMA user_version").fetchone()
            has = {name for _, name, *_ in connection.execute("PRAGMA table_info(application)")}
            columns = ", ".join(name for name in _COLUMNS if name in has)
            found["application"] = connection.execute(f"SELECT {columns} FROM application ORDER BY 1").fetchall()
            found["journal"] = connection.execute("SELECT label, state FROM journal ORDER BY sequence").fetchall()
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            for table in tables.intersection(_COUNTED):
                found[table] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        except sqlite3.DatabaseError as error:
            found["damage"] = str(error)
        found["made"] = [(each.name, each.stat().st_size) for each in sorted(path.parent.glob("made.*"))]
        return found


def is_sound(found: dict[str, object]) -> bool:
    """Whether nothing is damaged and no row belongs to nothing."""
    return found["damage"] == [("ok",)] and found["orphans"] == []


def partials(folder: Path) -> list[Path]:
    """Files below a folder that were to get another name once they are complete."""
    return sorted(folder.rglob("*.partial*"))


def python(*words: object, **more: str) -> tuple[list[str], dict[str, str]]:
    """The command and the environment of a harness's own program."""
    return [sys.executable, *map(str, words)], {**os.environ, "PYTHONPATH": str(TESTS), **more}
