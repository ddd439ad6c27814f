"""The user's English: what letters are written in, and in which order dates are shown."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from followup_tui.domain.model.english import MONTH_FIRST, English, english_of_country
from followup_tui.domain.model.letter import Sender
from followup_tui.tracker.clock import local_zone
from followup_tui.tracker.rules_version import default_region

if TYPE_CHECKING:
    from followup_tui.settings import Settings

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


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
