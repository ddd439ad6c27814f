"""Copy everything from one database into another one: from a file to a server, and back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.errors import NotFound, Refused, StoreTrouble
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.exports.export_formats import ExportFormat
from followup_tui.exchange.plan import ImportSource
from followup_tui.store.export_reader import is_blank
from followup_tui.tracker.exports import export_bytes
from followup_tui.tracker.imports import ImportOptions, import_sources

if TYPE_CHECKING:
    from followup_tui.server_address import Place


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
