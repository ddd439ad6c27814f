"""A sheet as a table, whatever kind of file it came from: headers, and rows with their line numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shorten, shown_line
from followup_tui.exchange.plan import ImportSource
from followup_tui.exchange.sheets.column_match import CsvColumn, match_columns
from followup_tui.exchange.sheets.columns import (
    APPLICATION_SIGNS,
    ImportField,
    asks_who,
    header_field,
    header_ideas,
    known_headers,
    normalize_header,
)
from followup_tui.exchange.sheets.guessed_columns import is_main_cell

_GENERAL = frozenset({"date", "time", "name", "title", "email", "phone", "location", "region", "link", "number"})
"""Ideas that say something else under another group: the date of an application or of an interview."""
_MOST_WORDS = 4


def with_groups(above: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Return the headers with the group that stands over each, if the line above is one of groups.

    A group goes on to the right until the next, as merged cells do. A header that says it all stays as it is.
    """
    wide = [*cells, *[""] * (len(above) - len(cells))]  # the last one may be one cell over both lines
    if not _are_groups(above, wide) and not are_parts(above, cells):
        return list(cells)
    headers: list[str] = []
    group = ""
    for position, cell in enumerate(wide):
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


MAX_HEADER_LINE = 50
"""Lines searched for the header: some exports begin with a title, a legend, or with Excel's "sep=;"."""
MAX_ROWS = 250_000
MAX_CELLS = 5_000_000
"""Limits of one sheet; a longer one is no list of applications, and its plan would fill the memory."""
MAX_COLUMNS = 500
"""Columns of a line that are looked at as headers."""

_LONGEST_HEADER = 40
_DATA = re.compile(r"\d[\d/.:-]*\d|@|://")

Overrides = Mapping[str, ImportField | None]
"""Keys of headers and the fields that they fill by hand; None ignores the column."""


class TableRow(NamedTuple):
    """One row: the line where it begins, its cells, and why it can't be read, or an empty text."""

    line: int
    cells: list[str]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name in messages, its headers, and all rows below them that aren't blank.

    `sheet` is the name that it has in a workbook of several such sheets, `alike` are those with the same headers.
    `sheets` are all that have rows in that workbook, with whether each is read; only the first table has them.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]
    remarks: tuple[str, ...]
    sheet: str = ""
    sheets: Mapping[str, bool] = field(default_factory=dict)
    alike: tuple[Table, ...] = ()

    def beside(self, tables: Sequence[Table]) -> Table:
        """Return it with those of the tables that have the same headers."""
        return replace(self, alike=tuple(one for one in tables if one is not self and one.headers == self.headers))


class Header(NamedTuple):
    """A line that may be the header, whether it names company and role, and how many fields it names.

    Without company and role, every cell that isn't blank counts as one. `divides` says that it is only part of a
    header, the line above it being the other.
    """

    is_plain: bool
    fields: int
    line: int
    cells: Sequence[str]
    divides: bool = False

    def is_better(self, other: Header | None) -> bool:
        """Whether it says more than another."""
        return other is None or (self.is_plain, self.fields, self.divides) > (
            other.is_plain,
            other.fields,
            other.divides,
        )


def find_header(lines: Iterable[tuple[int, Sequence[str]]], overrides: Overrides) -> Header | None:
    """Return the line that names most fields, the first of equals; one with company and role before all others.

    Without these two it is a header only if it names when or how far an application is and no cell is data. What
    the user says of a column doesn't take the header's place away from its line.
    """
    best: Header | None = None
    above: Sequence[str] = ()
    for line, cells in lines:
        headers, divides = with_groups(above, cells[:MAX_COLUMNS]), are_parts(above, cells[:MAX_COLUMNS])
        above = cells[:MAX_COLUMNS]
        columns = match_columns(headers, overrides)
        is_plain = has_company_and_role(columns) or (
            bool(overrides) and has_company_and_role(match_columns(headers, {}))
        )
        if is_plain or _names_applications(headers, columns):
            # Of lines that don't name both, the widest: a row below its header may say "Applied" and "Website".
            fields = (
                len({column.field for column in columns}) if is_plain else sum(map(bool, map(str.strip, cells)))
            )
            header = Header(is_plain, fields, line, [*headers, *cells[MAX_COLUMNS:]], divides)
            best = header if header.is_better(best) else best
    return best


def _names_applications(headers: Sequence[str], columns: Iterable[CsvColumn]) -> bool:
    """Whether a line of several cells without company and role is a header of applications all the same."""
    if sum(map(bool, map(str.strip, headers))) < 2:
        return False
    fields = {column.field for column in columns}
    names_some = ImportField.STATUS in fields or (len(fields) > 1 and not fields.isdisjoint(APPLICATION_SIGNS))
    return names_some and not any(map(_is_data, headers))


def _is_data(cell: str) -> bool:
    """Whether a cell is too long for a header, or a date, a number, an address, an employer or a job."""
    if len(cell) > _LONGEST_HEADER or _DATA.search(cell) is not None:
        return True
    return bool(cell.strip()) and header_field(cell) is None and is_main_cell(cell)


def has_company_and_role(columns: Iterable[CsvColumn]) -> bool:
    """Whether columns say of which job at which employer each row is."""
    fields = {column.field for column in columns}
    return {ImportField.COMPANY, ImportField.ROLE} <= fields or ImportField.CARD in fields


class MissingColumns(BadInput):
    """A sheet without columns for company and role.

    `headers` are the cells of its header or first line, `lacking` the fields that no column fills, in words;
    `lacks_only_role` says that one role for all rows would do.
    """

    def __init__(self, sentence: str, headers: Sequence[str], lacking: str) -> None:
        super().__init__(sentence, "header")
        self.headers = tuple(headers)
        self.lacking = lacking
        self.lacks_only_role = lacking == ImportField.ROLE


def missing_columns(name: str, headers: Sequence[str], columns: Sequence[CsvColumn] = ()) -> BadInput:
    """Return the refusal of a sheet without columns for company and role.

    `headers` is its header, or else its first line, and `columns` what is read of it.
    """
    seen = [shown_line(header).strip() for header in headers if normalize_header(header)][:20]
    if not seen:
        return BadInput(f"{name} is empty; nothing was imported, choose another file.", "file")
    named = {column.field for column in columns or match_columns(headers[:MAX_COLUMNS], {})}
    lacking = [field for field in (ImportField.COMPANY, ImportField.ROLE) if field not in named]
    words = " and none for the ".join(lacking) if lacking else "company and the role in one line"
    examples = "; ".join(f"for the {field} {known_headers(field)}" for field in lacking)
    filled = {column.header for column in columns if not asks_who(column.header)}
    free = next(
        (one for one in seen if one not in filled and (columns or header_field(one) is None)), "its header"
    )
    option = f'--map "{lacking[0] if lacking else ImportField.COMPANY}={free}"'
    known = f", or give it a known name: {examples}" if examples else ""
    known += ', or --role "…" gives one to all such rows' if lacking == [ImportField.ROLE] else ""
    return MissingColumns(
        f"{name} has no column for the {words} in its first {MAX_HEADER_LINE} lines; nothing was imported."
        f" Its {'header' if columns else 'first line'} says: {', '.join(map(shorten, seen))}. Say which column it"
        f" is, as in {option}{known}.",
        headers[:MAX_COLUMNS],
        words,
    )


def people_list(name: str, header: str) -> BadInput:
    """Return the refusal of a list of people, whose names are under the header."""
    return BadInput(
        f"{name} looks like a list of people: names under “{shown_line(header)}”, and no status or date of an"
        " application; nothing was imported. Address cards (.vcf) add people to the applications that you have;"
        f' if each row is an application, say --map "nothing={shown_line(header)}".',
        "header",
    )


def too_long(name: str) -> BadInput:
    """Return the refusal of a sheet that is longer than the limits."""
    return BadInput(
        f"{name} has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells; nothing was imported, split it into"
        " shorter sheets.",
        "file",
    )


class CellCounter:
    """Counts rows and cells while a sheet is read, so that a hostile one ends early."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows = self._cells = 0

    def add(self, cells: int) -> None:
        """Count a row. Raises `BadInput` beyond the limits."""
        self._rows += 1
        self._cells += cells
        if self._rows > MAX_ROWS or self._cells > MAX_CELLS:
            raise too_long(self._name)


_TRELLO_HEADERS = ("Card Name", "Card Description", "Labels", "Due Date", "List Name", "Card URL", "Comments")

_TrelloObject = Mapping[str, Any]


def read_trello_board(source: ImportSource) -> Table:
    """Return the cards of a board as a table, each with its list. Raises `BadInput` if it is damaged."""
    name = shown_line(source.name)
    try:
        board = json.loads(source.content)
        lists = {each["id"]: str(each["name"]) for each in board["lists"]}
        said = _comments(board)
        rows = [TableRow(at, _card_cells(card, lists, said)) for at, card in enumerate(board["cards"], 1)]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadInput(
            f"{name} can't be read as a board of Trello; nothing was imported, export it again.", "file"
        ) from None
    if len(rows) > MAX_ROWS:
        raise too_long(name)
    remark = f"{name}: a board of Trello; the line of a row is the number of its card."
    return Table(name, _TRELLO_HEADERS, tuple(rows), (remark,))


def _comments(board: _TrelloObject) -> dict[str, list[str]]:
    """Return what is commented and ticked off on each card, the oldest first."""
    said: dict[str, list[str]] = {}
    for action in reversed(board.get("actions") or []):
        if action.get("type") == "commentCard":
            said.setdefault(action["data"]["card"]["id"], []).append(str(action["data"]["text"]))
    for checklist in board.get("checklists") or []:
        said.setdefault(checklist["idCard"], []).extend(_items(checklist))
    return said


def _items(checklist: _TrelloObject) -> Iterator[str]:
    for item in checklist.get("checkItems") or []:
        yield f"{checklist.get('name') or 'Checklist'}: {item['name']} ({item.get('state') or 'incomplete'})"


def _card_cells(card: _TrelloObject, lists: Mapping[str, str], said: Mapping[str, list[str]]) -> list[str]:
    labels = ", ".join(str(each.get("name") or "") for each in card.get("labels") or [])
    texts = (card["name"], card.get("desc"), labels, card.get("due"), lists.get(card["idList"]))
    return [str(each or "") for each in (*texts, card.get("shortUrl"), "\n".join(said.get(card["id"], ())))]
