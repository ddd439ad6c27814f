"""The rules in force: the shipped ones, overridden by the user's file if all of it is valid."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import followup_tui.domain.rules
from followup_tui.domain.rules.playbook import Playbook, Tables, merge_tables, playbook_of
from followup_tui.settings.toml_file import Problem, UnreadableFile, locate_problems, read_document

SHIPPED = Path(followup_tui.domain.rules.__file__).with_name("playbook.toml")
"""The shipped rules, with their reasons and sources."""

_HOLDS = "The shipped rules are in force."


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPlaybook:
    """The rules, the same as tables with reasons and sources, and the problems in the user's file.

    `path` is the user's file if it is in force.
    """

    playbook: Playbook
    tables: Tables
    problems: tuple[Problem, ...] = ()
    path: Path | None = None


def load_playbook(path: Path) -> LoadedPlaybook:
    """Return the shipped rules, overridden by those in the user's file.

    One mistake makes the whole file ineffective: see `domain.rules.playbook.playbook_of`.
    """
    try:
        own = read_document(path, name="playbook", otherwise="the shipped rules are in force")
    except UnreadableFile as error:
        return replace(_shipped(), problems=(error.problem,))
    if not own.values:
        return replace(_shipped(), path=path if own.exists else None)
    shipped = _shipped().tables
    playbook, mistakes = playbook_of(shipped, own.values)
    if mistakes:
        errors = ((tuple(key.split(".")), f"{sentence} {_HOLDS}") for key, sentence in mistakes)
        return replace(_shipped(), problems=locate_problems(errors, own.text))
    return LoadedPlaybook(playbook=playbook, tables=merge_tables(shipped, own.values), path=path)


@cache
def _shipped() -> LoadedPlaybook:
    tables = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    playbook, _ = playbook_of(tables, {})
    return LoadedPlaybook(playbook=playbook, tables=tables)
