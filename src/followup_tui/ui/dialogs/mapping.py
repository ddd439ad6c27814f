"""A dialog that says what each of several texts is read as: columns as fields, statuses as stages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from followup_tui.cells import cell_len
from followup_tui.tracker.half_typed import Fields
from followup_tui.tracker.import_preview import MappingItem
from followup_tui.ui.dialogs.dialog import BESIDE_TEXT, DEFAULT_WIDTH, TABS, Dialog, DialogResult
from followup_tui.ui.rows.pieces import Row, fit
from followup_tui.ui.widgets.bars import Bar
from followup_tui.ui.widgets.text_lines import TextLines

AROUND = 3
"""Lines that the frame and the message take."""
UNKNOWN = "?"
"""Stands for what isn't known."""
NAME_WIDTH = 16
STEPS = {"j": 1, "k": -1} | BESIDE_TEXT | TABS
TURNS = {"right": 1, "space": 1, "left": -1}
HINT = "j k move · Left, right or letter to change · Enter applies · Esc closes"


class MappingDialog(Dialog):
    """A line for each text; what it is read as is turned to another name, and Enter hands on what was changed."""

    def __init__(
        self,
        title: str,
        items: Sequence[MappingItem],
        names: Sequence[str],
        finish: Callable[[Mapping[str, str]], Awaitable[DialogResult]],
    ) -> None:
        super().__init__()
        self._title, self._items, self._names, self._finish = title, tuple(items), tuple(names), finish
        self._chosen = [item.name for item in items]
        self._place = 0

    def compose(self) -> ComposeResult:
        """The lines and the message."""
        with Vertical(id="dialog"):
            yield TextLines(id="entries")
            yield Bar(id="dialog-says")

    def on_mount(self) -> None:
        """Show all."""
        self.set_title(self._title)
        self.say(HINT)
        self._show()

    def on_resize(self) -> None:
        """Show as many as there is room for."""
        self._show()

    @property
    def changed(self) -> dict[str, str]:
        """What is read as something else than before."""
        pairs = zip(self._items, self._chosen, strict=True)
        return {item.text: name for item, name in pairs if name != item.name}

    def has_typed_text(self) -> bool:
        """Whether closing would lose a change."""
        return bool(self.changed)

    @property
    def kept_as(self) -> str:
        """Its title."""
        return self._title

    def fields(self) -> Fields:
        """What is read as something else than before."""
        return self.changed

    def fill_in(self, fields: Fields) -> None:
        """Read the texts as they were to be read before."""
        self._chosen = [fields.get(item.text, item.name) for item in self._items]
        self._show()

    async def take_key(self, event: events.Key) -> bool:
        """Move, or change what a text is read as; whether the key was for that."""
        if event.key in STEPS:
            self._place = max(0, min(self._place + STEPS[event.key], len(self._items) - 1))
        elif event.key in TURNS:
            self._turn(TURNS[event.key], self._names)
        elif event.character is not None and event.character.isalpha():
            self._turn(1, [name for name in self._names if name.startswith(event.character.casefold())])
        else:
            return False
        self._show()
        return True

    def _turn(self, by: int, names: Sequence[str]) -> None:
        """The next of some names behind the one that is chosen now."""
        if not names:
            return
        now = self._chosen[self._place]
        place = names.index(now) + by if now in names else 0 if by > 0 else -1
        self._chosen[self._place] = names[place % len(names)]

    async def save(self) -> DialogResult:
        """Hand on what was changed."""
        return await self._finish(self.changed)

    def _show(self) -> None:
        lines = self.query_one("#entries", TextLines)
        room = max(1, min(len(self._items), self.app.size.height - AROUND - 1))
        lines.styles.height = room
        top = max(0, self._place - room + 1)
        width = lines.size.width or min(DEFAULT_WIDTH, self.app.size.width - 4)
        lines.show([self._row(place, width) for place in range(top, min(top + room, len(self._items)))])

    def _row(self, place: int, width: int) -> Row:
        item, name = self._items[place], self._chosen[place]
        is_marked = place == self._place
        name_width = max(NAME_WIDTH, min(max(map(len, self._names)) + len("‹  ›"), width // 2))
        left = max(8, width - name_width - 6)
        longest = max(cell_len(each.text) for each in self._items) + 1
        text = max(8, min(longest, left * 3 // 5)) if item.example and left >= 24 else left
        look = "strong" if is_marked else "text"
        shown = name.replace("_", " ").replace("-", " ") or UNKNOWN
        told = f"‹ {shown} ›" if is_marked else f"  {shown}"
        return (
            ("▸ " if is_marked else "  ", "accent"),
            (fit(item.text, text), look),
            (fit(f" {item.example}", left - text), "dim"),
            (" * " if name != item.name else "   ", "accent"),
            (told, "accent" if name != item.name else look),
        )
