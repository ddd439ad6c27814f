"""What stands on a terminal after some output: enough of a terminal for what this program and Textual write."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\x1b\[([0-?]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|[\r\n]|[^\x1b\r\n]")

Cell = tuple[str, str]
"""A character and the codes of its looks: ("A", "1;31")."""


class DrawnCells:
    """The cells that were written, by line and column from 0, and which of the two screens is shown."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.is_second_screen = False
        self.shows_cursor = True
        self._place = (0, 0)
        self._codes = ""
        self._rest = ""

    def feed(self, written: str) -> None:
        """Take in what was written; a sequence may be broken anywhere."""
        self._rest += written
        while found := _TOKEN.match(self._rest):
            self._rest = self._rest[found.end() :]
            self._take(found)

    def _take(self, found: re.Match[str]) -> None:
        (y, x), told = self._place, found[0]
        if found[2] == "H":
            line, _, column = found[1].partition(";")
            self._place = (int(line or 1) - 1, int(column or 1) - 1)
        elif found[2] == "m":
            # Both begin each look anew, or end the one before: none adds to another.
            self._codes = found[1].removeprefix("0").removeprefix(";")
        elif found[2] in ("h", "l") and found[1] == "?1049":
            self.is_second_screen = found[2] == "h"
            self.cells.clear()
        elif found[2] in ("h", "l") and found[1] == "?25":
            self.shows_cursor = found[2] == "h"
        elif found[2] == "J":
            self.cells.clear()
        elif told == "\r":
            self._place = (y, 0)
        elif told == "\n":
            self._place = (y + 1, x)
        elif not told.startswith("\x1b"):
            self.cells[y, x] = (told, self._codes)
            self._place = (y, x + 1)

    def line(self, y: int) -> str:
        """The text of a line."""
        return "".join(self.cells[place][0] for place in sorted(self.cells) if place[0] == y)
