"""The files that go with a letter, read with care."""

from __future__ import annotations

import mimetypes
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from followup_tui.domain.model.errors import Refused
from followup_tui.domain.model.text import shown_line

SIZE_LIMIT = 20_000_000
"""Bytes that all files of a letter may have together: encoded a third more, which many servers still take."""

_NAME_LIMIT = 80
_ANY_TYPE = "application/octet-stream"
# A message or a message's part as such would be taken apart by some programs instead of being handed over.
_OPAQUE = frozenset({"message", "multipart"})
_UNSAFE = r'[/\\:*?"<>|\s]+'


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file as it goes out: a name that is safe everywhere, its MIME type ("application/pdf") and its bytes."""

    name: str
    kind: str
    content: bytes = field(repr=False)


def read_attachments(paths: Iterable[str]) -> tuple[Attachment, ...]:
    """The files, in their order; `Refused` where one can't be read, is no regular file, or all are too large."""
    read: list[Attachment] = []
    room = SIZE_LIMIT
    for path in paths:
        content = _content(Path(path), room)
        room -= len(content)
        name = safe_name(Path(path).name)
        read.append(Attachment(name=name, kind=_kind(name), content=content))
    return tuple(read)


def safe_name(name: str) -> str:
    """A file's name without what another system could trip over; its ending is kept."""
    plain = re.sub(_UNSAFE, " ", shown_line(name)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > _NAME_LIMIT // 4:
        return plain[:_NAME_LIMIT].strip(" .") or "attachment"
    return f"{stem[: _NAME_LIMIT - len(ending) - 1].strip(' .')}.{ending}"


def _kind(name: str) -> str:
    kind, encoding = mimetypes.guess_type(name)
    return _ANY_TYPE if kind is None or encoding or kind.partition("/")[0] in _OPAQUE else kind


def _content(path: Path, room: int) -> bytes:
    told = shown_line(path.name)[:_NAME_LIMIT]
    try:
        # Without NONBLOCK a pipe would wait for ever for somebody who writes.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Refused(
                    f"The attachment {told} is no regular file; nothing went out, take it off the letter."
                )
            content = file.read(room + 1)
    except (OSError, ValueError) as trouble:
        why = getattr(trouble, "strerror", None) or "its path is none"
        raise Refused(
            f"The attachment {told} can't be read ({why}); nothing went out, put it back or take it off."
        ) from None
    if len(content) > room:
        raise Refused(
            f"The attachments have more than {SIZE_LIMIT // 1_000_000} MB together, which many servers "
            f"refuse; nothing went out, take {told} off the letter or send a link."
        )
    return content
