"""The terminal's ground, dark or light: it is asked for it, and its answer is taken out of what is typed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

AUTO = "auto"
"""The theme that is chosen by the terminal."""

OWN_COLORS = ("ansi", "ansi-on-light")
"""The themes that are drawn in the terminal's own colors, for a dark and for a light ground."""
_BY_GROUND = {AUTO: ("followup-dark", "followup-light"), "ansi": OWN_COLORS}
"""Settings that mean one theme on a dark ground and another one on a light ground."""

ASK = "\x1b]11;?\x1b\\"
"""What asks a terminal for its ground (OSC 11)."""
_PART = "([0-9a-fA-F]+)"
_ANSWER = rf"\x1b\]11;(?:rgba?:{_PART}/{_PART}/{_PART})?[^\x07\x1b]*(?:\x07|\x1b\\)"
_BEGUN = r"\x1b\](?:1(?:1(?:;[^\x07\x1b]{0,40}\x1b?)?)?)?$"
"""An answer of which the rest is still to come; a lone Esc isn't taken for one, since it is a key."""
_SILENT = ("linux", "vt", "cons", "sun", "dumb")
"""The beginnings of TERM of terminals that don't know the question; some would show a part of it."""


def can_ask() -> bool:
    """Whether the terminal may be asked; a browser has no such ground."""
    is_plain = os.environ.get("TERM", "").startswith(_SILENT)
    return os.name == "posix" and "TEXTUAL_DRIVER" not in os.environ and not is_plain


def is_light() -> bool | None:
    """Whether the ground is light; None if nobody has said so."""
    ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return ground in ("7", "15") if ground else None


def remember_ground(*, light: bool) -> None:
    """Keep what the ground is where terminals tell it, and where an editor that is opened looks for it."""
    os.environ["COLORFGBG"] = "0;15" if light else "15;0"


def theme_here(name: str) -> str:
    """The theme that a setting means on this terminal."""
    dark, light = _BY_GROUND.get(name, (name, name))
    return light if is_light() else dark


class AnswerReader:
    """Takes the answers out of what comes from the terminal, wherever it is broken, and tells of each."""

    def __init__(self, answered: Callable[[bool], object]) -> None:
        """`answered` is called with whether the ground is light."""
        self._answered = answered
        self._held = ""

    def rest_of(self, text: str) -> str:
        """What is left of some text; the beginning of an answer waits for its end."""
        text, self._held = self._held + text, ""
        if "\x1b]" not in text:
            return text
        kept = re.sub(_ANSWER, self._take, text)
        if begun := re.search(_BEGUN, kept):
            self._held = begun[0]
        return kept.removesuffix(self._held)

    def _take(self, answer: re.Match[str]) -> str:
        if answer[1]:
            red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in answer.groups())
            self._answered(luminance(red, green, blue) > _MIDDLE)
        return ""


_MIDDLE = 0.179
"""The relative luminance (WCAG 2.2) above which black is easier to read than white."""


def luminance(red: float, green: float, blue: float) -> float:
    """The relative luminance by WCAG 2.2, from 0 to 1, of a color whose parts are from 0 to 1."""
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue))
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
