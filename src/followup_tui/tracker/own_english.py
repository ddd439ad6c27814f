"""The user's English: what letters are written in, and in which order dates are shown."""

from __future__ import annotations

import os
import re

from followup_tui.domain.model.english import MONTH_FIRST, English, english_of_country
from followup_tui.paths import read_file
from followup_tui.tracker.clock import local_zone
from followup_tui.tracker.rules_version import MAX_BYTES, default_region

TYPE_CHECKING = False  # as type checkers know it: `due` waits for this module
if TYPE_CHECKING:
    from pathlib import Path

    from followup_tui.domain.model.letter import Sender
    from followup_tui.settings import Settings

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
    return settings.sender(english_of(settings))


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
    said = dict(re.findall(_PLAIN, re.split(_TABLE, text, maxsplit=1)[0]))
    english = said.get("english", "")
    is_plain = len(re.findall(_NAMED, text)) == len(said) and not re.search("\"{3}|'{3}", text)
    return (english, said.get("region", "")) if is_plain and english in ("", *English) else None
