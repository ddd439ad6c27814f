"""What can be set, its defaults and its words; the documented file is made from the same lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from types import MappingProxyType
from typing import Any

from followup_tui.settings.days_off import days_of

NO_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
NO_FILTERS: Mapping[str, str] = MappingProxyType({})


def _setting(default: Any, sentence: str, *, choices: tuple[str, ...] = (), example: Any = None) -> Any:
    """A field with its sentence; `example` stands in the documented file where the default says nothing."""
    return field(default=default, metadata={"sentence": sentence, "choices": choices, "example": example})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the program looks and behaves; None in `ascii` leaves it to the locale."""

    theme: str = _setting("followup-dark", "The colours, by the name the palette lists them under.")
    ascii: bool | None = _setting(
        None, "Draw with plain ASCII characters only; left out, the locale decides.", example=True
    )
    sort: str = _setting(
        "due",
        "The order of the cards in a column as the board opens.",
        choices=("due", "company", "age", "newest"),
    )
    mouse: bool = _setting(
        True, "Let the mouse focus, open and drag cards; off, the terminal keeps it for itself."
    )
    region: str = _setting(
        "",
        "Where you look for work: a country, with its state where that matters; left out, the locale decides.",
        example="DE-BY",
    )
    days_off: tuple[str, ...] = _setting(
        (),
        "Days of yours that are no business days: dates, or the first and the last of several.",
        example=("2026-12-24..2027-01-01",),
    )
    keys: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: NO_KEYS,
        hash=False,
        metadata={
            "sentence": "Keys of your own: an action's name and its key or keys; an empty list takes them away."
        },
    )
    filters: Mapping[str, str] = field(
        default_factory=lambda: NO_FILTERS,
        hash=False,
        metadata={
            "sentence": "Filters of your own, by name in the palette and `list --filter`: what is typed after /.",
            "example": {
                "Remote Python": "#python #remote -late",
                "Waits for a call": 'stage:awaiting note:"will call"',
            },
        },
    )

    def days_off_days(self) -> frozenset[date]:
        """The days off, one by one."""
        return days_of(self.days_off)


def example_settings(keys: Mapping[str, tuple[str, ...]] = NO_KEYS) -> str:
    """The whole settings file in TOML, documented, every line commented out at its default.

    `keys` are the actions with their default keys, to be listed under `[keys]`.
    """
    lines = [
        "# Settings of followup-tui. Every line may be left out; a comment shows the default or an example.",
        "",
    ]
    for setting in fields(Settings):
        if setting.name in ("keys", "filters"):
            continue
        lines.append(f"# {setting.metadata['sentence']}")
        if setting.metadata["choices"]:
            lines.append(f"# One of {', '.join(map(_toml, setting.metadata['choices']))}.")
        example = setting.metadata["example"]
        shown = setting.default if example is None else example
        lines += [f"# {setting.name} = {_toml(shown)}", ""]
    lines += [f"# {Settings.__dataclass_fields__['keys'].metadata['sentence']}", "[keys]"]
    lines += [f"# {action} = {_toml(its_keys)}" for action, its_keys in (keys or {"advance": ("L", "f5")}).items()]
    own = Settings.__dataclass_fields__["filters"].metadata
    lines += ["", f"# {own['sentence']}", "[filters]"]
    lines += [f"# {_toml(name)} = {_toml(text)}" for name, text in own["example"].items()]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
