"""What a column holds, where its header doesn't say which field it fills: links, mails, statuses, hours, ticks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from followup_tui.domain.parsing.job_words import is_board, is_pay
from followup_tui.exchange.sheets.column_match import (
    CsvColumn,
    answers_stage,
    is_due,
    is_yes_or_no,
    match_columns,
)
from followup_tui.exchange.sheets.columns import (
    APPLICATION_SIGNS,
    ImportField,
    header_ideas,
    header_key,
    leaves_room,
    mixes_status,
    normalize_header,
)
from followup_tui.exchange.sheets.date_column import is_no_date
from followup_tui.exchange.sheets.guessed_columns import (
    MOST_CELLS,
    are_all_people,
    guess_main_columns,
    interview_columns,
)
from followup_tui.exchange.sheets.identity import job_link
from followup_tui.exchange.sheets.readable_text import plain_cell
from followup_tui.exchange.sheets.round_texts import is_date_cell
from followup_tui.exchange.sheets.row_texts import cell_work_mode
from followup_tui.exchange.sheets.statuses import status_meaning
from followup_tui.exchange.sheets.table import Overrides, Table

_MOST_STATUSES = 40
_MOST_UNKNOWN = 0.2
"""Share of the cells that may be no known status in a column of statuses; they are named then."""
_LONGEST = 300
_SEVERAL = frozenset({ImportField.FACT, ImportField.PAY, ImportField.INTERVIEW_ON})
"""Fields of further columns beside the first that a header names."""
_BLANK = frozenset({"", "-", "–", "—", "n/a", "tbd"})
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_POSTING = re.compile(
    r"job|career|karriere|stelle|vacan|vacature|position|opening|/req|greenhouse|lever\.co|ashby|workday|recruit|"
    r"empl[oe]|offre|oferta|offert|lavor|trabaj|indeed|stepstone|apply|bewerb|candidat",
    re.IGNORECASE,
)
"""What stands in the address of a posting, and not in that of a person, a company or a meeting."""
_PLACE = re.compile(r"[^\W\d][^\d@:]{1,60}")
_MAIL = re.compile(r"(?:mailto:)?[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE = re.compile(r"\+?\(?\d[\d ()/.\-–]{5,22}\d(?: ?(?:x|ext\.?|dw) ?\d{1,5})?", re.IGNORECASE)
_DAY = re.compile(r"\d{1,4}[/.\-–]\d{1,2}[/.\-–]\d{1,4}")
_GAPS = re.compile(r"[ ()/.\-–]")


class _Evidence(NamedTuple):
    """A field that a column of such cells fills, if its header says nothing beside `ideas` and unknown words.

    With `needs`, the header says one of these at least.
    """

    field: ImportField
    ideas: frozenset[str]
    holds: Callable[[Mapping[str, int]], bool]
    needs: frozenset[str] = frozenset()


def sheet_columns(table: Table, overrides: Overrides) -> tuple[CsvColumn, ...]:
    """Return the columns of a sheet that fill a field: as said by hand, by their headers, by what they hold.

    What a column holds never takes a field from one whose header names it; ticks under the name of a stage and
    the hour beside a day say more than the header alone. What this sheet doesn't show, one with the same headers
    in its workbook may.
    """
    found = _by_cells(table, overrides)
    columns = match_columns(table.headers, overrides, found)
    for other in table.alike:
        fields = {one.field for one in columns}
        positions = {one.position for one in columns if one.field is not ImportField.FACT}
        found |= {
            at: field
            for at, field in _by_cells(other, overrides).items()
            if at not in positions and field not in fields
        }
        columns = match_columns(table.headers, overrides, found)
    return columns


def _by_cells(table: Table, overrides: Overrides) -> dict[int, ImportField]:
    """Return what columns hold by their cells where their headers don't say it."""
    columns = match_columns(table.headers, overrides)
    cells = {
        position: _cells(table, position)
        for position, header in enumerate(table.headers)
        if header_key(header) not in overrides
    }
    found = {
        **_ticked(table.headers, cells),
        **_mixed_status(table.headers, cells, columns),
        **_where(table, cells, columns),
        **interview_columns(table.headers, cells, columns),
    }
    filled = {column.field for column in columns}
    for evidence in _EVIDENCE:
        if evidence.field in filled and evidence.field not in _SEVERAL:
            continue
        fitting = [
            position
            for position, said in cells.items()
            if position not in found
            and said
            and (table.headers[position].strip() or evidence.field is not ImportField.FACT)
            and leaves_room(table.headers[position], evidence.ideas, evidence.needs)
            and evidence.holds(said)
        ]
        # Of two like columns none is certain.
        if len(fitting) == 1 or evidence.field in _SEVERAL:
            found |= dict.fromkeys(fitting, evidence.field)
    columns = match_columns(table.headers, overrides, found) if found else columns
    return found | guess_main_columns(table.headers, cells, columns)


def people_column(table: Table, columns: Iterable[CsvColumn], overrides: Overrides) -> str:
    """Return the header of the names in a list of people; empty for a sheet of applications.

    In such a list names stand beside companies and roles, and nothing tells of an application. A column for
    contacts counts only before that of the companies.
    """
    places = {column.field: column.position for column in columns}
    main = (ImportField.COMPANY, ImportField.ROLE)
    if not places.keys() >= set(main) or not places.keys().isdisjoint(APPLICATION_SIGNS):
        return ""
    for position, header in enumerate(table.headers):
        is_name = header_ideas(header, whole=True) == frozenset({"name"})
        is_first = position == places.get(ImportField.CONTACT_NAME) and position < places[ImportField.COMPANY]
        if not (is_name or is_first) or position in map(places.get, main) or header_key(header) in overrides:
            continue
        said = _cells(table, position)
        if said and are_all_people(said):
            return header
    return ""


def bare_date(columns: Iterable[CsvColumn], overrides: Overrides) -> CsvColumn | None:
    """Return the column of days of applying whose header is only "Date", if no other has the interviews' dates.

    Where the status is an interview it may be the interview's.
    """
    by_field = {column.field: column for column in columns}
    found = None if ImportField.INTERVIEW_ON in by_field else by_field.get(ImportField.APPLIED_ON)
    is_bare = found and header_ideas(found.header, whole=True) == frozenset({"date"})
    return found if found and is_bare and header_key(found.header) not in overrides else None


def guess_remarks(table: Table, columns: Iterable[CsvColumn], overrides: Overrides) -> list[str]:
    """Return a sentence about columns that are company or role by their cells alone, and about a mere "Date"."""
    columns = tuple(columns)
    by_headers = match_columns(table.headers, overrides)
    plain = {column.field for column in by_headers}
    guessed = [
        column
        for column in columns
        if column.field in (ImportField.COMPANY, ImportField.ROLE) and not plain & {column.field, ImportField.CARD}
    ]
    is_clear = any(one.field is ImportField.INTERVIEW_TIME for one in columns)
    applied = next(
        (one.position for one in by_headers if one.field is ImportField.APPLIED_ON and not is_clear), -1
    )
    days = [
        f"{table.name}: “{column.header}” is the interview's, as the sheet is about interviews. If that is wrong,"
        f' say --map "applied={column.header}".'
        for column in columns
        if column.field is ImportField.INTERVIEW_ON and column.position == applied
    ]
    days += [
        f"{table.name}: “{column.header}” was read as the interview's where a card's stage is one, as the deadline"
        " of an offer, and else kept in the notes."
        for column in columns
        if is_due(column)
    ]
    if date := bare_date(columns, overrides):
        days.append(
            f"{table.name}: “{date.header}” was read as the day of applying, or as the interview's if the status"
            " is one and the day is to come or has an hour."
            f' If that is wrong, say --map "interview={date.header}".'
        )
    if not guessed:
        return days
    taken = " and ".join(
        f"{f'“{column.header}”' if column.header else f'column {column.position + 1}'} is the {column.field}"
        for column in guessed
    )
    names = " and the ".join(column.field for column in guessed)
    return [
        f"{table.name}: no header names the {names}, so the cells decided: {taken}. If that is wrong,"
        f' name the right header with --map "{guessed[0].field}=…".',
        *days,
    ]


def _cells(table: Table, position: int) -> dict[str, int]:
    """Return what the cells of a column say, and how many say it, without those that say nothing.

    A column that says more than some hundred different things is looked at so far.
    """
    raw: dict[str, int] = {}
    for row in table.rows:
        if len(row.cells) > position:
            cell = row.cells[position]
            raw[cell] = raw.get(cell, 0) + 1
            if len(raw) > MOST_CELLS:
                break
    plain = ((plain_cell(cell), count) for cell, count in raw.items())
    said = (((each.link or each.text).strip(), count) for each, count in plain)
    return {text: count for text, count in said if text.casefold() not in _BLANK}


def _ticked(headers: Sequence[str], cells: Mapping[int, Mapping[str, int]]) -> dict[int, ImportField]:
    """Return the columns of ticks under the name of a stage: "OFFER", "Interview?"."""
    found = (at for at, said in cells.items() if said and answers_stage(headers[at], said))
    return dict.fromkeys(found, ImportField.TICK)


def _mixed_status(
    headers: Sequence[str], cells: Mapping[int, Mapping[str, int]], columns: Iterable[CsvColumn]
) -> dict[int, ImportField]:
    """Return the column of "Outcome / Notes" if no other is the status and half of its cells say one."""
    if any(column.field is ImportField.STATUS for column in columns):
        return {}
    mixed = (at for at, said in cells.items() if said and mixes_status(headers[at]))
    return {
        at: ImportField.STATUS
        for at in mixed
        if sum(status_meaning(text) is not None for text in cells[at]) * 2 >= len(cells[at])
    }


def _where(
    table: Table, cells: Mapping[int, Mapping[str, int]], columns: Iterable[CsvColumn]
) -> dict[int, ImportField]:
    """Return what "Where" says: where one found the job, if it names a board, or else in which town it is."""
    filled = {column.field for column in columns}
    for at, said in cells.items():
        if said and header_ideas(table.headers[at], whole=True) == frozenset({"where"}):
            field = ImportField.SOURCE if any(map(is_board, said)) else ImportField.LOCATION
            are_places = field is ImportField.SOURCE or _all(_PLACE, said)
            return {at: field} if field not in filled and are_places else {}
    return {}


def _all(pattern: re.Pattern[str], said: Iterable[str]) -> bool:
    return all(len(text) < _LONGEST and pattern.fullmatch(text) for text in said)


def _are_different(said: Mapping[str, int]) -> bool:
    """Whether most rows say something of their own: one email address everywhere is the user's."""
    return len(said) * 2 > sum(said.values()) and len(said) > 1


def _are_postings(said: Mapping[str, int]) -> bool:
    return (
        _are_different(said)
        and _all(_LINK, said)
        and all(job_link(text).key for text in said)
        and sum(_POSTING.search(text) is not None for text in said) * 3 >= len(said)
    )


def _are_mails(said: Mapping[str, int]) -> bool:
    return _are_different(said) and _all(_MAIL, said)


def _are_phones(said: Mapping[str, int]) -> bool:
    """Whether all are numbers to call, as they are written: bare digits are more often those of a posting."""
    return (
        _are_different(said)
        and _all(_PHONE, said)
        and not any(map(_DAY.fullmatch, said))
        and all(text.startswith(("+", "0", "(")) or len(_GAPS.findall(text)) > 1 for text in said)
    )


def _are_statuses(said: Mapping[str, int]) -> bool:
    """Whether nearly all are known statuses, few, and not of one meaning: "Onsite" may be a place of work.

    A "no" among them is one too, but not a column with little else.
    """
    plain = [text for text in said if not is_yes_or_no(text)]
    if len(said) > _MOST_STATUSES or len(said) - len(plain) > 1 or not all(map(normalize_header, said)):
        return False
    meanings = [meaning for text in plain if (meaning := status_meaning(text)) is not None]
    return len(set(meanings)) > 1 and len(plain) - len(meanings) <= max(1, len(plain) * _MOST_UNKNOWN)


def _are_days(said: Mapping[str, int]) -> bool:
    """Whether cells are dates, or say that there is none."""
    days = [text for text in said if not is_no_date(text)]
    return bool(days) and all(map(is_date_cell, days))


def _are_places(said: Mapping[str, int]) -> bool:
    return _all(_PLACE, said) and not any(map(is_yes_or_no, said))


def _are_boards(said: Mapping[str, int]) -> bool:
    return any(map(is_board, said)) and _all(_PLACE, said)


def _are_amounts(said: Mapping[str, int]) -> bool:
    return all(map(is_pay, said))


def _are_mostly_amounts(said: Mapping[str, int]) -> bool:
    """Whether most cells have an amount: under "Comp" others say "TBD" or "below floor"."""
    return sum(map(is_pay, said)) * 2 > len(said)


def _are_work_modes(said: Mapping[str, int]) -> bool:
    return len(said) > 1 and all(map(cell_work_mode, said))


def _are_words(said: Mapping[str, int]) -> bool:
    """Whether cells say something of their own, more than a yes or a stage."""
    return not all(map(is_yes_or_no, said)) and not _are_statuses(said)


def _ideas(words: str) -> frozenset[str]:
    return frozenset(words.split())


_EVIDENCE = (
    _Evidence(
        ImportField.URL,
        _ideas("link job posting ad role apply application description"),
        _are_postings,
    ),
    _Evidence(ImportField.CONTACT_EMAIL, _ideas("email contact name company"), _are_mails),
    _Evidence(ImportField.CONTACT_PHONE, _ideas("phone contact name company"), _are_phones),
    _Evidence(
        ImportField.STATUS,
        _ideas("status stage outcome answer job application apply role how where region"),
        _are_statuses,
    ),
    _Evidence(
        ImportField.APPLIED_ON,
        _ideas("date job role company time email posting"),
        _are_days,
        _ideas("apply application sent dispatched cv"),
    ),
    _Evidence(
        ImportField.INTERVIEW_ON,
        _ideas("date time booked kind mode company role job"),
        _are_days,
        _ideas("interview round"),
    ),
    _Evidence(ImportField.ENDED_ON, _ideas("date company job role application"), _are_days, _ideas("ended")),
    _Evidence(ImportField.CONTACT_NAME, _ideas("name title company interview"), are_all_people, _ideas("contact")),
    _Evidence(ImportField.LOCATION, _ideas("company job role where"), _are_places, _ideas("location region")),
    _Evidence(
        ImportField.SOURCE,
        _ideas("job role apply application company link website"),
        _are_boards,
        _ideas("source how where find posting ad"),
    ),
    _Evidence(ImportField.PAY, _ideas("job role company"), _are_mostly_amounts, _ideas("amount expected")),
    _Evidence(ImportField.FACT, _ideas("job role company expected"), bool, _ideas("amount")),
    _Evidence(ImportField.FACT, _ideas("fact job role company"), _are_amounts),
    _Evidence(ImportField.WORK_MODE, _ideas("mode job role company location where kind other"), _are_work_modes),
    _Evidence(ImportField.FACT, _ideas("contact name company"), _are_words, _ideas("title role")),
    _Evidence(ImportField.FACT, _ideas("interview"), _are_words, _ideas("how")),
    _Evidence(
        ImportField.FACT,
        _ideas(
            "date time apply application interview company contact email sent answer status stage outcome other"
        ),
        _are_words,
        _ideas("plan"),
    ),
)
