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
    "gmt": "UTC",
    "z": "UTC",
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
    "uk": "Europe/London",
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

_OFFSET_NAME = r"(?a)UTC([+-])(\d{2}):(\d{2})"
_WIDEST = timedelta(hours=14)


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


def fixed_zone(sign: str, hours: int, minutes: int) -> timezone:
    """A zone with an offset and nothing else; raises `BadInput` for one that no clock on earth has."""
    offset = timedelta(hours=hours, minutes=minutes)
    if offset > _WIDEST or minutes > 59:
        raise BadInput(
            f"{sign}{hours:02}:{minutes:02} is no offset from UTC; write one like -05:00 or Europe/Berlin."
        )
    if not offset:
        return UTC
    return timezone(-offset if sign == "-" else offset)


def iana_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name in any case; raises `BadInput` for one that doesn't exist."""
    known = _iana_names().get(name.casefold())
    if known is None:
        raise BadInput(f"“{shown_line(name)[:60]}” is no time zone; write one like Europe/Berlin or EST.")
    return ZoneInfo(known)


@lru_cache(maxsize=1)
def _iana_names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def zone_name(zone: tzinfo) -> str:
    """The name under which `zone_named` finds the zone again."""
    return zone.key if isinstance(zone, ZoneInfo) else str(zone)
