"""Grammar that needs parts of speech: patterns of tagged_rules.toml in the line of tagged_words.py; nouns; and
words that stand for another that sounds or looks alike, told by what is beside them: "a big affect on"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from followup_tui.domain.format import capitalized
from followup_tui.domain.letters.finding import Finding
from followup_tui.letters.proofreader.agreement import agreement_marks
from followup_tui.letters.proofreader.clause_rules import clause_marks
from followup_tui.letters.proofreader.letter_text import PARAGRAPH, ParsedLetter
from followup_tui.letters.proofreader.noun_rules import noun_marks
from followup_tui.letters.proofreader.pattern_rules import load_rules
from followup_tui.letters.proofreader.phrase_rules import phrase_marks
from followup_tui.letters.proofreader.preposition_rules import preposition_marks
from followup_tui.letters.proofreader.tagged_words import (
    GrammarMark,
    TaggedText,
    TaggedWord,
    Words,
    load_file,
    load_tables,
    parse_line,
    plural,
    regular_form,
    singular,
    table,
    tag_words,
    words_of,
)
from followup_tui.letters.proofreader.tense_rules import tense_marks
from followup_tui.letters.proofreader.verb_rules import verb_marks

_SAY_LOOKALIKE = "“{}” is another word that sounds or looks like this."


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
                yield GrammarMark(
                    place, place + 1, "confused_word", _SAY_LOOKALIKE.format(frame.right), (frame.right,)
                )
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


_PUT = re.compile(r"<(\w+)(?::(\w+))?>")
_MACRO = re.compile(r"\{(\w+)\}")

_MADE: Mapping[str, Callable[[str], str]] = {
    "plural": plural,
    "singular": singular,
    "adjective_of": lambda adverb: re.sub(r"i$", "y", adverb.removesuffix("ly")),
    "without_apostrophe": lambda word: word.replace("'", ""),
    "name": str.capitalize,
    "joined_up": lambda words: words.replace(" ", ""),
}
"""Forms of words that follow a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedRule:
    """A pattern whose group "x" is what is wrong, and what may stand there instead."""

    name: str
    find: re.Pattern[str]
    put: tuple[str, ...]
    say: str


@cache
def load_tagged_rules() -> tuple[TaggedRule, ...]:
    """The rules."""
    file = load_file()
    macros = file["macros"] | {name: _any_of(table(name)) for name in file["tables"]}
    macros |= {name: _any_of(words_of("nouns", name)) for name in ("jobs", "plural_only_wrong", "count")}
    macros["things"] = _any_of(words_of("nouns", "count") - words_of("nouns", "persons"))
    return tuple(
        TaggedRule(
            name=rule["rule"],
            find=re.compile(_expanded(find, macros)),
            put=tuple(rule["put"]),
            say=rule["say"],
        )
        for rule in file["rules"]
        for find in rule["find"]
    )


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def _expanded(find: str, macros: Mapping[str, str]) -> str:
    while _MACRO.search(find):
        find = _MACRO.sub(lambda name: macros[name[1]], find)
    return "(?<=\\s)" + find


def tagged_findings(letter: ParsedLetter, tags: Mapping[int, str]) -> Iterator[Finding]:
    """What the rules find in the sentences of a letter: in its body and a postscript."""
    for block in chain.from_iterable(
        PARAGRAPH.finditer(letter.low, *part) for part in (letter.body, letter.postscript)
    ):
        text = tag_words(letter.text, block.start(), block.end(), tags)
        for rule, match in _matches(text.line):
            if (finding := _finding(letter, text, rule, match)) is not None:
                yield finding
        starts = tuple(text.places.values())
        for mark in _marks(text.line):
            first, last = starts[mark.start][0], starts[mark.end - 1][1]
            if not letter.is_address(first, last):
                put = _with_capital(mark.put, letter.text[first:last])
                yield letter.finding(first, last, mark.rule, mark.say, put)


@lru_cache(maxsize=128)
def _matches(line: str) -> tuple[tuple[TaggedRule, re.Match[str]], ...]:
    """Every place where a rule holds in one paragraph; cached, since typing changes one paragraph at a time."""
    return tuple((rule, match) for rule in load_tagged_rules() for match in rule.find.finditer(line))


@lru_cache(maxsize=128)
def _marks(line: str) -> tuple[GrammarMark, ...]:
    """What the tables find in one paragraph; cached as above."""
    words = parse_line(line)
    return tuple(mark for marks in _TABLES for mark in marks(words))


_TABLES = (
    lookalike_marks,
    preposition_marks,
    verb_marks,
    agreement_marks,
    noun_marks,
    clause_marks,
    tense_marks,
    phrase_marks,
)


def _with_capital(put: Iterable[str], wrong: str) -> tuple[str, ...]:
    """Suggestions with a capital where the wrong words have one, without those that change nothing."""
    capital = wrong[:1].isupper() and wrong != "I" and not wrong.startswith("I ")
    texts = (re.sub(r"\bi\b", "I", one) for one in put if one != wrong.casefold())
    return tuple(capitalized(one) if capital else one for one in texts)


def _finding(letter: ParsedLetter, text: TaggedText, rule: TaggedRule, match: re.Match[str]) -> Finding | None:
    first, last = match.span("x")
    places = [place for at, place in text.places.items() if first <= at < last]
    start, end = places[0][0], places[-1][1]
    if letter.is_address(start, end):
        return None
    wrong = letter.text[start:end]
    put = dict.fromkeys(one for template in rule.put if (one := _suggestion(template, match)) is not None)
    return letter.finding(start, end, rule.name, rule.say, _with_capital(put, wrong))


def _suggestion(template: str, match: re.Match[str]) -> str | None:
    """A template with its groups filled in, each perhaps in another form; None where that form isn't known."""
    parts, at = [], 0
    for slot in _PUT.finditer(template):
        words = re.sub(r"/\S+", "", match[slot[1]] or "").strip()
        formed = words if slot[2] is None else _formed(words, slot[2])
        if formed is None:
            return None
        parts += [template[at : slot.start()], formed]
        at = slot.end()
    return re.sub(r"\bi\b", "I", " ".join(("".join(parts) + template[at:]).split()))


def _formed(word: str, form: str) -> str | None:
    if form in _MADE:
        return _MADE[form](word)
    if form in load_file()["tables"]:
        return table(form).get(word)
    return load_rules().forms[form].get(word) or regular_form(word, form)
