"""What is typed in dialogs and not saved yet, to be offered again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MIN_TYPED = 3
"""Characters below which nothing is kept: they are typed again faster than they are offered."""

CHOSEN = "key"
"""The field in which the key of a chosen option is kept, which is nothing typed."""

Fields = Mapping[str, str]
"""What is typed in each field of a dialog, by the field's name."""


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """What was typed for an action on some applications; `dialogs` has the fields of each dialog by its name."""

    action: str
    ids: tuple[str, ...]
    subject: str
    dialogs: Mapping[str, Fields]

    @property
    def text(self) -> str:
        """All that was typed, on one line."""
        fields = [each for dialog in self.dialogs.values() for each in dialog.items()]
        return ", ".join(" ".join(text.split()) for field, text in fields if text.strip() and field != CHOSEN)


class Typing:
    """The action that is under way: what was typed for it before, and what its last run left half-typed.

    `begin` is called by each action, `note` by each dialog that is answered, `finish` once no dialog follows, and
    `drop` where one is left on purpose.
    """

    def __init__(self) -> None:
        self.left: dict[str, Fields] = {}
        self._begun = HalfTyped("", (), "", {})
        self._answered: dict[str, Fields] = {}

    def begin(self, action: str, ids: Sequence[str] = (), subject: str = "") -> None:
        """Begin an action; what an earlier one left is dropped, unless this one goes on with it."""
        begun = HalfTyped(action, tuple(ids), subject, {})
        self._answered = {}
        if (begun.action, begun.ids) != (self._begun.action, self._begun.ids):
            self.left = {}
        self._begun = begun

    def resume(self, half_typed: HalfTyped) -> None:
        """Let the dialogs of an action begin with what was typed in them before."""
        self._answered = {}
        self._begun = half_typed
        self.left = dict(half_typed.dialogs)

    def take(self, dialog: str) -> Fields:
        """Return what was left half-typed in a dialog, once."""
        return self.left.pop(dialog, {})

    def note(self, dialog: str, fields: Fields) -> None:
        """Remember how a dialog was answered, for as long as further ones of its action follow."""
        if dialog:
            self._answered[dialog] = fields

    def finish(self) -> None:
        """Forget what was answered: it is saved."""
        self._answered = {}

    def drop(self) -> None:
        """Forget what was answered and what was left."""
        self._answered, self.left = {}, {}

    def with_open(self, dialogs: Mapping[str, Fields]) -> HalfTyped | None:
        """Return what is half-typed together with what stands in the open dialogs; None if that is too little."""
        begun = self._begun
        found = HalfTyped(begun.action, begun.ids, begun.subject, {**self.left, **self._answered, **dialogs})
        return found if len(found.text) >= MIN_TYPED else None
