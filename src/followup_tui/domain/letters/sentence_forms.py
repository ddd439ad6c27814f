"""The grammatical form of what is typed for a letter, by its first words and its verb.

"ran two sites" has no subject, "the pay is low" is a sentence, "stuck at the airport" is what one is. The words
are in words.toml and verbs.toml.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum, auto
from functools import cache
from importlib.resources import files

from followup_tui.domain.letters.verbs import verbs_by_form


class Form(StrEnum):
    """What a typed text is as a part of a sentence."""

    SENTENCE = auto()
    VERB = auto()
    """The verb of the one who writes: "ran two sites", "can help", "want more coding"."""
    ACTION = auto()
    """What one could do: "help with the tests"."""
    THIRD = auto()
    """The verb of something else: "clashes with my shift", "is too far"."""
    DOING = auto()
    INFINITIVE = auto()
    STATE = auto()
    """What one is, or where: "fluent in Polish", "stuck at the airport", "at a fair"."""
    AMOUNT = auto()
    """How much there is: "no remote work", "too few shifts"."""
    PERSON = auto()
    NOUN = auto()


@cache
def word_class(name: str) -> frozenset[str]:
    """A list of words.toml."""
    return frozenset(_table()[name].split())


@cache
def _table() -> dict[str, str]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def is_in(word: str, *names: str) -> bool:
    """Whether a word is in one of these lists."""
    return any(word in word_class(name) for name in names)


def is_adverb(word: str) -> bool:
    """Whether a word says how or when: "really", not "family"."""
    return is_in(word, "adverbs") or (word.endswith("ly") and not is_in(word, "no_adverbs"))


def is_foreign(text: str) -> bool:
    """Whether a text is in another language: "ich habe fünf Jahre"."""
    return sum(is_in(word, "foreign") for word in set(split_words(text))) > 1


def split_words(text: str) -> list[str]:
    """The words and marks of a text, in small letters."""
    return re.findall(r"[\w'/&+.-]*\w|[,;:(]", text.lower().replace("’", "'"))


def _begins_object(word: str) -> bool:
    """Whether a word stands where a verb is over: "the", "me", "two", "on"."""
    return bool(re.match(r"[$€£]|\d[\d.,]*[km%+]*$", word)) or is_in(word, "determiners", "objects", "numbers")


def form_of(text: str) -> Form:
    """The form of a text; a noun where it is nothing else."""
    words = split_words(text)
    if not words:
        return Form.NOUN
    if is_sentence(text):
        return Form.SENTENCE
    at = next((at for at, word in enumerate(words) if not is_adverb(word)), 0)
    word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word == "to" and after:
        return Form.INFINITIVE
    if re.match(r"(?i)(?:no|(?:too|so|not) (?:many|few|much|little|enough)|not enough)\s", text):
        return Form.AMOUNT
    if word in ("is", "has", "does", "isn't", "wasn't", "doesn't", "hasn't"):
        return Form.THIRD
    if is_in(word, "auxiliaries") or (
        word == "used" and after == "to" and _at(words, at + 2) in verbs_by_form()["base"]
    ):
        return Form.VERB
    if _is_state(words, at) or _is_by_training(words):
        return Form.STATE
    head = head_of(text)
    is_name = head[:1].isupper() and at + 1 < len(words)
    is_one = is_person(head) and not is_name and not is_in(word, "others", "relatives")
    if is_one and word.endswith("ed") and not _begins_object(after):
        return Form.PERSON
    if form := _verb_form(word, after, words[at + 2 :], is_modified=at > 0):
        return form
    return Form.PERSON if is_one else Form.NOUN


def _at(words: list[str], place: int) -> str:
    return words[place] if place < len(words) else ""


def _is_by_training(words: list[str]) -> bool:
    """Whether a text says what one is by training: "First Aid certified since Monday", not "a trained chef"."""
    at = next((at for at, word in enumerate(words) if is_in(word, "trained")), 0)
    is_last = not _at(words, at + 1) or is_in(_at(words, at + 1), "prepositions")
    return 0 < at < 4 and is_last and not is_in(words[0], "determiners", "numbers")


def _is_state(words: list[str], at: int) -> bool:
    word, after = words[at], _at(words, at + 1)
    if word in ("too", "very", "really", "quite", "so", "highly", "double", "fully"):
        is_unknown = word in ("too", "very") and (
            _at(words, at + 2) in ("", "to") or is_in(words[at + 2], "prepositions")
        )
        return bool(after) and (is_unknown or _is_state(words, at + 1))
    if is_in(word, "prepositions"):
        return not is_in(word, "no_place") and bool(after) and not after[0].isdigit()
    ends = (
        not after
        or is_in(after, "prepositions")
        or after in (",", "and", "(", "that", "enough")
        or is_in(after, "adverbs", "places")
    )
    return is_in(word, "adjectives", "places") and ends


def _verb_form(word: str, after: str, rest: list[str], *, is_modified: bool) -> Form | None:
    forms = verbs_by_form()
    is_object = _begins_object(after) or is_in(after, "prepositions", "adverbs", "places", "relatives")
    if is_in(word, "described") and not _begins_object(after):
        return None
    if is_in(word, "counted_ends") and (not after or is_in(after, "prepositions")):
        return None  # "meeting on Thursday"
    if word.endswith("ing") and (word in forms["ing"] or is_modified):
        is_kind = (
            after
            and not is_in(word, "always_doing")
            and not is_object
            and not after.endswith("s")
            and not (rest and is_in(after, "adjectives"))
            and (not rest or not is_modified)
        )
        return None if is_kind or after in ("is", ",") else Form.DOING
    if word in forms["base"] and is_in(word, "states"):
        return Form.VERB if after and (is_object or not is_in(word, "also_adjectives")) else None
    if (past := forms["past"].get(word)) is not None and after:
        is_bare = past.base == word and not is_in(after, "prepositions") and word != "cost"  # "cut waste"
        return Form.VERB if past.base != word or is_object or is_bare else None
    if word in forms["participle"] and word not in forms["past"] and (_begins_object(after) or word == "been"):
        return Form.VERB
    if word.endswith("ed") and len(word) > 4 and after and not is_in(word, "no_persons"):
        return Form.VERB
    if word in forms["base"] and after:
        is_noun = is_in(word, "noun_verbs") and (
            not is_object or after in ("of", "for", "in", "at", "to", "from", "between")
        )
        return None if is_noun or (is_in(word, "mass") and after == "with") else Form.ACTION
    if word in forms["third"] and is_object and not is_in(forms["third"][word].base, "noun_verbs"):
        return Form.THIRD
    return None


def is_deed(text: str) -> bool:
    """Whether a text that begins as a verb says what one did: "ran two sites", not "paid breaks"."""
    first, after = (*split_words(text), "", "")[:2]
    verb = verbs_by_form()["participle"].get(first)
    is_described = first.endswith("ed") if verb is None else not is_in(verb.base, "states", "never_describe")
    return not is_described or _begins_object(after)


def is_sentence(text: str) -> bool:
    """Whether a text has a subject and its verb: "they use Kafka", not "what they use"."""
    words = split_words(text)
    first = words[0].partition("'")[0] if words else ""
    if not words or first in ("how", "why", "where", "whether", "which", "who", "whenever"):
        return False
    while len(words) > 1 and is_adverb(words[0]):
        words = words[1:]
        first = words[0].partition("'")[0]
    if is_in(first, "subjects"):
        is_pair = _at(words, 1) in ("and", "or")  # "you and your team"
        lacks_be = words[0] == first and _at(words, 1) in verbs_by_form()["ing"]  # "you being the first hire"
        return _verb_at(words[2:]) is not None if is_pair else len(words) > 1 and not lacks_be
    is_fronted = is_in(first, "prepositions") or first in ("when", "while", "if", "once", "although")
    is_time = is_in(first, "near_days") or first in ("this", "every")
    is_fronted = is_fronted or (is_time and "," in words[:4])  # "last year, I moved"
    if is_fronted or "ago" in words[:4]:
        clause = (
            r"(?i)\s(?:(?:i|we|he|she|they)(?:['’]\w+)?|(?:it|you)(?:['’]\w+|\s(?:is|are|was|were|can|will)))\s\w"
        )
        return first != "to" and re.search(clause, text) is not None
    if first == "what":
        return re.search(r"(?i)^what (?:i|we|you|they) \w+ (?:is|are|was|were)\b", text) is not None
    return not _begins_verb(words[0]) and _verb_at(words) is not None


def _begins_verb(word: str) -> bool:
    """Whether a text that begins so begins with its verb: "got", "want", "can"."""
    past = verbs_by_form()["past"].get(word)
    is_past = past is not None and past.base != word and not is_in(word, "described", "no_pasts")
    return is_past or is_in(word, "auxiliaries") or (is_in(word, "states") and not is_in(word, "noun_verbs"))


def _verb_at(words: list[str]) -> int | None:
    """Where the verb of a sentence stands that begins with a noun, or None."""
    is_named = is_in(_at(words, 0), "determiners")
    for at, word in enumerate(words[1:], 1):
        before, after = words[at - 1], _at(words, at + 1)
        if word in ",;:(" or is_in(word, "relatives") or is_in(word.partition("'")[0], "subjects"):
            return None
        if is_in(before, "determiners", "prepositions", "adjectives") and before != "that":
            continue
        if before.endswith("'s"):
            if _is_said_of(word, after):
                return at
            continue
        if is_in(word, "auxiliaries") or _is_finite(
            word, before, after, ends=is_named and (not after or is_in(after, "prepositions"))
        ):
            return at
    return None


def _is_said_of(word: str, after: str) -> bool:
    """Whether a word says what somebody is: "my mother's ill", not "my mother's old house"."""
    is_last = not after or is_in(after, "prepositions")
    is_participle = word in verbs_by_form()["participle"] and not is_in(word, "noun_verbs")
    return (
        word in ("too", "not", "very", "been", "so")
        or is_in(word, "determiners")
        or (is_last and (is_in(word, "adjectives") or is_participle))
    )


def _is_finite(word: str, before: str, after: str, *, ends: bool) -> bool:
    forms = verbs_by_form()
    is_object = _begins_object(after) or after in ("not", "to", "that", "how", "what", "why", "more", "less")
    many = before.endswith("s") and not before.endswith("ss")
    if word in forms["third"]:
        is_noun = is_in(forms["third"][word].base, "noun_verbs") and not is_in(word, "no_plurals")
        if (is_in(before, "own", "persons") and after) or is_in(before, "adverbs"):
            return True
        goes_on = is_object or is_in(after, "prepositions") or is_adverb(after)
        return not many and (goes_on and after not in ("of", "for", "in", "at") if is_noun else bool(after))
    if word[-2:] not in ("ss", "us") and word.endswith("s") and not is_known(word.removesuffix("s")) and not many:
        return _begins_object(after)  # a verb that isn't known: "the archive floods every spring"
    if (verb := forms["past"].get(word)) is not None and word != verb.base:
        if word != verb.participle and not is_in(word, "no_pasts"):
            return True
        return is_object or is_in(word, "intransitive") or (ends and not after)
    if verb is not None and word == verb.base and ends:  # "my sister wed in June"
        return not is_in(word, "no_pasts", "noun_verbs")
    return word in forms["base"] and many and (is_object or (bool(after) and not is_in(word, "noun_verbs")))


def subject_of(text: str) -> str:
    """What stands before the verb of a sentence, or of "salary too low"; "" where that is no noun."""
    words = split_words(text)
    at = _verb_at(words) if is_sentence(text) else _judged_at(words)
    written = list(re.finditer(r"[\w'’/&+.-]*\w|[,;:(]", text))
    return text[: written[at].start()].strip() if at else ""


def _judged_at(words: list[str]) -> int | None:
    """Where it begins what something is that has no verb: "references available", "salary too low"."""
    for at, word in enumerate(words[1:], 1):
        before, after = words[at - 1], _at(words, at + 1)
        if word in ",;:(" or is_in(before, "adjectives", "determiners", "prepositions", "numbers", "adverbs"):
            continue
        if word in ("too", "not", "very") and after:
            return at
        is_own = at == 1 and is_in(before, "own")  # "train cancelled", "car in the garage"
        if is_own and after and is_in(word, "prepositions"):
            return at
        if is_own and (word in verbs_by_form()["participle"] or word.endswith("ed")):
            return at
        if is_in(word, "relatives", "prepositions"):
            return None
        is_sure = is_in(word, "adjectives") and word not in verbs_by_form()["base"]
        if is_sure and (not after or is_in(after, "prepositions")):
            return at
    return None


# Nouns


@cache
def _known() -> frozenset[str]:
    return frozenset(word for words in _table().values() for word in words.split())


def is_known(word: str) -> bool:
    """Whether a word in small letters is one of the common words: no name."""
    return word in _known() or is_verb(word)


def is_verb(word: str) -> bool:
    """Whether a word in small letters is a form of a verb, though it may be another word too."""
    return is_in(word, "auxiliaries") or any(word in words for words in verbs_by_form().values())


def is_plural(phrase: str) -> bool:
    """Whether the noun of a phrase stands for several."""
    head = head_of(phrase).lower()
    return head.endswith("s") and not head.endswith("ss") and not is_in(head, "mass")


def head_of(phrase: str) -> str:
    """The noun that a phrase is about: "licence" of "forklift licence for all sites"."""
    written = re.findall(r"[\w'’/&+.-]*\w|&", re.split(r"[,;:(]", phrase)[0])
    low = [word.lower() for word in written]
    ends = (at for at, word in enumerate(low) if at and _ends_noun(word, _at(low, at + 1)))
    end = next(ends, len(low))
    end = low.index("a", 2, end) if "a" in low[2:end] else end  # "tickets twice a year"
    while end > 1 and is_in(low[end - 1], "adverbs"):
        end -= 1
    return written[end - 1] if written else ""


def _ends_noun(word: str, after: str) -> bool:
    if word in ("and", "or", "&"):  # "reach and counterbalance licence"
        return is_in(after, "determiners", "relatives", "numbers")
    return is_in(word, "prepositions", "relatives", "subjects", "near_days")


def is_person(head: str) -> bool:
    """Whether a noun is what one is: "chef", "founder", not "counter"."""
    word = head.lower()
    return is_in(word, "persons") or (
        head[1:].islower()
        and bool(re.search(r"(?:[^aeiou]er|[ts]or|ist|ian|eer|man|woman)$", word))
        and not is_in(word, "no_persons")
    )


_ABSTRACT = (
    r"(?:[ts]ion|ment|ness|ship|ity|[ae]nce|ism|ing|ics|dom|hood|age"
    r"|[ae]ncy|[ao]cy|omy|phy|logy|esty|alty|[a-z]culture)$"
)
"""How nouns end that are seldom counted: "leadership", "transparency", "autonomy"."""


def is_counted(phrase: str) -> bool:
    """Whether the noun of a phrase is one of several that there may be: a licence, not experience, nor exams."""
    head = head_of(phrase)
    word = head.lower().removeprefix("e-")
    if is_in(word, "degrees"):
        return True
    if is_in(word, "mass") or len(word) < 3 or not word.isascii() or re.search(r"\d|[^aious]s$|[a-z]&", word):
        return False
    if head[:1].isupper() and not phrase.startswith(head):
        return False
    if re.search(_ABSTRACT, word):
        return is_in(word, "counted_ends")
    return True


def with_article(phrase: str, article: str = "a") -> str:
    """A phrase with an article where its noun needs one: "nursing degree", not "exams", "my exam" or "Kafka"."""
    words = split_words(phrase)
    head = head_of(phrase)
    is_name = phrase[:1].isupper() and head[:1].isupper() and not is_in(head.lower(), "degrees")
    if (
        not words
        or is_name
        or is_foreign(phrase)
        or words[0].endswith(("'s", "s'"))
        or re.match(r"[A-Z][a-z]+\.? [A-Z]\w*['’]s\b", phrase)  # "Mr Okoro's view"
        or _begins_object(words[0])
        or not is_counted(phrase)
    ):
        return phrase
    if is_in(words[0], "prepositions", "relatives") or re.match(
        r"(?:more|less|most|what|enough|no|\d+(?!-))\b", words[0]
    ):
        return phrase
    is_most = re.fullmatch(r"\w{3,}[^aeiou]est", words[0]) and not is_in(words[0], "noun_verbs")
    if is_most or words[0] in ("best", "only", "same"):
        return f"the {phrase}"
    if article != "a":
        return f"{article} {phrase}"
    if words[0] == "other":
        return f"an{phrase}"
    return f"{indefinite(phrase)} {phrase}"


def indefinite(phrase: str) -> str:
    """The article that one says before a phrase: "an MBA", "a degree"."""
    first = re.match(r"[\w-]+", phrase)
    spelt = first is not None and re.fullmatch(r"(?:[A-Z]{2,}|[BM][AS]c)s?", first[0]) is not None
    vowel = r"[AEFHILMNORSX]" if spelt else r"(?i)(?:[aeio]|u(?!ni|s[aeiu]))(?!u|ne\b)|hour|honest"
    return "an" if re.match(vowel, phrase) else "a"
