"""Repair a damaged database: its indexes are made again, or all that can be read goes into a new file."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from followup_tui.domain.model.change import Edit
from followup_tui.domain.model.details import ENTITIES
from followup_tui.domain.model.errors import StoreTrouble
from followup_tui.files import discard, sync_folder, write_private_file
from followup_tui.store.backup import new_partial, publish
from followup_tui.store.connections import (
    connect_to_read,
    connect_to_write,
    copy_bytes,
    is_corruption,
    to_user_error,
    translate_errors,
)
from followup_tui.store.engine import create_file_engine
from followup_tui.store.integrity import CheckReport, check_connection, exclusive
from followup_tui.store.row_codec import TABLES
from followup_tui.store.row_writer import write_edits
from followup_tui.store.salvage import Salvaged, SetAside, salvage
from followup_tui.store.upgrade import create

_MAX_LENGTH = 1 << 32
"""Bytes to which a file that was cut off is lengthened at most; what is added takes no room on the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairReport:
    """What became of the rows of a damaged file, by table: how many there are now, and how many were lost.

    `recovered` of those now there come from the journal. `aside` are the rows, or values of rows, that are in the
    JSON file `aside_file`.
    """

    kept: Mapping[str, int]
    lost: Mapping[str, int]
    recovered: Mapping[str, int]
    aside: tuple[SetAside, ...] = ()
    aside_file: Path | None = None


def remake_indexes(path: Path, report: CheckReport) -> bool:
    """Make the indexes again in one transaction; whether the file is sound afterwards, else it is as it was."""
    with translate_errors(path), closing(connect_to_write(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            for index in report.indexes:
                connection.execute(f'REINDEX "{index}"')
            is_sound = check_connection(connection).is_sound
        except sqlite3.DatabaseError as error:
            if not is_corruption(error) and not isinstance(error, sqlite3.IntegrityError):
                raise
            is_sound = False
        connection.execute("COMMIT" if is_sound else "ROLLBACK")
    return is_sound


def rebuild(path: Path, damaged: Path, now: datetime) -> RepairReport:
    """Put a new file in the place of a damaged one, with all rows that can be read in its copy `damaged`.

    What can't go on as it was is written to a JSON file beside the copy. `StoreTrouble` if nothing can be read, or
    if the file was written since it was copied; then nothing was changed.
    """
    path = Path(os.path.realpath(path))
    salvaged = _salvaged(damaged, now)
    with _new_file(path) as new:
        with translate_errors(path, DBAPIError):
            _fill_new(new, salvaged)
        aside_file = _write_aside(salvaged.aside, damaged.parent, now) if salvaged.aside else None
        with exclusive(path):
            with translate_errors(path):
                is_same = os.stat(path).st_mtime_ns <= os.stat(damaged).st_mtime_ns
            if not is_same:
                raise StoreTrouble(
                    f"{path} was written by another program meanwhile: nothing was changed. Try again."
                )
            publish(new, path)
    kept = {TABLES[kind]: len(salvaged.entities[kind]) for kind in ENTITIES}
    kept |= {table: len(rows) for table, rows in salvaged.others.items()}
    return RepairReport(
        kept=kept,
        lost={
            table: number - salvaged.recovered.get(table, 0)
            for table, number in salvaged.lost.items()
            if number > salvaged.recovered.get(table, 0)
        },
        recovered=dict(salvaged.recovered),
        aside=tuple(salvaged.aside),
        aside_file=aside_file,
    )


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """Lend an empty file beside `path`, and delete it at the end unless it got another name."""
    new = new_partial(path)
    try:
        yield new
    finally:
        discard(new)


def _salvaged(damaged: Path, now: datetime) -> Salvaged:
    with _new_file(damaged) as scratch:
        with translate_errors(damaged.parent):
            if not copy_bytes(damaged, scratch):
                raise StoreTrouble(f"{damaged} is still in use, so nothing was changed. Close it and try again.")
            _pad(scratch)
        try:
            with closing(connect_to_read(scratch)) as connection:
                return salvage(connection, now)
        except sqlite3.DatabaseError as error:
            if not is_corruption(error):
                raise to_user_error(error, damaged) or error from None
            raise StoreTrouble(
                f"Nothing in {damaged} can be read, so nothing was changed. Restore a backup;"
                " `followup-tui backup --list` shows them."
            ) from None


def _pad(file: Path) -> None:
    """Make a file that was cut off as long as its header says: SQLite reads nothing of it otherwise."""
    with file.open("r+b") as opened:
        header = opened.read(100)
        page_size = int.from_bytes(header[16:18], "big")
        length = int.from_bytes(header[28:32], "big") * (page_size if page_size > 1 else 65_536)
        if file.stat().st_size < length <= _MAX_LENGTH:
            opened.truncate(length)


def _fill_new(new: Path, salvaged: Salvaged) -> None:
    create(new)
    engine = create_file_engine(new)
    try:
        with Session(engine, autoflush=False, expire_on_commit=False) as session:
            write_edits(session, [Edit(None, row) for kind in ENTITIES for row in salvaged.entities[kind]])
            connection = session.connection().connection.driver_connection
            assert connection is not None
            for table, rows in salvaged.others.items():
                _insert(connection, table, rows)
            session.commit()
    finally:
        engine.dispose()


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
    for row in rows:
        names = [name for name in columns if name in row]
        marks = ", ".join("?" * len(names))
        connection.execute(
            f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})", [row[name] for name in names]
        )


def _write_aside(aside: Sequence[SetAside], folder: Path, now: datetime) -> Path:
    """Write rows to a JSON file for the owner alone; bytes that are no text stand in it as hexadecimal."""
    rows = [
        {
            "table": entry.table,
            "rowid": entry.rowid or None,
            "why": entry.why,
            "kept": entry.is_kept,
            "row": {name: _plain(value) for name, value in entry.row.items()},
        }
        for entry in aside
    ]
    text = json.dumps(rows, ensure_ascii=True, indent=1)
    with translate_errors(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        file = folder / f"set-aside-{now:%Y%m%dT%H%M%S%f}.json"
        write_private_file(file, text.encode())
        sync_folder(folder)
    return file


def _plain(value: object) -> object:
    return {"hex": value.hex(), "text": value.decode(errors="replace")} if isinstance(value, bytes) else value
