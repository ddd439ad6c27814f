"""Headers in two lines: "1st interview" over "Date", "Time" and "With"."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.domain.model.text import shown_line
from followup_tui.exchange.sheets.columns import header_field, header_ideas

_GENERAL = frozenset({"date", "time", "name", "title", "email", "phone", "location", "region", "link", "number"})
"""Ideas that say something else under another group: the date of an application or of an interview."""
_MOST_WORDS = 4


def with_groups(above: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Return the headers with the group that stands over each, if the line above is one of groups.

    A group goes on to the right until the next, as merged cells do. A header that says it all stays as it is.
    """
    if not _are_groups(above, cells) and not are_parts(above, cells):
        return list(cells)
    headers: list[str] = []
    group = ""
    for position, cell in enumerate(cells):
        over = shown_line(above[position]).strip() if position < len(above) else ""
        group = over or group
        alone = shown_line(cell).strip()
        headers.append(_joined(group, over, alone) if group else cell)
    return headers


def are_parts(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a line only divides cells of the header above: "Round 1" and "Round 2" under "Interviews"."""
    named = [position for position, cell in enumerate(cells) if cell.strip()]
    blank = {position for position, cell in enumerate(above) if not cell.strip()}
    is_header = sum(header_field(shown_line(cell)) is not None for cell in above) > 1
    if len(named) < 2 or not is_header or blank.isdisjoint(named) or named[-1] >= len(above):
        return False
    # What fills a field of its own in the row above is no group: such a row is one of data.
    divided = {max((at for at in range(position + 1) if at not in blank), default=-1) for position in named}
    spread = {at for at in divided if at + 1 in blank}
    return divided == spread and all(_is_part(cells[position]) for position in named)


def _joined(group: str, over: str, alone: str) -> str:
    if not alone:
        return over  # one cell over both lines
    ideas = header_ideas(alone, whole=True)
    is_clear = ideas is not None and not ideas <= _GENERAL
    return alone if is_clear else f"{group} {alone}"


def _is_part(cell: str) -> bool:
    """Whether a cell can be a header below another one: known words or a number."""
    text = shown_line(cell).strip()
    return text.isdigit() or (len(text.split()) <= _MOST_WORDS and bool(header_ideas(text, whole=True)))


def _are_groups(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a line has several short names over more headers than it names."""
    named = [(position, shown_line(cell).strip()) for position, cell in enumerate(above) if cell.strip()]
    if len(named) < 2 or len(named) >= sum(bool(cell.strip()) for cell in cells):
        return False
    return all(
        len(name.split()) <= _MOST_WORDS and not name.replace(".", "").isdigit() and position < len(cells)
        for position, name in named
    ) and any(header_field(name) is not None or header_ideas(name, whole=True) for _, name in named)
