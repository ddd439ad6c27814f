"""Lines of calendar files and address cards (RFC 5545 and RFC 2426): escaped text, folded at 75 bytes, CRLF."""

from __future__ import annotations

from followup_tui.domain.model.text import without_controls

OWN_DOMAIN = "@followup-tui"
"""How the ids of events end that were exported from here; those of next actions end in `NEXT_ACTION`."""
NEXT_ACTION = f"-next{OWN_DOMAIN}"
OWN_COMPANY, OWN_ROLE = "X-FOLLOWUP-COMPANY", "X-FOLLOWUP-ROLE"
"""Properties of an exported interview that say what its title says for people."""

_LIMIT = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": "", "\t": " "})


def escaped(text: str) -> str:
    """Return a text as the value of a property: nothing in it ends the line or the value."""
    return without_controls(text).translate(_ESCAPES)


def content_line(name: str, value: str) -> str:
    """Return a property with its value, folded, with its line end; `value` is escaped already."""
    line = f"{name}:{value}"
    return f"{line}\r\n" if line.isascii() and len(line) <= _LIMIT else _folded(line)


def text_line(name: str, text: str) -> str:
    """Return a property with a text; empty without one."""
    return content_line(name, escaped(text)) if text else ""


def _folded(line: str) -> str:
    """Break a line so that no part has more than 75 bytes, and no character is broken."""
    parts: list[str] = []
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LIMIT - bool(parts):
            parts.append(part)
            part, size = "", 0
        part += character
        size += width
    return "\r\n ".join([*parts, part]) + "\r\n"
