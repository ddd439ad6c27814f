"""Regions: where the user is at home, which ones there are, and what their public holidays are.

A region is a country's two letters, "DE", with a subdivision where that matters, "DE-BY", as the `holidays`
package spells them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from zoneinfo import TZPATH

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line

TYPE_CHECKING = False  # as type checkers know it: `typing` itself takes longer to load than all of this
if TYPE_CHECKING:
    from holidays import HolidayBase

LOCALE_VARIABLES = ("LC_ALL", "LC_TIME", "LANG")
"""The variables that name a locale, the one that holds before the others first."""

_LOCALE = r"[A-Za-z]{2,3}_([A-Z]{2})(?:[.@].*)?"
_REGION = r"([A-Za-z]{2,3})(?:-(.{1,20}))?"
_SHORT = 3
_NOWHERE = frozenset({"UTC", "UCT", "GMT"})
_FEW = 10
_LIKE_CODE, _LIKE_NAME = 0.5, 0.75
_LANGUAGE = "en_US"
_HOW = "Write a country's two letters, such as DE, and its state where that matters, such as DE-BY or US-CA."


def home_region(environment: Mapping[str, str], zone: str) -> tuple[str, str]:
    """The country the user is most likely in, and where that is from; both empty where nothing tells.

    It is the territory of the locale, or else the country of the zone, given by its key.
    """
    variable = next((name for name in LOCALE_VARIABLES if environment.get(name)), "")
    territory = re.fullmatch(_LOCALE, environment.get(variable, ""))
    if territory:
        return territory[1], variable
    country = _country_of(zone)
    return (country, f"the zone {zone}") if country else ("", "")


@cache
def _country_of(zone: str) -> str:
    """The country a zone belongs to, by the zone database's own table; empty where it belongs to none, as UTC."""
    folder = next((folder for folder in _zone_folders() if (folder / "zone.tab").is_file()), None)
    if folder is None or zone.removeprefix("Etc/") in _NOWHERE:
        return ""
    return _in_table(folder, zone) or _in_table(folder, _first_name(folder, zone))


def _in_table(folder: Path, zone: str) -> str:
    return _line(folder / "zone.tab", rf"([A-Z]{{2}})\t\S+\t{re.escape(zone)}(?:\t.*)?") if zone else ""


def _first_name(folder: Path, zone: str) -> str:
    """The name in the table of a zone that has others besides, as US/Eastern; empty where there is none."""
    return _line(folder / "tzdata.zi", rf"L (\S+) {re.escape(zone)}")


def _zone_folders() -> Iterator[Path]:
    yield from map(Path, TZPATH)
    found = PathFinder.find_spec("tzdata")
    for place in (found.submodule_search_locations or ()) if found else ():
        yield Path(place) / "zoneinfo"


def _line(file: Path, pattern: str) -> str:
    """What the pattern's group is in the first line that it fits; empty where there is none, or no such file."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(f"^{pattern}$", text, re.MULTILINE)
    return found[1] if found else ""


def plain_region(typed: str) -> str:
    """A region as it is most likely spelled, "de-by" as "DE-BY", without a look at those there are."""
    country, dash, state = typed.strip().partition("-")
    state = state.strip()
    return f"{country.strip().upper()}{dash}{state.upper() if len(state) <= _SHORT else state}"


def known_region(typed: str) -> str:
    """The region that was typed, in any case, as it is spelled; empty stays empty.

    Raises `BadInput` for one whose holidays nobody knows.
    """
    region = plain_region(typed)
    if not region:
        return ""
    shape = re.fullmatch(_REGION, region)
    country = _country(shape[1]) if shape else None
    if shape is None or country is None:
        near = _near(region.partition("-")[0], _countries())
        raise BadInput(f"There is no region “{shown_line(typed.strip())[:40]}”{near} {_HOW}", "region")
    code = str(country.country)
    if shape[2] is None:
        return code
    spelled = _states(country).get(shape[2].casefold())
    if spelled is None:
        raise BadInput(_no_state(shape[2], code, country), "region")
    return f"{code}-{spelled}"


def public_holidays(region: str, year: int) -> dict[date, str]:
    """The public holidays of a known region in a year, by day, with their names in English where there are any."""
    import holidays  # some 0.1 s: only where a region's days are not kept yet

    code, _, state = region.partition("-")
    languages = getattr(holidays, code).supported_languages
    language = _LANGUAGE if _LANGUAGE in languages else next((one for one in languages if one[:2] == "en"), None)
    found = holidays.country_holidays(code, subdiv=state or None, years=year, language=language)
    return {day: name for day, name in sorted(found.items()) if day.year == year}


@cache
def holidays_source() -> str:
    """Which release of the `holidays` package is installed, found without loading it; empty where none tells."""
    found = PathFinder.find_spec("holidays")
    if found is None or found.origin is None:
        return ""
    try:
        beside = os.listdir(Path(found.origin).parent.parent)
    except OSError:
        return ""
    return next((name.split("-")[1].removesuffix(".dist") for name in beside if _is_release(name)), "")


def _is_release(name: str) -> bool:
    return name.startswith("holidays-") and name.endswith("-info")


def _country(code: str) -> HolidayBase | None:
    import holidays  # some 0.1 s: only where a region is chosen

    # Not every three letters are a country's: some are a stock exchange's.
    country = _countries().get(code) if len(code) <= _SHORT else None
    return holidays.country_holidays(country) if country else None


def _countries() -> dict[str, str]:
    """Every country's code, by its other codes and by its name."""
    from holidays.registry import COUNTRIES

    by_name = {name.replace("_", " ").upper(): codes[1:] for name, codes in COUNTRIES.items()}
    by_code = {code: codes[0] for codes in by_name.values() for code in codes if len(code) <= _SHORT}
    return by_code | {name: codes[0] for name, codes in by_name.items()}


def _states(country: HolidayBase) -> dict[str, str]:
    """A country's subdivisions as they are spelled, by their code and their names, folded."""
    names = {name.casefold(): code for name, code in country.subdivisions_aliases.items()}
    return names | {code.casefold(): code for code in country.subdivisions}


def _no_state(state: str, code: str, country: HolidayBase) -> str:
    said = f"There is no region “{code}-{shown_line(state)}”"
    if not country.subdivisions:
        return f"{said}: {code} has the same holidays everywhere. Write {code} alone."
    near = _near(state, _states(country), f"{code}-")
    return f"{said}{near if near != '.' else f': {code} has {_some(country.subdivisions)}.'} {_HOW}"


def _some(states: Sequence[str]) -> str:
    return ", ".join(states[:_FEW]) + (" and others" if len(states) > _FEW else "")


def _near(typed: str, known: Mapping[str, str], before: str = "") -> str:
    """The end of a sentence that asks after the known ones most like what was typed; a full stop without any."""
    from difflib import get_close_matches

    folded = {name.casefold(): code for name, code in known.items()}
    # Of two letters one is enough to be like another's; of a name nearly all are.
    cutoff = _LIKE_CODE if len(typed) <= _SHORT else _LIKE_NAME
    names = get_close_matches(typed.casefold()[:40], folded, n=6, cutoff=cutoff)
    near = list(dict.fromkeys(f"{before}{folded[name]}" for name in names))
    return f", did you mean {' or '.join(near[:3])}?" if near else "."
