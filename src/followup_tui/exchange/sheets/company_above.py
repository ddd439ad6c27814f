"""The company of rows below a merged cell, which only the first of its rows keeps in a CSV file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from followup_tui.domain.parsing.job_words import is_board
from followup_tui.exchange.sheets.column_match import CsvColumn
from followup_tui.exchange.sheets.columns import ImportField
from followup_tui.exchange.sheets.identity import fold_town
from followup_tui.exchange.sheets.row_texts import BLANKS, RowTexts
from followup_tui.exchange.sheets.table import TableRow

_HOST = re.compile(r"(?:https?://|@)(?:www\.)?([\w.-]+\.\w+)", re.IGNORECASE)
_HABIT = 2
"""Merged cells after which rows without a company are no slips."""


class _Above(NamedTuple):
    """The row above: the line that names its company, its own last line, and what it says."""

    line: int
    end: int
    texts: RowTexts


class CompanyAbove:
    """Fills the company of rows directly below the one that names it; call `fill` with each row in turn.

    A row has no company if its own link or mail leads elsewhere. It needs the same town, link or mail in common,
    unless the sheet has several merged companies and no other rows without one.
    """

    def __init__(self, rows: Sequence[TableRow], columns: Sequence[CsvColumn]) -> None:
        places = {column.field: column.position for column in columns}
        company, role = places.get(ImportField.COMPANY), places.get(ImportField.ROLE)
        self._is_habit = company is not None and role is not None and _are_merged(rows, company, role)
        self._above: _Above | None = None

    def fill(self, row: TableRow, texts: RowTexts) -> None:
        """Fill the company of a row that has none, with a remark, and keep the row for the next."""
        above, self._above = self._above, None
        if ImportField.ROLE not in texts.values or texts.error is not None:
            return
        line = row.line
        if ImportField.COMPANY not in texts.values:
            if above is None or row.line > above.end + 1 or not self._is_one_company(above.texts, texts):
                return
            line, company = above.line, above.texts.values[ImportField.COMPANY]
            texts.values[ImportField.COMPANY] = company
            texts.remarks.append(f"No company is named: it is read as “{company}”, of line {line}.")
        self._above = _Above(line, row.line + "".join(row.cells).count("\n"), texts)

    def _is_one_company(self, above: RowTexts, below: RowTexts) -> bool:
        hosts, others = set(_hosts(above)), set(_hosts(below))
        if hosts and others and hosts.isdisjoint(others):
            return False
        towns = (fold_town(texts.values.get(ImportField.LOCATION, "")) for texts in (above, below))
        return self._is_habit or not hosts.isdisjoint(others) or bool(frozenset.intersection(*towns))


def _hosts(texts: RowTexts) -> list[str]:
    people = (cell for person in texts.contacts.values() for cell in person.values())
    said = " ".join((texts.values.get(ImportField.URL, ""), *people))
    return [host.casefold() for host in _HOST.findall(said) if not is_board(host)] if "." in said else []


def _are_merged(rows: Sequence[TableRow], company: int, role: int) -> bool:
    """Whether several companies have further rows without one, and no row is without one elsewhere."""
    merged, is_below, is_further = 0, False, False
    for row in rows:
        names, has_role = _says(row, company), _says(row, role)
        if has_role and not names:
            if not is_below:
                return False
            merged += not is_further
        is_below, is_further = has_role and (names or is_below), has_role and not names
    return merged >= _HABIT


def _says(row: TableRow, position: int) -> bool:
    return len(row.cells) > position and row.cells[position].strip().casefold() not in BLANKS
