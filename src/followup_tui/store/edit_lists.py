"""The edits of a change as the journal stores them: a JSON list, or several ones, packed, for a long import.

Packed they take a sixth of the space, in the file and in the memory of the transaction that writes them.
"""

from __future__ import annotations

import json
import zlib

TYPE_CHECKING = False  # as type checkers know it: importing `typing` takes longer than the rest of this module
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

IS_MENTIONED = "CASE typeof(edits) WHEN 'blob' THEN mentions(edits, {0}) ELSE instr(edits, {0}) > 0 END"
"""Whether a text occurs among the edits of a line, in SQL; every connection knows the function `mentions`."""
IS_MENTIONED_ON_SERVER = "strpos(edits, {0}) > 0"
"""The same on a server, where all edits of a line are one JSON list: it packs long texts itself."""
_UNPACKED = 1_000_000
"""Characters up to which a list is stored as it is."""
_LENGTH = 4
"""Bytes before each packed list, with its length."""


def stored_list(text: str) -> str | bytes:
    """Return a JSON list as the journal stores it: packed if it is long."""
    return pack_list(text) if len(text) > _UNPACKED else text


def pack_list(text: str) -> bytes:
    """Return a JSON list packed; several of them, one behind the other, are what the journal stores."""
    packed = zlib.compress(text.encode(), 1)
    return len(packed).to_bytes(_LENGTH, "big") + packed


def json_lists(stored: str | bytes) -> Iterator[str]:
    """Yield each JSON list of what the journal stores; ValueError if it is damaged."""
    if isinstance(stored, str):
        yield stored
        return
    at = 0
    while at < len(stored):
        start = at + _LENGTH
        at = start + int.from_bytes(stored[at:start], "big")
        try:
            yield zlib.decompress(stored[start:at]).decode()
        except zlib.error as error:
            raise ValueError("a packed list is damaged") from error


def parse_edits(stored: str | bytes) -> Iterator[Any]:
    """Yield each edit of what the journal stores; ValueError or TypeError if it is damaged."""
    for text in json_lists(stored):
        yield from parse_json(text)


def parse_json(text: str) -> Any:
    """Parse stored JSON; ValueError for anything else, also if it is nested too deep."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("too deep") from None


def joined_lists(stored: str | bytes) -> str:
    """Return all edits as one JSON list; ValueError if they are damaged."""
    if isinstance(stored, str):
        return stored
    return f"[{','.join(filter(None, (text[1:-1] for text in json_lists(stored))))}]"


def mentions(stored: str | bytes, text: str) -> bool:
    """Whether a text occurs among the edits, or could, as they are damaged."""
    try:
        return any(text in each for each in json_lists(stored))
    except ValueError:
        return True
