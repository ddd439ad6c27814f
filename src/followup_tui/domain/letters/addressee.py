"""What was typed about whom a letter goes to, said to them: "how Mr Weber built it" gives "how you built it"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from followup_tui.domain.format import English
from followup_tui.domain.letters.phrases import ASKED_LONGEST, NameParts, name_parts
from followup_tui.domain.letters.sentence_forms import (
    is_adverb,
    is_in,
    is_known,
    is_person,
    is_plural,
    split_words,
)
from followup_tui.domain.letters.verbs import verbs_by_form
from followup_tui.domain.model.contact import ADDRESSES, Contact
from followup_tui.domain.parsing.person_parts import is_known_given_name
from followup_tui.domain.parsing.person_words import is_job_word

_BY_NAME = frozenset({"favor", "news", "offer", "question", "reason", "thing", "topic"})
"""The fields that may speak of whom the letter goes to."""
_BY_PRONOUN = _BY_NAME - {"news", "reason"}
"""Those of them whose "she" may be the addressee; reasons and news are about one's own people."""
_PRONOUN = r"(?<![\w'’-])(?P<pronoun>s?he(?:['’](?:s|d|ll))?|hers?|his|him|herself|himself)(?![\w'’-])"
_WORD = r"(?P<word>[^\W\d_][\w-]*)"
_ADDRESSED = rf"(?:(?P<address>(?:(?:{'|'.join(map(re.escape, sorted(ADDRESSES)))})\.?\s+)+))?"
_GENDERS = {"Mr.": "he", "Sir": "he", "Mrs.": "she", "Miss": "she", "Ms.": "she", "Dame": "she"}
_BEHIND_HER = (
    r"about|after|and|as|at|because|before|but|by|during|for|from|how|if|in|into|of|on|or|so|since|that|the|this|to|until"
    r"|what|when|where|which|while|who|why|with|without|an?|again|soon|then|there|today|tomorrow|tonight|yesterday"
)
"""What can't be hers, so that "her" before it is whom something is done to: "told her about", "her first job"."""
_YOU = "you\0"
"""A "you" whose verb is still that of "she"."""
_HELPERS = {
    "is": "are", "was": "were", "isn't": "aren't", "wasn't": "weren't",
    "has": "have", "does": "do", "hasn't": "haven't", "doesn't": "don't",
}  # fmt: skip


class Addressed(NamedTuple):
    """A text as it is said to somebody; `unclear` is a pronoun in it that may mean others, `doubt` says so."""

    text: str
    unclear: str = ""
    doubt: str = ""


def say_to(name: str, text: str, contact: Contact | None, people: Sequence[Contact]) -> Addressed:
    """What was typed for a field of a letter to `contact`, one of the `people` of an application."""
    if name not in _BY_NAME:
        return Addressed(text)
    text = text[:ASKED_LONGEST]
    speech = _Speech(contact, people, takes_pronouns=name in _BY_PRONOUN)
    addressed = re.sub(speech.pattern, speech.put, text)
    addressed = re.sub(
        rf"(?i)\b(is|was|has|does) {_YOU}", lambda match: f"{_HELPERS[match[1].lower()]} you", addressed
    )
    addressed = re.sub(rf"(?s){_YOU}((?:(?!{_YOU}).)*)", _with_verb, addressed)
    return Addressed(addressed, speech.unclear, _doubt_of(speech.unclear, contact))


def _doubt_of(pronoun: str, contact: Contact | None) -> str:
    if not pronoun:
        return ""
    if contact is None:
        return f"The letter goes to nobody by name, so nobody knows who “{pronoun}” is: write the name."
    yours = "your" if pronoun.lower() in ("his", "her") else "you"
    return (
        f"“{pronoun}” may not be {contact.name}, to whom this goes: write “{yours}”, or the name of whom you mean."
    )


_THEM = {"they": "you", "them": "you", "their": "your", "theirs": "yours", "themselves": "yourselves"}


def to_them(text: str, words: Iterable[str] = _THEM) -> str:
    """What was typed about the employer, said to them: "their roadmap" gives "your roadmap".

    Where others are named before who can be "they", it stays: "how the nurses plan their shifts". `words` are
    those that can be nobody of whom a sentence before speaks: not "them" of "I trained six of them".
    """
    return re.sub(
        rf"(?i)\b(?:{'|'.join(words)})\b",
        lambda match: match[0] if _names_others(text[: match.start()]) else _THEM[match[0].lower()],
        text,
    )


def _names_others(before: str) -> bool:
    words = re.findall(r"[\w'’]+", before)
    return any(
        is_in(word.lower(), "collectives")
        or is_person(word.lower().removesuffix("s"))
        or (at > 0 and word[:1].isupper() and word not in ("I", "I'm", "I've"))
        or (is_plural(word) and re.fullmatch(_SEVERAL, word) is not None and not _is_only_verb(word))
        for at, word in enumerate(words)
    )


_SEVERAL = (
    r"(?!(?:this|his|its|is|was|has|does|us|as|yes|plus|always|perhaps|\w+days|weeks|months|years|hours|times|things)$)"
    r"[a-z]{3,}s"
)
"""Words that can be "they"."""


def _is_only_verb(word: str) -> bool:
    verb = verbs_by_form()["third"].get(word)
    return verb is not None and not is_in(verb.base, "noun_verbs")


class _Speech:
    """Goes through the people that a text names, in their order."""

    def __init__(self, contact: Contact | None, people: Sequence[Contact], *, takes_pronouns: bool) -> None:
        self._parts = _parts_of(contact)
        self._rest = [_parts_of(person) for person in people if contact is None or person.id != contact.id]
        self._takes_pronouns = takes_pronouns
        self._last = ""
        """Who was named last: "you", "other" or nobody yet."""
        self.unclear = ""
        others = {name for person in self._rest for name in (person.first, person.last)}
        first = self._parts.first if self._parts.first not in others else ""
        last = self._parts.last if self._parts.last not in others else ""
        names = dict.fromkeys(filter(None, (self._parts.full, first, last)))
        alternatives = "|".join(f"(?-i:{re.escape(n)})" if is_known(n.lower()) else re.escape(n) for n in names)
        pattern = ""
        if alternatives:
            own = r"(?:(?P<own>['’]s|(?<=s)['’])|(?![\w'’-])(?!\s(?-i:[A-Z])))(?!\w)"
            pattern = rf"\b{_ADDRESSED}(?P<name>{alternatives}){own}|"
        self.pattern = rf"(?i){pattern}{_PRONOUN}|{_WORD}"

    def put(self, match: re.Match[str]) -> str:
        """What a name, a pronoun or another word becomes."""
        groups = match.groupdict()
        if groups.get("name"):
            return self._put_name(match)
        if not match["pronoun"]:
            word = match["word"]
            if self._is_another(word, match.string[: match.start()]):
                self._last = "other"
            return word
        pronoun = match["pronoun"]
        if not self._takes_pronouns or self._last == "other":
            return pronoun
        if self._last != "you" and not self._is_the_only(_gender_of(pronoun), match.string):
            self.unclear = self.unclear or re.split("['’]", pronoun)[0]
            return pronoun
        self._last = "you"
        if re.search(r"(?i)\b(?:made|makes?|let|lets) $", match.string[: match.start()]):
            return "you"  # "what made her move"
        return _you_for(pronoun, match.string[match.end() :])

    def _put_name(self, match: re.Match[str]) -> str:
        before = ["", *match.string[: match.start()].split()][-1]
        is_small = match["name"] == self._parts.last.lower() and not match["address"]  # "Mark Hill", "a hill"
        is_of_another = before[:1].isupper() and not match["address"] and not is_known(before.lower())
        gender = _GENDERS.get(name_parts(f"{match['address'] or ''}X", "", English.AMERICAN).address, "")
        if is_small or (before.lower() in ("the", "a", "an") and not match["own"]):  # "the Anna Weber award"
            return match[0]
        if is_of_another or (
            gender and self._parts.address in _GENDERS and _GENDERS[self._parts.address] != gender
        ):
            self._last = "other"
            return match[0]
        self._last = "you"
        after = split_words(match.string[match.end() :])[:2]
        is_doing = after and after[0] in verbs_by_form()["ing"] and is_in(before.lower(), "relatives")
        is_doing = is_doing and is_in(after[-1], "determiners", "prepositions", "objects")
        if match["own"]:
            return "you're" if is_doing else "your"
        is_object = is_in(before.lower(), "prepositions")
        return "you" if is_object else _YOU

    def _is_another(self, word: str, before: str) -> bool:
        """Whether a word is somebody else: "the CEO", "Sam", not "a good manager" of "you are a good manager"."""
        if any(word in person.full.split() for person in self._rest) or is_known_given_name(word):
            return True
        is_acronym = word.isupper() and is_job_word(word.lower())
        is_somebody = is_person(word) or is_in(word.lower(), "somebody") or is_acronym
        return is_somebody and not (self._last == "you" and re.search(r"(?i)\ban? (?:[\w-]+ )?$", before))

    def _is_the_only(self, gender: str, text: str) -> bool:
        """Whether only the addressee can be meant by "he" or "she", as where nobody speaks of both."""
        genders = {_gender_of(match["pronoun"]) for match in re.finditer(f"(?i){_PRONOUN}", text)}
        if len(genders) > 1 and self._parts.address not in _GENDERS:
            return False
        may_be = [_GENDERS.get(person.address, gender) == gender for person in self._rest]
        return bool(self._parts.full) and _GENDERS.get(self._parts.address, gender) == gender and not any(may_be)


def _parts_of(contact: Contact | None) -> NameParts:
    return name_parts(contact.name, contact.title, English.AMERICAN) if contact else NameParts("", "", "", "")


def _gender_of(pronoun: str) -> str:
    return "she" if pronoun.lower().startswith(("s", "her")) else "he"


def _you_for(pronoun: str, following: str) -> str:
    low = pronoun.lower().replace("’", "'")
    after = next(iter(split_words(following)), "")
    if low in ("she's", "he's"):
        has = after in verbs_by_form()["participle"] or (after.endswith("ed") and not is_in(after, "adjectives"))
        return "you've" if has else "you're"
    if "'" in low:
        return "you'" + low.partition("'")[2]
    if low in ("she", "he"):
        return _YOU
    if low.endswith("self"):
        return "yourself"
    is_last = not after or after in ",;:(" or following.lstrip(" ")[:1] in (".", "?", "!")
    is_object = is_last or re.fullmatch(_BEHIND_HER, after) is not None
    if low == "hers" or (low == "his" and is_last):
        return "yours"
    return "you" if low == "him" or (low == "her" and is_object) else "your"


def _with_verb(match: re.Match[str]) -> str:
    """ "you" with the verb that follows it as one says it: "you\\0 runs the lab" gives "you run the lab"."""
    clause, *tail = re.split(r"(?=[,;]| (?:that|which|who|but)\b)", match[1], maxsplit=1)
    words = clause.split(" ")
    at = next((at for at, word in enumerate(words) if word and not is_adverb(word.lower())), None)
    if at is not None:
        for verb in (at, at + 2) if words[at + 1 : at + 2] == ["and"] else (at,):  # "she builds and sells robots"
            words[verb] = re.sub(r"[\w'’]+", lambda match: _without_s(match[0]), words[verb], count=1)
    clause = re.sub(
        r"(?<=\band )(\w+)(?= (?:the|an?|your|our|my|people|it|them|how|what)\b)",
        lambda more: _without_s(more[1]),
        " ".join(words),
    )
    return f"you{clause}{''.join(tail)}"


def _without_s(verb: str) -> str:
    """The form of a verb that follows "you": "runs" gives "run"."""
    low = verb.lower().replace("’", "'")
    if low in _HELPERS:
        return _HELPERS[low]
    third = verbs_by_form()["third"].get(low)
    return third.base if third else verb
