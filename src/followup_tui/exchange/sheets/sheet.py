"""Read a sheet from whatever kind of file it is in."""

from __future__ import annotations

from dataclasses import replace

from followup_tui.exchange.plan import ImportSource
from followup_tui.exchange.sheets.csv_file import read_csv_file
from followup_tui.exchange.sheets.table import Overrides, Table
from followup_tui.exchange.sheets.workbook import is_workbook, read_workbook


def read_sheet(source: ImportSource, overrides: Overrides) -> Table:
    """Return the table in a CSV file or workbook, told by its first bytes. Raises `BadInput` with the reason."""
    read = read_workbook if is_workbook(source.content) else read_csv_file
    table = read(source, overrides)
    return replace(table, remarks=(*table.remarks, *_nameless_columns(table)))


def _nameless_columns(table: Table) -> list[str]:
    """Return a sentence about the columns that hold something and have no header."""
    nameless = [position for position, header in enumerate(table.headers) if not header.strip()]
    filled = [
        position + 1
        for position in nameless
        if any(len(row.cells) > position and row.cells[position].strip() for row in table.rows)
    ]
    numbers = ", ".join(map(str, filled))
    return [f"{table.name}: nothing is taken from column {numbers}, which has no header."] if filled else []
