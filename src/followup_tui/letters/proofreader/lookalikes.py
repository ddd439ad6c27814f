"""Words that stand for another that sounds or looks alike, told by what stands beside them: "a big affect on"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from followup_tui.letters.proofreader.tagged_words import GrammarMark, TaggedWord, Words, load_tables

_SAY = "“{}” is another word that sounds or looks like this."


class Frame(NamedTuple):
    """What must stand before and after a word for another to be meant; "_" for anything."""

    right: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@cache
def frames() -> Mapping[str, tuple[Frame, ...]]:
    """The frames by the word that is wrong in them."""
    found: dict[str, list[Frame]] = {}
    for line in load_tables()["lookalikes"]["frames"].strip().splitlines():
        pair, beside = line.split(": ", 1)
        wrong, right = pair.split(">")
        before, after = beside.split(" / ")
        found.setdefault(wrong, []).append(Frame(right, tuple(before.split()), tuple(after.split())))
    return {word: tuple(ones) for word, ones in found.items()}


def lookalike_marks(words: Words) -> Iterator[GrammarMark]:
    """Each word for which another is meant."""
    for place, word in enumerate(words):
        for frame in frames().get(word.text, ()):
            is_before = any(_stands_before(words, place, token) for token in frame.before)
            if is_before and any(_stands_after(words, place, token) for token in frame.after):
                yield GrammarMark(place, place + 1, "confused_word", _SAY.format(frame.right), (frame.right,))
                break


def _stands_before(words: Words, place: int, token: str) -> bool:
    parts = token.strip("_").split("_")
    return all(_is(words.at(place - len(parts) + at), part) for at, part in enumerate(parts))


def _stands_after(words: Words, place: int, token: str) -> bool:
    return all(_is(words.at(place + 1 + at), part) for at, part in enumerate(token.strip("_").split("_")))


def _is(word: TaggedWord, token: str) -> bool:
    """Whether a word is one that a frame names, or of its kind."""
    if token == "Jer":
        return word.kind == "J" and word.text.endswith("er") and len(word.text) > 4
    if token == "" or token == ".":
        return token == "" or word.kind == "."
    return word.kind.startswith(token) if token[0].isupper() else word.text == token
