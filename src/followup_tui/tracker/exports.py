"""Exports: read a database at one moment and make a file of it; nothing in it is changed."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.format import fixed_dates
from followup_tui.domain.model.application import NextStep
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Entity, Offer
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import Touch
from followup_tui.domain.rules.action import ActionKind
from followup_tui.exchange.exports.export_formats import ExportFormat, ExportSource, NextDue
from followup_tui.exchange.json_plan import IGNORED, LISTS, MARKS, copy_text
from followup_tui.files import partial_file, publish, sync_folder
from followup_tui.store.export_reader import ExportSnapshot, export_snapshot
from followup_tui.tracker.due import due_at

if TYPE_CHECKING:
    from followup_tui.server_address import Place

_EVERYTHING: frozenset[type[Entity]] = frozenset({Contact, Interview, Interviewer, Touch, NextStep, Offer})
_PARTS: Mapping[ExportFormat, Collection[type[Entity]]] = {
    ExportFormat.CSV: _EVERYTHING,
    ExportFormat.XLSX: _EVERYTHING,
    ExportFormat.MD: _EVERYTHING,
    ExportFormat.ICS: frozenset({Contact, Interview, Interviewer}),
    ExportFormat.VCF: frozenset({Contact}),
}
"""What each format has of an application."""
_WRITERS_PACKAGE = "followup_tui.exchange.exports"
_WRITERS: Mapping[ExportFormat, str] = {
    ExportFormat.CSV: "export_sheet:csv_text",
    ExportFormat.XLSX: "export_sheet:xlsx_bytes",
    ExportFormat.MD: "export_markdown:markdown_text",
    ExportFormat.ICS: "export_calendar:calendar_text",
    ExportFormat.VCF: "export_calendar:cards_text",
}
"""The file of each format, and its function that makes bytes or pieces of text of an `ExportSource`."""


def export_bytes(
    place: Place, settings_place: Path, format: ExportFormat, *, at: datetime, zone: ZoneInfo
) -> bytes:
    """Return a database in a format; all is read before anything is written: no writer waits for a slow pipe.

    Raises `StoreTrouble` if it can't be read.
    """
    with export_snapshot(place) as snapshot:
        if format is ExportFormat.JSON:
            return b"".join(piece.encode() for piece in _copy_pieces(snapshot))
        applications = snapshot.applications(_PARTS[format])
        sequence = snapshot.newest_sequence()
    with nullcontext() if format is ExportFormat.MD else fixed_dates():  # a report is for people
        due = {} if format is ExportFormat.VCF else _next_due(place, settings_place, at.astimezone(zone))
        source = ExportSource(applications=applications, next_due=due, sequence=sequence, at=at, zone=zone)
        return _write(format, source)


def _copy_pieces(snapshot: ExportSnapshot) -> Iterable[str]:
    lists = [(name, snapshot.chunks(kind)) for name, kind in LISTS.items()]
    for name, records in ((IGNORED, snapshot.ignored_findings()), (MARKS, snapshot.review_marks())):
        lists.append((name, iter([records] if records else [])))
    return copy_text(lists, snapshot.journal())


def _next_due(place: Place, settings_place: Path, now: datetime) -> dict[str, NextDue]:
    labels = {kind.value: kind.label for kind in ActionKind}
    return {
        item.uid: NextDue(
            item.action,
            labels[item.action],
            date.fromisoformat(item.asks_on),
            date.fromisoformat(item.due_on),
            item.why,
            item.contact or "",
        )
        for item in due_at(place, settings_place, now, ahead=True)
    }


def _write(format: ExportFormat, source: ExportSource) -> bytes:
    """Load the format's file, with what it needs: the libraries of workbooks and calendars take 0.2 s."""
    written: bytes | Iterable[str] = resolve_name(f"{_WRITERS_PACKAGE}.{_WRITERS[format]}")(source)
    return written if isinstance(written, bytes) else "".join(written).encode()


def export_name(format: ExportFormat, today: date) -> str:
    """Return the name that an export gets in a folder: "followup-2026-11-22.json"."""
    return f"followup-{today.isoformat()}.{format.value}"


def save_export(content: bytes, path: Path, *, force: bool = False, database: Place | None = None) -> None:
    """Write an export as a file that only its owner can read (0600); all of it or nothing.

    `Refused` if something is there already, unless `force` replaces it; the database itself is never replaced.
    """
    shown = shown_line(str(path))
    if path.is_dir():
        raise Refused(f"{shown} is a folder; nothing was written, name a file in it.")
    if database is not None and _is_same(path, database):
        raise Refused(f"{shown} is the database itself; nothing was written, name another file.")
    try:
        with partial_file(path.parent, content) as partial:
            if force:
                os.replace(partial, path)
            elif not publish(partial, path):
                raise Refused(f"{shown} is there already and was left as it is; choose another name.")
        sync_folder(path.parent)
    except OSError as error:
        raise _write_error(path, error) from None


def _is_same(path: Path, database: Place) -> bool:
    try:
        return isinstance(database, Path) and path.samefile(database)
    except OSError:  # one of them isn't there
        return False


def _write_error(path: Path, error: OSError) -> Refused:
    folder = shown_line(str(path.parent))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refused(
            f"The disk of {folder} is full: no file was written. Free some space, or choose another folder."
        )
    if error.errno == errno.ENOENT:
        return Refused(f"There is no folder {folder}: no file was written. Create it, or choose another.")
    return Refused(
        f"Nothing can be written in {folder} ({error.strerror}): no file was made. Choose another folder."
    )
