"""Read what `list` shows beyond the cards, and which applications contain a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from followup_tui.domain.views.filters import Ask, Kind
from followup_tui.store.reader import Reader
from followup_tui.store.row_codec import parse_moment, parse_tags

# Texts are read as bytes: one that isn't UTF-8 must not hide the others.
_DETAILS = (
    "SELECT id, CAST(url AS BLOB), CAST(source AS BLOB), CAST(tags AS BLOB), CAST(applied_on AS BLOB)"
    " FROM application WHERE url <> '' OR source <> '' OR tags <> '[]' OR applied_on IS NOT NULL"
)
# With max(), SQLite takes the other columns from the row that has the maximum.
_LAST_INTERVIEWS = (
    "SELECT application_id, CAST(max(starts_at) AS BLOB), CAST(zone AS BLOB), time_known"
    " FROM interview WHERE cancelled_at IS NULL GROUP BY application_id"
)
_TAGS = "SELECT id, CAST(tags AS BLOB) FROM application WHERE tags <> '[]'"
# SQLite lowers only ASCII letters: texts with other letters are compared in Python. Not LIKE, which refuses long
# patterns and gives `%` and `_` a meaning.
_NOTES = (
    "SELECT {id}, CAST({text} AS BLOB) FROM {table} WHERE {text} <> ''"
    " AND (instr(lower({text}), ?) > 0 OR length({text}) <> length(CAST({text} AS BLOB)))"
)
_NOTE_COLUMNS = {
    "application": ("id", "notes"),
    "touch": ("application_id", "note"),
    "next_step": ("application_id", "note"),
    "interview": ("application_id", "notes"),
    "contact": ("application_id", "notes"),
}
"""By table: the column with the application's id, and the column with the notes."""


class ListDetails(NamedTuple):
    """What `list --json` adds to a card; `interview` is the last interview that isn't cancelled."""

    url: str
    source: str
    tags: tuple[str, ...]
    applied_on: str | None
    interview: dict[str, str | bool] | None


class ListReader(Reader):
    """A reader that also reads what `list` shows, and searches tags and notes."""

    def list_details(self) -> dict[str, ListDetails]:
        """Return what `list` adds to the cards, by application id, without empty ones."""
        interviews: dict[str, dict[str, str | bool]] = {
            id: {"starts_at": _moment(_text(starts_at)), "zone": _text(zone), "time_known": bool(time_known)}
            for id, starts_at, zone, time_known in self._file.rows(_LAST_INTERVIEWS)
        }
        found = {
            id: ListDetails(
                _text(url), _text(source), _tags(_text(tags)), _text(applied_on) or None, interviews.pop(id, None)
            )
            for id, url, source, tags, applied_on in self._file.rows(_DETAILS)
        }
        found.update((id, ListDetails("", "", (), None, interview)) for id, interview in interviews.items())
        return found

    def ids_matching(self, ask: Ask) -> frozenset[str]:
        """Return the ids of the applications that contain a text, in any case, in their tags or in any note."""
        search = self._search_tags if ask.kind is Kind.TAG else self._search_notes
        return frozenset(search(ask.needle))

    def _search_tags(self, needle: str) -> Iterator[str]:
        for id, stored in self._file.rows(_TAGS):
            if any(needle in tag.casefold() for tag in _tags(_text(stored))):
                yield id

    def _search_notes(self, needle: str) -> Iterator[str]:
        for table, (id_column, text_column) in _NOTE_COLUMNS.items():
            sql = _NOTES.format(table=table, id=id_column, text=text_column)
            for id, stored in self._file.rows(sql, (needle,)):
                if needle in _text(stored).casefold():
                    yield id


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
