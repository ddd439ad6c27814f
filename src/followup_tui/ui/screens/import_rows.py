"""The list of the import screen: rows of a file, of which only those in view are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual import events
from textual.message import Message

from followup_tui.ui.render.import_plan import Item, heading_row, item_row, line_width_of
from followup_tui.ui.rows.pieces import Row
from followup_tui.ui.widgets.text_lines import TextLines

END = 1_000_000
"""More rows than a file has."""


class ImportRows(TextLines):
    """Items with a cursor; `hint` stands in their place where there are none."""

    class ItemChanged(Message):
        """The cursor is on another item, or there are other items."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.items: Sequence[Item] = ()
        self.hint: Sequence[Row] = ()
        self._place = self._top = 0
        self._line_width = 0

    @property
    def focused(self) -> Item | None:
        """The item under the cursor, or None."""
        return self.items[self._place] if self.items else None

    @property
    def heading(self) -> Row:
        """The headings of the columns; empty without items."""
        return heading_row(self._line_width, self.size.width) if self.items else ()

    def fill(self, items: Sequence[Item], hint: Sequence[Row] = ()) -> None:
        """Take other items; the cursor stays where it is as far as there are any."""
        self.items, self.hint = items, hint
        self._line_width = line_width_of(items)
        self.step(0)

    def step(self, by: int) -> None:
        """Move the cursor by so many items, and those around it into view."""
        height = max(1, self.size.height)
        self._place = max(0, min(self._place + by, len(self.items) - 1))
        if not self._top <= self._place < self._top + height:
            self._top = self._place - height // 2
        self._top = max(0, min(self._top, len(self.items) - height))
        width, last = self.size.width, min(len(self.items), self._top + height)
        rows = [
            item_row(self.items[place], self._line_width, width, is_at_cursor=place == self._place)
            for place in range(self._top, last)
        ]
        self.show(rows or self.hint)
        self.post_message(self.ItemChanged())

    @property
    def screenful(self) -> int:
        """How many items a screenful moves by."""
        return max(1, self.size.height - 1)

    def on_resize(self) -> None:
        """Show what fits now."""
        self.step(0)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.step(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.step(-3)


MOVES: Mapping[str, Callable[[ImportRows], None]] = {
    "down": lambda rows: rows.step(1),
    "up": lambda rows: rows.step(-1),
    "page_down": lambda rows: rows.step(rows.screenful),
    "page_up": lambda rows: rows.step(-rows.screenful),
    "first": lambda rows: rows.step(-END),
    "last": lambda rows: rows.step(END),
}
"""What moves the cursor, by the action's id."""
