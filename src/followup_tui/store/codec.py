"""The crossing between a domain value and its row, the same for every kind of value and in every direction."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from followup_tui.domain.application import Application
from followup_tui.domain.contact import Contact
from followup_tui.domain.dossier import Entity
from followup_tui.domain.interview import Interview, Interviewer
from followup_tui.domain.next_step import NextStep
from followup_tui.domain.touch import Touch

Stored = str | int | None
"""What SQLite and the journal hold: moments, dates, enums and tags are text, truth is 0 or 1."""

Kind = type[Application] | type[Contact] | type[Interview] | type[Interviewer] | type[Touch] | type[NextStep]
Row = TypeVar("Row", Application, Contact, Interview, Interviewer, Touch, NextStep)

TABLES: dict[type[Entity], str] = {
    Application: "application",
    Contact: "contact",
    Interview: "interview",
    Interviewer: "interviewer",
    Touch: "touch",
    NextStep: "next_step",
}
"""The name of each kind's table."""


class DamagedRow(ValueError):
    """A stored value that is none of those its field can have; `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@cache
def columns(kind: type[Entity]) -> tuple[str, ...]:
    """The columns of a kind's table, which are the fields of its dataclass, in their order."""
    return tuple(field.name for field in fields(kind))


def moment_text(moment: datetime) -> str:
    """A moment as text of fixed width in UTC, so that text order is the order in time; ValueError if naive."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_of(text: object) -> datetime:
    """The moment, in UTC, that `moment_text` wrote; ValueError for anything else."""
    if not isinstance(text, str):
        raise ValueError("a moment is stored as text")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(UTC)


def tags_text(tags: Sequence[str]) -> str:
    """Tags as a JSON list."""
    return json.dumps(list(tags), ensure_ascii=False)


def tags_of(text: object) -> tuple[str, ...]:
    """The tags that `tags_text` wrote; ValueError for anything else."""
    tags = json.loads(_text(text))
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ValueError("tags are stored as a JSON list of text")
    return tuple(tags)


def stored(value: object) -> Stored:
    """A field's value as it is stored."""
    if value is None:
        return None
    if isinstance(value, str):
        return value.value if isinstance(value, StrEnum) else value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return tags_text(value)
    raise TypeError(f"no column can hold a {type(value).__name__}")


def encode(entity: Entity) -> dict[str, Stored]:
    """A value as the row that holds it, by column."""
    return {name: stored(getattr(entity, name)) for name in columns(type(entity))}


def decode(kind: type[Row], row: Sequence[object]) -> Row:
    """The value a row holds, given its columns in the order of `columns`; `DamagedRow` where one can't be read."""
    return decode_named(kind, dict(zip(columns(kind), row, strict=True)))


def decode_named(kind: type[Row], row: Mapping[str, object]) -> Row:
    """The value a row holds, given by column; a column that is absent takes the field's default."""
    decoders = _decoders(kind)
    values: dict[str, Any] = {}
    for name, value in row.items():
        try:
            values[name] = decoders[name](value)
        except (ValueError, KeyError) as error:
            raise DamagedRow(name) from error
    try:
        return kind(**values)
    except TypeError as error:
        raise DamagedRow("id") from error


@cache
def _decoders(kind: type[Entity]) -> dict[str, Callable[[object], object]]:
    hints = get_type_hints(kind)
    return {name: _decoder(hints[name]) for name in columns(kind)}


def _decoder(hint: Any) -> Callable[[object], object]:
    if isinstance(hint, UnionType):
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        decoder = _decoder(inner)
        return lambda value: None if value is None else decoder(value)
    if get_origin(hint) is tuple:
        return tags_of
    if issubclass(hint, StrEnum):
        members = {member.value: member for member in hint}
        return lambda value: members[_text(value)]
    plain: dict[type, Callable[[object], object]] = {
        str: _text,
        bool: _truth,
        int: _whole,
        datetime: moment_of,
        date: lambda value: date.fromisoformat(_text(value)),
    }
    return plain[hint]


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
