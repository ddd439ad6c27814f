"""Import applications from CSV files: plan the result of each row, and one change for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import Change
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.stage import Stage
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.columns import CsvColumn, ImportField, match_columns
from followup_tui.exchange.csv_file import CsvFile, CsvRow, read_csv_file
from followup_tui.exchange.dates import DateColumn, date_columns
from followup_tui.exchange.duplicates import KnownApplications, MatchKeys, match_keys
from followup_tui.exchange.formats import CsvFormat, detect_format, get_format
from followup_tui.exchange.plan import CsvSource, ImportPlan, PlannedRow, RowResult
from followup_tui.exchange.records import (
    ImportTarget,
    fill_empty_fields,
    new_application,
    new_contact,
    new_interview,
    new_thank_you,
    stage_remark,
)
from followup_tui.exchange.row import Placement, RowData, RowTexts, choose_placement, read_row

_DATE_FIELDS = (ImportField.APPLIED_ON, ImportField.INTERVIEW_ON, ImportField.THANKED_ON)


def plan_import(
    sources: Sequence[CsvSource],
    *,
    existing: Sequence[Application],
    now: datetime,
    zone: ZoneInfo,
    first_number: int,
    format: str | None = None,
    take_all: bool = False,
    day_first: bool | None = None,
) -> ImportPlan:
    """Return the plan of importing the files into a board with `existing` applications.

    New applications are numbered from `first_number`. `format` is a name of `formats.FORMATS`, or None to detect
    it; `take_all` imports rows without an interview into Awaiting; `day_first` is the order of dates if a column
    doesn't show it. Raises `BadInput` for a file that has no applications, and `AmbiguousDates`.
    """
    forced = get_format(format) if format is not None else None
    plan = _Import(existing, now.astimezone(UTC), zone, first_number, take_all)
    remarks: list[str] = []
    for source in sources:
        file = read_csv_file(source)
        reader = _FileReader(file, forced or detect_format(file.headers), zone, day_first)
        remarks += [*file.remarks, *reader.remarks]
        plan.add_file(reader)
    return ImportPlan(
        tuple(plan.rows), plan.change([source.name for source in sources]), plan.dropped, tuple(remarks)
    )


class _FileReader:
    """A CSV file with the fields of its columns."""

    def __init__(self, file: CsvFile, format: CsvFormat, zone: ZoneInfo, day_first: bool | None) -> None:
        self.file = file
        self.format = format
        self.columns = match_columns(file.headers, format.normalized_overrides())
        self._zone = zone
        self.has_status_column = any(column.field is ImportField.STATUS for column in self.columns)
        self._date_columns = self._find_date_columns(day_first)
        self._header = [cell.strip() for cell in file.headers]

    @property
    def remarks(self) -> list[str]:
        """A sentence about the columns that are ignored."""
        taken = {column.position for column in self.columns}
        ignored = [shown_line(header).strip() for i, header in enumerate(self.file.headers) if i not in taken]
        named = ", ".join(header for header in ignored if header)
        return [f"{self.file.name}: nothing is taken from the columns {named}."] if named else []

    def clean(self, row: CsvRow) -> RowTexts:
        """Return the cleaned cells of a row. Raises `BadInput` if the row is damaged."""
        if row.error:
            raise BadInput(row.error)
        width = len(self._header)
        if len(row.cells) > width and any(cell.strip() for cell in row.cells[width:]):
            raise BadInput(
                f"The row has {len(row.cells)} cells where the header has {width}: does a cell with a comma"
                " or semicolon lack its quotation marks?"
            )
        return RowTexts(row.cells, self.columns)

    def read(self, texts: RowTexts) -> RowData:
        """Return the values in a row. Raises `BadInput` without company or role, or if a value is invalid."""
        for field in (ImportField.COMPANY, ImportField.ROLE):
            if field not in texts.values and texts.error is None:
                raise BadInput(f"The row names no {field}.", field)
        return read_row(texts, self._date_columns, self.format.source)

    def skip_reason(self, row: CsvRow) -> str:
        """Return why the row is no application, or an empty text."""
        if row.error:
            return ""
        if not any(map(str.strip, row.cells)):
            return "The row is empty."
        same = row.cells[0].strip() == self._header[0] and [c.strip() for c in row.cells] == self._header
        return "The row repeats the header." if same else ""

    def _find_date_columns(self, day_first: bool | None) -> dict[ImportField, DateColumn]:
        columns = [column for column in self.columns if column.field in _DATE_FIELDS]
        read = date_columns(
            self.file.name,
            {column.header: self._values(column) for column in columns},
            zone=self._zone,
            asked=day_first,
            usual=self.format.day_first,
        )
        return {column.field: read[column.header] for column in columns}

    def _values(self, column: CsvColumn) -> list[str]:
        at = column.position
        cells = {row.cells[at]: None for row in self.file.rows if len(row.cells) > at}
        return [shown_line(cell).strip() for cell in cells]


class _Import:
    """An import in progress: the known applications and the rows planned so far."""

    def __init__(
        self, existing: Sequence[Application], now: datetime, zone: ZoneInfo, first_number: int, take_all: bool
    ) -> None:
        self.rows: list[PlannedRow] = []
        self.dropped = 0
        self._now, self._zone, self._take_all = now, zone, take_all
        self._next_number = first_number
        self._known = KnownApplications()
        self._stored = {application.id: application for application in existing}
        self._targets: dict[str, ImportTarget] = {}
        for application in sorted(existing, key=lambda each: each.number):
            keys = match_keys(application.company, application.role, application.url)
            self._known.add(keys, application.id)

    def add_file(self, reader: _FileReader) -> None:
        """Plan every row of a file."""
        for row in reader.file.rows:
            self.rows.append(self._plan_row(reader, row))

    def _plan_row(self, reader: _FileReader, row: CsvRow) -> PlannedRow:
        file, line = reader.file.name, row.line
        why = reader.skip_reason(row)
        if why:
            return PlannedRow(file, line, "", "", RowResult.SKIPPED, why)
        texts = None
        try:
            texts = reader.clean(row)
            data = reader.read(texts)
            placement = choose_placement(
                data,
                has_status_column=reader.has_status_column,
                no_status_reason=reader.format.no_status_reason,
                take_all=self._take_all,
            )
        except BadInput as error:
            company, role = (
                texts.values.get(field, "") if texts else "" for field in (ImportField.COMPANY, ImportField.ROLE)
            )
            return PlannedRow(file, line, company, role, RowResult.ERROR, error.sentence)
        if placement.stage is None:
            return PlannedRow(file, line, data.company, data.role, RowResult.SKIPPED, placement.why)
        result, why, stage = self._add_or_merge(data, placement, f"line {line} of {file}")
        return PlannedRow(file, line, data.company, data.role, result, why, stage)

    def _add_or_merge(self, data: RowData, placement: Placement, origin: str) -> tuple[RowResult, str, Stage]:
        keys = match_keys(data.company, data.role, data.url)
        found = self._known.find(keys)
        if found is None:
            target = self._add(data, placement, origin)
            self._known.add(keys, target.application.id)
            return RowResult.NEW, f"Goes to {placement.description()}: {placement.why}.", target.application.stage
        application_id, by = found
        target = self._targets.get(application_id) or ImportTarget(
            self._stored[application_id], self._stored[application_id]
        )
        filled = self._fill(target, keys, data)
        self._known.add(keys, application_id)
        what = f": adds {_join(filled)}." if filled else ", and nothing new in it."
        why = f"Same {by} as {target.name()}{what}{stage_remark(target.application, placement)}"
        return RowResult.MERGED if filled else RowResult.SAME, why, target.application.stage

    def _add(self, data: RowData, placement: Placement, origin: str) -> ImportTarget:
        application = new_application(data, placement, self._next_number, self._now, self._zone)
        interview = new_interview(application, data, self._zone)
        children = (
            new_contact(application, data),
            interview,
            new_thank_you(application, interview, data, self._zone),
        )
        target = ImportTarget(None, application, origin, [row for row in children if row is not None])
        self._next_number += 1
        self._targets[application.id] = target
        self.dropped += data.dropped
        return target

    def _fill(self, target: ImportTarget, keys: MatchKeys, data: RowData) -> list[str]:
        filled = fill_empty_fields(
            target, data, link_is_free=self._known.owner(keys.link) is None, zone=self._zone
        )
        if filled:
            self._targets[target.application.id] = target
            self.dropped += data.dropped
        return filled

    def change(self, names: Sequence[str]) -> Change | None:
        """Return one change for all rows, or None if nothing changes."""
        if not self._targets:
            return None
        new = sum(target.before is None for target in self._targets.values())
        edits = tuple(edit for target in self._targets.values() for edit in target.edits())
        return Change(
            verb="import", label=_change_label(new, len(self._targets) - new, names), at=self._now, edits=edits
        )


def _change_label(new: int, merged: int, names: Sequence[str]) -> str:
    origin = shown_line(names[0]) if len(names) == 1 else f"{len(names)} files"
    counted = f"{new or merged} application{'' if (new or merged) == 1 else 's'}"
    if not new:
        return f"Filled in {counted} from {origin}"
    return f"Imported {counted} from {origin}" + (f", filled in {merged}" if merged else "")


def _join(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
