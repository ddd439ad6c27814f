"""Time zones by the names that people type: IANA names, letters such as CET, and offsets."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line

GENERIC = {
    "utc": "UTC",
    "gmt": "Etc/GMT",
    "z": "UTC",
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
    "uk": "Europe/London",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "sgt": "Asia/Singapore",
    "brt": "America/Sao_Paulo",
}
"""Letters that mean a place's clock, summer and winter alike."""

SEASONAL = {
    "est": "America/New_York",
    "edt": "America/New_York",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "akst": "America/Anchorage",
    "akdt": "America/Anchorage",
    "hst": "Pacific/Honolulu",
    "ast": "America/Halifax",
    "adt": "America/Halifax",
    "bst": "Europe/London",
    "wet": "Europe/Lisbon",
    "west": "Europe/Lisbon",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "eet": "Europe/Helsinki",
    "eest": "Europe/Helsinki",
    "msk": "Europe/Moscow",
    "sast": "Africa/Johannesburg",
    "ist": "",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "hkt": "Asia/Hong_Kong",
    "aest": "Australia/Sydney",
    "aedt": "Australia/Sydney",
    "acst": "Australia/Adelaide",
    "acdt": "Australia/Adelaide",
    "awst": "Australia/Perth",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
}
"""Letters that mean one season of a place's clock; one's own zone comes first where it uses the same letters.

IST has no place of its own: India, Ireland and Israel all use it.
"""

_CALLED = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "atlantic": "America/Halifax",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "arizona": "America/Phoenix",
    "central european": "Europe/Berlin",
    "western european": "Europe/Lisbon",
    "eastern european": "Europe/Helsinki",
    "middle european": "Europe/Berlin",
    "greenwich mean": "Etc/GMT",
    "coordinated universal": "UTC",
    "british": "Europe/London",
    "irish": "Europe/Dublin",
    "india": "Asia/Kolkata",
    "israel": "Asia/Jerusalem",
    "singapore": "Asia/Singapore",
    "japan": "Asia/Tokyo",
    "china": "Asia/Shanghai",
    "moscow": "Europe/Moscow",
}
"""Words before "time" that name a zone."""

_TOWNS = {
    **dict.fromkeys(
        ("ny", "nyc", "new york city", "boston", "washington dc", "atlanta", "miami"), "America/New_York"
    ),
    **dict.fromkeys(("philadelphia", "montreal", "ottawa"), "America/New_York"),
    **dict.fromkeys(("austin", "dallas", "houston", "minneapolis", "st louis"), "America/Chicago"),
    **dict.fromkeys(
        ("san francisco", "sf", "seattle", "portland", "san diego", "las vegas"), "America/Los_Angeles"
    ),
    **dict.fromkeys(("salt lake city", "calgary"), "America/Denver"),
    **dict.fromkeys(
        ("munich", "münchen", "hamburg", "frankfurt", "cologne", "köln", "stuttgart"), "Europe/Berlin"
    ),
    **dict.fromkeys(("düsseldorf", "leipzig", "germany"), "Europe/Berlin"),
    **dict.fromkeys(("manchester", "edinburgh", "cambridge", "oxford", "bristol", "uk"), "Europe/London"),
    **dict.fromkeys(("bangalore", "bengaluru", "mumbai", "delhi", "new delhi", "hyderabad"), "Asia/Kolkata"),
    **dict.fromkeys(("geneva", "genève", "zürich"), "Europe/Zurich"),
    **dict.fromkeys(("milan", "milano", "roma"), "Europe/Rome"),
    **dict.fromkeys(("barcelona",), "Europe/Madrid"),
    **dict.fromkeys(("lyon", "marseille"), "Europe/Paris"),
    **dict.fromkeys(("wien",), "Europe/Vienna"),
    **dict.fromkeys(("beijing", "shenzhen"), "Asia/Shanghai"),
    "tel aviv": "Asia/Jerusalem",
}
_COUNTRIES = r"\s*(?:[-–]\s*us (?:&|and) canada|\(us (?:&|and) canada\))"
"""What scheduling services and Windows put behind such a zone: "Eastern Time - US & Canada"."""
_SEASONS = r"(?: (?:standard|daylight|summer|daylight saving|daylight savings))?(?: time)?(?: zone)?"

_OFFSET_NAME = r"(?a)UTC([+-])(\d{2}):(\d{2})"
_FURTHEST_WEST, _FURTHEST_EAST = timedelta(hours=12), timedelta(hours=14)


def zone_named(name: str) -> tzinfo:
    """The zone that a `When.zone` names, "Europe/Berlin" or "UTC-05:00"; raises `BadInput` for any other name."""
    match = re.fullmatch(_OFFSET_NAME, name)
    if match:
        return fixed_zone(match[1], int(match[2]), int(match[3]))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(
            f"“{shown_line(name)[:60]}” is no time zone; write one like Europe/Berlin.", "zone"
        ) from None


@lru_cache(maxsize=64)
def zone_or(name: str, other: tzinfo) -> tzinfo:
    """The zone of a name, or another one if the name is empty or unknown on this machine."""
    if not name:
        return other
    try:
        return zone_named(name)
    except BadInput:
        return other


def fixed_zone(sign: str, hours: int, minutes: int) -> timezone:
    """A zone with an offset and nothing else; raises `BadInput` for one that no clock on earth has."""
    offset = timedelta(hours=hours, minutes=minutes)
    if offset > (_FURTHEST_WEST if sign == "-" else _FURTHEST_EAST) or minutes not in (0, 15, 30, 45):
        raise BadInput(
            f"{sign}{hours:02}:{minutes:02} is no offset from UTC; write one like -05:00 or Europe/Berlin."
        )
    if not offset:
        return UTC
    return timezone(-offset if sign == "-" else offset)


def iana_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name in any case; raises `BadInput` for one that doesn't exist."""
    spelled = _iana_names().get(name.casefold())
    if spelled is None:
        raise BadInput(f"“{shown_line(name)[:60]}” is no time zone; write one like Europe/Berlin or EST.")
    return ZoneInfo(spelled)


@lru_cache(maxsize=512)
def zone_of_words(text: str) -> str:
    """The IANA name of the zone that words name, or an empty text: "Pacific", "London time", "Berlin".

    Of several places it is the first one's that is known: "UK, Ireland, Lisbon Time".
    """
    words = re.sub(_COUNTRIES, "", " ".join(text.casefold().replace("_", " ").split()))
    if "," in words:
        places = words.removesuffix(" time").split(",")
        return next(filter(None, (zone_of_words(f"{place} time") for place in places)), "")
    match = re.fullmatch(rf"(.+?){_SEASONS}", words)
    if match is None or len(match[1]) < 2:
        return ""
    name = match[1]
    place = _CALLED.get(name) or _TOWNS.get(name) or _towns().get(name, "")
    if place or name == words:
        return place
    return GENERIC.get(name) or SEASONAL.get(name) or ""  # letters need "time" behind them


@lru_cache(maxsize=1)
def _towns() -> dict[str, str]:
    """The zones by the towns in their names; "Etc" and the names of countries and islands are left out."""
    towns: dict[str, str] = {}
    for name in sorted(available_timezones()):
        area, _, town = name.rpartition("/")
        if area.split("/")[0] in {"Africa", "America", "Asia", "Australia", "Europe", "Pacific"}:
            towns.setdefault(town.replace("_", " ").casefold(), name)
    return towns


@lru_cache(maxsize=1)
def _iana_names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def zone_name(zone: tzinfo) -> str:
    """The name under which `zone_named` finds the zone again."""
    name = zone.key if isinstance(zone, ZoneInfo) else str(zone)
    return "UTC" if name == "Etc/UTC" else name
