"""Dates in CSV columns, and whether the day or the month comes first in a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.columns import normalize_header
from followup_tui.exchange.plan import AmbiguousDates

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

NO_DATE = frozenset(
    {"", "yes", "no", "y", "n", "true", "false", "x", "ja", "nein", "oui", "non", "none", "null", "nan"}
)
"""Cells in date columns that hold no date, normalized as headers are: punctuation alone is ""."""
DATE_PENDING = frozenset({"tbd", "tba", "tbc", "pending", "unknown", "notyet", "asap", "offen"})

_YEARS = range(1970, 2200)
_MAX_LENGTH = 80
_YEAR_FIRST = re.compile(r"(?<!\w)(\d{4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\w)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d)\.?")
_DATE_AND_CLOCK = re.compile(r"(.+?)(?:,?\s+|(?<=\d)t)(\d{1,2}:\d.*)")
_GERMAN_HOUR = re.compile(r"(?<=\s)(\d{1,2})\s*uhr$")
_LEADING_WORDS = re.compile(r"^(?:(?:am|on|the|den|der|le|tues|thurs?)\b[.,]?\s*|[^\W\d]+[.,]*\s+den\s+)+")
"""Words before a date that dateparser doesn't know."""
_COMMON_DATES = ("%Y-%m-%d", "%b %d, %Y", "%d %b %Y", "%B %d, %Y", "%d %B %Y", "%d-%b-%y", "%d-%b-%Y")
_COMMON_CLOCKS = ("%H:%M", "%I:%M %p", "%H:%M:%S", "%I:%M:%S %p")


class DateValue(NamedTuple):
    """A day, and the instant in UTC if the cell has a time of day too."""

    day: date
    at: datetime | None = None


class _Readings(NamedTuple):
    """A cell read in both orders; the same twice if the order is plain, None if it is no day of the calendar."""

    day_first: datetime | None
    month_first: datetime | None
    has_dots: bool = False

    @property
    def only_order(self) -> bool | None:
        """True if it is a date with the day first only, False with the month first only, else None."""
        if (self.day_first is None) == (self.month_first is None):
            return None
        return self.day_first is not None

    @property
    def is_ambiguous(self) -> bool:
        """Whether the two orders give two different days."""
        return None not in (self.day_first, self.month_first) and self.day_first != self.month_first


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of dates; `day_first` is None if the order is unknown or the values contradict each other."""

    header: str
    day_first: bool | None
    zone: ZoneInfo

    def read(self, text: str) -> DateValue | None:
        """Return the date in a cell, or None if it holds no date. Raises `BadInput` for an unreadable cell."""
        return _read(self, text) if text else None


@lru_cache(maxsize=4096)
def _read(column: DateColumn, text: str) -> DateValue | None:
    if is_no_date(text):
        return None
    shown = f"“{_shorten(text)}” under “{column.header}”"
    readings = _readings(text)
    if readings is None:
        raise BadInput(f"{shown} is not a date that can be read.", column.header)
    if readings.is_ambiguous and column.day_first is None:
        raise BadInput(
            f"{shown} could be two days, and the column uses both orders: write it as YYYY-MM-DD.", column.header
        )
    preferred = readings.day_first if column.day_first else readings.month_first
    found = preferred or readings.day_first or readings.month_first
    if found is None:
        raise BadInput(f"{shown} is no day of the calendar.", column.header)
    if found.time() == time(0):  # spreadsheets and exports write midnight when only the day was typed
        return DateValue(found.date())
    local = found if found.tzinfo else found.replace(tzinfo=column.zone)
    return DateValue(local.astimezone(column.zone).date(), local.astimezone(UTC))


def is_no_date(text: str) -> bool:
    """Whether a cell in a date column is empty or holds a word such as "yes" or "tbd"."""
    return not text or normalize_header(text) in NO_DATE | DATE_PENDING


def date_columns(
    file: str, columns: Mapping[str, Iterable[str]], *, zone: ZoneInfo, asked: bool | None, usual: bool | None
) -> dict[str, DateColumn]:
    """Return each column with its order of day and month, by header. Raises `AmbiguousDates` if it is unknown.

    A column's own values decide first; then `asked` (the user's choice), `usual` (the program's order), the other
    columns of the file, and the rule that dates with dots begin with the day.
    """
    readings = {header: [_readings(value) for value in set(values)] for header, values in columns.items()}
    orders = {header: {read.only_order for read in reads if read} - {None} for header, reads in readings.items()}
    anywhere = set().union(*orders.values())
    found: dict[str, DateColumn] = {}
    for header, values in columns.items():
        own = next(iter(orders[header])) if len(orders[header]) == 1 else None
        others = next(iter(anywhere)) if len(anywhere) == 1 else None
        day_first = next((order for order in (own, asked, usual, others) if order is not None), None)
        if day_first is None and not orders[header]:
            day_first = _order_by_dots(file, header, values)
        found[header] = DateColumn(header, day_first, zone)
    return found


def _order_by_dots(file: str, header: str, values: Iterable[str]) -> bool | None:
    """Return True if all ambiguous dates have dots, None if there are none. Raises `AmbiguousDates` otherwise."""
    found = None
    for value in values:
        readings = _readings(value)
        if readings is None or readings.day_first is None or readings.month_first is None:
            continue
        if readings.is_ambiguous and not readings.has_dots:
            raise AmbiguousDates(
                file=file,
                column=header,
                example=_shorten(value),
                day_first=readings.day_first.date(),
                month_first=readings.month_first.date(),
            )
        found = found or readings.is_ambiguous or None
    return found


@lru_cache(maxsize=4096)
def _readings(text: str) -> _Readings | None:
    """Read a cell in both orders; None if it is no date in either."""
    if len(text) > _MAX_LENGTH:
        return None
    text = _GERMAN_HOUR.sub(r"\1:00", normalize("NFKC", text).casefold().strip())
    text = _LEADING_WORDS.sub("", text)
    if numeric := _YEAR_FIRST.search(text):
        dates = [_to_date(numeric[1], numeric[3], numeric[4])] * 2
    elif numeric := _YEAR_LAST.search(text):
        first, _, second, year = numeric.groups()
        dates = [_to_date(year, second, first), _to_date(year, first, second)]
    else:
        found = _parse(text)
        return None if found is None else _Readings(found, found)
    before, after = text[: numeric.start()], text[numeric.end() :]
    valid = next(filter(None, dates), None)
    found = _parse(f"{before}{valid}{after}") if valid else None
    if valid and found is None:
        return None
    day_first, month_first = (datetime.combine(day, found.timetz()) if day and found else None for day in dates)
    return _Readings(day_first, month_first, numeric[2] == ".")


def _to_date(year: str, month: str, day: str) -> date | None:
    """Return the date, or None if it is not in the calendar; two-digit years are 1970 to 2069."""
    century = 0 if len(year) == 4 else 2000 if int(year) < _YEARS.start % 100 else 1900
    with suppress(ValueError):
        return date(century + int(year), int(month), int(day))
    return None


def _parse(text: str) -> datetime | None:
    """Parse a date in ISO format or with the month's name, and a time of day; None if it is neither."""
    found = _parse_iso(text) or _parse_common(text) or _parse_any(text)
    return found.replace(microsecond=0) if found is not None and found.year in _YEARS else None


def _parse_iso(text: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(text.upper())
    return None


def _parse_common(text: str) -> datetime | None:
    parts = _DATE_AND_CLOCK.fullmatch(text)
    day = _strptime(parts[1] if parts else text, _COMMON_DATES)
    clock = _strptime(parts[2], _COMMON_CLOCKS) if parts and day else None
    return datetime.combine(day, clock.time()) if day and clock else day if parts is None else None


@lru_cache(maxsize=4096)
def _strptime(text: str, patterns: tuple[str, ...]) -> datetime | None:
    for pattern in patterns:
        with suppress(ValueError):
            return datetime.strptime(text, pattern)  # noqa: DTZ007 the column's zone is added by `_read`
    return None


def _parse_any(text: str) -> datetime | None:
    """Parse by dateparser, which takes 1 ms for each cell; None unless both orders give the same date."""
    lengths = [len(number) for number in re.findall(r"\d+", text)]
    if len(lengths) < 2:
        return None
    # A day, a month's name and a year of four digits have only one order.
    orders = ("DMY",) if len(lengths) == 2 and 4 in lengths else ("DMY", "MDY")
    found = {_parser(order).get_date_data(text).date_obj for order in orders}
    return found.pop() if len(found) == 1 else None


@cache
def _parser(order: str) -> DateDataParser:
    from dateparser.date import DateDataParser  # takes 0.2 s, which files with common dates need not wait for

    settings = {
        "DATE_ORDER": order,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "UTC",
    }
    return DateDataParser(languages=["en", "de", "fr", "es"], settings=settings)


def _shorten(text: str) -> str:
    text = shown_line(text).strip()
    return text if len(text) <= 40 else text[:39] + "…"
