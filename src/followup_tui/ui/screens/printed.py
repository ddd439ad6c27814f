"""A letter as it stands on paper: to be written by hand, or printed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual import events

from followup_tui.domain.model.letter import OutgoingLetter
from followup_tui.letters.delivery.print_page import WIDTH, print_page
from followup_tui.ui.clipboard import copy_text
from followup_tui.ui.dialogs.dialog import DialogResult, open_next
from followup_tui.ui.screens.reading import Reading
from followup_tui.ui.widgets.rows import Row, wrap

LINES = 200
"""Lines that one paragraph may take."""


class Printed(Reading):
    """The whole sheet; Enter goes on to whether it was posted."""

    def __init__(self, mailing: OutgoingLetter, then: Callable[[], Awaitable[DialogResult]]) -> None:
        super().__init__("On paper")
        self._mailing = mailing
        self._then = then

    def rows(self) -> list[Row]:
        """The sheet, line by line."""
        width = max(8, self.query_one("#text").size.width - 2)
        text = print_page(self._mailing, min(width, WIDTH))
        lines = (part for line in text.split("\n") for part in wrap(line, width, LINES) or ("",))
        return [((f" {line}", "text"),) for line in lines]

    def leads_on(self) -> str:
        """What the keys do."""
        return "Enter goes on once it is written · y copies · "

    async def take_key(self, event: events.Key) -> bool:
        """Go on, copy, or as in any text."""
        if event.key == "enter":
            await self.close_dialog()
            await open_next(self.followup, await self._then())
            return True
        if event.key == "y":
            self.say(f"It went {copy_text(self.followup, print_page(self._mailing))}. Enter goes on.")
            return True
        return await super().take_key(event)
