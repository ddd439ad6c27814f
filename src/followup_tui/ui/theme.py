"""The colours: the themes, and which of a theme's colours each kind of text takes. See docs/design.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import BLACK, WHITE, Color
from textual.screen import Screen
from textual.strip import Strip
from textual.theme import BUILTIN_THEMES, Theme
from textual.widget import Widget

from followup_tui.domain.format import capitalized
from followup_tui.domain.model.errors import BadInput
from followup_tui.settings.checks import is_color
from followup_tui.settings.schema import COLORS, Settings
from followup_tui.ui.ground import AUTO, luminance, remember_ground, theme_here

THEMES: tuple[Theme, ...] = (
    Theme(
        name="followup-dark",
        primary="#86a8ff",
        secondary="#d3a2f5",
        success="#7fd0a0",
        accent="#5fd3f3",
        warning="#f2c14e",
        error="#f2706a",
        foreground="#dfe4ec",
        background="#12151a",
        surface="#1e242d",
        panel="#29313c",
        dark=True,
    ),
    Theme(
        name="followup-light",
        primary="#2450a8",
        secondary="#8436a3",
        success="#1d6b45",
        accent="#006f8f",
        warning="#f5bf47",
        error="#b3261e",
        foreground="#1b1f24",
        background="#e9e7e0",
        surface="#faf9f6",
        panel="#d8d5cb",
        dark=False,
        variables={"line": "#8d897d", "panel-lighten-1": "#afd7ff"},
    ),
    Theme(
        name="high-contrast",
        primary="#9dc4ff",
        secondary="#ffb3ff",
        success="#8cff9e",
        accent="#00ffff",
        warning="#ffffff",
        error="#ffff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        dark=True,
        variables={"text-muted": "#ffffff", "line": "#ffffff", "panel-lighten-1": "#303030"},
    ),
    # The Okabe-Ito palette: told apart with any of the common kinds of colour blindness.
    Theme(
        name="colour-blind",
        primary="#56b4e9",
        secondary="#cc79a7",
        success="#2ab58d",
        accent="#ffffff",
        warning="#f0e442",
        error="#d55e00",
        foreground="#e6e6e6",
        background="#121417",
        surface="#1c2024",
        panel="#272c32",
        dark=True,
    ),
    Theme(
        name="ansi",
        ansi=True,
        primary="ansi_blue",
        secondary="ansi_magenta",
        success="ansi_green",
        accent="ansi_cyan",
        warning="ansi_yellow",
        error="ansi_red",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        dark=True,
        variables={
            **BUILTIN_THEMES["ansi-dark"].variables,
            "text-muted": "ansi_default",
            "text-accent": "ansi_cyan",
            "text-error": "ansi_red",
            "line": "ansi_default",
            "panel-lighten-1": "ansi_blue",
            "focus-text": "ansi_bright_white",
            "badge-text": "ansi_black",
        },
    ),
)
"""In the order in which the palette offers them."""

THEME_NAMES: tuple[str, ...] = (AUTO, *(theme.name for theme in THEMES), *BUILTIN_THEMES)
"""The themes by the names that the settings take: that of the terminal, ours, then Textual's own."""

_BY_NAME: Mapping[str, Theme] = {**BUILTIN_THEMES, **{theme.name: theme for theme in THEMES}}

_ABOUT = {
    AUTO: "dark or light, as the terminal says",
    "high-contrast": "bright on black",
    "colour-blind": "easy for everyone to tell apart, on dark",
    "ansi": "as your terminal is set",
}


def describe_theme(name: str) -> str:
    """Return what a theme looks like, as a sentence in words that every English spells alike."""
    usual = "light text on a dark ground" if _BY_NAME[theme_here(name)].dark else "dark text on a light ground"
    return f"{capitalized(_ABOUT.get(name, usual))}."


READABLE = 4.5
"""The least contrast of text against its ground: level AA of WCAG 2.2, success criterion 1.4.3."""

LOOKS: Mapping[str, tuple[str, str, bool]] = {
    "text": ("foreground", "", False),
    "strong": ("foreground", "", True),
    "dim": ("text-muted", "", False),
    "accent": ("text-accent", "", True),
    "alert": ("text-error", "", True),
    "key": ("text-accent", "", True),
    "heading": ("foreground", "", True),
    "rule": ("line", "", False),
    "late": ("badge-text", "error", True),
    "today": ("badge-text", "warning", False),
    "edge-late": ("error", "surface", False),
    "edge-today": ("warning", "surface", False),
    "card": ("foreground", "surface", False),
    "card-strong": ("foreground", "surface", True),
    "card-dim": ("text-muted", "surface", False),
    "card-accent": ("text-accent", "surface", False),
    "cursor": ("focus-text", "panel-lighten-1", False),
    "cursor-strong": ("focus-text", "panel-lighten-1", True),
    "cursor-edge": ("accent", "panel-lighten-1", True),
    "selected": ("text-accent", "panel", False),
    "target": ("badge-text", "accent", True),
    "interviewed": ("primary", "", True),
    "thanked": ("secondary", "", True),
    "awaiting": ("success", "", True),
    "moved_on": ("text-muted", "", True),
    "done": ("success", "", False),
}
"""Each kind of text: its colour, its background where it has one of its own, and whether it is bold.

A table rather than component classes of the style sheet: those are recomputed for every widget at each
start, a sixth of the time until the first paint.
"""

LINES = frozenset({"rule", "cursor-edge", "edge-late", "edge-today"})
"""What is drawn rather than read: lines keep their colour, however quiet."""

_FALLBACKS = {"line": "panel-lighten-2", "focus-text": "foreground", "badge-text": "auto"}
"""What the names of ours stand for in a theme that doesn't have them."""


def look(widget: Widget, name: str) -> Style:
    """The style of a kind of text on a widget, in the colours of the theme; text can always be read."""
    colour, background, is_bold = LOOKS[name]
    under = widget.background_colors[1]
    ground = _colour(widget.app, background, under) if background else under
    text = _colour(widget.app, colour, ground)
    if name not in LINES:
        text = readable(text, ground)
    return Style(color=text.rich_color, bgcolor=ground.rich_color, bold=is_bold or None)


def painted_looks(screen: Screen[Any], names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Each look in each of the screen's widgets of these names, in the codes that the terminal is sent for it."""
    return {name: {each: _codes(screen.query_one(f"#{name}"), each) for each in LOOKS} for name in names}


def _codes(widget: Widget, name: str) -> str:
    """What stands between `ESC [` and `m`, after all filters; empty where no colours are sent."""
    strip = Strip([Segment("x", look(widget, name))])
    for line_filter in widget.app.get_line_filters():
        strip = strip.apply_filter(line_filter, widget.background_colors[1])
    codes, _, _ = strip.render(widget.app.console).partition("x")
    return codes.removeprefix("\x1b[").removesuffix("m")


def _colour(app: App[object], name: str, ground: Color) -> Color:
    """A colour of the theme; one that is "auto" stands out against its ground."""
    variables = app.theme_variables
    value = variables.get(name) or variables.get(_FALLBACKS[name], _FALLBACKS[name])
    if value.startswith("auto"):
        strength = float(value.removeprefix("auto").strip().rstrip("%") or 100) / 100
        best = max(BLACK, WHITE, key=lambda text: contrast(text, ground))
        return ground.blend(best, strength, 1.0)
    return ground + Color.parse(value.split()[0] if value.startswith("ansi_") else value)


def readable(text: Color, ground: Color) -> Color:
    """The colour, moved towards black or white as far as it must be to be read on its ground."""
    if text.ansi is not None or ground.ansi is not None:
        return text  # the terminal's own colours, which nobody here knows
    best = max(BLACK, WHITE, key=lambda end: contrast(end, ground))
    steps = (text.blend(best, step / 10, 1.0) for step in range(11))
    return next((each for each in steps if contrast(each, ground) >= READABLE), best)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours by WCAG 2.2, from 1 to 21."""
    bright, dark = sorted((luminance(*one.normalized), luminance(*other.normalized)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


# The user's own colors

_GROUNDS = ("background", "card", "bar")
_TEXTS = {"text": _GROUNDS, **dict.fromkeys(("focus", "interviewed", "thanked", "awaiting"), _GROUNDS[:2])}
"""Which colors of the settings are text, and on what. Badges choose black or white for theirs."""


def own_theme(name: str, colors: Mapping[str, str]) -> tuple[Theme, tuple[str, ...]]:
    """Return a theme with the user's colors, and a sentence on each one that can't be read and is left out."""
    left, problems, theme = dict(colors), list[str](), _BY_NAME[theme_here(name)]
    while found := next(_unreadable(theme, left), None):
        problems.append(found[1])
        del left[found[0]]
    return _colored(theme, left), tuple(problems)


def _colored(theme: Theme, colors: Mapping[str, str]) -> Theme:
    return replace(theme, **{COLORS[name][0]: color for name, color in colors.items()})  # type: ignore[arg-type]


def _unreadable(theme: Theme, colors: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each of the user's colors that makes a text hard to read, with the sentence why."""
    variables = _colored(theme, colors).to_color_system().generate() if colors else {}
    for text, ground in ((text, ground) for text, grounds in _TEXTS.items() for ground in grounds):
        own = _own_of(text, ground, colors)
        if own is None:
            continue  # the theme's own; `readable` moves it as far as it must be
        one, other = (Color.parse(variables[COLORS[each][0]].split()[0]) for each in (text, ground))
        ratio = contrast(one, other)
        if one.ansi is None and other.ansi is None and ratio < READABLE:
            yield (
                own,
                f"{own} = {colors[own]} is hard to read: {text} on {ground} has a contrast of"
                f" {int(ratio * 10) / 10} in {theme.name}, and {READABLE} is the least; it is left out.",
            )


def _own_of(text: str, ground: str, colors: Mapping[str, str]) -> str | None:
    """Which of a text and its ground the user gave a color that decides whether the text can be read."""
    if text in colors:
        return text
    return ground if text == "text" and ground in colors else None


def check_color(name: str, typed: str, settings: Settings) -> None:
    """Raise `BadInput` if a text couldn't be read in this color, or on it, in the theme of the settings."""
    if not is_color(typed):
        return  # the file's own rule refuses it
    _, problems = own_theme(settings.theme, {**settings.colors, name: typed.strip()})
    if own := [problem for problem in problems if problem.startswith(f"{name} ")]:
        raise BadInput(own[0].replace("it is left out", "nothing was changed"), name)


def use_theme(app: App[Any], name: str, colors: Mapping[str, str]) -> tuple[str, ...]:
    """Draw everything in a theme with the user's colors; return what is wrong with those."""
    theme, problems = own_theme(name, colors)
    app.register_theme(theme)
    app.set_reactive(App.theme, "")  # the same name may stand for other colors than before
    app.theme = theme.name
    return problems


def follow_ground(app: App[Any], settings: Settings, *, light: bool) -> None:
    """Take the theme for a dark or a light ground, of which the terminal has told, if the user wants that."""
    remember_ground(light=light)
    if app.theme != theme_here(settings.theme):
        use_theme(app, settings.theme, settings.colors)
