"""The rules in force: the playbook, the home region and the days off, and the calendars they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.rules.calendar import Calendar, FreeDays, no_holidays
from followup_tui.files import playbook_file
from followup_tui.settings import load_settings
from followup_tui.settings.playbook_file import load_playbook
from followup_tui.store.reader import HolidayYear
from followup_tui.tracker.regions import (
    LOCALE_VARIABLES,
    country_of_zone,
    default_region,
    fingerprint_of,
    free_days,
    free_days_source,
    is_day_first,
    known_region,
    plain_region,
)

if TYPE_CHECKING:
    from followup_tui.domain.rules.playbook import Playbook, Tables
    from followup_tui.settings import Problem

CachedHolidays = Mapping[str, Mapping[int, Mapping[date, str]]]
"""Free days by region, year and day, with their reasons: see `FreeDays`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules in force; `playbook_path` is the user's own playbook if there is one, else None.

    `tables` are the playbook's rules with their reasons and sources, `problems` what is wrong with their file.
    The home region is empty if none is known, and `region_from` says what it was found from.
    """

    playbook: Playbook
    tables: Tables
    home_region: str
    region_from: str
    days_off: frozenset[date]
    zone: ZoneInfo
    fingerprint: str
    problems: tuple[Problem, ...] = ()
    playbook_path: Path | None = None

    def calendars(self, cached: CachedHolidays) -> Calendars:
        """Return the calendar of each region; `cached` are holidays that were computed earlier."""
        return Calendars(self, cached)


def load_rules(settings_place: Path, zone: ZoneInfo) -> Rules:
    """Load the rules from the settings, the playbook beside them, and the environment; `zone` is the user's."""
    # First: if a file changes meanwhile, the fingerprint no longer matches, and everything is recomputed.
    fingerprint = fingerprint_of(settings_place, zone)
    settings, _ = load_settings(settings_place)
    loaded = load_playbook(playbook_file(settings_place))
    home, origin = (plain_region(settings.region), "settings") if settings.region else default_region(zone)
    return Rules(
        playbook=loaded.playbook,
        tables=loaded.tables,
        home_region=home,
        region_from=origin,
        days_off=settings.days_off_days(),
        zone=zone,
        fingerprint=fingerprint,
        problems=loaded.problems,
        playbook_path=loaded.path,
    )


class Calendars:
    """The calendar of each region under some rules; `cached` are holidays that were computed earlier.

    Newly computed holidays are in `fresh`, by region and year, to be cached. What is wrong with a region is a
    sentence in `problems`; its calendar then has no holidays.
    """

    def __init__(self, rules: Rules, cached: CachedHolidays | None = None) -> None:
        self.rules = rules
        self.fresh: dict[tuple[str, int], Mapping[date, str]] = {}
        self.problems: list[str] = []
        self._cached = {region.casefold(): (region, dict(years)) for region, years in (cached or {}).items()}
        self._calendars: dict[str, Calendar] = {}

    def of(self, region: str) -> Calendar:
        """Return the calendar of a region; an empty region is the home region."""
        found = self._calendars.get(region)
        if found is None:
            found = self._calendars[region] = self._make(region)
        return found

    def take_fresh(self) -> tuple[HolidayYear, ...]:
        """Return the holidays that were computed since the last call, to be cached."""
        fresh, self.fresh = self.fresh, {}
        for (region, year), days in fresh.items():
            self._cached.setdefault(region.casefold(), (region, {}))[1][year] = days
        return tuple(
            HolidayYear(region=region, year=year, source=free_days_source(), days=days)
            for (region, year), days in fresh.items()
        )

    def _make(self, region: str) -> Calendar:
        if not region and self.rules.home_region and self._is_home_certain():
            return self.of(self.rules.home_region)
        wanted = region or self.rules.home_region
        cached = self._cached.get(wanted.casefold())
        name = cached[0] if cached else plain_region(wanted)
        if region and name != region:
            return self.of(name)
        return Calendar(
            self.rules.zone,
            region=name,
            free_days=self._holidays_of(name) if name else no_holidays,
            days_off=self.rules.days_off,
            day_first=is_day_first(region and name),
        )

    def _is_home_certain(self) -> bool:
        """Whether the user's zone contradicts the locale in nothing that a date is read by."""
        if self.rules.region_from not in LOCALE_VARIABLES:
            return True
        country = country_of_zone(self.rules.zone.key)
        return not country or is_day_first(country) is is_day_first(self.rules.home_region)

    def _holidays_of(self, region: str) -> FreeDays:
        names: list[str] = []  # the region as it is spelled, looked up once

        def of_year(year: int) -> Mapping[date, str]:
            """The holidays of a year: the cached ones, else computed."""
            _, cached = self._cached.get(region.casefold(), (region, {}))
            if year in cached:
                return cached[year]
            if not names:
                names.append(self._check(region))
            return self._compute(names[0], year) if names[0] else {}

        return of_year

    def _check(self, region: str) -> str:
        """Return the region as it is spelled, or empty, with a problem noted, if there is none of that name."""
        try:
            return known_region(region)
        except BadInput as trouble:
            self.problems.append(f"{trouble.sentence} Until then only the weekends are free there.")
            return ""

    def _compute(self, region: str, year: int) -> Mapping[date, str]:
        if (region, year) not in self.fresh:
            self.fresh[region, year] = free_days(region, year)
        return self.fresh[region, year]
