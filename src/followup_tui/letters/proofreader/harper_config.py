"""How Harper is set up for letters: rules that are off or on, and words it doesn't know; see harper.toml."""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONFIG_FILE = Path(__file__).with_name("harper.toml")
"""The shipped set-up, with its whys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HarperConfig:
    """Rules of Harper's, `off` and `on` against its default, and kinds of them; `words` that are spelt well.

    `names` are words with a capital that are misspelt often: days, months, languages, names of software.
    `joined_by_mistake` are words that make no compounds: "everytime" lacks a space.
    `loud` are short words that shout in capitals, `abbreviations` long ones that don't; those `with_stop` end no
    sentence with their full stop.
    `unless_after` are words after which a rule says nothing, `messages` sentences to show instead of Harper's.
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
    """The shipped set-up."""
    # Here and not above: a start that reads no letter need not wait for it.
    import tomllib

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


def is_rare_word(word: str) -> bool:
    """Whether a word in small letters, or what it is the plural of, is in the list."""
    return any(f"\n{one}\n".encode() in _words() for one in (word, word.removesuffix("s")))


@cache
def _words() -> bytes:
    """All words, one a line; a search takes less than a millisecond, and a set of them twenty megabytes."""
    return b"\n" + lzma.decompress(RARE_WORDS_FILE.read_bytes())
