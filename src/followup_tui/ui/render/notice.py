"""Notices: one line of what happened, with what may be shortened in its middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from followup_tui.cells import cell_len
from followup_tui.domain.model.text import shown_line
from followup_tui.ui.rows.pieces import cut

if TYPE_CHECKING:
    from followup_tui.tracker.commit import CommandResult

BETWEEN = " · "
LEAST = 14
"""Cells under which a middle that must be shortened isn't worth its place."""
MOST_AT_END = 17
"""Cells of a day and hour, the end of a middle that is shortened."""
LEAST_AT_BEGIN = 12


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
            return f"{said}{BETWEEN}{_shortened(more, room)}{tail}"
        return f"{cut(said, width - cell_len(tail))}{tail}"


def _shortened(text: str, width: int) -> str:
    """The text in at most `width` cells; what is left out is in its middle, as its end says when it is due."""
    if cell_len(text) <= width:
        return text
    end = ""
    for word in reversed(text.split()):
        if word.islower() or cell_len(f" {word}{end}") > min(MOST_AT_END, width - LEAST_AT_BEGIN):
            break
        end = f" {word}{end}"
    is_day = end[1:2].isalpha() and any(sign.isdigit() for sign in end)  # not half of one, nor only a month
    end = end if is_day else ""
    return cut(text.removesuffix(end), width - cell_len(end)) + end


def notice_of(done: CommandResult, remark: str, ending: str) -> Notice:
    """What was done; in the middle what was left out, the remark, and what comes next."""
    left_out = done.notice.removeprefix(done.said).removeprefix(BETWEEN)
    return Notice(done.said, BETWEEN.join(filter(None, (left_out, remark, done.next_text))), ending)
