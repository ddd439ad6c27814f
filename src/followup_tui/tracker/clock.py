"""The clock and the calendar's zone: the only place that reads them."""

from __future__ import annotations

import os
from collections import namedtuple  # not typing's, which takes longer to load than a prompt should wait
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.model.text import shown_line

CLOCK_VARIABLE = "FOLLOWUP_NOW"
ZONE_VARIABLE = "TZ"

_FIRST_YEAR, _LAST_YEAR = 1970, 2999
_UNSURE = "times are shown in UTC until TZ names one, such as Europe/Berlin."

_LOCALTIME = Path("/etc/localtime")


class ZoneFound(namedtuple("ZoneFound", ("zone", "doubt"))):
    """The user's zone, and in `doubt` why it is only UTC; empty where it was found."""

    __slots__ = ()
    zone: ZoneInfo
    doubt: str


def now() -> datetime:
    """This moment in UTC, or the one that `FOLLOWUP_NOW` freezes the clock at.

    Raises `FollowupError` where the variable holds no ISO 8601 instant with an offset.
    """
    frozen = os.environ.get(CLOCK_VARIABLE, "").strip()
    return _instant(frozen) if frozen else datetime.now(UTC)


def local_zone() -> ZoneInfo:
    """The user's zone, always one with an IANA name: `TZ`, else the system's, else UTC."""
    return find_zone().zone


def find_zone() -> ZoneFound:
    """The user's zone, and why where it had to be guessed: a wrong zone must show, not stop the program."""
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
    if name and not os.path.isabs(name):
        zone = _named(name)
        # A rule like CET-1CEST has no name under which an interview's zone could be kept.
        doubt = f"TZ is no zone's name: {shown_line(name)[:60]!r}; {_UNSURE}"
        return ZoneFound(zone, "") if zone else ZoneFound(ZoneInfo("UTC"), doubt)
    linked = None if name else _linked_zone()
    return ZoneFound(linked, "") if linked else _system_zone()


def _linked_zone() -> ZoneInfo | None:
    """The zone that the system's own link names, as nearly everywhere: a look of microseconds."""
    _, found, name = os.path.realpath(_LOCALTIME).rpartition("zoneinfo/")
    return _named(name) if found else None


def _system_zone() -> ZoneFound:
    # Here and not above: some 8 ms that the first paint need not pay where a link tells.
    import warnings

    import tzlocal

    try:
        # Its warnings would land on the screen the board is drawn on; a doubt is told in `info` instead.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = tzlocal.reload_localzone()
    except (LookupError, ValueError, OSError):
        return ZoneFound(ZoneInfo("UTC"), f"The system's time zone is set in two ways or not at all; {_UNSURE}")
    key = str(getattr(found, "key", "") or "")
    zone = _named(key) or _same_rules(_LOCALTIME)
    return (
        ZoneFound(zone, "")
        if zone
        else ZoneFound(ZoneInfo("UTC"), f"The system's time zone has no name; {_UNSURE}")
    )


def _named(key: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(key) if key else None
    except (LookupError, ValueError, OSError):
        return None


def _same_rules(localtime: Path) -> ZoneInfo | None:
    """The named zone whose rules equal those of a nameless file, as containers copy it into themselves."""
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
