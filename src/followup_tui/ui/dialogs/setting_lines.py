"""The lines of the settings: groups, settings, and below the one under the cursor its options or its mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from followup_tui.tracker.setting_list import SettingRow
from followup_tui.ui.render.settings_page import error_lines, option_line, setting_line
from followup_tui.ui.rows.pieces import Row, heading
from followup_tui.ui.rows.wrapping import wrap
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
