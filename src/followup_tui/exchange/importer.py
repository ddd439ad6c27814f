"""Import of applications from CSV sheets: a plan of what each row becomes, and the one change that does it."""

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
from followup_tui.exchange.row import Placement, RowData, RowTexts, placement_of, read_row

_DAYS = (ImportField.APPLIED_ON, ImportField.INTERVIEW_ON, ImportField.THANKED_ON)


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
    """What importing the files would do to a board that holds `existing`.

    New applications are numbered from `first_number`. `format` is a name of `formats.FORMATS` (else each file's
    headers tell), `take_all` takes rows without an interview into Awaiting, `day_first` is the order of dates
    where a column doesn't tell it by itself. Raises `BadInput` for a file that is no sheet of applications, and
    `AmbiguousDates`; then nothing goes in.
    """
    forced = get_format(format) if format is not None else None
    run = _Run(existing, now.astimezone(UTC), zone, first_number, take_all)
    remarks: list[str] = []
    for source in sources:
        sheet = read_csv_file(source)
        kind = forced or detect_format(sheet.headers)
        reader = _SheetReader(sheet, kind, zone, day_first)
        remarks += [*sheet.remarks, *reader.remarks]
        run.take(reader)
    return ImportPlan(
        tuple(run.rows), run.change([source.name for source in sources]), run.dropped, tuple(remarks)
    )


class _SheetReader:
    """A sheet with what its columns mean."""

    def __init__(self, sheet: CsvFile, kind: CsvFormat, zone: ZoneInfo, day_first: bool | None) -> None:
        self.sheet = sheet
        self.kind = kind
        self.columns = match_columns(sheet.headers, kind.normalized_overrides())
        self._zone = zone
        self.status_told = any(column.field is ImportField.STATUS for column in self.columns)
        self._days = self._day_columns(day_first)
        self._header = [cell.strip() for cell in sheet.headers]

    @property
    def remarks(self) -> list[str]:
        """A sentence about the columns that nothing is taken from."""
        taken = {column.position for column in self.columns}
        left = [shown_line(header).strip() for i, header in enumerate(self.sheet.headers) if i not in taken]
        named = ", ".join(header for header in left if header)
        return [f"{self.sheet.name}: nothing is taken from the columns {named}."] if named else []

    def texts(self, record: CsvRow) -> RowTexts:
        """The cleaned cells of a row. Raises `BadInput` where it is no row of this table."""
        if record.trouble:
            raise BadInput(record.trouble)
        width = len(self._header)
        if len(record.cells) > width and any(cell.strip() for cell in record.cells[width:]):
            raise BadInput(
                f"The row has {len(record.cells)} cells where the header has {width}: does a cell with a comma"
                " or semicolon lack its quotation marks?"
            )
        return RowTexts(record.cells, self.columns)

    def entry(self, texts: RowTexts) -> RowData:
        """What the row says. Raises `BadInput` where it names no company or role, or a day can't be read."""
        for field in (ImportField.COMPANY, ImportField.ROLE):
            if field not in texts.said and texts.trouble is None:
                raise BadInput(f"The row names no {field}.", field)
        return read_row(texts, self._days, self.kind.source)

    def left_out(self, record: CsvRow) -> str:
        """Why the row is no application at all; empty where it is one."""
        if record.trouble:
            return ""
        if not any(map(str.strip, record.cells)):
            return "The row is empty."
        same = record.cells[0].strip() == self._header[0] and [c.strip() for c in record.cells] == self._header
        return "The row repeats the header." if same else ""

    def _day_columns(self, day_first: bool | None) -> dict[ImportField, DateColumn]:
        columns = [column for column in self.columns if column.field in _DAYS]
        read = date_columns(
            self.sheet.name,
            {column.header: self._values(column) for column in columns},
            zone=self._zone,
            asked=day_first,
            usual=self.kind.day_first,
        )
        return {column.field: read[column.header] for column in columns}

    def _values(self, column: CsvColumn) -> list[str]:
        at = column.position
        cells = {record.cells[at]: None for record in self.sheet.records if len(record.cells) > at}
        return [shown_line(cell).strip() for cell in cells]


class _Run:
    """An import under way: what is known by now, and what has become of the rows so far."""

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
            names = match_keys(application.company, application.role, application.url)
            self._known.add(names, application.id)

    def take(self, reader: _SheetReader) -> None:
        """Every row of a sheet, in its order."""
        for record in reader.sheet.records:
            self.rows.append(self._row(reader, record))

    def _row(self, reader: _SheetReader, record: CsvRow) -> PlannedRow:
        file, line = reader.sheet.name, record.line
        why = reader.left_out(record)
        if why:
            return PlannedRow(file, line, "", "", RowResult.SKIPPED, why)
        texts = None
        try:
            texts = reader.texts(record)
            entry = reader.entry(texts)
            place = placement_of(
                entry,
                status_told=reader.status_told,
                silence=reader.kind.no_status_reason,
                take_all=self._take_all,
            )
        except BadInput as error:
            company, role = (
                texts.said.get(field, "") if texts else "" for field in (ImportField.COMPANY, ImportField.ROLE)
            )
            return PlannedRow(file, line, company, role, RowResult.ERROR, error.sentence)
        if place.stage is None:
            return PlannedRow(file, line, entry.company, entry.role, RowResult.SKIPPED, place.why)
        result, why, stage = self._placed(entry, place, f"line {line} of {file}")
        return PlannedRow(file, line, entry.company, entry.role, result, why, stage)

    def _placed(self, entry: RowData, place: Placement, told: str) -> tuple[RowResult, str, Stage]:
        names = match_keys(entry.company, entry.role, entry.url)
        found = self._known.find(names)
        if found is None:
            target = self._new(entry, place, told)
            self._known.add(names, target.application.id)
            return RowResult.NEW, f"Goes to {place.told()}: {place.why}.", target.application.stage
        bearer, by = found
        target = self._targets.get(bearer) or ImportTarget(self._stored[bearer], self._stored[bearer])
        filled = self._fill(target, names, entry)
        self._known.add(names, bearer)
        what = f": adds {_listed(filled)}." if filled else ", and nothing new in it."
        why = f"Same {by} as {target.name()}{what}{stage_remark(target.application, place)}"
        return RowResult.MERGED if filled else RowResult.SAME, why, target.application.stage

    def _new(self, entry: RowData, place: Placement, told: str) -> ImportTarget:
        application = new_application(entry, place, self._next_number, self._now, self._zone)
        interview = new_interview(application, entry, self._zone)
        made = (
            new_contact(application, entry),
            interview,
            new_thank_you(application, interview, entry, self._zone),
        )
        target = ImportTarget(None, application, told, [row for row in made if row is not None])
        self._next_number += 1
        self._targets[application.id] = target
        self.dropped += entry.dropped
        return target

    def _fill(self, target: ImportTarget, names: MatchKeys, entry: RowData) -> list[str]:
        filled = fill_empty_fields(
            target, entry, link_is_free=self._known.owner(names.link) is None, zone=self._zone
        )
        if filled:
            self._targets[target.application.id] = target
            self.dropped += entry.dropped
        return filled

    def change(self, names: Sequence[str]) -> Change | None:
        """All that the rows do, as one change; None where they do nothing."""
        if not self._targets:
            return None
        new = sum(target.before is None for target in self._targets.values())
        edits = tuple(edit for target in self._targets.values() for edit in target.edits())
        return Change(verb="import", label=_label(new, len(self._targets) - new, names), at=self._now, edits=edits)


def _label(new: int, merged: int, names: Sequence[str]) -> str:
    origin = shown_line(names[0]) if len(names) == 1 else f"{len(names)} files"
    counted = f"{new or merged} application{'' if (new or merged) == 1 else 's'}"
    if not new:
        return f"Filled in {counted} from {origin}"
    return f"Imported {counted} from {origin}" + (f", filled in {merged}" if merged else "")


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
