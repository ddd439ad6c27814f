"""A column that is only called "Date", read as that of the interviews where the rows around tell that it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from followup_tui.domain.model.application import Stage
from followup_tui.exchange.sheets.date_cell import is_time
from followup_tui.exchange.sheets.date_column import DateColumn
from followup_tui.exchange.sheets.statuses import StatusMeaning
from followup_tui.exchange.sheets.table import TableRow

_MET = (Stage.INTERVIEWED, Stage.THANKED)

_Meaning = Callable[[str], StatusMeaning | None]


def as_interviews(
    column: DateColumn, position: int, rows: Sequence[TableRow], statuses: Sequence[int], meaning: _Meaning
) -> DateColumn:
    """Return the column at a position as the interviews'; hours in all of its cells may be a program's.

    `statuses` are the positions of the statuses, of which `meaning` tells what they mean.
    """
    said = {row.cells[at].strip() for row in rows for at in statuses if len(row.cells) > at}
    meanings = [meaning(text) for text in said if text]
    are_interviews = all(each and each.stage is Stage.INTERVIEWED for each in meanings)
    is_by_hand = are_interviews or any(not is_time(cell.start) for cell in column.cells.values())
    ahead = column.cells_to_come()
    found = [row for row in rows if len(row.cells) > position and row.cells[position].strip() in ahead]
    is_of_met = bool(found) and all(_tells_of_interview(row, statuses, meaning) for row in found)
    return DateColumn(
        column.header,
        column.day_first,
        column.zone,
        column.today,
        has_moments=is_by_hand,
        is_of_met=is_of_met,
        is_of_all=is_of_met and not statuses,
    )


def _tells_of_interview(row: TableRow, statuses: Sequence[int], meaning: _Meaning) -> bool:
    """Whether each status of a row is that of an interview; in a sheet without statuses there may be one."""
    said = [row.cells[at].strip() for at in statuses if len(row.cells) > at and row.cells[at].strip()]
    is_told = bool(said) == bool(statuses)
    return is_told and all((each := meaning(text)) is not None and each.stage in _MET for text in said)
