"""Read a full copy from JSON: every value is checked before any is used, and a refusal names its place."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, cast

from followup_tui.domain.model.application import Application
from followup_tui.domain.model.change import (
    CopiedMark,
    Edit,
    EntryState,
    FullCopy,
    IgnoredFinding,
    JournalEntry,
    JournalLine,
)
from followup_tui.domain.model.details import Entity
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.rules.action import ActionKind
from followup_tui.domain.views.review import MarkState
from followup_tui.exchange.json_plan import COPY_FORMAT, COPY_VERSION, IGNORED, JOURNAL, LISTS, MARKS
from followup_tui.exchange.json_values import (
    Unfit,
    ValueReader,
    WrongValue,
    day,
    identifier,
    moment,
    one_of,
    required_fields,
    whole_number,
)

_MAX_DIGITS = 18
_TOLD = 80


class EditCodec(NamedTuple):
    """How the journal stores edits: see `store.row_codec`; `load` raises ValueError for anything else."""

    load: Callable[[str], tuple[Edit, ...]]
    dump: Callable[[Iterable[Edit]], str]


class ReadCopy(NamedTuple):
    """A full copy, and the number of control characters that were dropped from its texts."""

    copy: FullCopy
    dropped: int


def read_copy(name: str, content: bytes, codec: EditCodec) -> ReadCopy:
    """Return the full copy in a file. Raises `BadInput` with the place if it is damaged, newer, or none."""
    shown = shown_line(name)
    document = _checked_kind(shown, _parse(shown, content))
    reader = _CopyReader(shown, codec)
    copy = reader.read(document)
    return ReadCopy(copy, reader.values.dropped)


def _parse(name: str, content: bytes) -> object:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"{name}:{line}: a byte is no UTF-8 text; nothing was imported, export the file again.", "file"
        ) from None
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=Unfit,
            parse_float=lambda _: Unfit("a number with a fraction"),
            parse_int=lambda digits: int(digits) if len(digits) <= _MAX_DIGITS else Unfit("a number too large"),
        )
    except json.JSONDecodeError as error:
        is_cut = not text[error.pos :].strip() or error.msg.startswith("Unterminated")
        why = "the file ends too early" if is_cut else f"this is no JSON ({error.msg}, column {error.colno})"
        raise BadInput(
            f"{name}:{error.lineno}: {why}; nothing was imported, export the file again.", "file"
        ) from None
    except RecursionError:
        raise BadInput(
            f"{name} nests lists and objects too deeply; nothing was imported, export it again.", "file"
        ) from None


def _object(pairs: Sequence[tuple[str, Any]]) -> object:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _ in pairs]
    twice = next(name for name in names if names.count(name) > 1)
    return Unfit(f"an object that has “{shown_line(twice)[:_TOLD]}” twice")


def _checked_kind(name: str, document: object) -> dict[str, object]:
    if isinstance(document, Unfit):
        raise BadInput(f"{name} is {document.what}; nothing was imported, export it again.", "file")
    if not isinstance(document, dict) or document.get("format") != COPY_FORMAT:
        raise BadInput(
            f"{name} is JSON, but no export of followup-tui; nothing was imported, save it as CSV first.", "format"
        )
    version = document.get("version")
    if isinstance(version, int) and version > COPY_VERSION:
        raise BadInput(
            f"{name} was written by a newer followup-tui (version {version} of its copies, this one reads"
            f" {COPY_VERSION}); nothing was imported, update followup-tui first.",
            "version",
        )
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise BadInput(
            f"{name} doesn't say which version of a copy it is; nothing was imported, export it again.", "version"
        )
    return document


class _CopyReader:
    """Reads the parsed document of one file."""

    def __init__(self, name: str, codec: EditCodec) -> None:
        self.values = ValueReader()
        self._name = name
        self._codec = codec

    def read(self, document: dict[str, object]) -> FullCopy:
        """Return the copy."""
        if document["version"] == 1:  # it knew no offers
            document.setdefault("offers", [])
        known = {"format", "version", *LISTS, JOURNAL, IGNORED, MARKS}
        for name in document:
            if name not in known:
                raise self._wrong(shown_line(name)[:_TOLD], "is no list of a full copy")
        rows = {kind: self._entities(kind, name, document) for name, kind in LISTS.items()}
        copy = FullCopy(
            rows=rows,
            journal=tuple(self._journal(self._list(JOURNAL, document))),
            ignored=tuple(self._ignored(path, each) for path, each in self._list(IGNORED, document)),
            marks=tuple(self._mark(path, each) for path, each in self._list(MARKS, document)),
        )
        self._check_unique(copy)
        self._check_references(copy)
        return copy

    def _list(self, name: str, document: dict[str, object]) -> Iterator[tuple[str, object]]:
        """Yield the items of a list with their places; each is freed once it is read, as there may be many."""
        found = document.pop(name, None)
        if not isinstance(found, list):
            raise self._wrong(name, "is no list")
        found.reverse()
        for place in range(len(found)):
            yield f"{name}[{place}]", found.pop()

    def _entities(self, kind: type[Entity], name: str, document: dict[str, object]) -> tuple[Entity, ...]:
        readers = self.values.fields_of(kind)
        required = required_fields(kind)
        make = cast(Callable[..., Entity], kind)
        return tuple(
            make(**self._record(path, each, readers, required)) for path, each in self._list(name, document)
        )

    def _record(
        self, path: str, found: object, readers: dict[str, Callable[[object], object]], required: Sequence[str]
    ) -> dict[str, Any]:
        if not isinstance(found, dict):
            raise self._wrong(path, f"is {found.what}" if isinstance(found, Unfit) else "is no object")
        values: dict[str, Any] = {}
        for name, value in found.items():
            read = readers.get(name)
            if read is None:
                raise self._wrong(f"{path}.{shown_line(name)[:_TOLD]}", "is no field that belongs here")
            try:
                values[name] = read(value)
            except WrongValue as wrong:
                raise self._wrong(f"{path}.{name}", str(wrong)) from None
            except BadInput as long:
                raise self._wrong(f"{path}.{name}", f"can't be taken: {long.sentence}") from None
        for name in required:
            if values.get(name) in (None, ""):
                raise self._wrong(f"{path}.{name}", "is missing")
        return values

    def _journal(self, lines: Iterable[tuple[str, object]]) -> Iterable[JournalLine]:
        readers: dict[str, Callable[[object], object]] = {
            "sequence": whole_number,
            "at": moment,
            "verb": self.values.line,
            "label": self.values.line,
            "state": one_of(EntryState),
            "edits": lambda edits: edits,
        }
        last = 0
        for path, each in lines:
            values = self._record(path, each, readers, ("sequence", "at", "verb", "state"))
            edits = self._edits(f"{path}.edits", values.pop("edits", None))
            if values["sequence"] <= last:
                raise self._wrong(f"{path}.sequence", "is not larger than the one before")
            last = values["sequence"]
            yield JournalLine(JournalEntry(**{"label": "", **values}), edits)

    def _edits(self, path: str, found: object) -> str:
        """Return edits as the journal stores them; those with a text that must be cleaned are written again."""
        if not isinstance(found, list):
            raise self._wrong(path, "is no list")

        def refuse(unfit: Unfit) -> None:
            raise self._wrong(path, f"has {unfit.what} in it")

        text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), default=refuse)
        try:
            edits = self._codec.load(text)
            cleaned = tuple(self._cleaned(edit) for edit in edits)
        except WrongValue as wrong:
            raise self._wrong(path, f"has a value that {wrong}") from None
        except (ValueError, OverflowError):
            raise self._wrong(path, "is no list of edits") from None
        except BadInput as long:
            raise self._wrong(path, f"can't be taken: {long.sentence}") from None
        return text if all(map(operator.is_, cleaned, edits)) else self._codec.dump(cleaned)

    def _cleaned(self, edit: Edit) -> Edit:
        before, after = (None if row is None else self.values.cleaned(row) for row in (edit.before, edit.after))
        return edit if before is edit.before and after is edit.after else Edit(before, after)

    def _ignored(self, path: str, found: object) -> IgnoredFinding:
        values = self._record(path, found, {"key": self.values.line, "at": moment}, ("key", "at"))
        return IgnoredFinding(**values)

    def _mark(self, path: str, found: object) -> CopiedMark:
        readers: dict[str, Callable[[object], object]] = {
            "day": day,
            "application_id": identifier,
            "state": one_of(MarkState),
            "at": moment,
            "asked": one_of(ActionKind),
            "sequence": whole_number,
        }
        values = self._record(path, found, readers, ("day", "application_id", "state", "at"))
        return CopiedMark(**{"asked": None, "sequence": None, **values})

    def _check_unique(self, copy: FullCopy) -> None:
        names = {kind: name for name, kind in LISTS.items()}
        for kind, rows in copy.rows.items():
            self._refuse_second(names[kind], "id", [row.id for row in rows])
        numbers = [row.number for row in copy.rows[Application] if isinstance(row, Application)]
        self._refuse_second("applications", "number", numbers)
        self._refuse_second(IGNORED, "key", [each.key for each in copy.ignored])

    def _refuse_second(self, name: str, field: str, values: Sequence[object]) -> None:
        if len(set(values)) == len(values):
            return
        first: dict[object, int] = {}
        for place, value in enumerate(values):
            before = first.setdefault(value, place)
            if before != place:
                raise self._wrong(f"{name}[{place}].{field}", f"is that of {name}[{before}] too")

    def _check_references(self, copy: FullCopy) -> None:
        """Refuse a row that belongs to no application, or names a contact or interview of none or of another."""
        owners = {
            (name, row.id): row.id if isinstance(row, Application) else row.application_id
            for name, kind in LISTS.items()
            for row in copy.rows[kind]
        }
        for name, kind in LISTS.items():
            if name in ("applications", "letters"):  # a letter may outlive what it is about
                continue
            for place, row in enumerate(copy.rows[kind]):
                owner = getattr(row, "application_id")  # noqa: B009 the type is a union with Application
                for field, target in _REFERENCES.items():
                    wanted = getattr(row, field, None)
                    if wanted is not None and owners.get((target, wanted)) != owner:
                        raise self._wrong(f"{name}[{place}].{field}", f"names none of this application's {target}")

    def _wrong(self, path: str, what: str) -> BadInput:
        return BadInput(f"In {self._name}, {path} {what}; nothing was imported, export it again.", path)


_REFERENCES = {"application_id": "applications", "contact_id": "contacts", "interview_id": "interviews"}
