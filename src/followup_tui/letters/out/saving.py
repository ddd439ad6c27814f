"""Saving a letter as a file: whole or not at all, over nothing that is there, for the user's eyes only."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize

from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.letter import OutgoingLetter
from followup_tui.domain.model.text import shown_line
from followup_tui.files import sync_folder, write_private
from followup_tui.letters.out.eml import eml_bytes

_SLUG_LIMIT = 40
_TRIES = 1_000
# Some file systems know no second name for a file: FAT, and some that lie on a network.
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})


def save_eml(mailing: OutgoingLetter, place: Path) -> Path:
    """Save a letter as an .eml file and return where it is; readable by its owner alone (0600).

    In a folder it gets a name of its own, such as "2026-11-22-acme-robotics-dana-ruiz.eml"; any other place is the
    file. `Refused` where something is there already, a symlink too, and where it can't be written.
    """
    return save(eml_bytes(mailing), place, names_of(mailing))


def save(content: bytes, place: Path, names: Sequence[str]) -> Path:
    """Save something as a new file and return where it is; in a folder it gets the first of `names` that is free.

    As `save_eml`: whole or not at all, 0600, and `Refused` where something is there already.
    """
    is_folder = place.is_dir()
    folder = place if is_folder else place.parent
    partial = _written(folder, content)
    try:
        for name in names if is_folder else (place.name,):
            if _given(partial, folder / name):
                sync_folder(folder)
                return folder / name
    except OSError as trouble:
        raise _cannot(folder, trouble) from None
    finally:
        with suppress(OSError):  # what matters has been told; a leftover only takes room
            partial.unlink(missing_ok=True)
    raise Refused(f"{shown_line(str(place))} is there already and was left as it is; choose another name.")


def place_of(typed: str) -> Path:
    """The place that was typed, absolute; "~" is the user's home. Raises `BadInput` where it can be none."""
    try:
        return Path(typed.strip()).expanduser().absolute()
    except (RuntimeError, ValueError):
        raise BadInput(f"{shown_line(typed)} is no place for a file.", "file") from None


def slug(text: str) -> str:
    """A text as a part of a file's name: small ASCII letters, digits and dashes; empty where it has none."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LIMIT].strip("-")


def names_of(mailing: OutgoingLetter, suffix: str = ".eml") -> list[str]:
    """The names that a letter's file may have in a folder, the best first: "2026-11-22-acme-dana-ruiz-2.eml"."""
    parts = (
        f"{mailing.written_at:%Y-%m-%d}",
        slug(mailing.company),
        slug(mailing.to_name) or slug(mailing.subject),
    )
    stem = "-".join(part for part in parts if part)
    return [f"{stem}{suffix}" if turn == 1 else f"{stem}-{turn}{suffix}" for turn in range(1, _TRIES)]


def _written(folder: Path, content: bytes) -> Path:
    """The content in a file of a hidden, temporary name."""
    partial = folder / f".{secrets.token_hex(8)}.partial"
    try:
        write_private(partial, content)
    except OSError as trouble:
        raise _cannot(folder, trouble) from None
    return partial


def _given(partial: Path, place: Path) -> bool:
    """Gives the file its name; False where that is taken, also by a link that leads nowhere."""
    try:
        os.link(partial, place, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError as trouble:
        if trouble.errno not in _NO_LINKS:
            raise
        return _reserved(partial, place)
    return True


def _reserved(partial: Path, place: Path) -> bool:
    try:
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return False
    try:
        os.replace(partial, place)
    except OSError:
        place.unlink()
        raise
    return True


def _cannot(folder: Path, trouble: OSError) -> Refused:
    where = shown_line(str(folder))
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refused(f"The disk of {where} is full; no file was made and the letter is kept, make room.")
    return Refused(
        f"No file can be written in {where} ({trouble.strerror}); the letter is kept, choose another folder."
    )
