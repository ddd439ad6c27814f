"""A TOML file written by the user: read it, and report each mistake by key and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from followup_tui.domain.model.text import shown_line
from followup_tui.files import read_file

SIZE_LIMIT = 1_000_000
"""Maximum size of such a file in bytes."""
SHOWN = 40
"""Characters of a name or a value that a message repeats."""

KeyPath = tuple[str | int, ...]
"""The keys that lead to a value from the top; items of a list by their position."""

Errors = list[tuple[KeyPath, str]]
"""Mistakes: where, and a finished sentence."""

_ERROR_POSITION = r"\(at line (\d+), column \d+\)$|\(at end of document\)$"
_MAX_NUMBER_BITS = 64
_MAX_LEVELS = 50
_NESTED = "Its values are nested too deeply"
_MAX_DEPTH = 3
_MAX_STATEMENT_LINES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a file: its key ("keys.advance"), its line from 1, and a finished sentence.

    `key` is empty if it concerns the whole file; `line` is 0 if unknown.
    """

    key: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """Return line, key and sentence in one line, for the shell and the log."""
        place = ", ".join(filter(None, (f"line {self.line}" if self.line else "", self.key)))
        return f"{place}: {self.sentence}" if place else self.sentence


class UnreadableFile(Exception):
    """A file that can't be used at all; `problem` says why."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.problem = Problem(key="", line=line, sentence=sentence)


class TomlDocument(NamedTuple):
    """The values in a file and its text; both empty if there is no file."""

    values: Mapping[str, Any]
    text: str
    exists: bool


def read_document(path: Path, *, name: str, otherwise: str) -> TomlDocument:
    """Return the document in a file; a missing or empty file has no values. Raises `UnreadableFile`.

    Messages call the file by `name` ("settings") and end with `otherwise`, which says what applies instead.
    """
    try:
        content = read_file(path, SIZE_LIMIT + 1)
    except FileNotFoundError:
        return TomlDocument({}, "", False)
    except OSError as error:
        raise UnreadableFile(f"The {name} can't be read ({error.strerror}); {otherwise}.") from None
    if len(content) > SIZE_LIMIT:
        raise UnreadableFile(f"The {name} file is longer than a megabyte; {otherwise}.")
    try:
        # Some editors put a byte order mark in front, which TOML doesn't allow.
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"The {name} file isn't UTF-8 text; {otherwise}.", line) from None
    return TomlDocument(_parse(text, otherwise) if text.strip() else {}, text, True)


def _loads(text: str) -> dict[str, Any]:
    import tomllib  # takes 8 ms, which a start without such a file need not wait for

    return tomllib.loads(text)


def _parse(text: str, otherwise: str) -> dict[str, Any]:
    try:
        values = _loads(text)
    except RecursionError:
        raise UnreadableFile(f"{_NESTED}; {otherwise}.") from None
    except ValueError as error:
        position = re.search(_ERROR_POSITION, str(error))
        line = int(position[1] or text.rstrip("\n").count("\n") + 1) if position else 0
        reason = (
            shown_line(re.sub(_ERROR_POSITION, "", str(error))).strip() if position else "a number is too long"
        )
        raise UnreadableFile(f"This isn't TOML: {reason}; {otherwise}.", line) from None
    _refuse_extremes(values, otherwise)
    return values


def _refuse_extremes(values: Mapping[str, Any], otherwise: str) -> None:
    """Refuse tables that are nested so deep, and integers so long, that Python can't copy or print them.

    tomllib accepts both: as a key with many dots, and in hexadecimal.
    """
    level: list[Any] = [values]
    for _ in range(_MAX_LEVELS):
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, list):
                inner += value
            elif isinstance(value, int) and value.bit_length() > _MAX_NUMBER_BITS:
                raise UnreadableFile(f"This isn't TOML: a number is too long; {otherwise}.")
        level = inner
    if level:
        raise UnreadableFile(f"{_NESTED}; {otherwise}.")


def locate_problems(errors: Iterable[tuple[KeyPath, str]], text: str) -> tuple[Problem, ...]:
    """Return errors as problems with their lines in the file's text, sorted by line.

    An error at a missing value gets the line of its table.
    """
    errors = tuple(errors)
    if not errors:
        return ()
    lines = key_lines(text)
    # A key can contain a dot: if an error names it only as it is shown, it is found as it is shown.
    shown: dict[KeyPath, int] = {}
    for path, line in lines.items():
        shown.setdefault(tuple(dotted_key(path).split(".")), line)
    problems = (
        Problem(key=dotted_key(path), line=_line_of(path, lines) or _line_of(path, shown), sentence=sentence)
        for path, sentence in errors
    )
    return tuple(sorted(problems, key=lambda problem: problem.line))


def _line_of(path: KeyPath, lines: Mapping[KeyPath, int]) -> int:
    """The line of a key, or of the innermost table around it that has one; 0 if none has."""
    for depth in range(len(path), 0, -1):
        if path[:depth] in lines:
            return lines[path[:depth]]
    return 0


def dotted_key(path: KeyPath) -> str:
    """Return a key path as it is written: "keys.advance", safe to display."""
    return ".".join(shown_line(part)[:SHOWN] for part in path if isinstance(part, str))


def key_lines(text: str) -> Mapping[KeyPath, int]:
    """Return the line, from 1, of every key and list item in a valid TOML document, three levels deep.

    tomllib reports no positions, so each statement is parsed by itself.
    """
    lines: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for start, statement, values in _statements(text):
        is_header = statement[0].lstrip().startswith("[")
        prefix = () if is_header else table
        key = (*prefix, *_statement_key(values))[:_MAX_DEPTH]
        for depth in range(1, len(key) + 1):
            lines.setdefault(key[:depth], start)
        if is_header:
            table = key
            continue
        for line, part in chain(_statement_parts(start, statement), [(start + len(statement) - 1, values)]):
            for path in _paths(part, _MAX_DEPTH - len(prefix)):
                lines.setdefault((*prefix, *path), line)
    return lines


def _statements(text: str) -> Iterator[tuple[int, list[str], dict[str, Any]]]:
    """Yield each statement's first line number, its lines and its values; stops at one of more than 300 lines."""
    statement: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        statement.append(line)
        if len(statement) > _MAX_STATEMENT_LINES:
            return
        if len(statement) == 1 or any(mark in line for mark in ("]", "}", '"""', "'''")):
            values = _try_parse("\n".join(statement))
            if values is not None:
                yield number - len(statement) + 1, statement, values
                statement = []


def _statement_parts(start: int, statement: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the values up to each line inside a list, so that the line where each item begins is known."""
    for count in range(1, len(statement)):
        for closing in ("\n]", "\n]}"):
            values = _try_parse("\n".join(statement[:count]) + closing)
            if values is not None:
                yield start + count - 1, values
                break


def _try_parse(text: str) -> dict[str, Any] | None:
    try:
        return _loads(text)
    except ValueError:
        return None


def _statement_key(values: Any) -> KeyPath:
    """Return the keys that lead to a statement's value, or the first three."""
    key: KeyPath = ()
    while isinstance(values, dict) and len(values) == 1 and len(key) < _MAX_DEPTH:
        ((name, values),) = values.items()
        key = (*key, name)
    return key


def _paths(value: Any, depth: int) -> Iterator[KeyPath]:
    """Yield the path of everything inside a table or list, down to a depth."""
    if depth == 0:
        return
    items: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, inner in items:
        yield (key,)
        yield from ((key, *path) for path in _paths(inner, depth - 1))
