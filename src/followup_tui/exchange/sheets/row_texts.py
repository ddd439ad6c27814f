"""The texts in one row of a sheet: its cells without what spreadsheets put around them, by the field they fill."""

from __future__ import annotations

import re
from collections.abc import Sequence

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import LINE_LIMIT, clean_block, clean_line
from followup_tui.exchange.sheets.card_title import split_card
from followup_tui.exchange.sheets.cell_text import PlainCell, page_name, plain_cell, split_link
from followup_tui.exchange.sheets.column_match import CsvColumn
from followup_tui.exchange.sheets.columns import CONTACT_FIELDS, REPEATABLE, ImportField
from followup_tui.exchange.sheets.contacts import holds_rounds
from followup_tui.exchange.sheets.ticks import is_ticked, is_yes_or_no, not_ticked

BLANKS = frozenset({"", "n/a", "#n/a", "-", "--", "–", "—", "null"})
"""What programs write into an empty cell."""
MAX_BLANK_LENGTH = max(map(len, BLANKS))
SHEET_ERRORS = frozenset(
    ["#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!", "#error!", "#calc!", "#spill!"]
)
"""What a spreadsheet shows instead of a value that it couldn't work out."""

_ORDINARY = re.compile('[ !"#$%(-;>-Z\\\\\\]-~\\xa0-\\xac\\xae-\\u02ff]*')
"""Printable Latin letters, digits and signs, without those that begin a guard or code: text as it is."""

_MULTILINE_FIELDS = frozenset(
    {ImportField.NOTES, ImportField.TAGS, ImportField.INTERVIEW_ON, ImportField.CONTACT_NOTES, *CONTACT_FIELDS}
)
_LINK_FIELDS = frozenset(
    {
        ImportField.URL,
        ImportField.NOTES,
        ImportField.FACT,
        ImportField.CONTACT_NAME,
        ImportField.CONTACT_EMAIL,
        ImportField.CONTACT_PHONE,
        ImportField.CONTACT_NOTES,
    }
)
"""Fields that keep the address behind a word beside it."""
_SINGLE = frozenset(set(ImportField) - {*REPEATABLE, ImportField.URL, ImportField.CARD})
"""Fields that one column fills with what it says."""
_TAG_SEPARATOR = re.compile(r"[,;|\n]")


def _with_link(field: ImportField, plain: PlainCell) -> str:
    if field is ImportField.URL:
        return plain.link or plain.text
    return plain.joined() if field in _LINK_FIELDS else plain.text


class RowTexts:
    """The cleaned cells of one row that aren't blank, and the number of characters removed.

    `values` has the fields that one column fills, and the interviews of all columns, one a line; `further` the
    statuses of other columns than the first, each behind its header; `contacts` the cells of each person, or of
    several in one column; `deadlines` those by which an offer wants an answer, each behind its header. Notes
    and tags can come from several.
    """

    def __init__(self, cells: Sequence[str], columns: Sequence[CsvColumn]) -> None:
        """Clean the cells; `error` is set if one is too long; `remarks` name those that are lost."""
        self.remarks: list[str] = []
        self.dropped = 0
        self.values: dict[ImportField, str] = {}
        self.error: BadInput | None = None
        self.ticked: list[str] = []
        self.further: list[tuple[str, str]] = []
        self.contacts: dict[int, dict[ImportField, str]] = {}
        self._tags: list[str] = []
        self._notes: list[str] = []
        self._days: dict[int, str] = {}
        self._hours: dict[int, str] = {}
        self._thanked_header = ""
        self.deadlines: list[tuple[str, str]] = []
        behind: list[tuple[CsvColumn, str]] = []
        width = len(cells)
        for column in columns:
            cell = cells[column.position] if column.position < width else ""
            if len(cell) <= LINE_LIMIT and _ORDINARY.fullmatch(cell) and "(http" not in cell:
                text = cell.strip()  # nearly every cell: five times as fast as looking for what must come off
            else:
                plain = plain_cell(cell)
                if column.field not in _LINK_FIELDS:
                    plain = page_name(plain)
                if plain.link and column.field not in _LINK_FIELDS:
                    behind.append((column, plain.link))
                text = self._clean(column.field, _with_link(column.field, plain))
            if len(text) <= MAX_BLANK_LENGTH and text.casefold() in BLANKS:
                continue
            if text.startswith("#") and (text.casefold() in SHEET_ERRORS or not text.strip("#")):
                self.remarks.append(f"“{text[:20]}” under “{column.header}” is a spreadsheet's error.")
                continue
            if column.field in _SINGLE:
                if column.group:
                    self.further.append((column.header, text))
                else:
                    self.values[column.field] = text
            else:
                self._add(column, text)
        self._add_links(behind)
        if self._days or self._hours:
            self._join_interview_times()

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

    def add_note(self, text: str) -> None:
        """Keep a text of the row that fits no field."""
        self._notes.append(text)

    def _add(self, column: CsvColumn, text: str) -> None:
        field, header = column.field, column.header
        if field is ImportField.NOTES or field is ImportField.FACT:
            self._notes.append(text if field is ImportField.NOTES else f"{header}: {text}")
        elif field is ImportField.INTERVIEW_ON or holds_rounds(field, header, text):
            self._days[column.position] = text
        elif field is ImportField.INTERVIEW_TIME:
            self._hours[column.group] = text
        elif field in CONTACT_FIELDS:
            person = self.contacts.setdefault(column.group, {})
            person[field] = f"{person[field]}\n{text}" if field in person else text
        elif field is ImportField.TAGS:
            self._tags += _TAG_SEPARATOR.split(text)
        elif field is ImportField.TICK:
            self.ticked += [header] if is_ticked(text) else not_ticked(header)
        elif field is ImportField.ANSWER_BY:
            self.deadlines.append((header, text))
        elif field is ImportField.THANKED_ON:
            self._add_thank_you(header, text)
        elif field is ImportField.CARD:
            self.values |= split_card(text, header)
        else:
            self._add_url(header, text)

    def _add_thank_you(self, header: str, text: str) -> None:
        """Take the last thank-you that has a day, and keep an earlier one in the notes."""
        before = self.values.get(ImportField.THANKED_ON, "")
        if before and is_yes_or_no(text):
            return
        if before and not is_yes_or_no(before):
            self._notes.append(f"{self._thanked_header}: {before}")
        self.values[ImportField.THANKED_ON], self._thanked_header = text, header

    def _add_url(self, header: str, text: str) -> None:
        link, text = split_link(text)
        if link:
            self.values[ImportField.URL] = link
        if text:
            self._notes.append(f"{header}: {text}")

    def _add_links(self, behind: Sequence[tuple[CsvColumn, str]]) -> None:
        """Keep the addresses behind words: that of the role is the job's unless a column has it."""
        for column, link in behind:
            text = self._clean(ImportField.URL, link)
            if column.field is ImportField.ROLE and ImportField.URL not in self.values:
                self._add_url(column.header, text)
            else:
                self._notes.append(f"{column.header}: {text}")

    def _join_interview_times(self) -> None:
        """Put each interview's hour behind its day, or into the notes if there is no day to put it behind."""
        for position, clock in self._hours.items():
            day = self._days.get(position, "")
            if day and ":" not in day and "\n" not in day:
                self._days[position] = f"{day} {clock}"
            elif clock not in day:
                self._notes.append(f"{ImportField.INTERVIEW_TIME.capitalize()}: {clock}")
        if self._days:
            self.values[ImportField.INTERVIEW_ON] = "\n".join(self._days.values())

    def _clean(self, field: ImportField, cell: str) -> str:
        try:
            cleaned = (clean_block if field in _MULTILINE_FIELDS else clean_line)(cell, field)
        except BadInput as error:
            self.error = self.error or error
            return ""
        self.dropped += cleaned.dropped
        return cleaned.text.strip()
