"""Convert domain values to and from what SQLite rows and the journal hold: text, whole numbers and NULL.

Loads no SQLModel, because the readers use it before the first paint.
"""

from __future__ import annotations

import json
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache, lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from types import MappingProxyType, NoneType, UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from followup_tui.domain.model.application import Application, NextStep
from followup_tui.domain.model.change import Edit, owner_of
from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.details import Entity, Offer
from followup_tui.domain.model.interview import Interview, Interviewer
from followup_tui.domain.model.touch import Letter, Touch

_FIRST_YEAR, _LAST_YEAR = 2, 9900

Stored = str | int | None
"""What SQLite and the journal hold: moments, dates, enums and tags as text, booleans as 0 or 1."""

EncodedRows = Mapping[int, Sequence[Stored]]
"""The stored values of new rows, in the order of `columns`, by the `id` of each object."""

EntityT = TypeVar("EntityT", Application, Contact, Interview, Interviewer, Touch, NextStep, Offer, Letter)

TABLES: dict[type[Entity], str] = {
    Application: "application",
    Contact: "contact",
    Interview: "interview",
    Interviewer: "interviewer",
    Touch: "touch",
    NextStep: "next_step",
    Offer: "offer",
    Letter: "letter",
}
"""The table of each kind of entity."""

_KINDS: dict[str, Any] = {table: kind for kind, table in TABLES.items()}
_COLUMNS = {kind: tuple(field.name for field in fields(kind)) for kind in TABLES}
_JSON_NAMES = {kind: tuple(f'"{name}":' for name in names) for kind, names in _COLUMNS.items()}
_GETTERS: dict[type[Entity], Callable[[Entity], tuple[Any, ...]]] = {
    kind: attrgetter(*names) for kind, names in _COLUMNS.items()
}

FOREVER = datetime.combine(date.max, time.max, UTC)
"""The stored `until_at` of a step that nothing follows."""


class DamagedRow(ValueError):
    """A stored value that its field can't have; `field` is the field's name."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def columns(kind: type[Entity]) -> tuple[str, ...]:
    """Return the columns of an entity's table, which are the fields of its dataclass, in their order."""
    return _COLUMNS[kind]


def field_values(entity: Entity) -> dict[str, Any]:
    """Return an entity's fields by name."""
    kind = type(entity)
    return dict(zip(_COLUMNS[kind], _GETTERS[kind](entity), strict=True))


def format_moment(moment: datetime) -> str:
    """Format a moment as UTC text of fixed width, which sorts by time; ValueError if it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return _format_utc(moment if moment.tzinfo is UTC else moment.astimezone(UTC))


@lru_cache(maxsize=1024)
def _format_utc(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")


def parse_moment(text: object) -> datetime:
    """Parse what `format_moment` wrote into a moment in UTC; ValueError for anything else."""
    if isinstance(text, str):
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is UTC and _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            return moment  # as it always is: a call less for each of a hundred thousand
    moment = parse_any_moment(text)
    check_year(moment.year)
    return moment


def parse_any_moment(text: object) -> datetime:
    """Parse a moment as `parse_moment` does, also one in years from which nothing can be counted."""
    if not isinstance(text, str):
        raise ValueError("a moment is stored as text")
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is UTC:
        return moment
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    return moment.astimezone(UTC)


def parse_day(text: object) -> date:
    """Parse a stored date; ValueError for anything else."""
    day = date.fromisoformat(_parse_text(text))
    check_year(day.year)
    return day


def check_year(year: int) -> None:
    """Refuse the first and last years of the calendar, from which nothing can be counted nor moved to a zone."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError("nobody applies in that year")


def format_tags(tags: Sequence[str]) -> str:
    """Format tags as a JSON list."""
    return f"[{', '.join(map(encode_basestring, tags))}]"


def parse_tags(text: object) -> tuple[str, ...]:
    """Parse what `format_tags` wrote; ValueError for anything else."""
    if text == "[]":
        return ()
    tags = parse_json(_parse_text(text))
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ValueError("tags are stored as a JSON list of text")
    return tuple(tags)


def encode_row(entity: Entity) -> list[Stored]:
    """Return an entity's stored values in the order of `columns`."""
    kind = type(entity)
    row = list(_GETTERS[kind](entity))
    for place, convert in _converted()[kind]:
        if row[place] is not None:
            row[place] = convert(row[place])
    return row


@cache
def _converted() -> dict[type[Entity], list[tuple[int, Callable[[Any], Stored]]]]:
    """Return the columns that aren't stored unchanged, by place."""
    return {
        kind: [(at, codec.encode) for at, codec in enumerate(codecs.values()) if codec.encode is not None]
        for kind, codecs in field_codecs().items()
    }


def decode(kind: type[EntityT], row: Sequence[object]) -> EntityT:
    """Return the entity of a row, given in the order of `columns`; `DamagedRow` if a value can't be read."""
    return decode_named(kind, dict(zip(columns(kind), row, strict=True)))


def decode_all(kind: type[EntityT], rows: Sequence[Sequence[object]]) -> list[EntityT]:
    """Return the entities of rows as `decode` does; faster for many: a value that comes again is read once."""
    names = columns(kind)
    read: list[Sequence[object]] = []
    # By codec: most moments are in two columns, when something was and when it was recorded.
    decoded: dict[FieldCodec, dict[object, object]] = {}
    for name, column in zip(names, zip(*rows, strict=True), strict=True):
        codec = field_codecs()[kind][name]
        if codec.decode is _parse_text:
            if not set(map(type, column)) <= ({str, NoneType} if codec.is_optional else {str}):
                raise DamagedRow(name)
            read.append(column)
            continue
        by_stored = decoded.setdefault(codec, {None: None} if codec.is_optional else {})
        fresh = set(column) - by_stored.keys()
        try:
            by_stored.update(zip(fresh, map(codec.decode, fresh), strict=True))
        except (ValueError, KeyError) as error:
            raise DamagedRow(name) from error
        read.append(tuple(map(by_stored.__getitem__, column)))
    entities = [object.__new__(kind) for _ in rows]
    for name, values in zip(names, read, strict=True):
        set_field = getattr(kind, name).__set__  # by the column: `__init__` would do it by the row
        deque(map(set_field, entities, values), maxlen=0)
    return entities


def decode_named(kind: type[EntityT], row: Mapping[str, object]) -> EntityT:
    """Return the entity of a row, given by column; a missing column takes the field's default."""
    codecs = field_codecs()[kind]
    values: dict[str, Any] = {}
    for name, value in row.items():
        try:
            codec = codecs[name]
            values[name] = codec.read(value)
        except (ValueError, KeyError) as error:
            raise DamagedRow(name) from error
    try:
        return kind(**values)
    except TypeError as error:
        raise DamagedRow("id") from error


# The edits of a change are a JSON list in the journal, or several ones, packed, for a long import: they take a
# sixth of the space, in the file and in the memory of the transaction that writes them.

IS_MENTIONED = "CASE typeof(edits) WHEN 'blob' THEN mentions(edits, {0}) ELSE instr(edits, {0}) > 0 END"
"""Whether a text occurs among the edits of a line, in SQL; every connection knows the function `mentions`."""
IS_MENTIONED_ON_SERVER = "strpos(edits, {0}) > 0"
"""The same on a server, where all edits of a line are one JSON list: it packs long texts itself."""
_UNPACKED = 1_000_000
"""Characters up to which a list is stored as it is."""
_LENGTH = 4
"""Bytes before each packed list, with its length."""


def stored_list(text: str) -> str | bytes:
    """Return a JSON list as the journal stores it: packed if it is long."""
    return pack_list(text) if len(text) > _UNPACKED else text


def pack_list(text: str) -> bytes:
    """Return a JSON list packed; several of them, one behind the other, are what the journal stores."""
    packed = zlib.compress(text.encode(), 1)
    return len(packed).to_bytes(_LENGTH, "big") + packed


def json_lists(stored: str | bytes) -> Iterator[str]:
    """Yield each JSON list of what the journal stores; ValueError if it is damaged."""
    if isinstance(stored, str):
        yield stored
        return
    at = 0
    while at < len(stored):
        start = at + _LENGTH
        at = start + int.from_bytes(stored[at:start], "big")
        try:
            yield zlib.decompress(stored[start:at]).decode()
        except zlib.error as error:
            raise ValueError("a packed list is damaged") from error


def parse_edits(stored: str | bytes) -> Iterator[Any]:
    """Yield each edit of what the journal stores; ValueError or TypeError if it is damaged."""
    for text in json_lists(stored):
        yield from parse_json(text)


def parse_json(text: str) -> Any:
    """Parse stored JSON; ValueError for anything else, also if it is nested too deep."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("too deep") from None


def joined_lists(stored: str | bytes) -> str:
    """Return all edits as one JSON list; ValueError if they are damaged."""
    if isinstance(stored, str):
        return stored
    return f"[{','.join(filter(None, (text[1:-1] for text in json_lists(stored))))}]"


def mentions(stored: str | bytes, text: str) -> bool:
    """Whether a text occurs among the edits, or could, as they are damaged."""
    try:
        return any(text in edits for edits in json_lists(stored))
    except ValueError:
        return True


def dump_edits(edits: Iterable[Edit], encoded: EncodedRows = MappingProxyType({})) -> str:
    """Return edits as the journal's JSON: per edit the table, the row before, and the values that differ after.

    Of a new row, the values that differ from the fields' defaults; `encoded` has those that are encoded already.
    """
    return f"[{','.join([_dumped(edit, encoded) for edit in edits])}]"


def load_edits(stored: str | bytes) -> tuple[Edit, ...]:
    """Return the edits that `dump_edits` wrote, also packed; `DamagedRow` for anything else."""
    try:
        return tuple(map(_load_edit, parse_edits(stored)))
    except DamagedRow:
        raise
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DamagedRow("edits") from error


def _dumped(edit: Edit, encoded: EncodedRows) -> str:
    row: Any = edit.row
    kind: Any = type(row)
    reference, before, after = _encoded_defaults(kind), "null", "null"
    if edit.before is not None:
        reference = encode_row(edit.before)
        before = _object(kind, reference, [MISSING] * len(reference))
    if edit.after is not None:  # notes can be long, and most edits don't change them
        after = _object(kind, encoded.get(id(row)) or encode_row(row), reference)
    # The query for one application's history looks for its id behind "of".
    return f'{{"of":{_json(owner_of(row))},"table":"{TABLES[kind]}","before":{before},"after":{after}}}'


def _object(kind: Any, values: Sequence[Stored], reference: Sequence[object]) -> str:
    """Return those values as a JSON object that differ from the known ones; as `json` does, in half the time."""
    named = zip(_JSON_NAMES[kind], values, reference, strict=True)
    return f"{{{','.join([name + _json(value) for name, value, old in named if value != old])}}}"


def _json(value: Stored) -> str:
    return encode_basestring(value) if isinstance(value, str) else "null" if value is None else str(value)


@cache
def _encoded_defaults(kind: Any) -> list[Any]:
    """Return the stored default of each column, in their order; nothing equals that of a column that has none."""
    defaults: list[Any] = [field.default for field in fields(kind)]
    for place, convert in _converted()[kind]:
        if defaults[place] is not None and defaults[place] is not MISSING:
            defaults[place] = convert(defaults[place])
    return defaults


def _load_edit(dumped: dict[str, Any]) -> Edit:
    kind, before, after = _KINDS[dumped["table"]], dumped["before"], dumped["after"]
    if before is not None and after is not None:
        after = {**before, **after}
    return Edit(
        None if before is None else decode_named(kind, before),
        None if after is None else decode_named(kind, after),
    )


class FieldCodec(NamedTuple):
    """How one field is read and stored; `encode` is None if the value is stored unchanged."""

    decode: Callable[[object], object]
    encode: Callable[[Any], Stored] | None
    is_optional: bool = False

    def read(self, value: object) -> object:
        """Return the value of a stored one; ValueError or KeyError if the field can't have it."""
        return None if value is None and self.is_optional else self.decode(value)


@cache
def field_codecs() -> dict[type[Entity], dict[str, FieldCodec]]:
    """Return how each field of each kind of entity is read and stored."""
    return {
        kind: {name: field_codec(hint) for name, hint in get_type_hints(kind).items() if name in columns(kind)}
        for kind in TABLES
    }


def field_codec(hint: Any) -> FieldCodec:
    """Return how a field with this type is read and stored."""
    if isinstance(hint, UnionType):
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        return field_codec(inner)._replace(is_optional=True)
    if get_origin(hint) is tuple:
        return FieldCodec(parse_tags, format_tags)
    if issubclass(hint, StrEnum):
        by_value = {member.value: member for member in hint}
        values = {member: member.value for member in hint}
        # Through the enum itself where it is none of them: a word of older files may stand for a member.
        return FieldCodec(lambda value: by_value.get(_parse_text(value)) or hint(value), values.__getitem__)
    return _PLAIN[hint]


def _parse_text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("stored as text")
    return value


def parse_int(value: object) -> int:
    """Return a stored whole number; ValueError for anything else."""
    if not isinstance(value, int):
        raise ValueError("stored as a whole number")
    return value


def _parse_bool(value: object) -> bool:
    if value not in (0, 1):
        raise ValueError("stored as 0 or 1")
    return bool(value)


_PLAIN: dict[type, FieldCodec] = {
    str: FieldCodec(_parse_text, None),
    int: FieldCodec(parse_int, None),
    bool: FieldCodec(_parse_bool, int),
    datetime: FieldCodec(parse_moment, format_moment),
    date: FieldCodec(parse_day, date.isoformat),
}
