"""One row of a sheet as an entry: its cells cleaned, its days read."""

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
"""What programs write into a cell that holds nothing."""
LONGEST_BLANK = max(map(len, BLANKS))

SAID_YES = frozenset({"yes", "y", "true", "x", "ja", "oui"}) & NO_DATE
"""What stands in a column of dates where the thing was done on a day that isn't told."""

_PLAIN_LINE = re.compile("[ -~\\xa0-\\xac\\xae-\\u02ff]*")
"""Printable Latin letters, digits and signs: text that the door for text lets in as it stands."""
_PLAIN_BLOCK = re.compile("[\\n -~\\xa0-\\xac\\xae-\\u02ff]*")

_SEVERAL_LINES = frozenset({ImportField.NOTES, ImportField.TAGS})
_BETWEEN_TAGS = re.compile(r"[,;|\n]")


class RowData(NamedTuple):
    """What a row says; empty text where it says nothing. `thanked` tells that a thank-you was sent."""

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
    """The cleaned cells of one row that say something, and how many characters they lost.

    `said` has the fields that one column fills; notes and tags may come from several.
    """

    def __init__(self, cells: Sequence[str], columns: Sequence[CsvColumn]) -> None:
        """`trouble` is set where a cell is too long; the other cells are there all the same."""
        self.dropped = 0
        self.said: dict[ImportField, str] = {}
        self.trouble: BadInput | None = None
        self._tags: list[str] = []
        self._notes: list[str] = []
        for (field, _, header), cell in self._filled(cells, columns):
            text = self._cleaned(field, cell)
            if len(text) <= LONGEST_BLANK and text.casefold() in BLANKS:
                continue
            if field in REPEATABLE:
                self._gather(field, header, text)
            else:
                self.said[field] = text

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag once, in the order of the sheet."""
        return tuple(dict.fromkeys(tag for tag in map(str.strip, self._tags) if tag)) if self._tags else ()

    @property
    def notes(self) -> str:
        """All notes and facts of the row, a paragraph each. Raises `BadInput` where they are too long together."""
        return (
            clean_block("\n".join(self._notes), ImportField.NOTES).text
            if len(self._notes) > 1
            else "".join(self._notes)
        )

    def _gather(self, field: ImportField, header: str, text: str) -> None:
        if field is ImportField.TAGS:
            self._tags += _BETWEEN_TAGS.split(text)
        else:
            self._notes.append(text if field is ImportField.NOTES else f"{header}: {text}")

    def _cleaned(self, field: ImportField, cell: str) -> str:
        plain = _PLAIN_BLOCK if field in _SEVERAL_LINES else _PLAIN_LINE
        if len(cell) <= LINE_LIMIT and plain.fullmatch(cell):
            return cell.strip()  # nothing to drop in nearly any cell, and finding out at once is twice as fast
        try:
            cleaned = (clean_block if field in _SEVERAL_LINES else clean_line)(cell, field)
        except BadInput as error:
            self.trouble = self.trouble or error
            return ""
        self.dropped += cleaned.dropped
        return cleaned.text.strip()

    @staticmethod
    def _filled(cells: Sequence[str], columns: Sequence[CsvColumn]) -> list[tuple[CsvColumn, str]]:
        width = len(cells)
        return [
            (column, cells[column.position])
            for column in columns
            if column.position < width and cells[column.position]
        ]


def read_row(texts: RowTexts, days: Mapping[ImportField, DateColumn], source: str) -> RowData:
    """What the row says. Raises `BadInput` where a day can't be read or a text is too long."""
    if texts.trouble is not None:
        raise texts.trouble

    said = texts.said
    moments = {field: column.read(said[field]) for field, column in days.items() if field in said}
    name, email = _person(said.get(ImportField.CONTACT_NAME, ""), said.get(ImportField.CONTACT_EMAIL, ""))
    thanked_at = moments.get(ImportField.THANKED_ON)
    return RowData(
        company=said.get(ImportField.COMPANY, ""),
        role=said.get(ImportField.ROLE, ""),
        status=said.get(ImportField.STATUS, ""),
        url=said.get(ImportField.URL, ""),
        location=said.get(ImportField.LOCATION, ""),
        source=said.get(ImportField.SOURCE, source),
        notes=texts.notes,
        tags=texts.tags,
        contact_name=name,
        contact_email=email,
        contact_phone=said.get(ImportField.CONTACT_PHONE, ""),
        applied=moments.get(ImportField.APPLIED_ON),
        interview=moments.get(ImportField.INTERVIEW_ON),
        thanked_at=thanked_at,
        thanked=thanked_at is not None
        or (ImportField.THANKED_ON in said and normalize_header(said[ImportField.THANKED_ON]) in SAID_YES),
        dropped=texts.dropped,
    )


def _person(name: str, email: str) -> tuple[str, str]:
    before, _, address = name.removesuffix(">").rpartition("<")
    if email or not name.endswith(">") or "@" not in address or " " in address:
        return name, email
    return before.strip('" '), address


TAKE_ALL = "--all takes it, into Awaiting"


class Placement(NamedTuple):
    """A stage and why; `stage` None means that the row is left out."""

    stage: Stage | None
    outcome: Outcome | None
    why: str

    def told(self) -> str:
        """The stage and outcome in words: "Moved on (no reply)"."""
        stage = self.stage.label if self.stage else "nowhere"
        return f"{stage} ({self.outcome.label})" if self.outcome else stage


def placement_of(entry: RowData, *, status_told: bool, silence: str, take_all: bool) -> Placement:
    """The place that the row's status, or else its interview date, gives it.

    `status_told` says whether the sheet has a status column, `silence` why it says nothing without one.
    Raises `BadInput` where the status isn't known and not everything is to be taken.
    """
    meaning = status_meaning(entry.status)
    if meaning is None:
        if not take_all:
            raise BadInput(f"Status “{entry.status[:40]}” is not known; {TAKE_ALL}.", "status")
        return Placement(Stage.AWAITING, None, f"status “{entry.status[:40]}” is not known")
    if meaning.stage is None:
        return _before_an_interview(entry, status_told, silence, take_all)
    return _thanked(entry, meaning, _status(entry) + (f", {meaning.reading}" if meaning.reading else ""))


def _before_an_interview(entry: RowData, status_told: bool, silence: str, take_all: bool) -> Placement:
    # Whatever the status word says: with a day for the interview, or a thank-you sent, there is one to follow up.
    if entry.interview is not None or entry.thanked:
        sure = f"an interview on {entry.interview.day.isoformat()}" if entry.interview else "a thank-you was sent"
        why = f"{_status(entry)}, but {sure}" if entry.status else sure
        return _thanked(entry, StatusMeaning(Stage.INTERVIEWED), why)
    why = _status(entry) if status_told else silence
    if take_all:
        return Placement(Stage.AWAITING, None, why)
    no_interview = " means no interview yet" if status_told else ""
    return Placement(None, None, f"Left out: {why}{no_interview}; {TAKE_ALL}.")


def _thanked(entry: RowData, meaning: StatusMeaning, why: str) -> Placement:
    if meaning.stage is Stage.INTERVIEWED and entry.thanked:
        return Placement(Stage.THANKED, None, f"{why}, and a thank-you was sent")
    return Placement(meaning.stage, meaning.outcome, why)


def _status(entry: RowData) -> str:
    return f"status “{entry.status}”" if entry.status else "an empty status"
