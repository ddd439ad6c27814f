"""One row of a sheet as an entry: its cells cleaned, its days read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import LINE_LIMIT, clean_block, clean_line
from followup_tui.exchange.days import NO_DAY, DayColumn, Moment
from followup_tui.exchange.headers import MANY, Column, Field, squeezed

BLANKS = frozenset({"", "n/a", "#n/a", "-", "--", "–", "—", "null"})
"""What programs write into a cell that holds nothing."""
LONGEST_BLANK = max(map(len, BLANKS))

SAID_YES = frozenset({"yes", "y", "true", "x", "ja", "oui"}) & NO_DAY
"""What stands in a column of dates where the thing was done on a day that isn't told."""

_PLAIN_LINE = re.compile("[ -~\\xa0-\\xac\\xae-\\u02ff]*")
"""Printable Latin letters, digits and signs: text that the door for text lets in as it stands."""
_PLAIN_BLOCK = re.compile("[\\n -~\\xa0-\\xac\\xae-\\u02ff]*")

_SEVERAL_LINES = frozenset({Field.NOTES, Field.TAGS})
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
    """The cleaned cells of one row that say something, and how many characters they lost.

    `said` has the fields that one column fills; notes and tags may come from several.
    """

    def __init__(self, cells: Sequence[str], columns: Sequence[Column]) -> None:
        """`trouble` is set where a cell is too long; the other cells are there all the same."""
        self.dropped = 0
        self.said: dict[Field, str] = {}
        self.trouble: BadInput | None = None
        self._tags: list[str] = []
        self._notes: list[str] = []
        for (field, _, header), cell in self._filled(cells, columns):
            text = self._cleaned(field, cell)
            if len(text) <= LONGEST_BLANK and text.casefold() in BLANKS:
                continue
            if field in MANY:
                self._gather(field, header, text)
            else:
                self.said[field] = text

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag once, in the order of the sheet."""
        return tuple(dict.fromkeys(tag for tag in map(str.strip, self._tags) if tag)) if self._tags else ()

    @property
    def notes(self) -> str:
        """All notes and facts of the row, a paragraph each. Raises `BadInput` where they are too long together."""
        return (
            clean_block("\n".join(self._notes), Field.NOTES).text if len(self._notes) > 1 else "".join(self._notes)
        )

    def _gather(self, field: Field, header: str, text: str) -> None:
        if field is Field.TAGS:
            self._tags += _BETWEEN_TAGS.split(text)
        else:
            self._notes.append(text if field is Field.NOTES else f"{header}: {text}")

    def _cleaned(self, field: Field, cell: str) -> str:
        plain = _PLAIN_BLOCK if field in _SEVERAL_LINES else _PLAIN_LINE
        if len(cell) <= LINE_LIMIT and plain.fullmatch(cell):
            return cell.strip()  # nothing to drop in nearly any cell, and finding out at once is twice as fast
        try:
            cleaned = (clean_block if field in _SEVERAL_LINES else clean_line)(cell, field)
        except BadInput as error:
            self.trouble = self.trouble or error
            return ""
        self.dropped += cleaned.dropped
        return cleaned.text.strip()

    @staticmethod
    def _filled(cells: Sequence[str], columns: Sequence[Column]) -> list[tuple[Column, str]]:
        width = len(cells)
        return [
            (column, cells[column.position])
            for column in columns
            if column.position < width and cells[column.position]
        ]


def entry_of(texts: Texts, days: Mapping[Field, DayColumn], source: str) -> Entry:
    """What the row says. Raises `BadInput` where a day can't be read or a text is too long."""
    if texts.trouble is not None:
        raise texts.trouble

    said = texts.said
    moments = {field: column.read(said[field]) for field, column in days.items() if field in said}
    name, email = _person(said.get(Field.CONTACT_NAME, ""), said.get(Field.CONTACT_EMAIL, ""))
    thanked_at = moments.get(Field.THANKED_ON)
    return Entry(
        company=said.get(Field.COMPANY, ""),
        role=said.get(Field.ROLE, ""),
        status=said.get(Field.STATUS, ""),
        url=said.get(Field.URL, ""),
        location=said.get(Field.LOCATION, ""),
        source=said.get(Field.SOURCE, source),
        notes=texts.notes,
        tags=texts.tags,
        contact_name=name,
        contact_email=email,
        contact_phone=said.get(Field.CONTACT_PHONE, ""),
        applied=moments.get(Field.APPLIED_ON),
        interview=moments.get(Field.INTERVIEW_ON),
        thanked_at=thanked_at,
        thanked=thanked_at is not None
        or (Field.THANKED_ON in said and squeezed(said[Field.THANKED_ON]) in SAID_YES),
        dropped=texts.dropped,
    )


def _person(name: str, email: str) -> tuple[str, str]:
    before, _, address = name.removesuffix(">").rpartition("<")
    if email or not name.endswith(">") or "@" not in address or " " in address:
        return name, email
    return before.strip('" '), address
