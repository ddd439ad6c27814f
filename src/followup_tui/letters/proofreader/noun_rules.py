"""Nouns that are counted and can't be, or lack their article, and words of the wrong family: "your explain"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from followup_tui.letters.proofreader.pattern_rules import load_rules
from followup_tui.letters.proofreader.tagged_words import (
    GrammarMark,
    TaggedWord,
    Words,
    pairs_back,
    pairs_of,
    singular,
    words_of,
)

_SAY_COUNT = "This noun can't be counted."
_SAY_ADJECTIVE = "An adjective is needed before the noun."
_SAY_ARTICLE = "An article is missing before this noun."
_SUPERLATIVE = re.compile(r"(?!honest|modest|earnest)\w+est|worst")
_VOWEL = re.compile(r"(?!uni(?!n|m)|us[eu]|ut[ei]|eu|one\b|once\b)[aeiou]|hono|hour|honest|heir|mba\b|hr\b|x-ray")
_PERSONS = frozenset({"me", "us", "you", "him", "them"})
_LIMITS = ("not", "only", "just")
_MANY = {
    **{"many": "much", "few": "little", "these": "this", "those": "that", "several": "some"},
    "numerous": "much",
}


def noun_marks(words: Words) -> Iterator[GrammarMark]:
    """Each noun that is counted and can't be, or lacks its article, and each word of the wrong family."""
    for place, word in enumerate(words):
        one = singular(word.text)
        if word.text in words_of("nouns", "uncountable") or one in words_of("nouns", "plural_only_wrong"):
            yield from _counted(words, place)
        elif word.kind == "Nn" or (word.kind == "N" and word.text in words_of("nouns", "count")):
            yield from _without_article(words, place)
        yield from _family(words, place)


def indefinite_article(word: str) -> str:
    """The indefinite article that a word takes."""
    return "an" if _VOWEL.match(word) else "a"


def _start(words: Words, place: int) -> int:
    """Where the adjectives before a noun begin."""
    while words.at(place - 1).kind in ("J", "R", "Vdn", "Vg") and words.at(place - 1).text not in _LIMITS:
        place -= 1
    return place


def _counted(words: Words, place: int) -> Iterator[GrammarMark]:
    after = words.at(place + 1)
    is_before_noun = after.kind[0] in "NXO" or (after.text == "," and words.at(place + 2).kind == "J")
    if is_before_noun or after.text in ("-", "/") or words.at(place - 1).text == "-":
        return
    word, start = words[place], _start(words, place)
    opener = words.at(start - 1)
    one = word.text if word.text in words_of("nouns", "uncountable") else singular(word.text)
    adjectives = words.texts(start, place)
    if opener.text in _MANY and opener.text != word.text:
        if opener.text == "few" and words.at(start - 2).text == "a":
            return
        put = " ".join(f"{_MANY[opener.text]} {adjectives} {one}".split())
        yield GrammarMark(start - 1, place + 1, "uncountable", _SAY_COUNT, (put,))
    elif opener.text in ("a", "an") and one in words_of("nouns", "uncountable"):
        put = " ".join(f"{adjectives} {one}".split())
        if not {"bit", "lot", "little", "more"} & set(adjectives.split()) and not (
            one == "news" and after.is_verb
        ):
            yield GrammarMark(start - 1, place + 1, "uncountable", _SAY_COUNT, (put, f"some {put}"))
    elif one != word.text and word.kind[0] in "NO":
        yield GrammarMark(place, place + 1, "uncountable", _SAY_COUNT, (one,))


def _without_article(words: Words, place: int) -> Iterator[GrammarMark]:
    """A count noun in the singular with nothing before it: "I work as engineer", "in small shop"."""
    start, after = _start(words, place), words.at(place + 1)
    is_inside = after.is_noun or (after.kind == "O" and after.text.isalpha())  # "keyboard shortcuts"
    goes_on = after.text in words_of("nouns", "goes_on") and words.at(start - 1).text not in _PERSONS
    if words.at(start).kind not in ("J", "Nn", "N") or is_inside or goes_on:
        return
    is_adjective = words[place].text == "representative" and start == place and after.kind[0] in ".I"
    if is_adjective or words.texts(start, place + 1).replace(" ", "_") in words_of("nouns", "phrases"):
        return
    if {word.text for word in words[start:place]} & words_of("nouns", "no_article") or after.text[:1].isdigit():
        return
    if after.is_verb and after.base in words_of("words", "nouns_too") and words.at(place + 2).kind[0] not in "DP":
        return  # "good job offers"
    if words[place].text in load_rules().forms["ing"] and after.kind in ("D", "P") and start < place:
        return  # "happy answer your questions"
    if _needs_article(words, start, place):
        first = words[start].text
        put: tuple[str, ...] = (f"{indefinite_article(first)} {first}",)
        if _SUPERLATIVE.fullmatch(first):
            put = (f"the {first}",)
        elif after.text == "of" and words[place].text in words_of("nouns", "one_of_its_kind"):
            put = (f"the {first}", *put)
        yield GrammarMark(start, start + 1, "article", _SAY_ARTICLE, put)


def _needs_article(words: Words, start: int, place: int) -> bool:
    noun, before, earlier, after = words[place].text, words.at(start - 1), words.at(start - 2), words.at(place + 1)
    is_job, has_adjective = noun in words_of("nouns", "jobs"), start < place
    is_count = noun in words_of("nouns", "count")
    if before.text == "as":
        is_in_one = after.text == "in" and words.at(place + 2).text not in ("a", "an", "my", "two", "three")
        of_one = (after.text == "of" or is_in_one) and noun != "member" and words.at(place + 2).kind != "X"
        return is_job and not of_one and earlier.text != "same"
    if before.text in words_of("nouns", "before_what_one_is"):
        is_thing = noun == "cleaner" and before.text == "be"  # "it would be cleaner"
        return (is_job or (is_count and has_adjective)) and earlier.text != "this" and not is_thing
    if not is_count:
        return False
    if before.text in _PERSONS and earlier.base in words_of("nouns", "giving") and earlier.is_verb:
        return True  # "send me copy", "gave us clear idea"
    if before.text == "for" and earlier.base in ("look", "search", "ask") and earlier.is_verb:
        return noun not in words_of("nouns", "bare")
    if before.text in ("is", "was", "isn't", "wasn't") and earlier.text == "there":
        return True
    if before.text in ("in", "at", "for", "with", "from", "on") and before.kind == "I":
        return has_adjective and noun not in words_of("nouns", "in_no_phrase")
    is_other = before.is_verb and before.base not in words_of("nouns", "not_owning") and not noun.endswith("ing")
    is_other = is_other and _ends_phrase(words, place)
    is_owning = before.base in words_of("nouns", "owning") and (before.is_verb or earlier.kind == "A")
    if is_owning or is_other or before.text in ("have", "had", "has"):
        return _may_be_finite(words, start - 1) and (has_adjective or noun not in words_of("nouns", "bare"))
    return False


def _ends_phrase(words: Words, place: int) -> bool:
    """Whether a noun is the last word of its phrase."""
    return words.at(place + 1).kind[0] in ".IPSC" and words.at(place + 1).text not in ("(", '"')


def _may_be_finite(words: Words, place: int) -> bool:
    """Whether a verb is no participle before its noun: "your written request"."""
    before = words.at(place - 1)
    return words[place].kind[1:] not in ("g", "n") and (
        before.kind[0] in "TRA" or before.text in ("i", "we", "you", "they", "he", "she", "who", "please")
    )


def _family(words: Words, place: int) -> Iterator[GrammarMark]:
    word, before, after = words[place], words.at(place - 1), words.at(place + 1)
    adverbs = pairs_of("families", "adverb")
    if word.text in adverbs and word.kind[0] in "JR":
        yield from _adjective_for_adverb(words, place)
    elif word.kind in ("R", "J") and word.text.endswith("ly"):
        yield from _adverb_for_adjective(words, place)
    elif word.kind[0] in "NV":
        yield from _noun_or_verb(words, place, before, after)


def _adjective_for_adverb(words: Words, place: int) -> Iterator[GrammarMark]:
    word, before, after, then = (words.at(place + step) for step in (0, -1, 1, 2))
    is_degree = word.text in words_of("families", "degree")
    if is_degree and (after.kind in ("J", "Vdn") or after.text == "well" or after.text.endswith("ed")):
        is_described = after.text.endswith(("ed", "ful", "ous", "able", "ant", "ing", "ive"))
        is_free = before.text in words_of("words", "be") or before.kind == "R"
        wrong = ((after.text == "well" and word.text != "full") or (is_described and is_free)) and not then.is_noun
    else:
        wrong = _ends_part(words, place) and _follows_verb(words, place)
    if wrong:
        put = (pairs_of("families", "adverb")[word.text],)
        yield GrammarMark(place, place + 1, "word_form", "An adverb is needed here.", put)


def _ends_part(words: Words, place: int) -> bool:
    """Whether what follows begins another part of the sentence, and is nothing that the adjective describes."""
    after = words.at(place + 1)
    if after.text in ("and", ","):
        then = words.at(place + 2)
        return then.kind != "J" and "-" not in then.text and not (after.text == "," and then.text == "plain")
    return after.text in words_of("families", "new_part") or (after.kind == "." and after.text in ".,;!?")


def _follows_verb(words: Words, place: int) -> bool:
    """Whether an adjective hangs on a verb, or on one with its object: "work close with", "solve it easy"."""
    adjective, at = words[place].text, place - 1
    if adjective in words_of("families", "no_adverbs"):
        return False
    while words.at(at).text in words_of("families", "intensifiers"):
        at -= 1
    if words.at(at).is_verb:
        base = words[at].base
        if words[at].kind == "Vg" and words.at(at - 1).base in ("make", "find", "keep"):
            return False  # "it makes writing easy"
        has_two = adjective in words_of("families", "both") and base in ("go", "run")
        return base in words_of("families", "adverb_verbs") and not has_two
    if not (words.at(at).is_noun or words.at(at).text in ("it", "them")):
        return False
    at -= 1
    while words.at(at).kind[0] in "DJNP" and adjective != "close":
        at -= 1
    return words.at(at).is_verb and words.at(at).base in words_of("families", "object_adverbs")


def _adverb_for_adjective(words: Words, place: int) -> Iterator[GrammarMark]:
    word, before, after = words[place], words.at(place - 1), words.at(place + 1)
    if word.text in words_of("families", "not_adjective") | words_of("families", "focusing"):
        return
    adjectives = pairs_back("families", "adverb")
    right = adjectives.get(word.text)
    opens = before.kind[0] in "DI" or before.text in words_of("agreement", "owners")
    opens = opens and before.text not in ("than", "all", "both")
    is_before_noun = after.is_noun and "-" not in after.text and words.at(place + 2).kind[0] not in "JNP"
    if right not in (None, "good") and opens and is_before_noun:
        yield GrammarMark(place, place + 1, "word_form", _SAY_ADJECTIVE, (str(right),))


def _noun_or_verb(words: Words, place: int, before: TaggedWord, after: TaggedWord) -> Iterator[GrammarMark]:
    """A noun for a verb or an adjective, or a verb for a noun: "would success", "your explain"."""
    text = words[place].text
    to_verb, to_noun, feelings, adjectives = (
        pairs_of("families", name) for name in ("verb", "noun", "feeling", "adjective")
    )
    if text in to_verb and words[place].is_noun and _needs_verb(words, place):
        yield GrammarMark(place, place + 1, "word_form", "The verb is needed here.", (to_verb[text],))
    elif text in to_noun and _owned(words, place):
        yield GrammarMark(place, place + 1, "word_form", "The noun is needed here.", (to_noun[text],))
    elif text in feelings and before.text in words_of("families", "before_feeling"):
        if after.kind in (".", "I") or after.text in ("that", "to", "and"):
            yield GrammarMark(place, place + 1, "word_form", "An adjective is needed here.", (feelings[text],))
    elif (
        text in adjectives
        and after.text in words_of("families", "described")
        and not words.at(place + 2).is_noun  # "a talent team member"
    ):
        put = adjectives[text]
        if before.text in ("a", "an"):
            yield GrammarMark(
                place - 1, place + 1, "word_form", _SAY_ADJECTIVE, (f"{indefinite_article(put)} {put}",)
            )
        elif before.text in ("very", "my", "most"):
            yield GrammarMark(place, place + 1, "word_form", _SAY_ADJECTIVE, (put,))


def _needs_verb(words: Words, place: int) -> bool:
    before, after, earlier = words.at(place - 1), words.at(place + 1), words.at(place - 2)
    if before.text in words_of("words", "modals"):
        return earlier.kind[0] in "PNX" and after.kind[0] in "DPIM.TCR" and after.text != "not"
    wants = before.text == "to" and earlier.text in words_of("families", "before_to")
    return wants and after.kind[0] in "DP.I" and words[place].text not in ("service", "life", "learning")


def _owned(words: Words, place: int) -> bool:
    """Whether a word must be a noun, for what stands before and after it."""
    before, after = words.at(place - 1), words.at(place + 1)
    ends = after.text in ("of", "for", "to", "about", "in", "on", ".", ",") or after.kind[0] == "A"
    has_article = before.text in ("the", "a", "an", "this") and words[place].is_verb
    return ends and (has_article or before.text in ("my", "your", "our", "their", "his"))
