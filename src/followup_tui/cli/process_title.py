"""Passwords that were typed behind a command: everybody on the machine can see those, unless they are hidden."""

from __future__ import annotations

import re
import sys

from followup_tui.domain.model.errors import FollowupError

_PASSWORD = rb"(?<=://)(?P<name>[^/@:\0]*:)(?P<a>[^@\0]*)(?=@)|(?P<option>[?&]password=)(?P<b>[^&\0]*)"
_ARGUMENTS = slice(45, 47)
"""Where /proc/self/stat has the addresses of the first and the last byte of the arguments, after the name."""


def hide_passwords() -> None:
    """Overwrite the passwords in the arguments of this process, as other users see them.

    Raises `FollowupError` if that can't be done.
    """
    if not any(re.search(_PASSWORD, word.encode(errors="surrogateescape")) for word in sys.argv):
        return
    try:
        with open("/proc/self/stat", "rb") as file:
            start, end = map(int, file.read().rpartition(b")")[2].split()[_ARGUMENTS])
    except (OSError, ValueError):
        raise FollowupError(
            "Everybody on this machine can see a password that is typed here; nothing was done. Put it into"
            " PGPASSWORD or ~/.pgpass, or the whole address into FOLLOWUP_DB."
        ) from None
    import ctypes  # Not at the top: only an address with a password needs it

    hidden = re.sub(_PASSWORD, _starred, ctypes.string_at(start, end - start))
    ctypes.memmove(start, hidden, len(hidden))


def _starred(found: re.Match[bytes]) -> bytes:
    kept, password = (found["name"], found["a"]) if found["name"] else (found["option"], found["b"])
    return kept + b"*" * len(password)
