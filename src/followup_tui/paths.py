"""Where things are: the database and its backups, the settings and what lies beside them, the log."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from followup_tui.domain.model.errors import FollowupError

TYPE_CHECKING = False  # as type checkers know it: `typing` itself takes longer to load than all of this
if TYPE_CHECKING:
    from platformdirs import PlatformDirs

DATABASE_VARIABLE = "FOLLOWUP_DB"
SETTINGS_VARIABLE = "FOLLOWUP_CONFIG"

_PROGRAM = "followup-tui"
_PLAIN = {
    "user_data_dir": ("XDG_DATA_HOME", ".local/share", ""),
    "user_config_dir": ("XDG_CONFIG_HOME", ".config", ""),
    "user_log_dir": ("XDG_STATE_HOME", ".local/state", "log"),
}
"""On Linux each folder's variable, its place below the home where that isn't set, and what lies in it."""
_SQLITE = "sqlite:///"


def data_folder() -> Path:
    """The platform's folder for this program's data (`~/.local/share/followup-tui` on Linux)."""
    return Path(_platform_folder("user_data_dir"))


def database_file(option: str | None) -> Path:
    """The database's file, absolute: `--db` beats `FOLLOWUP_DB` beats the platform's data folder.

    Takes a path (`~` is the home, relative to the current folder) or `sqlite:///path`; empty counts as unset.
    Raises `FollowupError` for any other address.
    """
    chosen = option or os.environ.get(DATABASE_VARIABLE)
    if not chosen:
        return data_folder() / "followup.db"
    return _absolute(_path_in(chosen), "database")


def settings_file(option: str | None) -> Path:
    """The settings file, absolute: `--config` beats `FOLLOWUP_CONFIG` beats the platform's config folder."""
    chosen = option or os.environ.get(SETTINGS_VARIABLE)
    if not chosen:
        return Path(_platform_folder("user_config_dir")) / "settings.toml"
    return _absolute(chosen, "settings file")


def playbook_file(settings_place: Path) -> Path:
    """The user's own rules, beside the settings file."""
    return settings_place.with_name("playbook.toml")


def templates_folder(settings_place: Path) -> Path:
    """The folder of the user's own letters, beside the settings file."""
    return settings_place.with_name("letters")


def backups_folder(database: Path) -> Path:
    """The folder of a database's backups, beside it, so that they move and vanish together."""
    return database.with_name(f"{database.stem}-backups")


def log_file() -> Path:
    """The log (`~/.local/state/followup-tui/log/followup.log` on Linux)."""
    return Path(_platform_folder("user_log_dir")) / "followup.log"


def _path_in(address: str) -> str:
    url = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*)://", address)
    if url is None:
        return address
    # Never repeats the address: one for a server carries its password.
    if url[1].lower() != "sqlite":
        raise FollowupError(
            f"Databases on a server ({url[1]}://) are not supported in this version; "
            f"give a path to a file, or {_SQLITE}path."
        )
    path = address[len(_SQLITE) :] if address[: len(_SQLITE)].lower() == _SQLITE else ""
    if path in {"", ":memory:"}:
        raise FollowupError(f"A database needs a file to live in; write {_SQLITE}path, or just the path.")
    if "?" in path:
        raise FollowupError(f"The database's address can't carry options (?…); write {_SQLITE}path alone.")
    return path


def _absolute(path: str, what: str) -> Path:
    if "\0" in path:
        raise FollowupError(f"The path of the {what} holds a NUL character; give another one.")
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
    plain = _plain_folder(kind)
    if plain is not None:
        return plain
    try:
        return str(getattr(_platform(), kind))
    except RuntimeError:
        raise FollowupError(
            "No home folder was found to keep the data in; set HOME, "
            f"or name the files with {DATABASE_VARIABLE} and {SETTINGS_VARIABLE}."
        ) from None


def _plain_folder(kind: str) -> str | None:
    """The folder where Linux names it plainly, as `platformdirs` has it; a shell's prompt needn't load that."""
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ:
        return None
    variable, below, inside = _PLAIN[kind]
    base = os.environ.get(variable, "")
    if not os.path.isabs(base):
        home = os.environ.get("HOME", "")
        base = os.path.join(home, below) if os.path.isabs(home) else ""
    return os.path.join(base, _PROGRAM, inside).rstrip("/") if base else None


def _platform() -> PlatformDirs:
    # Here and not above: 10 ms that a command with --db or FOLLOWUP_DB needn't wait for.
    from platformdirs import PlatformDirs

    return PlatformDirs(_PROGRAM, appauthor=False)
