"""The columns of company, role and interview where no header says so: by what they hold and where they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from followup_tui.domain.model.legal_forms import legal_form
from followup_tui.domain.model.text import fold
from followup_tui.domain.parsing.employer_words import is_employer_word
from followup_tui.domain.parsing.interview_words import role_word
from followup_tui.domain.parsing.job_words import is_board, is_pay, is_town, work_mode_of
from followup_tui.domain.parsing.people import read_people
from followup_tui.domain.parsing.person_parts import is_given_name
from followup_tui.domain.parsing.person_words import is_job, is_job_title, is_name, names_nobody
from followup_tui.exchange.sheets.column_match import CsvColumn, are_ticks, is_yes_or_no
from followup_tui.exchange.sheets.columns import (
    APPLICATION_SIGNS,
    ImportField,
    asks_who,
    header_field,
    header_ideas,
)
from followup_tui.exchange.sheets.date_column import is_no_date
from followup_tui.exchange.sheets.round_texts import is_date_cell
from followup_tui.exchange.sheets.statuses import status_meaning

MOST_CELLS = 400
"""Different cells of a column that are looked at."""
_MAIN = (ImportField.ROLE, ImportField.COMPANY)
_NAME = (ImportField.CARD, 1)
"""What a mere "Name" says, which beside the company may be the job's."""
_ROLES = 0.4
"""Share of cells with the word of a job in the column of roles; every other column has fewer than `_SOME`."""
_HALF = 0.5
_SOME = 0.25
_FILLED = 0.8
_OWN_NAMES = 0.6
"""Share of rows with a company of their own: some apply to one twice."""
_LONGEST = 60
_MOST_WORDS = 7
_BUSINESS = re.compile(r"(?i)&|\.(?:com|io|ai|co|org|net|de|es|fr)\b")
"""Signs of an employer's name that no person and no town has."""
_PLACE = re.compile(r"(?i).*,\s*[A-Z]{2,3}|remote\b.*|(?:any|world)where|home ?office")


def guess_main_columns(
    headers: Sequence[str], cells: Mapping[int, Mapping[str, int]], columns: Sequence[CsvColumn]
) -> dict[int, ImportField]:
    """Return the columns of company and role that no header names, none where two could be meant.

    `cells` has what the cells of each column say and how many say it, `columns` is what the headers tell.
    """
    named = {column.field: column.position for column in columns}
    lacking = [field for field in _MAIN if field not in named]
    if not lacking or ImportField.CARD in named or APPLICATION_SIGNS.isdisjoint(named):
        return {}
    rows = min(MOST_CELLS, max((sum(said.values()) for said in cells.values()), default=0))
    filled = {at: said for at, said in cells.items() if said and sum(said.values()) >= _FILLED * rows}
    free = {at: said for at, said in filled.items() if _is_free(headers[at])}
    found: dict[int, ImportField] = {}
    if ImportField.ROLE in lacking:
        cards = {at: said for at, said in filled.items() if header_field(headers[at]) == _NAME}
        shares = {at: _share(said, _is_role) for at, said in (free | cards).items()}
        roles = [at for at, share in shares.items() if share > _SOME]
        if len(roles) != 1 or shares[roles[0]] < _ROLES:
            return {}
        found[roles[0]] = ImportField.ROLE
        named[ImportField.ROLE] = roles[0]
    if ImportField.COMPANY in lacking:
        others = {at: said for at, said in free.items() if at not in found}
        people = {column.position for column in columns if column.field is ImportField.CONTACT_NAME}
        company = _company(headers, others, named[ImportField.ROLE], people)
        if company is None:
            return {}
        found[company] = ImportField.COMPANY
    return found


def is_main_cell(text: str) -> bool:
    """Whether a text is an employer or a job by its words, which a header without a known field never is."""
    return legal_form().search(text) is not None or role_word().search(text) is not None


def _is_free(header: str) -> bool:
    """Whether a header leaves room for a company or a role: "Who", "Place" and "Post" may be either."""
    if "contact" in (header_ideas(header, whole=True) or ()):
        return False  # a contact's title is no role
    field = header_field(header)
    return field is None or field[0] in (ImportField.LOCATION, ImportField.URL) or asks_who(header)


def _company(
    headers: Sequence[str],
    cells: Mapping[int, Mapping[str, int]],
    role: int,
    people: Set[int],
) -> int | None:
    """Return the only column that can hold employers' names, by words of such or by its place.

    One that is both the first and has such words comes before others that have none.
    """
    fitting: dict[int, bool] = {}
    first = min(cells, default=0)
    for at, said in cells.items():
        if not _are_names(said):
            continue
        is_sure = _share(said, _is_business) >= _SOME
        is_where = bool((header_ideas(headers[at], whole=True) or frozenset()) & {"where", "location"})
        could_be_people = people <= {at} and (asks_who(headers[at]) or _share(said, _has_two_words) > _HALF)
        if is_sure or ((at == first or abs(at - role) == 1) and not is_where and not could_be_people):
            fitting[at] = is_sure
    if len(fitting) > 1 and [at for at, is_sure in fitting.items() if is_sure] == [first]:
        return first
    return next(iter(fitting)) if len(fitting) == 1 else None


def _are_names(said: Mapping[str, int]) -> bool:
    """Whether cells are names, most of them different, and neither people, jobs, places nor statuses."""
    if len(said) < 2 or len(said) < _OWN_NAMES * sum(said.values()):
        return False
    if _share(said, _is_titled) < _FILLED:
        return False
    return all(_share(said, other) <= _SOME for other in (_is_person, _is_role, _is_place, _is_other))


def _share(said: Mapping[str, int], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, said)) / len(said)


def _is_role(text: str) -> bool:
    return (
        "://" not in text
        and len(text.split()) <= _MOST_WORDS
        and (role_word().search(text) is not None or is_job(text) or is_job_title(text))
    )


def _is_titled(text: str) -> bool:
    words = text.split()
    return len(text) <= _LONGEST and len(words) <= _MOST_WORDS and (words[0][0].isupper() or "." in words[0])


def _is_business(text: str) -> bool:
    signs = legal_form().search(text) or _BUSINESS.search(text)
    return signs is not None or any(map(is_employer_word, text.split()))


def _has_two_words(text: str) -> bool:
    return len(text.split()) == 2 and is_name(text)


def _is_person(text: str) -> bool:
    return is_given_name(text.split()[0]) and not _is_business(text)


def _is_place(text: str) -> bool:
    return is_town(text) or _PLACE.fullmatch(text) is not None or work_mode_of(text) is not None


def _is_other(text: str) -> bool:
    """Whether a text is a number, a date, an address, a board, a status, an amount or no word at all."""
    return (
        "@" in text
        or "://" in text
        or not any(map(str.isalpha, text))
        or names_nobody(text)
        or is_board(text)
        or is_pay(text)
        or status_meaning(text) is not None
    )


CellCounts = Mapping[int, Mapping[str, int]]
"""What the cells of each column say, by its position, and how many say it."""

_HOUR = re.compile(
    r"\d{1,2}[:.,h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?| uhr)?(?: [A-Z]{2,4})?|\d{1,2} ?(?:[ap]\.?m\.?|uhr|h)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d[:.h]\d\d|\d ?[ap]\.?m\b|\d ?uhr", re.IGNORECASE)
_ABOUT_INTERVIEWS = re.compile(
    r"interview|gesprach|entretien|entrevist|colloqui|gesprek|rozmow|\bround\b|\brunde\b"
)
_ADDRESSES = re.compile(r"\S+@\S+|(?<!\S)(?![\d/-]{6,10}(?!\S))(?:\+|\(?0)[\d ()/-]{6,}\d(?!\S)")
"""The email addresses and phone numbers beside people's names; "03/04/2026" is a date."""
_NO_ANSWER = frozenset({ImportField.PAY, ImportField.LOCATION, ImportField.SOURCE, ImportField.REFERRER})
"""Fields that yes and no say nothing of."""
_TO_WHOM = re.compile(r"(?i)\b(?:to|at|with|bei|chez|presso|bij|en)\W*$")
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
    found = _told_by_words(cells, columns)
    for at in sorted(rounds & cells.keys()):
        said = [text for text in cells[at] if not is_no_date(text)]
        if said and not any(map(str.isdigit, _ADDRESSES.sub("", "\n".join(said)))):
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


def _told_by_words(cells: CellCounts, columns: Sequence[CsvColumn]) -> dict[int, ImportField]:
    """Return the columns whose cells are no value of the field that their header names.

    "Salary known" over yes and no is no pay, "Last update" over words no day, and "Applied to" over names is the
    employer.
    """
    found: dict[int, ImportField] = {}
    has_company = any(column.field is ImportField.COMPANY for column in columns)
    for column in columns:
        said = cells.get(column.position, {})
        is_bare = column.field in _NO_ANSWER and all(map(is_yes_or_no, said))
        if said and (is_bare or (column.field is ImportField.ENDED_ON and not any(map(is_date_cell, said)))):
            found[column.position] = ImportField.FACT
        elif column.field is ImportField.APPLIED_ON and not has_company and _TO_WHOM.search(column.header):
            found |= {column.position: ImportField.COMPANY} if _are_names(said) else {}
    return found


def _is_moment(text: str) -> bool:
    return _CLOCK.search(text) is not None and is_date_cell(text)
