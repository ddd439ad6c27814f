"""The user's region, its free days and its English, and the fingerprint of the rules in force.

A region is a country's two letters, "DE", or with a subdivision "DE-BY", as the `holidays` package spells them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType
from zlib import crc32
from zoneinfo import TZPATH, ZoneInfo

from followup_tui import __version__
from followup_tui.domain.format import MONTH_FIRST, English, Voice, english_of_country
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import fold, shown_line, similar_names
from followup_tui.domain.rules.calendar import WEEKEND
from followup_tui.files import playbook_file, read_file
from followup_tui.tracker.clock import local_zone

TYPE_CHECKING = False  # as type checkers know it: `typing` itself takes longer to load than all of this
if TYPE_CHECKING:
    from holidays import HolidayBase

    from followup_tui.domain.model.touch import Sender
    from followup_tui.settings import Settings

LOCALE_VARIABLES = ("LC_ALL", "LC_TIME", "LANG")
"""The variables that name a locale, the strongest first."""

_LOCALE = r"[A-Za-z]{2,3}_([A-Z]{2})(?:[.@].*)?"
_REGION = r"([A-Za-z]{2,3})(?:-(.{1,20}))?"
_MAX_CODE = 3
_USUAL_WEEKEND = (5, 6)
_WITHOUT_COUNTRY = frozenset({"UTC", "UCT", "GMT"})
_NAMED_STATES = 10
_US = "US"
_STATES_BY_NAME = ("US", "CA", "GB", "DE", "AT", "CH", "AU", "IN", "ES", "FR", "IT")
"""The countries whose states are found by their names alone."""
_ENGLISH_NAMES = {
    "bavaria": "DE-BY", "hesse": "DE-HE", "lower saxony": "DE-NI", "north rhine-westphalia": "DE-NW",
    "rhineland-palatinate": "DE-RP", "saxony": "DE-SN", "saxony-anhalt": "DE-ST", "thuringia": "DE-TH",
    "mecklenburg-western pomerania": "DE-MV", "carinthia": "AT-2", "lower austria": "AT-3",
    "upper austria": "AT-4", "styria": "AT-6", "tyrol": "AT-7", "vienna": "AT-9", "geneva": "CH-GE",
    "lucerne": "CH-LU", "grisons": "CH-GR", "st. gallen": "CH-SG", "andalusia": "ES-AN",
    "canary islands": "ES-CN", "castile and leon": "ES-CL", "catalonia": "ES-CT", "balearic islands": "ES-IB",
    "navarre": "ES-NC", "basque country": "ES-PV", "valencia": "ES-VC",
}  # fmt: skip
"""The English names of states that the `holidays` package knows by their own name alone."""
_CODE_CUTOFF, _NAME_CUTOFF = 0.5, 0.75  # one of two letters is alike enough; of a name nearly all
_HOW = (
    "Write a country's two letters, such as DE, and its state where that matters, such as CA-ON, DE-BY or US-CA."
)


def home_region(environment: Mapping[str, str], zone: str) -> tuple[str, str]:
    """Return the country the user is most likely in, and what tells it; both empty if nothing does.

    It is the territory of the locale, or else the country of the zone, given by its key.
    """
    variable = next((name for name in LOCALE_VARIABLES if environment.get(name)), "")
    territory = re.fullmatch(_LOCALE, environment.get(variable, ""))
    if territory:
        return territory[1], variable
    country = country_of_zone(zone)
    return (country, f"the zone {zone}") if country else ("", "")


@cache
def country_of_zone(zone: str) -> str:
    """Return the country of a zone by the zone database's own table; empty if it has none, such as UTC."""
    folder = next((folder for folder in _zone_folders() if (folder / "zone.tab").is_file()), None)
    if folder is None or zone.removeprefix("Etc/") in _WITHOUT_COUNTRY:
        return ""

    def country(name: str) -> str:
        return _first_match(folder / "zone.tab", rf"([A-Z]{{2}})\t\S+\t{re.escape(name)}(?:\t.*)?") if name else ""

    # A zone that has another name in the table, such as US/Eastern, is linked to it.
    return country(zone) or country(_first_match(folder / "tzdata.zi", rf"L (\S+) {re.escape(zone)}"))


def _zone_folders() -> Iterator[Path]:
    yield from map(Path, TZPATH)
    package = PathFinder.find_spec("tzdata")
    if package is not None:
        for folder in package.submodule_search_locations or ():
            yield Path(folder) / "zoneinfo"


def _first_match(file: Path, pattern: str) -> str:
    """Return the pattern's group in the first line that matches; empty if none does or there is no such file."""
    try:
        match = re.search(f"^{pattern}$", file.read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return ""
    return match[1] if match else ""


_MONTH_FIRST = frozenset(
    ("US", "AS", "GU", "MP", "PR", "UM", "VI", "PH", "FM", "MH", "PW", "CN", "JP", "KR", "TW", "MN", "HU", "LT")
)
"""Countries in which a number for the month stands before that of the day."""
_BOTH_ORDERS = frozenset(["CA", "ZA", "KE", "GH"])


def is_day_first(region: str) -> bool | None:
    """Whether "3/12" is 3 December in a region; None where both are usual, and where no region is known."""
    country = region.partition("-")[0].upper()
    if not country or country in _BOTH_ORDERS:
        return None
    return country not in _MONTH_FIRST


def plain_region(typed: str) -> str:
    """Return a region as it is most likely spelled, "de-by" as "DE-BY", without looking up the known ones."""
    country, dash, state = typed.strip().partition("-")
    state = state.strip()
    return f"{country.strip().upper()}{dash}{state.upper() if len(state) <= _MAX_CODE else state}"


def known_region(typed: str) -> str:
    """Return the region that was typed, in any case or by its full name, as it is spelled; empty stays empty.

    Raises `BadInput` for a region whose holidays are not known.
    """
    region = plain_region(typed)
    if not region:
        return ""
    if english := _ENGLISH_NAMES.get(fold(typed.strip())):
        return english
    shape = re.fullmatch(_REGION, region)
    code = _countries().get(shape[1]) if shape else None
    if shape is None or code is None:
        return _named_region(shown_line(typed.strip()))
    if shape[2] is None:
        return code
    state = _states(code).get(fold(shape[2]))
    if state is None:
        raise BadInput(_no_state(shape[2], code), "region")
    return f"{code}-{state}"


def describe_region(region: str) -> str:
    """Return a known region in words: "Bayern, Germany"; and which state of the US has the letters of a country.

    "CA" is "Canada; California is US-CA".
    """
    code, _, state = region.partition("-")
    country = next(name for name, codes in _holidays().registry.COUNTRIES.items() if codes[1] == code)
    words = country.replace("_", " ").title()
    if state:
        return f"{_state_name(code, state)}, {words}"
    same = _state_name(_US, code)
    return f"{words}; {same} is {_US}-{code}" if same not in (code, words) else words


def understood_region(typed: str) -> str:
    """Return what a region is understood as while it is typed; empty as long as it is none."""
    try:
        region = known_region(typed)
    except BadInput:
        return ""
    return f"Region: {describe_region(region)}" if region else ""


def _state_name(country: str, state: str) -> str:
    """Return the name of a country's state, or its code where it has none."""
    names = _holidays().country_holidays(country).subdivisions_aliases
    return next((name for name, code in names.items() if code == state), state)


def _named_region(name: str) -> str:
    """Return the region of a country's or a state's name, "California". Raises `BadInput` for none or several."""
    regions = list(_regions_called(name)) if len(name) > _MAX_CODE else []
    if len(regions) == 1:
        return regions[0]
    if regions:
        suggestion = f", did you mean {' or '.join(regions)}?"
    else:
        suggestion = _suggestion(name.partition("-")[0], _countries())
    raise BadInput(f"There is no region “{name[:40]}”{suggestion} {_HOW}", "region")


def _regions_called(name: str) -> Iterator[str]:
    country = _countries().get(name.upper())
    if country:
        yield country
    for code in _STATES_BY_NAME:
        state = _states(code).get(fold(name))
        if state:
            yield f"{code}-{state}"


@cache
def free_days(region: str, year: int) -> Mapping[date, str]:
    """Return why days of a year are free in a known region, as `Calendar` takes it.

    These are the public holidays that are on no weekend, with English names if there are any, and the days by
    which the region's weekends differ from Saturday and Sunday: `WEEKEND` if free, empty if worked.
    """
    holidays = _holidays()
    code, _, state = region.partition("-")
    languages = getattr(holidays, code).supported_languages
    english = (language for language in ("en_US", *languages) if language in languages and language[:2] == "en")
    calendar = holidays.country_holidays(code, subdiv=state or None, years=year, language=next(english, None))
    first = date(year, 1, 1)
    days = [first + timedelta(days=place) for place in range((date(year, 12, 31) - first).days + 1)]
    reasons = ((day, _why_free(day, calendar)) for day in days)
    return {day: why for day, why in reasons if why is not None}


def _why_free(day: date, calendar: HolidayBase) -> str | None:
    """Return why a day is free, empty if it is worked; None if it is as usual on that weekday."""
    if calendar.is_working_day(day):
        return "" if day.weekday() in _USUAL_WEEKEND else None
    if calendar.is_weekend(day):
        return None if day.weekday() in _USUAL_WEEKEND else WEEKEND
    return str(calendar[day])


def free_days_source() -> str:
    """Return what cached free days are computed with: the installed release, and weekends among them."""
    return f"{holidays_source()} with weekends"


@cache
def holidays_source() -> str:
    """Return the installed release of the `holidays` package, found without loading it; empty if not found."""
    # Not importlib.metadata, which takes 20 ms before the first paint.
    package = PathFinder.find_spec("holidays")
    if package is None or package.origin is None:
        return ""
    try:
        names = os.listdir(Path(package.origin).parent.parent)
    except OSError:
        return ""
    releases = [name for name in names if name.startswith("holidays-") and name.endswith("-info")]
    return releases[0].split("-")[1].removesuffix(".dist") if releases else ""


def _holidays() -> ModuleType:
    """Return the `holidays` package, which is needed if a region is chosen, or its days aren't cached."""
    import holidays.registry  # Not at the top: it takes 0.1 s.

    return holidays


@cache
def _countries() -> dict[str, str]:
    """Return every country's code, by its other codes and by its name."""
    registry: dict[str, tuple[str, ...]] = _holidays().registry.COUNTRIES
    by_name = {name.replace("_", " ").upper(): codes[1:] for name, codes in registry.items()}
    by_code = {code: codes[0] for codes in by_name.values() for code in codes if len(code) <= _MAX_CODE}
    return by_code | {name: codes[0] for name, codes in by_name.items()}


@cache
def _states(code: str) -> dict[str, str]:
    """Return a country's subdivisions as they are spelled, by their codes and names without case and accents."""
    country = _holidays().country_holidays(code)
    names = {fold(name): code for name, code in country.subdivisions_aliases.items()}
    return names | {fold(code): code for code in country.subdivisions}


def _no_state(state: str, code: str) -> str:
    problem = f"There is no region “{code}-{shown_line(state)}”"
    states = _holidays().country_holidays(code).subdivisions
    if not states:
        return f"{problem}: {code} has the same holidays everywhere. Write {code} alone."
    suggestion = _suggestion(state, _states(code), f"{code}-")
    if suggestion == ".":
        more = " and others" if len(states) > _NAMED_STATES else ""
        suggestion = f": {code} has {', '.join(states[:_NAMED_STATES])}{more}."
    return f"{problem}{suggestion} {_HOW}"


def _suggestion(typed: str, code_by_name: Mapping[str, str], before: str = "") -> str:
    """Return the end of a sentence that suggests the names most like what was typed, or a full stop."""
    codes = {name.casefold(): code for name, code in code_by_name.items()}
    cutoff = _CODE_CUTOFF if len(typed) <= _MAX_CODE else _NAME_CUTOFF
    names = similar_names(typed.casefold(), codes, 6, cutoff=cutoff)
    near = list(dict.fromkeys(f"{before}{codes[name]}" for name in names))
    return f", did you mean {' or '.join(near[:3])}?" if near else "."


ENGINE = 15
"""To be raised with every change that makes the engine answer differently."""

MAX_BYTES = 1_000_001
"""Bytes of a file that count: one more than a file may have, see `settings.toml_file.SIZE_LIMIT`."""

_SHIPPED = Path(__file__).parents[1] / "domain" / "rules" / "playbook.toml"


def fingerprint_of(settings_place: Path, zone: ZoneInfo) -> str:
    """Return a short text that differs whenever anything but the applications changes the answers.

    It parses nothing, as it is needed before the first paint.
    """
    files = (_SHIPPED, playbook_file(settings_place), settings_place)
    facts = (f"{ENGINE}", __version__, holidays_source(), zone.key, *default_region(zone))
    parts = (*map(str.encode, facts), *map(_content, files))
    whole = b"".join(b"%d:%b" % (len(part), part) for part in parts)
    return f"{ENGINE}-{len(whole):x}-{crc32(whole):08x}"


def default_region(zone: ZoneInfo) -> tuple[str, str]:
    """Return the user's home region by the environment, and what it was found from."""
    return home_region(os.environ, zone.key)


def _content(file: Path) -> bytes:
    """Return what is read of a file: nothing if it is missing, the error's number if it can't be read."""
    try:
        return read_file(file, MAX_BYTES)
    except FileNotFoundError:
        return b""
    except OSError as trouble:
        return f"\0{trouble.errno}".encode()


_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_NAMED = r"(?m)^[ \t]*[\"']?(?:english|region)\b"
_PLAIN = r"(?m)^(english|region) *= *\"([A-Za-z-]*)\" *(?:#.*)?$"
_TABLE = r"(?m)^[ \t]*\["


def english_of(settings: Settings) -> English:
    """Return the English that is set, or else the one that is guessed."""
    return settings.english or guess_english(settings.region)[0]


def guess_english(region: str) -> tuple[English, str]:
    """Return the English of a locale such as "en_GB.UTF-8", or else of the region, and which of them told it.

    An empty region is guessed too.
    """
    locale = next(filter(None, map(os.environ.get, _LOCALE_VARIABLES)), "")
    language, _, country = locale.partition(".")[0].partition("@")[0].partition("_")
    if language == "en" and country:
        return english_of_country(country), "locale"
    return english_of_country((region or default_region(local_zone())[0]).partition("-")[0]), "region"


def sender_of(settings: Settings) -> Sender:
    """Return the sender of letters."""
    # Not at the top: a start that writes no letter goes without it.
    from followup_tui.domain.model.touch import Sender

    return Sender(
        name=settings.name,
        email=settings.email,
        phone=settings.phone,
        address=settings.address,
        english=english_of(settings),
        voice=Voice(settings.voice),
    )


def is_month_first(settings: Settings) -> bool:
    """Whether dates are shown with the month first: "Fri Nov 20"."""
    return english_of(settings) in MONTH_FIRST


def is_month_first_at(settings_place: Path) -> bool:
    """Whether dates are shown with the month first by a settings file, of which as little is read as will do."""
    plain = _plain_settings(settings_place)
    if plain is None:
        # Not at the top: `due` waits for this, and nearly all files say it on a plain line.
        from followup_tui.settings import load_settings

        return is_month_first(load_settings(settings_place)[0])
    english, region = plain
    return (English(english) if english else guess_english(region)[0]) in MONTH_FIRST


def _plain_settings(place: Path) -> tuple[str, str] | None:
    """Return the English and the region of a settings file; None if only reading it as TOML tells them.

    A file that is no TOML counts as far as its plain lines go.
    """
    try:
        text = read_file(place, MAX_BYTES).decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return "", ""
    except (OSError, UnicodeDecodeError):
        return None
    values = dict(re.findall(_PLAIN, re.split(_TABLE, text, maxsplit=1)[0]))
    english = values.get("english", "")
    is_plain = len(re.findall(_NAMED, text)) == len(values) and not re.search("\"{3}|'{3}", text)
    return (english, values.get("region", "")) if is_plain and english in ("", *English) else None
