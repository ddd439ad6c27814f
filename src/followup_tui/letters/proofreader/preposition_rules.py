"""Prepositions that go with a verb, an adjective or a noun: the tables of grammar_tables.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from followup_tui.letters.proofreader.pattern_rules import load_rules
from followup_tui.letters.proofreader.tagged_words import (
    Dependent,
    GrammarMark,
    TaggedWord,
    Words,
    dependents,
    needed_prepositions,
    words_of,
)

_SAY = "Another preposition goes with this word."
_SAY_NONE = "No preposition follows this word."
_NEAR = 8
"""Among so many words after it the right preposition is looked for: "responsible in my last job for the till"."""


def preposition_marks(words: Words) -> Iterator[GrammarMark]:
    """Each wrong preposition after its head, and each that is missing."""
    for place, word in enumerate(words):
        if word.text in words_of("words", "prepositions") and word.kind[0] not in "NXJ":
            if (found := _wrong(words, place)) is not None:
                yield found
        elif word.text == "until" and _is_deadline(words, place):
            yield GrammarMark(place, place + 1, "preposition", "For a deadline, write “by”.", ("by",))
        elif word.is_verb and (found := _missing(words, place)) is not None:
            yield found


def _wrong(words: Words, place: int) -> GrammarMark | None:
    word = words[place]
    for head_end in (place - 1, *_before_object(words, place)):
        head = words.at(head_end)
        for name in {head.text, head.base, head.text.removesuffix("s")}:
            for one in dependents().get(name, ()):
                is_near = head_end == place - 1
                if word.text in one.wrong and one.has_object != is_near and _fits(words, one, head_end, place):
                    say = _SAY if one.right else _SAY_NONE
                    return GrammarMark(place, place + 1, "preposition", say, (one.right,))
    return None


def _is_deadline(words: Words, place: int) -> bool:
    """Whether "until" tells when something is to be done: "please reply until Friday"."""
    before = words[max(0, place - 6) : place]
    is_not = any(
        word.text in ("not", "never", "wait", "nothing", "no") or word.text.endswith("n't") for word in before
    )
    is_done = any(word.kind == "Vb" and word.base in words_of("words", "until_verbs") for word in before)
    return is_done and not is_not and words.at(place + 1).kind[0] != "P" and is_time(words, place + 1)


def _before_object(words: Words, place: int) -> Iterator[int]:
    """Where a verb may stand whose object is before the preposition; one adverb may stand before it, too."""
    last = words.at(place - 1)
    if last.kind == "R":
        yield place - 2
    if last.kind[0] in "PX" or (last.kind[0] == "N" and words[place].text in ("for", "about", "from", "in")):
        at = place - 2
        while at > place - 5 and words.at(at).kind[0] in "DPJNX":
            at -= 1
        yield at


def _fits(words: Words, one: Dependent, head_end: int, place: int) -> bool:
    head, after = words[head_end], words.at(place + 1)
    start = head_end - len(one.head) + 1
    spelt = all(
        name in (words.at(start + at).text, words.at(start + at).base, words.at(start + at).text.removesuffix("s"))
        for at, name in enumerate(one.head)
    )
    if not spelt or head.kind[0] not in one.kinds + "R" * (len(one.head) > 1) or not _opens_object(words, place):
        return False
    if one.kinds == "NX" and words.at(start - 1).text in ("this", "that", "these", "those"):
        return False  # "benefit from this knowledge in many ways"
    if one.nouns and not (
        any(word.text in one.nouns for word in words.rest(place + 1, 5))
        or ("-ing" in one.nouns and after.text.endswith("ing"))
    ):
        return False
    if head.kind[0] == "V" and one.kinds == "V" and words.at(start - 1).text in words_of("words", "be"):
        return False
    if words.texts(start - 2, head_end + 1) == "areas of interest":  # "areas of interest for the team"
        return False
    if not one.right and words.texts(start - 2, start) in ("due to", "owing to"):
        return False
    if head.kind == "Vz" and one.kinds == "V" and words.at(start - 1).kind[0] in "JDV":  # "obligatory mentions of"
        return False
    if head.text == "used" and not is_used_to(words, head_end):
        return False
    if one.kinds != "V" and words.at(start - 1).text.endswith("thing"):  # "something similar with wood"
        return False
    near = {word.text for word in words.rest(place + 1, _NEAR)}
    before = words.texts(place - _NEAR, place)
    return bool(one.right not in near or not one.right) and f"{one.right} wh" not in before


def _opens_object(words: Words, place: int) -> bool:
    """Whether the preposition has an object that is no time and no part of a phrase: "in May", "in general"."""
    word, after = words[place], words.at(place + 1)
    if words.at(place - 1).text == "used":
        return after.kind[0] in "DPNJVXR"
    if after.kind == "." or after.text in words_of("words", "phrase_ends") or after.kind[0] in "ISCA":
        return False
    verb = words.at(words.after(place, "R"))
    if word.text == "to" and (verb.kind.startswith("Vb") or verb.text in load_rules().forms["ing"]):
        return False
    if word.text == "at" and {"step", "stage", "level"} & {one.text for one in words.rest(place + 1, 3)}:
        return False  # "participate at every step"
    return word.text == "of" or not is_time(words, place + 1)


def is_time(words: Words, place: int) -> bool:
    """Whether a time begins here: "the last two years", "2019", "Monday"."""
    found = words.rest(place, 6)
    return any(is_time_word(word) and not _describes(found[at + 1 : at + 2]) for at, word in enumerate(found))


def is_time_word(word: TaggedWord) -> bool:
    """Whether a word alone tells a time: "year", "2019"."""
    times = words_of("words", "times")
    is_number = re.fullmatch(r"\d{4}|\d+(?:st|nd|rd|th)", word.text) is not None
    return is_number or word.text in times or word.text.removesuffix("s") in times


def _describes(after: Sequence[TaggedWord]) -> bool:
    """Whether a time only describes the noun after it: "the September cruise"."""
    return bool(after) and after[0].is_noun and not is_time_word(after[0])


def is_used_to(words: Words, place: int) -> bool:
    """Whether "used" tells here what somebody knows well: "I am used to it"."""
    at = words.before(place, "R", "T")
    be, subject = words.at(at).text, words.at(at - 1).text
    is_person = subject in ("i", "he", "she", "we") or be in ("i'm", "we're", "am", "get", "got", "getting")
    return is_person and be in words_of("words", "be")


def _missing(words: Words, place: int) -> GrammarMark | None:
    """A verb whose object needs a preposition: "I listened your talk"."""
    verb, after, then = words[place], words.at(place + 1), words.at(place + 2)
    if verb.base in words_of("prepositions", "needed_after_object") and after.text in (
        "me",
        "us",
        "you",
        "him",
        "them",
    ):
        near = {word.text for word in words.rest(place + 2, 6)}
        opens = then.kind[0] in "DNJM" or then.text in words_of("agreement", "owners")
        if opens and not near & {"with", "by", "for", "to"} and not is_time(words, place + 2):
            say = "“with” is missing after this verb."
            return GrammarMark(place + 1, place + 2, "preposition", say, (f"{after.text} with",))
    right = needed_prepositions().get(verb.base)
    if right is None or ("n" in verb.kind and words.at(place - 1).text in words_of("words", "be")):
        return None
    if verb.base == "refer" and after.text in ("me", "us", "you", "him", "her", "them"):
        return None
    if after.text not in words_of("words", "objects") or is_time(words, place + 1) or after.text == "that":
        return None
    has_one = any(
        word.text in (right, "to", "for") and not (word.text == "for" and is_time(words, place + 2 + at))
        for at, word in enumerate(words.rest(place + 1, 6))
    )
    if has_one or words.at(place + 2).kind[0] in "AV":
        return None
    return GrammarMark(
        place + 1, place + 2, "preposition", f"“{right}” is missing after this verb.", (f"{right} {after.text}",)
    )
