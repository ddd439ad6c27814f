"""Write single settings into the user's file; everything else in it, comments too, is kept."""

from __future__ import annotations

import errno
import os
import re
import tomllib
from collections.abc import Collection, Mapping, MutableMapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array

from followup_tui.domain.model.errors import BadInput, Refused
from followup_tui.domain.model.text import shown_line
from followup_tui.files import partial_file, sync_folder
from followup_tui.settings.checks import InvalidValue
from followup_tui.settings.schema import check_setting
from followup_tui.settings.toml_file import KeyPath, TomlDocument, UnreadableFile, dotted_key, read_document

_NOTHING = "nothing was changed"
_KEPT = r"; (the default stays|it is left out|it is ignored|this one is left out)\.$"
_BOM = b"\xef\xbb\xbf"
NOTHING_SEEN: Mapping[KeyPath, Any] = MappingProxyType({})


def save_setting(
    path: Path,
    values: Mapping[str, Any] | Mapping[KeyPath, Any],
    *,
    seen: Mapping[KeyPath, Any] = NOTHING_SEEN,
    names: Collection[str] = (),
) -> None:
    """Write settings into the file, or into a new one in a private folder; all of them or none.

    A value is what the file would have, or None to take the setting out; a key is a name, or a table's name and
    the entry's. `names` are the actions or themes there are. Keeps comments and other lines; follows a symlink.
    Raises `BadInput` for an invalid value, and `Refused` if the file isn't TOML, can't be written, or was changed
    meanwhile, also since its values were `seen`; then nothing was changed.
    """
    wanted = {key if isinstance(key, tuple) else (key,): value for key, value in values.items()}
    place = _resolve(path)
    try:
        document = read_document(place, name="settings", otherwise=_NOTHING)
        before = place.read_bytes() if document.exists else None
    except UnreadableFile as error:
        for key, value in wanted.items():
            checked_value(key, value, {}, names)  # what is wrong with a value is told before what is with the file
        at = f" (line {error.problem.line})" if error.problem.line else ""
        raise Refused(
            f"The settings file {_display(place)} has to be mended first{at}: {error.problem.sentence}"
        ) from None
    except OSError as error:
        raise _write_refusal(place, error) from None
    for key, value in seen.items():
        if value_at(document.values, key) != value:
            raise Refused(f"{dotted_key(key)} was changed in the file meanwhile; {_NOTHING}, look and try again.")
    checked = {key: checked_value(key, value, document.values, names) for key, value in wanted.items()}
    text = _updated_text(document, checked, place)
    if before is not None and b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    mark = _BOM if before is not None and before.startswith(_BOM) else b""
    _replace(place, mark + text.encode("utf-8"), before)


def checked_value(key: KeyPath, value: Any, values: Mapping[str, Any], names: Collection[str] = ()) -> Any:
    """Return a value as the file takes it; `values` are those in the file. Raises `BadInput`."""
    if value is None:
        return None
    table = values.get(str(key[0]), {}) if len(key) > 1 else {}
    try:
        checked = check_setting(key, value, table if isinstance(table, Mapping) else {}, names)
    except InvalidValue as error:
        sentence = re.sub(_KEPT, f"; {_NOTHING}.", error.sentence)
        raise BadInput(sentence, str(key[-1])) from None
    if isinstance(checked, tuple):
        return list(checked)
    return checked if isinstance(checked, bool | int) else str(checked)


def value_at(values: Mapping[str, Any], key: KeyPath) -> Any:
    """Return what a file has at a key; None if it has nothing there."""
    value: Any = values
    for part in key:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _resolve(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of symlinks raises either, depending on the Python version
        raise Refused(
            f"The settings file {_display(path)} is a link that leads nowhere; {_NOTHING}, delete it or mend it."
        ) from None


def _updated_text(before: TomlDocument, checked: Mapping[KeyPath, Any], place: Path) -> str:
    expected = deepcopy(dict(before.values))
    try:
        document = tomlkit.parse(before.text)
        is_put = [_put(holder, key, value) for holder in (expected, document) for key, value in checked.items()]
        written = tomlkit.dumps(document) if all(is_put) else ""
    except TOMLKitError:
        written = ""
    if _plain(_parse(written)) != _plain(expected):
        raise Refused(
            f"The settings file {_display(place)} is written in a way that can't be added to;"
            f" {_NOTHING}, edit it yourself."
        )
    return written


def _put(document: MutableMapping[str, Any], key: KeyPath, value: Any) -> bool:
    """Set a value, or take it out if it is None; whether the document has a place for it."""
    holder: Any = document
    if len(key) > 1:
        if key[0] not in document and value is not None:
            document[str(key[0])] = tomlkit.table()
        holder = document.get(str(key[0]), {})
    if not isinstance(holder, MutableMapping):
        return False
    last = str(key[-1])
    if value is None:
        holder.pop(last, None)
    elif isinstance(value, list) and isinstance(holder.get(last), Array):
        _put_items(holder[last], value)
    else:
        holder[last] = tomlkit.string(value, multiline="\n" in value) if isinstance(value, str) else value
    return True


def _put_items(array: Array, wanted: list[str]) -> None:
    """Change a list item by item, so that the comments on the others stay."""
    for position in reversed(range(len(array))):
        if _plain(array[position]) not in wanted:
            del array[position]
    array.extend(item for item in wanted if item not in _plain(array))
    if _plain(array) != wanted:  # in another order
        array.clear()
        array.extend(wanted)


def _plain(value: Any) -> Any:
    """Return values with dates as texts, as a list of days off may have them, and without empty tables."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items() if inner != {}}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


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
        return Refused(f"The disk of {_display(place)} is full: {_NOTHING}. Free some space and try again.")
    return Refused(
        f"The settings file {_display(place)} can't be written ({error.strerror}): {_NOTHING}. Check"
        " its permissions and the disk."
    )


def _display(place: Path) -> str:
    return shown_line(str(place))
