"""Write private files that survive a power cut."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

from followup_tui.read_only import require_writing

# Some file systems have no hard links: FAT, and some network ones.
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})
PARTIAL = ".followup.partial"
"""The end of the name of a file that isn't complete yet."""
_ABANDONED_SECONDS = 3600
"""The age at which a partial file belongs to a program that was killed, perhaps on another machine."""
_OWNER = re.compile(rf"\.(\d+)-[0-9a-f]{{8}}{re.escape(PARTIAL)}")


def write_private_file(place: Path, content: bytes) -> None:
    """Write a new file that only its owner can read (0600), and wait until it is on the disk.

    Raises `OSError` if it can't be written and leaves no file behind; `FileExistsError` if something is there,
    even a broken symlink, and `StoreTrouble` in a process that only looks.
    """
    require_writing()
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), 0o600)  # regardless of the umask
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        discard(place)
        raise


@contextmanager
def partial_file(folder: Path, content: bytes) -> Iterator[Path]:
    """Lend a hidden private file with this content, to be renamed; what isn't renamed is deleted.

    Raises `OSError` if it can't be written.
    """
    partial = partial_path(folder)
    write_private_file(partial, content)
    try:
        remove_abandoned(folder)
        yield partial
    finally:
        discard(partial)


def partial_path(folder: Path, name: str = "") -> Path:
    """Return the path of a new file that isn't complete yet; the process id in it tells whose it is.

    Raises `StoreTrouble` in a process that only looks.
    """
    require_writing()
    return folder / f".{name and f'{name}.'}{os.getpid()}-{os.urandom(4).hex()}{PARTIAL}"


def remove_abandoned(folder: Path) -> None:
    """Delete the partial files in `folder` of programs that have ended; what can't be deleted is left."""
    found: list[Path] = []
    with suppress(OSError):  # they take room and do no harm
        found = list(folder.glob(f".*{PARTIAL}*"))
    for old in found:
        with suppress(OSError):  # another program may have deleted it
            name = _OWNER.search(old.name)
            is_old = time() - old.stat().st_mtime > _ABANDONED_SECONDS
            if is_old or (name is not None and not _is_running(int(name[1]))):
                old.unlink()


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def discard(partial: Path) -> None:
    """Delete a partial file and its journal if they are still there."""
    for leftover in (partial, partial.with_name(f"{partial.name}-journal")):
        with suppress(OSError):  # it is private, and deleted later; the operation itself has succeeded or failed
            leftover.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's entries are on the disk, if its file system supports it."""
    with suppress(OSError):  # some file systems can't sync folders; the file itself is written
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def publish(partial: Path, path: Path) -> bool:
    """Give a file that is written its final name; False if that is taken, also by a dangling link."""
    try:
        os.link(partial, path, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return _publish_by_rename(partial, path)
    return True


def _publish_by_rename(partial: Path, path: Path) -> bool:
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        return False
    try:
        os.replace(partial, path)
    except OSError:
        discard(path)
        raise
    return True
