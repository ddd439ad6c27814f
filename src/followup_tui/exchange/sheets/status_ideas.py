"""The ideas that the words of a status stand for, with what is denied and what is still to be done."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from followup_tui.exchange.sheets.words import BREAK, NUMBER, PAUSE, UNKNOWN, Word

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
    "apply": "saved",
    "sent": "saved",
    "thank": "no_thank",
}
"""What an idea becomes behind a negation; a negation of anything else leaves the status unknown."""

_OWN_WORK = frozenset({"ongoing", "own_work", "to_do", "task", "saved"})
"""Ideas beside a CV or letter that is not sent yet: "CV to be adapted", "cover letter in progress"."""

_STILL = frozenset({"have", "has"})
"""Verbs of what goes on: "interviewed, haven't heard" is open, "interviewed, didn't hear back" is over."""

_OPEN = {"offer": "wait", "accept": "wait", "hired": "wait", "chosen": "wait", "invited": "no_interview"}
"""What becomes of those that can still come: "no offer yet"."""


class StatusIdeas:
    """The ideas of a status, in their order, with negations joined to what they negate."""

    def __init__(self, words: Sequence[Word]) -> None:
        joined = (
            (word.idea,) if word.idea != "interviewed" else ("interview", "over") for word in join_negations(words)
        )
        self.ideas = list(chain.from_iterable(joined))
        self._tell_what_documents_do()
        if "follow" in self.ideas:  # what was sent is the question, not the application
            self.ideas = ["wait" if idea == "follow" else idea for idea in self.ideas if idea != "sent"]
        self.set = frozenset(self.ideas)
        self.is_plain = UNKNOWN not in self.set

    def _tell_what_documents_do(self) -> None:
        """Take a CV or letter that is being written for a job that is saved, any other one for an application."""
        told = {"ongoing": "process", "own_work": UNKNOWN, "document": "apply"}
        if "document" in self.ideas and not _OWN_WORK.isdisjoint(self.ideas) and "sent" not in self.ideas:
            told = {"ongoing": "harmless", "own_work": "harmless", "document": "to_do"}
        self.ideas = [told.get(idea, idea) for idea in self.ideas]

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

    def negates_something(self) -> bool:
        """Whether a "not" speaks about a word that decides, in a way that isn't understood: "not rejected"."""
        for at, idea in enumerate(self.ideas):
            if idea == "not":
                reach = self.ideas[at + 1 : at + 1 + _NEGATION_REACH]
                upto = next((i for i, near in enumerate(reach) if near in (PAUSE, BREAK)), len(reach))
                if any(near not in (UNKNOWN, NUMBER, "harmless", "not") for near in reach[:upto]):
                    return True
        return False

    @property
    def is_mine(self) -> bool:
        """Whether the user did it, as in "declined by me"; "I was rejected" is not."""
        return self.has("by_me") and not self.has("passive")


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
        reach = words[at + 1 : at + 1 + _NEGATION_REACH]
        target = next((i for i, near in enumerate(reach) if near.idea in _NEGATED), None)
        if target is None or any(near.idea in (PAUSE, BREAK) for near in reach[:target]):
            joined.append(word)
            at += 1
            continue
        joined += [near for near in reach[:target] if near.idea not in ("not", UNKNOWN)]
        denied = reach[target].idea
        is_open = any(near.idea == "yet" for near in (*words[max(0, at - 1) : at], *reach))
        joined.append(Word((_OPEN if is_open else {}).get(denied) or _NEGATED[denied], reach[target].text))
        if denied in ("reply", "decision") and at and words[at - 1].text in _STILL:
            joined.append(Word("still", words[at - 1].text))
        at += target + 2
    return joined
