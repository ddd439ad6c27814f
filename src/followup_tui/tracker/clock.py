"""The clock and the user's time zone: the only module that reads them."""

from __future__ import annotations

import os
import warnings
from collections import namedtuple  # not typing's, which takes longer to load than a prompt should wait
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.zones import zone_name

CLOCK_VARIABLE = "FOLLOWUP_NOW"
ZONE_VARIABLE = "TZ"

_FIRST_YEAR, _LAST_YEAR = 1970, 2999
_UNSURE = "times are shown in UTC until TZ names one, such as Europe/Berlin."

_LOCALTIME = Path("/etc/localtime")


class ZoneFound(namedtuple("ZoneFound", ("zone", "doubt"))):
    """The user's zone; if none was found it is UTC, and `doubt` is a sentence on why."""

    __slots__ = ()
    zone: ZoneInfo
    doubt: str


def now() -> datetime:
    """Return the current moment in UTC, or the one that `FOLLOWUP_NOW` freezes the clock at.

    Raises `FollowupError` if the variable is not an ISO 8601 moment with an offset.
    """
    frozen = os.environ.get(CLOCK_VARIABLE, "").strip()
    return _instant(frozen) if frozen else datetime.now(UTC)


def local_zone() -> ZoneInfo:
    """Return the user's zone, always one with an IANA name: from `TZ`, else the system's, else UTC."""
    return find_zone().zone


def find_zone() -> ZoneFound:
    """Return the user's zone, with the reason if it is a guess: that is shown and stops nothing."""
    return _zone_for(os.environ.get(ZONE_VARIABLE, "").strip())


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        instant = moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        instant = None
    if instant is None or not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        raise FollowupError(
            f"{CLOCK_VARIABLE} is no moment between {_FIRST_YEAR} and {_LAST_YEAR} with an offset: "
            f"{shown_line(text)[:60]!r}; write it like 2026-11-22T10:00:00+01:00."
        )
    return instant


@lru_cache(maxsize=8)
def _zone_for(setting: str) -> ZoneFound:
    name = setting.removeprefix(":")
    if not name or os.path.isabs(name):
        linked = None if name else _linked_zone()
        return ZoneFound(linked, "") if linked else _system_zone()
    # An interview's zone is saved by its name, which a rule like CET-1CEST doesn't have.
    return _zone_or_utc(_named(name), f"TZ is no zone's name: {shown_line(name)[:60]!r}")


def _zone_or_utc(zone: ZoneInfo | None, doubt: str) -> ZoneFound:
    """Return the zone if there is one, else UTC with the doubt."""
    return ZoneFound(zone, "") if zone else ZoneFound(ZoneInfo("UTC"), f"{doubt}; {_UNSURE}")


def _linked_zone() -> ZoneInfo | None:
    """Return the zone that the system's link names, which takes microseconds; None if it is no such link."""
    _, folder, name = os.path.realpath(_LOCALTIME).rpartition("zoneinfo/")
    return _named(name) if folder else None


def _system_zone() -> ZoneFound:
    # Here and not at the top: 8 ms that the first paint can spare if the link names the zone.
    import tzlocal

    try:
        # Its warnings would be printed over the board; `info` shows the doubt instead.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            key = str(getattr(tzlocal.reload_localzone(), "key", "") or "")
    except (LookupError, ValueError, OSError):
        return _zone_or_utc(None, "The system's time zone is set in two ways or not at all")
    return _zone_or_utc(_named(key) or _same_rules(_LOCALTIME), "The system's time zone has no name")


def _named(key: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(zone_name(ZoneInfo(key))) if key else None
    except (LookupError, ValueError, OSError):
        return None


def _same_rules(localtime: Path) -> ZoneInfo | None:
    """Return the named zone with the rules of a file without a name, such as a container's copy; None if none."""
    try:
        rules = localtime.read_bytes()
    except OSError:
        return None
    for folder in map(Path, TZPATH):
        for name in sorted(available_timezones(), key=lambda name: ("/" not in name, name)):
            file = folder / name
            if file.is_file() and file.read_bytes() == rules:
                return _named(name)
    return None
