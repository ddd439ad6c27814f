"""Read what `list` shows beyond the cards, and all texts that can be searched."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from followup_tui.domain.views.search import Field, SearchText, SearchTexts
from followup_tui.store.row_codec import parse_moment, parse_tags
from followup_tui.store.sql import ReadConnection

if TYPE_CHECKING:
    from followup_tui.server_address import Place

# Texts are read as bytes: one that isn't UTF-8 must not hide the others.
_DETAILS = (
    "SELECT id, CAST(url AS BLOB), CAST(source AS BLOB), CAST(tags AS BLOB), CAST(applied_on AS BLOB)"
    " FROM application WHERE url <> '' OR source <> '' OR tags <> '[]' OR applied_on IS NOT NULL"
)
_INTERVIEWS = (
    "SELECT application_id, CAST(starts_at AS BLOB), CAST(zone AS BLOB), time_known"
    " FROM interview WHERE cancelled_at IS NULL ORDER BY starts_at"
)
_SEARCHED_COLUMNS = {
    "application": (
        (Field.COMPANY, "company"), (Field.ROLE, "role"), (Field.LOCATION, "location"), (Field.TAG, "tags"),
        (Field.SOURCE, "source"), (Field.OUTCOME, "outcome"), (Field.NOTE, "notes"), (Field.NOTE, "pinned_why"),
        (Field.LINK, "url"), (Field.PAY, "pay"), (Field.PERSON, "referrer"), (Field.REFERRER, "referrer"),
        (Field.LOCATION, "work_mode"),
    ),
    "contact": (
        (Field.PERSON, "name"), (Field.PERSON, "title"), (Field.MAIL, "email"), (Field.PHONE, "phone"),
        (Field.LOCATION, "address"), (Field.NOTE, "notes"), (Field.LINK, "link"), (Field.PERSON, "reach_by"),
        (Field.PERSON, "role"), (Field.REFERRER, "CASE WHEN role = 'referrer' THEN name ELSE '' END"),
    ),
    "interview": ((Field.LOCATION, "place"), (Field.NOTE, "notes"), (Field.LINK, "link")),
    "offer": ((Field.PAY, "pay"), (Field.NOTE, "start"), (Field.NOTE, "notes")),
    "touch": ((Field.NOTE, "note"),),
    "next_step": ((Field.NOTE, "note"),),
    "letter": ((Field.LETTER, "subject"), (Field.LETTER, "body")),
}  # fmt: skip
"""Every text that can be searched, by table: the field that it is searched as, and its column or expression."""
_SEARCHED = tuple(
    (field, table, column) for table, columns in _SEARCHED_COLUMNS.items() for field, column in columns
)
_CODES = frozenset({("application", "outcome"), ("contact", "role"), ("contact", "reach_by")})
"""The columns that hold a word of the program's own, with _ for a space."""
_TEXTS = " UNION ALL ".join(
    f"SELECT {'id' if table == 'application' else 'application_id'}, {place}, CAST({column} AS TEXT)"
    f" FROM {table} WHERE {column} <> ''"
    for place, (_, table, column) in enumerate(_SEARCHED)
)


class ListDetails(NamedTuple):
    """What `list --json` adds to a card; `interview` is the last interview that isn't cancelled."""

    url: str
    source: str
    tags: tuple[str, ...]
    applied_on: str | None
    interview: dict[str, str | bool] | None


def read_list_details(place: Place) -> dict[str, ListDetails]:
    """Return what `list` adds to the cards, by application id, without empty ones.

    `StoreTrouble` if they can't be read.
    """
    with closing(ReadConnection(place)) as file:
        last = {row[0]: row for row in file.rows(_INTERVIEWS)}
        applications = file.rows(_DETAILS)
    interviews: dict[str, dict[str, str | bool]] = {
        id: {"starts_at": _moment(_text(starts_at)), "zone": _text(zone), "time_known": bool(time_known)}
        for id, starts_at, zone, time_known in last.values()
    }
    details = {
        id: ListDetails(
            _text(url), _text(source), _tags(_text(tags)), _text(applied_on) or None, interviews.pop(id, None)
        )
        for id, url, source, tags, applied_on in applications
    }
    details.update((id, ListDetails("", "", (), None, interview)) for id, interview in interviews.items())
    return details


def texts_at(place: Place) -> SearchTexts:
    """Return everything that was written about the applications; `StoreTrouble` if it can't be read."""
    with closing(ReadConnection(place)) as file:
        return SearchTexts(_searched(*row) for row in file.rows(_TEXTS))


def _searched(id: str, place: int, text: str) -> SearchText:
    field, table, column = _SEARCHED[place]
    if field is Field.TAG:
        text = " ".join(_tags(text))
    return SearchText(id, field, text.replace("_", " ") if (table, column) in _CODES else text)


def _text(value: bytes | None) -> str:
    return value.decode(errors="replace") if value else ""


def _moment(text: str) -> str:
    try:
        return parse_moment(text).isoformat()
    except ValueError:
        return text


def _tags(text: str) -> tuple[str, ...]:
    try:
        return parse_tags(text)
    except ValueError:
        return (text,)
