"""The empty board: what one can begin with, each a line to choose by its key, with Enter or by a click."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.actions import BY_ID
from followup_tui.read_only import READ_ONLY, is_read_only
from followup_tui.ui.rows.pieces import Row
from followup_tui.ui.screens.application_screen import ApplicationScreen
from followup_tui.ui.widgets.bars import Footer
from followup_tui.ui.widgets.kanban import Kanban

ENTRIES: Sequence[tuple[str, str, str]] = (
    ("new", "Add your first application", "one line: company, role, interview"),
    ("import", "Import what you have", "a spreadsheet, an invitation, contacts"),
    ("tutor", "Take the two-minute tour", "learn the main keys on made-up data"),
    ("demo", "Look around first", "a made-up job search; yours stays empty"),
)
"""The action, its line, and what is next to it where there is room."""
TITLE = "No applications yet. Where do you want to start?"
FIRST_LINE = 3
"""The line, counted from the first below the headings, of the first entry."""
STEP = 2
"""Lines from one entry to the next where there is room; else they follow at once."""
ROOMY = 17
"""Lines of the board from which the entries stand apart."""
BESIDE = 80
"""Cells from which there is room for what is next to it."""
LABEL_CELLS = 28


class Welcome:
    """The entries of the empty board with a mark on one of them."""

    def __init__(self, screen: ApplicationScreen) -> None:
        self._screen = screen
        self._place = 0

    def _shown_key(self, id: str) -> str:
        return self._screen.followup.shown(id) if id in BY_ID else ""

    def rows(self) -> tuple[Row, ...]:
        """The rows below the headings; none once there is an application."""
        if self._screen.followup.board.cards:
            return ()
        width, height = self._screen.followup.size
        rows: list[Row] = [(), ((f" {TITLE}", "strong"),), ()]
        for place, (action, label, beside) in enumerate(ENTRIES):
            is_marked = place == self._place
            key = self._shown_key(action)
            rows.append(
                (
                    (" ▸ " if is_marked else "   ", "accent"),
                    (f"{key:<3}", "key"),
                    (f"{label:<{LABEL_CELLS}}", "strong" if is_marked else "text"),
                    (beside if width >= BESIDE else "", "dim"),
                )
            )
            rows += [()] * (_step(height) - 1)
        told = f"Up and Down to choose · Enter to go · {self._shown_key('help')} for all keys"
        return (*rows, (), ((f" {told}", "dim"),))

    def show(self, kanban: Kanban) -> None:
        """Show the rows on the board, or no longer; the footer names what can be done."""
        rows = self.rows()
        if rows != kanban.welcome:
            if bool(rows) != bool(kanban.welcome):
                screen = self._screen
                screen.call_after_refresh(lambda: screen.query_one(Footer).offer(*screen.hints()))
            kanban.welcome = rows
            kanban.refresh()

    def step(self, kanban: Kanban, by: int) -> None:
        """Move the mark."""
        self._place = (self._place + by) % len(ENTRIES)
        self.show(kanban)

    async def run_line(self, line: int) -> None:
        """Do what a line of the board says, counted from the first below the headings."""
        place, rest = divmod(line - FIRST_LINE, _step(self._screen.followup.size.height))
        if not rest and 0 <= place < len(ENTRIES):
            await self.run(ENTRIES[place][0])

    async def run(self, id: str = "") -> None:
        """Begin with an entry, the marked one by default: an action, or a command with a board of its own."""
        id = id or ENTRIES[self._place][0]
        if id in BY_ID:
            await self._screen.run_action_id(id)
        elif is_read_only():  # a made-up board would be written, and could export and import
            self._screen.refuse(READ_ONLY)
        else:
            self._screen.followup.next_command = id
            self._screen.followup.exit()


def _step(height: int) -> int:
    return STEP if height >= ROOMY else 1
