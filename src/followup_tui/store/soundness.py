"""Know that a database file is sound before it is read or written, without reading all of it at each start."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex
from time import time

from followup_tui.atomic_write import discard
from followup_tui.domain.model.errors import FollowupError
from followup_tui.paths import soundness_file
from followup_tui.store.database_file import FileMark, check_integrity, prepare_folder, read_mark
from followup_tui.store.sqlite_errors import translate_errors

_MAX_AGE = 7 * 86_400
"""Seconds after which a file is read in full again, whoever wrote it: disks forget too."""
_MAX_MARKS = 50
"""Files that are remembered, the ones checked last."""


def require_sound(path: Path) -> FileMark:
    """Return the mark of the file at `path`, which is known to be sound; `StoreTrouble` if it is damaged.

    A file that was written since it was checked last, by whatever doesn't remember it, is read in full: 0.2 s for
    10,000 applications.
    """
    with translate_errors(path):
        mark = read_mark(path)
        if mark in _remembered():
            return mark
    mark = check_integrity(path)
    remember(mark)
    return mark


def remember(mark: FileMark, before: FileMark | None = None) -> None:
    """Remember that a file is sound in this state, as in the state `before` that a commit of ours has ended."""
    place = _place()
    if place is None:
        return
    known = _remembered()
    known[mark] = known.pop(before, time()) if before is not None else time()
    lines = [" ".join(map(str, (*each, at))) for each, at in list(known.items())[-_MAX_MARKS:]]
    partial = place.with_name(f"{place.name}.{token_hex(4)}")
    try:
        prepare_folder(place)
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("\n".join(lines))
        os.replace(partial, place)
    except (FollowupError, OSError):  # forgotten, so that the next start reads the whole file once more
        discard(partial)


def _remembered() -> dict[FileMark, float]:
    """Return the states of files that are known to be sound, and when each file was read in full."""
    place = _place()
    found: dict[FileMark, float] = {}
    try:
        lines = place.read_text().splitlines() if place is not None else []
        for line in lines:
            *mark, at = line.split()
            if 0 <= time() - float(at) < _MAX_AGE:
                found[FileMark(*map(int, mark))] = float(at)
    except (OSError, ValueError, TypeError):  # missing or garbled: then nothing is known
        return {}
    return found


def _place() -> Path | None:
    try:
        return soundness_file()
    except FollowupError:  # without a home folder nothing is remembered
        return None
