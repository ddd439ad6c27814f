"""Reading the settings file: what is good applies, what is bad is told by key and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from followup_tui.domain.text import shown_line
from followup_tui.settings.values import Settings

SIZE_LIMIT = 1_000_000
"""Bytes a settings file may have; a longer one is some other file."""

_SHOWN = 40
_PLACE = r"\(at line (\d+), column \d+\)$|\(at end of document\)$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake in the settings file: its key ("keys.advance"), its line from 1, and a finished sentence.

    Where the whole file is meant, `key` is empty, and `line` 0 unless one is known.
    """

    key: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """Place and sentence in one line, for the shell and the log."""
        place = ", ".join(filter(None, (f"line {self.line}" if self.line else "", self.key)))
        return f"{place}: {self.sentence}" if place else self.sentence


class _Wrong(Exception):
    """A value that can't be taken, with the sentence why; `item` is its place where it stands in a list."""

    def __init__(self, sentence: str, *item: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.item = item


_Path = tuple[str | int, ...]
_Found = list[tuple[_Path, str]]


def load_settings(
    path: Path, *, action_ids: Collection[str] = (), themes: Collection[str] = ()
) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in a file and the mistakes in it, by line; a missing file is all defaults.

    Whatever is wrong keeps its default and the rest applies; a file that isn't TOML is all defaults. Names of
    actions and themes are held against `action_ids` and `themes` where these are given.
    """
    try:
        text = _text_of(path)
        document = _parsed(text) if text.strip() else {}
    except _Wrong as trouble:
        line = trouble.item[0] if trouble.item else 0
        return Settings(), (Problem(key="", line=line, sentence=trouble.sentence),)
    found: _Found = []
    settings = Settings(**_taken(document, found, action_ids, themes))
    return settings, _placed(found, text)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return ""
    except OSError as trouble:
        raise _Wrong(f"The settings can't be read ({trouble.strerror}); the defaults are in force.") from None
    if len(content) > SIZE_LIMIT:
        raise _Wrong("The settings file is longer than a megabyte; the defaults are in force.")
    try:
        # Some editors put a byte order mark in front, which TOML doesn't know.
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as trouble:
        line = content.count(b"\n", 0, trouble.start) + 1
        raise _Wrong("The settings file isn't UTF-8 text; the defaults are in force.", line) from None


def _parsed(text: str) -> dict[str, Any]:
    # Here and not above: 8 ms that a start without a settings file needn't wait for.
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _Wrong("The settings are nested too deeply; the defaults are in force.") from None
    except ValueError as trouble:
        place = re.search(_PLACE, str(trouble))
        line = int(place[1] or text.rstrip("\n").count("\n") + 1) if place else 0
        what = shown_line(re.sub(_PLACE, "", str(trouble))).strip() if place else "a number is too long"
        raise _Wrong(f"This isn't TOML: {what}; the defaults are in force.", *filter(None, (line,))) from None


def _taken(
    document: Mapping[str, Any], found: _Found, action_ids: Collection[str], themes: Collection[str]
) -> dict[str, Any]:
    """The good settings by name; the bad ones are added to `found`."""
    known = {setting.name: setting.metadata for setting in fields(Settings)}
    taken: dict[str, Any] = {}
    for name, value in document.items():
        try:
            if name not in known:
                raise _Wrong(_unknown(name, known, "setting"))
            if name == "keys":
                taken[name] = _keys(value, found, action_ids)
            else:
                choices = themes if name == "theme" else known[name]["choices"]
                taken[name] = _CHECKS[name](value, choices)
        except _Wrong as wrong:
            found.append(((name,), wrong.sentence))
    return taken


def _keys(value: Any, found: _Found, action_ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _Wrong('Keys are a table of their own: [keys], and below it lines like advance = "L".')
    keys: dict[str, tuple[str, ...]] = {}
    for action, named in value.items():
        try:
            if action_ids and action not in action_ids:
                raise _Wrong(_unknown(action, action_ids, "action"))
            keys[action] = _key_names(named)
        except _Wrong as wrong:
            found.append((("keys", action, *wrong.item), wrong.sentence))
    return MappingProxyType(keys)


def _key_names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_key_name(value),)
    if not isinstance(value, list):
        raise _Wrong(f'{_kind(value)} is no key; write a key in quotes, or a list like ["L", "f5"].')
    return tuple(_key_name(key, position) for position, key in enumerate(value))


def _key_name(key: Any, *position: int) -> str:
    if not isinstance(key, str):
        raise _Wrong(f'{_kind(key)} is no key; write it in quotes, like "L".', *position)
    if not key.strip() or not key.isprintable() or len(key) > _SHOWN:
        raise _Wrong(f"{_quoted(key)} is no key's name; write one like L, space, or ctrl+s.", *position)
    return key.strip()


def _switch(value: Any, choices: Collection[str]) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(f"It is either true or false, without quotes, not {_shown(value)}; the default stays.")
    return value


def _words(value: Any, choices: Collection[str]) -> str:
    if not isinstance(value, str):
        raise _Wrong(f"It is a text in quotes, not {_shown(value)}; the default stays.")
    if not value.isprintable():
        raise _Wrong("It holds characters that can't be shown; the default stays.")
    if choices and value not in choices:
        listed = ", ".join(sorted(choices))
        raise _Wrong(f"{_quoted(value)} is none of {listed}{_nearest(value, choices)}; the default stays.")
    return value


def _name(value: Any, choices: Collection[str]) -> str:
    if isinstance(value, str) and not value.strip():
        raise _Wrong("It is empty; the default stays.")
    return _words(value, choices)


_CHECKS: Mapping[str, Callable[[Any, Collection[str]], Any]] = {
    "theme": _name,
    "ascii": _switch,
    "sort": _words,
    "mouse": _switch,
}


def _unknown(name: str, known: Collection[str], what: str) -> str:
    return f"There is no {what} {_quoted(name)}{_nearest(name, known)}; it is ignored."


def _nearest(name: str, known: Collection[str]) -> str:
    import difflib

    # A long name would take long to compare, and resembles nothing.
    near = difflib.get_close_matches(name[:_SHOWN], known, n=1)
    return f", did you mean {near[0]}?" if near else ""


def _placed(found: _Found, text: str) -> tuple[Problem, ...]:
    if not found:
        return ()
    from followup_tui.settings.positions import key_lines

    lines = key_lines(text)
    problems = (
        Problem(key=_dotted(path), line=lines.get(path) or lines.get(path[:2], 0), sentence=sentence)
        for path, sentence in found
    )
    return tuple(sorted(problems, key=lambda problem: problem.line))


def _dotted(path: _Path) -> str:
    return ".".join(shown_line(part)[:_SHOWN] for part in path if isinstance(part, str))


def _quoted(text: str) -> str:
    shown = shown_line(text)
    return f'"{shown[:_SHOWN]}…"' if len(shown) > _SHOWN else f'"{shown}"'


def _kind(value: Any) -> str:
    if isinstance(value, bool | int | float):
        return _shown(value)
    return {"list": "A list", "dict": "A table", "str": "A text"}.get(type(value).__name__, "A date or time")


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)[:_SHOWN] if isinstance(value, int | float) else _kind(value).lower()
