"""The full copy as JSON: one object a line, in an order that depends on nothing but the data.

It is an object with `format`, `version`, then a list of objects for each table: `applications`, `contacts`,
`interviews`, `interviewers`, `touches`, `next_steps`, `offers`, `letters`, `journal`, `ignored_findings` and
`review_marks`.
Empty values are left out, moments are ISO 8601 in UTC, dates are YYYY-MM-DD.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from followup_tui.domain.model.application import Application, NextStep
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Entity, Offer
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.text import escape_controls
from followup_tui.domain.model.touch import Letter, Touch

COPY_FORMAT, COPY_VERSION = "followup-tui", 2
"""What a full copy calls itself, and the version of its shape."""

LISTS: dict[str, type[Entity]] = {
    "applications": Application,
    "contacts": Contact,
    "interviews": Interview,
    "interviewers": Interviewer,
    "touches": Touch,
    "next_steps": NextStep,
    "offers": Offer,
    "letters": Letter,
}
"""The lists of entities by their names, parents before children."""
JOURNAL, IGNORED, MARKS = "journal", "ignored_findings", "review_marks"

Record = dict[str, Any]

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def copy_text(
    lists: Iterable[tuple[str, Iterable[Sequence[Record]]]], journal: Iterable[tuple[Record, str]]
) -> Iterator[str]:
    """Yield the text of a full copy piece by piece.

    `lists` are the names with their records, some at a time; `journal` the records of its lines with their edits,
    which are JSON text already.
    """
    yield f'{{\n"format":{_encoder.encode(COPY_FORMAT)},\n"version":{COPY_VERSION}'
    for name, chunks in lists:
        yield from _list_text(name, map(_objects_text, chunks))
    yield from _list_text(JOURNAL, (_line_text(record, edits) for record, edits in journal))
    yield "\n}\n"


def _list_text(name: str, pieces: Iterable[str]) -> Iterator[str]:
    between = f',\n"{name}":[\n'
    for piece in pieces:
        yield between + piece
        between = ",\n"
    yield "\n]" if between == ",\n" else f',\n"{name}":[]'


def _objects_text(records: Sequence[Record]) -> str:
    """Return objects, one a line. All are encoded at one go, unless a text holds what parts two of them."""
    text = _encoder.encode(records)[1:-1]
    is_parted = text.count("},{") == len(records) - 1
    # Other controls than DEL are escaped by now, as long as all is ASCII; that is sooner seen than searched for.
    safe = text if text.isascii() and "\x7f" not in text else _safe(text)
    return safe.replace("},{", "},\n{") if is_parted else ",\n".join(map(_object_text, records))


def _object_text(record: Record) -> str:
    return _safe(_encoder.encode(record))


def _line_text(record: Record, edits: str) -> str:
    return f'{_object_text(record)[:-1]},"edits":{_safe(edits)}}}'


def _safe(text: str) -> str:
    return text if text.isprintable() else escape_controls(text)
