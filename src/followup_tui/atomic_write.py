"""Files of the user's own on disk: written whole, for their eyes only, and there after a power cut."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_private_file(place: Path, content: bytes) -> None:
    """Write a new file that its owner alone can read (0600), and wait until it is on the disk.

    `OSError` where it can't be written, which leaves nothing behind; `FileExistsError` where something is there,
    a link to nowhere too.
    """
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), 0o600)  # whatever the umask took away
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):  # the trouble that led here is told
            place.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Wait until a folder's entries are on the disk, where its file system can do that."""
    with suppress(OSError):  # some sync no folders; the file is there
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
