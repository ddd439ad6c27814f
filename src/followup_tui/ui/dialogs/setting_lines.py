"""The lines of the settings, and the cursor on them: groups, settings with their values, and below one its
options, its mistake, or all about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual import events

from followup_tui.domain.model.text import shown_line
from followup_tui.tracker.setting_list import FROM_DEFAULT, FROM_FILE, SettingRow
from followup_tui.ui.rows.pieces import Row, fit, heading, wrap
from followup_tui.ui.widgets.text_fields import SearchWords
from followup_tui.ui.widgets.text_lines import MenuLines

ORIGIN_FROM = 60
"""Cells from which on each row says where its value comes from."""
ORIGIN_WIDTH = 15
EDGE = 3
"""Cells in front of a label."""
_NOT_SET = "not set"
_ORIGINS = {
    FROM_FILE: "You set it in the settings file.",
    FROM_DEFAULT: "",
    "locale": "It comes from your locale.",
    "time zone": "It comes from your time zone.",
    "system": "It comes from your system.",
}


def label_width(width: int) -> int:
    """Cells for the names in a list of this width."""
    return 18 if width >= ORIGIN_FROM else max(8, min(14, width // 3))


def value_at_cell(width: int) -> int:
    """The cell in which the values begin."""
    return EDGE + label_width(width) + 1


def value_width(width: int) -> int:
    """Cells for the values in a list of this width."""
    return max(6, width - value_at_cell(width) - (ORIGIN_WIDTH + 3 if width >= ORIGIN_FROM else 1))


def setting_line(row: SettingRow, width: int, *, is_marked: bool) -> Row:
    """A setting in one line: a sign, its name, its value and, if there is room, its origin."""
    text = row.shown or _NOT_SET
    if row.problem:
        text = f"! {text}"
    label, value = fit(row.label, label_width(width) + 1), fit(text, value_width(width))
    origin = f"  {fit(row.origin, ORIGIN_WIDTH)} " if width >= ORIGIN_FROM else " "
    if is_marked:
        return ((" ▌ ", "cursor-edge"), (label, "cursor-strong"), (f"{value}{origin}", "cursor"))
    is_own = row.origin == FROM_FILE
    look = "alert" if row.problem else "strong" if is_own else "text" if row.shown else "dim"
    return (("   ", "text"), (label, "text"), (value, look), (origin, "accent" if is_own else "dim"))


def option_line(option: str, width: int, *, is_marked: bool, is_set: bool) -> Row:
    """One of the values to choose from, below its setting."""
    sign, tick = ("▸ ", "accent") if is_marked else ("  ", "text"), "  (now)" if is_set else ""
    room = max(4, value_width(width) - 2)
    return (
        (" " * (value_at_cell(width) - 2), "text"),
        sign,
        (fit(f"{option}{tick}", room).rstrip(), "strong" if is_marked else "text"),
    )


def error_lines(sentence: str, width: int) -> list[Row]:
    """Why a value wasn't saved, beside the field."""
    indent = min(value_at_cell(width), width // 3)
    lines = wrap(sentence, max(8, width - indent - 1), _ERROR_LINES)
    return [((" " * indent, "text"), (line, "alert")) for line in lines]


_ERROR_LINES = 5


def about_lines(row: SettingRow, width: int, height: int) -> list[Row]:
    """What a setting is for, where its value comes from, its default, and when a change takes effect."""
    facts = [_ORIGINS.get(row.origin, f"It comes from {row.origin}.")]
    if row.name:
        default = shown_line(row.default.replace("\n", ", ")) or _NOT_SET
        facts += [f"Default: {default}.", "Read at the next start." if row.at_start else "Takes effect at once."]
    facts = list(filter(None, facts))
    parts: list[tuple[str, str]] = [(row.problem, "alert")] if row.problem else []
    parts.append((row.sentence, "text"))
    parts += [(fact, "dim") for fact in facts] if height >= _TALL else [(" ".join(facts), "dim")]
    rows: list[Row] = []
    for text, look in parts:
        rows += [((f" {line}", look),) for line in wrap(text, max(8, width - 2), max(1, height - len(rows)))]
        if height >= _TALL and look != "dim":
            rows.append(())
    return rows[:height]


_TALL = 8
"""Lines from which on each fact has a line of its own."""


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

    @property
    def beyond(self) -> tuple[int, int]:
        """How many lines are above and below what is in view."""
        return self._top, len(self._lines) - self._top - self.size.height

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
            if at == place:
                yield from _below(row, at, option, error, width)


def _below(row: SettingRow, place: int, option: int | None, error: str, width: int) -> Iterator[ListLine]:
    """The options below a setting while one of them is chosen, and what is wrong below that one or the setting."""
    wrong = [ListLine(text, place, option) for text in error_lines(error, width)] if error else []
    if option is None:
        yield from wrong
        return
    for number, text in enumerate(row.choices):
        drawn = option_line(text, width, is_marked=number == option, is_set=text == row.text)
        yield ListLine(drawn, place, number)
        yield from wrong if number == option else ()


class SettingCursor:
    """Settings, those that are found by some words, and a place among these."""

    def __init__(self) -> None:
        self._rows: Sequence[SettingRow] = ()
        self.found: Sequence[SettingRow] = ()
        self.place = 0
        self.words = SearchWords()

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
        self.found = [row for row in self._rows if self.words.are_in(_searched(row))]
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
        """Take a key for the words that are searched for."""
        self.words.take(event)
        self._find()
        if self.words.is_typing:
            self.place = next((at for at, row in enumerate(self.found) if self.words.are_in(_named(row))), 0)


def _named(row: SettingRow) -> str:
    return f"{row.group} {row.label} {row.name}"


def _searched(row: SettingRow) -> str:
    """The words by which a setting is found."""
    return f"{_named(row)} {row.sentence} {row.shown}"
