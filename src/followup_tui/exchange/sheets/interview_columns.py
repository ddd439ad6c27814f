"""The columns that say when an interview is, where their headers alone don't tell: by the columns around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from followup_tui.domain.model.text import fold
from followup_tui.domain.parsing.people import read_people
from followup_tui.exchange.sheets.column_match import CsvColumn
from followup_tui.exchange.sheets.columns import ImportField, header_ideas
from followup_tui.exchange.sheets.contacts import is_date_cell
from followup_tui.exchange.sheets.date_column import is_no_date
from followup_tui.exchange.sheets.statuses import status_meaning
from followup_tui.exchange.sheets.ticks import are_ticks

CellCounts = Mapping[int, Mapping[str, int]]
"""What the cells of each column say, by its position, and how many say it."""

_HOUR = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?| uhr)?(?: [A-Z]{2,4})?|\d{1,2} ?(?:[ap]\.?m\.?|uhr|h)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d[:.h]\d\d|\d ?[ap]\.?m\b|\d ?uhr", re.IGNORECASE)
_ABOUT_INTERVIEWS = re.compile(
    r"interview|gesprach|entretien|entrevist|colloqui|gesprek|rozmow|\bround\b|\brunde\b"
)
_NEARLY_ALL = 0.8
"""Share of the rows that tell of an interview in a list of interviews."""


def interview_columns(
    headers: Sequence[str], cells: CellCounts, columns: Sequence[CsvColumn]
) -> dict[int, ImportField]:
    """Return the columns whose field the columns around them tell: bare dates, hours, words instead of dates."""
    return {
        **_hour_beside_a_day(headers, cells, columns),
        **_interview_log(headers, cells, columns),
        **_by_dates(headers, cells, columns),
    }


def are_all_people(said: Iterable[str]) -> bool:
    """Whether each cell is nothing but people."""
    read = map(read_people, said)
    return all(each.people and not each.rest for each in read)


def _hour_beside_a_day(
    headers: Sequence[str], cells: CellCounts, columns: Sequence[CsvColumn]
) -> dict[int, ImportField]:
    """Return "Date" and "Time" as those of the interview, unless no row has been interviewed for.

    Nobody writes down the hour of applying by hand.
    """
    by_field = {column.field: column for column in columns}
    if ImportField.INTERVIEW_TIME in by_field:
        return {}
    hours = [
        position
        for position, said in cells.items()
        if header_ideas(headers[position], whole=True) == frozenset({"time"})
        and said
        and all(map(_HOUR.fullmatch, said))
    ]
    if len(hours) != 1:
        return {}
    found = {hours[0]: ImportField.INTERVIEW_TIME}
    if ImportField.INTERVIEW_ON in by_field:
        return found
    day = by_field.get(ImportField.APPLIED_ON)
    if (
        day is None
        or header_ideas(day.header, whole=True) != frozenset({"date"})
        or not _leave_room(_statuses(cells, by_field))
    ):
        return {}
    return {**found, day.position: ImportField.INTERVIEW_ON}


def _interview_log(
    headers: Sequence[str], cells: CellCounts, columns: Sequence[CsvColumn]
) -> dict[int, ImportField]:
    """Return a bare "Date" as the interview's in a list of interviews, whose rows tell round or people."""
    by_field = {column.field: column for column in columns}
    day = by_field.get(ImportField.APPLIED_ON)
    if (
        day is None
        or ImportField.INTERVIEW_ON in by_field
        or not all(map(_was_interviewed, _statuses(cells, by_field)))
    ):
        return {}
    is_bare = header_ideas(day.header, whole=True) == frozenset({"date"})
    filled = sum(cells.get(day.position, {}).values())
    tells = (
        at
        for at, said in cells.items()
        if _ABOUT_INTERVIEWS.search(fold(headers[at])) and not are_ticks(said) and at != day.position
    )
    is_log = any(sum(cells[at].values()) >= _NEARLY_ALL * filled for at in tells)
    return {day.position: ImportField.INTERVIEW_ON} if is_bare and filled and is_log else {}


def _statuses(cells: CellCounts, by_field: Mapping[ImportField, CsvColumn]) -> list[str]:
    return list(cells.get(by_field[ImportField.STATUS].position, ())) if ImportField.STATUS in by_field else []


def _leave_room(statuses: Sequence[str]) -> bool:
    """Whether some row may have been interviewed for."""
    return not statuses or any(map(_was_interviewed, statuses))


def _was_interviewed(status: str) -> bool:
    meaning = status_meaning(status)
    return meaning is None or meaning.stage is not None


def _by_dates(headers: Sequence[str], cells: CellCounts, columns: Sequence[CsvColumn]) -> dict[int, ImportField]:
    """Return the columns whose dates, or lack of any, say another thing than their headers.

    An "Interview" that holds words only is no date: "Panel" may name the people. "Sent" over days is when one
    applied, and "Start" over hours of days is the interview, unless another column tells these.
    """
    filled = {column.field for column in columns}
    rounds = {column.position for column in columns if column.field is ImportField.INTERVIEW_ON}
    found: dict[int, ImportField] = {}
    for at in sorted(rounds & cells.keys()):
        said = [text for text in cells[at] if not is_no_date(text)]
        if said and not any(map(str.isdigit, "".join(said))):
            is_panel = ImportField.CONTACT_NAME not in filled and are_all_people(said)
            found[at] = ImportField.CONTACT_NAME if is_panel else ImportField.FACT
    has_rounds = bool(rounds - found.keys())
    taken = {column.position for column in columns}
    for at in sorted(cells.keys() - taken):
        ideas = header_ideas(headers[at], whole=True) if headers[at].strip() and cells[at] else None
        if (
            ideas == frozenset({"sent"})
            and ImportField.APPLIED_ON not in filled
            and all(map(is_date_cell, cells[at]))
        ):
            return {**found, at: ImportField.APPLIED_ON}
        if ideas == frozenset() and not has_rounds and all(map(_is_moment, cells[at])):
            return {**found, at: ImportField.INTERVIEW_ON}
    return found


def _is_moment(text: str) -> bool:
    return _CLOCK.search(text) is not None and is_date_cell(text)
