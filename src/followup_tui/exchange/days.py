"""Dates as sheets write them, and which of day and month comes first in a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.headers import squeezed
from followup_tui.exchange.plan import AmbiguousDates

NO_DAY = frozenset(
    {"", "yes", "no", "y", "n", "true", "false", "x", "ja", "nein", "oui", "non", "none", "null", "nan"}
)
"""Words that stand in columns of dates and name no day (squeezed: punctuation alone is "")."""
NO_DAY_YET = frozenset({"tbd", "tba", "tbc", "pending", "unknown", "notyet", "asap", "offen"})

_MONTH_NUMBERS = frozenset(range(1, 13))
_YEARS = range(1970, 2200)
_CENTURY_TURNS = 70
_LONGEST = 80

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jän jänner janvier janv enero ene",
            "feb february februar fév févr février febrero",
            "mar march mär mrz märz mars marzo",
            "apr april avr avril abril abr",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juil juillet julio",
            "aug august août agosto ago",
            "sep sept september septembre septiembre",
            "oct october okt oktober octobre octubre",
            "nov november novembre noviembre",
            "dec december dez dezember déc décembre diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = """
    mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday
    mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag so sonntag
    lun lundi mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche
"""
_BESIDE = frozenset(
    {*_WEEKDAYS.split(), "of", "the", "st", "nd", "rd", "th", "den", "der", "am", "le", "de", "on"}
)
"""Words that may stand beside a date and say nothing about it."""

_CLOCK = re.compile(
    r"(?:(?<=\d)t|[\s,]+)(?:at\s+|um\s+|@\s*)?"
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?|(?=\s*(?:[ap]\.?m|uhr)))"
    r"\s*(?P<half>[ap])?(?:\.?m\.?)?(?:\s*uhr)?"
    r"\s*(?P<offset>z|utc|gmt|[+-]\d{2}:?\d{2})?$"
)
_NUMBERS = re.compile(r"(?:[^\W\d]+\.?,?\s+)?(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = re.compile(r"[\d\s.,'’/-]+|[^\W\d_]+")


class _Written(NamedTuple):
    """A date as written: `ordered` where `first` is surely the month; `dotted` as in 3.11.2026."""

    year: int
    first: int
    second: int
    ordered: bool
    dotted: bool
    clock: time | None
    offset: timezone | None

    @property
    def day_first(self) -> bool | None:
        """The only order in which it is a date; None where both are, or neither."""
        small, large = sorted((self.first, self.second))
        return self.first > 12 if 1 <= small <= 12 < large <= 31 else None

    @property
    def undecided(self) -> bool:
        """Whether it is two different days, depending on the order."""
        return not self.ordered and self.first != self.second and {self.first, self.second} <= _MONTH_NUMBERS


class Moment(NamedTuple):
    """A day, and the instant (UTC) where the sheet told the hour too."""

    on: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DayColumn:
    """A column of dates and its order; `day_first` None means that its values contradict each other."""

    header: str
    day_first: bool | None
    zone: ZoneInfo

    def read(self, text: str) -> Moment | None:
        """The day a cell names, None where it names none. Raises `BadInput` where it can't be told."""
        return _read(self, text) if text else None

    def moment(self, text: str) -> Moment | None:
        """As `read`, worked out anew."""
        if says_no_day(text):
            return None
        written = _written(text)
        if written is None:
            raise BadInput(f"“{_short(text)}” under “{self.header}” is not a date that can be read.", self.header)
        if written.undecided and self.day_first is None:
            raise BadInput(
                f"“{_short(text)}” under “{self.header}” could be two days, and the column uses both orders:"
                " write it as YYYY-MM-DD.",
                self.header,
            )
        day_first = not written.ordered and (written.day_first if not written.undecided else self.day_first)
        try:
            return _moment(written, bool(day_first), self.zone)
        except ValueError:
            raise BadInput(
                f"“{_short(text)}” under “{self.header}” is no day of the calendar.", self.header
            ) from None


@lru_cache(maxsize=4096)
def _read(column: DayColumn, text: str) -> Moment | None:
    # The days of a search are few and its rows many.
    return column.moment(text)


def says_no_day(text: str) -> bool:
    """Whether a cell in a column of dates is empty or one of the words that name no day."""
    return not text or squeezed(text) in NO_DAY | NO_DAY_YET


def day_columns(
    file: str, columns: Mapping[str, Iterable[str]], *, zone: ZoneInfo, asked: bool | None, usual: bool | None
) -> dict[str, DayColumn]:
    """Each column's order of day and month, by its header. Raises `AmbiguousDates` where nothing tells it.

    What a column's own values force comes first; then what was `asked` for, what is `usual` for the program, what
    the other columns of the file force, and that dates with dots begin with the day wherever they are used.
    """
    written = {header: [_written(value) for value in set(values)] for header, values in columns.items()}
    forced = {
        header: {value.day_first for value in values if value and not value.ordered} - {None}
        for header, values in written.items()
    }
    anywhere = set().union(*forced.values()) if forced else set()
    beside = anywhere.pop() if len(anywhere) == 1 else None
    orders: dict[str, DayColumn] = {}
    for header, values in columns.items():
        own = next(iter(forced[header])) if len(forced[header]) == 1 else None
        known = next((order for order in (own, asked, usual, beside) if order is not None), None)
        if known is None and not forced[header]:
            known = _order_of_undecided(file, header, values)
        orders[header] = DayColumn(header, known, zone)
    return orders


def _order_of_undecided(file: str, header: str, values: Iterable[str]) -> bool | None:
    found = None
    for value in values:
        written = _written(value)
        if written is not None and written.undecided:
            if not written.dotted:
                raise AmbiguousDates(
                    file=file,
                    column=header,
                    example=_short(value),
                    day_first=date(written.year, written.second, written.first),
                    month_first=date(written.year, written.first, written.second),
                )
            found = True
    return found


def _moment(written: _Written, day_first: bool, zone: ZoneInfo) -> Moment:
    month, day = (written.second, written.first) if day_first else (written.first, written.second)
    on = date(written.year, month, day)
    # Midnight is what spreadsheets and exports write where only the day was typed.
    if written.clock is None or written.clock == time(0):
        return Moment(on)
    local = datetime.combine(on, written.clock, written.offset or zone)
    return Moment(local.astimezone(zone).date(), local.astimezone(UTC))


@lru_cache(maxsize=4096)
def _written(text: str) -> _Written | None:
    if len(text) > _LONGEST:
        return None
    text = normalize("NFKC", text).casefold().strip()
    clock, offset = None, None
    found = _CLOCK.search(text)
    if found is not None:
        clock = _clock(found)
        if clock is None:
            return None
        offset = _offset(found["offset"])
        text = text[: found.start()]
    parts = _numbers(text) or _named(text)
    if parts is None or parts[0] not in _YEARS:
        return None
    return _Written(*parts, clock, offset)


def _numbers(text: str) -> tuple[int, int, int, bool, bool] | None:
    compact = _COMPACT.fullmatch(text)
    if compact is not None:
        return int(compact[1]), int(compact[2]), int(compact[3]), True, False
    found = _NUMBERS.fullmatch(text)
    if found is None or not _says_nothing(text[: found.start(1)]):
        return None
    first, mark, second, last = found.groups()
    if len(first) == 4 and len(last) <= 2:
        return int(first), int(second), int(last), True, False
    if len(first) > 2 or len(last) not in (2, 4):
        return None
    return _year(last), int(first), int(second), False, mark == "."


def _named(text: str) -> tuple[int, int, int, bool, bool] | None:
    tokens = _TOKENS.findall(text)
    numbers = [token for token in tokens if token.isdecimal() and len(token) in (1, 2, 4)]
    months = [_MONTHS[token] for token in tokens if token in _MONTHS]
    others = [token for token in tokens if token not in _BESIDE]
    if len(months) != 1 or len(numbers) != 2 or len(others) != 3 or _BETWEEN.sub("", text):
        return None
    day, year = reversed(numbers) if len(numbers[0]) == 4 else numbers
    if len(day) > 2 or len(year) == 1:
        return None
    return _year(year), months[0], int(day), True, False


def _says_nothing(words: str) -> bool:
    return all(word in _BESIDE for word in _TOKENS.findall(words))


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < _CENTURY_TURNS else 1900)


def _clock(found: re.Match[str]) -> time | None:
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _offset(written: str | None) -> timezone | None:
    if not written:
        return None
    if written[0] not in "+-":
        return UTC
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    if minutes >= 24 * 60:
        return None
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))


def _short(text: str) -> str:
    text = shown_line(text).strip()
    return text if len(text) <= 40 else text[:39] + "…"
