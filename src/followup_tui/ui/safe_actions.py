"""Actions and drawing that fail in good order: what can't be read is told, and a closed screen isn't drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen

from followup_tui.domain.model.errors import FollowupError

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode


class SafeActions(App[None]):
    """An app whose actions end in a sentence if something can't be read meanwhile."""

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """As Textual does it; an error for the user is told, and the screen stays with what is typed in it."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except FollowupError as error:
            self.refuse_for(error)
            return True

    def refuse_for(self, error: FollowupError, kept: str = "") -> None:
        """Say why nothing was carried out."""
        raise NotImplementedError


def draw_later(screen: Screen[Any], draw: Callable[[], object]) -> None:
    """Draw after the next refresh, when widths are known; not if the screen is closed by then and has no parts."""

    def unless_closed() -> object:
        return draw() if screen in screen.app.screen_stack and not screen.app._exit else None

    screen.call_after_refresh(unless_closed)
