"""The crossing between a domain value and its row, the same for every kind of value and in every direction."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.letter import Letter
from followup_tui.domain.model.next_step import NextStep
from followup_tui.domain.model.touch import Touch

Stored = str | int | None
"""What SQLite and the journal hold: moments, dates, enums and tags are text, truth is 0 or 1."""

Row = TypeVar("Row", Application, Contact, Interview, Interviewer, Touch, NextStep, Letter)

TABLES: dict[type[Entity], str] = {
    Application: "application",
    Contact: "contact",
    Interview: "interview",
    Interviewer: "interviewer",
    Touch: "touch",
    NextStep: "next_step",
    Letter: "letter",
}
"""The name of each kind's table."""


class DamagedRow(ValueError):
    """A stored value that is none of those its field can have; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


_COLUMNS = {kind: tuple(field.name for field in fields(kind)) for kind in TABLES}


def columns(kind: type[Entity]) -> tuple[str, ...]:
    """The columns of a kind's table, which are the fields of its dataclass, in their order."""
    return _COLUMNS[kind]


def values(entity: Entity) -> tuple[Any, ...]:
    """A value's fields, in the order of `columns`."""
    return _GETTERS[type(entity)](entity)


_GETTERS: dict[type[Entity], Callable[[Entity], tuple[Any, ...]]] = {
    kind: attrgetter(*names) for kind, names in _COLUMNS.items()
}


def moment_text(moment: datetime) -> str:
    """A moment as text of fixed width in UTC, so that text order is the order in time; ValueError if naive."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat(timespec="microseconds")


def moment_of(text: object) -> datetime:
    """The moment, in UTC, that `moment_text` wrote; ValueError for anything else."""
    if not isinstance(text, str):
        raise ValueError("a moment is stored as text")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(UTC)


def tags_text(tags: Sequence[str]) -> str:
    """Tags as a JSON list."""
    return json.dumps(list(tags), ensure_ascii=False) if tags else "[]"


def tags_of(text: object) -> tuple[str, ...]:
    """The tags that `tags_text` wrote; ValueError for anything else."""
    if text == "[]":
        return ()
    tags = json.loads(_text(text))
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ValueError("tags are stored as a JSON list of text")
    return tuple(tags)


def encode(entity: Entity) -> dict[str, Stored]:
    """A value as the row that holds it, by column."""
    row: dict[str, Any] = dict(zip(columns(type(entity)), values(entity), strict=True))
    for name, crossing in _crossings()[type(entity)].items():
        if crossing.encode is not None and row[name] is not None:
            row[name] = crossing.encode(row[name])
    return row


def decode(kind: type[Row], row: Sequence[object]) -> Row:
    """The value a row holds, given its columns in the order of `columns`; `DamagedRow` where one can't be read."""
    return decode_named(kind, dict(zip(columns(kind), row, strict=True)))


def decode_named(kind: type[Row], row: Mapping[str, object]) -> Row:
    """The value a row holds, given by column; a column that is absent takes the field's default."""
    crossings = _crossings()[kind]
    found: dict[str, Any] = {}
    for name, value in row.items():
        try:
            crossing = crossings[name]
            found[name] = None if value is None and crossing.is_optional else crossing.decode(value)
        except (ValueError, KeyError) as error:
            raise DamagedRow(name) from error
    try:
        return kind(**found)
    except TypeError as error:
        raise DamagedRow("id") from error


class _Crossing(NamedTuple):
    """How one field is stored and read; `encode` is None where the value is stored as it is."""

    decode: Callable[[object], object]
    encode: Callable[[Any], Stored] | None
    is_optional: bool


@cache
def _crossings() -> dict[type[Entity], dict[str, _Crossing]]:
    return {
        kind: {name: _crossing(hint) for name, hint in get_type_hints(kind).items() if name in columns(kind)}
        for kind in TABLES
    }


def _crossing(hint: Any) -> _Crossing:
    if isinstance(hint, UnionType):
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        return _crossing(inner)._replace(is_optional=True)
    if get_origin(hint) is tuple:
        return _Crossing(tags_of, tags_text, False)
    if issubclass(hint, StrEnum):
        members = {member.value: member for member in hint}
        words = {member: member.value for member in hint}
        return _Crossing(lambda value: members[_text(value)], words.__getitem__, False)
    return _PLAIN[hint]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("stored as text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise ValueError("stored as a whole number")
    return value


def _truth(value: object) -> bool:
    if value not in (0, 1):
        raise ValueError("stored as 0 or 1")
    return bool(value)


_PLAIN: dict[type, _Crossing] = {
    str: _Crossing(_text, None, False),
    int: _Crossing(_whole, None, False),
    bool: _Crossing(_truth, int, False),
    datetime: _Crossing(moment_of, moment_text, False),
    date: _Crossing(lambda value: date.fromisoformat(_text(value)), date.isoformat, False),
}
