"""The paths of the database and its backups, the settings, playbook and letters, and the log."""

from __future__ import annotations

import errno
import os
import re
import sys
from pathlib import Path

from followup_tui.domain.model.errors import FollowupError

TYPE_CHECKING = (
    False  # a constant for type checkers: importing `typing` would take longer than the rest of this module
)
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
