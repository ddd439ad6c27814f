"""Words of headers and statuses, folded: which idea each word or phrase of a table stands for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from followup_tui.domain.model.text import fold

BREAK = "/"
"""The idea of a slash or a question of alternatives; other punctuation is `PAUSE`."""
PAUSE = ","
UNKNOWN = ""
NUMBER = "0"

_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT = re.compile(
    r"n['’´`]t\b|(?<=\b(?:did|has|was|are))nt\b|(?<=\b(?:have|does|were))nt\b|(?<=\bis)nt\b", re.IGNORECASE
)
"""What is written for "not" at the end of a verb, with and without the apostrophe."""
_APART = re.compile(
    r"(?i)\b(turned|turning|pulled|pulling|called|calling)"
    r"( (?:the|their|this|that|my|an?)(?: \w+){1,2}?) (down|out|off)\b"
)
"""A verb whose second part comes after what it is about: "turned the offer down"."""
_PIECES = re.compile(
    r"\d+(?:st|nd|rd|th|ste|de|e|er|ere|eme|o|a)?(?![^\W_])|[^\W\d_]+|\d+|/|\?|[,;:>()\[\]|→➜»+•·–—=.!]|\s-+\s|&"
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Word(NamedTuple):
    """A word or phrase and its idea: a name of the table, `UNKNOWN`, `NUMBER`, `PAUSE` or `BREAK`."""

    idea: str
    text: str


def pieces(text: str) -> list[str]:
    """Return the folded words and the punctuation between them; "jobTitle" and "job_title" are two words."""
    return _PIECES.findall(fold(_APART.sub(r"\1 \3\2", _NOT.sub(" not", _CAMEL.sub(" ", text)))))


def read_word_lists(name: str) -> dict[str, Any]:
    """Return the tables of a TOML file in this folder."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


class _Phrase(NamedTuple):
    """A phrase of a table: the patterns of its words, and its idea. The lower `rank` wins."""

    rank: int
    patterns: tuple[str, ...]
    idea: str

    def fits(self, words: Sequence[str], at: int) -> bool:
        """Whether the phrase stands at a place among the words."""
        if at + len(self.patterns) > len(words):
            return False
        return all(_fits(pattern, words[at + place]) for place, pattern in enumerate(self.patterns))


def _fits(pattern: str, word: str) -> bool:
    if pattern[0] == "*":
        return word.endswith(pattern[1:])
    return word.startswith(pattern[:-1]) if pattern[-1] == "*" else word == pattern


class WordTable:
    """Words and phrases by their idea; `*` in them stands for any letters of one word, "|" separates them."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        """`lists` maps each idea to its words."""
        pairs = {
            phrase: idea
            for idea, words in lists.items()
            for word in words.split("|")
            for phrase in _spellings(word)
        }
        ordered = sorted(pairs.items(), key=lambda pair: (-pair[0].count(" "), "*" in pair[0], -len(pair[0])))
        self._by_start: dict[str, list[_Phrase]] = {}
        for rank, (phrase, idea) in enumerate(ordered):
            patterns = tuple(phrase.split(" "))
            self._by_start.setdefault(_start_key(patterns[0]), []).append(_Phrase(rank, patterns, idea))

    def ideas(self, text: str) -> tuple[Word, ...]:
        """Return the ideas in a text, in its order; longer phrases win over shorter ones."""
        return tuple(self._tagged(pieces(text)))

    def idea(self, word: str) -> str:
        """Return the idea of one folded word, or `UNKNOWN`."""
        phrase = self._phrase_at([word], 0)
        return phrase.idea if phrase else UNKNOWN

    def _tagged(self, found: list[str]) -> Iterator[Word]:
        at = 0
        while at < len(found):
            piece = found[at]
            if not piece[0].isalnum():
                if piece != "&":
                    yield Word(BREAK if piece in "/?" else PAUSE, piece)
                at += 1
                continue
            phrase = self._phrase_at(found, at)
            if phrase is not None:
                yield Word(phrase.idea, " ".join(found[at : at + len(phrase.patterns)]))
                at += len(phrase.patterns)
                continue
            yield Word(NUMBER if piece[0].isdigit() else UNKNOWN, piece)
            at += 1

    def _phrase_at(self, words: Sequence[str], at: int) -> _Phrase | None:
        """Return the best phrase that begins at a place, by its exact first word, its first letters or its end."""
        word = words[at]
        keys = (word, f"{word[:_KEY_LENGTH]}*", "*")
        filed = (self._by_start.get(key, ()) for key in keys)
        first = (next((phrase for phrase in phrases if phrase.fits(words, at)), None) for phrases in filed)
        return min(filter(None, first), default=None)


_KEY_LENGTH = 2


def _start_key(pattern: str) -> str:
    """Return where a phrase is filed: its first word, that word's first letters with `*`, or `*` alone."""
    if pattern[0] == "*":
        return "*"
    return f"{pattern[:_KEY_LENGTH]}*" if pattern[-1] == "*" else pattern


def _spellings(word: str) -> set[str]:
    """Return the folded spellings of a phrase: "Gespräch" is also written "Gespraech"."""
    kept = normalize("NFC", " ".join(word.split()).casefold())
    return {fold(kept), fold(kept.translate(_UMLAUTS))} - {""}
