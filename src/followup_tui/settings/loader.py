"""Load the settings file: valid settings apply, each invalid one keeps its default and is reported."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from followup_tui.settings.checks import check_items, require_known
from followup_tui.settings.schema import SCHEMA, Settings
from followup_tui.settings.toml_file import Errors, Problem, UnreadableFile, locate_problems, read_document


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
        setting = SCHEMA[require_known(name, SCHEMA, "setting")]
        nested: Errors = []
        checked = setting["check"](value, names_at_run_time.get(name, setting["choices"]), nested)
        errors.extend(((name, *key), sentence) for key, sentence in nested)
        return checked

    settings = Settings(**check_items(document.values.items(), check, errors))
    return settings, locate_problems(errors, document.text)
