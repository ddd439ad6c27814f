"""The lines of the settings, and the cursor on them: groups, settings, and below one its options or mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual import events

from followup_tui.tracker.setting_list import SettingRow
from followup_tui.ui.render.settings_page import error_lines, option_line, setting_line
from followup_tui.ui.rows.pieces import Row, heading, wrap
from followup_tui.ui.widgets.text_lines import MenuLines

LOW = 14
"""Lines below which there are no blank ones between groups."""
_PROBLEM_LINES, _TINY = 3, 2


class ListLine(NamedTuple):
    """What stands in a line, and the places of the setting and of the option it belongs to."""

    row: Row
    place: int | None = None
    option: int | None = None


class SettingLines(MenuLines):
    """A part of the list, so much that the cursor's setting is in view."""

    _lines: Sequence[ListLine] = ()
    _top = 0

    def show_list(
        self, found: Sequence[SettingRow], place: int, option: int | None, error: str, problems: Sequence[str]
    ) -> int:
        """Show the settings with the cursor on one and on one of its options; return the line of the setting.

        `error` stands below it, `problems` above all.
        """
        self._lines = [*self._above(problems), *self._listed(found, place, option, error)]
        places = [at for at, line in enumerate(self._lines) if line.place == place]
        setting = places[0] if places else 0
        block = [at for at in places if self._lines[at].option == option] or [setting]
        marked, last = block[0], min(block[-1] + (option is not None), places[-1] if places else 0)
        height = max(1, self.size.height)
        is_top = place == 0 and option is None and height > len(problems) + _TINY
        first = 0 if is_top else marked
        if last >= self._top + height:
            self._top = last - height + 1
        lead = 1 if height > _TINY else 0  # the heading above it
        if first - lead < self._top:
            self._top = max(0, first - lead)
        self._top = max(0, min(self._top, len(self._lines) - height))
        self.show([line.row for line in self._lines[self._top : self._top + height]])
        return setting - self._top

    def line_at(self, y: int) -> ListLine | None:
        """The line in view that belongs to a setting; None for headings and blank ones."""
        at = self._top + y
        return self._lines[at] if at < len(self._lines) and self._lines[at].place is not None else None

    def _above(self, problems: Sequence[str]) -> Iterator[ListLine]:
        width = max(8, self.size.width - 3)
        for problem in problems:
            for text in wrap(f"! {problem}", width, _PROBLEM_LINES):
                yield ListLine(((f" {text}", "alert"),))

    def _listed(
        self, found: Sequence[SettingRow], place: int, option: int | None, error: str
    ) -> Iterator[ListLine]:
        width, group = max(20, self.size.width), ""
        for at, row in enumerate(found):
            if row.group != group:
                if group and self.size.height >= LOW:
                    yield ListLine(())
                group = row.group
                yield ListLine(heading(group, width - 2))
            yield ListLine(setting_line(row, width, is_marked=at == place), at)
            if at != place:
                continue
            if option is not None:
                for number, text in enumerate(row.choices):
                    drawn = option_line(text, width, is_marked=number == option, is_set=text == row.text)
                    yield ListLine(drawn, at, number)
                    if error and number == option:
                        yield from (ListLine(text, at, number) for text in error_lines(error, width))
            elif error:
                yield from (ListLine(text, at) for text in error_lines(error, width))


SEARCH_MAX = 40
"""Characters that one can search for."""


class SettingCursor:
    """Settings, those that are found by the words `wanted`, and a place among these."""

    def __init__(self) -> None:
        self._rows: Sequence[SettingRow] = ()
        self.found: Sequence[SettingRow] = ()
        self.place = 0
        self.wanted = ""
        self.is_searching = False

    @property
    def row(self) -> SettingRow:
        """The setting under the cursor; there must be one."""
        return self.found[self.place]

    def is_on(self, row: SettingRow) -> bool:
        """Whether the cursor is on this setting, whatever its value."""
        return self.place < len(self.found) and (self.row.key, self.row.label) == (row.key, row.label)

    def take(self, rows: Sequence[SettingRow]) -> None:
        """Take the settings again; the cursor stays on its own."""
        self._rows = rows
        self._find()

    def _find(self) -> None:
        before = self.row if self.place < len(self.found) else None
        words = self.wanted.casefold().split()
        self.found = [row for row in self._rows if all(word in _searched(row) for word in words)]
        for place, row in enumerate(self.found):
            if before is not None and (row.key, row.label) == (before.key, before.label):
                self.place = place
                return
        self.place = min(self.place, max(0, len(self.found) - 1)) if before else 0

    def step(self, by: int) -> None:
        """Move by so many settings, as far as there are any."""
        self.place = max(0, min(self.place + by, len(self.found) - 1))

    def step_group(self, by: int) -> None:
        """Move to the first setting of the next group, or of this one or the one before it."""
        rows = self.found
        firsts = [at for at, row in enumerate(rows) if at == 0 or rows[at - 1].group != row.group]
        beyond = [at for at in firsts if (at > self.place if by > 0 else at < self.place)]
        if beyond:
            self.place = beyond[0] if by > 0 else beyond[-1]

    def search(self, event: events.Key) -> None:
        """Take a key for the words that are searched for; Esc clears them."""
        if event.key == "escape":
            self.wanted, self.is_searching = "", False
        elif not self.is_searching:
            self.is_searching = True
        elif event.key == "enter":
            self.is_searching = False
        elif event.key == "backspace":
            self.wanted = self.wanted[:-1]
        elif event.character and event.is_printable:
            self.wanted = (self.wanted + event.character)[:SEARCH_MAX]
        self._find()


def _searched(row: SettingRow) -> str:
    """The words by which a setting is found."""
    return f"{row.group} {row.label} {row.name} {row.sentence} {row.shown}".casefold()
