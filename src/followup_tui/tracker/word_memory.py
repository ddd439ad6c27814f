"""Words of sheets that the user explained once, remembered for the next import in a file of their own.

The program writes it, so it can't spoil what the user wrote into the settings, and forgetting is deleting it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from followup_tui.atomic_write import partial_file, sync_folder
from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.sheets.hand_words import NO_WORDS, HandWords, checked_hand_words
from followup_tui.paths import import_words_file
from followup_tui.settings.toml_file import UnreadableFile, read_document

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
