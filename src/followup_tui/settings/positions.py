"""On which line a TOML file names what: tomllib tells values apart from their places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
      (?P<skip>  [^\S\n]++ | \#[^\n]*+ )
    | (?P<text>  \"\"\"(?:[^"\\]++|\\.|"{1,2}+(?!"))*+"{3,5}
               | '''(?:[^']++|'{1,2}+(?!'))*+'{3,5}
               | "(?:[^"\\\n]++|\\.)*+"
               | '[^'\n]*+' )
    | (?P<bare>  [^\s\[\]{},=.\#"']++ )
    | (?P<sign>  [\[\]{},=.\n] )
    """,
    re.VERBOSE | re.DOTALL,
)
# A table opened deeper than any setting lies needs no place of its own.
_DEPTH = 3


@dataclass(slots=True)
class _Container:
    """A table, inline table or array one is inside of."""

    path: Path
    closes: str = ""
    item: int = 0

    @property
    def is_array(self) -> bool:
        return self.closes == "]"


@dataclass(slots=True)
class _Scan:
    """How far one has read: the containers one is in, and the key or value at hand."""

    lines: dict[Path, int] = field(default_factory=dict)
    inside: list[_Container] = field(default_factory=lambda: [_Container(())])
    parts: list[str] = field(default_factory=list)
    started_at: int = 0
    reads_key: bool = True
    in_header: bool = False
    value: Path = ()

    @property
    def here(self) -> _Container:
        return self.inside[-1]

    def note(self, path: Path, line: int) -> None:
        for depth in range(1, min(len(path), _DEPTH) + 1):
            self.lines.setdefault(path[:depth], line)

    def begin_key(self) -> None:
        self.parts, self.reads_key = [], True

    def begin_value(self, line: int) -> None:
        """A value starts: in an array it is an item with a place of its own, else its key has told the place."""
        if self.here.is_array:
            self.value = (*self.here.path, self.here.item)
            self.note(self.value, line)

    def word(self, text: str, line: int) -> None:
        if not self.reads_key:
            self.begin_value(line)
            return
        if not self.parts:
            self.started_at = line
        self.parts.append(_unquoted(text))

    def sign(self, sign: str, line: int) -> None:
        if sign == "\n":
            self.end_line()
        elif sign == "=" and self.reads_key:
            self.value = (*self.here.path, *self.parts)
            self.note(self.value, self.started_at)
            self.reads_key = False
        elif sign == "[" and self.reads_key:
            self.in_header = True
        elif sign == "]" and self.in_header:
            self.end_header()
        elif sign in "[{":
            self.open(sign, line)
        elif sign in "]}":
            self.inside.pop()
            self.reads_key = False
        elif sign == ",":
            self.next_item()

    def open(self, sign: str, line: int) -> None:
        self.begin_value(line)
        self.inside.append(_Container(self.value, "]" if sign == "[" else "}"))
        if sign == "{":
            self.begin_key()

    def next_item(self) -> None:
        if self.here.is_array:
            self.here.item += 1
        else:
            self.begin_key()

    def end_header(self) -> None:
        self.inside = [_Container(tuple(self.parts))]
        self.note(self.here.path, self.started_at)
        # `[[name]]` closes twice.
        self.reads_key = False

    def end_line(self) -> None:
        if not self.here.closes:
            self.begin_key()
            self.in_header = False


def key_lines(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every key and array item in a TOML document that tomllib accepts.

    A path is its keys from the top, items of an array by their position; three steps deep at most.
    """
    scan = _Scan()
    for kind, token, line in _tokens(text):
        if kind == "sign":
            scan.sign(token, line)
        elif kind != "skip":
            scan.word(token, line)
    return scan.lines


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        token = match.group()
        yield match.lastgroup or "", token, line
        line += token.count("\n")


def _unquoted(text: str) -> str:
    if text[0] not in "\"'":
        return text
    return str(tomllib.loads(f"key = {text}")["key"]) if "\\" in text else text[1:-1]
