"""Several checks find the same mistake: the finding that helps most is kept."""

from __future__ import annotations

from collections.abc import Iterable

from followup_tui.domain.finding import Finding

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

_LAST = ("harper:SpellCheck", "repeated_word", "doubled_space", "doubled_mark")


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without those that overlap a better one, in the order of the text."""
    kept: list[Finding] = []
    for one in sorted(findings, key=_helpfulness):
        if not any(_overlap(one, other) for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.rule)))


def _overlap(one: Finding, other: Finding) -> bool:
    if one.start == one.end or other.start == other.end:
        return (one.start, one.end, one.rule) == (other.start, other.end, other.rule)
    return one.start < other.end and other.start < one.end


def _helpfulness(one: Finding) -> tuple[int, bool, int, int]:
    if one.rule in _FIRST:
        rank = _FIRST.index(one.rule)
    elif one.rule in _LAST:
        rank = 3 * len(_FIRST)
    else:
        rank = (2 if one.rule.startswith("harper:") else 1) * len(_FIRST)
    return rank, not one.suggestions, one.start - one.end, one.start
