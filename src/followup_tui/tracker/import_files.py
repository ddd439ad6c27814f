"""Find a file to import: completion of a typed path, and the folder that was used last."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from followup_tui.paths import log_file, starting_folder

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".ods", ".ics", ".eml", ".vcf", ".json")
"""Names of files that are offered; any other can be typed, since its content tells what it is."""
MOST_ENTRIES = 5_000
"""Entries of a folder that are looked at: in a larger one, nobody finds a file without typing more of its name."""
_NOTE = "import-folder"
_BACKSLASH = re.compile(r"\\(.)")


class FileEntry(NamedTuple):
    """A file or folder that a typed path could mean: the whole path as it would be typed, and its own name."""

    path: str
    name: str
    is_folder: bool


class Completion(NamedTuple):
    """What a typed path could mean, folders behind files, the newest file first; `longest` is what all share."""

    entries: tuple[FileEntry, ...]
    longest: str


def typed_path(typed: str) -> str:
    """Return a path as it was meant: a home folder in full, without the quotes and marks of a dropped file."""
    text = typed.strip()
    if text[:7].casefold() == "file://":
        return unquote(urlsplit(text).path)
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    elif "\\ " in text:
        text = _BACKSLASH.sub(r"\1", text)
    return os.path.expanduser(text)


def complete_path(typed: str) -> Completion:
    """Return what could be meant by the beginning of a path; nothing where the folder can't be read."""
    folder, slash, begun = typed.rpartition("/")
    try:
        found = sorted(
            _matches(folder + slash, begun), key=lambda each: (each[0].is_folder, -each[1], each[0].name)
        )
    except (OSError, ValueError):  # no folder, or one that may not be read: there is nothing to offer
        found = []
    entries = tuple(entry for entry, _ in found)
    shared = _shared([entry.path for entry in entries])
    return Completion(entries, shared if len(shared) > len(typed) else typed)


def _shared(paths: Sequence[str]) -> str:
    """Return the characters that all paths begin with."""
    shortest, longest = min(paths, default=""), max(paths, default="")
    pairs = zip(shortest, longest, strict=False)
    return shortest[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))]


def _matches(folder: str, begun: str) -> Iterator[tuple[FileEntry, float]]:
    """Yield the entries that begin so, whatever their case, with the moment when each was written last."""
    with os.scandir(typed_path(folder) if folder.strip() else ".") as entries:
        for entry in islice(entries, MOST_ENTRIES):
            if not entry.name.casefold().startswith(begun.casefold()):
                continue
            if entry.name.startswith(".") and not begun.startswith("."):
                continue
            is_folder = entry.is_dir()
            if is_folder or entry.name.casefold().endswith(SUFFIXES):
                written = 0.0 if is_folder else entry.stat().st_mtime
                path = f"{folder}{entry.name}{'/' if is_folder else ''}"
                yield FileEntry(path, entry.name, is_folder), written


def first_folder() -> str:
    """Return the folder to begin in, as it is typed: the one used last, else that in which the program was
    started, else the downloads, else the home.
    """
    home, started = Path.home(), starting_folder()
    for folder in (_remembered(), Path(started).expanduser() if started != "~/" else None, home / "Downloads"):
        if folder is not None and folder.is_dir():
            return f"~/{folder.relative_to(home)}/" if folder.is_relative_to(home) else f"{folder}/"
    return "~/"


def remember_folder(name: str) -> None:
    """Note the folder of a file that was imported; where that can't be written, the next time begins elsewhere."""
    note = log_file().with_name(_NOTE)
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_bytes(os.fsencode(Path(name).absolute().parent))
    except OSError:
        return


def _remembered() -> Path | None:
    try:
        return Path(os.fsdecode(log_file().with_name(_NOTE).read_bytes()))
    except (OSError, ValueError):
        return None
