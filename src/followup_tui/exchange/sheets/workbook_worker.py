"""Read a workbook in a process of its own, where a hostile file can't take the memory or the time of the program.

The file comes on the standard input; one JSON object with all sheets, or with a `problem`, goes out.
"""

from __future__ import annotations

import json
import sys
import zlib
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from followup_tui.exchange.sheets.workbook_links import has_links_in_text, links_by_sheet

if sys.platform != "win32":  # which has none
    import resource

MAX_MEMORY = 2_000_000_000
MAX_SECONDS = 60
"""Bytes of address space and seconds of work that reading may take, where the system can limit them."""

_MAX_COPIED = 1_000_000
"""Cells that merged ranges may be copied into."""


class _TooLong(Exception):
    """There are more rows or cells than may be read."""


def main(max_rows: int, max_cells: int) -> None:
    """Read the standard input and write the sheets."""
    _limit_resources()
    content = sys.stdin.buffer.read()
    try:
        answer = _read(content, max_rows, max_cells)
    except PasswordError:
        answer = {"problem": "password"}
    except (CalamineError, BadZipFile, zlib.error, ValueError, KeyError, OSError, EOFError, NotImplementedError):
        answer = {"problem": "damaged"}
    except (MemoryError, _TooLong):
        answer = {"problem": "long"}
    json.dump(answer, sys.stdout)


def _limit_resources() -> None:
    if sys.platform == "win32":
        return
    for kind, limit in ((resource.RLIMIT_AS, MAX_MEMORY), (resource.RLIMIT_CPU, MAX_SECONDS)):
        with suppress(ValueError, OSError):  # macOS refuses some; the parent's time limit holds there too
            resource.setrlimit(kind, (limit, limit))


def _read(content: bytes, max_rows: int, max_cells: int) -> dict[str, Any]:
    sheets = []
    rows = cells = 0
    links = links_by_sheet(content)
    with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
        for data in workbook.sheets_metadata:
            if data.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(data.name)
            found = []
            for line, values in _filled_rows(sheet, max_rows):
                rows, cells = rows + 1, cells + len(values)
                if rows > max_rows or cells > max_cells:
                    raise _TooLong
                found.append([line, values])
            left = sheet.start[1] if sheet.start else 0
            behind = [[row + 1, column - left, link] for (row, column), link in links.get(data.name, {}).items()]
            is_hidden = data.visible is not SheetVisibleEnum.Visible
            sheets.append({"name": data.name, "hidden": is_hidden, "rows": found, "links": behind})
    return {"sheets": sheets, "has_more_links": has_links_in_text(content)}


def _filled_rows(sheet: CalamineSheet, max_rows: int) -> list[tuple[int, list[str]]]:
    """Return the rows that hold anything, with their numbers; a merged range holds its value in each row."""
    left = sheet.start[1] if sheet.start else 0  # the rows begin at the first, but the columns at the first filled
    rows: list[list[str]] = []
    filled = copied = 0
    for values in sheet.iter_rows():
        rows.append([cell_text(value) for value in values])
        filled += any(rows[-1])
        if filled > max_rows:
            raise _TooLong
    for (first, column), (last, _) in sheet.merged_cell_ranges or []:
        copied += last - first
        if copied > _MAX_COPIED:
            break
        for row in range(first + 1, min(last + 1, len(rows))):
            if left <= column < left + len(rows[row]):
                rows[row][column - left] = rows[row][column - left] or rows[first][column - left]
    return [(line, _trimmed(cells)) for line, cells in enumerate(rows, 1) if any(cells)]


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def cell_text(value: object) -> str:
    """Return a cell's value as one would type it: "2026-11-17 14:00", "4915150" and not "4915150.0"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, datetime):
        rounded = value + timedelta(microseconds=500_000) if value.microsecond and value.year < 9999 else value
        text = rounded.replace(microsecond=0).isoformat(" ")
        return text.removesuffix(" 00:00:00") if text.endswith(" 00:00:00") else text.removesuffix(":00")
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat().removesuffix(":00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
    return str(value)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
