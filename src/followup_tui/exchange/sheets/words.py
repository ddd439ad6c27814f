"""Words of headers and statuses, folded: which idea each word or phrase of a table stands for.

In a status, with what is denied and what is still to be done.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from followup_tui.domain.model.text import fold

ANY_END = frozenset(
    {"done", "closed", "finished", "complete", "completed", "abgeschlossen", "erledigt", "geschlossen", "terminé"}
    | {"cerrado", "cerrada", "chiuso", "chiusa", "gesloten", "afgerond"}
)
"""Statuses that may be any end, or that of one step: programs have them for every kind of task."""
BREAK = "/"
"""The idea of a slash or a question of alternatives; other punctuation is `PAUSE`."""
PAUSE = ","
UNKNOWN = ""
NUMBER = "0"

_CAMEL = re.compile(r"(?<=[a-zà-ÿ0-9])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT = re.compile(
    r"n['’´`]t\b|(?<=\b(?:did|has|was|are))nt\b|(?<=\b(?:have|does|were))nt\b|(?<=\bis)nt\b", re.IGNORECASE
)
"""What is written for "not" at the end of a verb, with and without the apostrophe."""
_APART = re.compile(
    r"(?i)\b(turned|turning|pulled|pulling|called|calling)"
    r"( (?:the|their|this|that|my|an?)(?: \w+){1,2}?) (down|out|off)\b"
)
"""A verb whose second part comes after what it is about: "turned the offer down"."""
_DRAWN_OUT = re.compile(r"([a-hj-v])\1{2,}")
"""A letter written three times or more, as in "reeejected"; "iii" and "xxx" are none."""
_PIECES = re.compile(
    r"\d+(?:st|nd|rd|th|ste|de|e|er|ere|eme|o|a)?(?![^\W_])|[^\W\d_]+|\d+|/|\?|[,;:>()\[\]|→➜»+•·–—=.!]|\s-+\s|&"
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Word(NamedTuple):
    """A word or phrase and its idea: a name of the table, `UNKNOWN`, `NUMBER`, `PAUSE` or `BREAK`."""

    idea: str
    text: str


def pieces(text: str) -> list[str]:
    """Return the folded words and the punctuation between them; "jobTitle" and "job_title" are two words."""
    text = _APART.sub(r"\1 \3\2", _NOT.sub(" not", _CAMEL.sub(" ", text)))
    return _PIECES.findall(_DRAWN_OUT.sub(r"\1", fold(text)))


def read_word_lists(name: str) -> dict[str, Any]:
    """Return the tables of a TOML file in this folder."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


class _Phrase(NamedTuple):
    """A phrase of a table: the patterns of its words, and its idea. The lower `rank` wins."""

    rank: int
    patterns: tuple[str, ...]
    idea: str

    def fits(self, words: Sequence[str], at: int) -> bool:
        """Whether the phrase stands at a place among the words."""
        if at + len(self.patterns) > len(words):
            return False
        return all(_fits(pattern, words[at + place]) for place, pattern in enumerate(self.patterns))


def _fits(pattern: str, word: str) -> bool:
    if pattern[0] == "*":
        return word.endswith(pattern[1:])
    return word.startswith(pattern[:-1]) if pattern[-1] == "*" else word == pattern


class WordTable:
    """Words and phrases by their idea; `*` in them stands for any letters of one word, "|" separates them."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        """`lists` maps each idea to its words."""
        pairs = {
            phrase: idea
            for idea, words in lists.items()
            for word in words.split("|")
            for phrase in _spellings(word)
        }
        ordered = sorted(pairs.items(), key=lambda pair: (-pair[0].count(" "), "*" in pair[0], -len(pair[0])))
        self._by_start: dict[str, list[_Phrase]] = {}
        for rank, (phrase, idea) in enumerate(ordered):
            patterns = tuple(phrase.split(" "))
            self._by_start.setdefault(_start_key(patterns[0]), []).append(_Phrase(rank, patterns, idea))
        self._beginning = lru_cache(maxsize=4096)(self._find_beginning)

    def ideas(self, text: str) -> tuple[Word, ...]:
        """Return the ideas in a text, in its order; longer phrases win over shorter ones."""
        return tuple(self._tagged(pieces(text)))

    def idea(self, word: str) -> str:
        """Return the idea of one folded word, or `UNKNOWN`."""
        phrase = self._phrase_at([word], 0)
        return phrase.idea if phrase else UNKNOWN

    def _tagged(self, found: list[str]) -> Iterator[Word]:
        at = 0
        while at < len(found):
            piece = found[at]
            if not piece[0].isalnum():
                if piece != "&":
                    yield Word(BREAK if piece in "/?" else PAUSE, piece)
                at += 1
                continue
            phrase = self._phrase_at(found, at)
            if phrase is not None:
                yield Word(phrase.idea, " ".join(found[at : at + len(phrase.patterns)]))
                at += len(phrase.patterns)
                continue
            yield Word(NUMBER if piece[0].isdigit() else UNKNOWN, piece)
            at += 1

    def _phrase_at(self, words: Sequence[str], at: int) -> _Phrase | None:
        """Return the best phrase that begins at a place."""
        return next((phrase for phrase in self._beginning(words[at]) if phrase.fits(words, at)), None)

    def _find_beginning(self, word: str) -> tuple[_Phrase, ...]:
        """Return the phrases that can begin with a word, the best first: the same words come again and again."""
        filed = (self._by_start.get(key, ()) for key in (word, f"{word[:_KEY_LENGTH]}*", "*"))
        return tuple(sorted(one for phrases in filed for one in phrases if _fits(one.patterns[0], word)))


_KEY_LENGTH = 2


def _start_key(pattern: str) -> str:
    """Return where a phrase is filed: its first word, that word's first letters with `*`, or `*` alone."""
    if pattern[0] == "*":
        return "*"
    return f"{pattern[:_KEY_LENGTH]}*" if pattern[-1] == "*" else pattern


def _spellings(word: str) -> set[str]:
    """Return the folded spellings of a phrase: "Gespräch" is also written "Gespraech"."""
    kept = normalize("NFC", " ".join(word.split()).casefold())
    return {fold(kept), fold(kept.translate(_UMLAUTS))} - {""}


_SAY_LITTLE = frozenset({"candidate", "harmless", "voice", "not", "yet", PAUSE, NUMBER})
"""Ideas beside which "candidaté" says that one applied, and isn't the candidate of an employer's list."""

_JOBS = frozenset(
    {"job", "role", "position", "req", "requisition", "vacancy", "opening", "posting", "listing", "ad"}
)
_TAKEN_BACK = ("withdrawn", "cancelled", "canceled", "pulled")
"""What is said of a job, behind its name, that is no longer to be had."""

_NEGATION_REACH = 3
"""How many words after a "not" it may speak about: "no further feedback"."""

_NEGATED = {
    "reply": "no_reply",
    "decision": "no_reply",
    "interview": "no_interview",
    "invited": "reject",
    "offer": "reject",
    "accept": "reject",
    "hired": "reject",
    "chosen": "reject",
    "apply": "not_applied",
    "sent": "not_applied",
    "thank": "no_thank",
    "thanked": "no_thank",
}
"""What an idea becomes behind a negation; a negation of anything else leaves the status unknown."""

_FILLED_BY_ONESELF = frozenset({"form", "application", "document", "apply"})
"""Ideas beside which "filled" is said of a form, elsewhere of the job."""

_OWN_WORK = frozenset({"ongoing", "own_work", "to_do", "task", "saved", "not_applied"})
"""Ideas beside a CV or letter that is not sent yet: "CV to be adapted", "cover letter in progress"."""

_STILL = frozenset({"have", "has"})
"""Verbs of what goes on: "interviewed, haven't heard" is open, "interviewed, didn't hear back" is over."""

_NOTHING = frozenset({"nothing", "zilch", "nichts", "rien", "nada", "niente", "nulla", "niks", "niets", "nic"})
"""What has come of it so far, beside a "yet": "applied, nothing yet"."""

_PERIODS = frozenset(
    {"weeks", "months", "days", "wochen", "monate", "semaines", "mois", "twice", "times", "fois", "then"}
)
"""Words of time, after which "nothing" is said of an end: "6 weeks, nothing"."""

_PLAIN_NO = frozenset({"no", "nein", "non", "nee", "nie"})
BEFORE = frozenset({"before", "vor", "avant", "antes"})
"""Words of time that say the opposite of "after"."""

_BESIDE_A_POSTING = frozenset({"saved", "not_applied", "closed", "apply", "application"})
"""Ideas beside which a French "offre", or a Spanish, Italian or Polish one, is the posting and no offer."""

_REFUSED = frozenset({"my_refusal", "said_no", "decline"})
"""Ideas beside which pay that is too low is an offer's."""

_ASKED = frozenset({"reply", "decision"})
"""Ideas beside which "open" is said of their word, elsewhere of the application: "Antwort offen"."""

_OPEN = {"offer": "wait", "accept": "wait", "hired": "wait", "chosen": "wait", "invited": "no_interview"}
"""What becomes of those that can still come: "no offer yet"."""

_STEPS = frozenset({"interview", "talk", "assess", "recorded", "weak_interview"})
"""Ideas of what one does once an application is sent."""

_PARTS = {
    "interviewed": ("interview", "over"),
    "thanked": ("thank", "was_thanked"),
    "not_taken": ("my_refusal", "offer"),
    "other_chosen": ("reject", "by_them"),
}
"""What a word says that says two things at once."""


class StatusIdeas:
    """The ideas of a status, in their order, with negations joined to what they negate.

    `says_applied` is True for "applied", and False where an application or CV is only named: "CV, polished up".
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.says_applied = any(word.idea == "apply" for word in words)
        has_posting = any(word.idea in _BESIDE_A_POSTING for word in words)
        is_unsure = any(word.idea == "weak_saved" for word in words)  # an interesting posting, or an offer
        said = {word.idea for word in words}
        is_asked = not said.isdisjoint(_ASKED) and said.isdisjoint(("not", PAUSE, BREAK))
        told = {
            "posting": "harmless" if has_posting else UNKNOWN if is_unsure else "offer",
            "open": "pending" if is_asked else "process",
            "application": "apply",
            "terms": "harmless" if said.isdisjoint(_REFUSED) else "offer",
            "candidate": "apply" if all(word.idea in _SAY_LITTLE for word in words) else "harmless",
            "screening": "process",
            "stalled": "wait",
            "voice": "interview" if "screening" in said else "harmless",
            "stage_of": "harmless" if len(words) > 1 else "interview",
            "weekday": "set" if "talk" in said else "harmless",
            "did": "over" if not said.isdisjoint(_STEPS) and "not" not in said else "harmless",
            "went_well": "interviewed" if said.isdisjoint(_STEPS) else "over",
            "unfinished": "not_applied" if said.isdisjoint(_STEPS) else "harmless",
            "form": "apply" if not said.isdisjoint(("sent", "lone_reject")) else "harmless",
            "coming": "wait" if "contract" in said else "harmless",
            "lone_saved": UNKNOWN if len(words) > 1 else "saved",
            "lone_reject": "reject" if said.isdisjoint(_FILLED_BY_ONESELF) else "harmless",
        }
        words = _without_taken_back(words)
        words = [word._replace(idea=told.get(word.idea, word.idea)) for word in words]
        joined = (_PARTS.get(word.idea, (word.idea,)) for word in join_negations(words))
        self.ideas = list(chain.from_iterable(joined))
        self.says_not_applied = "not_applied" in self.ideas
        self.ideas = ["saved" if idea == "not_applied" else idea for idea in self.ideas]
        self._tell_what_documents_do()
        self._tell_what_recordings_are()
        if "follow" in self.ideas:  # what was sent is the question, not the application
            meant = "harmless" if {"no_reply", "ghosted"} & {*self.ideas} and "yet" not in self.ideas else "wait"
            self.ideas = [meant if idea == "follow" else idea for idea in self.ideas if idea != "sent"]
        self.set = frozenset(self.ideas)
        self.is_plain = UNKNOWN not in self.set

    def _tell_what_documents_do(self) -> None:
        """Take a CV or letter that is being written for a job that is saved, any other one for an application."""
        if {"document", "own_work", "apply"} <= {*self.ideas}:
            self.ideas.append("doubt")  # "Applied, updated CV": before or after
        told = {"ongoing": "process", "own_work": UNKNOWN, "document": "apply"}
        if "document" in self.ideas and not _OWN_WORK.isdisjoint(self.ideas) and "sent" not in self.ideas:
            told = {"ongoing": "harmless", "own_work": "harmless", "document": "to_do"}
        self.ideas = [told.get(idea, idea) for idea in self.ideas]

    def _tell_what_recordings_are(self) -> None:
        """Take an interview that one records alone for an interview once it is done, before for a test."""
        is_done = not {"over", "weak_closed", "sent"}.isdisjoint(self.ideas)
        self.ideas = [
            ("interview" if is_done else "assess") if idea == "recorded" else idea for idea in self.ideas
        ]

    def has(self, *ideas: str) -> bool:
        """Whether one of the ideas is in the status."""
        return not self.set.isdisjoint(ideas)

    def before(self, first: str, second: str) -> bool:
        """Whether both ideas are there, `first` before `second`."""
        return self.has(first) and self.has(second) and self.ideas.index(first) < self.ideas.index(second)

    def is_broken(self, first: str, second: str, by: tuple[str, ...] = (PAUSE, BREAK)) -> bool:
        """Whether punctuation stands between two ideas that are both there."""
        low, high = sorted((self.ideas.index(first), self.ideas.index(second)))
        return not set(self.ideas[low:high]).isdisjoint(by)

    def after_break(self, first: str, second: str) -> bool:
        """Whether `second` is there once more after `first` and a punctuation: "New application / Applied"."""
        if not self.has(first):
            return False
        later = self.ideas[self.ideas.index(first) :]
        breaks = [at for at, idea in enumerate(later) if idea in (PAUSE, BREAK)]
        return bool(breaks) and second in later[breaks[0] :]

    def negates_something(self) -> bool:
        """Whether a "not" speaks about a word that decides, in a way that isn't understood: "not rejected"."""
        for at, idea in enumerate(self.ideas):
            if idea == "not":
                reach = self.ideas[at + 1 : at + 1 + _NEGATION_REACH]
                upto = next((i for i, near in enumerate(reach) if near in (PAUSE, BREAK)), len(reach))
                said = reach[:upto] if reach[:1] == ["yet"] else [near for near in reach[:upto] if near != "yet"]
                if any(near not in (UNKNOWN, NUMBER, "harmless", "not") for near in said):
                    return True
        return False

    @property
    def is_mine(self) -> bool:
        """Whether the user did it, as in "declined by me"; "I was rejected" is not."""
        return self.has("by_me") and not self.has("passive")


def _without_taken_back(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words with a job that was withdrawn or cancelled as closed, unless "by me" says who did."""
    if any(word.idea == "by_me" for word in words):
        return words
    pairs = zip((Word("", ""), *words), words, strict=False)
    return [
        word._replace(idea="closed") if word.text.startswith(_TAKEN_BACK) and before.text in _JOBS else word
        for before, word in pairs
    ]


def join_negations(words: Sequence[Word]) -> list[Word]:
    """Return the words with each "not" joined to what it denies: "not applied" is a job that is saved."""
    joined: list[Word] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word.idea != "not":
            joined.append(word)
            at += 1
            continue
        beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
        is_over = not at or any(near.idea == "follow" or near.text in _PERIODS for near in words)
        if word.text in _NOTHING and is_over and at + 1 == len(words):
            joined.append(word._replace(idea="no_reply"))  # "chased twice, nothing"
            break
        if word.text in _NOTHING and any(near.idea == "yet" for near in beside):
            joined.append(word._replace(idea="nothing_yet"))
            at += 1
            continue
        reach = words[at + 1 : at + 1 + _NEGATION_REACH]
        then = next((near for near in reach if near.idea != PAUSE), word)
        if word.text in _PLAIN_NO and then.idea == "after" and then.text not in BEFORE:
            joined.append(word._replace(idea="reject"))  # "no after interview"
            at += 1
            continue
        target = next((i for i, near in enumerate(reach) if near.idea in _NEGATED), None)
        if target is None or any(near.idea in (PAUSE, BREAK) for near in reach[:target]):
            joined.append(word)
            at += 1
            continue
        joined += [near for near in reach[:target] if near.idea not in ("not", UNKNOWN)]
        denied = reach[target].idea
        is_open = any(near.idea == "yet" for near in (*words[max(0, at - 1) : at], *reach))
        is_unsigned = denied == "hired" and any(near.idea == "contract" for near in words)
        kind = "wait" if is_unsigned else (_OPEN if is_open else {}).get(denied) or _NEGATED[denied]
        joined.append(Word(kind, reach[target].text))
        if denied in ("reply", "decision") and at and words[at - 1].text in _STILL:
            joined.append(Word("still", words[at - 1].text))
        at += target + 2
    return joined
