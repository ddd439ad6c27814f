"""Dates in columns, whether the day or the month comes first in a column, and the days in a status."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.domain.format import format_full_day
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shorten
from followup_tui.domain.model.zones import SEASONAL, zone_name
from followup_tui.domain.parsing.times import Hour
from followup_tui.exchange.plan import AmbiguousDates
from followup_tui.exchange.sheets.columns import normalize_header
from followup_tui.exchange.sheets.date_cell import CellDate, disagreement, has_zone, is_time, read_cell

NO_DATE = frozenset(
    {"", "yes", "no", "y", "n", "true", "false", "x", "ja", "nein", "oui", "non", "none", "null", "nan", "na"}
    | {"si", "sí", "nee", "done", "ok", "sent", "passed", "failed", "completed"}
)
"""Cells in date columns that hold no date, normalized as headers are: punctuation alone is ""."""
DATE_PENDING = frozenset(
    {"tbd", "tba", "tbc", "pending", "unknown", "notyet", "asap", "offen", "tobescheduled", "tobeconfirmed"}
    | {"tobedetermined", "tobeannounced", "notscheduled", "notscheduledyet", "waiting", "scheduling", "nochoffen"}
)
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_MIDNIGHTS = 3
"""Midnights in UTC after which a column without any other time is one of days."""
_DIGITS = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2,4}")
_SEPARATORS = re.compile(r"\s*(?:[;&+\n]|\band\b|\bund\b|\bet\b|\by\b|,(?=\s)|\s/\s)\s*", re.IGNORECASE)


class EitherDay(BadInput):
    """A cell could be two days, and only the user knows which order its column has."""


class DateValue(NamedTuple):
    """A day, and the instant in UTC if the cell has a time of day too.

    `ends_at` is an instant in UTC. `zone` names the zone that the cell says, as `When.zone` does, or is empty;
    `remark` is a finished sentence about what the cell says besides, or empty.
    """

    day: date
    at: datetime | None = None
    ends_at: datetime | None = None
    zone: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of dates; `day_first` is None if the order is unknown or the values contradict each other.

    `is_past` says that a date without a year has passed, and without `today` such a date is refused.
    `has_moments` says that a midnight with a zone is a time of day, not how a program writes a mere day.
    `remark` names the cells that contradict the order, or is empty. `dots_day_first` is the order of dates with
    dots, which those with slashes say nothing about. `cells` are those that were read to find the order.
    `is_of_met` says of a bare "Date" that it is the interview's where a status is one, `is_of_all` that it is in
    every row, as days to come tell.
    """

    header: str
    day_first: bool | None
    zone: ZoneInfo
    today: date | None = None
    is_past: bool = False
    has_moments: bool = False
    remark: str = ""
    dots_day_first: bool = True
    cells: dict[str, CellDate] = field(default_factory=dict, repr=False, compare=False)
    _one: dict[str, DateValue | None] = field(default_factory=dict, repr=False, compare=False)
    _all: dict[str, tuple[DateValue, ...]] = field(default_factory=dict, repr=False, compare=False)
    is_of_met: bool = False
    is_of_all: bool = False

    def read(self, text: str) -> DateValue | None:
        """Return the date in a cell, or None if it holds no date. Raises `BadInput` for an unreadable cell."""
        if text not in self._one:
            self._one[text] = _read(self, text) if text else None
        return self._one[text]

    def read_all(self, text: str) -> tuple[DateValue, ...]:
        """Return each date in a cell, "10/2 & 10/9", in the order of time. Raises `BadInput` as `read` does."""
        if text not in self._all:
            self._all[text] = self._read_parts(text)
        return self._all[text]

    def cells_to_come(self) -> set[str]:
        """Return the cells with a day that is still to come in the order of the column."""
        days = {
            text: cell.month_first if self.day_first is False else cell.day_first
            for text, cell in self.cells.items()
        }
        return {text for text, day in days.items() if day and self.today and day > self.today}

    def _read_parts(self, text: str) -> tuple[DateValue, ...]:
        if is_no_date(text):
            return ()
        try:
            found = [self.read(text)]
        except BadInput:
            parts = split_dates(text, self.today)
            if len(parts) < 2:
                raise
            found = [self.read(part) for part in parts]
        return tuple(sorted(dict.fromkeys(filter(None, found)), key=in_time))


def in_time(value: DateValue) -> tuple[date, datetime]:
    """The key by which dates are sorted: of two on a day the one without an hour comes first."""
    return value.day, value.at or _EARLIEST


def _read(column: DateColumn, text: str) -> DateValue | None:
    if is_no_date(text):
        return None
    shown = f"“{shorten(text)}” under “{column.header}”"
    cell = column.cells.pop(text, None) or read_cell(text, column.today, column.is_past)
    if cell is None:
        raise BadInput(f"{shown} is not a date that can be read.", column.header)
    if cell.is_ambiguous and column.day_first is None and not cell.has_dots:
        raise EitherDay(
            f"{shown} could be two days, and the column uses both orders: say --day-first or --month-first, or"
            " write it as YYYY-MM-DD.",
            column.header,
        )
    is_day_first = column.dots_day_first if cell.has_dots else column.day_first
    preferred = cell.day_first if is_day_first else cell.month_first
    day = preferred or cell.day_first or cell.month_first
    if day is None:
        raise BadInput(f"{shown} is no day of the calendar.", column.header)
    try:
        value = _with_time(column, cell, day, shown)
    except (BadInput, OverflowError) as error:
        raise BadInput(f"{shown} has no time of day that can be read.", column.header) from error
    return value._replace(remark=" ".join(filter(None, (value.remark, *_remarks(cell, value.day, shown)))))


def _remarks(cell: CellDate, day: date, shown: str) -> Iterable[str]:
    if cell.beside:
        yield f"{shown} was read as {format_full_day(day)}; the whole cell is kept in the notes."
    said = disagreement(cell, day)
    if said:
        yield f"{shown} says {said}, but that day is a {format_full_day(day)[:3]}."


def _with_time(column: DateColumn, cell: CellDate, day: date, shown: str) -> DateValue:
    hour = cell.start
    if hour is None or not is_time(hour):
        return DateValue(day)
    if not column.has_moments and not (hour.hour or hour.minute or hour.second) and hour.offset == (0, 0):
        return DateValue(day)  # spreadsheets and exports write midnight when only the day was typed
    start, remark = _moment(hour, day, column.zone, shown)
    if start is None:
        return DateValue(day, remark=remark)
    ends_at = None
    if cell.end is not None:
        end, _ = _moment(cell.end, day, column.zone, shown)
        ends_at = end + timedelta(days=1) if end is not None and end <= start else end
    named = has_zone(hour) and hour.letters != "z" and (not hour.sign or hour.offset != (0, 0))
    return DateValue(
        start.astimezone(column.zone).date(),
        start.astimezone(UTC).replace(microsecond=0),
        ends_at.astimezone(UTC) if ends_at else None,
        zone_name(start.tzinfo) if named and start.tzinfo is not None else "",
        remark,
    )


def _moment(hour: Hour, day: date, own: ZoneInfo, shown: str) -> tuple[datetime | None, str]:
    """The moment that a cell says, and a remark where its zone has another name on that day or can't be told."""
    clock = hour.clock
    try:
        return hour.on(day, own), ""
    except BadInput:
        place = SEASONAL.get(hour.letters, "")
        if place:  # People write EST all year round.
            return datetime.combine(day, clock, ZoneInfo(place)), (
                f"{shown} was read by the clocks of {place}, which have another name on that day."
            )
        return None, f"{shown} names no hour that can be told for sure; only its day was taken."


def is_no_date(text: str) -> bool:
    """Whether a cell in a date column is empty or holds a word such as "yes" or "tbd"."""
    return not text or normalize_header(text) in NO_DATE | DATE_PENDING


def split_dates(text: str, today: date | None) -> list[str]:
    """Return the parts of a cell with several dates, or nothing where a part isn't one."""
    parts = [part for part in _SEPARATORS.split(text) if part]
    if len(parts) < 2 or not all(is_no_date(part) or read_cell(part, today) for part in parts):
        return []
    return parts


def date_columns(
    file: str,
    columns: Mapping[str, Iterable[str]],
    *,
    zone: ZoneInfo,
    asked: bool | None,
    usual: bool | None,
    today: date | None = None,
    moments: Collection[str] = (),
    unused: Callable[[], Iterable[str]] = tuple,
) -> dict[str, DateColumn]:
    """Return each column with its order of day and month, by header. Raises `AmbiguousDates` if it is unknown.

    A column's own values decide first, in one with both orders `asked` (the user's choice) or their majority; then
    `asked`, `usual` (the program's order), the other columns of the file, the cells of `unused` columns, and the
    rule that dates with dots begin with the day. `moments` are the headers of columns whose times of day matter.
    """
    cells = {header: _cells(values, today, header not in moments) for header, values in columns.items()}
    orders = {
        header: Counter(cell.only_order for cell in read.values() if cell.only_order is not None)
        for header, read in cells.items()
    }
    anywhere = {order for counted in orders.values() for order in counted}
    found: dict[str, DateColumn] = {}
    for header, read in cells.items():
        own = next(iter(orders[header])) if len(orders[header]) == 1 else None
        mixed = _majority(orders[header]) if len(orders[header]) > 1 else None
        others = next(iter(anywhere)) if len(anywhere) == 1 else None
        day_first = next((order for order in (own, asked, mixed, usual, others) if order is not None), None)
        if day_first is None and not anywhere and any(cell.is_ambiguous for cell in read.values()):
            anywhere = _orders_of(unused(), today)
            day_first = next(iter(anywhere)) if len(anywhere) == 1 else None
        if day_first is None and not orders[header]:
            day_first = _order_by_dots(file, header, read)
        remark = _mixed_remark(file, header, read, day_first) if len(orders[header]) > 1 else ""
        has_moments = header in moments and not _has_only_midnights(read)
        with_dots = _order_with_dots(read, day_first, asked)
        found[header] = DateColumn(
            header, day_first, zone, today, header not in moments, has_moments, remark, with_dots, read
        )
    return found


def past_column(header: str, cells: Iterable[str], order: bool | None, zone: ZoneInfo, today: date) -> DateColumn:
    """Return a column of past days, such as those of ends, for which nobody is asked about the order."""
    try:
        return date_columns("", {header: cells}, zone=zone, asked=order, usual=None, today=today)[header]
    except AmbiguousDates:
        return DateColumn(header, order, zone, today, is_past=True)


def _orders_of(cells: Iterable[str], today: date | None) -> set[bool]:
    """Return the orders of day and month that cells of any column tell which are dates of digits and no more."""
    days = (read_cell(text, today) for text in dict.fromkeys(cells) if _DIGITS.fullmatch(text))
    return {cell.only_order for cell in days if cell is not None and cell.only_order is not None}


def _cells(values: Iterable[str], today: date | None, is_past: bool) -> dict[str, CellDate]:
    """What each cell says that holds a date, or each part of one that holds several."""
    found: dict[str, CellDate] = {}
    for value in dict.fromkeys(values):
        if is_no_date(value):
            continue
        cell = read_cell(value, today, is_past)
        for part in [value] if cell else split_dates(value, today):
            one = cell or read_cell(part, today, is_past)
            if one is not None:
                found[part] = one
    return found


def _order_with_dots(read: Mapping[str, CellDate], day_first: bool | None, asked: bool | None) -> bool:
    """Whether dates with dots begin with the day: what they say themselves, else the user, else that they do."""
    told = [cell for cell in read.values() if cell.only_order is not None]
    own = _majority(Counter(cell.only_order is True for cell in told if cell.has_dots))
    if own is not None:
        return own
    return (asked if told else day_first) is not False


def _majority(counted: Counter[bool]) -> bool | None:
    day, month = counted[True], counted[False]
    return None if day == month else day > month


def _has_only_midnights(read: Mapping[str, CellDate]) -> bool:
    hours = [cell.start for cell in read.values() if cell.start is not None]
    return len(hours) >= _MIDNIGHTS and all(not (hour.hour or hour.minute or hour.second) for hour in hours)


def _mixed_remark(file: str, header: str, read: Mapping[str, CellDate], day_first: bool | None) -> str:
    # Dates with dots say nothing about those with slashes.
    sides = {(cell.has_dots, cell.only_order) for cell in read.values() if cell.only_order is not None}
    if day_first is None or not any((dots, not order) in sides for dots, order in sides):
        return ""
    against = [shorten(text) for text, cell in read.items() if cell.only_order is (not day_first)]
    unsure = sum(cell.is_ambiguous for cell in read.values())
    named = ", ".join(against[:5]) + (f" and {len(against) - 5} more" if len(against) > 5 else "")
    first, second = ("day", "month") if day_first else ("month", "day")
    verb = "begins" if len(against) == 1 else "begin"
    how = f" {unsure} that could be either {'was' if unsure == 1 else 'were'} read so too;" if unsure else ""
    return (
        f"{file}, column “{header}”: dates begin with the {first}, but {named} {verb} with the {second};{how}"
        f" --{second}-first reads it the other way."
    )


def _order_by_dots(file: str, header: str, read: Mapping[str, CellDate]) -> bool | None:
    """Return True if all ambiguous dates have dots, None if there are none. Raises `AmbiguousDates` otherwise."""
    found = None
    for value, cell in read.items():
        if not cell.is_ambiguous or cell.day_first is None or cell.month_first is None:
            continue
        if not cell.has_dots:
            raise AmbiguousDates(
                file=file,
                column=header,
                example=shorten(value),
                day_first=cell.day_first,
                month_first=cell.month_first,
            )
        found = True
    return found
