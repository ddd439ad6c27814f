"""Verbs that don't agree with their subject, which is looked for before them over phrases in between."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache
from typing import NamedTuple

from followup_tui.letters.proofreader.pattern_rules import load_rules
from followup_tui.letters.proofreader.tagged_words import (
    GrammarMark,
    TaggedWord,
    Words,
    pairs_of,
    singular,
    words_of,
)

_SAY = "The verb doesn't agree with its subject, “{}”."
_ONE, _MANY, _UNSURE = "one", "many", ""
_PERSONS = frozenset({"i", "me", "he", "him", "she", "they", "them", "we"})
_INVERTED = frozenset({"i", "you", "we", "they", "he", "she"})
"""Before these an auxiliary asks: "what role do you play"."""
_MADE_ONE, _MADE_MANY = "V1", "V2"
"""Kinds of nouns that must be verbs, for there is no other."""


class Phrase(NamedTuple):
    """A noun phrase: where it begins, whether it is one or many, and its noun."""

    start: int
    number: str
    noun: str


def agreement_marks(words: Words) -> Iterator[GrammarMark]:
    """Each finite verb of the wrong number."""
    words = _with_verbs(words)
    for place, word in enumerate(words):
        number = _number_of_verb(words, place)
        if (
            number
            and not _may_be_subjunctive(words, place)
            and (subject := _subject(words, place)) is not None
            and subject.number not in (number, _UNSURE)
        ):
            put = _other(words, place, subject.number)
            if put != word.text:
                yield GrammarMark(place, place + 1, "agreement", _SAY.format(subject.noun), (put,))


def _with_verbs(words: Words) -> Words:
    """The words, where a clause has no verb with a noun in it made one: "if the menu change with the tides"."""
    found = list(words)
    for place, word in enumerate(words):
        opens = word.text in words_of("agreement", "conjunctions") or (
            word.is_verb and word.text in words_of("agreement", "sayings")
        )
        clause = words.rest(place + 1, 12)
        if not opens or word.text in ("since", "before", "after") or not clause or clause[0].kind[0] not in "DP":
            continue
        end = next((at for at, one in enumerate(clause) if at and one.kind[0] in "SC"), len(clause))
        if any(one.kind[0] in "AV" for one in clause[:end]):
            continue
        for at in range(2, end):
            one, before, after = clause[at], clause[at - 1], words.at(place + 2 + at)
            if (
                one.kind[0] == "N"
                and before.is_noun
                and after.kind[0] in "DPIN"
                and after.text != "of"
                and not (after.is_noun and after.base in _verbs())  # "if the business name changes"
                and one.base in _verbs()
            ):
                found[place + 1 + at] = TaggedWord(one.text, _MADE_MANY if one.text == one.base else _MADE_ONE)
                break
    return Words(found)


def _number_of_verb(words: Words, place: int) -> str:
    """Whether the verb is that of one or of many; nothing where it may be both, or is not finite."""
    word, before = words[place], words.at(place - 1)
    if word.kind in (_MADE_ONE, _MADE_MANY):
        return _ONE if word.kind == _MADE_ONE else _MANY
    after = words.at(place + 1)
    if word.kind[0] != "A" and (_follows_noun(after) or "'" in word.text):
        return ""
    if word.kind[0] == "A" and after.text in _INVERTED:
        return ""
    is_relative = before.text in ("who", "which", *words_of("agreement", "indefinite"))
    if word.text in ("need", "dare") and before.text in ("nobody", "nothing", "not"):
        return ""  # "nobody need fill it in"
    subject = words.at(words.before(place, "R")).text
    is_sure = is_relative or subject in ("he", "she", "it")
    may_be_noun = word.base in words_of("words", "nouns_too") and word.kind == "Vb" and not is_sure
    if may_be_noun and after.kind[0] not in "DPM":
        return ""
    if before.text in ("who", "which") and word.kind in ("N", "Nn", "Ns") and word.base in _verbs():
        return _ONE if word.text != word.base else _MANY
    if word.text in pairs_of("agreement", "plural_verb"):
        return _ONE
    if word.text in pairs_of("agreement", "singular_verb"):
        return _MANY
    if word.kind == "Vz":
        return _ONE
    return _MANY if word.is_base and word.text not in _pasts() else ""


@cache
def _pasts() -> frozenset[str]:
    """All pasts, some of which are base forms of other verbs, too: "someone lay awake"."""
    return frozenset(load_rules().forms["past"].values()) | {"lay"}


def _follows_noun(word: TaggedWord) -> bool:
    """Whether it can't follow a finite verb, so that what stands before it is a noun: "an oil spill occurred"."""
    return word.kind[0] == "A" or word.kind in ("Vz", "Vd") or word.text in (":", "which", "who")


def _may_be_subjunctive(words: Words, place: int) -> bool:
    """Whether a form is right that is no indicative: "if it were", "I suggest that she write"."""
    before = set(words.texts(place - 14, place).split())
    if words[place].text in ("were", "weren't"):
        return bool(before & {"if", "wish", "wished", "though", "whether", "unless"})
    is_base = words[place].is_base or words[place].text in ("do", "have")
    return is_base and bool(before & words_of("agreement", "subjunctive"))


def _verbs() -> Container[str]:
    """The base forms of all verbs that are known."""
    return load_rules().forms["ing"]


def _other(words: Words, place: int, number: str) -> str:
    word = words[place]
    table = pairs_of("agreement", "singular_verb" if number == _ONE else "plural_verb")
    return table.get(word.text) or word.put("third" if number == _ONE else "base")


def _subject(words: Words, place: int) -> Phrase | None:
    """The subject right before a verb; None where it isn't sure."""
    at = words.before(place, "R")
    while words.at(at).text in ("there", "here") and words.at(at - 1).is_noun:
        at -= 1
    before = words.at(at)
    if before.text in ("who", "which", "that") and before.kind[0] in "PSD":
        return _antecedent(words, at)
    if (before.is_noun or before.kind == "O") and (found := _full_subject(words, at)) is not None:
        return found
    if before.text == "what" and words[place].is_base and words.at(place + 1).kind[0] in "DP":
        may_hang = words.at(at - 1).text in words_of("words", "be") or words[place].base in words_of(
            "words", "nouns_too"
        )
        return None if may_hang else Phrase(at, _ONE, "what")
    if before.text in words_of("agreement", "singular_pronouns"):
        is_asked = before.text == "one" and words.at(at - 1).text in ("how", "why", "where", "when")
        if is_asked and words[place].is_base and words.at(place + 1).kind == "D":
            return Phrase(at, _ONE, "one")
        if before.text in ("each", "one", "neither", "either") or not opens_clause(words, at):
            return None
        return Phrase(at, _ONE, before.text)
    if not (before.is_verb or before.is_noun or before.kind == "I"):
        return None
    clause = _relative_clause(words, at, is_base=words[place].is_base)
    return None if clause is None else _full_subject(words, clause - 1)


def _full_subject(words: Words, last: int) -> Phrase | None:
    """A subject that ends at a place, with the phrases that hang on it, where a clause begins with it."""
    phrase = noun_phrase(words, last)
    while phrase is not None and words.at(phrase.start - 1).kind[0] in "IS":
        preposition = words.at(phrase.start - 1)
        opens = preposition.text in ("before", "after") and preposition.kind == "S"
        if opens or preposition.text not in words_of("agreement", "linking"):
            break
        outer = noun_phrase(words, phrase.start - 2)
        if outer is None:
            clause = _what_clause(words, phrase.start - 2)
            return clause or (None if preposition.kind == "I" else _checked(words, phrase))
        phrase = _of_many(outer, phrase) if preposition.text == "of" else outer
    return None if phrase is None else _checked(words, phrase)


def _what_clause(words: Words, last: int) -> Phrase | None:
    """The clause that ends at a place as a subject: "what you said | about bees makes sense"."""
    for at in range(last, max(-1, last - 4), -1):
        if words[at].text == "what" and words.at(at + 1).kind == "P" and words[last].is_verb:
            return Phrase(at, _ONE, "what") if opens_clause(words, at) else None
    return None


def _of_many(outer: Phrase, inner: Phrase) -> Phrase:
    if outer.noun in words_of("agreement", "of_many"):
        return Phrase(outer.start, _UNSURE, outer.noun)
    return outer


def _checked(words: Words, phrase: Phrase) -> Phrase | None:
    before = words.at(phrase.start - 1)
    is_when = phrase.noun in ("day", "week", "month", "year", "time") and before.kind != "."
    is_when = is_when and words[phrase.start].text in ("one", "some", "next", "last", "this", "every", "each")
    if is_when or phrase.noun == "let":
        return None  # "I hope one day have"
    if before.text == "and" and words.at(phrase.start - 2).text != ",":
        return _with_and(words, phrase)
    if before.text in ("before", "after") and words[phrase.start].kind[0] not in "DPX":
        return None  # "the shows you watch before bed are"
    if before.kind == "Vg" and before.base not in words_of("agreement", "no_subjects"):
        if words.at(phrase.start - 2).text in ("before", "after", "when", "while", "since"):
            return None
        opens = opens_clause(words, phrase.start - 1)
        return Phrase(phrase.start - 1, _ONE, f"{before.text} {phrase.noun}") if opens else None
    return phrase if opens_clause(words, phrase.start) else None


def _with_and(words: Words, phrase: Phrase) -> Phrase | None:
    """Two phrases joined by "and" are many: "my passport and my licence"."""
    if words.at(phrase.start - 1).text != "and":
        return None
    if words.at(phrase.start - 2).text in _PERSONS and words.at(phrase.start).kind[0] in "DPX":
        start = phrase.start - 2
        return (
            Phrase(start, _MANY, f"{words[start].text} and {phrase.noun}") if opens_clause(words, start) else None
        )
    first = noun_phrase(words, phrase.start - 2)
    listed = first
    while listed is not None and words.at(listed.start - 1).text == ",":
        listed = noun_phrase(words, listed.start - 2)
    if listed is not None and listed is not first and opens_clause(words, listed.start):
        return Phrase(listed.start, _MANY, f"{listed.noun} and {phrase.noun}")
    if first is None or not opens_clause(words, first.start) or first.noun == phrase.noun:
        return None
    has_own = words.at(phrase.start).kind[0] in "DP" or words.at(phrase.start).kind[0] == "X"
    starts_each = words.at(first.start).text in ("each", "every", "no", "my", "the", "your") and not has_own
    if starts_each and words.at(first.start).text in ("each", "every", "no"):
        return None
    has_own = has_own or (words.at(first.start).kind[0] in "DP" and _MANY in (first.number, phrase.number))
    return Phrase(first.start, _MANY, f"{first.noun} and {phrase.noun}") if has_own else None


def noun_phrase(words: Words, last: int) -> Phrase | None:
    """The noun phrase that ends at a place."""
    noun = words.at(last)
    if noun.text in words_of("agreement", "indefinite") or (
        noun.text in words_of("agreement", "counted") and words.at(last + 1).text == "of"
    ):
        return Phrase(last, _ONE, noun.text)
    if noun.text == "matters" and words.at(last - 1).text == "that":  # "the only thing that matters is"
        return None
    if (not noun.is_noun and noun.kind != "O") or not noun.text[0].isalpha() or "'" in noun.text:
        return None
    start = last
    while (
        words.at(start - 1).kind in ("J", "N", "Nn", "X", "M", "R", "Vg", "Vdn", "O")
        and words.at(start - 1).text[0].isalpha()
        and words.at(start - 1).text not in words_of("agreement", "before_clauses")
    ):
        start -= 1
    opener = words.at(start - 1)
    if opener.kind == "D" or opener.text in words_of("agreement", "owners"):
        start -= 1
        if words.at(start - 1).text in ("all", "both", "half"):
            return None
    return Phrase(start, _number_of_noun(words, start, last), noun.text)


def _number_of_noun(words: Words, start: int, last: int) -> str:
    noun, before = words[last], words.at(start - 1).text
    start = min(last, words.after(start - 1, "R"))
    opener = words[start].text
    if noun.kind == "Ns" and singular(noun.text) in words_of("nouns", "plural_only_wrong"):
        return _UNSURE  # "your advices was": the noun is what is wrong
    is_doing = start < last and opener.endswith("ing") and words[start].kind != "D"
    if is_doing or {opener, before} & {"what", "which", "whose"}:
        return _UNSURE  # "hiring people is expensive", "what matters is", "in what situations is it"
    if noun.text in words_of("agreement", "uncountable"):
        return _ONE
    if noun.text in words_of("agreement", "both_numbers"):
        is_one = opener in ("a", "an", "each", "every", "this") and noun.text not in words_of(
            "agreement", "of_many"
        )
        return _ONE if is_one else _UNSURE
    if opener in ("these", "those", "many", "several", "few", "two", "three", "four", "five", "six", "ten"):
        return _MANY if noun.kind == "Ns" else _UNSURE
    if noun.kind == "Ns":
        return _UNSURE if opener in ("this", "that", "a", "an", "each", "every") else _MANY
    if noun.kind == "Nn" and (start < last or opener.isalpha()):
        is_counted = any(word.kind == "M" and word.text != "one" for word in words[start:last])
        return _UNSURE if is_counted else _ONE
    return _UNSURE


def opens_clause(words: Words, start: int) -> bool:
    """Whether a clause may begin here, so that what stands here is a subject."""
    while words.at(start - 1).text in ("even", "also", "now", "perhaps", "maybe"):
        start -= 1
    before, earlier = words.at(start - 1), words.at(start - 2)
    if before.text in ("and", "but", "so") and earlier.text in (",", ";"):
        return _is_clause(words, start - 3)
    if before.kind == ".":
        is_behind_comma = before.text == "," and (earlier.kind == "R" or _is_opener(words, start - 1))
        return before.text in ("", ".", "!", "?", ";", ":") or is_behind_comma
    if before.text in words_of("agreement", "conjunctions"):
        return not (before.text in ("since", "before", "after") and earlier.is_noun)  # "changes since the war"
    return (
        before.text in words_of("agreement", "sayings") and before.kind[0] == "V" and earlier.text not in ("to",)
    )


def _is_opener(words: Words, comma: int) -> bool:
    """Whether what ends with a comma is a phrase that opens the sentence, without a verb: "at my college,"."""
    start = comma
    while start > 0 and words[start - 1].kind != ".":
        start -= 1
    phrase = words[start:comma]
    opens = words.at(start - 1).text in ("", ".", "!", "?") and len(phrase) > 1 and phrase[0].kind == "I"
    return opens and not any(word.kind[0] in "AVSC" for word in phrase)


def _is_clause(words: Words, last: int) -> bool:
    """Whether what ends at a place is a clause with a verb, and not a part of a list."""
    for at in range(last, max(-1, last - 25), -1):
        if words[at].kind == ".":
            return False
        if at == last and words.at(at - 1).kind == ".":
            return False  # one word alone is part of a list
        if words[at].kind[0] == "A" or words[at].kind in ("Vb", "Vz", "Vd", "Vdn"):
            return True
    return False


def _relative_clause(words: Words, last: int, *, is_base: bool) -> int | None:
    """Where a relative clause begins that ends at a place: "the patients | I looked after", "guests | who stay".

    `is_base` where what follows it is a base form, which may hang on the clause's verb: "who help | make".
    """
    for start in range(last - 1, max(-1, last - 9), -1):
        word = words[start]
        if word.kind in (".", "C") or (word.kind == "S" and word.text not in ("with", "that", "like")):
            return None
        verb = words.after(start, "R")
        if word.text in ("who", "which", "that"):
            opens = words.at(verb).kind[0] in "VA"
            begin = start
        else:
            opens = word.text in ("i", "we", "you", "they", "he", "she") and words.at(verb).kind[0] in "VA"
            begin = start - (words.at(start - 1).text in ("who", "whom", "which", "that"))
        if opens and words.at(begin - 1).is_noun:
            return begin if _has_one_verb(words, verb, last, is_base=is_base) else None
    return None


def _has_one_verb(words: Words, first: int, last: int, *, is_base: bool) -> bool:
    """Whether the clause from its first verb on has no other, so that what comes after it is the main verb."""
    groups, at = 0, first
    takes = words_of("agreement", "takes_infinitive") if is_base else words_of("agreement", "takes_clause")
    takes_more = False
    while at <= last:
        starts = at
        while at <= last and (words[at].kind[0] in "VART" and (at > starts or words[at].kind[0] in "VA")):
            takes_more |= words[at].base in takes
            at += 1
        is_participle = words[starts].kind in ("Vg", "Vn", "Vdn") and words.at(starts - 1).kind[0] in "ISDJN"
        groups += at > starts and not (is_participle and starts > first)
        at += at == starts
    return groups == 1 and not takes_more


def _antecedent(words: Words, relative: int) -> Phrase | None:
    """The noun that "who" or "which" stands for."""
    place = relative - 1 - (words.at(relative - 1).text == ",")
    phrase = noun_phrase(words, place)
    may_be_all = words.at(relative - 1).text == "," and words[relative].text != "who"
    if may_be_all and (phrase is None or phrase.number != _ONE or words[relative + 1].kind != "Vb"):
        return None  # "which" may stand for all that was said
    outer = phrase
    while outer is not None and words.at(outer.start - 1).text in words_of("agreement", "linking"):
        outer = noun_phrase(words, outer.start - 2)
        if phrase and outer and outer.number != phrase.number:  # "slides at the start of a film that have a logo"
            return None
    if phrase is None or phrase.noun in words_of("agreement", "both_numbers") or phrase.start == relative:
        return None
    if words.at(phrase.start - 1).kind[0] in "IC":
        outer = noun_phrase(words, phrase.start - 2)
        if outer is None or outer.number != phrase.number:
            return None
    if words[relative].text == "that" and (
        words.at(relative + 1).kind[0] != "A" or words.at(phrase.start - 1).is_verb
    ):
        return None
    return phrase
