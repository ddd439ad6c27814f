"""The dates of one row, those of its interviews with what their cells say besides, and which its status calls off.

And a column that is only called "Date", read as that of the interviews where the rows around tell that it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

from followup_tui.domain.model.application import Stage
from followup_tui.domain.model.contact import Person, with_newcomers
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shorten
from followup_tui.exchange.entries import split_entries
from followup_tui.exchange.round_cell import NO_DETAILS, RoundDetails, known_people, read_round
from followup_tui.exchange.sheets.called_off import called_off_number, is_called_off, is_surely_off
from followup_tui.exchange.sheets.columns import ImportField, says_any_change
from followup_tui.exchange.sheets.date_cell import is_time
from followup_tui.exchange.sheets.date_column import (
    DateColumn,
    DateValue,
    EitherDay,
    in_time,
    is_no_date,
)
from followup_tui.exchange.sheets.row_texts import RowTexts
from followup_tui.exchange.sheets.status_dates import StatusDays, days_named, names_date
from followup_tui.exchange.sheets.statuses import MEANINGS, StatusMeaning, status_meaning
from followup_tui.exchange.sheets.table import TableRow

ReadRound = tuple[DateValue, RoundDetails]
"""When an interview is, and what its cell says of it besides."""


class RowDates:
    """The dates of a row, and the remarks about them; what a cell says besides its date goes into the notes.

    `about` says more of interviews than their date, `cancelled` are those that were called off.
    """

    def __init__(self, texts: RowTexts, columns: Mapping[ImportField, DateColumn]) -> None:
        """Begin without remarks."""
        self.remarks: list[str] = []
        self.about: tuple[ReadRound, ...] = ()
        self.cancelled: tuple[ReadRound, ...] = ()
        self._texts = texts
        self._columns = columns

    def any(self, field: ImportField) -> DateValue | None:
        """Return the date of an unimportant field; one that can't be read is remarked and kept in the notes."""
        column, text = self._columns.get(field), self._texts.values.get(field, "")
        if column is None or not text:
            return None
        try:
            found = column.read(text)
        except BadInput as error:
            self._keep(column, text, error)
            return None
        return self._noted(column, text, [found] if found else [])[0] if found else None

    def applied(
        self, meaning: StatusMeaning | None, rounds: tuple[DateValue, ...]
    ) -> tuple[DateValue | None, tuple[DateValue, ...]]:
        """Return the day of applying, and the interviews with one that a bare "Date" says beside such a status.

        A day to come is never the day of applying: it is kept in the notes, unless it is the interview's.
        """
        column, text = (
            self._columns.get(ImportField.APPLIED_ON),
            self._texts.values.get(ImportField.APPLIED_ON, ""),
        )
        other = self._columns.get(ImportField.INTERVIEW_ON)
        if column is None or not text:
            return None, rounds
        was_met = meaning is not None and meaning.stage in (Stage.INTERVIEWED, Stage.THANKED)
        if other and other.header == column.header and (was_met or other.is_of_all):
            with suppress(BadInput):  # a date that can't be read is remarked below
                held = other.read(text)
                is_held = other.is_of_all or (was_met and other.is_of_met)
                if held and (is_held or (held.at and other.has_moments) or _is_to_come(held, other)):
                    return None, tuple(sorted((*rounds, *self._noted(other, text, [held])), key=in_time))
        found = self.any(ImportField.APPLIED_ON)
        if found is None or not _is_to_come(found, column):
            return found, rounds
        self._texts.add_note(f"{column.header}: {text}")
        self.remarks.append(
            f"“{shorten(text)}” under “{column.header}” is still to come, so it isn't the day of applying; it is"
            " kept in the notes."
        )
        return None, rounds

    def with_end(self, days: StatusDays, meaning: StatusMeaning | None, before: Sequence[date]) -> StatusDays:
        """Return the days with that of the column of ends, unless the status tells one; else it is a note."""
        column, text = self._columns.get(ImportField.ENDED_ON), self._texts.values.get(ImportField.ENDED_ON, "")
        if column is None or is_no_date(text):
            return days
        is_vague = says_any_change(column.header)
        is_over = meaning is not None and meaning.stage is Stage.MOVED_ON
        if is_over or (meaning is not None and meaning.is_offer and not is_vague):
            found = self.any(ImportField.ENDED_ON)
            if found is None or found.day == days.happened_on:
                return days
            fits = max(before, default=found.day) <= found.day <= (column.today or found.day)
            if fits and days.happened_on is None:
                return days._replace(happened_on=found.day)
        if not is_vague:
            self._texts.add_note(f"{column.header}: {text}")
        return days

    @property
    def zone(self) -> ZoneInfo:
        """The zone of hours without one."""
        return self._columns[ImportField.STATUS].zone

    def rounds(
        self, people: Sequence[Person], meaning: StatusMeaning | None
    ) -> tuple[tuple[DateValue, ...], tuple[Person, ...]]:
        """Return the interviews in the order of time, and all people, those who are only named there at the end.

        Raises `BadInput` for a date that can't be read where the status doesn't say how far things are, or that
        could be two days.
        """
        is_told = meaning is not None and meaning.stage is not None
        column = self._columns.get(ImportField.INTERVIEW_ON)
        found: dict[DateValue, RoundDetails] = {}
        cancelled: dict[DateValue, RoundDetails] = {}
        entries = [(entry, cell.people) for cell in self._texts.rounds for entry in split_entries(cell.text)]
        for entry, met in entries if column else ():
            assert column is not None, "without a column there are no entries"
            part, told = read_round(entry, people, column.zone)
            if met and not told.people:
                told = told._replace(people=known_people(people, met))
            try:
                values = column.read_all(part)
            except BadInput as error:
                if isinstance(error, EitherDay) or (any(map(str.isdigit, part)) and not is_told):
                    raise
                self._keep(column, entry, error)  # "booked", "by phone": how it is, not when
                continue
            for value in self._noted(column, entry, values):
                (cancelled if told.is_cancelled else found)[value] = told
        self.about = tuple((value, told) for value, told in found.items() if told != NO_DETAILS)
        self.cancelled = tuple(cancelled.items())
        everybody = tuple(people)
        for _, told in (*self.about, *self.cancelled):
            everybody = with_newcomers(everybody, told.people)
        return tuple(sorted(found, key=in_time)), everybody

    def _keep(self, column: DateColumn, text: str, error: BadInput) -> None:
        self.remarks.append(f"{error.sentence} It is kept in the notes.")
        self._texts.add_note(f"{column.header}: {text}")

    def _noted(self, column: DateColumn, text: str, values: Sequence[DateValue]) -> Sequence[DateValue]:
        remarks = [value.remark for value in values if value.remark]
        if not remarks:
            return values
        self._texts.add_note(f"{column.header}: {text}")
        self.remarks += remarks
        return [value._replace(remark="") for value in values]


def _is_to_come(found: DateValue, column: DateColumn) -> bool:
    return column.today is not None and found.day > column.today


_MET = (Stage.INTERVIEWED, Stage.THANKED)

_Meaning = Callable[[str], StatusMeaning | None]


def as_interviews(
    column: DateColumn, position: int, rows: Sequence[TableRow], statuses: Sequence[int], meaning: _Meaning
) -> DateColumn:
    """Return the column at a position as the interviews'; hours in all of its cells may be a program's.

    `statuses` are the positions of the statuses, of which `meaning` tells what they mean.
    """
    said = {row.cells[at].strip() for row in rows for at in statuses if len(row.cells) > at}
    meanings = [meaning(text) for text in said if text]
    are_interviews = all(each and each.stage is Stage.INTERVIEWED for each in meanings)
    is_by_hand = are_interviews or any(not is_time(cell.start) for cell in column.cells.values())
    ahead = column.cells_to_come()
    found = [row for row in rows if len(row.cells) > position and row.cells[position].strip() in ahead]
    is_of_met = bool(found) and all(_tells_of_interview(row, statuses, meaning) for row in found)
    return DateColumn(
        column.header,
        column.day_first,
        column.zone,
        column.today,
        has_moments=is_by_hand,
        is_of_met=is_of_met,
        is_of_all=is_of_met and not statuses,
    )


def _tells_of_interview(row: TableRow, statuses: Sequence[int], meaning: _Meaning) -> bool:
    """Whether each status of a row is that of an interview; in a sheet without statuses there may be one."""
    said = [row.cells[at].strip() for at in statuses if len(row.cells) > at and row.cells[at].strip()]
    is_told = bool(said) == bool(statuses)
    return is_told and all((each := meaning(text)) is not None and each.stage in _MET for text in said)


_TO_DAY = re.compile(r"(?i)\b(?:to|until|auf|zum|au|al|para|naar|na)\s+(?:\w+\W+){0,2}\d")
"""A new day behind what was called off: "moved to Fri 27.11."."""
_POSTPONED = NO_DETAILS._replace(is_postponed=True)


def without_called_off(
    texts: RowTexts, status: str, rounds: tuple[DateValue, ...], column: DateColumn
) -> tuple[tuple[DateValue, ...], tuple[ReadRound, ...]]:
    """Return the interviews of a row without those that its status calls off, and these.

    That is the one whose day the status names, or the last. Of a postponed one a day to come may be the new one
    already: it stays, as long as no earlier sheet had it, and is remarked.
    """
    if not rounds or not is_called_off(status) or status_meaning(status) not in (None, MEANINGS["interviewed"]):
        return rounds, ()
    named = days_named(status, column) if names_date(status) else []
    if named and _TO_DAY.search(status):
        *named, new = named
        rest = [each for each in rounds if each.day != new]
        off = [each for each in rest if each.day in named] or rest[-1:]
        return tuple(each for each in rounds if each not in off), _cancelled(off)
    off = [each for each in rounds if each.day in named] or ([] if named else list(rounds[-1:]))
    if not named and called_off_number(status) > len(rounds):
        off = []
    if not off:
        texts.remarks.append(f"Status “{shorten(status)}” calls off an interview whose day the sheet doesn't say.")
        return rounds, ()
    is_ahead = column.today is not None and off[-1].day > column.today
    if is_ahead and not is_surely_off(status):
        texts.remarks.append(
            f"Status “{shorten(status)}” doesn't say whether {off[-1].day.isoformat()} is the old day or the new."
        )
        return rounds, tuple((each, _POSTPONED) for each in off)
    return tuple(each for each in rounds if each not in off), _cancelled(off)


def _cancelled(off: Sequence[DateValue]) -> tuple[ReadRound, ...]:
    told: RoundDetails = NO_DETAILS._replace(is_cancelled=True)
    return tuple((each, told) for each in off)
