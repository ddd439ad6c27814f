"""The words of a text with their parts of speech and forms, as one line that patterns are looked for in.

"I was impress by it." becomes " i/P was/A impress/Vb by/I it/P ./. ". After the slash stands:

V a verb, with all that it can be: b base form, z third person, d past, n participle, g -ing form;
N a noun, with n singular or s plural, none where it can be both; X a name; P a pronoun; M a number;
J an adjective; R an adverb; D a determiner; A an auxiliary; I a preposition; C a conjunction;
S a subordinating conjunction; T a particle; O anything else; and . a mark.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from followup_tui.letters.proofreader.pattern_rules import load_rules

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
