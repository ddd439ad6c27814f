"""How the search goes: the numbers with their pictures."""

from __future__ import annotations

from functools import partial

from followup_tui.domain.model.errors import FollowupError
from followup_tui.domain.views.insights import Insights
from followup_tui.domain.views.insights_page import (
    LABEL_WIDTH,
    NOTHING,
    InsightsTable,
    insights_tables,
    line_parts,
)
from followup_tui.ui.dialogs.text_viewer import ScrolledText, TextViewer
from followup_tui.ui.rows.pieces import Row, fit
from followup_tui.ui.rows.wrapping import wrap

_LINES = 4
"""Lines that a note may take."""


class InsightsScreen(TextViewer):
    """Tables with bars, counted behind the keys."""

    def __init__(self) -> None:
        super().__init__("Insights", closing=("I",))
        self._insights: Insights | None = None
        self._trouble = ""

    def on_mount(self) -> None:
        """Show that it counts, then the numbers."""
        super().on_mount()
        self.run_worker(self._count())

    async def _count(self) -> None:
        try:
            work = partial(self.followup.tracker.queries.insights, self.followup.basket)
            self._insights = await self.followup.run_in_thread(work)
        except FollowupError as error:
            self._trouble = error.sentence
        self.fill()

    def on_resize(self) -> None:
        """Draw the bars again for the room there is."""
        self.call_after_refresh(self.fill)

    def rows(self) -> list[Row]:
        """InsightsTable by table, a line for each number."""
        if self._insights is None:
            return [((f" {self._trouble}", "alert"),)] if self._trouble else [((" Counting…", "dim"),)]
        if not self._insights.funnel["applications"]:
            return [((f" {NOTHING}", "dim"),)]
        width = self.query_one("#text", ScrolledText).size.width - 2
        tables = insights_tables(self._insights, self.followup.now().date())
        return [row for table in tables for row in (*self._table(table, width), ())]

    def _table(self, table: InsightsTable, width: int) -> list[Row]:
        most = max((line.number or 0 for line in table.lines), default=0)
        is_ascii = bool(self.followup.settings.ascii)
        rows: list[Row] = [((f" {table.heading}", "strong"),)]
        for line in table.lines:
            label, drawn, number, words = line_parts(line, most, width, is_ascii=is_ascii)
            gap = " " if drawn else ""
            beside = f"{gap}{number}  " if number else ""
            room = max(8, width - LABEL_WIDTH - 1 - len(drawn) - len(beside))
            first, *others = wrap(words, room, _LINES) or [""]
            rows.append(
                ((f" {fit(label, LABEL_WIDTH)} ", "dim"), (drawn, "accent"), (beside, "strong"), (first, "text"))
            )
            rows += [((" " * (LABEL_WIDTH + 2) + text, "text"),) for text in others]
        return rows + [((f" {text}", "dim"),) for text in wrap(table.note, max(8, width), _LINES)]
