"""The rules in force: the shipped ones, and the user's own values over them where all of these are good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import followup_tui.domain.rules
from followup_tui.domain.rules.playbook import Playbook, RuleProblem, Tables, merge_tables, playbook_of
from followup_tui.settings.files import Problem, Unreadable, placed, read_document

SHIPPED = Path(followup_tui.domain.rules.__file__).with_name("playbook.toml")
"""The shipped rules, with their whys and sources."""

_HOLDS = "The shipped rules are in force."


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPlaybook:
    """The rules, the same as tables with their whys and sources, and what is wrong with the user's file.

    `path` is the user's file where it is in force.
    """

    playbook: Playbook
    tables: Tables
    problems: tuple[Problem, ...] = ()
    path: Path | None = None


def load_playbook(path: Path) -> LoadedPlaybook:
    """The shipped rules with those in the user's file over them.

    One mistake in the file leaves all of it aside: see `domain.playbook.playbook_of`.
    """
    try:
        own = read_document(path, name="playbook", otherwise="the shipped rules are in force")
    except Unreadable as trouble:
        return replace(_shipped(), problems=(trouble.problem,))
    if not own.values:
        return replace(_shipped(), path=path if own.exists else None)
    shipped = _shipped().tables
    playbook, mistakes = playbook_of(shipped, own.values)
    if mistakes:
        return replace(_shipped(), problems=_told(mistakes, own.text))
    return LoadedPlaybook(playbook=playbook, tables=merge_tables(shipped, own.values), path=path)


@cache
def _shipped() -> LoadedPlaybook:
    # Here and not above: 8 ms that a start which only looks need not wait for.
    import tomllib

    tables = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    playbook, _ = playbook_of(tables, {})
    return LoadedPlaybook(playbook=playbook, tables=tables)


def _told(mistakes: Iterable[RuleProblem], text: str) -> tuple[Problem, ...]:
    return placed(((tuple(key.split(".")), f"{sentence} {_HOLDS}") for key, sentence in mistakes), text)
