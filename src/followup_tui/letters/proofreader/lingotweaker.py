"""LingoTweaker, a port of LanguageTool's rules: finds grammar that Harper doesn't, where the extra is installed.

Only a worker process of its own may load it: its rules take some seconds to load, and 430 MB.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from followup_tui.letters.proofreader.harper import CheckerLint, readable_paragraphs

if TYPE_CHECKING:
    from lt_py import Engine

CONFIG_FILE = Path(__file__).with_name("lingotweaker.toml")
"""What is off, with a reason for each rule."""
LOAD_TIMEOUT = 60.0
"""Seconds: loading takes three on an idle machine."""
_VARIANT = "en-US"
"""For every English: what differs between them is spelling, which is Harper's."""
_SUGGESTION = re.compile(r"<suggestion>(.*?)</suggestion>")


def is_installed() -> bool:
    """Whether the extra `grammar` is installed; loads nothing."""
    return find_spec("lt_py") is not None and find_spec("lingotweaker_data_en") is not None


def prepare() -> None:
    """Load its rules."""
    _engine()


def check(text: str) -> tuple[CheckerLint, ...]:
    """Return what it finds in a text."""
    return tuple(
        lint.moved_by(paragraph.start())
        for paragraph in readable_paragraphs(text)
        for lint in _paragraph_lints(paragraph.group())
    )


@cache
def _engine() -> Engine:
    # Not at the top: an optional extra, which only the worker process may load.
    from lt_py import Engine

    config = tomllib.loads(CONFIG_FILE.read_text(encoding="utf-8"))
    return Engine(_VARIANT, disabled_rules=config["rules"], disabled_categories=config["categories"])


@lru_cache(maxsize=256)
def _paragraph_lints(text: str) -> tuple[CheckerLint, ...]:
    """Return what it finds in one paragraph; cached, since typing changes one paragraph at a time."""
    raw = text.encode()
    lints = []
    for match in _engine().check(text):
        start = len(raw[: match["offset"]].decode())
        lints.append(
            CheckerLint(
                start=start,
                end=start + len(raw[match["offset"] : match["offset"] + match["length"]].decode()),
                rule=match["rule_id"],
                message=_SUGGESTION.sub(r"“\1”", match["message"]),
                suggestions=tuple(match["suggestions"]),
            )
        )
    return tuple(lints)
