"""The rules in force: the playbook, the home region and the days off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from followup_tui.files import playbook_file
from followup_tui.settings import load_settings
from followup_tui.settings.playbook_file import load_playbook
from followup_tui.tracker.regions import (
    default_region,
    fingerprint_of,
    plain_region,
)

if TYPE_CHECKING:
    from followup_tui.domain.rules.playbook import Playbook, Tables
    from followup_tui.settings import Problem


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
