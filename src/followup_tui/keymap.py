"""Which keys do what for this user: the keys of the table of actions, or the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from followup_tui.actions import ACTIONS, Action, Place
from followup_tui.key_names import shown_key, textual_key


@dataclass(frozen=True, slots=True)
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
