"""Write single settings into the user's file; everything else in it, comments too, is kept."""

from __future__ import annotations

import errno
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from followup_tui.atomic_write import partial_file, sync_folder
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.settings.checks import InvalidValue
from followup_tui.settings.schema import SCHEMA
from followup_tui.settings.toml_file import UnreadableFile, read_document

WRITABLE = ("name", "email", "phone", "address", "english", "region", "theme")
"""The settings that the program writes by itself."""

_NOTHING = "nothing was changed"
_BOM = b"\xef\xbb\xbf"


def save_setting(path: Path, values: Mapping[str, str]) -> None:
    """Write settings into the file, or into a new one in a private folder; all of them or none.

    Keeps comments and other lines; follows a symlink. Raises `BadInput` for an invalid value, and `Refused` if the
    file isn't TOML, can't be written, or was changed meanwhile; then nothing was changed.
    """
    checked = {key: _check(key, value) for key, value in values.items()}
    place = _resolve(path)
    try:
        document = read_document(place, name="settings", otherwise=_NOTHING)
        before = place.read_bytes() if document.exists else None
    except UnreadableFile as error:
        at = f" (line {error.problem.line})" if error.problem.line else ""
        raise Refused(
            f"The settings file {_display(place)} has to be mended first{at}: {error.problem.sentence}"
        ) from None
    except OSError as error:
        raise _write_refusal(place, error) from None
    text = _updated_text(document.text, checked, {**document.values, **checked}, place)
    if before is not None and b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    mark = _BOM if before is not None and before.startswith(_BOM) else b""
    _replace(place, mark + text.encode("utf-8"), before)


def _check(key: str, value: str) -> str:
    if key not in WRITABLE:
        raise ValueError(f"{key} is no setting that is written")
    try:
        return str(SCHEMA[key]["check"](value, SCHEMA[key]["choices"]))
    except InvalidValue as error:
        raise BadInput(error.sentence.replace("the default stays", _NOTHING), key) from None


def _resolve(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of symlinks raises either, depending on the Python version
        raise Refused(f"The settings file {_display(path)} is a link that leads nowhere; {_NOTHING}.") from None


def _updated_text(text: str, checked: Mapping[str, str], expected: Mapping[str, object], place: Path) -> str:
    try:
        document = tomlkit.parse(text)
        for key, value in checked.items():
            document[key] = tomlkit.string(value, multiline="\n" in value)
        written = tomlkit.dumps(document)
    except TOMLKitError:
        written = ""
    if _parse(written) != expected:
        raise Refused(
            f"The settings file {_display(place)} is written in a way that can't be added to; {_NOTHING}."
        )
    return written


def _parse(text: str) -> Mapping[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _replace(place: Path, content: bytes, before: bytes | None) -> None:
    """Replace the file's content atomically. Raises `Refused` if the file differs from `before` by now."""
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if before is not None and not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with partial_file(place.parent, content) as partial:
            if (place.read_bytes() if place.exists() else None) != before:
                raise Refused(f"The settings file {_display(place)} was changed meanwhile; {_NOTHING}, try again.")
            os.replace(partial, place)
    except OSError as error:
        raise _write_refusal(place, error) from None
    sync_folder(place.parent)


def _write_refusal(place: Path, error: OSError) -> Refused:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refused(f"The disk of {_display(place)} is full; {_NOTHING}, make room and try again.")
    return Refused(f"The settings file {_display(place)} can't be written ({error.strerror}); {_NOTHING}.")


def _display(place: Path) -> str:
    return shown_line(str(place))
