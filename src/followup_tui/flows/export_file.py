"""The questions of an export from the screen: where to write the file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.exports.export_formats import ExportFormat
from followup_tui.files import documents_folder, parse_file_path
from followup_tui.flows.question import Flow, Selection, Stop, Text, Work
from followup_tui.tracker.exports import export_bytes, export_name, save_export

EXPORTS: Mapping[ExportFormat, tuple[str, str]] = {
    ExportFormat.JSON: ("Export JSON…", "Write a full copy, with journal and letters."),
    ExportFormat.CSV: ("Export CSV…", "Write a sheet, a line for each application."),
    ExportFormat.XLSX: ("Export Excel…", "Write a sheet, a line for each application."),
    ExportFormat.MD: ("Export Markdown…", "Write a report, with every history."),
    ExportFormat.ICS: ("Export calendar…", "Write interviews and next actions (.ics)."),
    ExportFormat.VCF: ("Export contacts…", "Write address cards of all contacts (.vcf)."),
}
"""The name of each export in the palette, and its sentence."""

_MOST_NAMES = 1_000


def export_flow(format: ExportFormat) -> Callable[[Selection], Flow]:
    """Return the flow that asks where to write everything in a format, and writes it."""
    return partial(_export, format=format)


def _export(selection: Selection, format: ExportFormat) -> Flow:
    tracker = selection.tracker
    path: Path = yield Text(
        subject=EXPORTS[format][0].rstrip("…"),
        question="where to?",
        start=str(_free_path(documents_folder(), format, selection)),
        parse=_free_file,
        enter="writes the file",
        line_question="Which file?",
    )

    def write() -> None:
        settings_place = tracker.schedule.settings_place
        content = export_bytes(tracker.place, settings_place, format, at=tracker.clock(), zone=selection.zone)
        save_export(content, path, database=tracker.place)

    yield Work(write, f"Writing {shown_line(str(path))}…")
    return Stop(f"Wrote {shown_line(path.name)} to {shown_line(str(path.parent))}")


def _free_path(folder: Path, format: ExportFormat, selection: Selection) -> Path:
    """Return the path that is proposed: the first with its day that is free."""
    path = folder / export_name(format, selection.now.astimezone(selection.zone).date())
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in range(2, _MOST_NAMES))
    return next((name for name in (path, *numbered) if not os.path.lexists(name)), path)


def _free_file(typed: str) -> Path:
    """Return the typed path. Raises `Refused` if something is there already."""
    path = parse_file_path(typed)
    if os.path.lexists(path):
        raise Refused(f"{shown_line(str(path))} is there already and was left as it is; choose another name.")
    return path
