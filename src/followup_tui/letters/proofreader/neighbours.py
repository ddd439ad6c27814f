"""Words that are written for one another ("form", "from"), told apart by the words beside them.

`neighbours.txt.xz` says how often two words follow each other: on each line a word, and those that follow it with
the logarithm (base 2, of millions) of their count. It is made of the bigrams of symspellpy (MIT licence), which
are those of Google Books Ngrams (CC BY 3.0), without those in which no word of neighbours.toml stands.
"""

from __future__ import annotations

import lzma
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from followup_tui.domain.letters.finding import Finding
from followup_tui.letters.proofreader.letter_text import PARAGRAPH, ParsedLetter

CONFUSED_FILE = Path(__file__).with_name("neighbours.toml")
COUNTS_FILE = Path(__file__).with_name("neighbours.txt.xz")

_NEVER_SEEN = 1.6
"""What a pair counts for that no list has: a tenth of the rarest there."""
_LEAST = 5.2
"""By so many doublings, taken together, what may be meant must fit better than what stands there."""
_NEAR = 5
"""Words before one that are looked at."""
_VOWEL = re.compile(r"[aeiou]|h(?:ono|our|eir)")
_TOKEN = re.compile(r"[a-z][a-z']*|[^\sa-z]")
_ONE_CAPITAL = re.compile(r" [A-Z]\b")
"""Behind a word this is no word that was counted: "an A-grade", "an A.A.S."."""
_WORD_IN_ALL = re.compile(r"[a-z][a-z']*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Confused:
    """By word what may be `meant`, by how much a word must be outdone at `least`, and the counts as a text.

    Of `rare` words one neighbour is enough to tell that another is meant. A word is right where one of those
    in `unless_after` stands shortly before it, or where it stands in what the pattern `right` finds.
    """

    meant: Mapping[str, tuple[str, ...]]
    least: Mapping[str, float]
    rare: frozenset[str]
    unless_after: Mapping[str, frozenset[str]]
    right: str
    counts: str

    def fit(self, before: str, after: str) -> int | None:
        """How often the two stand so, as a logarithm; None where they don't."""
        return _followers(self.counts, before).get(after)


@cache
def load_confused() -> Confused:
    """The words and the counts; takes some ten milliseconds."""
    table = tomllib.loads(CONFUSED_FILE.read_text(encoding="utf-8"))
    lines = (line.partition(": ") for line in table["meant"].strip().splitlines())
    return Confused(
        meant={word: tuple(meant.split()) for word, _, meant in lines},
        least=table["least"],
        rare=frozenset(table["rare"].split()),
        unless_after={word: frozenset(words.split()) for word, words in table["unless_after"].items()},
        right=rf"\b(?:{'|'.join(table['right'])})\b",
        counts="\n" + lzma.decompress(COUNTS_FILE.read_bytes()).decode(),
    )


@lru_cache(maxsize=4096)
def _followers(counts: str, word: str) -> Mapping[str, int]:
    """What follows a word; a line is taken apart only when it is asked for."""
    start = counts.find(f"\n{word} ")
    if start < 0:
        return {}
    line = counts[start + len(word) + 2 : counts.index("\n", start + 1)]
    return {found[1]: int(found[2]) for found in re.finditer(r"([a-z']+)(\d+)", line)}


def neighbour_findings(letter: ParsedLetter) -> Iterator[Finding]:
    """Each word that both its neighbours would rather have another in the place of."""
    for block in PARAGRAPH.finditer(letter.low):
        for start, end, put in _paragraph(block.group()):
            place = slice(block.start() + start, block.start() + end)
            text = letter.text[place]
            if text[:1].isupper() and place.start not in letter.sentence_starts:
                continue
            if _ONE_CAPITAL.match(letter.text, place.stop):
                continue
            yield Finding(
                start=place.start,
                end=place.stop,
                text=text,
                rule="confused_word",
                message=f"“{put}” is likely meant.",
                suggestions=(put.capitalize() if text[:1].isupper() else put,),
            )


@lru_cache(maxsize=128)
def _paragraph(low: str) -> tuple[tuple[int, int, str], ...]:
    confused = load_confused()
    tokens = [(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(low)]
    fine = [found.span() for found in re.finditer(confused.right, low)]
    found = []
    for at in range(1, len(tokens) - 1):
        (before, _, left), (word, start, end), (after, right, _) = tokens[at - 1 : at + 2]
        if word not in confused.meant or (word == "an" and _VOWEL.match(after)):
            continue
        if any(first <= start < last for first, last in fine):
            continue
        if confused.unless_after.get(word, frozenset()) & {one for one, *_ in tokens[max(0, at - _NEAR) : at]}:
            continue
        sides = [
            _WORD_IN_ALL.match(before) is not None and low[left:start] == " ",
            _WORD_IN_ALL.match(after) is not None and low[end:right] == " ",
        ]
        if all(sides) or (any(sides) and word in confused.rare):
            places = (before if sides[0] else "", after if sides[1] else "")
            gains = [(_gain(confused, word, one, *places), one) for one in confused.meant[word]]
            gain, put = max(gains)
            if gain > confused.least.get(word, _LEAST):
                found.append((start, end, put))
    return tuple(found)


def _gain(confused: Confused, word: str, put: str, before: str, after: str) -> float:
    """By how many doublings another word fits better; 0 where it doesn't on each side that counts."""
    gain = 0.0
    for there, here in (
        (confused.fit(before, put), confused.fit(before, word)),
        (confused.fit(put, after), confused.fit(word, after)),
    ):
        if there is None and here is None and word in confused.rare:
            continue
        if there is None or (here is not None and here > there):
            return 0
        gain += there - (_NEVER_SEEN if here is None else here)
    return gain
