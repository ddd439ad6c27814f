"""The rules in force: the shipped playbook or the user's, the home region and the days off."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import followup_tui.domain.rules
from followup_tui.domain.rules.playbook import Playbook, Tables, merge_tables, playbook_of
from followup_tui.files import playbook_file
from followup_tui.settings import load_settings
from followup_tui.settings.toml_file import Problem, UnreadableFile, locate_problems, read_document
from followup_tui.tracker.regions import default_region, fingerprint_of, plain_region

SHIPPED = Path(followup_tui.domain.rules.__file__).with_name("playbook.toml")
"""The shipped rules, with their reasons and sources."""

_HOLDS = "The shipped rules are in force."


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPlaybook:
    """The rules, the same as tables with reasons and sources, and the problems in the user's file.

    `path` is the user's file if it is in force.
    """

    playbook: Playbook
    tables: Tables
    problems: tuple[Problem, ...] = ()
    path: Path | None = None


def load_playbook(path: Path) -> LoadedPlaybook:
    """Return the shipped rules, overridden by those in the user's file.

    One mistake makes the whole file ineffective: see `domain.rules.playbook.playbook_of`.
    """
    try:
        own = read_document(path, name="playbook", otherwise="the shipped rules are in force")
    except UnreadableFile as error:
        return replace(_shipped(), problems=(error.problem,))
    if not own.values:
        return replace(_shipped(), path=path if own.exists else None)
    shipped = _shipped().tables
    playbook, mistakes = playbook_of(shipped, own.values)
    if mistakes:
        errors = ((tuple(key.split(".")), f"{sentence} {_HOLDS}") for key, sentence in mistakes)
        return replace(_shipped(), problems=locate_problems(errors, own.text))
    return LoadedPlaybook(playbook=playbook, tables=merge_tables(shipped, own.values), path=path)


@cache
def _shipped() -> LoadedPlaybook:
    tables = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    playbook, _ = playbook_of(tables, {})
    return LoadedPlaybook(playbook=playbook, tables=tables)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules in force; `playbook_path` is the user's own playbook if there is one, else None.

    `basket` is the playbook's rule of the basket as text, `tables` are its rules with their reasons and sources,
    `problems` what is wrong with their file. The home region is empty if none is known, and `region_from` says
    what it was found from.
    """

    playbook: Playbook
    basket: str
    tables: Tables
    home_region: str
    region_from: str
    days_off: frozenset[date]
    zone: ZoneInfo
    fingerprint: str
    problems: tuple[Problem, ...] = ()
    playbook_path: Path | None = None


def load_rules(settings_place: Path, zone: ZoneInfo) -> Rules:
    """Load the rules from the settings, the playbook beside them, and the environment; `zone` is the user's."""
    # First: if a file changes meanwhile, the fingerprint no longer matches, and everything is recomputed.
    fingerprint = fingerprint_of(settings_place, zone)
    settings, _ = load_settings(settings_place)
    loaded = load_playbook(playbook_file(settings_place))
    home, origin = (plain_region(settings.region), "settings") if settings.region else default_region(zone)
    return Rules(
        playbook=loaded.playbook,
        basket=loaded.playbook.basket.as_text(),
        tables=loaded.tables,
        home_region=home,
        region_from=origin,
        days_off=settings.days_off_days(),
        zone=zone,
        fingerprint=fingerprint,
        problems=loaded.problems,
        playbook_path=loaded.path,
    )
