"""The words of a text with their parts of speech and forms, and the tables that say what goes with which word.

As one line that patterns are looked for in, "I was impress by it." becomes
" i/P was/A impress/Vb by/I it/P ./. ". After the slash stands:

V a verb, with all that it can be: b base form, z third person, d past, n participle, g -ing form;
N a noun, with n singular or s plural, none where it can be both; X a name; P a pronoun; M a number;
J an adjective; R an adverb; D a determiner; A an auxiliary; I a preposition; C a conjunction;
S a subordinating conjunction; T a particle; O anything else; and . a mark.

The tables are in grammar_tables.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from followup_tui.domain.letters.verbs import all_verbs
from followup_tui.letters.proofreader.pattern_rules import TABLES, load_rules

_TOKEN = re.compile(r"[^\W_]+(?:(?:['’/-]|\.(?=[a-z]))[^\W_]+)*|[^\s\w]|_")
_LETTERS = {
    **{"ADJ": "J", "ADP": "I", "ADV": "R", "AUX": "A", "CCONJ": "C", "DET": "D", "INTJ": "O", "NOUN": "N"},
    **{"NUM": "M", "PART": "T", "PRON": "P", "PROPN": "X", "SCONJ": "S", "VERB": "V"},
}
_MISTAKEN = {("most", "VERB"): "J"} | {(word, "ADV"): "I" for word in ("with", "of", "from", "for", "into")}
"""What Harper takes for something that it never is."""
_FORMS = {"base": "b", "third": "z", "past": "d", "part": "n", "ing": "g"}
RULES_FILE = Path(__file__).with_name("tagged_rules.toml")
"""The patterns, and the lists of words; the comment at its top says how they are written."""


@cache
def load_file() -> dict[str, Any]:
    """The file as it is."""
    return tomllib.loads(RULES_FILE.read_text(encoding="utf-8"))


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of words."""
    return frozenset(load_file()["words"][name].split())


@cache
def table(name: str) -> Mapping[str, str]:
    """A table of words, each with another form of it."""
    pairs = (pair.partition(":") for pair in load_file()["tables"][name].split())
    return {word: put.replace("_", " ") for word, _, put in pairs}


@cache
def _irregular_plurals() -> Mapping[str, str]:
    return {one: many for many, one in table("irregular").items()}


@dataclass(frozen=True, slots=True)
class TaggedText:
    """The line, and by where each of its words begins in it, where that word stands in the text."""

    line: str
    places: Mapping[int, tuple[int, int]]


def tag_words(text: str, start: int, end: int, tags: Mapping[int, str]) -> TaggedText:
    """The words of a part of a text; `tags` are Harper's, by where the words start."""
    line, places, ends = " ", {}, True
    for token in _TOKEN.finditer(text, start, end):
        places[len(line)] = token.span()
        written = token.group().replace("’", "'")
        word = written.lower()
        kind = _kind(word, tags.get(token.start(), ""))
        if _CODE.fullmatch(word):
            word, kind = re.sub(r"[./]", "_", word), "X"
        if kind[0] in "NVO" and (_ACRONYM.fullmatch(written) or (not ends and _NAME.fullmatch(written))):
            kind = "Ns" if _ACRONYMS.fullmatch(written) else "X"
        elif not ends and written[0].isupper() and (kind[0] == "V" or (kind[0] == "N" and line.endswith("/X "))):
            kind = "X"  # "enjoy Make Better Software"
        line += f"{word}/{kind} "
        ends = written in _ENDS
    return TaggedText(line, places)


_ACRONYM, _ACRONYMS = re.compile(r"[A-Z]{2,}s?"), re.compile(r"[A-Z]{2,}s")
_NAME = re.compile(r"[A-Z][a-z]+s")
"""Within a sentence, what looks like a plural and is none: "Meridian Maps"."""
_CODE = re.compile(r"[^./]+[./].+")
"""No word of a sentence: "node.js", "go/expenses"."""
_ENDS = frozenset(".!?:\"“”'*-—–")


def _kind(word: str, tag: str) -> str:
    if not word[0].isalnum():
        return "."
    if word in word_list("auxiliaries") or word.endswith("n't"):
        return "A"
    letter = "V" if word in word_list("only_verbs") else _MISTAKEN.get((word, tag)) or _LETTERS.get(tag, "O")
    if letter == "V":
        return "V" + _verb_forms(word)
    return letter + _number(word) if letter == "N" else letter


@cache
def _verb_forms(word: str) -> str:
    forms = load_rules().forms
    if word in forms["base"]:
        return "".join(letter for form, letter in _FORMS.items() if forms[form].get(word) == word)
    if word.endswith("ing"):
        return "g"
    if word.endswith("ed"):
        return "dn"
    if word in word_list("unchanged"):
        return "bdn"
    if word in word_list("irregular_pasts"):
        return "dn"
    return "z" if re.search(r"[^s]s$", word) else "b"


def _number(word: str) -> str:
    if word in word_list("either") or "-of-" in word:
        return ""
    return "s" if word in table("irregular") or re.search(r"[^siu']s$|[aeo]es$", word) else "n"


def plural(noun: str) -> str:
    """The plural of a noun in small letters."""
    noun = noun.removesuffix("'s")
    if noun in _irregular_plurals():
        return _irregular_plurals()[noun]
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else "s")


def singular(noun: str) -> str:
    """The singular of a noun in small letters."""
    if noun in table("irregular"):
        return table("irregular")[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    return noun[:-2] if re.search(r"(?:ss|x|z|ch|sh)es$", noun) else noun.removesuffix("s")


_NOUN = re.compile(r"(?:[ts]ion|ness|ity|ship|ware)$")
"""Harper takes some nouns for verbs: "prior to termination"."""


def regular_form(base: str, form: str) -> str | None:
    """A form of a regular verb by its base form; None where the verb isn't known to be one."""
    if _verb_forms(base) != "b" or base in word_list("irregular_bases") or form == "base" or _NOUN.search(base):
        return None
    if form == "third":
        return plural(base)
    doubled = re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", base)
    stem = base + base[-1] if doubled else re.sub(r"(?<=[^aeiouy])e$", "", base)
    if form == "ing":
        return stem + "ing"
    return re.sub(r"(?<=[^aeiou])y$", "i", stem) + "ed"


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


@cache
def pairs_back(section: str, name: str) -> Mapping[str, str]:
    """A table of pairs from the other word to the first."""
    return {other: word for word, other in pairs_of(section, name).items()}


def first_marks(
    words: Words, rules: Sequence[Callable[[Words, int], GrammarMark | None]]
) -> Iterator[GrammarMark]:
    """At each place what the first of the rules finds that finds anything."""
    for place in range(len(words)):
        for rule in rules:
            if (found := rule(words, place)) is not None:
                yield found
                break


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
    found: dict[str, str] = {}
    for base, past in ((verb.base, verb.past) for verb in all_verbs()):
        if not past.endswith("ed") and base not in (past, "be"):
            found |= dict.fromkeys((base.removesuffix("e") + "ed", base + base[-1] + "ed"), past)
    return {word: past for word, past in found.items() if word not in words_of("words", "real_pasts")}


@cache
def needed_prepositions() -> Mapping[str, str]:
    """By verb, the preposition that must stand before its object."""
    lines = re.findall(r"(\w+): (.*)", load_tables()["prepositions"]["needed"])
    return {verb: preposition for preposition, verbs in lines for verb in verbs.split()}
