"""Import applications from CSV files: plan the result of each row, and one change for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.change import Change
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shorten, shown_line
from followup_tui.exchange.entries import split_entries
from followup_tui.exchange.plan import (
    Facts,
    ImportPlan,
    ImportSource,
    LoadDetails,
    PlannedRow,
    RowResult,
    StoredApplications,
    TakeEdits,
    change_label,
)
from followup_tui.exchange.round_cell import read_round
from followup_tui.exchange.sheets.called_off import called_off_meaning
from followup_tui.exchange.sheets.column_match import (
    CsvColumn,
    is_due,
    latest_status,
    names_rejection,
    names_stage,
)
from followup_tui.exchange.sheets.columns import CONTACT_FIELDS, ImportField, mixes_status, says_any_change
from followup_tui.exchange.sheets.contents import bare_date, guess_remarks, people_column, sheet_columns
from followup_tui.exchange.sheets.date_column import DateColumn, date_columns, past_column
from followup_tui.exchange.sheets.formats import (
    NO_WORDS,
    CsvFormat,
    HandWords,
    StatusReader,
    check_columns,
    detect_format,
    get_format,
    used_remarks,
)
from followup_tui.exchange.sheets.readable_text import plain_cell
from followup_tui.exchange.sheets.round_texts import holds_rounds, is_date_cell
from followup_tui.exchange.sheets.row import Placement, RowData, choose_placement, read_row
from followup_tui.exchange.sheets.row_dates import as_interviews
from followup_tui.exchange.sheets.row_plan import ReadRow, RowsPlan, row_facts
from followup_tui.exchange.sheets.row_texts import CompanyAbove, RowTexts
from followup_tui.exchange.sheets.rows_left_out import RowsLeftOut
from followup_tui.exchange.sheets.sheet_files import read_tables
from followup_tui.exchange.sheets.status_dates import end_told
from followup_tui.exchange.sheets.statuses import MEANINGS, has_idea, waiting_for_reply, without_interview
from followup_tui.exchange.sheets.table import Table, TableRow, has_company_and_role, missing_columns, people_list

_DATE_FIELDS = (
    ImportField.APPLIED_ON,
    ImportField.INTERVIEW_ON,
    ImportField.THANKED_ON,
    ImportField.ANSWER_BY,
    ImportField.DECIDE_BY,
)
_SHOWN = (ImportField.COMPANY, ImportField.ROLE, ImportField.STATUS)
_NEAREST = frozenset({ImportField.INTERVIEW_ON, ImportField.ANSWER_BY, ImportField.DECIDE_BY})
"""Those of which a date without a year may lie ahead."""


def plan_import(
    sources: Sequence[ImportSource],
    *,
    existing: Sequence[Application],
    now: datetime,
    zone: ZoneInfo,
    first_number: int,
    load: LoadDetails | None = None,
    format: str | None = None,
    take_all: bool = False,
    day_first: bool | None = None,
    words: HandWords = NO_WORDS,
    remembered: HandWords = NO_WORDS,
    take: TakeEdits | None = None,
    with_facts: bool = True,
    role: str = "",
) -> ImportPlan:
    """Return the plan of importing the files into a board with `existing` applications.

    New applications are numbered from `first_number`. `load` reads the details of existing ones. `format` is a
    name of `formats.FORMATS`, or None to detect it; `take_all` imports rows without an interview into Awaiting;
    `day_first` is the order of dates if a column doesn't show it, `role` that of rows without one; `words` and
    `remembered` are what the user said by hand; `take` gets the edits of a long sheet in parts, and the plan the
    rest. Without `with_facts` the rows don't keep what was read of them, which takes much memory. Raises
    `BadInput` for a file without applications, and `AmbiguousDates`, both before `take` gets anything.
    """
    forced = get_format(format) if format is not None else None
    stored = StoredApplications(existing, load or _without_details(existing), first_number)
    plan = RowsPlan(stored, now.astimezone(UTC), zone, take)
    planned: list[PlannedRow | None] = []
    rows: list[ReadRow] = []
    remarks: list[str] = []
    hand = remembered | words
    files = [file for source in sources for file in read_tables(source, hand.overrides())]
    formats = [forced or detect_format(file.headers) for file in files]
    readers = [_FileReader(*each, zone, now, day_first, hand, role) for each in zip(files, formats, strict=True)]
    for file, reader in zip(files, readers, strict=True):
        for row in file.rows:
            read = reader.place(row, take_all=take_all, with_facts=with_facts)
            planned.append(None if isinstance(read, ReadRow) else read)
            rows += [read] if isinstance(read, ReadRow) else []
            row.cells.clear()  # the cells of a long sheet take as much memory as what was read of them
        used = used_remarks(file.name, remembered, file.headers, reader.statuses.used)
        remarks += [*file.remarks, *reader.remarks, *used, *reader.statuses.remarks(file.name)]
    check_columns(words, [header for file in files for header in file.headers])
    del file, files, reader, readers
    results = plan.plan(rows)
    done = tuple(each if each is not None else next(results) for each in planned)
    return ImportPlan(done, _change(plan, sources, now.astimezone(UTC)), plan.dropped, tuple(remarks))


def _change(plan: RowsPlan, sources: Sequence[ImportSource], at: datetime) -> Change | None:
    """Return the change with the edits that nobody took over, or None if nothing changes."""
    if not plan.new and not plan.updated:
        return None
    label = change_label(plan.new, plan.updated, [source.name for source in sources])
    return Change(verb="import", label=label, at=at, edits=tuple(plan.edits))


def _without_details(existing: Sequence[Application]) -> LoadDetails:
    """Return a loader for applications of which nothing else is known."""
    known = {each.id: ApplicationDetails(application=each) for each in existing}
    return lambda ids: [known[id] for id in ids if id in known]


_MOST_NAMED = 30
"""Columns that are named in one remark."""
_MANY = 5


class _FileReader:
    """A CSV file with the fields of its columns."""

    def __init__(
        self,
        file: Table,
        format: CsvFormat,
        zone: ZoneInfo,
        now: datetime,
        day_first: bool | None,
        words: HandWords,
        role: str = "",
    ) -> None:
        self.file = file
        self._role = role
        self._stage = file.sheet if names_stage(file.sheet) else ""
        self.format = format
        self.statuses = StatusReader(words)
        overrides = format.overrides_of(file.headers) | words.overrides()
        self.columns = sheet_columns(file, overrides)
        has_company = role and any(one.field is ImportField.COMPANY for one in self.columns)
        if not has_company and not has_company_and_role(self.columns):
            raise missing_columns(file.name, file.headers, self.columns)
        if not self._stage and (names := people_column(file, self.columns, overrides)):
            raise people_list(file.name, names)
        self._guess_remarks = guess_remarks(file, self.columns, overrides)
        self._round_columns = sum(column.field is ImportField.INTERVIEW_ON for column in self.columns)
        self._zone = zone
        self._today = now.astimezone(zone).date()
        self.has_status_column = bool(self._stage) or any(
            column.field in (ImportField.STATUS, ImportField.TICK) for column in self.columns
        )
        self._mixed_status = next(
            (one.header for one in self.columns if one.field is ImportField.STATUS and mixes_status(one.header)),
            "",
        )
        self._ended = next((one for one in self.columns if one.field is ImportField.ENDED_ON), None)
        self._rejected = self._ended.header if self._ended and names_rejection(self._ended.header) else ""
        self._has_rounds = False
        self._waits_only = self._has_many_that_wait_only()
        self._bare_date = bare_date(self.columns, overrides)
        self._date_columns = self._find_date_columns(day_first)
        self._company_above = CompanyAbove(file.rows, self.columns)
        self._header = [cell.strip() for cell in file.headers]
        places = {one.field: one.position for one in reversed(self.columns)}
        company, role_at = places.get(ImportField.COMPANY, 0), places.get(ImportField.ROLE, -1)
        self._rows_left_out = RowsLeftOut(self._header, company, role_at)
        self._filled_nameless = {
            position
            for position, header in enumerate(self._header)
            if not header and any(len(row.cells) > position and row.cells[position].strip() for row in file.rows)
        }
        self._placements: dict[Placement, Placement] = {}

    @property
    def remarks(self) -> list[str]:
        """Sentences about the columns that are ignored."""
        taken = {column.position for column in self.columns}
        free = [(position, header) for position, header in enumerate(self.file.headers) if position not in taken]
        ignored = [shown for _, header in free if (shown := shown_line(header).strip())]
        more = f" and {len(ignored) - _MOST_NAMED:,} more" if len(ignored) > _MOST_NAMED else ""
        named = f"{', '.join(ignored[:_MOST_NAMED])}{more}"
        noun = "column" if len(ignored) == 1 else "columns"
        unused = [f"{self.file.name}: nothing is taken from the {noun} {named.rstrip('.')}."] if named else []
        nameless = [str(position + 1) for position, _ in free if position in self._filled_nameless]
        if nameless:
            noun, verb = ("column", "has") if len(nameless) == 1 else ("columns", "have")
            unused.append(
                f"{self.file.name}: nothing is taken from {noun} {', '.join(nameless)}, which {verb} no header."
            )
        if self._ended and says_any_change(self._ended.header):
            unused.append(f"{self.file.name}: “{self._ended.header}” only says when an application ended.")
        return [*self._guess_remarks, *unused, *self.date_remarks]

    def place(self, row: TableRow, *, take_all: bool, with_facts: bool) -> ReadRow | PlannedRow:
        """Return a row that goes in, with its stage, or what becomes of one that doesn't."""
        file, line = self.file.name, row.line
        why = self._rows_left_out.reason(row)
        if why:
            return PlannedRow(file, line, "", "", RowResult.SKIPPED, why)
        texts = None
        facts: Facts = tuple
        try:
            texts = self.clean(row)
            self._company_above.fill(row, texts)
            company, role, status = (texts.values.get(field, "") for field in _SHOWN)
            if self.statuses.leaves_out(status):
                why = f"Left out: status “{shorten(status)}”, as you said."
                return PlannedRow(file, line, company, role, RowResult.SKIPPED, why)
            data = self.read(texts)
            facts = partial(row_facts, data, self._zone, self.file.sheet) if with_facts else tuple
            placement = self._placement(data, take_all=take_all)
        except BadInput as error:
            company, role, _ = (texts.values.get(field, "") if texts else "" for field in _SHOWN)
            return PlannedRow(file, line, company, role, RowResult.ERROR, error.sentence, facts=facts)
        if placement.stage is None and not placement.applied_only:
            return PlannedRow(file, line, data.company, data.role, RowResult.SKIPPED, placement.why, facts=facts)
        placement = self._placements.setdefault(placement, placement)
        return ReadRow(file, line, data, placement, self._round_columns, facts)

    def _placement(self, row: RowData, *, take_all: bool) -> Placement:
        """Return where a row goes. Raises `BadInput` for an unknown status that isn't to be taken."""
        is_saved = not row.status and not self.format.is_applied
        meaning = MEANINGS["saved"] if is_saved else self.statuses.meaning(row.status)
        is_told = row.rounds or row.extras.cancelled or row.thanked or self.statuses.is_by_hand(row.status)
        if row.status and not is_told:
            if self._has_rounds:
                meaning = without_interview(row.status) or called_off_meaning(row.status)
            elif self._waits_only:
                meaning = waiting_for_reply(row.status)
        try:
            placement = choose_placement(
                row,
                meaning,
                today=self._today,
                has_status_column=self.has_status_column,
                no_status_reason=self.format.no_status_reason,
                take_all=take_all,
            )
        except BadInput:
            self.statuses.add_unknown(row.status, "not read")
            raise
        if meaning is None:
            self.statuses.add_unknown(row.status, placement.description())
        return placement

    def clean(self, row: TableRow) -> RowTexts:
        """Return the cleaned cells of a row. Raises `BadInput` if the row is damaged."""
        if row.error:
            raise BadInput(row.error)
        width = len(self._header)
        if len(row.cells) > width and any(cell.strip() for cell in row.cells[width:]):
            raise BadInput(
                f"The row has {len(row.cells)} cells where the header has {width}: does a cell with a comma"
                " or semicolon lack its quotation marks?"
            )
        texts = RowTexts(row.cells, self.columns)
        if self._stage and not texts.ticked:
            texts.values.setdefault(ImportField.STATUS, self._stage)
        if self._role and ImportField.COMPANY in texts.values:
            texts.values.setdefault(ImportField.ROLE, self._role)
        return texts

    def read(self, texts: RowTexts) -> RowData:
        """Return the values in a row. Raises `BadInput` without company or role, or if a value is invalid."""
        for field in (ImportField.COMPANY, ImportField.ROLE):
            if field not in texts.values and texts.error is None:
                option = '; --role "…" gives one to all such rows' if field is ImportField.ROLE else ""
                raise BadInput(f"The row names no {field}{option}.", field)
        status = texts.values.get(ImportField.STATUS, "")
        if status and self._mixed_status and self.statuses.meaning(status) is None:
            texts.add_note(f"{self._mixed_status}: {texts.values.pop(ImportField.STATUS)}")
        if self._rejected and is_date_cell(texts.values.get(ImportField.ENDED_ON, "")):
            texts.ticked.append(self._rejected)
        if texts.ticked or texts.further:
            self._take_latest(texts)
        status = texts.values.get(ImportField.STATUS, "")
        meaning = self.statuses.meaning(status)
        if meaning is None and (told := end_told(status, texts.notes)):
            texts.values[ImportField.STATUS], meaning = told, self.statuses.meaning(told)
        if self._due and meaning and meaning.stage is Stage.INTERVIEWED and not texts.rounds:
            texts.take_due(self._due)
        return read_row(texts, self._date_columns, self.format.source, meaning)

    def _take_latest(self, texts: RowTexts) -> None:
        """Take the latest stage of ticks and statuses; an unknown status that isn't taken is a note."""
        said = [("Status", texts.values.get(ImportField.STATUS, "")), *texts.further]
        first, *others = (text for _, text in said)
        latest = latest_status(first, [*texts.ticked, *others], self.statuses.meaning)
        for header, text in said:
            if text and text != latest and self.statuses.meaning(text) is None:
                texts.add_note(f"{header}: {text}")
        texts.values[ImportField.STATUS] = latest

    def _find_date_columns(self, day_first: bool | None) -> dict[ImportField, DateColumn]:
        self._due = next((one.header for one in self.columns if is_due(one)), "")
        headers: dict[ImportField, str] = {}
        values: dict[str, list[str]] = {}
        for column in self.columns:
            if column.field in _DATE_FIELDS:  # all columns of rounds share one order
                header = headers.setdefault(column.field, column.header)
                cells = self._values(column)
                values.setdefault(header, []).extend(cells)
                self._has_rounds |= column.field is ImportField.INTERVIEW_ON and any(map(is_date_cell, cells))
        for column in (one for one in self.columns if one.field in CONTACT_FIELDS):
            said = [text for text in self._values(column) if holds_rounds(column.field, column.header, text)]
            if said:
                header = headers.setdefault(ImportField.INTERVIEW_ON, column.header)
                values.setdefault(header, []).extend(said)
        read = date_columns(
            self.file.name,
            values,
            zone=self._zone,
            asked=day_first,
            usual=self.format.day_first,
            today=self._today,
            moments=[header for field, header in headers.items() if field in _NEAREST],
            unused=self._unused_values,
        )
        self.date_remarks = [column.remark for column in read.values() if column.remark]
        order = next((one.day_first for one in read.values() if one.day_first is not None), day_first)
        found = {field: read[header] for field, header in headers.items()}
        found[ImportField.STATUS] = DateColumn(ImportField.STATUS, order, self._zone, self._today)
        if self._due:
            found.setdefault(ImportField.INTERVIEW_ON, found[ImportField.ANSWER_BY])
        if self._bare_date and ImportField.INTERVIEW_ON not in found:
            at, applied = self._bare_date.position, found[ImportField.APPLIED_ON]
            statuses = [one.position for one in self.columns if one.field is ImportField.STATUS]
            held = as_interviews(applied, at, self.file.rows, statuses, self.statuses.meaning)
            found[ImportField.INTERVIEW_ON] = held
            if held.is_of_met:
                where = "" if held.is_of_all else " where the status is one"
                self.date_remarks.append(
                    f"{self.file.name}: “{held.header}” has days to come, so it is the interview's{where}."
                )
        if self._ended is not None:
            cells = self._values(self._ended)
            found[ImportField.ENDED_ON] = past_column(self._ended.header, cells, order, self._zone, self._today)
        return found

    def _unused_values(self) -> list[str]:
        used = {column.position for column in self.columns if column.field in _DATE_FIELDS}
        cells = (cell for row in self.file.rows for at, cell in enumerate(row.cells) if at not in used)
        return [cell.strip() for cell in dict.fromkeys(cells)]

    def _has_many_that_wait_only(self) -> bool:
        """Whether many rows wait for a reply and none is said to be applied for, which most of a hunt are.

        A sheet that says who was thanked has stages for what comes after an interview.
        """
        at = next((one.position for one in self.columns if one.field is ImportField.STATUS and not one.group), -1)
        if at < 0:
            return False
        said = Counter(row.cells[at].strip() for row in self.file.rows if len(row.cells) > at)
        meanings = {text: self.statuses.meaning(text) for text in said if text}
        waiting = sum(count for text, count in said.items() if meanings.get(text) == MEANINGS["awaiting"])
        applied = (text for text, meaning in meanings.items() if meaning == MEANINGS["applied"])
        begins_later = MEANINGS["thanked"] in meanings.values()
        return (
            waiting >= _MANY and not begins_later and not any(has_idea(text, "apply", "sent") for text in applied)
        )

    def _values(self, column: CsvColumn) -> list[str]:
        at = column.position
        cells = {row.cells[at]: None for row in self.file.rows if len(row.cells) > at}
        texts = [plain_cell(cell).text for cell in cells]
        if column.field is ImportField.INTERVIEW_ON:  # without what is said beside the day
            return [read_round(entry, (), self._zone)[0] for text in texts for entry in split_entries(text)]
        return [shown_line(line).strip() for text in texts for line in text.split("\n")]
