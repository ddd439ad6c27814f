"""What the user chooses for an import: the file, what invitations belong to, and words explained once.

The words are remembered in a file of their own. The program writes it, so it can't spoil what the user wrote into
the settings, and forgetting is deleting it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.plan import Accept, ImportPlan, NeedsConfirmation, StoredApplications
from followup_tui.exchange.sheets.formats import NO_WORDS, HandWords, checked_hand_words
from followup_tui.files import import_words_file, log_file, partial_file, starting_folder, sync_folder
from followup_tui.settings.toml_file import UnreadableFile, read_document
from followup_tui.tracker.listing import find

_TEXTS = (".txt", ".md", ".markdown")
SUFFIXES = (".csv", ".tsv", ".xlsx", ".ods", ".ics", ".eml", ".vcf", ".json", *_TEXTS)
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
    """What a typed path could mean: files, the newest first, folders, and texts, of which few are sheets.

    `longest` is what all share.
    """

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
        matches = sorted(_matches(folder + slash, begun), key=_rank)
    except (OSError, ValueError):  # no folder, or one that may not be read: there is nothing to offer
        matches = []
    entries = tuple(entry for entry, _ in matches)
    shared = _shared([entry.path for entry in entries])
    return Completion(entries, shared if len(shared) > len(typed) else typed)


def _rank(match: tuple[FileEntry, float]) -> tuple[int, float, str]:
    """Sheets, calendars and mails first, then folders, then texts; the newest first."""
    entry, written = match
    if entry.is_folder:
        group = 1
    elif entry.name.casefold().endswith(_TEXTS):
        group = 2
    else:
        group = 0
    return group, -written, entry.name


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
    started_in = Path(started).expanduser() if started != "~/" else None
    for folder in (_remembered(), started_in, home / "Downloads"):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWishes:
    """What the user said about invitations: the application they belong to, or company and role, and zones.

    `belongs_to` is as `find` takes it. `zones` are as typed: a zone for all times without one, or “NAME=ZONE” for
    a name that nobody knows.
    """

    belongs_to: str = ""
    company: str = ""
    role: str = ""
    zones: tuple[str, ...] = ()
    accept: Accept = Accept.CERTAIN


def named_application(wishes: InvitationWishes, stored: StoredApplications) -> str:
    """Return the id of the application that the user named, or an empty text."""
    if not wishes.belongs_to:
        return ""
    return find(wishes.belongs_to, [(row.id, row.number, row.company, row.role) for row in stored.applications])


def require_confirmation(plan: ImportPlan, wishes: InvitationWishes) -> None:
    """Raise `NeedsConfirmation` if the plan has something that may not be written without asking."""
    asks = {Accept.NOTHING: bool(plan.readings), Accept.CERTAIN: bool(plan.guessed), Accept.EVERYTHING: False}
    if asks[wishes.accept]:
        raise NeedsConfirmation(plan, is_named=bool(wishes.company and wishes.role))


_TABLES = ("columns", "statuses")
"""The tables in the file: headers with the name of their field, statuses with the name of their meaning."""
_HEAD = "# Words of sheets that you explained with `followup-tui import --map … --status …`."


class Remembered(NamedTuple):
    """The remembered words, and a sentence if their file can't be read, or an empty text."""

    words: HandWords = NO_WORDS
    problem: str = ""


def remembered_words(settings_place: Path | None) -> Remembered:
    """Return the words beside a settings file; none without one."""
    if settings_place is None:
        return Remembered()
    place = import_words_file(settings_place)
    try:
        values = read_document(place, name="import words", otherwise="none of them is used").values
    except UnreadableFile as error:
        return Remembered(problem=f"{place.name}: {error.problem}")
    columns, statuses = (_texts(values.get(table)) for table in _TABLES)
    return Remembered(checked_hand_words(columns, statuses))


def _texts(table: Any) -> dict[str, str]:
    """Return what a table of the file says, without what isn't text."""
    entries = table.items() if isinstance(table, Mapping) else ()
    return {str(key): value for key, value in entries if isinstance(value, str)}


def remember_words(settings_place: Path, words: HandWords) -> str:
    """Add words to the remembered ones; return a sentence about it."""
    place = import_words_file(settings_place)
    remembered = remembered_words(settings_place)
    if remembered.problem:
        return "The words aren't remembered, since that file has to be mended or deleted first."
    all_words = remembered.words | words
    if all_words == remembered.words:
        return ""
    try:
        _save(place, {"columns": all_words.columns, "statuses": all_words.statuses})
    except OSError as error:
        return (
            f"The words aren't remembered: {shown_line(str(place))} can't be written ({error.strerror});"
            " look at its permissions."
        )
    return "These words are remembered for the next import; `followup-tui import --forget-words` forgets them."


def forget_words(settings_place: Path) -> bool:
    """Forget all words, and return whether there were any. Raises `Refused` if their file can't be deleted."""
    place = import_words_file(settings_place)
    try:
        place.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Refused(
            f"{shown_line(str(place))} can't be deleted ({error.strerror}); the words are still"
            " remembered. Look at its permissions."
        ) from None
    return True


def _save(place: Path, words: Mapping[str, Mapping[str, str]]) -> None:
    """Replace the file atomically. Raises `OSError` if it can't be written; then the old one is left."""
    lines = [_HEAD]
    for table in _TABLES:
        lines += ["", f"[{table}]", *(f"{_quoted(key)} = {_quoted(value)}" for key, value in words[table].items())]
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with partial_file(place.parent, ("\n".join(lines) + "\n").encode()) as partial:
        os.replace(partial, place)
    sync_folder(place.parent)


def _quoted(text: str) -> str:
    """Return a text as a TOML string, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
