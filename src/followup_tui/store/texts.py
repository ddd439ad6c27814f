"""Which applications hold a text in their tags or in any note: what a filter asks for beyond the cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from followup_tui.domain.views.filters import Ask, Kind
from followup_tui.store.codec import tags_of
from followup_tui.store.reader import Reader

_NOTES = {
    "application": ("id", "notes"),
    "touch": ("application_id", "note"),
    "next_step": ("application_id", "note"),
    "interview": ("application_id", "notes"),
    "contact": ("application_id", "notes"),
}
"""Where notes stand: by table, the column of the application's id and that of the text."""

# SQLite knows the small letters of ASCII alone: a text that has others is folded here. Not LIKE, which refuses a
# long pattern and needs its signs escaped. As bytes: one text that isn't UTF-8 must not hide the others.
_IN_NOTES = (
    "SELECT {id}, CAST({text} AS BLOB) FROM {table} WHERE {text} <> ''"
    " AND (instr(lower({text}), ?) > 0 OR length({text}) <> length(CAST({text} AS BLOB)))"
)
_TAGS = "SELECT id, CAST(tags AS BLOB) FROM application WHERE tags <> '[]'"


class TextReader(Reader):
    """A reader that also looks into tags and notes."""

    def holding(self, ask: Ask) -> frozenset[str]:
        """The ids of the applications that hold what is asked for, whatever the case."""
        return frozenset(self._with_tag(ask.needle) if ask.kind is Kind.TAG else self._with_note(ask.needle))

    def _with_tag(self, needle: str) -> Iterator[str]:
        for id, stored in self._rows(_TAGS):
            if any(needle in tag.casefold() for tag in _tags(stored)):
                yield id

    def _with_note(self, needle: str) -> Iterator[str]:
        for table, (id_column, text_column) in _NOTES.items():
            sql = _IN_NOTES.format(table=table, id=id_column, text=text_column)
            for id, stored in self._rows(sql, (needle,)):
                if needle in _text(stored).casefold():
                    yield id


def _text(stored: bytes) -> str:
    return stored.decode(errors="replace")


def _tags(stored: bytes) -> Iterable[str]:
    text = _text(stored)
    try:
        return tags_of(text)
    except ValueError:
        return (text,)
