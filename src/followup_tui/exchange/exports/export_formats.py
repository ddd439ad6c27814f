"""The formats of exports, and what exports are made of: the applications of a database at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePath
from typing import NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Outcome, Stage
from followup_tui.domain.model.details import ApplicationDetails, open_offer
from followup_tui.domain.model.text import without_controls


class ExportFormat(StrEnum):
    """A format of exports; the values are the words of `export --format`, and suffixes of files."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    MD = "md"
    ICS = "ics"
    VCF = "vcf"

    @property
    def description(self) -> str:
        """What the file is, in a few words."""
        return _TITLES[self]

    @property
    def is_text(self) -> bool:
        """Whether a terminal can show it."""
        return self is not ExportFormat.XLSX


_TITLES = {
    ExportFormat.JSON: "JSON, a full copy",
    ExportFormat.CSV: "CSV, a sheet",
    ExportFormat.XLSX: "Excel, a sheet",
    ExportFormat.MD: "Markdown, a report",
    ExportFormat.ICS: "calendar",
    ExportFormat.VCF: "address cards",
}
REPORT_TITLE = "# Applications on "
"""How a report in Markdown begins, before its day."""
_OTHER_SUFFIXES = {"markdown": ExportFormat.MD, "ical": ExportFormat.ICS, "vcard": ExportFormat.VCF}


def format_of_file(name: str) -> ExportFormat | None:
    """Return the format that a file's suffix stands for, or None."""
    suffix = PurePath(name).suffix.removeprefix(".").lower()
    return next((each for each in ExportFormat if each.value == suffix), _OTHER_SUFFIXES.get(suffix))


class NextDue(NamedTuple):
    """What comes next for an application; `action` is a word of `rules.action.ActionKind`, `label` is for people.

    `asks_on` is the day from which it asks, `due_on` the day by which it is due.
    """

    action: str
    label: str
    asks_on: date
    due_on: date
    why: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSource:
    """The applications by number with what the format asks for, and the moment and zone of the export.

    `next_due` has what comes next by application id; `sequence` is the number of the newest journal line.
    """

    applications: Sequence[ApplicationDetails]
    next_due: Mapping[str, NextDue] = field(default_factory=dict)
    sequence: int = 0
    at: datetime
    zone: ZoneInfo

    @property
    def now(self) -> datetime:
        """The moment of the export in the user's zone."""
        return self.at.astimezone(self.zone)


def one_line(text: str) -> str:
    """Return a text as it may stand on one line of a file."""
    return text if text.isascii() and text.isprintable() else " ".join(without_controls(text).split())


def status_of(details: ApplicationDetails) -> str:
    """Return an application's stage or outcome in words that an import reads back: "Awaiting", "Rejected"."""
    application = details.application
    if open_offer(details) is not None:
        return "Offer"
    if application.outcome in (Outcome.ACCEPTED, Outcome.DECLINED):
        return f"Offer {application.outcome.label}"
    if application.stage is Stage.MOVED_ON and application.outcome is not None:
        return application.outcome.label.capitalize()
    if application.stage is Stage.AWAITING and application.applied_only:
        return "Applied"
    return application.stage.label
