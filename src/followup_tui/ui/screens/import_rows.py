"""The list of an import: a line for each row and each remark, and what was read of the row at the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual import events
from textual.message import Message

from followup_tui.cells import cell_len
from followup_tui.tracker.import_preview import (
    RESULT_WORDS,
    SIGNS,
    ImportPlan,
    PlannedRow,
    RowResult,
    count_results,
)
from followup_tui.ui.rows.board_rows import padded
from followup_tui.ui.rows.pieces import Row, cells_of, dot_between, fit, wrap
from followup_tui.ui.widgets.text_lines import BETWEEN, TextLines

Item = PlannedRow | str
"""A row of a file, or a remark about a whole file."""

NARROW = 60
"""Cells below which company and role share a column and nothing else has one."""
WIDE = 110
"""Cells from which the reason has a column."""
NO_BREAK = "\N{NO-BREAK SPACE}"
REMARK = "i"
"""The sign of a remark."""
_RESULT_WIDTH = 10
_LOOKS = {"+": "done", "~": "today", "=": "dim", "-": "dim", "!": "late", REMARK: "heading"}


def counts_row(plan: ImportPlan, width: int) -> Row:
    """How many rows have each result: in words, or by sign where there is little room."""
    counts = count_results(plan)
    in_words: list[tuple[str, str]] = []
    for result, count in counts:
        piece = padded(f"{count:,} {RESULT_WORDS[result]}", _LOOKS[SIGNS[result]])
        in_words += [(dot_between(in_words[-1][0] if in_words else "", piece[0]), "dim"), piece]
    if cells_of(tuple(in_words), width + 1) <= width:
        return tuple(in_words)
    return tuple((f" {SIGNS[result]}{count:,}", _LOOKS[SIGNS[result]]) for result, count in counts)


def heading_row(line_width: int, width: int) -> Row:
    """The headings of the columns."""
    why = "why" if width >= WIDE else "stage, or why"
    return ((" ", "heading"), (_cells((" ", "", "line", "company", "role", why), line_width, width), "heading"))


def item_row(item: Item, line_width: int, width: int, *, is_at_cursor: bool) -> Row:
    """One line of the list, exactly `width` cells wide at the cursor; `line_width` is that of the line numbers."""
    if isinstance(item, str):
        sign, cells = REMARK, (REMARK, "remark", "", item, "", "")
    else:
        sign = SIGNS[item.result]
        cells = (sign, RESULT_WORDS[item.result], f"{item.line}", item.company, item.role, _short(item, width))
    text = _remark_cells(item, line_width, width) if isinstance(item, str) else _cells(cells, line_width, width)
    if is_at_cursor:
        return (("▌", "cursor-edge"), (fit(text, width - 1), "cursor-strong"))
    head = _head_width(line_width, width)
    look = "dim" if _LOOKS[sign] == "dim" else "text"
    return ((" ", "text"), (text[:head], _LOOKS[sign]), (text[head:], look))


def _short(row: PlannedRow, width: int) -> str:
    """The reason; of a new one where there is little room, only the stage it goes to."""
    if width < WIDE and row.result is RowResult.NEW and row.stage is not None and not row.is_remarked:
        return row.stage.label
    return row.why


def detail_rows(item: Item | None, width: int, height: int) -> list[Row]:
    """What becomes of the row under the cursor, why, and what was read of it, in at most `height` rows.

    A long reason leaves half of the rows for what was read.
    """
    room = max(8, width - 2)
    if item is None:
        return []
    if isinstance(item, str):
        return [((f" {line}", "text"),) for line in wrap(item, room, height)]
    named = " · ".join(text for text in (item.company, item.role) if text)
    title = f"{SIGNS[item.result]} {RESULT_WORDS[item.result]}, line {item.line}"
    if item.stage is not None:
        title += f", {item.stage.label}"
    rows: list[Row] = [((f" {title}", "strong"), (f" · {named}" if named else "", "text"))]
    facts = [f"{name}: {' / '.join(text.splitlines())}" for name, text in item.facts()]
    whole = [each.replace(" ", NO_BREAK) if cell_len(each) <= room - 2 else each for each in facts]
    read, half = BETWEEN.join(whole), max(1, (height - 1) // 2)
    reason = wrap(item.why, room, max(1, height - 1 - (len(wrap(read, room, half)) if read else 0)))
    lines = [*reason, *(wrap(read, room, height - 1 - len(reason)) if height - 1 > len(reason) else ())]
    return rows + [((f" {line}", "text"),) for line in lines]


def line_width_of(items: Sequence[Item]) -> int:
    """The cells that the longest line number takes."""
    numbers = [item.line for item in items if not isinstance(item, str)]
    return max(4, len(f"{max(numbers, default=0)}"))


def _head_width(line_width: int, width: int) -> int:
    return 2 if width < NARROW else 2 + _RESULT_WIDTH + 1 + line_width


def _remark_cells(remark: str, line_width: int, width: int) -> str:
    head = f"{REMARK} " if width < NARROW else fit(f"{REMARK} remark", _head_width(line_width, width))
    return head + fit(f" {remark}" if width >= NARROW else remark, max(1, width - len(head) - 1))


def _cells(cells: tuple[str, str, str, str, str, str], line_width: int, width: int) -> str:
    """The cells of a row side by side, as many as there is room for, behind the mark's one cell."""
    sign, result, line, company, role, why = cells
    if width < NARROW:
        both = " · ".join(text for text in (company, role) if text) or why
        return f"{sign} {fit(both, width - 4)}"
    head = f"{sign} {fit(result, _RESULT_WIDTH)} {line:>{line_width}}"
    room = width - len(head) - 2
    if width < WIDE:
        reason = room // 3
        names = room - reason
    else:
        names = min(56, room // 2)
    name = names * 5 // 9
    company, role = fit(company, name - 1), fit(role, names - name - 1)
    return f"{head} {company} {role} {fit(why, room - names)}"


END = 1_000_000
"""More rows than a file has."""


class ImportRows(TextLines):
    """Items with a cursor; `hint`, in sentences, stands in their place where there are none."""

    class ItemChanged(Message):
        """The cursor is on another item, or there are other items."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.items: Sequence[Item] = ()
        self.hint: Sequence[str] = ()
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

    def fill(self, items: Sequence[Item], hint: Sequence[str] = ()) -> None:
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
        room = max(8, width - 2)
        self.show(rows or [((f" {line}", "text"),) for told in self.hint for line in wrap(told, room, height)])
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
