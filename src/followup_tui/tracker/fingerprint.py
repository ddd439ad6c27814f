"""What tells one set of rules from another: a few bytes that say whether what was kept still holds."""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32
from zoneinfo import ZoneInfo

from followup_tui import __version__
from followup_tui.places import playbook_file
from followup_tui.tracker.regions import holidays_source, home_region

ENGINE = 3
"""To be raised with every change by which the playbook's engine gives another answer."""

READ_MOST = 1_000_001
"""Bytes of a file that count: one more than a file may have, see `settings.files.SIZE_LIMIT`."""

_SHIPPED = Path(__file__).parents[1] / "domain" / "rules" / "playbook.toml"


def fingerprint_of(settings_place: Path, zone: ZoneInfo) -> str:
    """What all answers depend on besides the applications, as a short text; another one where any of it changed.

    It parses nothing, as it is asked for before the first paint.
    """
    files = (_SHIPPED, playbook_file(settings_place), settings_place)
    facts = (f"{ENGINE}", __version__, holidays_source(), zone.key, *found_home(zone))
    parts = (*map(str.encode, facts), *map(_content, files))
    whole = b"".join(b"%d:%b" % (len(part), part) for part in parts)
    return f"{ENGINE}-{len(whole):x}-{crc32(whole):08x}"


def found_home(zone: ZoneInfo) -> tuple[str, str]:
    """The user's home region and where it is from, as the environment tells it."""
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
