"""Configuration of Harper for letters, from harper.toml, and the list of rare words."""

from __future__ import annotations

import lzma
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONFIG_FILE = Path(__file__).with_name("harper.toml")
"""The configuration, with a reason for each rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HarperConfig:
    """Harper rules to switch `off` and `on`, kinds of rules to switch off, and `words` to accept.

    `names` are capitalized words that are often misspelt: days, months, languages, names of software.
    `joined_by_mistake` are words that form no compounds: "everytime" lacks a space.
    `loud` are short words that are shouting in capitals, `abbreviations` long ones that aren't; the full stop of
    those `with_stop` ends no sentence.
    `unless_after` are words after which a rule is ignored, `messages` replace Harper's own.
    """

    off: tuple[str, ...]
    on: tuple[str, ...]
    off_kinds: frozenset[str]
    words: tuple[str, ...]
    names: frozenset[str]
    joined_by_mistake: frozenset[str]
    loud: frozenset[str]
    abbreviations: frozenset[str]
    abbreviations_with_stop: frozenset[str]
    unless_after: dict[str, frozenset[str]]
    messages: dict[str, str]


@cache
def load_harper_config() -> HarperConfig:
    """Return the configuration."""
    # Imported here so that the board starts without it.
    tables = tomllib.loads(CONFIG_FILE.read_text(encoding="utf-8"))
    return HarperConfig(
        off=tuple(tables["off"]),
        on=tuple(tables["on"]),
        off_kinds=frozenset(tables["off_kinds"]),
        words=tuple(tables["words"].split()),
        names=frozenset(tables["names"].split()),
        joined_by_mistake=frozenset(tables["joined_by_mistake"].split()),
        loud=frozenset(tables["loud"].split()),
        abbreviations=frozenset(tables["abbreviations"].split()),
        abbreviations_with_stop=frozenset(tables["abbreviations_with_stop"].split()),
        unless_after={rule: frozenset(words.split()) for rule, words in tables["unless_after"].items()},
        messages=tables["messages"],
    )


RARE_WORDS_FILE = Path(__file__).with_name("rare_words.txt.xz")
"""Words that Harper doesn't know and that are no misspelling of a common one: "dunlin", "materiality".

`rare_words.txt.xz` is made of SCOWL, the Spell Checker Oriented Word Lists: the words of its sizes 55 to 80 that
are two or more letters away from every word of its sizes up to 50. Of SCOWL: Copyright 2000-2011 by Kevin
Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the associated scripts, the
output created from the scripts, and its documentation for any purpose is hereby granted without fee, provided
that the above copyright notice appears in all copies and that both that copyright notice and this permission
notice appear in supporting documentation. Kevin Atkinson makes no representations about the suitability of this
array for any purpose. It is provided "as is" without express or implied warranty.
"""


def is_rare_word(word: str) -> bool:
    """Whether a lower-case word, or its singular, is in `rare_words.txt.xz`."""
    return any(f"\n{one}\n".encode() in _words() for one in (word, word.removesuffix("s")))


@cache
def _words() -> bytes:
    """Return all words, one per line; searching takes less than a millisecond, and a set would take 20 MB."""
    return b"\n" + lzma.decompress(RARE_WORDS_FILE.read_bytes())
