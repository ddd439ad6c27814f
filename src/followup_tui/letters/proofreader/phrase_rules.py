"""Words of the wrong form in their phrase: "one of the best interview", "your offices are beautifully"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from followup_tui.letters.proofreader.agreement import noun_phrase, opens_clause
from followup_tui.letters.proofreader.clause_rules import is_subject
from followup_tui.letters.proofreader.preposition_rules import is_time_word
from followup_tui.letters.proofreader.tagged_words import (
    GrammarMark,
    TaggedWord,
    Words,
    first_marks,
    load_tables,
    pairs_back,
    pairs_of,
    plural,
    singular,
    words_of,
)

_SAY_MANY = "The plural is needed here."
_SAY_ADJECTIVE = "An adjective is needed here."
_SAY_NOUN = "A noun is needed here."
_SAY_PRONOUN = "Another form of the pronoun is needed here."
_SAY_THE = "“The” is missing here."
_OBJECTS = {"i": "me", "he": "him", "she": "her", "we": "us", "they": "them"}
_SELVES = {"i": ("me", "myself"), "we": ("us", "ourselves")}


def phrase_marks(words: Words) -> Iterator[GrammarMark]:
    """Each word that its phrase needs in another form, or with an article."""
    rules = (
        _one_of_many,
        _people,
        _much,
        _adverb_after_be,
        _noun_form,
        _pronoun_form,
        _your,
        _with_me,
        _the,
        _there_are,
        _degree,
        _collocation,
    )
    return first_marks(words, rules)


def _head(words: Words, place: int) -> int:
    """Where the noun stands that the phrase from a place on ends with."""
    return words.after(place - 1, "J", "R", "M")


def _ends(words: Words, place: int) -> bool:
    """Whether a noun is the last word of its phrase."""
    after = words.at(place + 1)
    return after.kind[0] in ".IPACST" and after.text not in ("-", "/", "'", '"', "(", "&")


def _one_of_many(words: Words, place: int) -> GrammarMark | None:
    """A noun in the singular of which there are many: "one of the best interview", "all my document are"."""
    is_one_of = words.at(place + 1).text == "of" and words[place].text in (
        "one",
        "some",
        "many",
        "each",
        "both",
        "most",
    )
    start = place + 2 if is_one_of else place + 1
    if not is_one_of and words[place].text != "all":
        return None
    if words.at(start).text not in ("the", "my", "your", "our", "their", "these", "those", "his", "her"):
        return None
    at = _head(words, start + 1)
    noun = words.at(at)
    if (
        noun.kind != "Nn"
        or noun.text not in words_of("nouns", "count") | words_of("nouns", "jobs")
        or not _ends(words, at)
    ):
        return None
    is_whole = words[place].text in ("some", "most", "all", "many")
    if is_whole and words.at(at + 1).text not in ("are", "were", "have"):
        return None  # "most of the day"
    if words[place].text in ("one", "each") and noun.text in words_of("agreement", "both_numbers"):
        return None
    if at == start + 1 and words.at(place - 1).text == "including":
        return None  # "photographs, including one of the place"
    return GrammarMark(at, at + 1, "number", _SAY_MANY, (plural(noun.text),))


def _people(words: Words, place: int) -> GrammarMark | None:
    """An irregular noun in the singular after a number: "the two foreman", and "a single cables"."""
    word, before = words[place], words.at(place - 1)
    if (
        re.fullmatch(r"[a-z]{3,}(?:man|woman)|child|woman|man", word.text)
        and word.text
        not in (
            "human",
            "german",
            "roman",
        )
        and before.text in words_of("phrases", "counts")
        and _ends(words, place)
    ):
        put = "children" if word.text == "child" else word.text.removesuffix("man") + "men"
        return GrammarMark(place, place + 1, "number", _SAY_MANY, (put,))
    is_single = before.text == "single" and words.at(place - 2).text in ("a", "the", "every", "one")
    if is_single and word.kind == "Ns" and singular(word.text) in words_of("nouns", "count"):
        return GrammarMark(place, place + 1, "number", "The singular is needed here.", (singular(word.text),))
    return None


def _much(words: Words, place: int) -> GrammarMark | None:
    """ "Much" before what can be counted: "how much people"."""
    after = words.at(place + 1)
    if (
        words[place].text == "much"
        and after.kind == "Ns"
        and words.at(place - 1).text in ("how", "too", "so", "as")
    ) and (
        singular(after.text) in words_of("nouns", "count") | words_of("nouns", "jobs") or after.text == "people"
    ):
        return GrammarMark(place, place + 1, "number", "What can be counted takes “many”.", ("many",))
    return None


def _adverb_after_be(words: Words, place: int) -> GrammarMark | None:
    """An adverb that tells what something is like: "your offices are beautifully", "so happily when"."""
    adjectives = pairs_back("families", "adverb")
    word, after = words[place], words.at(place + 1)
    at = place - 1
    while words.at(at).text in words_of("families", "intensifiers"):
        at -= 1
    verb = words.at(at)
    is_linking = verb.text in words_of("phrases", "be") or (
        verb.is_verb and verb.base in words_of("phrases", "linking") and at < place
    )
    if word.text not in adjectives or word.text in words_of("phrases", "also_predicates") or not is_linking:
        return None
    ends = after.text in (".", "!", "?", "when", "that", "to") or (
        verb.base in words_of("phrases", "linking") and after.text in ("in", ",", "and")
    )
    return GrammarMark(place, place + 1, "word_form", _SAY_ADJECTIVE, (adjectives[word.text],)) if ends else None


def _noun_form(words: Words, place: int) -> GrammarMark | None:
    """An adjective or verb for a noun, and a noun for an adjective: "my able to", "the develop of"."""
    word, before, after = words[place], words.at(place - 1), words.at(place + 1)
    nouns = pairs_of("phrases", "noun_of")
    is_owned = before.text in words_of("agreement", "owners") or (before.text == "the" and after.text == "of")
    needs_noun = is_owned or (
        before.text in ("great", "high", "big", "much") and words.at(place - 2).kind[0] in "DAV"
    )
    ends = after.text in ("to", "of", "is", "was", "for", "in", "has", ".", ",") and after.kind[0] != "J"
    if word.text in nouns and needs_noun and ends:
        return GrammarMark(place, place + 1, "word_form", _SAY_NOUN, (nouns[word.text],))
    adjectives = pairs_of("families", "adjective")
    if (
        word.text in adjectives
        and word.is_noun
        and before.text in ("very", "so", "too", "quite", "really", "extremely")
    ):
        opener = words.at(place - 2)
        if (
            (after.is_noun and opener.text in ("a", "an", "the", "is", "are", "my"))
            or after.text in (".", ",", "for", "to", "that")
        ) and (opener.kind[0] in "DA" or opener.base in words_of("phrases", "linking")):
            return GrammarMark(place, place + 1, "word_form", _SAY_ADJECTIVE, (adjectives[word.text],))
    is_plain = word.text in words_of("phrases", "no_predicate_nouns") and before.text in ("is", "was", "be")
    is_told = words.at(place - 2).text in ("it", "this", "that", "which") or before.text == "be"
    if is_plain and is_told and after.text in ("for", "to", ".", "that"):
        return GrammarMark(place, place + 1, "word_form", _SAY_ADJECTIVE, (adjectives[word.text],))
    return None


def _pronoun_form(words: Words, place: int) -> GrammarMark | None:
    """A pronoun of the wrong case: "I introduced me", "I know he well", "your asked me", "with who I work"."""
    word, before, after = words[place], words.at(place - 1), words.at(place + 1)
    if before.text in _SELVES and word.is_verb and word.kind[1:2] in "bd" and is_subject(words, place - 1):
        wrong, right = _SELVES[before.text]
        if after.text == wrong and word.text not in ("let", "see"):
            return GrammarMark(place + 1, place + 2, "pronoun", _SAY_PRONOUN, (right,))
    if (
        word.text in _OBJECTS
        and before.is_verb
        and before.base not in words_of("phrases", "saying")
        and word.text != "i"
    ):
        ends = after.kind == "." or after.text in ("well", "for", "to", "at", "about", "personally")
        if ends and after.text not in ("-", '"', "(", "“") and words.at(place - 2).kind[0] in "PA":
            return GrammarMark(place, place + 1, "pronoun", _SAY_PRONOUN, (_OBJECTS[word.text],))
    if (
        (
            word.text == "your"
            and after.kind in ("Vd", "Vdn")
            and words.at(place + 2).text in ("me", "us", "for", "that")
        )
        and words.at(place + 2).text in ("me", "us")
        and opens_clause(words, place)
    ):
        return GrammarMark(place, place + 1, "pronoun", _SAY_PRONOUN, ("you",))
    if (
        (
            word.text == "who"
            and before.text in ("with", "for", "from", "by", "under")
            and words.at(place + 2).kind[0] in "VA"
        )
        and after.text in ("i", "we", "you", "they", "he", "she")
        and words.at(place - 2).kind[0] in "NX."
    ):
        return GrammarMark(place, place + 1, "pronoun", "After a preposition it is “whom”.", ("whom",))
    if (
        (
            word.text == "which"
            and before.text == ","
            and words.at(place - 3).text in ("mr", "mrs", "ms", "dr", "miss")
        )
        and words.at(place - 2).kind == "X"
        and after.kind[0] in "VA"
    ):
        return GrammarMark(place, place + 1, "pronoun", "For a person it is “who”.", ("who",))
    return None


def _your(words: Words, place: int) -> GrammarMark | None:
    """ "You" for "your": "for you kindness", "of you team"."""
    before, noun, after = words.at(place - 1), words.at(place + 1), words.at(place + 2)
    is_led = before.text in ("for", "of", "with", "from", "about", "in", "at", "to", "on", "by")
    is_owned = words[place].text == "you" and is_led and noun.kind == "Nn"
    ends = after.text in (".", ",", "!") or after.kind == "I"
    is_felt = words.at(place - 2).base in words_of("phrases", "linking")
    if not is_owned or not ends or is_time_word(noun) or is_felt:
        return None
    return GrammarMark(place, place + 1, "pronoun", _SAY_PRONOUN, ("your",))


def _with_me(words: Words, place: int) -> GrammarMark | None:
    """ "I" for "me" beside another person: "she sent it to Ana and I"."""
    word, after = words[place], words.at(place + 1)
    is_joined = word.text == "i" and words.at(place - 1).text == "and" and words.at(place - 2).is_noun
    if is_joined and (after.kind[0] in ".I" or (after.text == "to" and words.at(place + 2).kind.startswith("Vb"))):
        phrase = noun_phrase(words, place - 2)
        opener = None if phrase is None else words.at(phrase.start - 1)
        if opener is not None and (opener.kind == "I" or (opener.is_verb and opener.kind != "Vg")):
            return GrammarMark(place, place + 1, "pronoun", _SAY_PRONOUN, ("me",))
    return None


@cache
def _collocations() -> Mapping[tuple[str, str], str]:
    """The right verb by the wrong one and its noun."""
    lines = re.findall(r"(\w+)>(\w+): (.*)", load_tables()["phrases"]["collocations"])
    return {(wrong, noun): right for wrong, right, nouns in lines for noun in nouns.split()}


def _collocation(words: Words, place: int) -> GrammarMark | None:
    """A verb that doesn't go with its noun: "I did two mistakes"."""
    verb = words[place]
    if not any(wrong == verb.base for wrong, _ in _collocations()) or words.at(place - 1).kind == "D":
        return None
    is_led = words.at(place + 1).text in (
        "you",
        "i",
        *words_of("agreement", "owners"),
    )  # "will I become an answer"
    at = words.after(place + is_led, "D", "J", "M")
    noun = words.at(at)
    right = _collocations().get((verb.base, singular(noun.text)))
    if right is None or not noun.is_noun or not _ends(words, at):
        return None
    form = next((form for form in ("base", "third", "past", "part", "ing") if verb.put(form) == verb.text), "base")
    return GrammarMark(
        place, place + 1, "word_choice", "Another verb goes with this noun.", (TaggedWord(right, "Vb").put(form),)
    )


def _the(words: Words, place: int) -> GrammarMark | None:
    """A missing "the": "by end of the week", "on other hand", "in United States"."""
    word, before, after = words[place], words.at(place - 1), words.at(place + 1)
    then = words.at(place + 2)
    names = words_of("phrases", "with_the")
    is_part = (
        word.text in words_of("phrases", "parts")
        and after.text == "of"
        and then.text in ("the", "my", "our", "your", "this", "next", "last", "his", "her", "their")
        and before.kind in ("I", "S")
        and before.text not in ("as", "of", "than")
    )
    phrase = f"{before.text}_{word.text}_{after.text}"
    is_fixed = phrase in words_of("phrases", "lack_the") or (
        f"{before.text}_{word.text}" in words_of("phrases", "lack_the") and after.kind[0] in ".PDISAC"
    )
    is_land = before.kind in ("I", "S") and (
        (f"{word.text}_{after.text}" in names and not then.is_noun) or (word.text in names and not after.is_noun)
    )
    is_first = (
        word.text in ("first", "same", "whole", "last", "only")
        and before.text in ("was", "is", "finished", "passed", "completed", "reached")
        and after.kind == "Nn"
        and after.text
        in ("time", "phase", "step", "stage", "part", "thing", "test", "reason", "person", "one", "woman", "man")
        and then.kind[0] in ".IPSC"
    )
    if not (is_part or is_fixed or is_land or is_first):
        return None
    if is_land:
        return GrammarMark(place - 1, place, "article", _SAY_THE, (f"{before.text} the",))
    return GrammarMark(place, place + 1, "article", _SAY_THE, (f"the {word.text}",))


def _degree(words: Words, place: int) -> GrammarMark | None:
    """A degree without its "'s", "the most of", and "that" before a question: "a master degree"."""
    word, before, after = words[place], words.at(place - 1), words.at(place + 1)
    if word.text in ("master", "bachelor") and after.text in ("degree", "thesis") and before.text != "'":
        return GrammarMark(place, place + 1, "apostrophe", "The degree is written with “'s”.", (f"{word.text}'s",))
    if (
        word.text == "most"
        and before.text == "the"
        and after.text == "of"
        and (words.at(place - 2).text in ("", ".", ",") or words.at(place - 2).kind[0] in "CS")
    ) and words.at(place + 2).kind[0] in "DP":
        return GrammarMark(place - 1, place + 1, "article", "“Most of” stands without an article.", ("most",))
    if (
        word.text == "that"
        and after.text in ("why", "how", "where", "when", "what")
        and words.at(place + 2).kind[0] in "PD"
    ):
        asks = before.text in ("me", "us") and words.at(place - 2).base in ("ask", "tell", "show", "explain")
        if asks or before.base in ("ask", "wonder"):
            return GrammarMark(place, place + 2, "word_choice", "“That” doesn't open a question.", (after.text,))
    return None


def _there_are(words: Words, place: int) -> GrammarMark | None:
    """ "There is" before a number: "there was fifteen other applicants"."""
    word, count = words[place], words.at(place + 1)
    if word.text not in ("is", "was", "isn't", "wasn't") or words.at(place - 1).text != "there":
        return None
    at = _head(words, place + 1)
    noun = words.at(at)
    is_many = count.text in words_of("phrases", "counts") or count.text in ("many", "several", "any")
    if not is_many or noun.kind != "Ns" or noun.text in words_of("agreement", "both_numbers"):
        return None
    put = pairs_of("agreement", "plural_verb")[word.text]
    return GrammarMark(place, place + 1, "agreement", "The verb and its subject don't agree.", (put,))
