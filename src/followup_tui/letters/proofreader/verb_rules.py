"""Verbs whose form another word decides, by the tables of grammar_tables.toml: "avoid to do", "explain you"."""

from __future__ import annotations

from collections.abc import Iterator

from followup_tui.letters.proofreader.pattern_rules import load_rules
from followup_tui.letters.proofreader.preposition_rules import is_time_word, is_used_to
from followup_tui.letters.proofreader.tagged_words import (
    GrammarMark,
    TaggedWord,
    Words,
    pairs_of,
    regularised,
    words_of,
)

_ING = "The -ing form is needed here."
_TO = "“to” with the base form is needed here."
_BARE_TO = "After “to” the base form is needed here."
_BARE = "The base form without “to” is needed here."
_SUBJECTS = {"me": "I", "us": "we", "him": "he", "her": "she", "them": "they", "you": "you"}
_OBJECTS = {subject: one for one, subject in _SUBJECTS.items()} | {"i": "me"}


def verb_marks(words: Words) -> Iterator[GrammarMark]:
    """Each verb in a form that the words before it don't allow."""
    for place, word in enumerate(words):
        after = words.at(place + 1)
        if word.text in regularised():
            past = TaggedWord(regularised()[word.text], "Vd")
            helper = words.at(words.before(place, "R")).text
            follows = helper in words_of("words", "be") or helper in ("have", "has", "had")
            put = past.put("part") if follows else past.text
            yield GrammarMark(place, place + 1, "verb_form", "The past of this verb is irregular.", (put,))
        if word.text == "to" and after.is_infinitive:
            yield from _before_to(words, place)
        elif word.is_verb and not _is_passive(words, place):
            yield from _after_verb(words, place)
        if (form := _form_of_noun(words, place)) and form != word.text:
            yield GrammarMark(place, place + 1, "verb_form", "The participle is needed here.", (form,))
        is_easy = word.text == "to" and words.at(place - 1).text in words_of("patterns", "easy_to")
        if is_easy and after.kind == "Vg" and words.at(place + 2).kind[0] in "DP":
            yield GrammarMark(place + 1, place + 2, "verb_form", _BARE_TO, (after.base,))
        if word.is_base and (found := _after_preposition(words, place) or _after_auxiliary(words, place)):
            yield found


def _form_of_noun(words: Words, place: int) -> str:
    """The participle for a verb that may be a noun: "it was paint by", "as promise, I", "I had never hold a".

    Empty where none is needed.
    """
    word, before, after = words[place], words.at(place - 1), words.at(place + 1)
    if word.kind not in ("Vb", "Nn", "N") or (after.text not in ("by", ",") and after.kind != "D"):
        return ""
    is_done_by = before.kind == "A" and before.text in words_of("words", "be") and after.text == "by"
    is_as_said = (
        before.text == "as"
        and after.text == ","
        and words.at(place - 2).kind == "."
        and word.text in words_of("patterns", "as_said")
    )
    has_helper = words.at(words.before(place, "R")).text in ("have", "has", "had")
    has_done = has_helper and before.text in ("never", "already", "ever") and after.kind == "D"
    if not (is_done_by or is_as_said or has_done) or word.text not in load_rules().forms["ing"]:
        return ""
    return word.put("part")


def _is_passive(words: Words, place: int) -> bool:
    return "n" in words[place].kind and words.at(words.before(place, "R")).text in words_of("words", "be")


def _may_be_noun(word: TaggedWord) -> bool:
    return word.base in words_of("words", "nouns_too")


def _opens_phrase(word: TaggedWord) -> bool:
    """Whether it may follow a verb: the beginning of its object, or a preposition."""
    return word.kind[0] in "DPIJMXT" or word.text in ("how", "that", "what", "more", "about")


def _before_to(words: Words, place: int) -> Iterator[GrammarMark]:
    """Words after which "to" with a base form is wrong."""
    verb, head, earlier = words[place + 1], words.at(place - 1), words.at(place - 2)
    kinds = "DPMI" if head.text in ("accustomed", "used", "forward") else "DPM"
    turned = pairs_of("patterns", "turned")
    name = head.text if head.text in turned else head.base
    if name in turned and not _is_fine(words, place, head):
        yield GrammarMark(place, place + 2, "verb_form", _ING, (f"{turned[name]} {verb.put('ing')}".strip(),))
    elif head.text in ("before", "after", "without", "by", "for", "from", "of") and head.kind[0] in "IS":
        if words.at(place + 2).text not in ("and", "or"):
            yield GrammarMark(place, place + 2, "verb_form", _ING, (verb.put("ing"),))
    elif _ends_preposition_to(words, place) and (
        (verb.is_base and not _may_be_noun(verb))
        or (words.at(place + 2).kind[0] in kinds and words.at(place + 2).text != "that")
    ):
        yield GrammarMark(place + 1, place + 2, "verb_form", _ING, (verb.put("ing"),))
    elif (
        head.is_verb
        and head.base in words_of("patterns", "gerund")
        and head.text != "missing"
        and not _is_passive(words, place - 1)
    ) or (head.base in words_of("patterns", "gerund_of_mine") and _is_mine(words, place - 1)):
        yield GrammarMark(place, place + 2, "verb_form", _ING, (verb.put("ing"),))
    elif head.text in words_of("patterns", "needs_person") and earlier.text not in ("not", "to"):
        yield GrammarMark(place, place + 1, "missing_word", "Who does it is missing.", ("me to", "us to"))
    elif _spent_time(words, place):
        yield GrammarMark(place, place + 2, "verb_form", _ING, (verb.put("ing"),))
    elif head.text in _SUBJECTS and earlier.is_verb and earlier.base in ("prevent", "stop", "discourage"):
        if earlier.base != "stop" or earlier.kind == "Vz":
            yield GrammarMark(place, place + 2, "verb_form", _ING, (f"from {verb.put('ing')}",))
    elif head.text in _SUBJECTS and earlier.is_verb and not _is_passive(words, place - 2):
        if earlier.base in words_of("patterns", "that_clause"):
            put = f"that {_SUBJECTS[head.text]} {verb.text}"
            yield GrammarMark(place - 1, place + 2, "verb_form", "“that” follows this verb.", (put,))
        elif earlier.base in words_of("patterns", "bare") and head.text != "bare":
            yield GrammarMark(place, place + 2, "verb_form", _BARE, (verb.text,))


def _is_mine(words: Words, place: int) -> bool:
    """Whether a clause begins with "I" or "we" and has this verb: "I would suggest"."""
    at = words.before(place, "R", "A")
    return words.at(at).text in ("i", "we") and words.at(at - 1).kind[0] in ".CS" and not _is_passive(words, place)


def _spent_time(words: Words, place: int) -> bool:
    """Whether "to" follows a time that was spent: "I spent two years to repair boats"."""
    if not is_time_word(words.at(place - 1)):
        return False
    return any(words.at(at).base == "spend" and words.at(at).is_verb for at in range(place - 5, place - 1))


def _is_fine(words: Words, place: int, head: TaggedWord) -> bool:
    verb, name = words[place + 1], head.text
    if name in ("interested", "curious"):
        return verb.text in ("hear", "know", "see", "learn", "read", "find", "understand", "be")
    if name == "risk" and "there" not in words.texts(place - 6, place):  # "it is a risk to change it"
        return True
    if head.text == "interesting" or head.kind == "Ns":  # "it is interesting to see", "put his interests to work"
        return True
    if name in ("interest", "dream", "difficulty", "habit", "passion", "risk", "possibility"):
        is_verb = head.is_verb and name != "dream"
        if name == "interest":
            return is_verb or words.at(place - 2).text not in ("my", "great", "strong", "keen", "an", "much")
        return (
            is_verb or (name == "dream" and not head.is_verb) or words.at(place - 2).text in ("of", "no", "with")
        )
    return (name == "worth" and words.at(place - 2).text == "is") or (
        name == "busy" and words.at(place - 2).text == "too"
    )


def _ends_preposition_to(words: Words, place: int) -> bool:
    """Whether "to" ends a head such as "committed to", or "am used to"."""
    if words.at(place - 1).text == "used":
        return is_used_to(words, place - 1)
    for name in words_of("patterns", "preposition_to"):
        parts = name.split("_")
        spelt = [words.at(place - len(parts) + place_in) for place_in in range(len(parts))]
        if parts == ["object"] and not spelt[0].is_verb:
            continue
        if all(part in (word.text, word.base) for part, word in zip(parts, spelt, strict=True)):
            return True
    return False


def _after_verb(words: Words, place: int) -> Iterator[GrammarMark]:
    """Verbs after which the next words have a wrong form."""
    verb, after, then = words[place], words.at(place + 1), words.at(place + 2)
    base = verb.base
    if base in words_of("patterns", "gerund_too") and after.is_base and _opens_phrase(then):
        if not _may_be_noun(after) and after.text not in ("let", "be"):
            yield GrammarMark(place + 1, place + 2, "verb_form", _ING, (after.put("ing"),))
    elif (
        base in words_of("patterns", "infinitive")
        and after.text not in _SUBJECTS
        and verb.kind != "Vg"
        and words.at(place - 1).kind[0] != "D"
    ):
        is_will = base in words_of("patterns", "infinitive_of_will")
        kinds = "DPXI" if is_will else "DPX"
        is_ing = after.kind == "Vg" or (is_will and after.text.endswith("ing") and after.base != after.text)
        if is_ing and then.kind[0] in kinds and base != "manage":
            yield GrammarMark(place + 1, place + 2, "verb_form", _TO, (f"to {after.base}",))
        elif verb.kind == "Vz" and _may_be_noun(verb) and words.at(place - 1).kind[0] in "NXJD":
            return  # "their offers tend to be low"
        elif (
            after.is_base
            and not _may_be_noun(after)
            and (_opens_phrase(then) or then.kind == "R")
            and after.text != "let"
        ):
            yield GrammarMark(place + 1, place + 2, "missing_word", "“to” is missing.", (f"to {after.text}",))
    elif after.text in _SUBJECTS:
        yield from _after_object(words, place)
    if base in ("want", "like") and after.text == "that" and then.text in _OBJECTS and words.at(place + 3).is_base:
        put = f"{_OBJECTS[then.text]} to {words[place + 3].text}"
        yield GrammarMark(place + 1, place + 4, "verb_form", _TO, (put,))
    if base == "tell" and after.text == "that" and then.kind == "P" and verb.text == "told":
        yield GrammarMark(place, place + 1, "word_choice", "“tell” needs a person; else it is “say”.", ("said",))
    if base in words_of("patterns", "no_to") and after.text == "to" and then.text in ("me", "us", "him", "them"):
        yield GrammarMark(place + 1, place + 2, "preposition", "No preposition follows this word.", ("",))


def _after_object(words: Words, place: int) -> Iterator[GrammarMark]:
    """A verb, its object, and what follows: "allow me introduce", "explain you the plan"."""
    verb, person, after = words[place], words[place + 1], words.at(place + 2)
    base, then = verb.base, words.at(place + 3)
    only_object = person.text in ("me", "us", "him", "them")
    opens = after.kind[0] == "D" or after.text in words_of("words", "clause_openers")
    if base == "say":
        if only_object and (after.kind[0] in "SD" or after.text in words_of("words", "clause_openers")):
            put = {"said": "told", "says": "tells", "saying": "telling"}.get(verb.text, "tell")
            yield GrammarMark(place, place + 1, "word_choice", "With a person it is “tell”.", (put,))
    elif base in words_of("patterns", "dative") and person.text != "her" and opens:
        if not (after.text == "that" and base not in ("explain", "suggest", "mention")):
            yield GrammarMark(
                place + 1, place + 2, "preposition", "“to” is missing after this verb.", (f"to {person.text}",)
            )
    elif base in words_of("patterns", "object_infinitive"):
        for_you = person.text == "you" and base in (
            "want",
            "allow",
            "enable",
            "invite",
            "encourage",
            "require",
            "ask",
        )
        if (after.is_base or after.text in ("be", "have")) and (only_object or for_you) and after.text != "let":
            if not _may_be_noun(after) or _opens_phrase(then):
                yield GrammarMark(place + 2, place + 3, "missing_word", "“to” is missing.", (f"to {after.text}",))
        elif after.kind == "Vg" and (only_object or for_you) and then.kind[0] in "DPXN" and base != "remind":
            yield GrammarMark(place + 2, place + 3, "verb_form", _TO, (f"to {after.base}",))
    elif base in words_of("patterns", "bare") and (
        after.kind in ("Vg", "Vd")
        or (base == "make" and after.kind == "Vdn" and after.text.endswith("ed") and then.kind[0] in "DPST")
    ):
        yield GrammarMark(place + 2, place + 3, "verb_form", _BARE, (after.base,))


def _after_preposition(words: Words, place: int) -> GrammarMark | None:
    """A base form where the preposition before it takes the -ing form: "after finish my shift"."""
    before, verb, after = words.at(place - 1), words[place], words.at(place + 1)
    if (
        before.text not in words_of("words", "before_ing")
        or before.kind[0] not in "IS"
        or not _opens_phrase(after)
    ):
        return None
    if _may_be_noun(verb) and (after.kind[0] != "P" or after.text in ("that", "which", "who")):
        return None
    if words.at(place - 2).is_verb and words.at(place - 2).base in words_of("words", "phrasal"):
        return None
    return GrammarMark(
        place, place + 1, "verb_form", "After a preposition the verb takes the -ing form.", (verb.put("ing"),)
    )


def _after_auxiliary(words: Words, place: int) -> GrammarMark | None:
    """A base form after "have" or "be"."""
    verb, after, at = words[place], words.at(place + 1), place - 1
    while words.at(at).kind in ("R", "T") and words.at(at).text != "to":
        at -= 1
    helper = words.at(at)
    if after.is_noun and verb.text in words_of("words", "adjectives_too"):
        return None  # "they have complete knowledge"
    if verb.text == "like" or _may_be_noun(verb) or after.text == "access" or verb.base == verb.put("part"):
        return None
    if helper.text in ("have", "has", "had", "having") or helper.text.endswith("'ve"):
        if words.at(at - 1).kind[0] in "PNXSCRA.":
            return GrammarMark(
                place, place + 1, "verb_form", "The participle follows a form of “have”.", (verb.put("part"),)
            )
    elif helper.text in words_of("words", "be") and "get" not in helper.base and helper.kind == "A":
        opened = set(words.texts(at - 16, at).split())
        if {"do", "did", "done", "want", "need"} & opened and {"what", "all", "thing"} & opened:
            return None  # "all you need to do is turn it"
        if {"do", "did", "does", "done"} & {word.text for word in words[max(0, at - 4) : at]} or words.at(
            at - 1
        ).kind == "C":
            return None
        is_active = verb.base not in words_of("words", "felt") and (
            after.kind[0] in "DP" or after.text in ("to", "for", "about", "as", "at")
        )
        if verb.base in words_of("words", "stative") and after.kind != "." and helper.text != "been":
            put = _without_be(words, at, place)
            return GrammarMark(at, place + 1, "verb_form", "This verb takes no form of “be”.", (put,))
        forms = (verb.put("ing"), verb.put("part")) if is_active and helper.text != "be" else (verb.put("part"),)
        if words.at(at - 1).text == "it" or helper.text == "been":  # "it is recommend to"
            forms = forms[::-1]
        return GrammarMark(place, place + 1, "verb_form", "After a form of “be” this form can't stand.", forms)
    return None


def _without_be(words: Words, helper: int, place: int) -> str:
    """A verb with what stands before it, but without "be": "are not agree" gives "do not agree"."""
    between, verb = words.texts(helper + 1, place), words[place]
    is_one = words[helper].text in ("is", "was")
    if "not" in between.split():
        return f"{'does' if is_one else 'do'} {between} {verb.text}"
    return f"{between} {verb.put('third') if is_one else verb.text}".strip()
