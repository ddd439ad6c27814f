"""The input of an import, and its plan row by row before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from followup_tui.domain.model.change import Change
from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.stage import Stage


@dataclass(frozen=True, slots=True)
class CsvSource:
    """A file to import: its name in messages, and its bytes."""

    name: str
    content: bytes


class RowResult(StrEnum):
    """What happens to a row."""

    NEW = "new"
    MERGED = "merged"
    SAME = "same"
    SKIPPED = "skipped"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a file: `line`, from 1, is where the row begins; `why` is a finished sentence.

    `stage` is the application's stage afterwards, or None for a row that isn't imported.
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
    """The result for every row, in the order of the files, and one change for all of them.

    `change` is None if nothing changes. `dropped` counts the control characters removed from new and merged rows;
    `remarks` are sentences about whole files, such as a guessed encoding or ignored columns.
    """

    rows: tuple[PlannedRow, ...]
    change: Change | None
    dropped: int
    remarks: tuple[str, ...] = ()


class AmbiguousDates(FollowupError):
    """No value of a column shows whether the day or the month comes first; nothing was imported.

    `example` is an ambiguous value of the column.
    """

    def __init__(self, *, file: str, column: str, example: str, day_first: date, month_first: date) -> None:
        """`day_first` and `month_first` are the two days that the example could be."""
        super().__init__(
            f"In {file}, column “{column}”, {example} could be {_format(day_first)} or {_format(month_first)};"
            " nothing was imported, say --day-first or --month-first."
        )
        self.file = file
        self.column = column
        self.example = example
        self.day_first = day_first
        self.month_first = month_first


def _format(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
