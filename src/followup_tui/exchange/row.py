"""One row of a CSV file: its cleaned cells and dates, and the stage it gives an application."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.stage import Outcome, Stage
from followup_tui.domain.model.text import LINE_LIMIT, clean_block, clean_line
from followup_tui.exchange.columns import REPEATABLE, CsvColumn, ImportField, normalize_header
from followup_tui.exchange.dates import NO_DATE, DateColumn, DateValue
from followup_tui.exchange.statuses import StatusMeaning, status_meaning

BLANKS = frozenset({"", "n/a", "#n/a", "-", "--", "–", "—", "null"})
"""What programs write into an empty cell."""
MAX_BLANK_LENGTH = max(map(len, BLANKS))

YES_WORDS = frozenset({"yes", "y", "true", "x", "ja", "oui"}) & NO_DATE
"""Cells in date columns that mean it was done, without the date."""

_PLAIN_LINE = re.compile("[ -~\\xa0-\\xac\\xae-\\u02ff]*")
"""Printable Latin letters, digits and signs: text that needs no cleaning."""
_PLAIN_BLOCK = re.compile("[\\n -~\\xa0-\\xac\\xae-\\u02ff]*")

_MULTILINE_FIELDS = frozenset({ImportField.NOTES, ImportField.TAGS})
_TAG_SEPARATOR = re.compile(r"[,;|\n]")


class RowData(NamedTuple):
    """The values in a row; empty text if missing. `thanked` means that a thank-you was sent."""

    company: str
    role: str
    status: str
    url: str
    location: str
    source: str
    notes: str
    tags: tuple[str, ...]
    contact_name: str
    contact_email: str
    contact_phone: str
    applied: DateValue | None
    interview: DateValue | None
    thanked_at: DateValue | None
    thanked: bool
    dropped: int


class RowTexts:
    """The cleaned cells of one row that aren't blank, and the number of characters removed.

    `values` has the fields that one column fills; notes and tags can come from several.
    """

    def __init__(self, cells: Sequence[str], columns: Sequence[CsvColumn]) -> None:
        """Clean the cells; `error` is set if one is too long, and the others are kept."""
        self.dropped = 0
        self.values: dict[ImportField, str] = {}
        self.error: BadInput | None = None
        self._tags: list[str] = []
        self._notes: list[str] = []
        for (field, _, header), cell in self._nonempty_cells(cells, columns):
            text = self._clean(field, cell)
            if len(text) <= MAX_BLANK_LENGTH and text.casefold() in BLANKS:
                continue
            if field in REPEATABLE:
                self._add(field, header, text)
            else:
                self.values[field] = text

    @property
    def tags(self) -> tuple[str, ...]:
        """Each tag once, in the order of the file."""
        return tuple(dict.fromkeys(tag for tag in map(str.strip, self._tags) if tag)) if self._tags else ()

    @property
    def notes(self) -> str:
        """All notes and facts of the row, one per line. Raises `BadInput` if they are too long together."""
        return (
            clean_block("\n".join(self._notes), ImportField.NOTES).text
            if len(self._notes) > 1
            else "".join(self._notes)
        )

    def _add(self, field: ImportField, header: str, text: str) -> None:
        if field is ImportField.TAGS:
            self._tags += _TAG_SEPARATOR.split(text)
        else:
            self._notes.append(text if field is ImportField.NOTES else f"{header}: {text}")

    def _clean(self, field: ImportField, cell: str) -> str:
        plain = _PLAIN_BLOCK if field in _MULTILINE_FIELDS else _PLAIN_LINE
        if len(cell) <= LINE_LIMIT and plain.fullmatch(cell):
            return cell.strip()  # nearly every cell: twice as fast as cleaning it
        try:
            cleaned = (clean_block if field in _MULTILINE_FIELDS else clean_line)(cell, field)
        except BadInput as error:
            self.error = self.error or error
            return ""
        self.dropped += cleaned.dropped
        return cleaned.text.strip()

    @staticmethod
    def _nonempty_cells(cells: Sequence[str], columns: Sequence[CsvColumn]) -> list[tuple[CsvColumn, str]]:
        width = len(cells)
        return [
            (column, cells[column.position])
            for column in columns
            if column.position < width and cells[column.position]
        ]


def read_row(texts: RowTexts, date_columns: Mapping[ImportField, DateColumn], source: str) -> RowData:
    """Return the values in a row. Raises `BadInput` if a date is unreadable or a text is too long."""
    if texts.error is not None:
        raise texts.error

    values = texts.values
    dates = {field: column.read(values[field]) for field, column in date_columns.items() if field in values}
    name, email = _split_contact(
        values.get(ImportField.CONTACT_NAME, ""), values.get(ImportField.CONTACT_EMAIL, "")
    )
    thanked_at = dates.get(ImportField.THANKED_ON)
    return RowData(
        company=values.get(ImportField.COMPANY, ""),
        role=values.get(ImportField.ROLE, ""),
        status=values.get(ImportField.STATUS, ""),
        url=values.get(ImportField.URL, ""),
        location=values.get(ImportField.LOCATION, ""),
        source=values.get(ImportField.SOURCE, source),
        notes=texts.notes,
        tags=texts.tags,
        contact_name=name,
        contact_email=email,
        contact_phone=values.get(ImportField.CONTACT_PHONE, ""),
        applied=dates.get(ImportField.APPLIED_ON),
        interview=dates.get(ImportField.INTERVIEW_ON),
        thanked_at=thanked_at,
        thanked=thanked_at is not None
        or (ImportField.THANKED_ON in values and normalize_header(values[ImportField.THANKED_ON]) in YES_WORDS),
        dropped=texts.dropped,
    )


def _split_contact(name: str, email: str) -> tuple[str, str]:
    """Return name and address of a contact written as "Dana <dana@acme.example>"."""
    before, _, address = name.removesuffix(">").rpartition("<")
    if email or not name.endswith(">") or "@" not in address or " " in address:
        return name, email
    return before.strip('" '), address


TAKE_ALL = "--all takes it, into Awaiting"


class Placement(NamedTuple):
    """A stage and the reason; `stage` is None if the row is left out."""

    stage: Stage | None
    outcome: Outcome | None
    why: str

    def description(self) -> str:
        """Return the stage and outcome in words: "Moved on (no reply)"."""
        stage = self.stage.label if self.stage else "nowhere"
        return f"{stage} ({self.outcome.label})" if self.outcome else stage


def choose_placement(row: RowData, *, has_status_column: bool, no_status_reason: str, take_all: bool) -> Placement:
    """Return the placement by the row's status, or else by its interview date.

    `no_status_reason` is why a file without a status column gives no stage. Raises `BadInput` if the status is
    unknown and not all rows are imported.
    """
    meaning = status_meaning(row.status)
    if meaning is None:
        if not take_all:
            raise BadInput(f"Status “{row.status[:40]}” is not known; {TAKE_ALL}.", "status")
        return Placement(Stage.AWAITING, None, f"status “{row.status[:40]}” is not known")
    if meaning.stage is None:
        return _without_interview_status(row, has_status_column, no_status_reason, take_all)
    return _with_thank_you(row, meaning, _status_text(row) + (f", {meaning.reading}" if meaning.reading else ""))


def _without_interview_status(
    row: RowData, has_status_column: bool, no_status_reason: str, take_all: bool
) -> Placement:
    # With an interview date or a thank-you there is an interview to follow up, whatever the status says.
    if row.interview is not None or row.thanked:
        evidence = f"an interview on {row.interview.day.isoformat()}" if row.interview else "a thank-you was sent"
        why = f"{_status_text(row)}, but {evidence}" if row.status else evidence
        return _with_thank_you(row, StatusMeaning(Stage.INTERVIEWED), why)
    why = _status_text(row) if has_status_column else no_status_reason
    if take_all:
        return Placement(Stage.AWAITING, None, why)
    no_interview = " means no interview yet" if has_status_column else ""
    return Placement(None, None, f"Left out: {why}{no_interview}; {TAKE_ALL}.")


def _with_thank_you(row: RowData, meaning: StatusMeaning, why: str) -> Placement:
    if meaning.stage is Stage.INTERVIEWED and row.thanked:
        return Placement(Stage.THANKED, None, f"{why}, and a thank-you was sent")
    return Placement(meaning.stage, meaning.outcome, why)


def _status_text(row: RowData) -> str:
    return f"status “{row.status}”" if row.status else "an empty status"
