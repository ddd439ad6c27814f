"""The file that remembers what the user said about the headers and statuses of imported sheets.

It is a file of its own beside the settings: the program writes it, so it can't spoil what the user wrote there,
and forgetting is deleting it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from followup_tui.atomic_write import partial_file, sync_folder
from followup_tui.settings.toml_file import UnreadableFile, read_document

TABLES = ("columns", "statuses")
"""The tables in the file: headers with the name of their field, statuses with the name of their meaning."""

_HEAD = "# Words of sheets that you explained with `followup-tui import --map … --status …`."


def load_import_words(place: Path) -> tuple[dict[str, dict[str, str]], str]:
    """Return the tables in the file, and a sentence if it can't be read; a missing file has empty ones."""
    empty: dict[str, dict[str, str]] = {table: {} for table in TABLES}
    try:
        values = read_document(place, name="import words", otherwise="none of them is used").values
    except UnreadableFile as error:
        return empty, f"{place.name}: {error.problem}"
    for table in TABLES:
        entries = values.get(table, {})
        if isinstance(entries, Mapping):
            empty[table] = {str(key): value for key, value in entries.items() if isinstance(value, str)}
    return empty, ""


def save_import_words(place: Path, words: Mapping[str, Mapping[str, str]]) -> None:
    """Replace the file atomically. Raises `OSError` if it can't be written; then the old one is left."""
    lines = [_HEAD]
    for table in TABLES:
        lines += ["", f"[{table}]", *(f"{_quoted(key)} = {_quoted(value)}" for key, value in words[table].items())]
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with partial_file(place.parent, ("\n".join(lines) + "\n").encode()) as partial:
        os.replace(partial, place)
    sync_folder(place.parent)


def forget_import_words(place: Path) -> bool:
    """Delete the file, and return whether there was one. Raises `OSError` if it can't be deleted."""
    try:
        place.unlink()
    except FileNotFoundError:
        return False
    return True


def _quoted(text: str) -> str:
    """Return a text as a TOML string, whose escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
