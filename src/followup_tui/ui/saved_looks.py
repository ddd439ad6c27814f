"""The board's looks in the terminal's own codes, as they were painted before: the first frame is drawn in them.

What colours a terminal gets only Textual knows: they depend on the theme, the style sheets and the terminal.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from followup_tui import __version__
from followup_tui.domain.model.errors import FollowupError
from followup_tui.paths import looks_file

Looks = Mapping[str, Mapping[str, str]]
"""By the part of the board and the look, what stands between `ESC [` and `m`: "1;38;2;255;255;255"."""

_ASKED = ("TERM", "COLORTERM", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FILTERS")
"""The variables by which Textual and Rich choose the colours."""
_CODES = frozenset("0123456789;")
_MOST = 4
"""Themes and terminals that are remembered, the last ones: inside tmux and outside, a dark and a light one."""


class SavedLooks:
    """The looks that are remembered, each set for a theme, a terminal and a version of this program."""

    def __init__(self) -> None:
        self._terminal = [__version__, *map(os.environ.get, _ASKED)]  # before Textual takes NO_COLOR away
        self._sets = _read()

    @property
    def themes(self) -> frozenset[str]:
        """The themes that were painted, so that there are such."""
        return frozenset(each["theme"] for each in self._sets)

    def of(self, theme: str, colors: Mapping[str, str]) -> Looks:
        """The looks of a theme with the user's colors on this terminal; none where it wasn't painted lately."""
        return next((each["looks"] for each in self._sets if self._is_of(each, theme, colors)), {})

    def save(self, theme: str, colors: Mapping[str, str], looks: Looks) -> None:
        """Remember what was painted; where that can't be written, the next start has no first frame."""
        from followup_tui.atomic_write import partial_file  # Not at the top: the first frame goes without it

        others = [each for each in self._sets if not self._is_of(each, theme, colors)]
        mine = {"theme": theme, "colors": dict(colors), "terminal": self._terminal, "looks": looks}
        self._sets = [mine, *others[: _MOST - 1]]
        place = _place()
        if place is None:
            return
        with suppress(OSError):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with partial_file(place.parent, json.dumps(self._sets).encode()) as partial:
                os.replace(partial, place)

    def _is_of(self, each: Mapping[str, Any], theme: str, colors: Mapping[str, str]) -> bool:
        return (each["theme"], each["colors"], each["terminal"]) == (theme, colors, self._terminal)


def _read() -> list[Mapping[str, Any]]:
    """The sets that were saved; none where there is no file or a garbled one."""
    place = _place()
    if place is None:
        return []
    try:
        sets = json.loads(place.read_bytes())
        is_clean = all(
            isinstance(each["theme"], str)
            and isinstance(each["colors"], dict)
            and isinstance(each["terminal"], list)
            and _CODES.issuperset("".join(chain(*(part.values() for part in each["looks"].values()))))
            for each in sets
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []
    return list(sets) if is_clean else []


def _place() -> Path | None:
    try:
        return looks_file()
    except FollowupError:  # without a home folder nothing is remembered
        return None
