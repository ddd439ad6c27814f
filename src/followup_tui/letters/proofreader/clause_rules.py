"""Clauses that lack a word or have their words in a wrong order: "it not a problem", "I worked already there"."""

from __future__ import annotations

from collections.abc import Iterator

from followup_tui.letters.proofreader.agreement import noun_phrase, opens_clause
from followup_tui.letters.proofreader.pattern_rules import load_rules
from followup_tui.letters.proofreader.tagged_words import GrammarMark, Words, first_marks, pairs_of, words_of

_MISSING = "A word is missing here."
_ORDER = "The order of these words is not right."
_NEGATIVES = frozenset({"not", "never"})
_SENTENCE_ENDS = (".", "!", "?", ":", ";", "")
_LONGEST = 200
"""Words of a sentence that are looked at: 20,000 characters may be one sentence."""


def clause_marks(words: Words) -> Iterator[GrammarMark]:
    """Each clause without its subject or verb, or with words where they can't stand."""
    rules = (
        _without_be,
        _without_be_after_modal,
        _without_subject,
        _adverb,
        _day_before_object,
        _enough,
        _inverted,
        _asked_directly,
        _doubled_subject,
        _doubled_negation,
        _but_after_although,
        _comma_before_please,
        _comma_before_that,
    )
    return first_marks(words, rules)


def sentence_start(words: Words, place: int) -> int:
    """Where the sentence begins that a place is in, at most `_LONGEST` words before it."""
    first = max(0, place - _LONGEST)
    while place > first and words[place - 1].text not in _SENTENCE_ENDS:
        place -= 1
    return place


def sentence_end(words: Words, place: int) -> str:
    """The mark that ends the sentence that a place is in."""
    while words.at(place).text not in _SENTENCE_ENDS:
        place += 1
    return words.at(place).text


def is_subject(words: Words, place: int) -> bool:
    """Whether a pronoun stands here as the subject that opens a clause."""
    return words.at(place).text in words_of("clauses", "subjects") and opens_clause(words, place)


def _is_only_adjective(words: Words, place: int) -> bool:
    """Whether an adjective is nothing else, and hangs on nothing after it."""
    word, after = words.at(place), words.at(place + 1)
    return (
        word.kind == "J"
        and word.text not in words_of("clauses", "no_predicates")
        and word.text not in load_rules().forms["ing"]
        and not word.text.endswith("ed")  # "I scrubbed in"
        and (after.kind[0] in "IST" or after.text in (".", ",", "!", "?", "and", "but"))
    )


def _without_be(words: Words, place: int) -> GrammarMark | None:
    """A subject whose "be" is missing: "they very friendly", "the children so curious that"."""
    forms = pairs_of("clauses", "be_of").get(words[place].text)
    at = words.after(place, "R")
    is_not = words.at(at).text == "not"
    at = words.after(at, "R") if is_not else at
    follower = words.at(at)
    if words.at(place + 1).text in ("first", "maybe", "too"):
        return None
    if forms is not None and is_subject(words, place):
        has_article = follower.text in ("a", "an") and (is_not or (at == place + 1 and words[place].text != "you"))
        is_doing = (
            follower.kind == "Vg"
            and words.at(at + 1).kind[0] in "DPIT"
            and follower.base not in (follower.text, "be")
        )
        is_felt = (
            follower.kind == "Vdn"
            and follower.base in words_of("words", "felt")
            and words.at(at + 1).text in ("in", "about", "by")
        )
        if not (has_article or is_doing or is_felt or _is_only_adjective(words, at)):
            return None
    else:
        forms = _form_of_noun(words, place, at)
        if forms is None or not _is_only_adjective(words, at):
            return None
    rest = words.texts(place + 1, at + 1)
    puts = tuple(f"{words[place].text} {form} {rest}" for form in forms.split())
    return GrammarMark(place, at + 1, "missing_word", _MISSING, puts)


def _form_of_noun(words: Words, place: int, predicate: int) -> str | None:
    """The forms of "be" for a noun that opens a clause, and that an adverb such as "very" follows."""
    between = {word.text for word in words[place + 1 : predicate]}
    if not words[place].is_noun or not between & words_of("clauses", "degrees"):
        return None
    phrase = noun_phrase(words, place)
    if phrase is None or words[phrase.start].kind[0] not in "DP" or words[phrase.start].text in ("a", "an"):
        return None
    if words.at(phrase.start - 1).kind[0] == "S" and words.at(phrase.start - 2).kind[0] not in ".AV":
        return None
    return ("are were" if phrase.number == "many" else "is was") if opens_clause(words, phrase.start) else None


def _without_be_after_modal(words: Words, place: int) -> GrammarMark | None:
    """A modal verb whose "be" is missing: "the job would a good match", "I will available"."""
    if words[place].text not in words_of("clauses", "modals") or not _has_subject(words, place):
        return None
    last = place + 1 if words.at(place + 1).text in ("not", "also", "certainly", "really", "never") else place
    word, after = words.at(last + 1), words.at(last + 2)
    end = words.after(last, "R")
    is_thing = word.text in ("a", "an", "the", "my", "your") and after.kind[0] in "JNR"
    is_place = word.text in ("there", "here") and after.kind[0] in ".IR"
    is_state = words[place].text != "can" and word.kind in ("J", "R") and _is_only_adjective(words, end)
    if not (is_thing or is_place or is_state):
        return None
    put = f"{words[last].text} be {words.texts(last + 1, end + 1)}"
    return GrammarMark(last, end + 1, "missing_word", _MISSING, (put,))


def _has_subject(words: Words, place: int) -> bool:
    """Whether the subject stands right before a verb, and doesn't follow it as in a question."""
    if is_subject(words, place - 1) or words.at(place - 1).text in ("this", "that"):
        return words.at(place - 1).text != "that" or words.at(place - 2).kind == "."
    phrase = noun_phrase(words, place - 1) if words.at(place - 1).is_noun else None
    return (
        phrase is not None
        and words[phrase.start].text in words_of("clauses", "determiners")
        and opens_clause(words, phrase.start)
    )


def _without_subject(words: Words, place: int) -> GrammarMark | None:
    """A sentence that begins with its verb, and asks nothing: "Is small and close to my home."."""
    word, after = words[place], words.at(place + 1)
    if word.text not in ("is", "was", "am") or words.at(place - 1).text not in (".", "", "!"):
        return None
    is_predicate = after.kind in ("J", "R", "Vg") or after.text in ("a", "an", "not")
    if not is_predicate or sentence_end(words, place) != ".":
        return None
    subject = "I" if word.text == "am" else "it"
    return GrammarMark(
        place, place + 1, "missing_word", "The subject is missing.", (f"{subject} {word.text}".strip(),)
    )


def _adverb(words: Words, place: int) -> GrammarMark | None:
    """An adverb on the wrong side of its verb: "I always am on time", "I worked already with it"."""
    word, before, after = words[place], words.at(place - 1), words.at(place + 1)
    then = words.at(place + 2)
    is_before_be = after.text in ("am", "is", "are", "was", "were") and then.kind[0] in "JIDVM"
    is_middle = word.text in words_of("clauses", "middle_adverbs")
    if is_before_be and is_middle and is_subject(words, place - 1):
        return GrammarMark(place, place + 2, "order", _ORDER, (f"{after.text} {word.text}",))
    if word.text in ("already", "always") and before.is_verb and set(before.kind[1:]) & set("bzd"):
        is_free = after.kind[0] in "DPNJ" or after.text in ("with", "in", "at", "on", "about", "for")
        subject = words.at(place - 2)
        has_subject = is_subject(words, place - 2) or (
            subject.is_noun
            and (phrase := noun_phrase(words, place - 2)) is not None
            and opens_clause(words, phrase.start)
        )
        if is_free and has_subject and before.text not in words_of("clauses", "linking_verbs"):
            return GrammarMark(place - 1, place + 1, "order", _ORDER, (f"{word.text} {before.text}",))
    return None


def _day_before_object(words: Words, place: int) -> GrammarMark | None:
    """A time between a verb and its object: "I will send tomorrow the papers"."""
    if words[place].text not in ("tomorrow", "yesterday", "today") or not words.at(place - 1).is_verb:
        return None
    at = place + 1
    if words.at(at).text not in words_of("clauses", "determiners"):
        return None
    end = words.after(at, "J", "N", "Nn", "Ns")
    if end == at + 1 or words.at(end).kind[0] in "AV":  # "I heard yesterday the plan is off"
        return None
    return GrammarMark(place, end, "order", _ORDER, (f"{words.texts(at, end)} {words[place].text}",))


def _enough(words: Words, place: int) -> GrammarMark | None:
    """ "Enough" before its adjective: "the room was enough big"."""
    at, after = place + 1, words.at(place + 2)
    if words[place].text != "enough" or words.at(place - 1).text not in words_of("words", "be"):
        return None
    if words.at(at).kind not in ("J", "Vdn") or not (after.text in ("for", "to", "and") or after.kind == "."):
        return None
    return GrammarMark(place, place + 2, "order", _ORDER, (f"{words[at].text} enough",))


def _inverted(words: Words, place: int) -> GrammarMark | None:
    """A subject behind its verb though nothing is asked: "In May must I move"."""
    start = sentence_start(words, place)
    verb = words.at(place - 1)
    opener = words[start : place - 1] if place - 1 > start else ()
    if words[place].text not in ("i", "we", "he", "she", "they") or not opener or len(opener) > 5:
        return None
    if verb.text == "may" and words.at(place - 2).kind[0] == "I":
        return None  # "in the last days of May I moved"
    is_finite = verb.kind[0] == "A" or (verb.is_verb and set(verb.kind[1:]) & set("bzd"))
    if not is_finite or sentence_end(words, place) != "." or words.at(place + 1).kind[0] not in "VDPNJRI":
        return None
    if verb.kind[0] == "A" and words.at(place + 1).kind[0] != "V":
        return None
    opens = opener[0].text in words_of("clauses", "openers") or opener[0].kind == "I"
    if not opens or any(word.kind[0] in "AVSPC." and word.text != "may" for word in opener):
        return None
    return GrammarMark(place - 1, place + 1, "order", _ORDER, (f"{words[place].text} {verb.text}",))


_ASKING_WORDS = ("what", "how", "why", "when", "where", "which", "who")
_PERSONS = ("me", "us", "you", "him", "her", "them")


def _asked_directly(words: Words, place: int) -> GrammarMark | None:
    """A question within a sentence in the order of a direct one: "you asked me what did I do"."""
    if words[place].text not in _ASKING_WORDS or words.at(place + 1).kind != "A":
        return None
    head = words.at(place - 1 - (words.at(place - 1).text in _PERSONS))
    helper, subject, verb = words[place + 1], words.at(place + 2), words.at(words.after(place + 2, "R"))
    asks = head.base in words_of("clauses", "before_questions") and head.kind[0] in "VJ"
    if not asks or subject.text not in words_of("clauses", "subjects") or sentence_end(words, place) == "?":
        return None
    said = f"{words[place].text} {subject.text}"
    if helper.text not in ("do", "does", "did"):
        return GrammarMark(place, place + 3, "order", _ORDER, (f"{said} {helper.text}",))
    is_verb = verb.text in load_rules().forms["ing"] or verb.text in ("do", "have")
    if not is_verb or words.at(place + 3) is not verb:
        return None
    form = {"do": "base", "does": "third", "did": "past"}[helper.text]
    return GrammarMark(place, place + 4, "order", _ORDER, (f"{said} {verb.put(form)}",))


def _doubled_subject(words: Words, place: int) -> GrammarMark | None:
    """A pronoun that repeats the subject: "my father he has"."""
    before, after = words.at(place - 1), words.at(place + 1)
    if words[place].text not in ("he", "she", "it", "they") or not before.is_noun or after.kind[0] != "A":
        return None
    phrase = noun_phrase(words, place - 1)
    is_mine = phrase is not None and words[phrase.start].text in ("my", "our")
    if phrase is None or not is_mine or not opens_clause(words, phrase.start):
        return None
    return GrammarMark(place, place + 1, "pronoun", "The subject is there already.", ("",))


def _doubled_negation(words: Words, place: int) -> GrammarMark | None:
    """Two words that deny: "I don't have no questions", "I can't hardly wait"."""
    word, after = words[place], words.at(place + 1)
    denies = word.text.endswith("n't") or (word.text in _NEGATIVES and words.at(place - 1).kind[0] == "A")
    if not denies:
        return None
    if after.text in ("hardly", "barely", "scarcely") and word.text in pairs_of("clauses", "affirmative"):
        put = pairs_of("clauses", "affirmative")[word.text]
        return GrammarMark(place, place + 1, "word_choice", "“Hardly” says “not” already.", (put,))
    at = words.after(place, "R", "A", *_VERB_KINDS)
    other = pairs_of("clauses", "any_of").get(words.at(at).text)
    if other is None or at - place > 3 or at == place + 1:
        return None
    noun = words.at(at + 1)
    is_of_noun = (noun.is_noun or noun.kind == "J") and noun.text not in ("more", "less")
    if words.at(at).text == "no" and not is_of_noun:
        return None
    return GrammarMark(at, at + 1, "word_choice", "“Not” denies it already.", (other,))


_VERB_KINDS = ("Vb", "Vg", "Vn", "Vdn", "Vbdn", "Vbn")


def _but_after_although(words: Words, place: int) -> GrammarMark | None:
    """A "but" that "although" leaves no room for: "Although it was late, but we went on"."""
    if words[place].text not in ("but", "yet") or words.at(place - 1).text != ",":
        return None
    start = sentence_start(words, place)
    if words[start].text not in ("although", "though") and words.texts(start, start + 2) != "even though":
        return None
    is_first = not any(word.kind == "." for word in words[start : place - 1])
    if not is_first or words.at(place + 1).kind[0] not in "DPNX":
        return None
    return GrammarMark(place, place + 1, "word_choice", "“Although” says it already.", ("",))


def _comma_before_please(words: Words, place: int) -> GrammarMark | None:
    """The comma that parts a condition from a request: "if it does not suit you please suggest another"."""
    before, after = words.at(place - 1), words.at(place + 1)
    if words[place].text != "please" or not (after.kind.startswith("Vb") or after.text in ("do", "be")):
        return None
    start = sentence_start(words, place)
    clause = words[start:place]
    if not clause or clause[0].text not in ("if", "when", "once", "should") or before.kind[0] not in "PNXJRV":
        return None
    if (
        any(word.kind == "." for word in clause)
        or len(clause) < 4
        or (before.text in ("you", "we") and (words.at(place - 2).kind[0] in "AS"))
    ):
        return None
    if not any(word.kind[0] in "AV" for word in clause[1:]):
        return None
    return GrammarMark(
        place - 1, place + 1, "comma", "A comma parts the two clauses.", (f"{before.text}, please",)
    )


def _comma_before_that(words: Words, place: int) -> GrammarMark | None:
    """A comma between a verb and what is known or said: "pleased to hear, that", "to know, how"."""
    before, after = words.at(place - 1), words.at(place + 1)
    if words[place].text != "," or not (before.is_verb and before.base in words_of("clauses", "before_that")):
        return None
    asks = after.text in ("how", "why", "whether", "where") and before.base in (
        "know",
        "ask",
        "wonder",
        "see",
        "understand",
    )
    if not (asks or after.text == "that") or words.at(place + 2).kind[0] not in "DP":
        return None
    rest = words[place + 2 : place + 14]
    if any(
        word.text == ","
        for word in rest[: next((at for at, one in enumerate(rest) if one.text == "."), len(rest))]
    ):
        return None  # "I know, how could I not, that"
    return GrammarMark(place - 1, place + 1, "comma", "No comma stands before this clause.", (before.text,))
