"""Dialogs of the import: which file, and what each of several texts in it is read as."""

from __future__ import annotations

import os.path
from collections.abc import Awaitable, Callable, Mapping, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from followup_tui.cells import cell_len
from followup_tui.domain.format import plural
from followup_tui.domain.model.text import shown_line
from followup_tui.tracker.half_typed import Fields
from followup_tui.tracker.import_choices import Completion, complete_path, typed_path
from followup_tui.tracker.import_preview import MappingItem
from followup_tui.ui.dialogs.dialog import BESIDE_TEXT, DEFAULT_WIDTH, LINES, TABS, Dialog, DialogResult
from followup_tui.ui.rows.pieces import Row, fit, wrap
from followup_tui.ui.widgets.text_lines import Bar, TextLines

MOST = 12
"""Lines of entries that are shown at once."""
AROUND = 4
"""Lines that the frame, the path and the message take."""
HINT = "Tab completes · Enter opens it · Esc closes"


class FilePrompt(Dialog):
    """A path to type; Tab completes it, arrows mark an entry, and Enter opens a folder or takes a file."""

    BINDINGS = [Binding("tab", "complete", "Complete", show=False, priority=True)]

    def __init__(self, title: str, start: str, finish: Callable[[str], Awaitable[DialogResult]]) -> None:
        super().__init__()
        self._title = title
        self._start = start
        self._finish = finish
        self._found = Completion((), start)
        self._place: int | None = None
        self._seen: str | None = None

    def compose(self) -> ComposeResult:
        """The path and the entries."""
        with Vertical(id="dialog"):
            yield Input(
                self._start, id="line", placeholder="A spreadsheet, an invitation or contacts", max_length=4096
            )
            yield TextLines(id="entries")
            yield Bar(id="dialog-says")

    def on_mount(self) -> None:
        """Show what the first folder has."""
        self.set_title(self._title)
        self.query_one("#line", Input).cursor_position = len(self._start)
        self.say(HINT)
        self._look()

    def on_resize(self) -> None:
        """Show as many as there is room for."""
        self._show()

    @property
    def typed(self) -> str:
        """The path as it stands in the line."""
        return self.query_one("#line", Input).value

    @on(Input.Changed)
    def search(self) -> None:
        """Show what the path could mean now."""
        if self.typed != self._seen:
            self.say(HINT)
            self._look()

    def _look(self) -> None:
        self._seen, self._place = self.typed, None
        self._found = complete_path(self.typed)
        self._show()

    def _write(self, path: str) -> None:
        line = self.query_one("#line", Input)
        line.value = path
        line.cursor_position = len(path)
        self._look()

    async def take_key(self, event: events.Key) -> bool:
        """Arrows move the mark; whether the key was for that."""
        if event.key not in BESIDE_TEXT:
            return await super().take_key(event)
        await self.settled()
        if self.typed != self._seen:
            self._look()
        if self._found.entries:
            step, count = BESIDE_TEXT[event.key], len(self._found.entries)
            self._place = (0 if step > 0 else count - 1) if self._place is None else (self._place + step) % count
        self._show()
        return True

    async def action_complete(self) -> None:
        """Complete the path as far as only one can be meant, or take the marked entry."""
        await self.settled()
        if self.typed != self._seen:
            self._look()
        entries = self._found.entries
        if self._place is not None:
            self._write(entries[self._place].path)
        elif self._found.longest != self.typed:
            self._write(self._found.longest)
        elif entries:
            self._place = 0
            self._show()
        else:
            self.say(self._nothing, alert=True)

    @property
    def kept_as(self) -> str:
        """Its title."""
        return self._title

    @property
    def is_half_typed(self) -> bool:
        """Whether a path was typed, which Esc leaves without a warning."""
        return self.typed != self._start

    async def save(self) -> DialogResult:
        """Open the folder, or take the file."""
        entries, path = self._found.entries, self.typed
        if self._place is not None:
            path = entries[self._place].path
        elif len(entries) == 1 and path.strip() and not os.path.exists(typed_path(path)):
            path = entries[0].path  # the beginning of a name that only one has
        meant = typed_path(path)
        if not path.strip():
            self.say("Type the path of a file first, or press Esc to close.", alert=True)
            return False
        if os.path.isdir(meant):
            self._write(path if path.endswith("/") else f"{path.rstrip()}/")
            return False
        if not os.path.exists(meant):
            self.say(f"There is no file {shown_line(path)}; check the name, or Tab completes it.", alert=True)
            return False
        return await self._finish(meant)

    def _show(self) -> None:
        room = max(1, min(MOST, self.app.size.height - AROUND))
        lines = self.query_one("#entries", TextLines)
        lines.styles.height = room
        entries = self._found.entries
        top = max(0, (self._place or 0) - room + 1)
        rows: list[Row] = [
            (
                ("▸ " if place == self._place else "  ", "accent"),
                (f"{entry.name}{'/' if entry.is_folder else ''}", "dim" if entry.is_folder else "text"),
            )
            for place, entry in enumerate(entries[top : top + room], top)
        ]
        left = len(entries) - top - room
        if left > 0:
            folders = sum(entry.is_folder for entry in entries[top + room - 1 :])
            among = f", {plural(folders, 'folder')} among them" if folders else ""
            rows[-1] = ((f"  … and {left + 1:,} more{among}", "dim"),)
        lines.show(rows or [((f"  {self._nothing}", "dim"),)])

    @property
    def _nothing(self) -> str:
        """What to say where no file is offered."""
        path = typed_path(self.typed)
        if not os.path.isdir(os.path.dirname(path) or "."):
            return "There is no such folder."
        if os.path.isfile(path):
            return "Enter reads this file."
        begun = " starts with that" if os.path.basename(path) else ""
        return f"No file here that can be imported{begun}."


MAPPING_LINES = 3
"""Lines that the frame and the message take."""
UNKNOWN = "?"
"""Stands for what isn't known."""
NAME_WIDTH = 16
WHOLE_LINES = 2
"""Lines that a text which its column cuts may take below the list."""
STEPS = LINES | TABS
TURNS = {"right": 1, "space": 1, "left": -1}
MAPPING_HINT = "j k move · Left, right or letter to change · Enter applies · Esc closes"


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
        self._name_width = max(map(len, names)) + len("‹  ›")
        self._text_width = max(cell_len(item.text) for item in items) + 1

    def compose(self) -> ComposeResult:
        """The lines and the message."""
        with Vertical(id="dialog"):
            yield TextLines(id="entries")
            yield TextLines(id="whole")
            yield Bar(id="dialog-says")

    def on_mount(self) -> None:
        """Show all."""
        self.set_title(self._title)
        self.say(MAPPING_HINT)
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
        lines, whole = self.query_one("#entries", TextLines), self.query_one("#whole", TextLines)
        width = lines.size.width or min(DEFAULT_WIDTH, self.app.size.width - 4)
        cut = [self._cut_text(item, width) for item in self._items]
        free = self.app.size.height - MAPPING_LINES - 1
        longest = max(cut, key=cell_len)
        below = min(len(wrap(longest, width - 2, WHOLE_LINES)), max(0, free - 1))
        room = max(1, min(len(self._items), free - below))
        lines.styles.height = room
        whole.styles.height = below
        top = max(0, self._place - room + 1)
        lines.show([self._row(place, width) for place in range(top, min(top + room, len(self._items)))])
        told = wrap(cut[self._place], width - 2, below) if below else []
        whole.show([((f"  {line}", "text"),) for line in told])

    def _widths(self, item: MappingItem, width: int) -> tuple[int, int]:
        """The cells for a text and for its example."""
        left = max(8, width - max(NAME_WIDTH, min(self._name_width, width // 2)) - 6)
        text = max(8, min(self._text_width, left * 3 // 5)) if item.example and left >= 24 else left
        return text, left - text

    def _cut_text(self, item: MappingItem, width: int) -> str:
        """A text and its example in full if there is no room for them in the list; else empty."""
        text, example = self._widths(item, width)
        is_cut = cell_len(item.text) > text or cell_len(item.example) >= example > 0
        return f"{item.text}: {item.example}" if is_cut and item.example else item.text if is_cut else ""

    def _row(self, place: int, width: int) -> Row:
        item, name = self._items[place], self._chosen[place]
        is_marked = place == self._place
        text, example = self._widths(item, width)
        look = "strong" if is_marked else "text"
        shown = name.replace("_", " ").replace("-", " ") or UNKNOWN
        told = f"‹ {shown} ›" if is_marked else f"  {shown}"
        return (
            ("▸ " if is_marked else "  ", "accent"),
            (fit(item.text, text), look),
            (fit(f" {item.example}", example), "dim"),
            (" * " if name != item.name else "   ", "accent"),
            (told, "accent" if name != item.name else look),
        )
