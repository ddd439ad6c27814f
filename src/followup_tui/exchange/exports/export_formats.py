"""The formats of exports, their suffixes and what each is for."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath


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
_OTHER_SUFFIXES = {"markdown": ExportFormat.MD, "ical": ExportFormat.ICS, "vcard": ExportFormat.VCF}


def format_of_file(name: str) -> ExportFormat | None:
    """Return the format that a file's suffix stands for, or None."""
    suffix = PurePath(name).suffix.removeprefix(".").lower()
    return next((each for each in ExportFormat if each.value == suffix), _OTHER_SUFFIXES.get(suffix))
