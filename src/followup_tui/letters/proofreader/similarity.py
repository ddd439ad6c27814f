"""Similarity of names, and lists of parts of names."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from followup_tui.domain.model.text import fold

NAMES_FILE = Path(__file__).with_name("names.toml")


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """Return a text in lower case without diacritics: "Žuk" becomes "zuk"."""
    return fold(text).replace("’", "'")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLists:
    """Names that are also places, short forms as (full, short); in lower case legal forms, titles, greetings.

    `products` are words that follow a company's name when one of its products is meant.
    """

    places: frozenset[str]
    short: frozenset[tuple[str, str]]
    legal: frozenset[str]
    titles: frozenset[str]
    greeting: frozenset[str]
    products: frozenset[str]


@cache
def load_name_lists() -> NameLists:
    """Return the lists of names.toml."""
    # Imported here so that the board starts without it.
    tables = tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))
    pairs = (pair.split() for pair in tables["short"].split(","))
    return NameLists(
        places=frozenset(tables["places"].split()),
        short=frozenset((folded(full), folded(short)) for full, short in pairs),
        legal=frozenset(tables["legal"].split()),
        titles=frozenset(tables["titles"].split()),
        greeting=frozenset(tables["greeting"].split()),
        products=frozenset(tables["products"].split()),
    )


@lru_cache(maxsize=4_096)
def name_parts(name: str) -> tuple[str, ...]:
    """Return the words of a name, without titles and initials; hyphenated words aren't split."""
    parts = re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", name)
    return tuple(part for part in parts if len(part) > 1 and folded(part) not in load_name_lists().titles)


@lru_cache(maxsize=4_096)
def distance(one: str, other: str, most: int) -> int:
    """Return the edit distance of two texts, swaps included, or `most` + 1 when it is larger."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, above = above, line
    return above[-1]


def max_typos(name: str) -> int:
    """Return how many letters may differ in a misspelling of a name."""
    return 0 if len(name) < 4 else 1 if len(name) < 8 else 2
