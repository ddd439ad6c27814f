"""Read a CSV file: detect its encoding, delimiter and header line, and keep each row's line number."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import NamedTuple

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import BLOCK_LIMIT, shown_line
from followup_tui.exchange.columns import ImportField, known_headers, match_columns, normalize_header
from followup_tui.exchange.plan import CsvSource

DELIMITERS = (",", ";", "\t", "|")
MAX_HEADER_ROW = 10
"""Number of rows searched for the header: some exports begin with a title, or with Excel's "sep=;"."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks and their encodings; UTF-32 first, as its mark begins like that of UTF-16."""

_WORKBOOK_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class CsvRow(NamedTuple):
    """One row: the line where it begins, its cells, and why it can't be read, or an empty text."""

    line: int
    cells: list[str]
    error: str = ""


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file as a table: its headers, and all rows below them that aren't blank."""

    name: str
    headers: tuple[str, ...]
    rows: tuple[CsvRow, ...]
    remarks: tuple[str, ...]


def read_csv_file(source: CsvSource) -> CsvFile:
    """Return the table in a file. Raises `BadInput` for a workbook, an empty file, or missing columns."""
    name = shown_line(source.name)
    text, remarks = _decode(name, source.content)
    with _field_size_limit(len(text)):
        delimiter, line, headers = _detect_layout(name, text)
        rows = tuple(row for row in _read_rows(text, delimiter) if row.line > line)
    return CsvFile(name, tuple(headers), rows, remarks)


def _decode(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    if content.startswith(_WORKBOOK_SIGNATURES):
        raise BadInput(
            f"{name} is a workbook, not a CSV file; nothing was imported, save it as CSV first.", "file"
        )
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            text = content.decode(encoding, errors="replace")
            damaged = "\ufffd" in text
            return text, (f"{name}: some characters are damaged and show as \ufffd.",) if damaged else ()
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        remark = (
            f"{name} is not UTF-8 and was read as Western European (Windows-1252); look whether umlauts are right."
        )
        return content.decode("cp1252", errors="replace"), (remark,)


@contextmanager
def _field_size_limit(length: int) -> Iterator[None]:
    """Raise the limit of the csv module, which would split a long field into rows; it is global, so restore it."""
    before = csv.field_size_limit(max(BLOCK_LIMIT, length))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _detect_layout(name: str, text: str) -> tuple[str, int, Sequence[str]]:
    """Return delimiter, line and cells of the header, by the delimiter that gives the most known columns."""
    first: Sequence[str] = ()
    best: tuple[int, str, int, Sequence[str]] = (0, "", 0, ())
    for delimiter in DELIMITERS:
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        rows = [(reader.line_num, row) for row in islice((row for row in reader if any(row)), MAX_HEADER_ROW)]
        if rows and len(rows[0][1]) > len(first):
            first = rows[0][1]
        for line, row in rows:
            fields = {column.field for column in match_columns(row, {})}
            if {ImportField.COMPANY, ImportField.ROLE} <= fields and len(fields) > best[0]:
                best = (len(fields), delimiter, line, row)
    if not best[0]:
        raise _missing_columns(name, first)
    return best[1:]


def _missing_columns(name: str, headers: Sequence[str]) -> BadInput:
    seen = [shown_line(header).strip()[:40] for header in headers if normalize_header(header)][:20]
    if not seen:
        return BadInput(f"{name} is empty; nothing was imported.", "file")
    return BadInput(
        f"{name} has no column for the company or none for the role; nothing was imported. Its first line says:"
        f" {', '.join(seen)}. Name the columns in it, for the company one of {known_headers(ImportField.COMPANY)};"
        f" for the role one of {known_headers(ImportField.ROLE)}.",
        "header",
    )


def _read_rows(text: str, delimiter: str) -> Iterator[CsvRow]:
    """Yield every row but blank lines; an unreadable one has its `error`, and reading goes on below it."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield CsvRow(line, [], _describe_error(error, line, reader.line_num))
            continue
        if cells:
            yield CsvRow(line, cells)


def _describe_error(error: csv.Error, line: int, last: int) -> str:
    span = f", lines {line} to {last}," if last > line else ""
    if "unexpected end" in str(error):
        return f"A quotation mark opens here and is never closed: everything below it{span} was left out."
    return f"A quotation mark stands where none may{span or ','} so its cells can't be told apart."
