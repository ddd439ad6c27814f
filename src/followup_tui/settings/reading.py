"""Reading the settings file: what is good applies, what is bad is told by key and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from followup_tui.settings.days_off import LONGEST, days_of, longest_break, span_of
from followup_tui.settings.files import (
    SHOWN,
    Place,
    Problem,
    Unreadable,
    Wrong,
    nearest,
    placed,
    quoted,
    read_document,
)
from followup_tui.settings.values import Settings

# Here only the shape: whether there is such a place is known to the tracker, which knows the holidays.
_REGION = r"[A-Za-z]{2}(-(?! )[\w ]{1,20}(?<! ))?"
_Found = list[tuple[Place, str]]


def load_settings(
    path: Path, *, action_ids: Collection[str] = (), themes: Collection[str] = ()
) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in a file and the mistakes in it, by line; a missing file is all defaults.

    Whatever is wrong keeps its default and the rest applies; a file that isn't TOML is all defaults. Names of
    actions and themes are held against `action_ids` and `themes` where these are given.
    """
    try:
        document = read_document(path, name="settings", otherwise="the defaults are in force")
    except Unreadable as trouble:
        return Settings(), (trouble.problem,)
    found: _Found = []
    settings = Settings(**_taken(document.values, found, action_ids, themes))
    return settings, placed(found, document.text)


def _taken(
    document: Mapping[str, Any], found: _Found, action_ids: Collection[str], themes: Collection[str]
) -> dict[str, Any]:
    """The good settings by name; the bad ones are added to `found`."""
    known = {setting.name: setting.metadata for setting in fields(Settings)}
    taken: dict[str, Any] = {}
    for name, value in document.items():
        try:
            if name not in known:
                raise Wrong(_unknown(name, known, "setting"))
            if name == "keys":
                taken[name] = _keys(value, found, action_ids)
            elif name == "filters":
                taken[name] = _filters(value, found)
            elif name == "days_off":
                taken[name] = _days_off(value, found)
            else:
                choices = themes if name == "theme" else known[name]["choices"]
                taken[name] = _CHECKS[name](value, choices)
        except Wrong as wrong:
            found.append(((name,), wrong.sentence))
    return taken


def _keys(value: Any, found: _Found, action_ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise Wrong('Keys are a table of their own: [keys], and below it lines like advance = "L".')
    keys: dict[str, tuple[str, ...]] = {}
    for action, named in value.items():
        try:
            if action_ids and action not in action_ids:
                raise Wrong(_unknown(action, action_ids, "action"))
            keys[action] = _key_names(named)
        except Wrong as wrong:
            found.append((("keys", action, *wrong.item), wrong.sentence))
    return MappingProxyType(keys)


def _filters(value: Any, found: _Found) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise Wrong('Filters are a table of their own: [filters], and below it lines like Mine = "late #python".')
    filters: dict[str, str] = {}
    for name, text in value.items():
        try:
            filters[_filter_name(name, filters)] = _filter_text(text)
        except Wrong as wrong:
            found.append((("filters", name), wrong.sentence))
    return MappingProxyType(filters)


def _filter_name(name: str, others: Collection[str]) -> str:
    if not name.strip() or not name.isprintable() or len(name) > SHOWN:
        raise Wrong(f"A filter's name can be read and has at most {SHOWN} characters; it is left out.")
    same = [other for other in others if other.casefold() == name.strip().casefold()]
    if same:
        raise Wrong(f"There is a filter {quoted(same[0])} already; this one is left out.")
    return name.strip()


def _filter_text(text: Any) -> str:
    if not isinstance(text, str):
        raise Wrong(f'{_kind(text)} is no filter; write in quotes what is typed after /, like "late #python".')
    from followup_tui.domain.filters import TEXT_LIMIT  # a start without filters of one's own needs none of it

    if not text.strip() or not text.isprintable() or len(text) > TEXT_LIMIT:
        raise Wrong(f"A filter has 1 to {TEXT_LIMIT} characters that can be shown; it is left out.")
    return text.strip()


def _key_names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_key_name(value),)
    if not isinstance(value, list):
        raise Wrong(f'{_kind(value)} is no key; write a key in quotes, or a list like ["L", "f5"].')
    return tuple(_key_name(key, position) for position, key in enumerate(value))


def _key_name(key: Any, *position: int) -> str:
    if not isinstance(key, str):
        raise Wrong(f'{_kind(key)} is no key; write it in quotes, like "L".', *position)
    if not key.strip() or not key.isprintable() or len(key) > SHOWN:
        raise Wrong(f"{quoted(key)} is no key's name; write one like L, space, or ctrl+s.", *position)
    return key.strip()


def _switch(value: Any, choices: Collection[str]) -> bool:
    if not isinstance(value, bool):
        raise Wrong(f"It is either true or false, without quotes, not {_shown(value)}; the default stays.")
    return value


def _words(value: Any, choices: Collection[str]) -> str:
    if not isinstance(value, str):
        raise Wrong(f"It is a text in quotes, not {_shown(value)}; the default stays.")
    if not value.isprintable():
        raise Wrong("It holds characters that can't be shown; the default stays.")
    if choices and value not in choices:
        listed = ", ".join(sorted(choices))
        raise Wrong(f"{quoted(value)} is none of {listed}{nearest(value, choices)}; the default stays.")
    return value


def _name(value: Any, choices: Collection[str]) -> str:
    if isinstance(value, str) and not value.strip():
        raise Wrong("It is empty; the default stays.")
    return _words(value, choices)


def _region(value: Any, choices: Collection[str]) -> str:
    region = _words(value, choices).strip()
    if region and not re.fullmatch(_REGION, region):
        raise Wrong(f"{quoted(region)} is no region; write one like DE, DE-BY or US-CA; the default stays.")
    return region


def _days_off(value: Any, found: _Found) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong(f'Days off are a list like ["2026-12-24"], not {_shown(value)}; the default stays.')
    entries: list[str] = []
    for position, entry in enumerate(value):
        try:
            entries.append(_day_off(entry))
        except Wrong as wrong:
            found.append((("days_off", position), wrong.sentence))
    if longest_break(days_of(entries)) > LONGEST:
        raise Wrong(f"Together they leave more than {LONGEST} days in a row without work; none of them counts.")
    return tuple(entries)


def _day_off(value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    shown = _shown(value)
    if not isinstance(value, str):
        raise Wrong(f'{_kind(value)} is no day off; write a date in quotes, like "2026-12-24"; it is left out.')
    try:
        start, end = span_of(value)
    except ValueError:
        raise Wrong(
            f'{shown} is no day; write "2026-12-24", or "2026-12-24..2027-01-01" for several; it is left out.'
        ) from None
    if not 0 <= (end - start).days < LONGEST:
        why = "ends before it begins" if end < start else f"has more than {LONGEST} days"
        raise Wrong(f"{shown} {why}; it is left out.")
    return start.isoformat() if start == end else f"{start}..{end}"


_CHECKS: Mapping[str, Callable[[Any, Collection[str]], Any]] = {
    "theme": _name,
    "ascii": _switch,
    "sort": _words,
    "mouse": _switch,
    "region": _region,
}


def _unknown(name: str, known: Collection[str], what: str) -> str:
    return f"There is no {what} {quoted(name)}{nearest(name, known)}; it is ignored."


def _kind(value: Any) -> str:
    if isinstance(value, bool | int | float):
        return _shown(value)
    return {"list": "A list", "dict": "A table", "str": "A text"}.get(type(value).__name__, "A date or time")


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)[:SHOWN] if isinstance(value, int | float) else _kind(value).lower()
