"""The sheet as an Excel workbook: real dates, texts that are never formulas, the header kept in view."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from followup_tui.exchange.exports.export_sheet import Cell, defused, sheet_headers, sheet_rows
from followup_tui.exchange.exports.export_source import ExportSource

_LONGEST_CELL = 32_767
"""Characters of a cell that Excel reads."""
_WIDTHS = {
    "Company": 24,
    "Role": 28,
    "Link": 30,
    "Location": 16,
    "Contact name": 24,
    "Contact email": 26,
    "Notes": 50,
}
_USUAL_WIDTH = 15
_FIRST_YEAR = 1900
"""The first year that a workbook has dates of."""


def xlsx_bytes(source: ExportSource) -> bytes:
    """Return the workbook. A text that is too long for a cell is cut, and ends with a sign that it goes on."""
    file = BytesIO()
    options = {
        "in_memory": True,
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": "followup-tui", "created": source.at.replace(tzinfo=None)})
        sheet = book.add_worksheet("Applications")
        headers = sheet_headers(source)
        bold = book.add_format({"bold": True})
        for column, header in enumerate(headers):
            sheet.set_column(column, column, _WIDTHS.get(header, _USUAL_WIDTH))
            sheet.write_string(0, column, header, bold)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(source.applications)), len(headers) - 1)
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            str: book.add_format({"quote_prefix": True}),
        }
        for place, row in enumerate(sheet_rows(source), 1):
            for column, cell in enumerate(row):
                _write(sheet, place, column, cell, formats)
    return file.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, formats: dict[type, Any]) -> None:
    if isinstance(cell, str):
        if not cell:
            return
        is_risky = defused(cell) != cell
        # A quotation mark before what looks like a formula would be taken off by an import: it gets a second one.
        text = defused(cell) if is_risky and cell.startswith("'") else cell
        text = text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
        # What looks like a formula stays a text also where somebody edits the cell.
        sheet.write_string(row, column, text, *([formats[str]] if is_risky else []))
    elif isinstance(cell, date):
        if cell.year < _FIRST_YEAR:
            sheet.write_string(row, column, cell.isoformat())
        else:
            sheet.write_datetime(row, column, cell, formats[type(cell)])
