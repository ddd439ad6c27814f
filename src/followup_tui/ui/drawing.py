"""Drawing that waits for the next refresh."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.screen import Screen


def draw_later(screen: Screen[Any], draw: Callable[[], object]) -> None:
    """Draw after the next refresh, when widths are known; not if the screen is closed by then and has no parts."""

    def unless_closed() -> object:
        return draw() if screen in screen.app.screen_stack and not screen.app._exit else None

    screen.call_after_refresh(unless_closed)
