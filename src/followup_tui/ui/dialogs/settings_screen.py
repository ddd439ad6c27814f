"""The settings: every one with its value, its default and where it comes from, changed in its place; and how what
was typed in any dialog is written into the file and applied at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Input

from followup_tui.domain.format import order_dates
from followup_tui.domain.model.errors import BadInput, FollowupError
from followup_tui.domain.views.board import Sort
from followup_tui.settings import Settings
from followup_tui.settings.checks import is_color
from followup_tui.settings.save import save_setting
from followup_tui.settings.schema import SCHEMA
from followup_tui.settings.toml_file import KeyPath
from followup_tui.tracker.regions import is_month_first
from followup_tui.tracker.setting_list import (
    Control,
    SettingList,
    SettingRow,
    change_setting,
    file_stamp,
    list_settings,
)
from followup_tui.ui.base_app import BaseApp
from followup_tui.ui.dialogs.dialog import LINES, TABS, Dialog
from followup_tui.ui.dialogs.setting_lines import SettingCursor, SettingLines, about_lines, value_at_cell
from followup_tui.ui.theme import THEME_NAMES, check_color, own_theme, use_theme
from followup_tui.ui.widgets.text_fields import LineInput, join_lines
from followup_tui.ui.widgets.text_lines import Bar, MenuLines, TextLines, draw_later


async def set_up(app: BaseApp, values: Mapping[str, str]) -> bool:
    """Write settings into the file, and apply them; whether they can be taken. Raises `BadInput` for a wrong one.

    Where the file can't be written they hold until the end of the program, and that is told.
    """
    try:
        await app.run_in_thread(partial(save_setting, app.settings_place, values))
    except BadInput:
        raise
    except FollowupError as error:
        app.tell(f"{error.sentence} Your change lasts until you quit.", alert=True)
    app.settings = replace(app.settings, **values)  # type: ignore[arg-type]
    order_dates(partial(is_month_first, app.settings))
    return True


_LOOKS, _RULES, _ORDER = {"theme", "colors"}, {"region", "days_off", "english"}, {"sort"}


async def apply_settings(app: BaseApp, before: Settings, after: Settings) -> None:
    """Apply at once what differs between the settings of a file before and after, if it needs no restart."""
    changed = {
        field.name: getattr(after, field.name)
        for field in fields(Settings)
        if getattr(before, field.name) != getattr(after, field.name) and not SCHEMA[field.name]["at_start"]
    }
    app.settings = replace(app.settings, **changed)
    if changed.keys() & _LOOKS:
        use_theme(app, app.settings.theme, app.settings.colors)
    if changed.keys() & _ORDER:
        app.board = app.board.sorted_by(Sort(app.settings.sort))
    if changed.keys() & _RULES:
        order_dates(partial(is_month_first, app.settings))
        app.tracker.schedule.forget_rules()
    if changed.keys() & (_RULES | _ORDER):
        await app.reload()
        for screen in app.screen_stack:
            screen.query("*").refresh()  # also what is the same but for its dates


LOOK_AROUND = 1.0
"""Seconds between two looks at whether an editor has changed the file."""
LINE_END = " | "
"""Stands for a line break while a text of several lines is edited."""
NARROW, WIDE, TINY = 60, 116, 11
"""Cells below which there are fewer hints, and from which on what is about a setting is next to the list;
the lines below which that has no room."""
STEPS = LINES | TABS
CHANGE, RESET = frozenset({"enter", "space", "e"}), frozenset({"x", "delete", "backspace"})
CLOSE = frozenset({"escape", "q", "comma"})


class SettingsScreen(Dialog):
    """A list of settings in groups; Enter changes the one under the cursor where it stands."""

    CSS_PATH = ["dialog.tcss", "settings_screen.tcss"]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-normal"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (TINY, "-low"), (20, "-high")]

    def __init__(self) -> None:
        super().__init__()
        self._all = SettingList((), (), self.followup.settings)
        self._cursor = SettingCursor()
        self._option: int | None = None  # the one that is marked while there is something to choose
        self._is_editing = False
        self._error = self._said = ""
        self._stamp: object = None

    def compose(self) -> ComposeResult:
        """The list with a field over it, what is about the setting under the cursor, and the keys."""
        with Vertical(id="dialog"):
            with Container(id="body"):
                with Container(id="list"):
                    yield SettingLines(id="rows")
                    yield LineInput(id="field", joint=partial(join_lines, mark=LINE_END), select_on_focus=False)
                yield TextLines(id="about")
            yield Bar(id="dialog-says")

    def on_mount(self) -> None:
        """Read the file, and look at it again as long as this is open."""
        self.set_title("Settings")
        self._read()
        self.set_interval(LOOK_AROUND, self._look_around)

    def on_resize(self) -> None:
        """Show as many as there is room for."""
        draw_later(self, self._show)

    # The settings

    @property
    def _row(self) -> SettingRow:
        return self._cursor.row

    def _read(self) -> None:
        """Read the settings; the cursor stays on its own."""
        app = self.followup
        self._stamp = file_stamp(app.settings_place)
        found = list_settings(
            app.place, app.settings_place, app.zone, THEME_NAMES, is_ascii=bool(app.settings.ascii)
        )
        _, unreadable = own_theme(app.settings.theme, found.settings.colors)
        wrong: dict[KeyPath, str] = {("colors", sentence.split()[0]): sentence for sentence in unreadable}
        rows = [replace(row, problem=wrong.get(row.key, row.problem)) for row in found.rows]
        self._all = found._replace(rows=tuple(rows))
        self._cursor.take(rows)

    async def _look_around(self) -> None:
        """Take over what an editor has written, unless something is being changed here."""
        is_free = self.is_current and not self._is_editing and self._option is None
        if is_free and file_stamp(self.followup.settings_place) != self._stamp:
            await self._read_and_apply()
            self._show()

    async def _read_and_apply(self) -> None:
        before = self._all.settings
        self._read()
        await apply_settings(self.followup, before, self._all.settings)

    # Keys

    async def take_key(self, event: events.Key) -> bool:
        """Move, change, search or close; while a text is typed, all else is for its field."""
        if event.key == "ctrl+c":
            return False
        self._said, cursor = "", self._cursor
        if self._is_editing:
            return await super().take_key(event)
        if self._option is not None:
            await self._choose(event.key, self._option)
        elif cursor.words.wants(event.key):
            self._error = ""
            cursor.search(event)
        elif event.key in CLOSE:
            await self.close_dialog()
            return True
        elif cursor.found:
            await self._do(event.key)
        self._show()
        return True

    async def _do(self, key: str) -> None:
        """Move the cursor, change the setting under it, or take its default back."""
        if key in LINES:
            self._error = ""
            self._cursor.step(LINES[key])
        elif key in TABS:
            self._error = ""
            self._cursor.step_group(TABS[key])
        elif key in CHANGE:
            await self._change()
        elif key in RESET:
            await self._reset()

    async def _choose(self, key: str, option: int) -> None:
        """Move among the options, take the marked one, or leave all as it is."""
        options = self._row.choices
        if key in STEPS:
            self._option = max(0, min(option + STEPS[key], len(options) - 1))
            self._preview(options[self._option])
        elif key in CHANGE:
            if await self._save(options[option]):
                self._option = None
        elif key in CLOSE:
            self._option, self._error = None, ""
            self._preview(None)

    def _preview(self, typed: str | None) -> None:
        """Show a theme or a color before it is saved; None shows what is in force."""
        name, colors = self.followup.settings.theme, dict(self.followup.settings.colors)
        if self._row.key == ("theme",):
            use_theme(self.app, typed or name, colors)
        elif self._row.key[:1] == ("colors",):
            use_theme(self.app, name, {**colors, str(self._row.key[1]): typed} if typed else colors)

    # Changing

    async def _change(self) -> None:
        """Change the setting: yes and no at once, the others by choosing or typing."""
        row = self._row
        self._error = ""
        if row.control is Control.FIXED:
            self._error = row.sentence
        elif row.control is Control.YES_NO:
            await self._save("no" if row.text == "yes" else "yes")
        elif row.control is Control.CHOICE:
            self._option = row.choices.index(row.text) if row.text in row.choices else 0
        else:
            self._is_editing = True
            field = self.query_one("#field", Input)
            field.value = "" if row.is_secret else row.text.replace("\n", LINE_END)
            field.cursor_position = len(field.value)
            field.display = True
            self.set_focus(field)

    async def _reset(self) -> None:
        row = self._row
        if row.control is Control.FIXED:
            self._error = row.sentence
        elif row.seen is None:
            self._said = f"{row.label} has its default already."
        else:
            await self._save(None)

    async def _save(self, typed: str | None) -> bool:
        """Write the setting; whether it was taken. What is wrong with it is said beside it."""
        row, app = self._row, self.followup
        lines = typed.replace(LINE_END.strip(), "\n") if typed and row.control is Control.LINES else typed
        try:
            if row.key[:1] == ("colors",) and typed:
                check_color(str(row.key[1]), typed, app.settings)
            work = partial(change_setting, app.settings_place, row, lines, THEME_NAMES)
            understood = await app.run_in_thread(work)
        except FollowupError as error:
            self._error = error.sentence
            if not isinstance(error, BadInput):
                await self._read_and_apply()  # an editor may have changed it
                if not self._cursor.is_on(row):  # or taken it out
                    self._option = None
                    self._stop_editing()
                    self._said = error.sentence
            return False
        self._error = ""
        await self._read_and_apply()
        later = "; it takes effect when you start again" if row.at_start else ""
        later += f": {understood}" if understood else ""
        was = f" It was {row.shown}." if row.shown and not row.is_secret else ""
        self._said = f"{row.label} saved{later}.{was}"
        return True

    @on(Input.Changed)
    def show_typed_color(self) -> None:
        """Show a color as it is typed."""
        typed = self.query_one("#field", Input).value.strip()
        if self._is_editing and self._row.key[:1] == ("colors",) and is_color(typed):
            self._preview(typed)

    async def action_save(self) -> None:
        """Save what was typed."""
        await self.settled()
        typed, row = self.query_one("#field", Input).value, self._row
        is_same = typed == row.text.replace("\n", LINE_END) or (row.is_secret and not typed)
        if is_same or await self._save(typed):
            self._stop_editing()
        self._show()

    async def action_leave(self) -> None:
        """Leave the field; nothing is saved."""
        await self.settled()
        self._stop_editing()
        self._preview(None)
        self._show()

    def _stop_editing(self) -> None:
        self._is_editing, self._error = False, ""
        self.set_focus(None)
        self.query_one("#field").display = False

    async def on_menu_lines_line_clicked(self, clicked: MenuLines.LineClicked) -> None:
        """A click moves the cursor, a second one changes; one on an option takes it."""
        line = self.query_one(SettingLines).line_at(clicked.line)
        if self._is_editing or line is None:
            return
        if line.option is not None:
            await self._choose("enter", line.option)
        elif self._option is None and line.place == self._cursor.place:
            await self._change()
        elif self._option is None and line.place is not None:
            self._cursor.place, self._error = line.place, ""
        self._show()

    # Showing

    def _show(self) -> None:
        """Show the list around the cursor, the field in its place, and what is about the setting."""
        lines, about = self.query_one(SettingLines), self.query_one("#about", TextLines)
        problems = [] if self._cursor.words.text else [str(problem) for problem in self._all.problems]
        y = lines.show_list(self._cursor.found, self._cursor.place, self._option, self._error, problems)
        self.show_beyond(*lines.beyond)
        field = self.query_one("#field")
        field.styles.offset = (value_at_cell(lines.size.width), y)
        field.styles.width = lines.size.width - value_at_cell(lines.size.width) - 1
        about.show(about_lines(self._row, *about.size) if self._cursor.found else [])
        self.say(self._said or self._hint())

    def _hint(self) -> str:
        if self._is_editing:
            ends = f"{LINE_END.strip()} begins a new line · " if self._row.control is Control.LINES else ""
            return f"{ends}Enter saves · Esc cancels"
        if self._option is not None:
            return "j k choose · Enter saves · Esc cancels"
        words = self._cursor.words.text
        if self._cursor.words.is_typing:
            return f"/{words}▏ Enter when done"
        if not self._cursor.found:
            return f"No setting for “{words}”. Esc to show all"
        if self.size.height < TINY:
            return "Esc close"
        if self.size.width < NARROW:
            return "Enter change · / search · Esc close"
        search = f"/{words} Esc to show all" if words else "/ search · Esc close"
        return f"Enter change · x default · Tab next group · {search}"
