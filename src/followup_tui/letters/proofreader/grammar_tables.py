"""The words of a paragraph, and the tables of grammar_tables.toml that say what goes with which word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from followup_tui.letters.proofreader.pattern_rules import TABLES, load_rules
from followup_tui.letters.proofreader.tagged_words import regular_form


class TaggedWord(NamedTuple):
    """A word or mark, and its kind as in tagged_words.py: "Vb"."""

    text: str
    kind: str

    @property
    def base(self) -> str:
        """The base form of a verb, the word itself otherwise."""
        return load_rules().forms["base"].get(self.text, self.text)

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun or a name."""
        return self.kind[0] in "NX"

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb in any form, no auxiliary."""
        return self.kind[0] == "V"

    @property
    def is_base(self) -> bool:
        """Whether it is a verb that is known, in its base form alone."""
        return self.kind == "Vb" and self.text in load_rules().forms["ing"]

    @property
    def is_infinitive(self) -> bool:
        """Whether it may be a base form, though it may be another form too: "put", "come"."""
        known = self.text in load_rules().forms["ing"] or regular_form(self.text, "ing") is not None
        return self.kind.startswith("Vb") and known

    def put(self, form: str) -> str:
        """Another form of the verb: "ing", "past", "part", "third", "base"."""
        known = load_rules().forms[form].get(self.text)
        return known or regular_form(self.text, form) or self.text


NOTHING = TaggedWord("", ".")
"""What stands before the first word and after the last."""


class Words(tuple[TaggedWord, ...]):
    """The words of a paragraph; outside them there is nothing."""

    __slots__ = ()

    def at(self, place: int) -> TaggedWord:
        """The word at a place."""
        return self[place] if 0 <= place < len(self) else NOTHING

    def before(self, place: int, *skipped: str) -> int:
        """The place before one, and before all words of these kinds that are between."""
        place -= 1
        while self.at(place).kind in skipped:
            place -= 1
        return place

    def after(self, place: int, *skipped: str) -> int:
        """The place after one, and after all words of these kinds that are between."""
        place += 1
        while self.at(place).kind in skipped:
            place += 1
        return place

    def texts(self, start: int, end: int) -> str:
        """The words from start to end, parted by spaces."""
        return " ".join(word.text for word in self[max(0, start) : end])

    def rest(self, place: int, most: int) -> Sequence[TaggedWord]:
        """So many words from a place to the next mark."""
        found = self[place : place + most]
        return found[: next((at for at, word in enumerate(found) if word.kind == "."), most)]


@dataclass(frozen=True, slots=True)
class GrammarMark:
    """What is wrong from one word up to another, and what may stand there."""

    start: int
    end: int
    rule: str
    say: str
    put: tuple[str, ...]


def parse_line(line: str) -> Words:
    """The words of a line of tagged_words.py."""
    return Words(TaggedWord(*pair.rsplit("/", 1)) for pair in line.split())


@cache
def load_tables() -> dict[str, Any]:
    """The file as it is."""
    return tomllib.loads(TABLES.read_text(encoding="utf-8"))


@cache
def words_of(section: str, name: str) -> frozenset[str]:
    """A list of words."""
    return frozenset(load_tables()[section][name].split())


@cache
def pairs_of(section: str, name: str) -> Mapping[str, str]:
    """A table of "word:other", with "_" for a space."""
    pairs = (pair.replace("_", " ").partition(":") for pair in load_tables()[section][name].split())
    return {word: other for word, _, other in pairs}


@dataclass(frozen=True, slots=True)
class Dependent:
    """A word that takes the preposition `right`, "" for none, where some write a wrong one."""

    head: tuple[str, ...]
    kinds: str
    right: str
    wrong: frozenset[str]
    nouns: frozenset[str]
    has_object: bool


_KINDS = {"verbs": "V", "adjectives": "JVRIO", "nouns": "NX"}


@cache
def dependents() -> Mapping[str, tuple[Dependent, ...]]:
    """All of them, by the last word of their heads."""
    found: dict[str, list[Dependent]] = {}
    for section, kinds in _KINDS.items():
        for line in load_tables()["prepositions"][section].strip().splitlines():
            rule, heads = line.split(": ")
            rule, _, nouns = rule.partition(" @ ")
            right, wrong = rule.split(" < ")
            for head in heads.split():
                words = tuple(head.removesuffix("_*").split("_"))
                one = Dependent(
                    head=words,
                    kinds=kinds,
                    right="" if right == "-" else right,
                    wrong=frozenset(wrong.split()),
                    nouns=frozenset(nouns.split()),
                    has_object=head.endswith("_*"),
                )
                found.setdefault(words[-1], []).append(one)
    return {word: tuple(ones) for word, ones in found.items()}


@cache
def regularised() -> Mapping[str, str]:
    """Pasts that are made with -ed and shouldn't be, with the right ones: "teached", "catched"."""
    verbs = [line.split() for line in load_tables()["verbs"]["irregular"].split(",")]
    found: dict[str, str] = {}
    for base, past, _ in verbs:
        base = base.removesuffix("+")
        if not past.endswith("ed") and past != base:
            found |= dict.fromkeys((base.removesuffix("e") + "ed", base + base[-1] + "ed"), past)
    return {word: past for word, past in found.items() if word not in words_of("words", "real_pasts")}


@cache
def needed_prepositions() -> Mapping[str, str]:
    """By verb, the preposition that must stand before its object."""
    lines = re.findall(r"(\w+): (.*)", load_tables()["prepositions"]["needed"])
    return {verb: preposition for preposition, verbs in lines for verb in verbs.split()}
