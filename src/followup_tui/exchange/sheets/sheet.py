"""Read a sheet from whatever kind of file it is in."""

from __future__ import annotations

from followup_tui.exchange.plan import ImportSource
from followup_tui.exchange.sheets.csv_file import read_csv_file
from followup_tui.exchange.sheets.table import Overrides, Table
from followup_tui.exchange.sheets.workbook import is_workbook, read_workbook


def read_sheet(source: ImportSource, overrides: Overrides) -> Table:
    """Return the table in a CSV file or workbook, told by its first bytes. Raises `BadInput` with the reason."""
    read = read_workbook if is_workbook(source.content) else read_csv_file
    return read(source, overrides)
