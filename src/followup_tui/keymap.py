"""Keys: their names, as people write them and as Textual has them, and which do what for this user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from unicodedata import lookup, name

from followup_tui.actions import ACTIONS, Action, Place

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


@dataclass(frozen=True, slots=True, eq=False)
class Keymap:
    """Which keys do what for this user, and what was wrong with the keys they asked for."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...] = ()

    def of(self, action: Action) -> tuple[str, ...]:
        """The keys of an action, the main one first, as Textual names them."""
        return self.keys[action.id]

    def shown(self, action: Action) -> str:
        """The main key of an action as people write it; empty where it has none."""
        keys = self.of(action)
        return shown_key(keys[0]) if keys else ""


_DEFAULTS: Mapping[str, tuple[str, ...]] = {
    action.id: tuple(textual_key(key) for key in action.keys) for action in ACTIONS
}
_SENT_AS = {"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+m": "enter"}


def make_keymap(wanted: Mapping[str, tuple[str, ...]]) -> Keymap:
    """The defaults with the user's keys in place of an action's own.

    Two actions on one key in one place, or a key that terminals send as another one, is a problem that names
    both; the defaults then stay in force for all keys.
    """
    keys = dict(_DEFAULTS)
    keys.update({id: tuple(textual_key(key) for key in some) for id, some in wanted.items() if id in keys})
    problems = (*_clashes(keys), *_unsendable(keys))
    return Keymap(_DEFAULTS, problems) if problems else Keymap(keys)


def _clashes(keys: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    for place in Place:
        taken: dict[str, Action] = {}
        for action in ACTIONS:
            if place not in action.places:
                continue
            for key in keys[action.id]:
                other = taken.setdefault(key, action)
                if other is not action:
                    yield (
                        f"The key {shown_key(key)} is on both “{other.id}” and “{action.id}” on the {place.value};"
                        " the default keys are used until you change one of the two."
                    )


def _unsendable(keys: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    for id, some in keys.items():
        for key in some:
            if key in _SENT_AS:
                yield (
                    f"Terminals send {key} as {_SENT_AS[key]}, so “{id}” can't have it; the default keys"
                    " are used until you choose another."
                )
