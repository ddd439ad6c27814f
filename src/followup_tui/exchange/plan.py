"""What an import takes and what it would do, told row by row before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from followup_tui.domain.model.change import Change
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.stage import Stage


@dataclass(frozen=True, slots=True)
class CsvSource:
    """A file to import: the name it is told by, and its bytes."""

    name: str
    content: bytes


class RowResult(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    MERGED = "merged"
    SAME = "same"
    SKIPPED = "skipped"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a file: `line` counts from 1 and is where the row begins; `why` is a finished sentence.

    `stage` is where the application stands afterwards; None for a row that doesn't go in.
    """

    file: str
    line: int
    company: str
    role: str
    result: RowResult
    why: str
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Every row's fate, in the order of the files, and the one change that makes it so.

    `change` is None where nothing changes. `dropped` counts the control characters that the new and merged rows
    lost on the way in; `remarks` are sentences about whole files: an encoding that was guessed, columns that were
    left out.
    """

    rows: tuple[PlannedRow, ...]
    change: Change | None
    dropped: int
    remarks: tuple[str, ...] = ()


class AmbiguousDates(FollowupError):
    """No value of a column tells whether the day or the month comes first; nothing was imported.

    `example` is such a value as it stands in the file.
    """

    def __init__(self, *, file: str, column: str, example: str, day_first: date, month_first: date) -> None:
        """`day_first` and `month_first` are the two days that the example could be."""
        super().__init__(
            f"In {file}, column “{column}”, {example} could be {_spelt(day_first)} or {_spelt(month_first)};"
            " nothing was imported, say --day-first or --month-first."
        )
        self.file = file
        self.column = column
        self.example = example
        self.day_first = day_first
        self.month_first = month_first


def _spelt(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
