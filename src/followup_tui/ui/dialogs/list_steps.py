"""How far each key moves the cursor of a list."""

from __future__ import annotations

_FAR = 1_000_000
"""To the first or last line of any list."""
PAGES = {
    "pagedown": 10, "ctrl+d": 10, "pageup": -10, "ctrl+u": -10,
    "g": -_FAR, "home": -_FAR, "G": _FAR, "end": _FAR,
}  # fmt: skip
LINES = {"j": 1, "down": 1, "k": -1, "up": -1} | PAGES
BESIDE_TEXT = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1, "pagedown": 5, "pageup": -5}
"""Where letters, Home and End are for a text above the list."""
TABS = {"tab": 1, "shift+tab": -1}
