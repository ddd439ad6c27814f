"""Several checks find the same mistake: the finding that helps most is kept."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import replace

from followup_tui.domain.letters.finding import Finding

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

_AFTER_ALL = ("harper:SentenceCapitalization",)
"""A word that is misspelt is shown so first: its capital comes with the word."""

_LAST = ("harper:SpellCheck", "repeated_word", "doubled_space", "doubled_mark")


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without those that overlap a better one, in the order of the text."""
    kept: list[Finding] = []
    taken: list[tuple[int, int]] = []  # in order, and none overlaps another
    placeless: set[tuple[int, str]] = set()
    for one in sorted(findings, key=_helpfulness):
        if one.start == one.end:
            if (one.start, one.rule) not in placeless:
                placeless.add((one.start, one.rule))
                kept.append(one)
        elif _is_free(taken, one):
            insort(taken, (one.start, one.end))
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.rule)))


def _is_free(taken: list[tuple[int, int]], one: Finding) -> bool:
    at = bisect_left(taken, (one.start, one.end))
    before_ends = taken[at - 1][1] if at else 0
    after_starts = taken[at][0] if at < len(taken) else one.end
    return before_ends <= one.start and one.end <= after_starts


def _helpfulness(one: Finding) -> tuple[int, bool, int, int]:
    if one.rule in _FIRST:
        rank = _FIRST.index(one.rule)
    elif one.rule in _LAST:
        rank = 3 * len(_FIRST)
    elif one.rule in _AFTER_ALL:
        rank = 4 * len(_FIRST)
    else:
        rank = (2 if one.rule.startswith("harper:") else 1) * len(_FIRST)
    return rank, not one.suggestions, one.start - one.end, one.start


def with_space_taken(one: Finding, text: str) -> Finding:
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
