"""What the README and the changelog say is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from followup_tui import __version__
from followup_tui.actions import ACTIONS
from write_readme import COMMAND, PARTS, README, renewed

ROOT = README.parent
TEXT = README.read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_keys_commands_and_settings_are_those_of_the_program() -> None:
    assert renewed(TEXT) == TEXT, f"README.md is stale; write it anew: {COMMAND}"


@pytest.mark.parametrize("name", PARTS)
def test_each_made_part_stands_in_the_readme_once(name: str) -> None:
    assert TEXT.count(f"<!-- made: {name} -->") == 1
    assert TEXT.count("<!-- made -->") == len(PARTS)


def test_every_action_is_in_the_readme() -> None:
    assert [action.id for action in ACTIONS if f"| `{action.id}` |" not in TEXT] == []


def test_everything_the_readme_links_to_is_there() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert [target for target in targets if not target.startswith("http") and not (ROOT / target).exists()] == []


def test_every_picture_is_shown_with_words_in_its_place() -> None:
    shown = {Path(path).name: words for words, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", TEXT)}
    assert sorted(shown) == sorted(path.name for path in (ROOT / "screenshots").glob("*.png"))
    assert [name for name, words in shown.items() if len(words) < 20] == []


def test_every_promise_names_a_test_that_there_is() -> None:
    promised = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)
    assert len(promised) >= 6
    missing = [
        f"{path}::{name}"
        for path, name in promised
        if not (ROOT / path).exists() or (name and f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert missing == []


def test_the_changelog_begins_with_this_version() -> None:
    first = re.search(r"^## (\S+)", CHANGELOG, flags=re.MULTILINE)
    assert first is not None
    assert first[1] == __version__
