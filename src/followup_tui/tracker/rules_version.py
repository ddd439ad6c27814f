"""The version of the rules: a short fingerprint that tells whether cached next actions are still valid."""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32
from zoneinfo import ZoneInfo

from followup_tui import __version__
from followup_tui.paths import playbook_file, read_file
from followup_tui.tracker.regions import holidays_source, home_region

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
