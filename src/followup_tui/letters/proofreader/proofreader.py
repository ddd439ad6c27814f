"""Several checks find the same mistake: the finding that helps most is kept."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from followup_tui.domain.letters.finding import LENGTH_MOST, Finding, Proof, ProofContext, without_ignored
from followup_tui.domain.letters.phrases import line_of
from followup_tui.letters.proofreader import checkers
from followup_tui.letters.proofreader.checkers import CheckerResult, GrammarChecker
from followup_tui.letters.proofreader.harper_findings import harper_findings
from followup_tui.letters.proofreader.letter_text import ParsedLetter
from followup_tui.letters.proofreader.names import (
    Dictionary,
    foreign_sign_offs,
    foreign_titles,
    greeting_findings,
    misspelt_company,
    misspelt_parts,
    misspelt_people,
    names_with_wrong_verbs,
    with_greeted,
    words_to_look_up,
)
from followup_tui.letters.proofreader.pattern_rules import load_rules
from followup_tui.letters.proofreader.patterns import neighbour_findings, pattern_findings
from followup_tui.letters.proofreader.structure import shouting_findings, space_findings, structure_findings
from followup_tui.letters.proofreader.tagged_rules import load_tagged_rules, tagged_findings
from followup_tui.letters.proofreader.tagged_words import words_of
from followup_tui.letters.proofreader.worker import Worker, WorkerError
from followup_tui.letters.proofreader.wrong_facts import date_findings, other_employers, other_people, wrong_roles

_FIRST = (
    "placeholder",
    "name_misspelt",
    "company_misspelt",
    "other_company",
    "other_person",
    "greeting_name",
    "wrong_role",
    "begging",
    "pushy",
    "slang",
)
"""What a finding of these rules says is worse than what others say about the same words."""

_VERY_LAST = ("harper:SentenceCapitalization",)
"""A word that is misspelt is shown so first: its capital comes with the word."""

_LAST = ("harper:SpellCheck", "repeated_word", "doubled_space", "doubled_mark")
_OF_ONE_WORD = ("harper:SpellCheck", *_VERY_LAST)


def merge_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without those that overlap a better one, in the order of the text."""
    kept: list[Finding] = []
    taken: list[tuple[int, int]] = []  # in order, and none overlaps another
    placeless: set[tuple[int, str]] = set()
    for one in sorted(findings, key=_priority):
        if one.start == one.end:
            if (one.start, one.rule) not in placeless:
                placeless.add((one.start, one.rule))
                kept.append(one)
        elif _is_free(taken, one):
            insort(taken, (one.start, one.end))
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.rule)))


def _is_free(taken: list[tuple[int, int]], one: Finding) -> bool:
    """Whether nothing better is said about its words; another checker's grammar keeps off the words beside, too.

    "could" and "heard" in "I could heard it" would be told to become two things that contradict each other.
    """
    apart = 2 if ":" in one.rule and one.rule not in _OF_ONE_WORD else 0
    at = bisect_left(taken, (one.start, one.end))
    before_ends = taken[at - 1][1] + apart if at else 0
    after_starts = taken[at][0] if at < len(taken) else one.end + apart
    return before_ends <= one.start and one.end + apart <= after_starts


def _priority(one: Finding) -> tuple[int, bool, int, int]:
    if one.rule in _FIRST:
        rank = _FIRST.index(one.rule)
    elif one.rule in _LAST:
        rank = 3 * len(_FIRST)
    elif one.rule in _VERY_LAST:
        rank = 4 * len(_FIRST)
    else:
        rank = (2 if ":" in one.rule else 1) * len(_FIRST)  # another checker's, or ours
    return rank, not one.suggestions, one.start - one.end, one.start


def with_space_removed(one: Finding, text: str) -> Finding:
    """A finding whose suggestion takes words out, made to take one of the spaces beside them too."""
    if "" not in one.suggestions or one.start == one.end or one.text != one.text.strip():
        return one
    others = one.suggestions
    if text[one.start - 1 : one.start] == " " and one.start > 0:
        start, end, put = one.start - 1, one.end, tuple(f" {other}" if other else "" for other in others)
    elif text[one.end : one.end + 1] == " ":
        start, end, put = one.start, one.end + 1, tuple(f"{other} " if other else "" for other in others)
    else:
        return one
    return replace(one, start=start, end=end, text=text[start:end], suggestions=put)


def _with_one_stop(one: Finding, text: str) -> Finding:
    """A finding whose suggestions don't end with the full stop that the sentence has already: "Crumb & Co."."""
    if text[one.end : one.end + 1] != ".":
        return one
    return replace(one, suggestions=tuple(put.removesuffix(".") for put in one.suggestions))


def own_findings(letter: ParsedLetter, context: ProofContext, dictionary: Dictionary) -> Iterator[Finding]:
    """What our checks find in a letter; several may say something about the same words."""
    yield from _names(letter, context, dictionary)
    yield from greeting_findings(letter, context)
    yield from foreign_titles(letter, context)
    yield from foreign_sign_offs(letter, context)
    yield from names_with_wrong_verbs(letter, context)
    yield from wrong_roles(letter, context)
    yield from structure_findings(letter, context)
    yield from pattern_findings(letter, context)
    yield from neighbour_findings(letter)
    yield from date_findings(letter, context)


def own_subject_findings(letter: ParsedLetter, context: ProofContext, dictionary: Dictionary) -> Iterator[Finding]:
    """What our checks find in a subject line."""
    yield from _names(letter, context, dictionary)
    yield from wrong_roles(letter, context, anywhere=True)
    yield from pattern_findings(letter, context, is_subject=True)


def _names(letter: ParsedLetter, context: ProofContext, dictionary: Dictionary) -> Iterator[Finding]:
    yield from other_employers(letter, context, dictionary)
    yield from other_people(letter, context, dictionary)
    yield from misspelt_people(letter, context, dictionary)
    yield from misspelt_company(letter, context, dictionary)
    yield from misspelt_parts(letter, context, dictionary)
    yield from shouting_findings(letter, context, dictionary)
    yield from space_findings(letter)


class Proofreader:
    """Checks letters; Harper and LingoTweaker each have a worker process. May be called from any thread."""

    def __init__(self, worker: Worker | None = None, grammar: GrammarChecker | None = None) -> None:
        """Without a `grammar` checker only Harper's grammar is looked for."""
        self._worker = worker or Worker(checkers.prepare, checkers.prepare_unlike_words)
        self._grammar = grammar

    def start(self) -> None:
        """Start the workers without waiting for them, so that they are ready for the first text."""
        self._worker.start()
        if self._grammar:
            self._grammar.start()

    def proof(self, text: str, context: ProofContext, subject: str = "") -> Proof:
        """Return what is wrong with a letter's body and subject; takes milliseconds once the workers run."""
        grammar = self._grammar.check(text) if self._grammar else None
        return proofread(text, context, subject, self._check, grammar)

    def close(self) -> None:
        """End the workers; `start` starts new ones."""
        self._worker.close()
        if self._grammar:
            self._grammar.close()

    def _check(self, text: str, english: str, words: Sequence[str] = ()) -> CheckerResult:
        try:
            return self._worker.call(checkers.check, text, english, words)
        except WorkerError as error:
            return CheckerResult(trouble=str(error))


def proofread(
    text: str,
    context: ProofContext,
    subject: str,
    check: Callable[..., CheckerResult],
    grammar: CheckerResult | None = None,
) -> Proof:
    """Return what our checks and Harper find; `check` is `checkers.check`, or calls it in a worker.

    `grammar` is what LingoTweaker found in the text.
    """
    if len(text) + len(subject) > LENGTH_MOST:
        return Proof(
            missing=f"The text has {len(text) + len(subject):,} characters, and at most {LENGTH_MOST:,} are "
            "checked; nothing was checked, shorten it."
        )
    body, head = ParsedLetter(text=text), ParsedLetter(text=subject)
    context = with_greeted(context, body)
    load_rules()  # these take half a second the first time, while Harper is starting
    load_tagged_rules()
    result = check(text, context.english.value, words_to_look_up(body) + words_to_look_up(head))
    head_result = check(subject, context.english.value) if subject and not result.trouble else CheckerResult()
    dictionary = Dictionary(known=result.known, is_known=not result.trouble)
    found = [
        *own_findings(body, context, dictionary),
        *tagged_findings(body, result.tags),
        *harper_findings(body, context, result.lints),
        *harper_findings(body, context, grammar.lints if grammar else (), "grammar"),
    ]
    found_head = [*own_subject_findings(head, context, dictionary)] if subject else []
    spelling = harper_findings(head, context, head_result.lints)
    found_head += [one for one in spelling if one.rule == "harper:SpellCheck"]
    foreign = _foreign_parts(text, result)
    found = [one for one in found if one.rule in _FIRST or not any(part.holds(one) for part in foreign)]
    found = [one for one in found if one.rule in _FIRST or not _is_in_name(one, text, context.company)]
    missing = foreign[0].sentence if foreign else ""
    if grammar and grammar.trouble:
        missing = f"The extra grammar can't be checked: {grammar.trouble}; the other checks are on."
    if trouble := result.trouble or head_result.trouble:
        missing = f"Spelling and grammar can't be checked: {trouble}; the other checks are on."
    return Proof(
        findings=_finish(text, found, context),
        subject_findings=_finish(subject, found_head, context),
        missing=missing,
    )


_FOREIGN_LEAST = 6
"""Words that a part must have to tell its language."""
_UNKNOWN_SHARE, _FOREIGN_SHARE = 0.3, 0.1
"""The shares of words that no dictionary has, and of the commonest words of other languages, of a foreign text."""
_ONLY_ENGLISH = "and only English can be checked."
_LAST_LATIN = "\u024f"


class _ForeignPart(NamedTuple):
    start: int
    end: int
    sentence: str

    def holds(self, one: Finding) -> bool:
        """Whether a finding is in it."""
        return self.start <= one.start and one.end <= self.end


def _foreign_parts(text: str, result: CheckerResult) -> list[_ForeignPart]:
    """The parts of a text that aren't English, in which only names and gaps are looked for: all of it, or some."""
    unknown = [lint.start for lint in result.lints if lint.rule == checkers.SPELLING]
    told = [part for part in checkers.readable_paragraphs(text) if _letters_or_words(part[0]) >= _FOREIGN_LEAST]
    foreign = [part for part in told if _is_foreign(part, unknown)]
    if foreign and len(foreign) == len(told):
        return [_ForeignPart(0, len(text), f"This isn't English, {_ONLY_ENGLISH}")]
    return [
        _ForeignPart(*part.span(), f"“{line_of(part[0], 40)}…” isn't English, {_ONLY_ENGLISH}") for part in foreign
    ]


def _is_in_name(one: Finding, text: str, company: str) -> bool:
    """Whether a finding is about words of the employer's name: "at Whole Grain Bakery"."""
    near = text[max(0, one.start - len(company)) : one.end + len(company)]
    return bool(company) and one.text in company and one.text != "" and company in near


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _is_latin(words: list[str]) -> bool:
    letters = "".join(words)
    return sum(letter > _LAST_LATIN for letter in letters) <= len(letters) / 2


def _letters_or_words(text: str) -> int:
    """By how many words, in other alphabets letters, a language can be told."""
    words = _words(text)
    return len(words) if _is_latin(words) else len("".join(words))


def _is_foreign(part: re.Match[str], unknown: Sequence[int]) -> bool:
    words = _words(part[0])
    if not _is_latin(words):
        return True
    least = _UNKNOWN_SHARE * len(words)
    foreign = sum(word in words_of("foreign", "words") for word in words)
    return sum(
        part.start() <= start < part.end() for start in unknown
    ) >= least and foreign >= _FOREIGN_SHARE * len(words)


def _finish(text: str, findings: Iterable[Finding], context: ProofContext) -> tuple[Finding, ...]:
    """Return the findings to show, their suggestions fitted to what stands beside them.

    Ignored ones are removed first, so that they hide no others.
    """
    return tuple(
        _with_one_stop(with_space_removed(one, text), text)
        for one in merge_findings(without_ignored(findings, context.ignored))
    )
