"""The colors that a terminal shows for what is drawn, with as many colors as it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.color import Color as TerminalColor
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import BLACK, WHITE, Color
from textual.strip import Strip
from textual.widget import Widget

from followup_tui.ui.color_depth import PALETTES
from followup_tui.ui.theme import look

TERMINALS = {
    "truecolor": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "256": {"TERM": "xterm-256color", "COLORTERM": ""},
    "16": {"TERM": "linux", "COLORTERM": ""},
    "none": {"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"},
}
"""The variables by which the colors are chosen, by how many there are."""

Pair = tuple[Color, Color]
"""A color and its ground."""


def style_of(widget: Widget, name: str) -> Style:
    """The style in which a look is drawn, after all filters."""
    strip = Strip([Segment("x", look(widget, name))])
    for line_filter in widget.app.get_line_filters():
        strip = strip.apply_filter(line_filter, widget.background_colors[1])
    (segment,) = strip
    assert segment.style is not None
    return segment.style


def seen(app: App[Any], style: Style) -> Iterator[Pair]:
    """The text and the ground of a style, in each palette that the terminal may have."""
    system = app.console._color_system or ColorSystem.TRUECOLOR
    for palette in PALETTES if _has_numbers(style, system) else PALETTES[:1]:
        pair = _color(style.color, system, palette, app, True), _color(style.bgcolor, system, palette, app, False)
        yield pair[::-1] if style.reverse else pair


def _has_numbers(style: Style, system: ColorSystem) -> bool:
    return any(color and color.downgrade(system).number is not None for color in (style.color, style.bgcolor))


def _color(
    color: TerminalColor | None, system: ColorSystem, palette: tuple[Color, ...], app: App[Any], is_text: bool
) -> Color:
    """What is shown; the terminal's own ground is taken to be that of the theme, black or white."""
    if color is None or color.is_default:
        return WHITE if app.current_theme.dark is is_text else BLACK
    sent = color.downgrade(system)
    if sent.number is not None and sent.number < len(palette):
        return palette[sent.number]
    return Color.from_rich_color(sent, ansi=False)
