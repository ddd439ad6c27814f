"""The texts in one row of a sheet by the field they fill, and the people that they name, put together.

And the company of rows below a merged cell, which only the first of its rows keeps in a CSV file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.application import WorkMode
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import LINE_LIMIT, clean_block, clean_line, shorten
from followup_tui.domain.parsing.job_words import is_board, work_mode_of
from followup_tui.domain.parsing.person_words import is_job_title
from followup_tui.exchange.sheets.column_match import CsvColumn, is_ticked, is_yes_or_no, not_ticked
from followup_tui.exchange.sheets.columns import CONTACT_FIELDS, REPEATABLE, ImportField, header_field
from followup_tui.exchange.sheets.identity import fold_town
from followup_tui.exchange.sheets.readable_text import PlainCell, page_name, plain_cell, split_link
from followup_tui.exchange.sheets.round_texts import RoundText, RoundTexts, holds_rounds, names_interviewers
from followup_tui.exchange.sheets.table import TableRow

_CELL_MODES = {
    WorkMode.REMOTE: r"(?:full|mostly) remote|wfh|work from home|remot[ae]|distanciel|[aà] distanc(?:e|ia)"
    r"|da remoto|teletraba(?:lho|jo)|thuis(?:werken)?|smart ?working|lavoro agile|zdaln\w+|mobiles arbeiten",
    WorkMode.HYBRID: r"h[íi]brid[ao]|ibrida|hybryd\w+|part(?:ly|ially) remote|teil(?:weise )?remote",
    WorkMode.ONSITE: r"on-?[ -]?site|office|in[ -]person|vor ort|(?:im )?büro|presencial|pr[ée]sentiel"
    r"|sur (?:site|place)|in (?:sede|presenza|ufficio)|op (?:kantoor|locatie)|stacjonarn\w+",
}
"""What a cell says of where one works beside the words of typed lines, in which "on site" is of the interview."""


@lru_cache(maxsize=256)
def cell_work_mode(text: str) -> WorkMode | None:
    """Return where one works, if a cell says that and no more: "Remoto", "vor Ort"."""
    said = text.strip()
    found = (mode for mode, words in _CELL_MODES.items() if re.fullmatch(f"(?i:{words})", said))
    return work_mode_of(said) or next(found, None)


_AT = r"\s+(?:@|at|bei|chez)\s+"
_JOINTS = (r"\s+[-–—|/•·]\s+|\s*[–—|]\s*", _AT, r"\s*[:;]\s+", r",\s+", r"\s*/\s*")
"""What stands between the two, the plainest first."""


def split_card(text: str, header: str) -> dict[ImportField, str]:
    """Return the company and the role of a title, the company alone if nothing divides it.

    The order is that of "role at company", or of the part that is a job's name, or else that of the header.
    """
    for joint in _JOINTS:
        parts = re.split(joint, text, maxsplit=1)
        if len(parts) == 2 and all(part.strip() for part in parts):
            first, second = parts
            if is_job_title(first) == is_job_title(second):
                is_role_first = joint == _AT or _names_role_first(header)
            else:
                is_role_first = is_job_title(first)
            company, role = (second, first) if is_role_first else (first, second)
            return {ImportField.COMPANY: company.strip(), ImportField.ROLE: role.strip()}
    return {ImportField.COMPANY: text}


@lru_cache(maxsize=64)
def _names_role_first(header: str) -> bool:
    first = header_field(re.split(r"[&/+,]|\b(?:and|und|et|y)\b", header, maxsplit=1)[0])
    return first is not None and first[0] is ImportField.ROLE


BLANKS = frozenset({"", "n/a", "#n/a", "-", "--", "–", "—", "null"})
"""What programs write into an empty cell."""
MAX_BLANK_LENGTH = max(map(len, BLANKS))
SHEET_ERRORS = frozenset(
    ["#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!", "#error!", "#calc!", "#spill!"]
)
"""What a spreadsheet shows instead of a value that it couldn't work out."""

_ORDINARY = re.compile('[ !"#$%(-;>-Z\\\\\\]-}\\xa0-\\xac\\xae-\\u02ff]*')
"""Printable Latin letters, digits and signs, without those that begin a guard or code: text as it is."""

_MULTILINE_FIELDS = frozenset(
    {ImportField.NOTES, ImportField.TAGS, ImportField.INTERVIEW_ON, *CONTACT_FIELDS}
    | {ImportField.CONTACT_NOTES, ImportField.CONTACT_ADDRESS, ImportField.HISTORY}
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
        ImportField.HISTORY,
    }
)
"""Fields that keep the address behind a word beside it."""
_NAMES_OF_JOBS = frozenset({ImportField.COMPANY, ImportField.ROLE, ImportField.CARD})
STRUCK_OUT = "(struck out)"
"""Stands in the notes behind what was struck out in the sheet."""
_SINGLE = frozenset(set(ImportField) - {*REPEATABLE, ImportField.URL, ImportField.CARD, ImportField.WORK_MODE})
"""Fields that one column fills with what it says."""
_TAG_SEPARATOR = re.compile(r"[,;|\n]")


def _is_ordinary(text: str) -> bool:
    """Whether nothing must come off a cell, or off any cell of a row whose cells are put together."""
    return len(text) <= LINE_LIMIT and _ORDINARY.fullmatch(text) is not None and "(http" not in text


@lru_cache(maxsize=8)
def _joined_notes(text: str) -> str:
    """Return several notes as one; a row asks for the same ones again and again."""
    return clean_block(text, ImportField.NOTES).text


def _with_link(field: ImportField, plain: PlainCell) -> str:
    if field is ImportField.URL:
        return plain.link or plain.text
    return plain.joined() if field in _LINK_FIELDS else plain.text


class RowTexts:
    """The cleaned cells of one row that aren't blank, and the number of characters removed.

    `values` has the fields that one column fills, `rounds` the cells about interviews; `further` the statuses of
    other columns than the first, each behind its header; `contacts` the cells of each person, or of several in one
    column; `deadlines` those by which an offer wants an answer, each behind its header. Notes,
    tags and the pay can come from several; `work_mode` is None if no cell says it alone.
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
        self.work_mode: WorkMode | None = None
        self._pay: list[tuple[str, str]] = []
        self._tags: list[str] = []
        self._notes: list[str] = []
        self._rounds = RoundTexts()
        self.rounds: list[RoundText] = []
        self._thanked_header = ""
        self.deadlines: list[tuple[str, str]] = []
        behind: list[tuple[CsvColumn, str]] = []
        width = len(cells)
        is_ordinary = _is_ordinary("".join(cells))
        for column in columns:
            cell = cells[column.position] if column.position < width else ""
            if is_ordinary or _is_ordinary(cell):
                text = cell.strip()  # nearly every cell: five times as fast as looking for what must come off
            else:
                plain = plain_cell(cell)
                if column.field not in _LINK_FIELDS:
                    plain = page_name(plain)
                if plain.link and column.field not in _LINK_FIELDS:
                    behind.append((column, plain.link))
                said = _with_link(column.field, plain)
                text = self._clean(column.field, self._without_struck(column, said, plain.struck))
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
        self._join(columns)

    def _without_struck(self, column: CsvColumn, said: str, struck: str) -> str:
        """Return what a cell says without what is struck out, which is kept in the notes.

        A company or role that is struck out as a whole stays: without it nobody knows what the row is about.
        """
        if not struck:
            return said
        if said or column.field not in _NAMES_OF_JOBS:
            self._notes.append(f"{column.header}: {struck} {STRUCK_OUT}")
            return said
        self.remarks.append(f"“{shorten(struck)}” is struck out in the sheet; the row was read all the same.")
        return struck

    def _join(self, columns: Sequence[CsvColumn]) -> None:
        if self._pay:
            pay = [text if len(self._pay) == 1 else f"{header}: {text}" for header, text in self._pay]
            self.values[ImportField.PAY] = self._clean(ImportField.PAY, ", ".join(pay))
        if self._rounds.days or self._rounds.hours:
            self.rounds, hours = self._rounds.joined(columns)
            self._notes += [f"{ImportField.INTERVIEW_TIME.capitalize()}: {clock}" for clock in hours]

    @property
    def tags(self) -> tuple[str, ...]:
        """Each tag once, in the order of the file."""
        return tuple(dict.fromkeys(tag for tag in map(str.strip, self._tags) if tag)) if self._tags else ()

    @property
    def notes(self) -> str:
        """All notes and facts of the row, one per line. Raises `BadInput` if they are too long together."""
        return _joined_notes("\n".join(self._notes)) if len(self._notes) > 1 else "".join(self._notes)

    def add_note(self, text: str) -> None:
        """Keep a text of the row that fits no field."""
        self._notes.append(text)

    def take_due(self, header: str) -> None:
        """Take the due date of a card as that of its interview."""
        due = [each for each in self.deadlines if each[0] == header]
        self.deadlines = [each for each in self.deadlines if each not in due]
        self.rounds = [RoundText(text) for _, text in due]

    def _add(self, column: CsvColumn, text: str) -> None:
        field, header = column.field, column.header
        if field is ImportField.NOTES or field is ImportField.FACT:
            self._notes.append(text if field is ImportField.NOTES else f"{header}: {text}")
        elif field is ImportField.INTERVIEW_ON or holds_rounds(field, header, text):
            self._rounds.days[column.position] = text
        elif field is ImportField.INTERVIEW_TIME:
            self._rounds.hours[column.group] = text
        elif field in CONTACT_FIELDS:
            person = self.contacts.setdefault(column.group, {})
            person[field] = f"{person[field]}\n{text}" if field in person else text
            if names_interviewers(column):
                self._rounds.people[column.position] = text
        elif field is ImportField.TAGS:
            self._tags += _TAG_SEPARATOR.split(text)
        elif field is ImportField.TICK:
            self.ticked += [header] if is_ticked(text) else not_ticked(header)
        elif field is ImportField.PAY:
            self._pay.append((header, text))
        elif field is ImportField.WORK_MODE:
            self._add_work_mode(header, text)
        elif field is ImportField.ANSWER_BY:
            self.deadlines.append((header, text))
        elif field is ImportField.THANKED_ON:
            self._add_thank_you(header, text)
        elif field is ImportField.CARD:
            self.values |= split_card(text, header)
        else:
            self._add_url(header, text)

    def _add_work_mode(self, header: str, text: str) -> None:
        """Take where one works, as the cell says it or a tick under "Remote?"; all else is a note."""
        self.work_mode = cell_work_mode(header.rstrip(" ?") if is_ticked(text) else text)
        if self.work_mode is None:
            self._notes.append(f"{header}: {text}")

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

    def _clean(self, field: ImportField, cell: str) -> str:
        try:
            cleaned = (clean_block if field in _MULTILINE_FIELDS else clean_line)(cell, field)
        except BadInput as error:
            self.error = self.error or error
            return ""
        self.dropped += cleaned.dropped
        return cleaned.text.strip()


_HOST = re.compile(r"(?:https?://|@)(?:www\.)?([\w.-]+\.\w+)", re.IGNORECASE)
_HABIT = 2
"""Merged cells after which rows without a company are no slips."""


class _Above(NamedTuple):
    """The row above: the line that names its company, its own last line, and what it says."""

    line: int
    end: int
    texts: RowTexts


class CompanyAbove:
    """Fills the company of rows directly below the one that names it; call `fill` with each row in turn.

    A row has no company if its own link or mail leads elsewhere. It needs the same town, link or mail in common,
    unless the sheet has several merged companies and no other rows without one.
    """

    def __init__(self, rows: Sequence[TableRow], columns: Sequence[CsvColumn]) -> None:
        places = {column.field: column.position for column in columns}
        company, role = places.get(ImportField.COMPANY), places.get(ImportField.ROLE)
        self._is_habit = company is not None and role is not None and _are_merged(rows, company, role)
        self._above: _Above | None = None

    def fill(self, row: TableRow, texts: RowTexts) -> None:
        """Fill the company of a row that has none, with a remark, and keep the row for the next."""
        above, self._above = self._above, None
        if ImportField.ROLE not in texts.values or texts.error is not None:
            return
        line = row.line
        if ImportField.COMPANY not in texts.values:
            if above is None or row.line > above.end + 1 or not self._is_one_company(above.texts, texts):
                return
            line, company = above.line, above.texts.values[ImportField.COMPANY]
            texts.values[ImportField.COMPANY] = company
            texts.remarks.append(f"No company is named: it is read as “{company}”, of line {line}.")
        self._above = _Above(line, row.line + "".join(row.cells).count("\n"), texts)

    def _is_one_company(self, above: RowTexts, below: RowTexts) -> bool:
        hosts, others = set(_hosts(above)), set(_hosts(below))
        if hosts and others and hosts.isdisjoint(others):
            return False
        towns = (fold_town(texts.values.get(ImportField.LOCATION, "")) for texts in (above, below))
        return self._is_habit or not hosts.isdisjoint(others) or bool(frozenset.intersection(*towns))


def _hosts(texts: RowTexts) -> list[str]:
    people = (cell for person in texts.contacts.values() for cell in person.values())
    said = " ".join((texts.values.get(ImportField.URL, ""), *people))
    return [host.casefold() for host in _HOST.findall(said) if not is_board(host)] if "." in said else []


def _are_merged(rows: Sequence[TableRow], company: int, role: int) -> bool:
    """Whether several companies have further rows without one, and no row is without one elsewhere."""
    merged, is_below, is_further = 0, False, False
    for row in rows:
        names, has_role = _says(row, company), _says(row, role)
        if has_role and not names:
            if not is_below:
                return False
            merged += not is_further
        is_below, is_further = has_role and (names or is_below), has_role and not names
    return merged >= _HABIT


def _says(row: TableRow, position: int) -> bool:
    return len(row.cells) > position and row.cells[position].strip().casefold() not in BLANKS
