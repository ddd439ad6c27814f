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
from followup_tui.ui.color_depth import READABLE, SEEN, contrast, depth_of, readable
from followup_tui.ui.ground import AUTO, OWN_COLORS, remember_ground, theme_here

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
        primary="#9dbdff",
        secondary="#ff9cff",
        success="#7dff9b",
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
)
"""In the order in which the palette offers them."""

_OWN = tuple(replace(theme, name=name) for theme, name in zip(THEMES[:2], OWN_COLORS, strict=True))
"""Dark and light, of which each color becomes the terminal's own that is most like it."""
_TEXTUAL = tuple(name for name in BUILTIN_THEMES if not name.startswith("ansi"))  # those know no cards and badges

THEME_NAMES: tuple[str, ...] = (AUTO, *(theme.name for theme in THEMES), OWN_COLORS[0], *_TEXTUAL)
"""The themes by the names that the settings take: that of the terminal, ours, then Textual's own."""

_BY_NAME: Mapping[str, Theme] = {**BUILTIN_THEMES, **{theme.name: theme for theme in (*THEMES, *_OWN)}}

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

LINES = frozenset({"rule"})
"""What is there for order's sake alone: it keeps its colour, however quiet."""
MARKS = frozenset({"cursor-edge", "edge-late", "edge-today"})
"""What is seen rather than read."""

DIMMED = "15%"
"""How much of the ground lies over the text behind a dialog, which can still be read."""

_FALLBACKS = {"line": "panel-lighten-2", "focus-text": "foreground", "badge-text": "auto"}
"""What the names of ours stand for in a theme that doesn't have them."""


def look(widget: Widget, name: str) -> Style:
    """The style of a kind of text on a widget, in the colours of the theme; text can always be read."""
    colour, background, is_bold = LOOKS[name]
    depth, under = depth_of(widget.app), widget.background_colors[1]
    is_cursor = name.startswith("cursor") and depth.is_few
    ground = _colour(widget.app, background, under) if background and not is_cursor else under
    text = _colour(widget.app, "foreground" if is_cursor and name not in MARKS else colour, ground)
    if name not in LINES:
        text = readable(text, ground, SEEN if name in MARKS else READABLE, depth)
    reverse = (is_cursor and name not in MARKS) or None
    return Style(color=text.rich_color, bgcolor=ground.rich_color, bold=is_bold or None, reverse=reverse)


def painted_looks(screen: Screen[Any], names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Each look in each of the screen's widgets of these names, in the codes that the terminal is sent for it."""
    return {name: {each: _codes(screen.query_one(f"#{name}"), each) for each in LOOKS} for name in names}


def _codes(widget: Widget, name: str) -> str:
    """What stands between `ESC [` and `m`, after all filters; empty where no colours are sent."""
    cell = "-" if name in LINES | MARKS else "x"
    strip = Strip([Segment(cell, look(widget, name))])
    for line_filter in widget.app.get_line_filters():
        strip = strip.apply_filter(line_filter, widget.background_colors[1])
    codes, _, _ = strip.render(widget.app.console).partition(cell)
    return codes.removeprefix("\x1b[").removesuffix("m")


def _colour(app: App[object], name: str, ground: Color) -> Color:
    """A colour of the theme; one that is "auto" stands out against its ground."""
    variables = app.theme_variables
    value = variables.get(name) or variables.get(_FALLBACKS[name], _FALLBACKS[name])
    if value.startswith("auto"):
        strength = float(value.removeprefix("auto").strip().rstrip("%") or 100) / 100
        best = max(BLACK, WHITE, key=lambda text: contrast(text, ground))
        return ground.blend(best, strength, 1.0)
    return ground + Color.parse(value)


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
        if ratio < READABLE:
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


def start_theme(app: App[Any], settings: Settings) -> tuple[str, ...]:
    """Begin with the theme and the user's colors; return what is wrong with those."""
    for theme in (*THEMES, *_OWN):
        app.register_theme(theme)
    theme, problems = own_theme(settings.theme, settings.colors)
    app.register_theme(theme)
    # Set without its watcher, which would read all style sheets a second time before the first paint.
    app.set_reactive(App.theme, theme.name)
    app.stylesheet.set_variables(app.get_css_variables())
    return problems


def behind_dialogs(app: App[Any], ground: str) -> str:
    """What lies over a screen that has a dialog before it; nothing where there are few colors to dim it with."""
    return "transparent" if depth_of(app).is_few else f"{ground} {DIMMED}"
