"""Keys by name: as people write them, and as Textual names them."""

from __future__ import annotations

from unicodedata import lookup, name

_SHOWN_KEYS = {
    "full_stop": ".",
    "slash": "/",
    "question_mark": "?",
    "asterisk": "*",
    "colon": ":",
    "comma": ",",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "delete": "Del",
    "shift+tab": "Shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "shift+left": "Shift+Left",
    "shift+right": "Shift+Right",
    "greater_than_sign": ">",
    "less_than_sign": "<",
}
_TYPED_KEYS = {shown.casefold(): key for key, shown in _SHOWN_KEYS.items()}
_MODIFIERS = frozenset({"ctrl", "alt", "shift", "meta", "super", "hyper"})
_OTHER_KEYS = frozenset({"backspace", "insert", *(f"f{number}" for number in range(1, 25))})
_NAMED_OTHERWISE = {
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
    "commercial_at": "at",
    "reverse_solidus": "backslash",
}
"""Textual's names of characters where Unicode has another."""
_UNICODE_NAMES = {short: name for name, short in _NAMED_OTHERWISE.items()} | {"minus": "hyphen-minus"}


def shown_key(key: str) -> str:
    """A key as people write it: "Space", "?", "ctrl+p"."""
    if key in _SHOWN_KEYS or len(key) == 1:
        return _SHOWN_KEYS.get(key, key)
    try:
        character = lookup(_UNICODE_NAMES.get(key, key).replace("_", " "))
    except KeyError:  # a key without a character: f5, ctrl+p
        return key
    return character if textual_key(character) == key else key


def textual_key(key: str) -> str:
    """A key as Textual names it, from either way of writing it: a sign by its Unicode name."""
    if len(key) != 1 or key.isalnum() or key in _TYPED_KEYS:
        return _TYPED_KEYS.get(key.casefold(), key)
    named = name(key, key).lower().replace("-", "_").replace(" ", "_")
    return _NAMED_OTHERWISE.get(named, named)


def is_key(key: str) -> bool:
    """Whether there is such a key: a character, a name like f5 or pagedown, or one with ctrl+, alt+ or shift+."""
    *modifiers, last = textual_key(key).split("+")
    if not _MODIFIERS.issuperset(modifiers):
        return False
    if len(last) == 1 or last in _SHOWN_KEYS or last in _OTHER_KEYS:
        return True
    try:
        return bool(lookup(_UNICODE_NAMES.get(last, last).replace("_", " ")))
    except KeyError:
        return False
