"""Import files: read them, plan every row, and write the plan in one transaction; copy a whole database too."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Change, Edit
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.errors import BadInput, NotFound, Refused, StoreTrouble
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.exports.export_formats import ExportFormat
from followup_tui.exchange.json_copy import EditCodec, read_copy
from followup_tui.exchange.json_plan import CopySource, lines_of, plan_merge, plan_restore
from followup_tui.exchange.plan import (
    ImportPlan,
    ImportSource,
    StoredApplications,
    StoredKey,
    TakeEdits,
    change_label,
)
from followup_tui.exchange.sheets.formats import NO_WORDS, HandWords
from followup_tui.exchange.sheets.importer import plan_import
from followup_tui.exchange.source_kind import Planner, SourceKind, kind_of, plan_sources
from followup_tui.files import backups_folder
from followup_tui.store.backup import back_up, delete_old_backups
from followup_tui.store.export_reader import is_blank
from followup_tui.store.reader import Reader
from followup_tui.store.row_codec import dump_edits, load_edits
from followup_tui.store.sql import without_garbage_collection
from followup_tui.tracker.clock import now
from followup_tui.tracker.commit import open_writer
from followup_tui.tracker.exports import export_bytes
from followup_tui.tracker.import_choices import (
    InvitationWishes,
    named_application,
    remember_words,
    remembered_words,
    require_confirmation,
)
from followup_tui.tracker.schedule import ActionSchedule

if TYPE_CHECKING:
    from followup_tui.server_address import Place

STANDARD_INPUT = "-"
MAX_BYTES = 50_000_000
"""Bytes of a file that are read; a longer one is no list of applications."""
MAX_COPY_BYTES = 180_000_000
"""Bytes of a full copy, which has the journal of everything too: some 15,000 applications with 10 touches each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How to import: see `plan_import`. A dry run plans and writes nothing."""

    format: str | None = None
    take_all: bool = False
    day_first: bool | None = None
    is_dry_run: bool = False
    words: HandWords = NO_WORDS
    invitations: InvitationWishes = field(default_factory=InvitationWishes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of every row, and the backup that was made before, or None if none was needed.

    `memory` are sentences about the words that the user explained by hand.
    """

    plan: ImportPlan
    backup: Path | None = None
    memory: tuple[str, ...] = ()


def read_sources(names: Sequence[str], standard_input: BinaryIO | None) -> list[ImportSource]:
    """Read the files by their names, “-” for the standard input. Raises `BadInput` if one can't be read."""
    return [_read(name, standard_input) for name in names]


def import_sources(
    place: Place,
    sources: Sequence[ImportSource],
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
    remembered = remembered_words(settings_place)
    memory = [remembered.problem] if remembered.problem else []

    def plan(at: datetime, take: TakeEdits) -> ImportPlan:
        stored = StoredApplications(
            reader.applications(),
            reader.load_alone,
            reader.next_number(),
            lambda: map(StoredKey._make, reader.exchange_keys()),
        )
        planners: dict[SourceKind, Planner] = {
            **_planners(options, remembered.words, schedule, take if is_sheets else None),
            SourceKind.COPY: partial(_plan_copies, place=place, reader=reader, is_alone=len(sources) == 1),
        }
        planned = plan_sources(sources, planners, stored, at, zone)
        if not options.is_dry_run:
            require_confirmation(planned, options.invitations)
        return planned

    kinds = {kind_of(source): source.name for source in sources}
    if options.format and kinds and SourceKind.SHEET not in kinds:
        kind, name = next(iter(kinds.items()))
        raise BadInput(
            f"{name} is {kind}; nothing was imported, leave out --format, which is for sheets.", "format"
        )
    is_sheets = kinds.keys() == {SourceKind.SHEET}
    schedule = ActionSchedule(reader, settings_place, zone)
    with closing(reader), without_garbage_collection():
        if options.is_dry_run:
            return ImportResult(plan=plan(clock(), lambda edits: None), memory=tuple(memory))
        result = _write(place, plan, schedule, reader, clock)
    if options.words and settings_place is not None:
        memory.append(remember_words(settings_place, options.words))
    return replace(result, memory=tuple(filter(None, memory)))


def _planners(
    options: ImportOptions, remembered: HandWords, schedule: ActionSchedule, take: TakeEdits | None
) -> dict[SourceKind, Planner]:
    """Return how each kind of file is planned; a kind that isn't here is refused.

    `take` gets edits of sheets, or is None if another kind of file is planned on what the sheets leave."""

    def plan_sheets(
        sources: Sequence[ImportSource], stored: StoredApplications, at: datetime, zone: ZoneInfo
    ) -> ImportPlan:
        return plan_import(
            sources,
            existing=stored.applications,
            now=at,
            zone=zone,
            first_number=stored.next_number,
            load=stored.load,
            format=options.format,
            take_all=options.take_all,
            day_first=options.day_first,
            words=options.words,
            remembered=remembered,
            role=options.invitations.role,
            take=take,
            with_facts=options.is_dry_run,  # a person looks at what was read before it is written
        )

    def plan_calendars(
        sources: Sequence[ImportSource], stored: StoredApplications, at: datetime, zone: ZoneInfo
    ) -> ImportPlan:
        # Not at the top: icalendar takes a tenth of a second, and a sheet has no events.
        from followup_tui.tracker.calendar_files import plan_invitation_files

        return plan_invitation_files(sources, stored, at, zone, wishes=options.invitations, schedule=schedule)

    def plan_cards(
        sources: Sequence[ImportSource], stored: StoredApplications, at: datetime, zone: ZoneInfo
    ) -> ImportPlan:
        # Not at the top: vobject takes a tenth of a second, and a sheet has no cards.
        from followup_tui.exchange.invitations.address_cards import plan_address_cards

        named = named_application(options.invitations, stored)
        return plan_address_cards(sources, stored, at, application_id=named)

    return {
        SourceKind.SHEET: plan_sheets,
        SourceKind.CARDS: plan_cards,
        SourceKind.CALENDAR: plan_calendars,
        SourceKind.MAIL: plan_calendars,
    }


def _write(
    place: Place,
    plan: Callable[[datetime, TakeEdits], ImportPlan],
    schedule: ActionSchedule,
    reader: Reader,
    clock: Callable[[], datetime],
) -> ImportResult:
    with closing(open_writer(place)) as writer, writer.transaction() as transaction:
        at = clock()
        written: set[str] = set()
        backups: list[Path] = []

        def prepare(edits: Sequence[Edit]) -> None:
            if isinstance(place, Path) and not written and reader.journal(limit=1):
                backups.append(_back_up(place, at))
            written.update(id for edit in edits for id in edit.application_ids)

        def take(edits: Sequence[Edit]) -> None:
            prepare(edits)
            transaction.record_part(edits, "The import")

        planned = plan(at, take)
        if planned.whole is not None:
            transaction.write_copy(planned.whole)
        is_in_parts = bool(written)
        edits = planned.change.edits if planned.change is not None else ()
        if planned.change is not None:
            prepare(edits)
            transaction.record(planned.change)
        is_all_new = planned.whole is None and all(edit.before is None for edit in edits)
        if edits and is_all_new and not is_in_parts:
            schedule.save_after(transaction, edits, at)  # all that is new is still in memory
        elif planned.whole is not None or planned.change is not None:
            schedule.save_written(transaction, written, at)
    return ImportResult(plan=planned, backup=next(iter(backups), None))


def _back_up(place: Path, at: datetime) -> Path:
    """Copy the database as it is before the import; nobody else can write meanwhile."""
    folder = backups_folder(place)
    backup = back_up(place, folder, at)
    delete_old_backups(folder, at)
    return backup


def _read(name: str, standard_input: BinaryIO | None) -> ImportSource:
    if name == STANDARD_INPUT:
        if standard_input is None:
            raise BadInput("There is no input to read; nothing was imported, name a file.", "file")
        return ImportSource("the input", _checked(standard_input.read(MAX_COPY_BYTES + 1), "The input"))
    shown = shown_line(name)
    try:
        with open(name, "rb", opener=_open_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise BadInput(
                    f"{shown} isn't an ordinary file: nothing was imported. Pipe it into `followup-tui import -`.",
                    "file",
                )
            content = file.read(MAX_COPY_BYTES + 1)
    except ValueError:
        raise BadInput(f"{shown} isn't a file name: nothing was imported. Give another one.", "file") from None
    except OSError as error:
        raise BadInput(
            f"{shown} can't be read ({error.strerror}); nothing was imported, check the path.", "file"
        ) from None
    return ImportSource(shown, _checked(content, shown))


def _open_at_once(name: str, flags: int) -> int:
    """Open without waiting for somebody to write into a pipe."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _checked(content: bytes, shown: str) -> bytes:
    limit = MAX_BYTES
    if len(content) > MAX_BYTES and kind_of(ImportSource(shown, content)) is SourceKind.COPY:
        limit = MAX_COPY_BYTES
    if len(content) > limit:
        raise BadInput(
            f"{shown} is longer than {limit // 1_000_000} MB; nothing was imported, split it into shorter files.",
            "file",
        )
    return content


CODEC = EditCodec(load_edits, dump_edits)


def _plan_copies(
    sources: Sequence[ImportSource],
    stored: StoredApplications,
    at: datetime,
    zone: ZoneInfo,
    *,
    place: Place,
    reader: Reader,
    is_alone: bool,
) -> ImportPlan:
    """Plan full copies; if there is no other file (`is_alone`), an empty database takes one as it is."""
    copies = [_copy_of(source) for source in sources]
    if is_alone and len(copies) == 1 and is_blank(place):
        return plan_restore(copies[0])
    numbers = [application.number for application in stored.applications]
    return _merge(copies, _stored_rows(reader, stored), numbers, at)


def _copy_of(source: ImportSource) -> CopySource:
    parsed = read_copy(source.name, source.content, CODEC)
    return CopySource(shown_line(source.name), parsed.copy, lines_of(source.content), parsed.dropped)


def _stored_rows(reader: Reader, stored: StoredApplications) -> dict[tuple[type[Entity], str], Entity]:
    rows: list[Entity] = [*reader.all_letters()]
    for details in stored.details([application.id for application in stored.applications]).values():
        rows += (details.application, *details.contacts, *details.interviews, *details.interviewers)
        rows += (*details.touches, *details.next_steps, *details.offers)
    return {(type(row), row.id): row for row in rows}


def _merge(
    copies: Sequence[CopySource], rows: dict[tuple[type[Entity], str], Entity], numbers: list[int], at: datetime
) -> ImportPlan:
    """Plan the copies one after the other, each on what those before it leave."""
    plans: list[ImportPlan] = []
    edits: list[Edit] = []
    for copy in copies:
        plan = plan_merge(copy, rows, numbers, at)
        plans.append(plan)
        changed = plan.change.edits if plan.change is not None else ()
        edits += changed
        rows |= {(type(edit.row), edit.row.id): edit.row for edit in changed}
        numbers += [edit.row.number for edit in changed if isinstance(edit.row, Application)]
    if len(plans) == 1:
        return plans[0]
    touched = {edit.application_id for edit in edits}
    new = {edit.row.id for edit in edits} & touched
    label = change_label(len(new), len(touched) - len(new), [copy.name for copy in copies])
    return ImportPlan(
        tuple(row for plan in plans for row in plan.rows),
        Change(verb="import", label=label, at=at, edits=tuple(edits)) if edits else None,
        sum(plan.dropped for plan in plans),
        tuple(remark for plan in plans for remark in plan.remarks),
    )


def copy_database(source: Place, target: Place, settings_place: Path, *, at: datetime, zone: ZoneInfo) -> int:
    """Copy all of a database into an empty one, compare both, and return how many applications there are.

    `Refused` or `NotFound` if there is nothing to copy or the target isn't empty; then nothing was changed.
    """
    named, there = shown_line(str(source)), shown_line(str(target))
    if source == target:
        raise Refused(f"{named} is both source and target; nothing was copied, name two databases.")
    if not source.exists():
        raise NotFound(f"There is no database {named}; nothing was changed, check the path.")
    if is_blank(source):
        raise NotFound(f"There is nothing to copy in {named}; nothing was changed, name another database.")
    if not is_blank(target):
        raise Refused(f"{there} isn't empty, so nothing was copied; name a database without anything in it.")

    def content_of(place: Place) -> bytes:
        return export_bytes(place, settings_place, ExportFormat.JSON, at=at, zone=zone)

    content = content_of(source)
    sources = [ImportSource(named, content)]
    imported = import_sources(target, sources, ImportOptions(), zone=zone, settings_place=settings_place)
    if content_of(target) != content:
        raise StoreTrouble(
            f"{there} got a copy that differs from {named}, which is as it was: one of them was written meanwhile."
            " Compare both with `followup-tui export`, and copy again into an empty database."
        )
    whole = imported.plan.whole
    return len(whole.rows[Application]) if whole is not None else 0
