"""The journal: what was changed, newest first, and what of it was taken back."""

from __future__ import annotations

from followup_tui.domain.format import format_moment
from followup_tui.domain.model.change import EntryState
from followup_tui.ui.screens.reading import Reading
from followup_tui.ui.widgets.rows import Row

NEWEST = 500
"""Lines of the journal that the screen shows; `followup-tui history` has them all."""
TAKEN_BACK = {EntryState.UNDONE: " (undone)", EntryState.DROPPED: " (undone for good)"}


class JournalScreen(Reading):
    """The newest changes of the whole database."""

    def __init__(self) -> None:
        super().__init__("Journal", closing=("J",))

    def rows(self) -> list[Row]:
        """One line a change."""
        now = self.followup.now()
        entries = self.followup.tracker.history(NEWEST)
        rows: list[Row] = [
            (
                (f" {format_moment(entry.at, now):<18}", "dim"),
                (f" {entry.label}", "text" if entry.state is EntryState.DONE else "dim"),
                (TAKEN_BACK.get(entry.state, ""), "accent"),
            )
            for entry in entries
        ]
        return rows or [((" Nothing was changed yet.", "dim"),)]
