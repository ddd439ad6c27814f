"""What is measured: the programs as they are started, and boards of any size."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.touch import Direction, Touch, TouchKind
from followup_tui.tracker.tracker import Tracker

HERE = Path(__file__).parent
NEEDLE = "Employer"
"""A word that stands on every card and nowhere else."""
STATUSES = ("interviewed", "thanked", "awaiting", "rejected")
RUN_TIMEOUT = 300
"""Seconds after which a command that prints is given up."""
KANBAN_SETTINGS = ("KANBAN_TUI_CONFIG_FILE", "KANBAN_TUI_DATABASE_FILE")

_FILL_KANBAN = """
import sys
from datetime import datetime
from kanban_tui.backends.sqlite import database as db
from kanban_tui.config import init_config
config, place, cards = sys.argv[1], sys.argv[2], int(sys.argv[3])
init_config(config, place)
db.init_new_db(place)
db.init_first_board(place)
with db.create_connection(place) as connection:
    columns = [row[0] for row in connection.execute("SELECT column_id FROM columns ORDER BY position LIMIT 3")]
    rows = [(f"Employer {n}", columns[n % 3], f"Role {n % 77}", datetime.now(), n // 3) for n in range(cards)]
    connection.executemany(
        "INSERT INTO tasks (title, column, description, creation_date, position) VALUES (?, ?, ?, ?, ?)", rows
    )
    connection.commit()
"""


@dataclass(frozen=True, slots=True)
class Program:
    """A command and the environment it runs in."""

    command: tuple[str, ...]
    environment: dict[str, str]

    def run(self, *arguments: str, fine: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[bytes]:
        """Run it without a terminal until it ends with an exit code that is `fine`."""
        done = subprocess.run(
            [*self.command, *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=RUN_TIMEOUT,
        )
        if done.returncode not in fine:
            raise subprocess.CalledProcessError(done.returncode, done.args, done.stdout, done.stderr)
        return done


def clean_environment(folder: Path, **settings: str) -> dict[str, str]:
    """An environment with a home of its own; compiled modules are kept, as they are where one installs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FOLLOWUP_"))}
    homes = {
        name: str(folder / "home" / name.lower())
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    for place in homes.values():
        Path(place).mkdir(parents=True, exist_ok=True)
    return {**kept, **homes, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **settings}


def bare_python(folder: Path) -> Program:
    """The interpreter that does nothing."""
    return Program((sys.executable, "-c", ""), clean_environment(folder))


def smallest(folder: Path) -> Program:
    """The smallest Textual app, in the same interpreter as ours; imported, so that it too is compiled once."""
    environment = clean_environment(folder, PYTHONPATH=str(HERE))
    return Program(
        (sys.executable, "-c", "from smallest_app import SmallestApp; SmallestApp().run()"), environment
    )


def followup(folder: Path, database: Path | None = None) -> Program:
    """followup-tui as it is installed beside this interpreter."""
    script = Path(sys.executable).with_name("followup-tui")
    command = (str(script),) if script.exists() else (sys.executable, "-m", "followup_tui")
    return Program((*command, *(("--db", str(database)) if database else ())), clean_environment(folder))


def sheet(folder: Path, cards: int) -> Path:
    """A CSV file of that many applications, a quarter in each stage."""
    path = folder / f"{cards}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Company", "Job Title", "Status", "Date Applied", "Location", "Job URL", "Notes"])
        for n in range(cards):
            applied = date(2026, 11, 1) - timedelta(days=n % 300)
            url = f"https://jobs.example.com/{n}"
            row = [f"{NEEDLE} {n}", f"Role {n % 77}", STATUSES[n % 4], applied, "Berlin", url, f"Note {n}"]
            writer.writerow(row)
    return path


def board(folder: Path, cards: int) -> Path:
    """A database with that many applications, filled by our own import; made once a folder."""
    database = folder / f"{cards}.db"
    if not database.exists():
        followup(folder, database).run("import", str(sheet(folder, cards)))
    return database


def noted_board(folder: Path, cards: int, notes: int) -> Path:
    """The same board with so many notes in the history of each application."""
    database = folder / f"{cards}-{notes}-notes.db"
    if not database.exists():
        database.write_bytes(board(folder, cards).read_bytes())
        tracker = Tracker(database)
        at = datetime.now(UTC)
        edits = [
            Edit(None, _note(application.id, n, at))
            for application in tracker.queries.board().cards.values()
            for n in range(notes)
        ]
        tracker.commands.commit(Change(verb="log", label="notes", at=at, edits=tuple(edits)))
        tracker.close()
    return database


def _note(application: str, number: int, at: datetime) -> Touch:
    words = f"Talked about topic {number * 7 % 13} of {application[:6]}: they want somebody by spring."
    return Touch(
        application_id=application, kind=TouchKind.NOTE, direction=Direction.NONE, at=at, created_at=at, note=words
    )


def quiet_board(folder: Path, cards: int, due: int) -> Path:
    """The same board with only so many applications that ask for something; the others sleep."""
    database = folder / f"{cards}-{due}-due.db"
    if not database.exists():
        database.write_bytes(board(folder, cards).read_bytes())
        live = [str(n + 1) for n in range(cards) if STATUSES[n % 4] != "rejected"]
        followup(folder, database).run("snooze", *live[due:], "2099-01-01")
    return database


def kanban(folder: Path, python: Path) -> Program:
    """kanban-tui without a board, from its own environment."""
    return Program((str(python.with_name("kanban-tui")),), clean_environment(folder))


def kanban_board(folder: Path, python: Path, cards: int) -> Program:
    """kanban-tui on a board with that many cards in its three visible columns."""
    config, database = folder / f"kanban-{cards}.toml", folder / f"kanban-{cards}.db"
    places = dict(zip(KANBAN_SETTINGS, (str(config), str(database)), strict=True))
    environment = clean_environment(folder, **places)
    if not database.exists():
        Program((str(python), "-c", _FILL_KANBAN), environment).run(str(config), str(database), str(cards))
    return Program((str(python.with_name("kanban-tui")),), environment)
