"""Load the settings file: valid settings apply, each invalid one keeps its default and is reported."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from followup_tui.settings.checks import InvalidValue, check_items, require_known
from followup_tui.settings.schema import SCHEMA, Settings
from followup_tui.settings.toml_file import (
    Errors,
    KeyPath,
    Problem,
    UnreadableFile,
    locate_problems,
    read_document,
)


def load_settings(
    path: Path, *, action_ids: Collection[str] = (), themes: Collection[str] = ()
) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings in a file and its problems by line; a missing file is all defaults.

    A file that isn't TOML is all defaults. Names of actions and themes are checked if `action_ids` and `themes`
    are given.
    """
    try:
        document = read_document(path, name="settings", otherwise="the defaults are in force")
    except UnreadableFile as error:
        return Settings(), (error.problem,)
    errors: Errors = []
    names_at_run_time = {"theme": themes, "keys": action_ids}

    def check(name: str, value: Any) -> Any:
        """A setting by its own check; what is wrong inside of a table is kept with its key."""
        setting = SCHEMA[require_known(name, SCHEMA, "setting")]
        nested: Errors = []
        checked = setting["check"](value, names_at_run_time.get(name, setting["choices"]), nested)
        errors.extend(((name, *key), sentence) for key, sentence in nested)
        return checked

    settings = Settings(**check_items(document.values.items(), check, errors))
    return settings, locate_problems(errors, document.text)


def check_setting(key: KeyPath, value: Any, beside: Mapping[str, Any], names: Collection[str] = ()) -> Any:
    """Return the value of a setting, or of an entry of one that is a table, as it is used. Raises `InvalidValue`.

    `beside` are the other entries of the table. `names` are the actions or the themes, if the key is about them.
    """
    setting = SCHEMA[require_known(str(key[0]), SCHEMA, "setting")]
    errors: Errors = []
    whole = value if len(key) == 1 else {**beside, str(key[1]): value}
    checked = setting["check"](whole, names or setting["choices"], errors)
    for path, sentence in errors:
        if len(key) == 1 or path[0] == key[1]:
            raise InvalidValue(sentence)
    if len(key) == 1:
        return checked
    return checked[str(key[1]).strip()] if isinstance(checked, Mapping) else getattr(checked, str(key[1]))
