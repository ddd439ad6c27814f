"""Candidates for what an invitation is about, and how much supports each: several sources together decide."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.parsing.employer_words import is_employer_word
from followup_tui.domain.parsing.person_words import folded

DOUBTFUL = 1.5
"""With less support than this a candidate is asked for rather than taken."""

_OF = frozenset({"of", "the"})


class _Candidate(NamedTuple):
    text: str
    support: float


class Evidence:
    """What names one thing: each source adds its candidate with a weight, and those that agree help each other."""

    def __init__(self, key: Callable[[str], str], margin: float) -> None:
        """`key` returns the words of a candidate as they are compared.

        With no more than `margin` before one that contradicts it, a candidate is doubtful, too.
        """
        self._key = key
        self._margin = margin
        self._found: dict[str, _Candidate] = {}

    def add(self, text: str, weight: float) -> None:
        """Add what a source names; an empty text is nothing."""
        key = self._key(text)
        if not key:
            return
        known = self._found.get(key, _Candidate(text, 0))
        self._found[key] = _Candidate(known.text, known.support + weight)

    def names(self) -> list[str]:
        """Return all candidates."""
        return [one.text for one in self._found.values()]

    def best(self) -> str:
        """Return the candidate with the most support, the fullest of those that agree; empty if it is doubtful.

        What supports a candidate also supports those that are a part of it or that it is a part of.
        """
        found = self._found
        support = {key: sum(found[other].support for other in found if _agree(key, other)) for key in found}
        ranked = sorted(found, key=lambda key: (support[key], found[key].support), reverse=True)
        if not ranked or support[ranked[0]] < DOUBTFUL:
            return ""
        first = ranked[0]
        rival = max((found[key].support for key in ranked if not _agree(key, first)), default=0)
        if rival >= DOUBTFUL and support[first] - rival <= self._margin:
            return ""
        fuller = [found[key].text for key in ranked if self._is_fuller(key, first)]
        return max(fuller, key=len, default=found[first].text)

    def _is_fuller(self, whole: str, part: str) -> bool:
        """Whether a candidate has more words, with support of its own, or a kind of business before the other."""
        one, before = self._found[whole], whole.removesuffix(f" {part}")
        return _is_part(part, whole) and (
            one.support >= DOUBTFUL or (one.support >= 1 and before != whole and _is_kind_of_business(before))
        )


def _is_kind_of_business(text: str) -> bool:
    """Whether a text goes before a name as a part of it: "Konditorei", "Gemeente", "University of"."""
    last = text.split()[-1]
    return last in _OF or is_employer_word(last)


@lru_cache(maxsize=2_000)
def words_key(text: str) -> str:
    """Return the words of a text in small letters, without signs."""
    return " ".join(re.findall(r"\w+", folded(text)))


def _agree(one: str, other: str) -> bool:
    return _is_part(one, other) or _is_part(other, one)


def _is_part(part: str, whole: str) -> bool:
    return f" {part} " in f" {whole} "
