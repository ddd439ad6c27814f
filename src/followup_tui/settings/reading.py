"""Reading the settings file: what is good applies, what is bad is told by key and line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from followup_tui.settings.checks import CHECKS, kind, shown, unknown
from followup_tui.settings.days_off import LONGEST, days_of, longest_break, span_of
from followup_tui.settings.files import (
    SHOWN,
    Found,
    Problem,
    Unreadable,
    Wrong,
    placed,
    quoted,
    read_document,
)
from followup_tui.settings.mail import mail_account
from followup_tui.settings.values import Settings


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
    found: Found = []
    settings = Settings(**_taken(document.values, found, action_ids, themes))
    return settings, placed(found, document.text)


def _taken(
    document: Mapping[str, Any], found: Found, action_ids: Collection[str], themes: Collection[str]
) -> dict[str, Any]:
    """The good settings by name; the bad ones are added to `found`."""
    known = {setting.name: setting.metadata for setting in fields(Settings)}
    taken: dict[str, Any] = {}
    for name, value in document.items():
        try:
            if name not in known:
                raise Wrong(unknown(name, known, "setting"))
            if name == "keys":
                taken[name] = _keys(value, found, action_ids)
            elif name == "filters":
                taken[name] = _filters(value, found)
            elif name == "mail":
                taken[name] = mail_account(value, found)
            elif name == "days_off":
                taken[name] = _days_off(value, found)
            else:
                choices = themes if name == "theme" else known[name]["choices"]
                taken[name] = CHECKS[name](value, choices)
        except Wrong as wrong:
            found.append(((name,), wrong.sentence))
    return taken


def _keys(value: Any, found: Found, action_ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise Wrong('Keys are a table of their own: [keys], and below it lines like advance = "L".')
    keys: dict[str, tuple[str, ...]] = {}
    for action, named in value.items():
        try:
            if action_ids and action not in action_ids:
                raise Wrong(unknown(action, action_ids, "action"))
            keys[action] = _key_names(named)
        except Wrong as wrong:
            found.append((("keys", action, *wrong.item), wrong.sentence))
    return MappingProxyType(keys)


def _filters(value: Any, found: Found) -> Mapping[str, str]:
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
        raise Wrong(f'{kind(text)} is no filter; write in quotes what is typed after /, like "late #python".')
    from followup_tui.domain.views.filters import (
        TEXT_LIMIT,  # a start without filters of one's own needs none of it
    )

    if not text.strip() or not text.isprintable() or len(text) > TEXT_LIMIT:
        raise Wrong(f"A filter has 1 to {TEXT_LIMIT} characters that can be shown; it is left out.")
    return text.strip()


def _key_names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_key_name(value),)
    if not isinstance(value, list):
        raise Wrong(f'{kind(value)} is no key; write a key in quotes, or a list like ["L", "f5"].')
    return tuple(_key_name(key, position) for position, key in enumerate(value))


def _key_name(key: Any, *position: int) -> str:
    if not isinstance(key, str):
        raise Wrong(f'{kind(key)} is no key; write it in quotes, like "L".', *position)
    if not key.strip() or not key.isprintable() or len(key) > SHOWN:
        raise Wrong(f"{quoted(key)} is no key's name; write one like L, space, or ctrl+s.", *position)
    return key.strip()


def _days_off(value: Any, found: Found) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong(f'Days off are a list like ["2026-12-24"], not {shown(value)}; the default stays.')
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
    told = shown(value)
    if not isinstance(value, str):
        raise Wrong(f'{kind(value)} is no day off; write a date in quotes, like "2026-12-24"; it is left out.')
    try:
        start, end = span_of(value)
    except ValueError:
        raise Wrong(
            f'{told} is no day; write "2026-12-24", or "2026-12-24..2027-01-01" for several; it is left out.'
        ) from None
    if not 0 <= (end - start).days < LONGEST:
        why = "ends before it begins" if end < start else f"has more than {LONGEST} days"
        raise Wrong(f"{told} {why}; it is left out.")
    return start.isoformat() if start == end else f"{start}..{end}"
