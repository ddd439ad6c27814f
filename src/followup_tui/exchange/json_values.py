"""The values of a full copy: each reader returns what a field holds, or says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from followup_tui.domain.model.details import ENTITIES, Entity
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.domain.model.zones import zone_named
from followup_tui.domain.parsing.day_context import FIRST_YEAR, LAST_YEAR

LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly."""

_BLOCKS = frozenset({"notes", "note", "override", "address", "body"})
"""Fields with text of several lines."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SURROGATES = re.compile("[\ud800-\udfff]")


class WrongValue(ValueError):
    """A value that its field can't have; the text says why: "is no date"."""


class Unfit:
    """What JSON allows and no field takes, such as NaN: found where it stands, when its field is read."""

    def __init__(self, what: str) -> None:
        self.what = what


class ValueReader:
    """Reads the values of a full copy, and counts the control characters dropped from its texts."""

    def __init__(self) -> None:
        self.dropped = 0
        self._makers: Mapping[type, Callable[[object], object]] = {
            str: self.line,
            int: whole_number,
            bool: _truth,
            datetime: moment,
            date: day,
        }

    def fields_of(self, kind: type[Entity]) -> dict[str, Callable[[object], object]]:
        """Return the reader of each field of an entity."""
        return {name: self._reader(name, hint) for name, hint in _HINTS[kind].items()}

    def cleaned(self, entity: Entity) -> Entity:
        """Return an entity of the journal with its texts cleaned; `WrongValue` for a moment out of reach."""
        changed: dict[str, Any] = {}
        for name, hint in _HINTS[type(entity)].items():
            value = getattr(entity, name)
            if isinstance(value, date):
                _check_year(value.year)
            elif hint is str and not name.endswith("id"):
                text = self.block(value) if name in _BLOCKS else self.line(value)
                if text != value:
                    changed[name] = text
        return replace(entity, **changed) if changed else entity

    def line(self, value: object) -> str:
        """Return a text of one line, cleaned."""
        text = _text(value)
        if text.isascii() and text.isprintable() and text == text.strip() and len(text) <= _SURELY_SHORT:
            return text
        cleaned = clean_line(text, "text")
        self.dropped += cleaned.dropped
        return cleaned.text

    def block(self, value: object) -> str:
        """Return a text of several lines, cleaned; spaces at its end stay, since a draft may end with one."""
        text = _text(value)
        if text.isascii() and text.isprintable() and len(text) <= _SURELY_SHORT:
            return text
        cleaned = clean_block(text, "text")
        self.dropped += cleaned.dropped
        return text if cleaned.text == text.rstrip() else cleaned.text

    def lines(self, value: object) -> tuple[str, ...]:
        """Return a list of texts."""
        if not isinstance(value, list):
            raise WrongValue(f"is {_described(value)} and must be a list of texts")
        return tuple(self.line(each) for each in value)

    def _reader(self, name: str, hint: Any) -> Callable[[object], object]:
        if isinstance(hint, UnionType):
            (inner,) = (part for part in get_args(hint) if part is not NoneType)
            read = self._reader(name, inner)
            return lambda value: None if value is None else read(value)
        if get_origin(hint) is tuple:
            return self.lines
        if name == "id" or name.endswith("_id"):
            return identifier
        if name == "zone":
            return self._zone
        if hint is str and name in _BLOCKS:
            return self.block
        if issubclass(hint, StrEnum):
            return one_of(hint)
        return self._makers[hint]

    def _zone(self, value: object) -> str:
        name = self.line(value)
        try:
            zone_named(name)
        except BadInput:
            raise WrongValue("is no time zone") from None
        return name


_SURELY_SHORT = 20_000


def _hints_of(kind: type[Entity]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


_HINTS: Mapping[type[Entity], dict[str, Any]] = {kind: _hints_of(kind) for kind in ENTITIES}


def required_fields(kind: type[Entity]) -> tuple[str, ...]:
    """Return the fields that a record must have: those that are never empty."""
    return tuple(
        field.name
        for field in fields(kind)
        if field.name == "id" or (field.default is MISSING and field.default_factory is MISSING)
    )


def identifier(value: object) -> str:
    """Return an id: letters, digits, dashes."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise WrongValue("is no id")
    return value


def moment(value: object) -> datetime:
    """Return a moment in UTC."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise WrongValue("is no moment with its offset, such as 2026-11-22T09:00:00+00:00")
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise WrongValue("is no moment of the calendar") from None
    _check_year(found.year)
    return found.astimezone(UTC)


def day(value: object) -> date:
    """Return a date."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise WrongValue("is no date, such as 2026-11-22")
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise WrongValue("is no day of the calendar") from None
    _check_year(found.year)
    return found


def whole_number(value: object) -> int:
    """Return a whole number from 0 on."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_NUMBER:
        raise WrongValue(f"is {_described(value)} and must be a whole number from 0 on")
    return value


def one_of(kind: type[StrEnum]) -> Callable[[object], StrEnum]:
    """Return the reader of an enum's words."""

    def read(value: object) -> StrEnum:
        try:
            return kind(_text(value))
        except ValueError:
            raise WrongValue(f"is none of {', '.join(kind)}") from None

    return read


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValue(f"is {_described(value)} and must be true or false")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise WrongValue(f"is {_described(value)} and must be a text")
    if not value.isascii() and _SURROGATES.search(value):
        raise WrongValue("has half a character (a lone surrogate)")
    return value


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise WrongValue(f"is not between the years {FIRST_YEAR} and {LAST_YEAR}")


def _described(value: object) -> str:
    if isinstance(value, Unfit):
        return value.what
    names = {bool: "true or false", int: "a number", str: "a text", list: "a list", dict: "an object"}
    return names.get(type(value), "null")
