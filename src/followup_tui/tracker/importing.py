"""Importing: the files are read, the rows planned and written in one transaction, with a backup before it."""

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
from followup_tui.exchange.csv_import import plan_import
from followup_tui.exchange.plan import ImportPlan, Source
from followup_tui.places import backups_folder
from followup_tui.store.queries import Reader
from followup_tui.tracker.clock import now
from followup_tui.tracker.outlooks import Outlooks

STANDARD_INPUT = "-"
LARGEST = 50_000_000
"""Bytes of a file that are read; a longer one is no sheet of applications."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How to import: see `plan_import`. A dry run plans and writes nothing."""

    format: str | None = None
    take_all: bool = False
    day_first: bool | None = None
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of every row, and the backup that was taken before; None where nothing needed one."""

    plan: ImportPlan
    backup: Path | None = None


def read_sources(names: Sequence[str], standard_input: BinaryIO | None) -> list[Source]:
    """The files by their names, “-” for the input. Raises `BadInput` where one can't be read."""
    return [_read(name, standard_input) for name in names]


def import_sources(
    place: Path,
    sources: Sequence[Source],
    wishes: Wishes,
    *,
    zone: ZoneInfo,
    clock: Callable[[], datetime] = now,
    settings_place: Path | None = None,
) -> Imported:
    """Import into the database at a place, as one change; the plan is made on exactly what the change is made to.

    Raises what `plan_import` raises, and `StoreTrouble`; then nothing was changed.
    """
    reader = Reader(place)
    outlooks = Outlooks(reader, settings_place)

    def plan() -> ImportPlan:
        return plan_import(
            sources,
            existing=reader.applications(),
            now=clock(),
            zone=zone,
            first_number=reader.next_number(),
            format=wishes.format,
            take_all=wishes.take_all,
            day_first=wishes.day_first,
        )

    with closing(reader), _uncollected():
        return Imported(plan=plan()) if wishes.is_dry_run else _written(place, plan, outlooks, reader, clock)


@contextmanager
def _uncollected() -> Iterator[None]:
    """So many new values at once make the collector walk all of them again and again, and find nothing."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()


def _written(
    place: Path,
    plan: Callable[[], ImportPlan],
    outlooks: Outlooks,
    reader: Reader,
    clock: Callable[[], datetime],
) -> Imported:
    # Not above: SQLModel takes half a second, and a dry run or a file that is no sheet needn't wait for it.
    from followup_tui.store.writer import Writer

    with closing(Writer(place)) as writer, writer.transaction() as transaction:
        planned = plan()
        if planned.change is None:
            return Imported(plan=planned)
        backup = _backed_up(place, clock()) if reader.journal(limit=1) else None
        transaction.record(planned.change)
        outlooks.keep(transaction, planned.change.edits, clock())
    return Imported(plan=planned, backup=backup)


def _backed_up(place: Path, at: datetime) -> Path:
    """A copy of the database as it is before the import; nobody else can write meanwhile."""
    from followup_tui.store.backup import back_up, delete_old_backups

    folder = backups_folder(place)
    backup = back_up(place, folder, at)
    delete_old_backups(folder, at)
    return backup


def _read(name: str, standard_input: BinaryIO | None) -> Source:
    if name == STANDARD_INPUT:
        if standard_input is None:
            raise BadInput("There is no input to read; nothing was imported, name a file.", "file")
        return Source("the input", _short_enough(standard_input.read(LARGEST + 1), "The input"))
    told = shown_line(name)
    try:
        with Path(name).open("rb") as file:
            content = file.read(LARGEST + 1)
    except ValueError:
        raise BadInput(f"{told} is no file's name; nothing was imported.", "file") from None
    except OSError as error:
        raise BadInput(f"{told} can't be read ({error.strerror}); nothing was imported.", "file") from None
    return Source(told, _short_enough(content, told))


def _short_enough(content: bytes, told: str) -> bytes:
    if len(content) > LARGEST:
        raise BadInput(
            f"{told} is longer than {LARGEST // 1_000_000} MB; nothing was imported, split it into shorter files.",
            "file",
        )
    return content
