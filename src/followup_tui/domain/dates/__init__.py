"""Dates as people say them: `parse_when` understands them, `echo` says back what was understood."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from followup_tui.domain.dates.when import Lean, When, echo, spelled
from followup_tui.domain.dates.zones import zone_named

if TYPE_CHECKING:
    from followup_tui.domain.dates.parsing import looks_like_date, parse_when
    from followup_tui.domain.dates.reckoning import monday_to_friday

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "Lean",
    "When",
    "echo",
    "looks_like_date",
    "monday_to_friday",
    "parse_when",
    "spelled",
    "zone_named",
]

_LOADED_ON_USE = {"parse_when": "parsing", "looks_like_date": "parsing", "monday_to_friday": "reckoning"}


def __getattr__(name: str) -> object:
    """Understanding dates is loaded when first asked for: the board paints without it."""
    if name not in _LOADED_ON_USE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LOADED_ON_USE[name]}"), name)
