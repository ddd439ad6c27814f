"""The sheet as CSV: UTF-8 with a byte order mark, for which spreadsheets look, and formulas defused."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO

from followup_tui.exchange.exports.export_sheet import Cell, defused, sheet_headers, sheet_rows
from followup_tui.exchange.exports.export_source import ExportSource

BYTE_ORDER_MARK = "\ufeff"


def csv_text(source: ExportSource) -> Iterator[str]:
    """Yield the text of the sheet, with the byte order mark."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(sheet_headers(source))
    writer.writerows([_written(cell) for cell in row] for row in sheet_rows(source))
    yield BYTE_ORDER_MARK
    yield file.getvalue()


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return defused(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}" if cell.second else f"{cell:%Y-%m-%d %H:%M}"
    return cell.isoformat() if isinstance(cell, date) else ""
