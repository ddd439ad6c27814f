"""One row of a sheet as an entry: its cells cleaned, its days read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from followup_tui.domain.text import LINE_LIMIT, clean_block, clean_line
from followup_tui.exchange.days import NO_DAY, DayColumn, Moment
from followup_tui.exchange.headers import Column, Field, squeezed

BLANKS = frozenset({"n/a", "#n/a", "-", "--", "–", "—", "null"})
"""What programs write into a cell that holds nothing."""

SAID_YES = frozenset({"yes", "y", "true", "x", "ja", "oui"}) & NO_DAY
"""What stands in a column of dates where the thing was done on a day that isn't told."""

_PLAIN_LINE = re.compile("[ -~\\xa0-\\xac\\xae-\\u02ff]*")
"""Printable Latin letters, digits and signs: text that the door for text lets in as it stands."""
_PLAIN_BLOCK = re.compile("[\\n -~\\xa0-\\xac\\xae-\\u02ff]*")

_ADDRESSED = re.compile(r"(.*?)\s*<([^<>@\s]+@[^<>@\s]+)>")
_BETWEEN_TAGS = re.compile(r"[,;|\n]")


class Entry(NamedTuple):
    """What a row says; empty text where it says nothing. `thanked` tells that a thank-you was sent."""

    company: str
    role: str
    status: str
    url: str
    location: str
    source: str
    notes: str
    tags: tuple[str, ...]
    contact_name: str
    contact_email: str
    contact_phone: str
    applied: Moment | None
    interview: Moment | None
    thanked_at: Moment | None
    thanked: bool
    dropped: int


class Texts:
    """The cleaned cells of one row, and how many characters they lost."""

    def __init__(self, cells: Sequence[str], columns: Sequence[Column]) -> None:
        """Raises `BadInput` where a cell is too long."""
        self.dropped = 0
        self._one: dict[Field, str] = {}
        self._tags: list[str] = []
        self._notes: list[str] = []
        width = len(cells)
        for column in columns:
            cell = cells[column.position] if column.position < width else ""
            if cell:
                self._take(column, cell)

    def __getitem__(self, field: Field) -> str:
        """The text of a field that one column fills; empty where it says nothing."""
        return self._one.get(field, "")

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag once, in the order of the sheet."""
        return tuple(dict.fromkeys(tag for tag in map(str.strip, self._tags) if tag)) if self._tags else ()

    @property
    def notes(self) -> str:
        """All notes and facts of the row, a paragraph each. Raises `BadInput` where they are too long."""
        return self._clean(Field.NOTES, "\n".join(self._notes)) if len(self._notes) > 1 else "".join(self._notes)

    def _take(self, column: Column, cell: str) -> None:
        field = column.field
        text = self._clean(field, cell)
        if not text or text.casefold() in BLANKS:
            return
        if field is Field.NOTES:
            self._notes.append(text)
        elif field is Field.FACT:
            self._notes.append(f"{column.header}: {text}")
        elif field is Field.TAGS:
            self._tags += _BETWEEN_TAGS.split(text)
        else:
            self._one[field] = text

    def _clean(self, field: Field, cell: str) -> str:
        several_lines = field is Field.NOTES or field is Field.TAGS
        if len(cell) <= LINE_LIMIT and (_PLAIN_BLOCK if several_lines else _PLAIN_LINE).fullmatch(cell):
            return cell.strip()  # nothing to drop in nearly any cell, and finding out at once is twice as fast
        clean = clean_block if several_lines else clean_line
        cleaned = clean(cell, field)
        self.dropped += cleaned.dropped
        return cleaned.text.strip()


def entry_of(texts: Texts, days: Mapping[Field, DayColumn], source: str) -> Entry:
    """What the row says. Raises `BadInput` where a day can't be read or the notes are too long."""

    def day(field: Field) -> Moment | None:
        return days[field].read(texts[field]) if field in days else None

    name, email = _person(texts[Field.CONTACT_NAME], texts[Field.CONTACT_EMAIL])
    thanked_at = day(Field.THANKED_ON)
    return Entry(
        company=texts[Field.COMPANY],
        role=texts[Field.ROLE],
        status=texts[Field.STATUS],
        url=texts[Field.URL],
        location=texts[Field.LOCATION],
        source=texts[Field.SOURCE] or source,
        notes=texts.notes,
        tags=texts.tags,
        contact_name=name,
        contact_email=email,
        contact_phone=texts[Field.CONTACT_PHONE],
        applied=day(Field.APPLIED_ON),
        interview=day(Field.INTERVIEW_ON),
        thanked_at=thanked_at,
        thanked=thanked_at is not None or squeezed(texts[Field.THANKED_ON]) in SAID_YES,
        dropped=texts.dropped,
    )


def _person(name: str, email: str) -> tuple[str, str]:
    addressed = _ADDRESSED.fullmatch(name) if "<" in name and not email else None
    return (addressed[1].strip('" '), addressed[2]) if addressed else (name, email)
