"""The cursor in the list of settings: which of them are searched for, and the one it is on."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from followup_tui.tracker.setting_list import SettingRow

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
