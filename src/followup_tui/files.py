"""The program's files: where each is, how anybody's is read, and how its own are written to survive a power cut,
unless this process only looks."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time

from followup_tui.domain.model.errors import BadInput, FollowupError, StoreTrouble
from followup_tui.domain.model.text import shown_line

TYPE_CHECKING = False  # as type checkers know it: `typing` itself takes longer to load than all of this
if TYPE_CHECKING:
    from platformdirs import PlatformDirs

    from followup_tui.server_address import Place

DEMO_PREFIX = "followup-tui-demo-"
"""How the folder begins in which a demo lives."""
DATABASE_VARIABLE = "FOLLOWUP_DB"
SETTINGS_VARIABLE = "FOLLOWUP_CONFIG"

_APP_NAME = "followup-tui"
_LINUX_FOLDERS = {
    "user_data_dir": ("XDG_DATA_HOME", ".local/share", ""),
    "user_config_dir": ("XDG_CONFIG_HOME", ".config", ""),
    "user_log_dir": ("XDG_STATE_HOME", ".local/state", "log"),
    "user_state_dir": ("XDG_STATE_HOME", ".local/state", ""),
}
"""Each folder on Linux: its variable, its default below the home folder, and the folder inside it."""
_LONGEST_NAME, _LONGEST_PATH = 255, 4000
"""Bytes that a file system takes for a name, and about what Linux takes for a path."""
_SQLITE_PREFIX = "sqlite:///"


def read_file(path: Path, most: int) -> bytes:
    """Return so many bytes at most of a file that may be anybody's. Raises `OSError`, also for a pipe.

    Opening a pipe would wait for a writer, for ever.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(handle, "rb") as file:
        if (os.fstat(handle).st_mode & 0o170000) == 0o010000:  # what `stat.S_ISFIFO` asks, without loading it
            raise OSError(errno.EINVAL, "it is a pipe")
        return file.read(most)


def data_folder() -> Path:
    """Return the platform's folder for this program's data (`~/.local/share/followup-tui` on Linux)."""
    return Path(_platform_folder("user_data_dir"))


def database_file(option: str | None) -> Place:
    """Return where the database is: `--db`, else `FOLLOWUP_DB`, else in the platform's data folder.

    Accepts a path (`~` is the home folder), `sqlite:///path` or `postgresql://name@host/database`; empty means
    unset. Raises `FollowupError` for any other address. A path is made absolute.
    """
    chosen = option or os.environ.get(DATABASE_VARIABLE)
    if not chosen:
        return data_folder() / "followup.db"
    if re.match("postgres(ql)?://", chosen, re.IGNORECASE):
        # Not at the top: a file's first paint needs none of it.
        from followup_tui.server_address import ServerAddress

        return ServerAddress(chosen)
    return _absolute(_path_from_address(chosen), "database")


def is_demo(place: Place) -> bool:
    """Whether a board is the demo's, of which nothing is kept."""
    return isinstance(place, Path) and place.parent.name.startswith(DEMO_PREFIX)


def settings_file(option: str | None) -> Path:
    """Return the absolute path of the settings file: `--config`, else `FOLLOWUP_CONFIG`, else the platform's."""
    chosen = option or os.environ.get(SETTINGS_VARIABLE)
    if not chosen:
        return Path(_platform_folder("user_config_dir")) / "settings.toml"
    return _absolute(chosen, "settings file")


def playbook_file(settings_place: Path) -> Path:
    """Return the path of the user's playbook, in the folder of the settings file."""
    return settings_place.with_name("playbook.toml")


def templates_folder(settings_place: Path) -> Path:
    """Return the folder of the user's letter templates, in the folder of the settings file."""
    return settings_place.with_name("letters")


def import_words_file(settings_place: Path) -> Path:
    """Return the path of the remembered words of sheets, in the folder of the settings file."""
    return settings_place.with_name("import-words.toml")


def backups_folder(database: Path) -> Path:
    """Return the folder of a database's backups, next to the database."""
    return database.with_name(f"{database.stem}-backups")


def documents_folder() -> Path:
    """Return the folder for the user's documents, or the home folder if there is none."""
    folder = Path(_platform_dirs().user_documents_dir)
    return folder if folder.is_dir() else Path.home()


def log_file() -> Path:
    """Return the path of the log (`~/.local/state/followup-tui/log/followup.log` on Linux)."""
    return Path(_platform_folder("user_log_dir")) / "followup.log"


def soundness_file() -> Path:
    """Return the path of what is known about which databases are sound, in the folder of the log."""
    return log_file().with_name("sound-files")


def half_typed_folder() -> Path:
    """Return the folder for half-typed text (`~/.local/state/followup-tui/half-typed` on Linux)."""
    return Path(_platform_folder("user_state_dir")) / "half-typed"


def looks_file() -> Path:
    """Return the path of the colours that the board was painted in last, in the folder of the log."""
    return log_file().with_name("looks.json")


def _path_from_address(address: str) -> str:
    url = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*)://", address)
    if url is None:
        return address
    # The message never repeats the address: one of a server contains a password.
    if url[1].lower() != "sqlite":
        raise FollowupError(
            f"Databases at {url[1]}:// are not supported; give a path to a file, {_SQLITE_PREFIX}path, or"
            " postgresql://name@host/database."
        )
    path = address[len(_SQLITE_PREFIX) :] if address[: len(_SQLITE_PREFIX)].lower() == _SQLITE_PREFIX else ""
    if path in {"", ":memory:"}:
        raise FollowupError(f"A database needs a file to live in; write {_SQLITE_PREFIX}path, or just the path.")
    if "?" in path:
        raise FollowupError(f"The database's address can't carry options (?…); write {_SQLITE_PREFIX}path alone.")
    return path


def _absolute(path: str, what: str) -> Path:
    if "\0" in path:
        raise FollowupError(f"The path of the {what} holds a NUL character; give another one.")
    if any(len(os.fsencode(part)) > _LONGEST_NAME for part in path.split("/")) or len(path) > _LONGEST_PATH:
        raise FollowupError(f"The path of the {what} is too long for a file; give a shorter one.")
    try:
        return Path(path).expanduser().absolute()
    except RuntimeError:
        raise FollowupError(
            f"The home folder in the path of the {what} can't be found; write the path without ~."
        ) from None
    except FileNotFoundError:
        raise FollowupError(
            f"The current folder is gone, so the path of the {what} leads nowhere; change to another folder."
        ) from None


def _platform_folder(kind: str) -> str:
    folder = _linux_folder(kind)
    if folder is not None:
        return folder
    try:
        return str(getattr(_platform_dirs(), kind))
    except RuntimeError:
        raise FollowupError(
            "No home folder was found to keep the data in; set HOME, "
            f"or name the files with {DATABASE_VARIABLE} and {SETTINGS_VARIABLE}."
        ) from None


def _linux_folder(kind: str) -> str | None:
    """Return the folder on Linux without loading `platformdirs`, or None on other platforms or without a home."""
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ:
        return None
    variable, below, inside = _LINUX_FOLDERS[kind]
    base = os.environ.get(variable, "")
    if not os.path.isabs(base):
        home = os.environ.get("HOME", "")
        base = os.path.join(home, below) if os.path.isabs(home) else ""
    return os.path.join(base, _APP_NAME, inside).rstrip("/") if base else None


def _platform_dirs() -> PlatformDirs:
    from platformdirs import PlatformDirs  # takes 10 ms, which a command with --db need not wait for

    return PlatformDirs(_APP_NAME, appauthor=False)


def starting_folder() -> str:
    """Return the folder in which the program was started, as it is typed; the home folder where it is gone."""
    home = Path.home()
    try:
        folder = Path.cwd()
    except OSError:
        return "~/"
    if folder in (home, Path(folder.anchor)):
        return "~/"
    return f"~/{folder.relative_to(home)}/" if folder.is_relative_to(home) else f"{folder}/"


READ_ONLY = "This window is read-only: you can look at everything, but nothing can be changed."
_forbidden: list[bool] = []


def forbid_writing() -> None:
    """Refuse to write from now on in this process: neither database, backups and settings nor other files."""
    _forbidden.append(True)


def is_read_only() -> bool:
    """Whether this process only looks."""
    return bool(_forbidden)


def require_writing() -> None:
    """Raise `StoreTrouble` in a process that only looks."""
    if _forbidden:
        raise StoreTrouble(READ_ONLY)


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
            if is_old or (name is not None and not is_running(int(name[1]))):
                old.unlink()


def is_running(process: int) -> bool:
    """Whether a process of this number runs, also somebody else's."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):  # somebody else's, or no number of a process
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


def parse_file_path(typed: str) -> Path:
    """Return the typed path, absolute; "~" is the user's home. Raises `BadInput` if it can't be a path."""
    try:
        return Path(typed.strip()).expanduser().absolute()
    except (RuntimeError, ValueError):
        raise BadInput(f"{shown_line(typed)} is no place for a file; name another.", "file") from None
