"""Read a workbook of Excel or LibreOffice: the sheet with the best header becomes a table."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from subprocess import DEVNULL, PIPE
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.plan import ImportSource
from followup_tui.exchange.sheets.table import (
    MAX_CELLS,
    MAX_HEADER_LINE,
    MAX_ROWS,
    Header,
    Overrides,
    Table,
    TableRow,
    find_header,
    missing_columns,
    too_long,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How workbooks begin: .xlsx and .ods are archives; .xls, and all that have a password, are compound files."""
SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", OLE[:4])

MAX_UNPACKED = 300_000_000
MAX_PARTS = 5_000
"""Bytes and files that a workbook may unpack to; a bomb declares more."""
TIMEOUT = 90.0
"""Seconds; 100,000 rows take some 5."""

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


def read_workbook(source: ImportSource, overrides: Overrides) -> Table:
    """Return the table in the sheet that has the best header; visible sheets come before hidden ones.

    Raises `BadInput` for a file that is no workbook, is damaged, encrypted or too long, or lacks columns.
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
    header = best.header
    assert header is not None, "only sheets with a header are compared"
    rows = tuple(
        TableRow(line, _with_links(cells, best.links.get(line, {})))
        for line, cells in best.rows
        if line > header.line
    )
    remarks = _remarks(name, best, sheets)
    if answer["has_more_links"]:
        remarks += (f"{name}: addresses behind words aren't read; save it as .xlsx to bring them along.",)
    return Table(name, tuple(header.cells), rows, remarks)


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


def _remarks(name: str, best: _Sheet, sheets: Sequence[_Sheet]) -> tuple[str, ...]:
    others = [sheet for sheet in sheets if sheet is not best and sheet.rows]
    if not others:
        return ()
    named = ", ".join(f"“{shown_line(sheet.name)}”" for sheet in others[:10])
    more = f" and {len(others) - 10} more" if len(others) > 10 else ""
    alike = [sheet.name for sheet in others if sheet.header is not None and sheet.header.is_plain]
    hint = f"; to import “{shown_line(alike[0])}” too, save it as a file of its own" if alike else ""
    return (f"{name}: the sheet “{shown_line(best.name)}” was read, and not {named}{more}{hint}.",)


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
