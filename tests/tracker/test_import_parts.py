"""A long sheet is written in parts, and is one change all the same: one line, one undo, one copy."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from followup_tui.domain.model.errors import Conflict
from followup_tui.exchange.plan import ImportPlan, ImportSource
from followup_tui.exchange.sheets import row_plan
from followup_tui.store.export_reader import export_snapshot
from followup_tui.store.integrity import unreadable_rows
from followup_tui.store.reader import Reader
from followup_tui.store.salvage import salvage
from followup_tui.store.writer import Writer
from followup_tui.tracker.imports import ImportOptions, import_sources

ZONE = ZoneInfo("Europe/Berlin")
ROWS = 60
HEADER = "Company,Role,Status,Interview Date,Email"
"""A sheet's columns; of its rows, each third one is about the company of the row before."""


def sheet(status: str = "Interviewing") -> bytes:
    rows = [
        f"Company {n - (n % 3 == 2)},Role {n},{status},2026-11-{1 + n % 20:02d} 14:00,p{n}@mail.example"
        for n in range(ROWS)
    ]
    again = f"Company 0,Role 0,{status},2026-11-21 10:00,p0@mail.example"
    return "\n".join([HEADER, *rows, again]).encode()


@pytest.fixture
def take(database: Path, now: datetime) -> Callable[..., ImportPlan]:
    def take(content: bytes, *, is_dry_run: bool = False) -> ImportPlan:
        options = ImportOptions(is_dry_run=is_dry_run)
        source = ImportSource("jobs.csv", content)
        return import_sources(database, [source], options, zone=ZONE, clock=lambda: now).plan

    return take


def tables(database: Path, *names: str) -> list[list[tuple[object, ...]]]:
    """The rows without their ids, which are random, and their versions."""
    with closing(sqlite3.connect(database)) as connection:
        found = []
        for name in names:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            kept = [one for one in columns if one not in ("id", "application_id", "version", "imported")]
            found.append(sorted(connection.execute(f"SELECT {', '.join(kept)} FROM {name}").fetchall(), key=repr))
        return found


WRITTEN = ("application", "contact", "interview", "outlook")


@pytest.mark.file_only
def test_parts_give_the_same_rows_and_schedule_as_one_piece(
    take: Callable[..., ImportPlan], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dry = take(sheet(), is_dry_run=True)
    whole = take(sheet())
    in_one_piece = tables(database, *WRITTEN)
    database.unlink()
    monkeypatch.setattr(row_plan, "KEPT_EDITS", 10)
    monkeypatch.setattr(row_plan, "MOST_EDITS", 10)
    monkeypatch.setattr(row_plan, "BLOCK", 7)
    parts = take(sheet())
    assert dry.rows == whole.rows == parts.rows
    assert tables(database, *WRITTEN) == in_one_piece
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT typeof(edits), count(*) FROM journal").fetchall() == [("blob", 1)]


@pytest.mark.file_only
def test_one_undo_takes_all_parts_back_and_redo_brings_them_again(
    take: Callable[..., ImportPlan], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_plan, "KEPT_EDITS", 10)
    monkeypatch.setattr(row_plan, "MOST_EDITS", 10)
    monkeypatch.setattr(row_plan, "BLOCK", 7)
    take(sheet())
    first = tables(database, *WRITTEN[:3])
    take(sheet("Rejected"))
    second = tables(database, *WRITTEN[:3])
    assert second != first
    with closing(Writer(database)) as writer:
        with writer.transaction() as transaction:
            assert transaction.undo() is not None
        assert tables(database, *WRITTEN[:3]) == first
        with writer.transaction() as transaction:
            assert transaction.undo() is not None
        assert tables(database, "application") == [[]]
        for _ in range(2):
            with writer.transaction() as transaction:
                assert transaction.redo() is not None
        assert tables(database, *WRITTEN[:3]) == second


@pytest.mark.file_only
def test_a_packed_line_is_found_checked_exported_and_forgotten(
    take: Callable[..., ImportPlan], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_plan, "KEPT_EDITS", 10)
    monkeypatch.setattr(row_plan, "MOST_EDITS", 10)
    monkeypatch.setattr(row_plan, "BLOCK", 7)
    take(sheet())
    with closing(Reader(database)) as reader:
        ids = [id for id, *_ in reader.identities()]
        assert [len(reader.journal(limit=None, application_id=id)) for id in ids] == [1] * ROWS
        assert reader.journal(limit=None, application_id="unknown") == []
    with closing(sqlite3.connect(database)) as connection:
        assert list(unreadable_rows(connection)) == []
        found = salvage(connection, datetime.now(ZONE))
        assert not found.aside
        assert len(found.others["journal"]) == 1
    with export_snapshot(database) as snapshot:
        ((_, edits),) = snapshot.journal()
    assert {edit["of"] for edit in json.loads(edits)} == set(ids)
    with closing(Writer(database)) as writer, writer.transaction() as transaction:
        transaction.erase(ids[3])
    with closing(Reader(database)) as reader:
        assert reader.journal(limit=None, application_id=ids[3]) == []
        assert len(reader.journal(limit=None, application_id=ids[4])) == 1


@pytest.mark.file_only
def test_what_was_changed_behind_the_journal_makes_the_undo_of_all_parts_refuse(
    take: Callable[..., ImportPlan], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_plan, "KEPT_EDITS", 10)
    monkeypatch.setattr(row_plan, "MOST_EDITS", 10)
    monkeypatch.setattr(row_plan, "BLOCK", 7)
    take(sheet())
    with closing(sqlite3.connect(database)) as foreign, foreign:
        foreign.execute("UPDATE application SET notes = 'by somebody else' WHERE number = 50")
    with closing(Writer(database)) as writer, pytest.raises(Conflict), writer.transaction() as transaction:
        transaction.undo()
    assert len(tables(database, "application")[0]) == ROWS


@pytest.mark.file_only
@pytest.mark.parametrize("damage", ["edits = substr(edits, 1, length(edits) - 9)", "edits = x'0000000affff'"])
def test_a_damaged_packed_line_is_reported(
    take: Callable[..., ImportPlan], database: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setattr(row_plan, "KEPT_EDITS", 10)
    monkeypatch.setattr(row_plan, "MOST_EDITS", 10)
    monkeypatch.setattr(row_plan, "BLOCK", 7)
    take(sheet())
    with closing(sqlite3.connect(database)) as foreign, foreign:
        foreign.execute(f"UPDATE journal SET {damage}")
        assert [row.table for row in unreadable_rows(foreign)] == ["journal"]
