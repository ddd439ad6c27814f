"""Writing single settings into the user's file; all else in it, its comments too, stays as it is."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.atomic_write import sync_folder, write_private_file
from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.settings.checks import CHECKS
from followup_tui.settings.files import Unreadable, Wrong, read_document
from followup_tui.settings.values import Settings

if TYPE_CHECKING:
    from tomlkit.items import String

WRITABLE = ("name", "email", "phone", "address", "english")
"""The settings that can be written: what a letter says of its sender."""

_NOTHING = "nothing was changed"
_BOM = b"\xef\xbb\xbf"


def save_setting(path: Path, values: Mapping[str, str]) -> None:
    """Write settings into the file, or into a new one in a folder of the user's own; all of them or none.

    The file's comments and its other lines stay; a symlink is followed to what it leads to. `BadInput` where a
    value can't be taken; `Refused` where the file isn't TOML, can't be written, or was changed meanwhile: nothing
    was changed then.
    """
    taken = {key: _taken(key, value) for key, value in values.items()}
    place = _target(path)
    try:
        document = read_document(place, name="settings", otherwise=_NOTHING)
        before = place.read_bytes() if document.exists else None
    except Unreadable as trouble:
        at = f" (line {trouble.problem.line})" if trouble.problem.line else ""
        raise Refused(
            f"The settings file {_told(place)} has to be mended first{at}: {trouble.problem.sentence}"
        ) from None
    except OSError as trouble:
        raise _cannot(place, trouble) from None
    text = _with(document.text.removeprefix("\ufeff"), taken, {**document.values, **taken}, place)
    if before is not None and b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    mark = _BOM if before is not None and before.startswith(_BOM) else b""
    _replace(place, mark + text.encode("utf-8"), before)


def _taken(key: str, value: str) -> str:
    if key not in WRITABLE:
        raise ValueError(f"{key} is no setting that is written")
    try:
        return str(CHECKS[key](value, Settings.__dataclass_fields__[key].metadata["choices"]))
    except Wrong as wrong:
        raise BadInput(wrong.sentence.replace("the default stays", _NOTHING), key) from None


def _target(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of symlinks, by the name it has in each version
        raise Refused(f"The settings file {_told(path)} is a link that leads nowhere; {_NOTHING}.") from None


def _with(text: str, taken: Mapping[str, str], expected: Mapping[str, object], place: Path) -> str:
    # Here and not above: only who writes needs it.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        for key, value in taken.items():
            document[key] = _item(value)
        written = tomlkit.dumps(document)
    except TOMLKitError:
        written = ""
    if _values(written) != expected:
        raise Refused(f"The settings file {_told(place)} is written in a way that can't be added to; {_NOTHING}.")
    return written


def _item(value: str) -> String:
    import tomlkit

    return tomlkit.string(value, multiline="\n" in value)


def _values(text: str) -> Mapping[str, object] | None:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _replace(place: Path, content: bytes, before: bytes | None) -> None:
    """Puts the content in the file's place at once, unless the file is another than `before` by now."""
    partial = place.with_name(f".{secrets.token_hex(8)}.partial")
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if before is not None and not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        write_private_file(partial, content)
        if (place.read_bytes() if place.exists() else None) != before:
            raise Refused(f"The settings file {_told(place)} was changed meanwhile; {_NOTHING}, try again.")
        os.replace(partial, place)
    except OSError as trouble:
        raise _cannot(place, trouble) from None
    finally:
        with suppress(OSError):  # what matters has been told; a leftover only takes room
            partial.unlink(missing_ok=True)
    sync_folder(place.parent)


def _cannot(place: Path, trouble: OSError) -> Refused:
    if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refused(f"The disk of {_told(place)} is full; {_NOTHING}, make room and try again.")
    return Refused(f"The settings file {_told(place)} can't be written ({trouble.strerror}); {_NOTHING}.")


def _told(place: Path) -> str:
    return shown_line(str(place))
