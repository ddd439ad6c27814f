"""JSON text that is safe to print: what could drive a terminal is written as an escape."""

from __future__ import annotations

import re

# A superset of what `text.shown` drops, which a test compares: escaped, since JSON must parse back to the exact
# text. Kept as text: `re` compiles it when it is first used.
RAW = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def escape_controls(text: str) -> str:
    """Return JSON text with every control, invisible and reordering character as "\\uXXXX"."""
    return re.sub(RAW, _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
