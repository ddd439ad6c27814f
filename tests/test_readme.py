"""What the README and the changelog say is so."""

from __future__ import annotations

import re
from pathlib import Path

from followup_tui import __version__

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_readme_is_short() -> None:
    assert len(TEXT.split()) < 1_200
    assert len(re.findall(r"!\[[^\]]*\]\([^)]+\.png\)", TEXT)) == 5


def test_every_promise_names_a_test_that_there_is() -> None:
    promised = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)
    assert len(promised) >= 6
    missing = [
        f"{path}::{name}"
        for path, name in promised
        if not (ROOT / path).exists() or (name and f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert missing == []


def test_a_version_that_is_named_is_this_one() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {
        (path.name, version)
        for path in pages
        for version in re.findall(r"(?:version|followup_tui-)\s*v?(\d+\.\d+(?:\.\d+)?)", path.read_text("utf-8"))
    }
    assert {(name, version) for name, version in named if version != __version__} == set()
    assert ("install.md", __version__) in named


def test_the_changelog_begins_with_this_version() -> None:
    first = re.search(r"^## (\S+)", CHANGELOG, flags=re.MULTILINE)
    assert first is not None
    assert first[1] == __version__
