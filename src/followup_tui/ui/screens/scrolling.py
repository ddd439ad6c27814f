"""A screen whose text is scrolled by the keys that move on the board."""

from __future__ import annotations

from typing import ClassVar

from followup_tui.ui.screens.reading import Scrolled
from followup_tui.ui.screens.verbs import VerbScreen

END = 1_000_000
"""More rows than there can be: scrolls to the last one."""


class Scrolling(VerbScreen):
    """Scrolls what `SCROLLED` selects; a screenful is that of the first."""

    SCROLLED: ClassVar[str] = "#text"

    def scroll_rows(self, by: int) -> None:
        """Scroll by so many rows."""
        for column in self.query(self.SCROLLED).results(Scrolled):
            column.step(by)

    def _screenful(self) -> int:
        return max(1, self.query(self.SCROLLED).first(Scrolled).size.height - 1)

    def action_page_down(self) -> None:
        """A screenful down."""
        self.scroll_rows(self._screenful())

    def action_page_up(self) -> None:
        """A screenful up."""
        self.scroll_rows(-self._screenful())

    def action_first(self) -> None:
        """To the top."""
        self.scroll_rows(-END)

    def action_last(self) -> None:
        """To the end."""
        self.scroll_rows(END)
