"""Every setting with its value, its default and where it comes from, and how one is changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from followup_tui.actions import ACTIONS, BY_ID
from followup_tui.domain.format import capitalized
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.mail_account import MailAccount, Security
from followup_tui.domain.model.text import shown_line
from followup_tui.external_editor import NAMES as EDITORS
from followup_tui.files import DATABASE_VARIABLE, SETTINGS_VARIABLE
from followup_tui.keymap import make_keymap, shown_key
from followup_tui.settings import Problem, Settings, checks, load_settings
from followup_tui.settings.save import checked_value, save_setting, value_at
from followup_tui.settings.schema import COLORS, MAIL_KEYS, SCHEMA
from followup_tui.settings.toml_file import KeyPath, UnreadableFile, dotted_key, read_document
from followup_tui.tracker.clock import ZONE_VARIABLE, find_zone
from followup_tui.tracker.regions import default_region, describe_region, guess_english, known_region

if TYPE_CHECKING:
    from followup_tui.server_address import Place

NEW_FILTER: KeyPath = ("filters", "")
"""The key of the row that adds a filter."""
ENVIRONMENT = "From the environment"
FROM_FILE, FROM_DEFAULT = "settings file", "default"
NO_COLOR = "NO_COLOR"
_HOW_FILTER = "Add a filter: its name, =, and what you would type after /."
_YES, _NO = "yes", "no"
_YES_NO_WORDS = {_YES: True, "true": True, "on": True, _NO: False, "false": False, "off": False}
"""What may be typed for a setting that is on or off: our words, the file's and those of other programs."""
_ACRONYMS = frozenset({"ascii", "smtp", "imap", "ca"})
_SECRET = frozenset({"password_command"})
_DIGITS = 10


class Control(StrEnum):
    """How a setting is changed; LINES is a text of several lines, LIST has commas, KEYS has spaces between."""

    CHOICE = "choice"
    YES_NO = "yes or no"
    NUMBER = "number"
    TEXT = "text"
    LINES = "lines"
    LIST = "list"
    KEYS = "keys"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """A setting; `text` and `default` are as one would type them, `seen` is what the file has, or None.

    `origin` is where the value comes from, `problem` what is wrong with the one in the file.
    """

    key: KeyPath
    label: str
    group: str
    sentence: str
    control: Control
    text: str = ""
    default: str = ""
    origin: str = FROM_DEFAULT
    seen: Any = None
    choices: tuple[str, ...] = ()
    problem: str = ""
    at_start: bool = False
    is_secret: bool = False

    @property
    def shown(self) -> str:
        """The value in one line, safe to display; a secret is never shown."""
        return "set, not shown" if self.is_secret and self.text else shown_line(self.text.replace("\n", ", "))

    @property
    def name(self) -> str:
        """The name in the file: "theme", "mail.user"; empty for what isn't set there."""
        return dotted_key(self.key)


class SettingList(NamedTuple):
    """All settings, the problems of the file that belong to none of them, and the settings in force."""

    rows: tuple[SettingRow, ...]
    problems: tuple[Problem, ...]
    settings: Settings


def file_stamp(settings_place: Path) -> tuple[int, int]:
    """Return what differs after the file was written: its time and its size; zeros if it can't be looked at."""
    try:
        status = settings_place.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def list_settings(
    place: Place, settings_place: Path, zone: ZoneInfo, themes: Collection[str], *, is_ascii: bool
) -> SettingList:
    """Return every setting; `is_ascii` is what the locale says about plain ASCII."""
    settings, problems = load_settings(settings_place, action_ids=BY_ID, themes=themes)
    try:
        values = read_document(settings_place, name="settings", otherwise="the defaults are in force").values
    except UnreadableFile:
        values = {}  # the problems say why
    sentences = {problem.key: problem.sentence for problem in problems}
    region, origin = default_region(zone)  # from a variable's name, or "the zone Europe/Berlin"
    guesses = {
        "ascii": (_yes_no(is_ascii), "locale"),
        "english": guess_english(settings.region),
        "region": (region, "time zone" if " " in origin else origin),
    }
    rows: list[SettingRow] = []
    group = ""
    for name, setting in SCHEMA.items():
        group = setting["group"] or group
        for row in _rows_of(name, settings, themes, guesses.get(name, ("", ""))):
            seen = value_at(values, row.key)
            problem = sentences.pop(row.name, "") if row.key != NEW_FILTER else ""
            origin = FROM_FILE if seen is not None and not problem else row.origin
            rows.append(
                replace(row, group=group, seen=seen, origin=origin, problem=problem, at_start=setting["at_start"])
            )
    rows += _environment_rows(place, settings_place)
    other_problems = tuple(problem for problem in problems if problem.key in sentences)
    return SettingList(tuple(rows), other_problems, settings)


def _rows_of(
    name: str, settings: Settings, themes: Collection[str], guess: tuple[str, str]
) -> Iterable[SettingRow]:
    """Return the row of a setting, or those of the entries of one that is a table."""
    value = getattr(settings, name)
    if name in _ROWS_OF_TABLES:
        return _ROWS_OF_TABLES[name](value)
    setting = SCHEMA[name]
    control, choices = _control(setting["check"], themes if name == "theme" else setting["choices"])
    guessed, origin = guess
    default = guessed or _text(getattr(Settings(), name))
    row = _row((name,), _label(name), setting["sentence"], control, _text(value) or default, default)
    return (replace(row, choices=choices, origin=origin or FROM_DEFAULT),)


def _key_rows(keys: Mapping[str, tuple[str, ...]]) -> Iterator[SettingRow]:
    for action in ACTIONS:
        default = _keys(action.keys)
        text = _keys(keys[action.id]) if action.id in keys else default
        yield _row(("keys", action.id), action.label, action.help, Control.KEYS, text, default)


def _filter_rows(filters: Mapping[str, str]) -> Iterator[SettingRow]:
    for name, text in filters.items():
        yield _row(("filters", name), name, SCHEMA["filters"]["sentence"], Control.TEXT, text)
    yield _row(NEW_FILTER, "New filter", _HOW_FILTER, Control.TEXT)


def _color_rows(colors: Mapping[str, str]) -> Iterator[SettingRow]:
    for name, (_, sentence) in COLORS.items():
        help = f"{sentence} Such as #ff8080."
        yield _row(("colors", name), _label(name), help, Control.TEXT, colors.get(name, ""))


def _mail_rows(account: MailAccount) -> Iterator[SettingRow]:
    for name, (check, sentence, _) in MAIL_KEYS.items():
        control, choices = _control(check, ())
        text, default = _text(getattr(account, name)), _text(getattr(MailAccount(), name))
        row = _row(("mail", name), _label(name), sentence, control, text, default)
        yield replace(row, choices=choices, is_secret=name in _SECRET)


_ROWS_OF_TABLES: Mapping[str, Callable[[Any], Iterable[SettingRow]]] = {
    "keys": _key_rows,
    "filters": _filter_rows,
    "colors": _color_rows,
    "mail": _mail_rows,
}


def _row(
    key: KeyPath, label: str, sentence: str, control: Control, text: str = "", default: str = ""
) -> SettingRow:
    return SettingRow(
        key=key, label=label, group="", sentence=sentence, control=control, text=text, default=default
    )


def _label(name: str) -> str:
    words = [word.upper() if word in _ACRONYMS else word for word in name.split("_")]
    label = " ".join(words)
    return capitalized(label)


def _control(check: checks.Check, choices: Collection[str]) -> tuple[Control, tuple[str, ...]]:
    """Return how a value that is checked so is changed, and what there is to choose from."""
    if check is checks.check_security:
        return Control.CHOICE, tuple(map(str, Security))
    if choices:
        return Control.CHOICE, tuple(choices)
    by_check = {
        checks.check_bool: Control.YES_NO,
        checks.check_port: Control.NUMBER,
        checks.check_address: Control.LINES,
        checks.check_days_off: Control.LIST,
    }
    return by_check.get(check, Control.TEXT), ()


def _text(value: Any) -> str:
    """Return a value as one would type it."""
    if isinstance(value, bool):
        return _yes_no(value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def _yes_no(value: bool) -> str:
    return _YES if value else _NO


def _keys(keys: Collection[str]) -> str:
    return " ".join(map(shown_key, keys))


def _environment_rows(place: Place, settings_place: Path) -> Iterator[SettingRow]:
    """Yield what only the environment or the command line decides."""
    zone, doubt = find_zone()
    editor = next((name for name in EDITORS if os.environ.get(name, "").strip()), "")
    facts = (
        ("Settings file", str(settings_place), SETTINGS_VARIABLE, "Where these settings are kept; or --config."),
        ("Database", str(place), DATABASE_VARIABLE, "Where your applications are; or --db."),
        ("Time zone", zone.key, ZONE_VARIABLE, doubt or "The zone in which all times are shown."),
        ("Monochrome", _yes_no(bool(os.environ.get(NO_COLOR))), NO_COLOR, "Show everything in plain text."),
        ("Editor", os.environ.get(editor, ""), editor or EDITORS[0], "Your editor for notes and letters."),
    )
    for label, text, variable, sentence in facts:
        origin = "system" if variable == ZONE_VARIABLE else FROM_DEFAULT
        if os.environ.get(variable, "").strip():
            origin = variable
        yield SettingRow(
            key=(),
            label=label,
            group=ENVIRONMENT,
            sentence=f"{sentence} To change it, set {variable} and restart.",
            control=Control.FIXED,
            text=text,
            origin=origin,
        )


# Changing


def typed_value(row: SettingRow, typed: str) -> Any:
    """Return what was typed for a setting as the file takes it; None for an empty one, which takes it out."""
    typed = typed.strip()
    if row.control is Control.KEYS:
        return typed.split()
    if not typed:
        return None
    if row.control is Control.YES_NO:
        if typed.casefold() not in _YES_NO_WORDS:
            raise BadInput(f"Say {_YES} or {_NO}, not {checks.shown(typed)}; nothing was changed.", row.label)
        return _YES_NO_WORDS[typed.casefold()]
    if row.control is Control.NUMBER:
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < _DIGITS else typed
    if row.control is Control.LIST:
        return typed.replace(",", " ").replace(";", " ").split()
    return typed


def change_setting(settings_place: Path, row: SettingRow, typed: str | None, themes: Collection[str]) -> str:
    """Write a setting into the file; None takes it out, so that the default holds again.

    Returns what was understood, where that isn't what was typed: the name of a region.
    Raises `BadInput` for a value that can't be used, and `Refused` if the file can't be written, or has another
    value by now than the row; then nothing was changed.
    """
    if row.control is Control.FIXED:
        raise BadInput(f"{row.sentence} Nothing was changed.", row.label)
    key, value = row.key, None if typed is None else typed_value(row, typed)
    if key == NEW_FILTER:
        key, value = _new_filter(typed or "")
    if key == ("region",) and isinstance(value, str):
        value = known_region(value)
    names = {"theme": themes, "keys": BY_ID}.get(str(key[0]), ())
    if key[0] == "keys" and value is not None:
        _check_clash(settings_place, key, value)
    save_setting(settings_place, {key: value}, seen={key: row.seen}, names=names)
    return describe_region(value) if key == ("region",) and value else ""


def _new_filter(typed: str) -> tuple[KeyPath, str]:
    name, sign, text = (part.strip() for part in typed.partition("="))
    if not (name and sign and text):
        raise BadInput(
            "Write a name, = and a filter, such as Remote = #remote -late; nothing was changed.", "filters"
        )
    return ("filters", name), text


def _check_clash(settings_place: Path, key: KeyPath, value: Any) -> None:
    """Raise `BadInput` if a key is taken, or can't be sent by terminals."""
    wanted = checked_value(key, value, {}, BY_ID)
    own = load_settings(settings_place, action_ids=BY_ID)[0].keys
    problems = make_keymap({**own, str(key[1]): tuple(wanted)}).problems
    if problems and problems != make_keymap(own).problems:
        raise BadInput(f"{problems[0].partition(';')[0]}; nothing was changed, choose another.", str(key[1]))
