"""The web addresses behind the cells of a workbook, which the reader of its values leaves out."""

from __future__ import annotations

import posixpath
import re
from html import unescape
from io import BytesIO
from itertools import islice
from zipfile import ZipFile

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
