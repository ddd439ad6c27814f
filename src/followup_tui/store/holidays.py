"""Public holidays that were reckoned once, kept by region and year. Reading loads no SQLModel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection

Kept = dict[str, dict[int, dict[date, str]]]
"""Holidays by region, year and day, with their names."""


class HolidayYear(NamedTuple):
    """The holidays of a region in a year, by day, and which release of the `holidays` package they are from."""

    region: str
    year: int
    source: str
    days: Mapping[date, str]


def read_holidays(connection: sqlite3.Connection, source: str) -> Kept:
    """All holidays that are kept and are from one release of the `holidays` package.

    A year in which there are none is there all the same; one with a day that can't be read is not.
    """
    years = connection.execute("SELECT region, year FROM holiday_year WHERE source = ?", (source,)).fetchall()
    kept: Kept = {}
    for region, year in years:
        kept.setdefault(region, {})[year] = {}
    for region, year, day, name in connection.execute("SELECT region, year, day, name FROM holiday"):
        of_year = kept.get(region, {})
        with suppress(KeyError):  # it is from another release
            try:
                of_year[year][date.fromisoformat(day)] = str(name)
            except (TypeError, ValueError):
                del of_year[year]
    return kept


def write_holidays(connection: Connection, years: Iterable[HolidayYear]) -> None:
    """Keeps the holidays of some regions and years, in place of those that were kept of them before."""
    from sqlalchemy import delete, insert

    from followup_tui.store.tables import Base

    holiday, holiday_year = (Base.metadata.tables[name] for name in ("holiday", "holiday_year"))
    for region, year, source, days in years:
        for table in (holiday, holiday_year):
            connection.execute(delete(table).where(table.c.region == region, table.c.year == year))
        connection.execute(insert(holiday_year).values(region=region, year=year, source=source))
        rows = [{"region": region, "day": day, "year": year, "name": name} for day, name in days.items()]
        if rows:
            connection.execute(insert(holiday), rows)
