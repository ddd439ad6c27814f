"""The looks: four themes, and which of a theme's colours each kind of text takes."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.theme import Theme
from textual.widget import Widget

THEMES: tuple[Theme, ...] = (
    Theme(
        name="followup-dark",
        primary="#7aa2c8",
        secondary="#9a8fbf",
        accent="#e0b96a",
        warning="#e0a458",
        error="#e07a6a",
        success="#8fbf8a",
        foreground="#d8dce2",
        background="#16191d",
        surface="#1d2126",
        panel="#262b31",
        dark=True,
    ),
    Theme(
        name="followup-light",
        primary="#2a5d8f",
        secondary="#6a5a9a",
        accent="#8a5a00",
        warning="#8a5200",
        error="#a8281a",
        success="#2f6b2a",
        foreground="#1d2126",
        background="#f7f6f2",
        surface="#ecebe5",
        panel="#deddd5",
        dark=False,
    ),
    Theme(
        name="high-contrast",
        primary="#ffffff",
        secondary="#ffffff",
        accent="#ffff00",
        warning="#ffff00",
        error="#ffff00",
        success="#ffffff",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        dark=True,
        variables={"text-muted": "#ffffff"},
    ),
    # Blue, orange and grey of the Okabe-Ito palette: told apart with any of the common kinds of colour blindness.
    Theme(
        name="colour-blind",
        primary="#56b4e9",
        secondary="#cc79a7",
        accent="#f0e442",
        warning="#e69f00",
        error="#e69f00",
        success="#56b4e9",
        foreground="#e6e6e6",
        background="#14171a",
        surface="#1c2024",
        panel="#262b30",
        dark=True,
    ),
)
"""In the order in which the palette offers them; the first is the default."""

LOOKS: Mapping[str, tuple[str, str, bool]] = {
    "text": ("foreground", "", False),
    "strong": ("foreground", "", True),
    "dim": ("text-muted", "", False),
    "accent": ("text-accent", "", True),
    "alert": ("text-error", "", True),
    "late": ("text-error", "", True),
    "today": ("text-accent", "", False),
    "cursor-late": ("text-error", "panel-lighten-1", True),
    "cursor-today": ("text-accent", "panel-lighten-1", False),
    "key": ("text-accent", "", True),
    "rule": ("panel-lighten-2", "", False),
    "heading": ("text-muted", "", True),
    "target": ("background", "accent", True),
    "cursor": ("foreground", "panel-lighten-1", False),
    "cursor-strong": ("text-accent", "panel-lighten-1", True),
    "selected": ("text-accent", "surface", False),
}
"""Each kind of text: its colour, its background where it has one of its own, and whether it is bold.

A table rather than component classes of the style sheet: those are recomputed for every widget at each
start, a sixth of the time until the first paint.
"""


def look(widget: Widget, name: str) -> Style:
    """The style of a kind of text on a widget, in the colours of the theme."""
    colour, background, is_bold = LOOKS[name]
    under = widget.background_colors[1]
    ground = _colour(widget.app, background, under) if background else under
    return Style(
        color=_colour(widget.app, colour, ground).rich_color, bgcolor=ground.rich_color, bold=is_bold or None
    )


def _colour(app: App[object], name: str, ground: Color) -> Color:
    """A colour of the theme; one that is "auto" stands out against its ground."""
    value = app.theme_variables[name]
    if value.startswith("auto"):
        strength = float(value.removeprefix("auto").strip().rstrip("%") or 100) / 100
        return ground + ground.get_contrast_text(strength)
    return ground + Color.parse(value)
