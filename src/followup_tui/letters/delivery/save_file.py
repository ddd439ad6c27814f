"""Save a letter as a file: atomically, never over an existing file, readable by the user only."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from pathlib import Path
from unicodedata import normalize

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.model.touch import OutgoingLetter
from followup_tui.files import partial_file, publish, sync_folder
from followup_tui.letters.delivery.message import eml_bytes

_SLUG_LIMIT = 40
_MAX_NAMES = 1_000


def save_eml(mailing: OutgoingLetter, path: Path) -> Path:
    """Save a letter as an .eml file and return its path; only its owner can read it (0600).

    In a folder it gets a name such as "2026-11-22-acme-robotics-dana-ruiz.eml"; any other path is the file itself.
    `Refused` if something exists there already, symlinks included, or it can't be written.
    """
    return save_file(eml_bytes(mailing), path, file_names(mailing))


def save_file(content: bytes, path: Path, names: Sequence[str]) -> Path:
    """Save bytes as a new file and return its path; in a folder it gets the first free one of `names`.

    As in `save_eml`: atomically, 0600, and `Refused` if something exists there already.
    """
    is_folder = path.is_dir()
    folder = path if is_folder else path.parent
    try:
        with partial_file(folder, content) as partial:
            for name in names if is_folder else (path.name,):
                if publish(partial, folder / name):
                    sync_folder(folder)
                    return folder / name
    except OSError as error:
        raise _write_error(folder, error) from None
    raise Refused(f"{shown_line(str(path))} is there already and was left as it is; choose another name.")


def slug(text: str) -> str:
    """Return a text as part of a file name: lowercase ASCII letters, digits and dashes, or empty."""
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LIMIT].strip("-")


def file_names(mailing: OutgoingLetter, suffix: str = ".eml") -> list[str]:
    """Return the names a letter's file may get in a folder, best first: "2026-11-22-acme-dana-ruiz-2.eml"."""
    parts = (
        f"{mailing.written_at:%Y-%m-%d}",
        slug(mailing.company),
        slug(mailing.to_name) or slug(mailing.subject),
    )
    stem = "-".join(part for part in parts if part)
    return [f"{stem}{suffix}" if turn == 1 else f"{stem}-{turn}{suffix}" for turn in range(1, _MAX_NAMES)]


def _write_error(folder: Path, error: OSError) -> Refused:
    where = shown_line(str(folder))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refused(
            f"The disk of {where} is full: no file was written, and the letter is kept. Free some space and try"
            " again."
        )
    return Refused(
        f"Nothing can be written in {where} ({error.strerror}): no file was made, and the letter is kept. Choose"
        " another folder."
    )
