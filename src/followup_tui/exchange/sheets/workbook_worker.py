"""Read a workbook in a process of its own, where a hostile file can't take the memory or the time of the program.

The file comes on the standard input; one JSON object with all sheets, or with a `problem`, goes out.
"""

from __future__ import annotations

import json
import posixpath
import re
import sys
import zlib
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from html import unescape
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import BadZipFile, ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_HYPERLINK = re.compile(rb"<(?:\w+:)?hyperlink\b[^>]*>")
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MAX_LINKS = 1_000_000


def links_by_sheet(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Return the addresses behind the cells of each sheet of an .xlsx file, by row and column from 0."""
    links: dict[str, dict[tuple[int, int], str]] = {}
    if not content.startswith(b"PK"):
        return links
    with ZipFile(BytesIO(content)) as archive:
        parts = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= parts:
            return links
        files = _targets(archive.read("xl/_rels/workbook.xml.rels"))
        for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
            data = _attributes(tag)
            path = posixpath.normpath(posixpath.join("xl", files.get(data.get("id", ""), "").removeprefix("/xl/")))
            rels = f"{posixpath.dirname(path)}/_rels/{posixpath.basename(path)}.rels"
            if {path, rels} <= parts:
                targets = _targets(archive.read(rels))
                links[data.get("name", "")] = _sheet_links(archive.read(path), targets)
    return links


def _sheet_links(sheet: bytes, targets: dict[str, str]) -> dict[tuple[int, int], str]:
    found = {}
    for tag in islice(_HYPERLINK.finditer(sheet), _MAX_LINKS):
        data = _attributes(tag.group())
        place = _PLACE.match(data.get("ref", ""))
        address = targets.get(data.get("id", ""), "")
        if place is not None and address.lower().startswith(("http://", "https://")):
            fragment = f"#{data['location']}" if data.get("location") else ""
            found[int(place[2]) - 1, _column_number(place[1])] = address + fragment
    return found


def _targets(rels: bytes) -> dict[str, str]:
    entries = map(_attributes, _RELATIONSHIP.findall(rels))
    return {entry["Id"]: entry["Target"] for entry in entries if {"Id", "Target"} <= entry.keys()}


def _attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes of an XML tag by name, without their namespace."""
    pairs = _ATTRIBUTE.findall(tag.decode("utf-8", errors="replace"))
    return {name.rpartition(":")[2]: unescape(double or single) for name, double, single in pairs}


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def has_links_in_text(content: bytes) -> bool:
    """Whether an .ods file has addresses behind words, which only .xlsx files tell by cell."""
    if not content.startswith(b"PK"):
        return False
    with ZipFile(BytesIO(content)) as archive:
        return "content.xml" in archive.namelist() and b"<text:a " in archive.read("content.xml")


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
