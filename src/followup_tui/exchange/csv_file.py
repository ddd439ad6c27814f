"""From the bytes of a file to its rows: encoding, delimiter, header line, and the lines at which rows begin."""

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
HEADER_WITHIN = 10
"""Rows among which the header is looked for: some exports begin with a title, or with Excel's "sep=;"."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks and the encodings they announce; UTF-32 first, since its mark begins like that of UTF-16."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class CsvRow(NamedTuple):
    """One row as it stands in the file: the line where it begins, its cells, and why it couldn't be read."""

    line: int
    cells: list[str]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file as a table: its headers, and every row below them that isn't blank."""

    name: str
    headers: tuple[str, ...]
    records: tuple[CsvRow, ...]
    remarks: tuple[str, ...]


def read_csv_file(source: CsvSource) -> CsvFile:
    """The table in a file. Raises `BadInput` where it is a workbook, empty, or names no company and role."""
    name = shown_line(source.name)
    text, remarks = _decoded(name, source.content)
    with _long_fields(len(text)):
        delimiter, line, headers = _layout(name, text)
        records = tuple(record for record in _records(text, delimiter) if record.line > line)
    return CsvFile(name, tuple(headers), records, remarks)


def _decoded(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    if content.startswith(_WORKBOOKS):
        raise BadInput(
            f"{name} is a workbook, not a CSV file; nothing was imported, save it as CSV first.", "file"
        )
    for mark, encoding in _MARKS:
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
def _long_fields(length: int) -> Iterator[None]:
    # A field that is too long must fail by itself, at the door for text: the reader's own limit would cut the
    # row there and take the rest of the field for rows. The limit belongs to the whole process: it goes back.
    before = csv.field_size_limit(max(BLOCK_LIMIT, length))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _layout(name: str, text: str) -> tuple[str, int, Sequence[str]]:
    """Delimiter, line and cells of the header: the delimiter by which the most columns are understood."""
    first: Sequence[str] = ()
    best: tuple[int, str, int, Sequence[str]] = (0, "", 0, ())
    for delimiter in DELIMITERS:
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        rows = [(reader.line_num, row) for row in islice((row for row in reader if any(row)), HEADER_WITHIN)]
        if rows and len(rows[0][1]) > len(first):
            first = rows[0][1]
        for line, row in rows:
            fields = {column.field for column in match_columns(row, {})}
            if {ImportField.COMPANY, ImportField.ROLE} <= fields and len(fields) > best[0]:
                best = (len(fields), delimiter, line, row)
    if not best[0]:
        raise _nothing_understood(name, first)
    return best[1:]


def _nothing_understood(name: str, headers: Sequence[str]) -> BadInput:
    seen = [shown_line(header).strip()[:40] for header in headers if normalize_header(header)][:20]
    if not seen:
        return BadInput(f"{name} is empty; nothing was imported.", "file")
    return BadInput(
        f"{name} has no column for the company or none for the role; nothing was imported. Its first line says:"
        f" {', '.join(seen)}. Name the columns in it, for the company one of {known_headers(ImportField.COMPANY)};"
        f" for the role one of {known_headers(ImportField.ROLE)}.",
        "header",
    )


def _records(text: str, delimiter: str) -> Iterator[CsvRow]:
    """Every row but blank lines; one that can't be read has its `trouble`, and reading goes on below it."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield CsvRow(line, [], _trouble(error, line, reader.line_num))
            continue
        if cells:
            yield CsvRow(line, cells)


def _trouble(error: csv.Error, line: int, last: int) -> str:
    span = f", lines {line} to {last}," if last > line else ""
    if "unexpected end" in str(error):
        return f"A quotation mark opens here and is never closed: everything below it{span} was left out."
    return f"A quotation mark stands where none may{span or ','} so its cells can't be told apart."
