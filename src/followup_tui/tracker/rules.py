"""What decides every answer besides the applications themselves: the playbook, the regions and the days off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.rules.calendar import Calendar, Holidays, no_holidays
from followup_tui.places import playbook_file
from followup_tui.store.queries import HolidayYear
from followup_tui.tracker.fingerprint import fingerprint_of, found_home
from followup_tui.tracker.regions import holidays_source, plain_region

# What only compares fingerprints, before the first paint, loads neither settings nor playbook.
if TYPE_CHECKING:
    from followup_tui.domain.rules.playbook import Playbook, Tables
    from followup_tui.settings import Problem

KeptHolidays = Mapping[str, Mapping[int, Mapping[date, str]]]
"""Holidays by region, year and day, with their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules in force; `playbook_path` is the user's own file where it is among them.

    `tables` are the playbook's rules with their whys and sources, `problems` what is wrong with the user's file.
    The home region is empty where none is known, and `region_from` says where it is from.
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


def load_rules(settings_place: Path, zone: ZoneInfo) -> Rules:
    """The rules by the settings, the playbook beside them, and the environment; `zone` is the user's own."""
    from followup_tui.settings import load_settings
    from followup_tui.settings.playbook import load_playbook

    # First: should a file change meanwhile, the fingerprint no longer fits, and everything is made anew.
    fingerprint = fingerprint_of(settings_place, zone)
    settings, _ = load_settings(settings_place)
    loaded = load_playbook(playbook_file(settings_place))
    home, origin = (plain_region(settings.region), "settings") if settings.region else found_home(zone)
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
    """The calendar of each region under some rules; `cached` are holidays that were kept from an earlier time.

    Those that had to be computed are left in `fresh`, by region and year, to be kept. What is wrong with a region
    is a sentence in `problems`; its calendar then knows no holidays.
    """

    def __init__(self, rules: Rules, cached: KeptHolidays | None = None) -> None:
        self.rules = rules
        self.fresh: dict[tuple[str, int], Mapping[date, str]] = {}
        self.problems: list[str] = []
        self._cached = {region.casefold(): (region, dict(years)) for region, years in (cached or {}).items()}
        self._calendars: dict[str, Calendar] = {}

    def of(self, region: str) -> Calendar:
        """The calendar of a region, and of the home region where none is given."""
        found = self._calendars.get(region)
        if found is None:
            found = self._calendars[region] = self._made(region)
        return found

    def take_fresh(self) -> tuple[HolidayYear, ...]:
        """What was computed since the last call, to be kept; it is not told again."""
        fresh, self.fresh = self.fresh, {}
        for (region, year), days in fresh.items():
            self._cached.setdefault(region.casefold(), (region, {}))[1][year] = days
        return tuple(
            HolidayYear(region=region, year=year, source=holidays_source(), days=days)
            for (region, year), days in fresh.items()
        )

    def _made(self, region: str) -> Calendar:
        if not region and self.rules.home_region:
            return self.of(self.rules.home_region)
        kept = self._cached.get(region.casefold())
        name = kept[0] if kept else plain_region(region)
        if name != region:
            return self.of(name)
        holidays = self._holidays(name) if name else no_holidays
        return Calendar(self.rules.zone, region=name, holidays=holidays, days_off=self.rules.days_off)

    def _holidays(self, region: str) -> Holidays:
        known: list[str] = []

        def of_year(year: int) -> Mapping[date, str]:
            _, kept = self._cached.get(region.casefold(), (region, {}))
            if year in kept:
                return kept[year]
            if not known:
                known.append(self._known(region))
            return self._computed(known[0], year) if known[0] else {}

        return of_year

    def _known(self, region: str) -> str:
        """The region as it is spelled; empty, and told, where there is none of that name."""
        from followup_tui.tracker.regions import known_region

        try:
            return known_region(region)
        except BadInput as trouble:
            self.problems.append(f"{trouble.sentence} Until then only the weekends are free there.")
            return ""

    def _computed(self, region: str, year: int) -> Mapping[date, str]:
        from followup_tui.tracker.regions import public_holidays

        if (region, year) not in self.fresh:
            self.fresh[region, year] = public_holidays(region, year)
        return self.fresh[region, year]
