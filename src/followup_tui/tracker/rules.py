"""What decides every answer besides the applications themselves: the playbook, the regions and the days off."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32
from zoneinfo import ZoneInfo

from followup_tui import __version__
from followup_tui.domain.calendar import Calendar, Holidays, no_holidays
from followup_tui.domain.errors import BadInput
from followup_tui.places import playbook_file
from followup_tui.tracker.regions import holidays_source, home_region, plain_region

# What only compares fingerprints, before the first paint, loads neither settings nor playbook.
if TYPE_CHECKING:
    from followup_tui.domain.playbook import Playbook, Tables
    from followup_tui.settings import Problem

ENGINE = 1
"""To be raised with every change by which the playbook's engine gives another answer."""

KeptHolidays = Mapping[str, Mapping[int, Mapping[date, str]]]
"""Holidays by region, year and day, with their names."""

READ_MOST = 1_000_001
"""Bytes of a file that count: one more than a file may have, see `settings.files.SIZE_LIMIT`."""

_SHIPPED = Path(__file__).parents[1] / "domain" / "playbook.toml"


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
    home, origin = (plain_region(settings.region), "settings") if settings.region else _found_home(zone)
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


def fingerprint_of(settings_place: Path, zone: ZoneInfo) -> str:
    """What all answers depend on besides the applications, as a short text; another one where any of it changed.

    It parses nothing, as it is asked for before the first paint.
    """
    files = (_SHIPPED, playbook_file(settings_place), settings_place)
    facts = (f"{ENGINE}", __version__, holidays_source(), zone.key, *_found_home(zone))
    parts = (*map(str.encode, facts), *map(_content, files))
    whole = b"".join(b"%d:%b" % (len(part), part) for part in parts)
    return f"{ENGINE}-{len(whole):x}-{crc32(whole):08x}"


def _found_home(zone: ZoneInfo) -> tuple[str, str]:
    return home_region(os.environ, zone.key)


def _content(file: Path) -> bytes:
    """What a file says, as far as it is read at all: nothing where it is missing, a number where it can't be."""
    try:
        with file.open("rb") as opened:
            return opened.read(READ_MOST)
    except FileNotFoundError:
        return b""
    except OSError as trouble:
        return f"\0{trouble.errno}".encode()


class Calendars:
    """The calendar of each region under some rules; `cached` are holidays that were kept from an earlier time.

    Those that had to be computed are left in `fresh`, by region and year, to be kept. What is wrong with a region
    is a sentence in `problems`; its calendar then knows no holidays.
    """

    def __init__(self, rules: Rules, cached: KeptHolidays | None = None) -> None:
        self.rules = rules
        self.fresh: dict[tuple[str, int], Mapping[date, str]] = {}
        self.problems: list[str] = []
        self._cached = {region.casefold(): (region, years) for region, years in (cached or {}).items()}
        self._calendars: dict[str, Calendar] = {}

    def of(self, region: str) -> Calendar:
        """The calendar of a region, and of the home region where none is given."""
        found = self._calendars.get(region)
        if found is None:
            found = self._calendars[region] = self._made(region)
        return found

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
        _, kept = self._cached.get(region.casefold(), (region, {}))
        known: list[str] = []

        def of_year(year: int) -> Mapping[date, str]:
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
