"""How many colors a terminal has, and what is drawn in where it has few, only its own, or none."""

from __future__ import annotations

from collections.abc import Sequence
from colorsys import rgb_to_hsv
from enum import Enum
from functools import lru_cache
from typing import Any

from rich.color import Color as TerminalColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import BLACK, WHITE, Color
from textual.filter import LineFilter

from followup_tui.ui.ground import OWN_COLORS, luminance

READABLE, SEEN = 4.5, 3.0
"""The least contrast of text, and of a mark, against its ground: level AA of WCAG 2.2, 1.4.3 and 1.4.11."""


class Depth(Enum):
    """The colors that there are to draw in."""

    FULL = "all"
    EIGHT_BIT = "256"
    SIXTEEN = "16"
    OWN = "the terminal's own 16, on its own ground"
    NONE = "none"

    @property
    def is_few(self) -> bool:
        """Whether grounds can't be told apart by a shade, so that the cursor is drawn in reverse."""
        return self in (Depth.SIXTEEN, Depth.OWN, Depth.NONE)


_BY_SYSTEM = {"standard": Depth.SIXTEEN, "windows": Depth.SIXTEEN, "256": Depth.EIGHT_BIT}


def depth_of(app: App[Any]) -> Depth:
    """The colors that the app draws in."""
    if app.no_color:
        return Depth.NONE
    if app.theme in OWN_COLORS:
        return Depth.OWN
    return _BY_SYSTEM.get(app.console.color_system or "", Depth.FULL)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colors by WCAG 2.2, from 1 to 21."""
    bright, dark = sorted((luminance(*one.normalized), luminance(*other.normalized)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def readable(text: Color, ground: Color, least: float = READABLE, depth: Depth = Depth.FULL) -> Color:
    """The color, moved towards black or white as far as it must be to be read on its ground."""
    seen = _in_256 if depth is Depth.EIGHT_BIT else _as_it_is
    best = max(BLACK, WHITE, key=lambda end: contrast(end, seen(ground)))
    steps = (text.blend(best, step / 10, 1.0) for step in range(11))
    return next((each for each in steps if contrast(seen(each), seen(ground)) >= least), best)


def _as_it_is(color: Color) -> Color:
    return color


@lru_cache(maxsize=1024)
def _in_256(color: Color) -> Color:
    """The nearest of the 256 colors, as the terminal is sent it."""
    return Color.from_rich_color(color.rich_color.downgrade(ColorSystem.EIGHT_BIT), ansi=False)


# Sixteen colors

_XTERM = "000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f f00 0f0 ff0 5c5cff f0f 0ff fff"
_CONSOLE = "000 a00 0a0 a50 00a a0a 0aa aaa 555 f55 5f5 ff5 55f f5f 5ff fff"
PALETTES = tuple(tuple(Color.parse(f"#{each}") for each in palette.split()) for palette in (_XTERM, _CONSOLE))
"""The sixteen colors by their numbers, in xterm and in the console of Linux (and VGA)."""


def least_contrast(one: int, other: int) -> float:
    """The contrast of two of the sixteen colors, in the palette in which it is less."""
    return min(contrast(palette[one], palette[other]) for palette in PALETTES)


_NEUTRAL = (0, 7, 8, 15)
_FAR = 60.0
"""Degrees between two hues, above which one isn't taken for the other."""
_GRAY = 0.2
"""The chroma, from 0 to 1, below which a color has no hue."""


@lru_cache(maxsize=16)
def _texts_on(ground: int) -> tuple[int, ...]:
    """What can be read on one of the sixteen colors."""
    return tuple(text for text in range(16) if least_contrast(text, ground) >= READABLE)


def _nearest_ground(ground: Color) -> int:
    """The nearest color on which something can be read."""
    return min(filter(_texts_on, range(16)), key=lambda each: _distance(PALETTES[1][each], ground))


def _nearest_text(text: Color, ground: int) -> int:
    """What can be read on the ground: the nearest hue, else the nearest gray."""
    fitting, hue = _texts_on(ground), _hue(text)
    near = {each: _between(hue, _hue(PALETTES[0][each])) for each in fitting if each not in _NEUTRAL}
    if hue is not None and near and min(near.values()) <= _FAR:
        return min(near, key=lambda each: (near[each], _distance(PALETTES[1][each], text)))
    gray = [each for each in fitting if each in _NEUTRAL]
    return min(gray or fitting, key=lambda each: _distance(PALETTES[1][each], text))


def _distance(one: Color, other: Color) -> float:
    return sum((a - b) ** 2 for a, b in zip(one.rgb, other.rgb, strict=True))


def _hue(color: Color) -> float | None:
    """The hue in degrees, those between red and yellow spread over twice as many; None of a gray."""
    hue, saturation, value = rgb_to_hsv(*color.normalized)
    if saturation * value < _GRAY:
        return None
    degrees = hue * 360
    return degrees * 2 if degrees < 60 else 120 + (degrees - 60) * 0.8


def _between(one: float | None, other: float | None) -> float:
    apart = abs((one or 0) - (other or 0))
    return min(apart, 360 - apart)


_DEFAULT = TerminalColor.default()
_PLAIN = Style(color=_DEFAULT, bgcolor=_DEFAULT)
_FILLED = 2.5
"""The contrast of a ground against that of its widget above which it is there to be seen."""


class FewColors(LineFilter):
    """Draws in sixteen colors that can be read, in the terminal's own ones, or in none."""

    def __init__(self, depth: Depth, *, is_dark: bool) -> None:
        """`is_dark` is the terminal's ground, where its own colors are drawn on it."""
        super().__init__()
        self._depth = depth
        self._own = 0 if is_dark else 15

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in the colors that there are."""
        return [
            segment
            if segment.control or segment.style is None
            else Segment(segment.text, _in_few(segment.style, background, self._depth, self._own))
            for segment in segments
        ]


@lru_cache(maxsize=4096)
def _in_few(style: Style, background: Color, depth: Depth, own: int) -> Style:
    if style.bgcolor is not None and style.bgcolor.triplet is None:
        return style  # what is behind a dialog has been here before
    ground = background if style.bgcolor is None else Color.from_rich_color(style.bgcolor)
    text = ground.inverse if style.color is None else Color.from_rich_color(style.color)
    is_filled = contrast(ground, background) >= _FILLED
    number = _nearest_ground(ground)
    if depth is Depth.SIXTEEN or (depth is Depth.OWN and is_filled and number not in _NEUTRAL):
        return style + _numbered(_nearest_text(text, number), number)
    if depth is Depth.NONE or is_filled:
        return style + _PLAIN + Style(reverse=is_filled or style.reverse)
    nearest = _nearest_text(text, own)
    return style + (_PLAIN if nearest in _NEUTRAL else _numbered(nearest, own) + Style(bgcolor=_DEFAULT))


def _numbered(text: int, ground: int) -> Style:
    """The style of two of the sixteen colors; not bold where a terminal that brightens bold text would hide it."""
    is_hidden = text < 8 and least_contrast(text + 8, ground) < SEEN
    colors = Style.from_color(TerminalColor.from_ansi(text), TerminalColor.from_ansi(ground))
    return colors + Style(bold=False) if is_hidden else colors


class Rounded(LineFilter):
    """Keeps text readable that is hard to read in the nearest of 256 colors."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments; what is no text keeps its color."""
        return [
            Segment(segment.text, _rounded(segment.style), segment.control)
            if segment.style is not None and any(map(str.isalnum, segment.text))
            else segment
            for segment in segments
        ]


@lru_cache(maxsize=4096)
def _rounded(style: Style) -> Style:
    if style.color is None or style.bgcolor is None:
        return style
    text, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
    return style + Style(color=readable(text, ground, depth=Depth.EIGHT_BIT).rich_color)


def filters_of(app: App[Any], others: Sequence[LineFilter]) -> Sequence[LineFilter]:
    """Textual's own filters and ours, which take their place where there are few colors."""
    depth = depth_of(app)
    if depth is Depth.EIGHT_BIT:
        return [*others, _ROUNDED]
    return [_few(depth, app.current_theme.dark)] if depth.is_few else others


_ROUNDED = Rounded()


@lru_cache(maxsize=16)  # one for each, since strips remember what a filter made of them
def _few(depth: Depth, is_dark: bool) -> FewColors:
    return FewColors(depth, is_dark=is_dark)
