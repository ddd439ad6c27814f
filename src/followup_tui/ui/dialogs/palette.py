"""The palette: every action of the screen below and every saved filter, found by typing its name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.fuzzy import FuzzySearch
from textual.widgets import Input

from followup_tui.actions import Action, Group, Place, actions_at, text_at
from followup_tui.cells import cell_len
from followup_tui.domain.views.filters import describe_filter, parse_filter, saved_filters
from followup_tui.flows.export_file import EXPORTS, export_flow
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.dialogs.dialog import BESIDE_TEXT, DEFAULT_WIDTH, TABS, Dialog
from followup_tui.ui.dialogs.flow_runner import FlowScreen, run_flow
from followup_tui.ui.dialogs.settings_screen import set_up
from followup_tui.ui.rows.pieces import Row, fit
from followup_tui.ui.theme import THEME_NAMES, describe_theme, use_theme
from followup_tui.ui.widgets.text_lines import Bar, MenuLines, TextLines

ORDER = tuple(Group)
STEPS = BESIDE_TEXT | TABS
MOST = 14
"""Lines of entries that are shown at once."""
AROUND = 4
"""Lines that the frame, the line to type and the dialog's own word take."""
KEY_WIDTH, LABEL_WIDTH, MAX_LABEL = 7, 18, 30
BESIDE = 50
"""Cells from which on sentences stand next to the names; below, that of the marked entry stands at the foot."""


HOW = "Enter runs it · Esc closes"


class PaletteEntry(NamedTuple):
    """What can be chosen: its name, its sentence, the key that does the same, and how it is done."""

    label: str
    help: str
    key: str
    run: Callable[[], Awaitable[object]]
    is_verb: bool = True


def action_entries(
    place: Place, shown_key: Callable[[Action], str], run: Callable[[str], Awaitable[object]]
) -> list[PaletteEntry]:
    """Return an entry for each action of a place, group by group; `run` runs an action by its id."""
    actions = (text_at(action, place) for action in actions_at(place) if action.id != "palette")
    return [
        PaletteEntry(action.label, action.help, shown_key(action), partial(run, action.id))
        for action in sorted(actions, key=lambda action: ORDER.index(action.group))
    ]


def export_entries(screen: FlowScreen) -> list[PaletteEntry]:
    """Return an entry for each format that everything can be exported in, whatever is shown or selected."""
    cards = list(screen.followup.board.cards.values())
    return [
        PaletteEntry(label, sentence, "", partial(run_flow, screen, export_flow(format), cards))
        for format, (label, sentence) in EXPORTS.items()
    ]


def begin_entries(run: Callable[[str], Awaitable[object]]) -> list[PaletteEntry]:
    """Return the demo and the tour."""
    return [
        PaletteEntry("Tour", "Learn the main keys in two minutes, on made-up data.", "", partial(run, "tutor")),
        PaletteEntry("Demo", "Try everything on made-up data; yours isn't touched.", "", partial(run, "demo")),
    ]


async def choose_theme(app: BaseApp, name: str) -> None:
    """Change the colours, and keep them in the settings."""
    use_theme(app, name, app.settings.colors)
    app.tell(f"Theme: {name}")
    await set_up(app, {"theme": name})


def theme_entries(app: BaseApp) -> list[PaletteEntry]:
    """Return an entry for each theme, which is kept in the settings."""
    return [
        PaletteEntry(f"Theme: {name}", describe_theme(name), "", partial(choose_theme, app, name), False)
        for name in THEME_NAMES
    ]


def filter_entries(
    filters: Mapping[str, str], narrow_to: Callable[[str], Awaitable[object]]
) -> list[PaletteEntry]:
    """Return an entry for each saved filter."""
    return [
        PaletteEntry(f"Filter: {name}", describe_filter(parse_filter(text)), "", partial(narrow_to, text), False)
        for name, text in saved_filters(filters).items()
    ]


def matching_entries(entries: Sequence[PaletteEntry], typed: str) -> list[PaletteEntry]:
    """The entries that are meant by what was typed, the likeliest first; all of them where nothing was."""
    query = " ".join(typed.casefold().split())
    search = FuzzySearch()
    scores = [(_score(search, query, entry), entry) for entry in entries] if query else []
    if not query:
        return list(entries)
    return [entry for score, entry in sorted(scores, key=lambda scored: -scored[0]) if score > 0]


def _score(search: FuzzySearch, query: str, entry: PaletteEntry) -> float:
    """How well an entry is meant: by its name, letter by letter, or by the words of its sentence."""
    # Only our own short names: how long the search takes grows out of hand with a long one.
    by_name = search.match(query, entry.label)[0] if entry.is_verb else 0.0
    words = query.split(" ")
    label, sentence = entry.label.casefold(), entry.help.casefold()
    if all(word in label for word in words):
        return max(by_name, float(len(query)))
    return by_name or (0.5 if all(word in sentence or word in label for word in words) else 0.0)


class Palette(Dialog):
    """A line to type in, and below it what that could mean; Enter does the one that is marked."""

    def __init__(self, entries: Sequence[PaletteEntry]) -> None:
        super().__init__()
        self._entries = entries
        self._typed = ""
        self._hits = entries
        self._place = self._top = 0

    def compose(self) -> ComposeResult:
        """The line and the entries."""
        with Vertical(id="dialog"):
            yield Input(id="line", placeholder="Type a command…", max_length=60)
            yield MenuLines(id="entries")
            yield Bar(id="dialog-says")

    def on_mount(self) -> None:
        """Show all."""
        self._show()

    def on_resize(self) -> None:
        """Show as many as there is room for."""
        self._show()

    @on(Input.Changed)
    def search(self) -> None:
        """Show what is meant by what stands in the line now."""
        typed = self.query_one("#line", Input).value
        if typed != self._typed:
            self._typed, self._place = typed, 0
            self._hits = matching_entries(self._entries, typed)
        self._show()

    async def take_key(self, event: events.Key) -> bool:
        """Arrows move the mark; whether the key was for that."""
        if event.key not in STEPS:
            return await super().take_key(event)
        await self.settled()
        self.search()
        if self._hits:
            self._place = (self._place + STEPS[event.key]) % len(self._hits)
        self._show()
        return True

    async def action_save(self) -> None:
        """Run the marked entry on the screen below."""
        await self.settled()
        self.search()
        if self._hits:
            await self.close_dialog()
            await self._hits[self._place].run()

    async def on_menu_lines_line_clicked(self, clicked: MenuLines.LineClicked) -> None:
        """Run the entry that was clicked."""
        place = self._top + clicked.line
        if place < len(self._hits):
            self._place = place
            await self.action_save()

    def _show(self) -> None:
        height = max(1, min(MOST, len(self._entries), self.app.size.height - AROUND))
        top = self._top = max(0, self._place - height + 1)
        entries = self.query_one("#entries", TextLines)
        entries.styles.height = height
        width = entries.size.width or min(DEFAULT_WIDTH, self.app.size.width - AROUND)
        shown = self._hits[top : top + height]
        widest = max((cell_len(entry.label) for entry in shown), default=0)
        label_width = min(max(widest, LABEL_WIDTH), MAX_LABEL)
        rows = [_row(entry, place == self._place, width, label_width) for place, entry in enumerate(shown, top)]
        entries.show(rows or [((" No match; try other words.", "dim"),)])
        self.show_beyond(top, len(self._hits) - top - height)
        marked = self._hits[self._place].help if self._hits else ""
        is_whole = cell_len(marked) <= width - label_width - KEY_WIDTH - 4
        if width < BESIDE:  # there is room for one line
            self.query_one("#dialog-says", Bar).show([((marked or HOW, "dim"),)])
        else:
            self.say(HOW if is_whole else marked)


def _row(entry: PaletteEntry, is_marked: bool, width: int, label_width: int) -> Row:
    mark: Row = (("▸ " if is_marked else "  ", "accent"), (fit(entry.key, KEY_WIDTH), "key"))
    look = "strong" if is_marked else "text"
    if width < BESIDE:
        return (*mark, (entry.label, look))
    return (*mark, (fit(entry.label, label_width), look), (f"  {entry.help}", "dim"))
