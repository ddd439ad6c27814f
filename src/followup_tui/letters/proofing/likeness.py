"""How alike two names are."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import combining, normalize

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "’": "'",
    }
)
_TITLES = frozenset(
    [
        "dr",
        "prof",
        "professor",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "sir",
        "madam",
        "dame",
        "matron",
        "dipl",
        "ing",
        "phd",
        "md",
        "mba",
        "jr",
        "sr",
        "iii",
        "the",
    ]
)


@cache
def folded(text: str) -> str:
    """Small letters without diacritics: "Žuk" and "zuk" are the same."""
    marked = normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in marked if not combining(letter))


@cache
def name_parts(name: str) -> tuple[str, ...]:
    """The words of a name, without titles and initials; those with hyphens whole."""
    parts = re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", name)
    return tuple(part for part in parts if len(part) > 1 and folded(part) not in _TITLES)


@cache
def distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, drop or swap to make one text the other; `most` + 1 where there are more."""
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


def allowed(name: str) -> int:
    """How many letters of a name may differ for it to be the same name misspelt."""
    return 0 if len(name) < 3 else 1 if len(name) < 8 else 2
