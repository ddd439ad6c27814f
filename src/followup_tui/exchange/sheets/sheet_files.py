"""Read a sheet from a CSV file or from a workbook of Excel or LibreOffice.

Of a CSV file encoding, delimiter and header line are detected, and each row keeps its line number. Of a workbook
the sheet with the best header becomes a table, and so does each other with nearly the same headers.
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO, StringIO
from itertools import islice
from subprocess import DEVNULL, PIPE
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from followup_tui.domain.format import in_words
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import BLOCK_LIMIT, shorten, shown_line
from followup_tui.exchange.plan import ImportSource
from followup_tui.exchange.sheets.columns import header_key
from followup_tui.exchange.sheets.readable_text import REPAIRED, damage_remarks, decode_text, without_marks
from followup_tui.exchange.sheets.table import (
    MAX_CELLS,
    MAX_HEADER_LINE,
    MAX_ROWS,
    CellCounter,
    Header,
    Overrides,
    Table,
    TableRow,
    find_header,
    missing_columns,
    read_trello_board,
    too_long,
)
from followup_tui.exchange.source_kind import is_trello_board

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = (",", ";", "\t", "|")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_MOST_CONTROLS = 0.08  # share of control characters in a text that is one: in random bytes it is 0.11
_OTHER_FILES = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"SQLite format 3\x00": "a database, which `followup-tui restore` may take back",
    b"{\\rtf": "a document",
}
_MARKUP = re.compile(r"\s*<(?:(!doctype html|html|head|body|meta|table)\b|\?xml\b)", re.IGNORECASE)
"""How web pages and XML begin, which some programs call .xls or .csv."""
_EMPHASIS = re.compile(r"\s*(\*\*\*|\*\*|__|[*_`])(?=\S)(.*\S)\1\s*")
"""A cell of a Markdown table that is written bold, slanted or as code."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_HEADER_LENGTH = 20_000  # characters; what is longer is data with a quotation mark that never closes
_NAMED_SHEETS = 10  # in one sentence


def read_csv_file(source: ImportSource, overrides: Overrides) -> Table:
    """Return the table in a file. Raises `BadInput` for an empty or endless file, or missing columns.

    `overrides` are the columns that the user named by hand.
    """
    name = shown_line(source.name)
    decoded = decode_text(name, source.content)
    _refuse_other_files(name, source.content, decoded.text)
    with _field_size_limit(len(decoded.text)):
        delimiter, start, header = _detect_layout(name, decoded.text, overrides)
        rows = list(_read_rows(name, decoded.text[start:], delimiter, header.line))
    headers = tuple(cell.replace(REPAIRED, "") for cell in header.cells)
    remarks = [decoded.remark] if decoded.remark else []
    if decoded.is_damaged:
        rows, damaged = without_marks(rows, headers)
        remarks += damage_remarks(name, damaged)
    return Table(name, headers, tuple(rows[1:]), tuple(remarks))


def _refuse_other_files(name: str, content: bytes, text: str) -> None:
    """Raise `BadInput` for a file that is no text: by its first bytes, or by the control characters in it."""
    kind = next((words for begin, words in _OTHER_FILES.items() if content.startswith(begin)), "")
    sample = text[:_HEADER_LENGTH]
    if not kind and (markup := _MARKUP.match(sample)):
        kind = "a web page" if markup[1] else "an XML file"
    if not kind and len(_CONTROL.findall(sample)) > _MOST_CONTROLS * len(sample):
        kind = "no text"
    if kind:
        raise BadInput(
            f"{name} is {kind}; nothing was imported, name a sheet (CSV, .xlsx or .ods), an invitation, an"
            " address card or a full copy.",
            "file",
        )


@contextmanager
def _field_size_limit(length: int) -> Iterator[None]:
    """Raise the limit of the csv module, which would split a long field into rows; it is global, so restore it."""
    before = csv.field_size_limit(max(BLOCK_LIMIT, length))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _detect_layout(name: str, text: str, overrides: Overrides) -> tuple[str, int, Header]:
    """Return delimiter, offset and header, by the delimiter that gives the most known columns.

    Every line is read for itself, so that a quotation mark in a title above can't swallow the header.
    """
    starts = list(islice(_line_starts(text), MAX_HEADER_LINE))
    first: Sequence[str] = ()
    best: tuple[str, Header] | None = None
    for delimiter in DELIMITERS:
        records = [(line, _record(text[at : at + _HEADER_LENGTH], delimiter)) for line, at in starts]
        filled = next((cells for _, cells in records if any(map(str.strip, cells))), [])
        if len(filled) > len(first):
            first = filled
        header = find_header(records, overrides)
        if header is not None and header.is_better(best and best[1]):
            best = delimiter, header
    if best is None:
        raise missing_columns(name, first)
    return best[0], dict(starts)[best[1].line], best[1]


def _line_starts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the number and the offset of each line."""
    yield 1, 0
    for line, end in enumerate(_LINE_END.finditer(text), 2):
        yield line, end.end()


def _record(text: str, delimiter: str) -> list[str]:
    return next(_cells(text, delimiter, _is_markdown(text, delimiter)), [])


def _is_markdown(text: str, delimiter: str) -> bool:
    return delimiter == "|" and text.lstrip(" ").startswith("|")


def _cells(text: str, delimiter: str, is_markdown: bool, *, strict: bool = False) -> Reader:
    """Return a reader of rows; in a Markdown table quotation marks are letters and a backslash guards a bar."""
    if is_markdown:
        return csv.reader(StringIO(text, newline=""), delimiter="|", quoting=csv.QUOTE_NONE, escapechar="\\")
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _read_rows(name: str, text: str, delimiter: str, first_line: int) -> Iterator[TableRow]:
    """Yield every row but blank lines; an unreadable one has its `error`, and reading goes on below it."""
    is_markdown = _is_markdown(text, delimiter)
    reader = _cells(text, delimiter, is_markdown, strict=True)
    counter = CellCounter(name)
    while True:
        line = first_line + reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            counter.add(1)
            yield TableRow(line, [], _describe_error(error, line, first_line + reader.line_num - 1))
            continue
        if is_markdown:
            cells = [_EMPHASIS.sub(r"\2", cell) for cell in cells]
        if cells:
            counter.add(len(cells))
            yield TableRow(line, cells)


def _describe_error(error: csv.Error, line: int, last: int) -> str:
    span = f", lines {line} to {last}," if last > line else ""
    if "unexpected end" in str(error):
        return f"A quotation mark opens here and is never closed: everything below it{span} was left out."
    return f"A quotation mark stands where none may{span or ','} so its cells can't be told apart."


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How workbooks begin: .xlsx and .ods are archives; .xls, and all that have a password, are compound files."""
SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", OLE[:4])

MAX_UNPACKED = 300_000_000
MAX_PARTS = 5_000
"""Bytes and files that a workbook may unpack to; a bomb declares more."""
TIMEOUT = 90.0  # seconds; 100,000 rows take some 5

_COMMAND = (sys.executable, "-P", "-X", "utf8", "-m", "followup_tui.exchange.sheets.workbook_worker")
_ENVIRONMENT = ("PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "HOME", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""Variables that Python needs to find what is installed; the others, which may hold secrets, aren't passed on."""
_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_OTHER_KINDS = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint file",
    "Index/Document.iwa": "a file of Apple Numbers or Pages",
}


class _Sheet(NamedTuple):
    name: str
    is_hidden: bool
    rows: list[tuple[int, list[str]]]
    links: dict[int, dict[int, str]]
    header: Header | None


def is_workbook(content: bytes) -> bool:
    """Whether a file begins like a workbook."""
    return content.startswith(SIGNATURES)


_MOSTLY = 0.6
"""Share of the headers of two sheets, of those that both have together, by which they are of one kind."""


def read_workbook(source: ImportSource, overrides: Overrides) -> list[Table]:
    """Return the tables in the sheets that the user chose, or in that with the best header and those of its kind.

    Visible sheets come before hidden ones. Raises `BadInput` for a file that is no workbook, is damaged, encrypted
    or too long, or lacks columns, and for a sheet that there isn't.
    """
    name = shown_line(source.name)
    if source.content.startswith(b"PK"):
        _check_archive(name, source.content)
    answer = _answer(name, source.content)
    if "problem" in answer:
        raise _refusal(name, answer["problem"])
    sheets = [_sheet(each, overrides) for each in answer["sheets"]]
    found = [sheet for sheet in sheets if sheet.header is not None]
    if not found:
        raise missing_columns(name, next((row for sheet in sheets for _, row in sheet.rows), ()))
    best = max(found, key=_rank)
    chosen = [sheet for sheet in found if sheet is best or _is_alike(sheet, best)]
    if source.sheets:
        chosen = _chosen(name, source.sheets, sheets)
    remarks = _remarks(name, chosen, sheets)
    if answer["has_more_links"]:
        remarks += (f"{name}: addresses behind words aren't read; save it as .xlsx to bring them along.",)
    tables = [_table(name, sheet, len(chosen) > 1) for sheet in chosen]
    first, *others = (table.beside(tables) for table in tables)
    names = {shown_line(each.name).strip(): any(each is one for one in chosen) for each in sheets if each.rows}
    return [replace(first, remarks=remarks, sheets=names), *others]


def _table(name: str, sheet: _Sheet, is_one_of_several: bool) -> Table:
    named = shown_line(sheet.name).strip()
    shown = f"{name} ({named})" if is_one_of_several else name
    if sheet.header is None:
        raise missing_columns(f"{name} ({named})", next((row for _, row in sheet.rows), ()))
    rows = tuple(
        TableRow(line, _with_links(cells, sheet.links.get(line, {})))
        for line, cells in sheet.rows
        if line > sheet.header.line
    )
    return Table(shown, tuple(sheet.header.cells), rows, (), named if is_one_of_several else "")


def _is_alike(sheet: _Sheet, best: _Sheet) -> bool:
    """Whether a sheet is of the same kind as the best one: one per year, or per stage."""
    one, other = (
        {key for cell in each.header.cells if (key := header_key(cell))} if each.header else set()
        for each in (sheet, best)
    )
    is_plain = all(each.header is not None and each.header.is_plain for each in (sheet, best))
    return is_plain and not sheet.is_hidden and len(one & other) >= _MOSTLY * len(one | other)


def _chosen(name: str, wanted: Sequence[str], sheets: Sequence[_Sheet]) -> list[_Sheet]:
    """Return the sheets with these names, whatever their case. Raises `BadInput` for one that there isn't."""
    known = {" ".join(sheet.name.split()).casefold(): sheet for sheet in sheets}
    keys = [" ".join(each.split()).casefold() for each in wanted]
    for key, said in zip(keys, wanted, strict=True):
        if key not in known:
            raise BadInput(
                f"{name} has no sheet “{shorten(said)}”; nothing was imported, its sheets are"
                f" {in_words([f'“{shown_line(sheet.name)}”' for sheet in sheets[:_NAMED_SHEETS]])}.",
                "sheet",
            )
    return [known[key] for key in dict.fromkeys(keys)]


def _with_links(cells: list[str], links: dict[int, str]) -> list[str]:
    """Return the cells; one with an address behind it is written as the formula of a link."""
    return [_linked(cell, links[at]) if at in links else cell for at, cell in enumerate(cells)] if links else cells


def _linked(cell: str, link: str) -> str:
    if not cell or link.rstrip("/") in cell:
        return cell
    link, cell = link.replace('"', "%22"), cell.replace('"', '""')
    return f'=HYPERLINK("{link}","{cell}")'


def _sheet(read: dict[str, Any], overrides: Overrides) -> _Sheet:
    rows = [(line, cells) for line, cells in read["rows"]]
    first = [(line, cells) for line, cells in rows[:MAX_HEADER_LINE]]
    links: dict[int, dict[int, str]] = {}
    for line, column, link in read["links"]:
        links.setdefault(line, {})[column] = link
    return _Sheet(read["name"], read["hidden"], rows, links, find_header(first, overrides))


def _rank(sheet: _Sheet) -> tuple[bool, bool, int]:
    is_plain, fields = (sheet.header.is_plain, sheet.header.fields) if sheet.header else (False, 0)
    return is_plain, not sheet.is_hidden, fields


def _remarks(name: str, chosen: Sequence[_Sheet], sheets: Sequence[_Sheet]) -> tuple[str, ...]:
    """Return a sentence about which sheets were read and which weren't, if there are several."""
    others = [sheet for sheet in sheets if sheet.rows and not any(sheet is one for one in chosen)]
    if not others and len(chosen) == 1:
        return ()
    noun, verb = ("sheet", "was") if len(chosen) == 1 else ("sheets", "were")
    left = f", and not {_names(others, 'or')}" if others else ""
    useful = next((each for each in others if each.header and each.header.is_plain), None)
    hint = f'; --sheet "{shown_line(useful.name)}" reads it instead (repeat --sheet for both)' if useful else ""
    return (f"{name}: the {noun} {_names(chosen, 'and')} {verb} read{left}{hint}.",)


def _names(sheets: Sequence[_Sheet], joint: str) -> str:
    named = [f"“{shown_line(sheet.name)}”" for sheet in sheets[:_NAMED_SHEETS]]
    more = len(sheets) - len(named)
    return in_words([*named, f"{more} more"] if more else named, joint)


def _check_archive(name: str, content: bytes) -> None:
    """Raise `BadInput` if an archive is no workbook, or unpacks to more than a workbook may."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise _refusal(name, "damaged") from None
    names = {part.filename for part in parts}
    if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise _refusal(name, "bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise _refusal(name, "password")
    if names.isdisjoint(_PARTS):
        kind = next((words for part, words in _OTHER_KINDS.items() if part in names), "an archive without a sheet")
        raise BadInput(
            f"{name} is {kind}; nothing was imported, save the sheet as .xlsx, .ods or CSV and import that.",
            "file",
        )


def _answer(name: str, content: bytes) -> dict[str, Any]:
    """Return what the worker read. Raises `BadInput` if it broke down over the file."""
    try:
        done = subprocess.run(
            (*_COMMAND, str(MAX_ROWS), str(MAX_CELLS)),
            input=content,
            stdout=PIPE,
            stderr=DEVNULL,
            env={variable: os.environ[variable] for variable in _ENVIRONMENT if variable in os.environ},
            timeout=TIMEOUT,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise _refusal(name, "slow") from None
    except subprocess.CalledProcessError:
        raise _refusal(name, "broken") from None
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _refusal(name: str, problem: str) -> BadInput:
    if problem == "long":
        return too_long(name)
    sentence = {
        "password": "has a password; nothing was imported, save it without one, or as CSV.",
        "damaged": "can't be read as a workbook, it may be cut short; nothing was imported, save it again.",
        "bomb": f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB; nothing was imported, save it as CSV.",
        "slow": f"took longer than {TIMEOUT:.0f} seconds to read; nothing was imported, save it as CSV.",
        "broken": "can't be read, or takes too much memory; nothing was imported, save it as CSV.",
    }[problem]
    return BadInput(f"{name} {sentence}", "file")


def read_tables(source: ImportSource, overrides: Overrides) -> list[Table]:
    """Return the tables in a CSV file, a workbook or a board of Trello, or raise `BadInput` with the reason."""
    if is_workbook(source.content):
        return read_workbook(source, overrides)
    if is_trello_board(source.content):
        return [read_trello_board(source)]
    if source.sheets:
        raise BadInput(
            f"{shown_line(source.name)} is no workbook; nothing was imported, leave out the name of the sheet.",
            "sheet",
        )
    return [read_csv_file(source, overrides)]
