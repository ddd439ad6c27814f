"""The rows of an import's plan: what would become of each row of a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

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
from followup_tui.ui.rows.pieces import Row, fit, wrap

Item = PlannedRow | str
"""A row of a file, or a remark about a whole file."""

_OPTIONS = (
    (r'--status "[^"]*"', "{statuses}"),
    (r'--map "[^"]*"', "{columns}"),
    (r"--all\b", "{take_all}"),
    (r"--day-first or --month-first\b", "{date_order}"),
    (r"--for ID or --company and --role\b|--for ID\b", "{columns}"),
    (r"--for (\d+)\b", r"\1 at {columns}"),
    (r"--forget-words forgets\b", "{columns} or {statuses} changes"),
)
"""Options of the shell in a remark, and what the screen says instead: `{action}` is that action's key."""

NARROW = 60
"""Cells below which company and role share a column and nothing else has one."""
WIDE = 110
"""Cells from which the reason has a column."""
REMARK = "i"
"""The sign of a remark."""
_RESULT_WIDTH = 10
_LOOKS = {"+": "done", "~": "today", "=": "dim", "-": "dim", "!": "late", REMARK: "heading"}


def with_keys(item: Item, shown: Callable[[str], str]) -> Item:
    """A row or a remark that names the keys of the screen in place of the shell's options."""
    text = item if isinstance(item, str) else item.why
    for option, on_screen in _OPTIONS:
        with_key = re.sub(r"\{(\w+)\}", lambda action: shown(action[1]).replace("\\", r"\\"), on_screen)
        text = re.sub(option, with_key, text)
    return text if isinstance(item, str) else replace(item, why=text)


def counts_row(plan: ImportPlan, width: int) -> Row:
    """How many rows have each result: in words, or by sign where there is little room."""
    counts = count_results(plan)
    in_words = [padded(f"{count:,} {RESULT_WORDS[result]}", _LOOKS[SIGNS[result]]) for result, count in counts]
    if sum(len(" · ") + cell_len(text) for text, _ in in_words) <= width:
        return tuple(piece for (text, look) in in_words for piece in ((" · ", "dim"), (text, look)))
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


def detail_rows(item: Item | None, width: int, height: int, reading: Sequence[str] = ()) -> list[Row]:
    """Everything about the row under the cursor, in at most `height` rows.

    `reading` are the lines of what was read from an invitation, which are told instead of the reason.
    """
    if item is None:
        return []
    if isinstance(item, str):
        return [((f" {line}", "text"),) for line in wrap(item, max(8, width - 2), height)]
    named = " · ".join(text for text in (item.company, item.role) if text)
    title = f"{SIGNS[item.result]} {RESULT_WORDS[item.result]}, line {item.line}"
    if item.stage is not None:
        title += f", {item.stage.label}"
    rows: list[Row] = [((f" {title}", "strong"), (f" · {named}" if named else "", "text"))]
    if reading and height > 2:
        return [*rows, *(((f" {fit(line, max(8, width - 2))}", "text"),) for line in reading)][:height]
    return rows + [((f" {line}", "text"),) for line in wrap(item.why, max(8, width - 2), max(1, height - 1))]


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
