"""Notices: one line of what happened, with what may be shortened in its middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from followup_tui.cells import cell_len
from followup_tui.domain.model.text import shown_line
from followup_tui.ui.rows.pieces import cut

if TYPE_CHECKING:
    from followup_tui.tracker.commit import CommandResult

BETWEEN = " · "
LEAST = 8
"""Cells under which the middle isn't worth its place."""


class Notice(NamedTuple):
    """What happened, more about it, and what one can do now: "Acme → Thanked", "next: …", "u undo"."""

    said: str
    more: str = ""
    ending: str = ""

    def on_one_line(self, width: int) -> str:
        """The parts on one line of `width` cells: the middle is shortened first, then what happened."""
        said, more, ending = (shown_line(part) for part in self)
        tail = BETWEEN + ending if ending else ""
        room = width - cell_len(said) - cell_len(tail) - len(BETWEEN)
        if more and room >= min(LEAST, cell_len(more)):
            return f"{said}{BETWEEN}{cut(more, room)}{tail}"
        return f"{cut(said, width - cell_len(tail))}{tail}"


def notice_of(done: CommandResult, remark: str, ending: str) -> Notice:
    """What was done; in the middle what was left out, the remark, and what comes next."""
    left_out = done.notice.removeprefix(done.said).removeprefix(BETWEEN)
    return Notice(done.said, BETWEEN.join(filter(None, (left_out, remark, done.next_text))), ending)
