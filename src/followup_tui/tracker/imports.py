"""Import files: read them, plan every row, and write the plan in one transaction after a backup."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.importer import plan_import
from followup_tui.exchange.plan import CsvSource, ImportPlan
from followup_tui.paths import backups_folder
from followup_tui.store.backup import back_up, delete_old_backups
from followup_tui.store.queries import Reader
from followup_tui.tracker.clock import now
from followup_tui.tracker.schedule import ActionSchedule

STANDARD_INPUT = "-"
MAX_BYTES = 50_000_000
"""Bytes of a file that are read; a longer one is no list of applications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How to import: see `plan_import`. A dry run plans and writes nothing."""

    format: str | None = None
    take_all: bool = False
    day_first: bool | None = None
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of every row, and the backup that was made before, or None if none was needed."""

    plan: ImportPlan
    backup: Path | None = None


def read_sources(names: Sequence[str], standard_input: BinaryIO | None) -> list[CsvSource]:
    """Read the files by their names, “-” for the standard input. Raises `BadInput` if one can't be read."""
    return [_read(name, standard_input) for name in names]


def import_sources(
    place: Path,
    sources: Sequence[CsvSource],
    options: ImportOptions,
    *,
    zone: ZoneInfo,
    clock: Callable[[], datetime] = now,
    settings_place: Path | None = None,
) -> ImportResult:
    """Import into the database at a path, as one change; the plan is made inside the transaction that writes it.

    Raises what `plan_import` raises, and `StoreTrouble`; then nothing was changed.
    """
    reader = Reader(place)

    def plan(at: datetime) -> ImportPlan:
        return plan_import(
            sources,
            existing=reader.applications(),
            now=at,
            zone=zone,
            first_number=reader.next_number(),
            format=options.format,
            take_all=options.take_all,
            day_first=options.day_first,
        )

    with closing(reader), _without_garbage_collection():
        if options.is_dry_run:
            return ImportResult(plan=plan(clock()))
        return _write(place, plan, ActionSchedule(reader, settings_place), reader, clock)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Switch off the garbage collector, which would walk the many new values again and again and find nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _write(
    place: Path,
    plan: Callable[[datetime], ImportPlan],
    schedule: ActionSchedule,
    reader: Reader,
    clock: Callable[[], datetime],
) -> ImportResult:
    # Not at the top: SQLModel takes half a second, and a dry run or a wrong file need not wait for it.
    from followup_tui.store.writer import Writer

    with closing(Writer(place)) as writer, writer.transaction() as transaction:
        at = clock()
        planned = plan(at)
        if planned.change is None:
            return ImportResult(plan=planned)
        backup = _back_up(place, at) if reader.journal(limit=1) else None
        transaction.record(planned.change)
        schedule.save_after(transaction, planned.change.edits, at)
    return ImportResult(plan=planned, backup=backup)


def _back_up(place: Path, at: datetime) -> Path:
    """Copy the database as it is before the import; nobody else can write meanwhile."""
    folder = backups_folder(place)
    backup = back_up(place, folder, at)
    delete_old_backups(folder, at)
    return backup


def _read(name: str, standard_input: BinaryIO | None) -> CsvSource:
    if name == STANDARD_INPUT:
        if standard_input is None:
            raise BadInput("There is no input to read; nothing was imported, name a file.", "file")
        return CsvSource("the input", _checked(standard_input.read(MAX_BYTES + 1), "The input"))
    shown = shown_line(name)
    try:
        with Path(name).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except ValueError:
        raise BadInput(f"{shown} is no file's name; nothing was imported.", "file") from None
    except OSError as error:
        raise BadInput(f"{shown} can't be read ({error.strerror}); nothing was imported.", "file") from None
    return CsvSource(shown, _checked(content, shown))


def _checked(content: bytes, shown: str) -> bytes:
    if len(content) > MAX_BYTES:
        raise BadInput(
            f"{shown} is longer than {MAX_BYTES // 1_000_000} MB; nothing was imported, split it into shorter"
            " files.",
            "file",
        )
    return content
