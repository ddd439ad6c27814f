"""The columns of a sheet that fill a field, which of them belong together, and columns of ticks.

An "x" under "Interview?" or "OFFER" says that the application came to that stage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from followup_tui.domain.model.application import STAGES, Outcome
from followup_tui.domain.model.text import fold, shown_line
from followup_tui.exchange.sheets.columns import (
    APPLICATION_SIGNS,
    REPEATABLE,
    ImportField,
    exported_field,
    header_field,
    header_ideas,
    header_key,
    leaves_room,
)
from followup_tui.exchange.sheets.statuses import MEANINGS, StatusMeaning, is_plain, status_meaning

_ADDRESSES = frozenset({ImportField.CONTACT_EMAIL, ImportField.CONTACT_PHONE})
_LEAST_STATUS = 2
"""The rank of "Outcome": beside a status it says how it ended; that of "Interview status" says something else."""
_LOOSE = {
    ImportField.COMPANY: (frozenset({"company", "employer"}), frozenset({"name", "apply"})),
    ImportField.ROLE: (frozenset({"role", "title", "job"}), frozenset({"name", "apply", "posting", "ad"})),
}
"""What the header of the company or role says beside unknown words: one of the first, none but the others."""
_LOOSE_RANK = 9
_ANSWERS = re.compile(r"(?i)\(\s*y(?:es)?\s*/\s*no?\s*\)")
_ADDRESS = re.compile(r"://|@|\.\w+/")
"""What stands in a cell of a row below the header, and in no header with words that nobody knows."""
_MOST_WORDS = 5
_NO_POSITIONS: Mapping[int, ImportField] = {}


class CsvColumn(NamedTuple):
    """A column that fills a field: its position in a row, from 0, and its header as written.

    Columns of one person, and the day and the hour of one interview, have the same `group`; -1 is nobody's. A
    status with a group is a further one beside the column that says it best.
    """

    field: ImportField
    position: int
    header: str
    group: int = 0


def match_columns(
    headers: Sequence[str],
    overrides: Mapping[str, ImportField | None],
    found: Mapping[int, ImportField] = _NO_POSITIONS,
) -> tuple[CsvColumn, ...]:
    """Return the columns that fill a field, at most one for each field that isn't in `REPEATABLE`.

    `overrides` maps keys of headers to their field, as a program or the user wants it; None ignores the column.
    `found` maps positions to the field that their cells tell.
    """
    best: dict[ImportField, tuple[int, CsvColumn]] = {}
    repeated: list[tuple[int, CsvColumn]] = []
    statuses: list[CsvColumn] = []
    for position, header in enumerate(headers):
        key = header_key(header)
        by_hand: Mapping[str, ImportField | None] = {key: found[position]} if position in found else overrides
        field, rank = (by_hand[key], -1) if key in by_hand else _field_of(header, key)
        if field is None:
            continue
        column = CsvColumn(field, position, shown_line(header).strip())
        if field in REPEATABLE:
            repeated.append((rank, column))
        elif field not in best or rank < best[field][0]:
            best[field] = (rank, column)
        if field is ImportField.STATUS and rank <= _LEAST_STATUS:
            statuses.append(column)
    named = best.keys() | {column.field for _, column in repeated}
    if ImportField.CARD not in best and not named.isdisjoint(_LOOSE.keys() | APPLICATION_SIGNS):
        _add_company_and_role(best, headers, overrides, found)
    further = [column._replace(group=1) for column in statuses if column is not best[ImportField.STATUS][1]]
    columns = further + [column for _, column in best.values()] + _without_lesser_addresses(repeated)
    if ImportField.CARD in best and best[ImportField.CARD][0] <= 0:
        taken = {column.position for column in columns}
        columns += [column for column in _card_texts(headers, overrides) if column.position not in taken]
    columns = _with_people(_with_hours(sorted(_with_card(columns, best), key=lambda column: column.position)))
    return tuple(columns)


def _field_of(header: str, key: str) -> tuple[ImportField | None, int]:
    return exported_field(key) or header_field(header) or (None, 0)


def _add_company_and_role(
    best: dict[ImportField, tuple[int, CsvColumn]],
    headers: Sequence[str],
    overrides: Mapping[str, ImportField | None],
    found: Mapping[int, ImportField],
) -> None:
    """Add the only column with a word for the company, or the role, beside words that nobody knows.

    For a list of applications only: "School" and "Email" alone are one of schools.
    """
    for field, (needs, allows) in _LOOSE.items():
        if field in best:
            continue
        fitting = [
            CsvColumn(field, position, shown_line(header).strip())
            for position, header in enumerate(headers)
            if position not in found
            and header_key(header) not in overrides
            and len(header.split()) <= _MOST_WORDS
            and not _ADDRESS.search(header)
            and leaves_room(header, allows, needs)
        ]
        if len(fitting) == 1:
            best[field] = (_LOOSE_RANK, fitting[0])


def _without_lesser_addresses(repeated: Sequence[tuple[int, CsvColumn]]) -> list[CsvColumn]:
    """Return the columns without a mere "Email" beside a "Recruiter email": it may be the user's own."""
    lowest: dict[ImportField, int] = {}
    for rank, column in repeated:
        lowest[column.field] = min(rank, lowest.get(column.field, rank))
    return [
        column
        for rank, column in repeated
        if column.field not in _ADDRESSES or rank <= max(0, lowest[column.field])
    ]


def _with_card(columns: list[CsvColumn], best: Mapping[ImportField, tuple[int, CsvColumn]]) -> list[CsvColumn]:
    """Return the columns with that of titles of cards as what no other says: "Acme - Developer" says both.

    One named by hand stays what it is. A mere "Name" is one only beside a status, and the company's only beside
    a role: it may be a person's.
    """
    if ImportField.CARD not in best or best[ImportField.CARD][0] < 0:
        return columns
    fields = {column.field for column in columns}
    rank, card = best[ImportField.CARD]
    is_person = ImportField.CONTACT_NAME not in fields and not fields.isdisjoint(_ADDRESSES)
    is_open = rank <= 0 or (ImportField.STATUS in fields and not is_person)
    rest = [column for column in columns if column is not card]
    if ImportField.COMPANY not in fields and is_open:
        as_both = ImportField.ROLE not in fields
        return [*rest, card if as_both else card._replace(field=ImportField.COMPANY)]
    if ImportField.ROLE not in fields and rank <= 0:
        return [*rest, card._replace(field=ImportField.ROLE)]
    return rest


def _card_texts(headers: Sequence[str], overrides: Mapping[str, ImportField | None]) -> list[CsvColumn]:
    """Return the columns with what is written on cards, and when they are due.

    Elsewhere a "Description" is the employer's posting, and "Due" may be anything's.
    """
    free = [
        (at, shown_line(header).strip())
        for at, header in enumerate(headers)
        if header_key(header) not in overrides
    ]
    texts = [
        CsvColumn(ImportField.NOTES, at, header)
        for at, header in free
        if header_ideas(header, whole=True) == frozenset({"description"})
    ]
    return (
        texts + [CsvColumn(ImportField.ANSWER_BY, at, header) for at, header in free if fold(header) in _DUE][:1]
    )


_DUE = frozenset(
    {"due date", "due", "due on", "fallig am", "falligkeitsdatum", "date d'echeance", "echeance"}
    | {"fecha de vencimiento", "vencimiento", "data di scadenza", "vervaldatum", "data de vencimento"}
)


def is_due(column: CsvColumn) -> bool:
    """Whether a column says when a card is due: its interview, or the answer to its offer, as the stage tells."""
    return column.field is ImportField.ANSWER_BY and fold(column.header) in _DUE


def _with_hours(columns: list[CsvColumn]) -> list[CsvColumn]:
    """Return the columns with each interview's hour beside its day, on its right before its left.

    A column of hours is one only beside days; without them, it says when the interview is.
    """
    days = [column for column in columns if column.field is ImportField.INTERVIEW_ON]
    if not days:
        return [
            column._replace(field=ImportField.INTERVIEW_ON)
            if column.field is ImportField.INTERVIEW_TIME
            else column
            for column in columns
        ]
    free = {day.position for day in days}
    grouped: list[CsvColumn] = []
    for column in columns:
        if column.field is ImportField.INTERVIEW_TIME:
            at = column.position
            nearest = min(free, key=lambda day: (day > at, abs(day - at)), default=-1)
            free.discard(nearest)
            column = column._replace(group=nearest)
        elif column.field is ImportField.INTERVIEW_ON:
            column = column._replace(group=column.position)
        grouped.append(column)
    return grouped


def _with_people(columns: list[CsvColumn]) -> list[CsvColumn]:
    """Return the columns with each email address and number in the group of the person whom it belongs to.

    That is the person named in its header ("Recruiter", "Recruiter email"), or else the one on its left with only
    people between them.
    """
    names = [column for column in columns if column.field is ImportField.CONTACT_NAME]
    if len(names) < 2:
        return columns
    details = [column for column in names if "details" in (header_ideas(column.header, whole=True) or ())]
    named = [column for column in names if column not in details] or names[:1]
    columns = [
        column._replace(field=ImportField.CONTACT_EMAIL) if column in details and column not in named else column
        for column in columns
    ]
    if len(named) < 2:
        return columns
    grouped: list[CsvColumn] = []
    left = -1
    for column in columns:
        if column.field is ImportField.CONTACT_NAME:
            left = column.position
            column = column._replace(group=left)
        elif column.field in _ADDRESSES:
            column = column._replace(group=_owner(column, named, left))
        else:
            left = -1
        grouped.append(column)
    return grouped


def _owner(column: CsvColumn, named: Sequence[CsvColumn], left: int) -> int:
    words = header_key(column.header).split()
    shared = {one.position: _shared(header_key(one.header).split(), words) for one in named}
    most = max(shared.values())
    owners = [position for position, count in shared.items() if count == most]
    if not most or left in owners:
        return left
    return owners[0] if len(owners) == 1 else -1


def _shared(words: Sequence[str], others: Sequence[str]) -> int:
    """How many words two headers begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words, others, strict=False)))


_TICKS = frozenset(
    {
        "yes",
        "y",
        "x",
        "true",
        "checked",
        "done",
        "ja",
        "oui",
        "si",
        "sí",
        "wahr",
        "vrai",
        "verdadero",
        "vero",
        "waar",
    }
    | {"waar", "✓", "✔", "✔️", "☑", "☑️", "✅", "🗸", "√"}
)
_NO_TICKS = frozenset(
    {"no", "n", "false", "unchecked", "nein", "non", "nee", "falsch", "faux", "falso", "onwaar"}
    | {"✗", "✘", "❌", "✖", "✖️", "☐", "⬜"}
)
_YES_OR_NO = _TICKS | _NO_TICKS
_CHECKS = _TICKS - {"x"}
_STAGES = [
    MEANINGS[name]
    for name in ("interviewed", "offer", "accepted", "declined", "rejected", "withdrew", "no_reply", "applied")
]
"""What a tick can mean; a "Follow up" or "Thank you" that is ticked is no stage."""


def is_ticked(text: str) -> bool:
    """Whether a cell of a column of ticks is one: "x", "yes", "✓", "TRUE"."""
    return text.strip().casefold() in _TICKS


def is_yes_or_no(text: str) -> bool:
    """Whether a cell says no more than that something is so, or isn't."""
    return text.casefold() in _YES_OR_NO


def are_ticks(said: Iterable[str]) -> bool:
    """Whether cells are all ticks or their opposite; with a "✓" elsewhere an "x" may be a no."""
    folded = {text.casefold() for text in said}
    is_mixed = "x" in folded and not folded.isdisjoint(_CHECKS)
    return bool(folded & _TICKS) and folded <= _YES_OR_NO and not is_mixed


def answers_stage(header: str, said: Iterable[str]) -> bool:
    """Whether cells say which rows came to the stage that the header names; of "Applied?" all may say no."""
    asks = not_ticked(header) and ("?" in header or _ANSWERS.search(header) is not None)
    return bool(are_ticks(said) or (asks and all(map(is_yes_or_no, said)))) and names_stage(header)


def names_stage(header: str) -> bool:
    """Whether a header is a stage and nothing else; that of applying in words of its date, unlike "Referral"."""
    said = _stage_of(header)
    meaning = status_meaning(said) if is_plain(said) else None
    if meaning not in _STAGES:
        return False
    field = header_field(header)
    return meaning.stage is not None or (field is not None and field[0] is ImportField.APPLIED_ON)


def names_rejection(header: str) -> bool:
    """Whether a date under a header says that they said no: "Date rejected", unlike "Closed"."""
    meaning = status_meaning(_stage_of(header)) if is_plain(_stage_of(header)) else None
    return meaning is not None and meaning.outcome is Outcome.REJECTED


def not_ticked(header: str) -> list[str]:
    """Return what a column of ticks says of a row without one: of "Applied?" that it is not applied for yet."""
    return ["Not applied"] if status_meaning(_stage_of(header)) == MEANINGS["applied"] else []


def latest_status(status: str, ticked: Sequence[str], read: Callable[[str], StatusMeaning | None]) -> str:
    """Return the status of a row, or a later one of `ticked`, headers of ticks and further statuses.

    `read` tells what a status means.
    """
    stages = map(_stage_of, reversed(ticked))  # of "Round 1" and "Round 2" the second
    return max((status, *stages), key=lambda said: _rank(read(said)) if said else (-3, False))


def _stage_of(header: str) -> str:
    return _ANSWERS.sub(" ", header).replace("?", " ").strip()


def _rank(meaning: StatusMeaning | None) -> tuple[int, bool]:
    """Return how far an application with this status has come; one that isn't known comes before all others.

    How it ended says more than that it did: "Closed" and "Rejected".
    """
    if meaning is None:
        return -2, False
    if meaning.stage is None:
        return -1, meaning.is_applied
    says_how = meaning.is_offer or meaning.outcome not in (None, Outcome.NO_REPLY)
    return STAGES.index(meaning.stage), says_how
