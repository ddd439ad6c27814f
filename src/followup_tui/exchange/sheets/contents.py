"""What a column holds, where its header doesn't say which field it fills: links, mails, statuses, hours, ticks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from followup_tui.exchange.sheets.cell_text import plain_cell
from followup_tui.exchange.sheets.columns import (
    CsvColumn,
    ImportField,
    header_ideas,
    header_key,
    match_columns,
    normalize_header,
)
from followup_tui.exchange.sheets.job_link import job_link
from followup_tui.exchange.sheets.statuses import status_meaning
from followup_tui.exchange.sheets.table import Overrides, Table
from followup_tui.exchange.sheets.ticks import are_ticks, is_yes_or_no, names_stage

_MOST = 400
"""Different cells of a column that are looked at."""
_MOST_STATUSES = 40
_LONGEST = 300
_BLANK = frozenset({"", "-", "–", "—", "n/a", "tbd"})
_HOUR = re.compile(
    r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?| uhr)?(?: [A-Z]{2,4})?|\d{1,2} ?(?:[ap]\.?m\.?|uhr|h)",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_POSTING = re.compile(
    r"job|career|karriere|stelle|vacan|vacature|position|opening|/req|greenhouse|lever\.co|ashby|workday|recruit|"
    r"empl[oe]|offre|oferta|offert|lavor|trabaj|indeed|stepstone|apply|bewerb|candidat",
    re.IGNORECASE,
)
"""What stands in the address of a posting, and not in that of a person, a company or a meeting."""
_MAIL = re.compile(r"(?:mailto:)?[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE = re.compile(r"\+?\(?\d[\d ()/.\-–]{5,22}\d(?: ?(?:x|ext\.?|dw) ?\d{1,5})?", re.IGNORECASE)
_DAY = re.compile(r"\d{1,4}[/.\-–]\d{1,2}[/.\-–]\d{1,4}")
_GAPS = re.compile(r"[ ()/.\-–]")
_MONEY_SIGN = r"(?:[$€£]|chf|eur|usd|gbp|cad|pln|zł)"
_AMOUNT = r"\d[\d.,' ]*(?:k|tsd\.?|mil)?"
_MONEY = re.compile(
    rf"{_MONEY_SIGN} ?{_AMOUNT}(?: ?(?:-|–|to|bis|à|a) ?{_MONEY_SIGN}? ?{_AMOUNT})?(?: ?/ ?\w+| \w+)?"
    rf"|{_AMOUNT}(?: ?(?:-|–|to|bis|à|a) ?{_AMOUNT})? ?(?:{_MONEY_SIGN}|k\b)(?: ?/ ?\w+| \w+)?",
    re.IGNORECASE,
)


class _Evidence(NamedTuple):
    """A field that a column of such cells fills, if its header says nothing beside `ideas` and unknown words."""

    field: ImportField
    ideas: frozenset[str]
    holds: Callable[[Mapping[str, int]], bool]


def sheet_columns(table: Table, overrides: Overrides) -> tuple[CsvColumn, ...]:
    """Return the columns of a sheet that fill a field: as said by hand, by their headers, by what they hold.

    What a column holds never takes a field from one whose header names it; ticks under the name of a stage and
    the hour beside a day say more than the header alone.
    """
    columns = match_columns(table.headers, overrides)
    cells = {
        position: _cells(table, position)
        for position, header in enumerate(table.headers)
        if header.strip() and header_key(header) not in overrides
    }
    found = _ticked(table.headers, cells) | _hour_beside_a_day(table, cells, columns)
    filled = {column.field for column in columns}
    for evidence in _EVIDENCE:
        if evidence.field in filled and evidence.field is not ImportField.FACT:
            continue
        fitting = [
            position
            for position, said in cells.items()
            if header_key(table.headers[position]) not in found
            and said
            and (ideas := header_ideas(table.headers[position])) is not None
            and ideas <= evidence.ideas
            and evidence.holds(said)
        ]
        # Of two like columns none is certain.
        if len(fitting) == 1 or evidence.field is ImportField.FACT:
            found |= {header_key(table.headers[position]): evidence.field for position in fitting}
    return match_columns(table.headers, {**overrides, **found}) if found else columns


def _cells(table: Table, position: int) -> dict[str, int]:
    """Return what the cells of a column say, and how many say it, without those that say nothing.

    A column that says more than some hundred different things is looked at so far.
    """
    raw: dict[str, int] = {}
    for row in table.rows:
        if len(row.cells) > position:
            cell = row.cells[position]
            raw[cell] = raw.get(cell, 0) + 1
            if len(raw) > _MOST:
                break
    plain = ((plain_cell(cell), count) for cell, count in raw.items())
    said = (((each.link or each.text).strip(), count) for each, count in plain)
    return {text: count for text, count in said if text.casefold() not in _BLANK}


def _ticked(headers: Sequence[str], cells: Mapping[int, Mapping[str, int]]) -> dict[str, ImportField]:
    """Return the columns of ticks under the name of a stage: "OFFER", "Interview?"."""
    keys = (header_key(headers[at]) for at, said in cells.items() if are_ticks(said) and names_stage(headers[at]))
    return dict.fromkeys(keys, ImportField.TICK)


def _hour_beside_a_day(
    table: Table, cells: Mapping[int, Mapping[str, int]], columns: Iterable[CsvColumn]
) -> dict[str, ImportField]:
    """Return "Date" and "Time" as those of the interview, unless no row has been interviewed for.

    Nobody writes down the hour of applying by hand.
    """
    by_field = {column.field: column for column in columns}
    if ImportField.INTERVIEW_TIME in by_field:
        return {}
    hours = [
        header_key(table.headers[position])
        for position, said in cells.items()
        if header_ideas(table.headers[position], whole=True) == frozenset({"time"}) and said and _all(_HOUR, said)
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
        or not _is_interviewed(table, by_field)
    ):
        return {}
    return {**found, header_key(day.header): ImportField.INTERVIEW_ON}


def _is_interviewed(table: Table, by_field: Mapping[ImportField, CsvColumn]) -> bool:
    """Whether the statuses leave room for an interview."""
    if ImportField.STATUS not in by_field:
        return True
    meanings = map(status_meaning, _cells(table, by_field[ImportField.STATUS].position))
    return any(meaning is None or meaning.stage is not None for meaning in meanings)


def _all(pattern: re.Pattern[str], said: Iterable[str]) -> bool:
    return all(len(text) < _LONGEST and pattern.fullmatch(text) for text in said)


def _are_different(said: Mapping[str, int]) -> bool:
    """Whether most rows say something of their own: one mail address everywhere is the user's."""
    return len(said) * 2 > sum(said.values()) and len(said) > 1


def _are_postings(said: Mapping[str, int]) -> bool:
    return (
        _are_different(said)
        and _all(_LINK, said)
        and all(job_link(text).key and _POSTING.search(text) for text in said)
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
    """Whether all are known statuses, few, and not all of one meaning: "Onsite" may be a place of work."""
    meanings = {status_meaning(text) for text in said}
    are_words = all(normalize_header(text) and not is_yes_or_no(text) for text in said)
    return are_words and len(said) <= _MOST_STATUSES and None not in meanings and len(meanings) > 1


def _are_amounts(said: Mapping[str, int]) -> bool:
    return _all(_MONEY, said)


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
    _Evidence(ImportField.STATUS, _ideas("status stage outcome job application apply role how"), _are_statuses),
    _Evidence(ImportField.FACT, _ideas("fact job role company expected"), _are_amounts),
)
