"""The looks: two of our own, one of high contrast and one safe for colour-blind eyes."""

from __future__ import annotations

from textual.theme import Theme

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
