"""Words of sheets that the user explained once, remembered for the next import."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.sheets.hand_words import NO_WORDS, HandWords, checked_hand_words
from followup_tui.paths import import_words_file
from followup_tui.settings.import_words import forget_import_words, load_import_words, save_import_words


class Remembered(NamedTuple):
    """The remembered words, and a sentence if their file can't be read, or an empty text."""

    words: HandWords = NO_WORDS
    problem: str = ""


def remembered_words(settings_place: Path | None) -> Remembered:
    """Return the words beside a settings file; none without one."""
    if settings_place is None:
        return Remembered()
    tables, problem = load_import_words(import_words_file(settings_place))
    return Remembered(checked_hand_words(tables["columns"], tables["statuses"]), problem)


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
        save_import_words(place, {"columns": all_words.columns, "statuses": all_words.statuses})
    except OSError as error:
        return f"The words aren't remembered: {shown_line(str(place))} can't be written ({error.strerror})."
    return "These words are remembered for the next import; `followup-tui import --forget-words` forgets them."


def forget_words(settings_place: Path) -> bool:
    """Forget all words, and return whether there were any. Raises `Refused` if their file can't be deleted."""
    place = import_words_file(settings_place)
    try:
        return forget_import_words(place)
    except OSError as error:
        raise Refused(
            f"{shown_line(str(place))} can't be deleted ({error.strerror}); the words are still"
            " remembered. Look at its permissions."
        ) from None
