"""A full copy as JSON: how it is written, and what becomes of one that was read.

It has one object a line, in an order that depends on nothing but the data: an object with `format`, `version`,
then a list of objects for each table: `applications`, `contacts`, `interviews`, `interviewers`, `touches`,
`next_steps`, `offers`, `letters`, `journal`, `ignored_findings` and `review_marks`.
Empty values are left out, moments are ISO 8601 in UTC, dates are YYYY-MM-DD. Of a copy that was read an empty
database becomes equal to it, any other one gets what it lacks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from followup_tui.domain.format import plural
from followup_tui.domain.model.application import Application, NextStep
from followup_tui.domain.model.change import Change, Edit, EntryState, FullCopy
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import ENTITIES, Entity, Offer
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.text import escape_controls, shown_line
from followup_tui.domain.model.touch import Letter, Touch
from followup_tui.exchange.plan import ImportPlan, PlannedRow, RowResult

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


Known = Mapping[tuple[type[Entity], str], Entity]
"""The rows of a database by kind and id."""

_NAMES = {kind: name for name, kind in LISTS.items()}
_NOUNS = {
    "contacts": "contact",
    "interviews": "interview",
    "interviewers": "interviewer",
    "touches": "touch",
    "next_steps": "answer",
    "offers": "offer",
    "letters": "letter",
}
_ID = re.compile(rb'"id"\s*:\s*"([A-Za-z0-9_-]+)"')


@dataclass(frozen=True, slots=True)
class CopySource:
    """A full copy with the name of its file and the line on which each id stands first."""

    name: str
    copy: FullCopy
    lines: Mapping[str, int]
    dropped: int = 0


def lines_of(content: bytes) -> dict[str, int]:
    """Return on which line of a file, from 1, each id stands first."""
    found: dict[str, int] = {}
    line, seen = 1, 0
    for match in _ID.finditer(content):
        line += content.count(b"\n", seen, match.start())
        seen = match.start()
        found.setdefault(match[1].decode(), line)
    return found


def plan_restore(source: CopySource) -> ImportPlan:
    """Return the plan for a database without any row, which takes the whole copy as it is."""
    rows = tuple(
        PlannedRow(
            source.name,
            source.lines.get(each.id, 1),
            each.company,
            each.role,
            RowResult.NEW,
            f"Goes into {each.stage.label}, as number {each.number}.",
            each.stage,
        )
        for each in _applications(source.copy)
    )
    return ImportPlan(rows, None, source.dropped, _counted(source.copy), whole=source.copy)


def _counted(copy: FullCopy) -> tuple[str, ...]:
    counts = [_plural(len(copy.rows[kind]), _NOUNS[name]) for name, kind in LISTS.items() if name in _NOUNS]
    remarks = [f"The database is empty and takes the whole copy, with its journal: {', '.join(counts)}."]
    entries = (line.entry for line in reversed(copy.journal))
    last = next((entry.label for entry in entries if entry.state is EntryState.DONE), None)
    if last is not None:
        last = shown_line(last)
        remarks.append(f"Undo then takes back the last change in that journal, “{last}”, and not the import.")
    return tuple(remarks)


def plan_merge(source: CopySource, known: Known, numbers: Iterable[int], now: datetime) -> ImportPlan:
    """Return the plan for a database with rows: what it lacks is added, what differs stays as it is there.

    `known` are its rows that have an id of the copy, `numbers` those of its applications.
    """
    merge = _Merge(source, known, numbers)
    rows = tuple(merge.plan(each) for each in _applications(source.copy))
    letters = merge.add_other_letters()
    edits = merge.edits()
    change = None
    if edits:
        new = sum(row.result is RowResult.NEW for row in rows)
        merged = sum(row.result is RowResult.MERGED for row in rows)
        label = _label(new, merged, source.name)
        change = Change(verb="import", label=label, at=now, edits=edits)
    return ImportPlan(rows, change, source.dropped, (*letters, *_left_out(source.copy)))


def _label(new: int, merged: int, name: str) -> str:
    added = f"Imported {plural(new, 'application')} from {name}" if new else f"Imported from {name}"
    return f"{added}, added to {merged}" if merged else added


def _left_out(copy: FullCopy) -> tuple[str, ...]:
    """Say what belongs to the other database alone."""
    parts = [
        plural(len(copy.journal), "line") + " of its journal" if copy.journal else "",
        plural(len(copy.ignored), "ignored finding") if copy.ignored else "",
        plural(len(copy.marks), "mark") + " of its reviews" if copy.marks else "",
    ]
    named = ", ".join(part for part in parts if part)
    if not named:
        return ()
    return (f"Not taken: {named}; only an empty database takes them, from one file alone.",)


class _Merge:
    """A merge in progress: which rows are added, and which differ."""

    def __init__(self, source: CopySource, known: Known, numbers: Iterable[int]) -> None:
        self._source = source
        self._known = known
        self._taken = set(numbers)
        wanted = (each.number for each in _applications(source.copy))
        self._next_number = max((*self._taken, *wanted), default=0) + 1
        self._added: dict[type[Entity], list[Entity]] = {kind: [] for kind in ENTITIES}
        self._children: dict[str, list[Entity]] = {}
        for row in source.copy.entities():
            if not isinstance(row, Application):
                self._children.setdefault(row.application_id, []).append(row)

    def plan(self, application: Application) -> PlannedRow:
        """Plan one application with all that belongs to it."""
        before = self._known.get((Application, application.id))
        children = self._children.get(application.id, [])
        added = [row for row in children if (type(row), row.id) not in self._known]
        differs = list(self._differences(before, application, children))
        line = self._source.lines.get(application.id, 1)
        if before is None:
            why, stage = self._add(application), application.stage
            result = RowResult.NEW
        else:
            assert isinstance(before, Application)
            stage = before.stage
            result = RowResult.MERGED if added else RowResult.SAME
            why = f"Adds {_counted_rows(added)}." if added else "There already, and nothing new in it."
        for row in added:
            self._added[type(row)].append(row)
        if differs:
            why += f" Kept as it is here, though the file has it otherwise: {', '.join(differs)}."
        return PlannedRow(self._source.name, line, application.company, application.role, result, why, stage)

    def _add(self, application: Application) -> str:
        number = application.number
        if number in self._taken:
            number, self._next_number = self._next_number, self._next_number + 1
        self._taken.add(number)
        self._added[Application].append(replace(application, number=number))
        why = f"Goes to {application.stage.label}"
        if number != application.number:
            return f"{why} as number {number}, since {application.number} is another application here."
        return f"{why}, as number {number}."

    def _differences(
        self, before: Entity | None, application: Application, children: Sequence[Entity]
    ) -> Iterator[str]:
        if before is not None:
            yield from _different_fields(before, application)
        for row in children:
            here = self._known.get((type(row), row.id))
            if here is not None:
                noun = _NOUNS[_NAMES[type(row)]]
                yield from (f"{field} of {_named(here, noun)}" for field in _different_fields(here, row))

    def add_other_letters(self) -> tuple[str, ...]:
        """Add the letters whose application is in no list; say which of them differ."""
        known = {each.id for each in _applications(self._source.copy)}
        told: list[str] = []
        for owner, rows in self._children.items():
            if owner in known:
                continue
            for row in rows:
                here = self._known.get((type(row), row.id))
                if here is None:
                    self._added[type(row)].append(row)
                elif here != row:
                    told.append(f"A letter whose application is gone differs and stays as it is here ({row.id}).")
        return tuple(told)

    def edits(self) -> tuple[Edit, ...]:
        """Return the edits, parents first."""
        return tuple(Edit(None, row) for kind in ENTITIES for row in self._added[kind])


def _applications(copy: FullCopy) -> Iterator[Application]:
    return (row for row in copy.rows[Application] if isinstance(row, Application))


def _different_fields(here: Entity, there: Entity) -> list[str]:
    if here == there:
        return []
    return [
        each.name.replace("_", " ")
        for each in fields(here)
        if each.compare and getattr(here, each.name) != getattr(there, each.name)
    ]


def _named(row: Entity, noun: str) -> str:
    name = getattr(row, "name", "")
    return f"the {noun} {shown_line(name)}" if name else f"a {noun}"


def _counted_rows(rows: Sequence[Entity]) -> str:
    counts: dict[str, int] = {}
    for row in rows:
        noun = _NOUNS[_NAMES[type(row)]]
        counts[noun] = counts.get(noun, 0) + 1
    return ", ".join(_plural(count, noun) for noun, count in counts.items())


def _plural(count: int, noun: str) -> str:
    return plural(count, noun).replace("touchs", "touches")
