"""A TOML file of the user's, read with care: each mistake in it is told by key and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from followup_tui.domain.model.text import shown_line

SIZE_LIMIT = 1_000_000
"""Bytes such a file may have; a longer one is some other file."""
SHOWN = 40
"""Characters of a name or a value that a sentence repeats."""

Place = tuple[str | int, ...]
"""Where a value stands: its keys from the top, items of a list by their position."""

Found = list[tuple[Place, str]]
"""Mistakes with their places, as they are found."""

_TOML_PLACE = r"\(at line (\d+), column \d+\)$|\(at end of document\)$"
_LARGEST_BITS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in a file: its key ("keys.advance"), its line from 1, and a finished sentence.

    Where the whole file is meant, `key` is empty, and `line` 0 unless one is known.
    """

    key: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """Place and sentence in one line, for the shell and the log."""
        place = ", ".join(filter(None, (f"line {self.line}" if self.line else "", self.key)))
        return f"{place}: {self.sentence}" if place else self.sentence


class Wrong(Exception):
    """A value that can't be taken, with the sentence why; `item` is its place where it stands in a list."""

    def __init__(self, sentence: str, *item: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.item = item


class Unreadable(Exception):
    """A file that can't be taken as a whole; `problem` says why."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.problem = Problem(key="", line=line, sentence=sentence)


class Document(NamedTuple):
    """What a file says, and its text, in which the lines are counted; nothing at all where there is no file."""

    values: Mapping[str, Any]
    text: str
    exists: bool


def read_document(path: Path, *, name: str, otherwise: str) -> Document:
    """The document in a file, where a missing or empty one says nothing; `Unreadable` where it is no TOML.

    A sentence calls the file by `name` ("settings") and ends with what holds instead.
    """
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return Document({}, "", False)
    except OSError as trouble:
        raise Unreadable(f"The {name} can't be read ({trouble.strerror}); {otherwise}.") from None
    if len(content) > SIZE_LIMIT:
        raise Unreadable(f"The {name} file is longer than a megabyte; {otherwise}.")
    try:
        # Some editors put a byte order mark in front, which TOML doesn't know.
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as trouble:
        line = content.count(b"\n", 0, trouble.start) + 1
        raise Unreadable(f"The {name} file isn't UTF-8 text; {otherwise}.", line) from None
    return Document(_parsed(text, otherwise) if text.strip() else {}, text, True)


def _parsed(text: str, otherwise: str) -> dict[str, Any]:
    # Here and not above: 8 ms that a start without such a file needn't wait for.
    import tomllib

    try:
        values = tomllib.loads(text)
    except RecursionError:
        raise Unreadable(f"Its values are nested too deeply; {otherwise}.") from None
    except ValueError as trouble:
        place = re.search(_TOML_PLACE, str(trouble))
        line = int(place[1] or text.rstrip("\n").count("\n") + 1) if place else 0
        what = shown_line(re.sub(_TOML_PLACE, "", str(trouble))).strip() if place else "a number is too long"
        raise Unreadable(f"This isn't TOML: {what}; {otherwise}.", line) from None
    if _has_endless_number(values):
        raise Unreadable(f"This isn't TOML: a number is too long; {otherwise}.")
    return values


def _has_endless_number(values: Mapping[str, Any]) -> bool:
    """Whether a whole number is larger than TOML's: written in hexadecimal it gets past tomllib.

    To show one would fail, as Python writes no more than some thousand digits.
    """
    left: list[Any] = [values]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            left += value.values()
        elif isinstance(value, list):
            left += value
        elif isinstance(value, int) and value.bit_length() > _LARGEST_BITS:
            return True
    return False


def placed(found: Iterable[tuple[Place, str]], text: str) -> tuple[Problem, ...]:
    """Mistakes as problems with their lines in a file's text, by line; a value left out has its table's line."""
    found = tuple(found)
    if not found:
        return ()
    from followup_tui.settings.positions import key_lines

    lines = key_lines(text)
    # A key can hold a dot itself; where it is known only as it is shown, it is found as it is shown.
    shown: dict[Place, int] = {}
    for path, line in lines.items():
        shown.setdefault(tuple(dotted(path).split(".")), line)
    problems = (
        Problem(key=dotted(path), line=_line(path, lines) or _line(path, shown), sentence=sentence)
        for path, sentence in found
    )
    return tuple(sorted(problems, key=lambda problem: problem.line))


def _line(path: Place, lines: Mapping[Place, int]) -> int:
    return next((lines[path[:depth]] for depth in range(len(path), 0, -1) if path[:depth] in lines), 0)


def dotted(path: Place) -> str:
    """A place as its keys are written: "keys.advance"; each fit to be shown."""
    return ".".join(shown_line(part)[:SHOWN] for part in path if isinstance(part, str))


def quoted(text: str) -> str:
    """A text fit to be shown, in quotes, cut where it is long."""
    shown = shown_line(text)
    return f'"{shown[:SHOWN]}…"' if len(shown) > SHOWN else f'"{shown}"'


def nearest(name: str, known: Iterable[str]) -> str:
    """A question after the known name that resembles one, to end a sentence with; empty where none does."""
    import difflib

    # A long name would take long to compare, and resembles nothing.
    near = difflib.get_close_matches(name[:SHOWN], list(known), n=1)
    return f", did you mean {near[0]}?" if near else ""
