"""An import before it is written: what would become of each row, and how its columns and statuses are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.format import plural
from followup_tui.domain.model.text import clean_line, shown_line
from followup_tui.domain.model.zones import iana_zone
from followup_tui.exchange.plan import RESULT_WORDS as RESULT_WORDS
from followup_tui.exchange.plan import Accept, ImportSource
from followup_tui.exchange.plan import AmbiguousDates as AmbiguousDates
from followup_tui.exchange.plan import ImportPlan as ImportPlan
from followup_tui.exchange.plan import NeedsZone as NeedsZone
from followup_tui.exchange.plan import PlannedRow as PlannedRow
from followup_tui.exchange.plan import RowResult as RowResult
from followup_tui.exchange.plan import count_results as count_results
from followup_tui.exchange.plan import describe_change as describe_change
from followup_tui.exchange.plan import describe_counts as describe_counts
from followup_tui.exchange.plan import describe_remarked as describe_remarked
from followup_tui.exchange.plan import describe_tally as describe_tally
from followup_tui.exchange.sheets.column_match import CsvColumn
from followup_tui.exchange.sheets.columns import FIELD_NAMES, ImportField
from followup_tui.exchange.sheets.contents import sheet_columns
from followup_tui.exchange.sheets.formats import NO_WORDS, HandWords, detect_format, status_key
from followup_tui.exchange.sheets.sheet_files import is_workbook, read_tables
from followup_tui.exchange.sheets.statuses import MEANINGS, meaning_name, status_meaning
from followup_tui.exchange.sheets.table import MissingColumns as MissingColumns
from followup_tui.exchange.sheets.table import Table
from followup_tui.exchange.source_kind import SourceKind, kind_of
from followup_tui.tracker.clock import now
from followup_tui.tracker.import_choices import InvitationWishes, remembered_words
from followup_tui.tracker.imports import ImportOptions, import_sources, read_sources
from followup_tui.tracker.imports import ImportResult as ImportResult

if TYPE_CHECKING:
    from followup_tui.server_address import Place

SIGNS: Mapping[RowResult, str] = {
    RowResult.NEW: "+",
    RowResult.MERGED: "~",
    RowResult.SAME: "=",
    RowResult.SKIPPED: "-",
    RowResult.ERROR: "!",
}
READ_OR_NOT = ("read", "leave out")
"""What a sheet of a workbook can be, by name."""
NOTHING = "nothing"
"""The name of the field of a column that is ignored."""


class MappingItem(NamedTuple):
    """A column, status or sheet: its text, an example or its number of rows, and by name what it is read as.

    `name` is empty for a status that isn't known.
    """

    text: str
    example: str
    name: str


class ImportPreview:
    """The files of one import with how they are read; `plan` may be asked for again after every change.

    Reading, planning and writing take a while for long files: not on the thread that draws.
    """

    def __init__(
        self,
        place: Place,
        names: Sequence[str],
        *,
        zone: ZoneInfo,
        settings_place: Path | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.names = tuple(names)
        # What is written was shown before: that is the confirmation of what was guessed from invitations.
        self.options = ImportOptions(invitations=InvitationWishes(accept=Accept.EVERYTHING))
        self._place, self._zone, self._settings_place, self._clock = place, zone, settings_place, clock
        self._sources: list[ImportSource] = []
        self._remembered = NO_WORDS
        self._sheets: dict[str, str] = {}

    @property
    def title(self) -> str:
        """The name of the file without its folder, safe to show; of several, how many there are."""
        if len(self.names) > 1:
            return plural(len(self.names), "file")
        return shown_line(self.names[0].rpartition("/")[2])

    def plan(self) -> ImportPlan:
        """Return what would become of each row; the files are read once. Raises what `import_sources` raises."""
        if not self._sources:  # without their folders, which the journal and the remarks have no room for
            sources = read_sources(self.names, None)
            self._sources = [replace(source, name=source.name.rpartition("/")[2]) for source in sources]
        self._remembered = remembered_words(self._settings_place).words
        return self._import(is_dry_run=True).plan

    def write(self) -> ImportResult:
        """Import as one change; the plan is made again, on the board as it is by then."""
        return self._import(is_dry_run=False)

    def _import(self, *, is_dry_run: bool) -> ImportResult:
        return import_sources(
            self._place,
            self._sources,
            replace(self.options, is_dry_run=is_dry_run),
            zone=self._zone,
            clock=self._clock,
            settings_place=self._settings_place,
        )

    # How it is read

    def read_all(self, take_all: bool) -> None:
        """Take rows without an interview too, or leave them out."""
        self.options = replace(self.options, take_all=take_all)

    def read_days(self, day_first: bool | None) -> None:
        """Read dates with the day first, or the month; None as each column tells."""
        self.options = replace(self.options, day_first=day_first)

    def read_columns(self, names: Mapping[str, str]) -> None:
        """Read columns, by their headers, as fields of these names."""
        self.options = replace(self.options, words=self.options.words | HandWords(columns=names))

    def read_statuses(self, names: Mapping[str, str]) -> None:
        """Read statuses as meanings of these names."""
        self.options = replace(self.options, words=self.options.words | HandWords(statuses=names))

    def read_zone(self, name: str, typed: str) -> None:
        """Read times of a zone's name, or without one, in a zone. Raises `BadInput` for one that doesn't exist."""
        zones = (*self.options.invitations.zones, f"{name}={iana_zone(typed.strip()).key}")
        self.options = replace(self.options, invitations=replace(self.options.invitations, zones=zones))

    def read_employer(self, typed: str) -> None:
        """Read an invitation as one of "company, role", or of the application with a number."""
        belongs_to, company, role = "", "", ""
        if typed.strip().removeprefix("#").isdecimal():
            belongs_to = typed.strip()
        else:
            company, _, role = (part.strip() for part in clean_line(typed, "company").text.partition(","))
        wishes = replace(self.options.invitations, belongs_to=belongs_to, company=company, role=role)
        self.options = replace(self.options, invitations=wishes)

    def read_role(self, typed: str) -> None:
        """Read rows without a role as of this one; an empty one leaves them out."""
        wishes = replace(self.options.invitations, role=clean_line(typed, "role").text)
        self.options = replace(self.options, invitations=wishes)

    def read_sheets(self, names: Mapping[str, str]) -> None:
        """Read these of the `sheets`, or leave them out; without any, the best ones are read."""
        self._sheets |= names
        chosen = tuple(sheet for sheet, name in self._sheets.items() if name == READ_OR_NOT[0])
        self._sources = [
            replace(source, sheets=chosen) if is_workbook(source.content) else source for source in self._sources
        ]

    @property
    def role(self) -> str:
        """The role of rows without one; empty as long as they are left out."""
        return self.options.invitations.role

    @property
    def _words(self) -> HandWords:
        """All that was said by hand, now and before."""
        return self._remembered | self.options.words

    @property
    def has_sheets(self) -> bool:
        """Whether one of the files is a sheet."""
        return any(kind_of(source) is SourceKind.SHEET for source in self._sources)

    @property
    def has_workbook(self) -> bool:
        """Whether one of the files may have several sheets."""
        return any(is_workbook(source.content) for source in self._sources)

    @property
    def has_invitations(self) -> bool:
        """Whether one of the files is an invitation, or a card of somebody who may belong to any application."""
        invitations = (SourceKind.CARDS, SourceKind.CALENDAR, SourceKind.MAIL)
        return any(kind_of(source) in invitations for source in self._sources)

    @property
    def field_names(self) -> tuple[str, ...]:
        """What a column can be read as, by name."""
        return tuple(dict.fromkeys(map(_field_name, (*ImportField, None))))

    @property
    def meaning_names(self) -> tuple[str, ...]:
        """What a status can be read as, by name."""
        return tuple(MEANINGS)

    def sheets(self) -> list[MappingItem]:
        """Return every sheet of a workbook that has rows, and whether it is read; nothing of other files."""
        workbooks = [source for source in self._sources if is_workbook(source.content)]
        for source in workbooks:
            sheets = self._tables_of(replace(source, sheets=()))[0].sheets
            self._sheets = {sheet: READ_OR_NOT[not is_read] for sheet, is_read in sheets.items()} | self._sheets
        return [MappingItem(sheet, "", name) for sheet, name in self._sheets.items()]

    def columns(self) -> list[MappingItem]:
        """Return every column of the sheets with its first cell that isn't empty, and the field that it fills."""
        items: list[MappingItem] = []
        for table in self._tables():
            fields = {column.position: column.field for column in self._match(table)}
            listed = {item.text for item in items}  # from another sheet
            for position, header in enumerate(table.headers):
                if header.strip() and header not in listed:
                    example = next(filter(None, _cells(table, position)), "")
                    items.append(MappingItem(header, example, _field_name(fields.get(position))))
        return items

    def statuses(self) -> list[MappingItem]:
        """Return every status of the sheets with its number of rows, and what it means.

        Those that aren't understood come first, then those of the most rows.
        """
        counts: Counter[str] = Counter()
        for table in self._tables():
            for column in self._match(table):
                if column.field is ImportField.STATUS:
                    counts.update(filter(None, _cells(table, column.position)))
        by_hand = {status_key(status): name for status, name in self._words.statuses.items()}
        items = [
            MappingItem(status, plural(count, "row"), by_hand.get(status_key(status)) or _meaning_name(status))
            for status, count in counts.most_common()
        ]
        return sorted(items, key=lambda item: bool(item.name))

    def _tables(self) -> list[Table]:
        sheets = [source for source in self._sources if kind_of(source) is SourceKind.SHEET]
        return [table for source in sheets for table in self._tables_of(source)]

    def _tables_of(self, source: ImportSource) -> list[Table]:
        """The sheets; one whose columns for company and role are not known yet has its first line and no rows."""
        try:
            return read_tables(source, self._words.overrides())
        except MissingColumns as error:
            return [Table(source.name, error.headers, (), ())]

    def _match(self, table: Table) -> Sequence[CsvColumn]:
        overrides = detect_format(table.headers).overrides_of(table.headers) | self._words.overrides()
        return sheet_columns(table, overrides)


def _cells(table: Table, position: int) -> list[str]:
    return [shown_line(row.cells[position]).strip() for row in table.rows if len(row.cells) > position]


def _field_name(field: ImportField | None) -> str:
    return next(name for name, named in FIELD_NAMES.items() if named is field)


def _meaning_name(status: str) -> str:
    """The name of what a status means by itself; empty where it isn't known."""
    meaning = status_meaning(status)
    return meaning_name(meaning) if meaning is not None else ""


def needs_look(row: PlannedRow) -> bool:
    """Whether a row isn't plain: it has a remark or an unknown status, or can't be read."""
    return row.is_remarked or row.result is RowResult.ERROR


def is_same_plan(shown: ImportPlan, written: ImportPlan) -> bool:
    """Whether what was written is what was shown: somebody else can change the board in between."""
    return [(row.line, row.result) for row in shown.rows] == [(row.line, row.result) for row in written.rows]
