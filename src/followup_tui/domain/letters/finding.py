"""What a proofreader finds in a letter, and what it must know to find it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from followup_tui.domain.format import English
from followup_tui.domain.model.touch import LetterKind

LENGTH_MOST = 20_000
"""Characters that are checked, some ten pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One mistake: `start` and `end` are indices of characters in the text (`text[start:end]` is what is wrong).

    `rule` is the name of the check that found it ("placeholder", "harper:SpellCheck"), `message` one finished
    sentence, `suggestions` texts to put in place of what is wrong, the best first ("" takes it out). A finding
    that stands at no place of its own, such as a missing greeting, has `start == end` where the thing is missing.
    """

    start: int
    end: int
    text: str
    rule: str
    message: str
    suggestions: tuple[str, ...] = ()

    def place_in(self, text: str) -> tuple[int, int]:
        """Line and column, each from 1, of where it begins; columns count characters."""
        before = text[: self.start]
        return before.count("\n") + 1, self.start - (before.rfind("\n") + 1) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofContext:
    """What is known about a letter that is read for mistakes; empty where nothing is known about it.

    `recipient` is the full name of whom it goes to, `people` the names of everybody at this employer, the
    recipient included; `others` are the names of other employers and of people there, `other_roles` the roles one
    applied for there. `ignored` are the keys (see `ignored_key`) of findings that are ignored for good. `kind` and
    `attachments` (how many files go with it) are None where the text is no letter of ours. `interview_days` are
    those of this application's interviews, earliest first; `today` is None where days aren't to be compared.
    """

    sender: str = ""
    company: str = ""
    role: str = ""
    recipient: str = ""
    people: tuple[str, ...] = ()
    other_companies: tuple[str, ...] = ()
    other_people: tuple[str, ...] = ()
    other_roles: tuple[str, ...] = ()
    ignored: frozenset[str] = frozenset()
    english: English = English.AMERICAN
    kind: LetterKind | None = None
    attachments: int | None = None
    interview_days: tuple[date, ...] = ()
    today: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was found, in the order of the text; `missing` is a sentence on what could not be looked for.

    `subject_findings` are those of the subject line, with positions in the subject.
    """

    findings: tuple[Finding, ...] = ()
    subject_findings: tuple[Finding, ...] = ()
    missing: str = ""


def ignored_key(rule: str, text: str) -> str:
    """Under which key a finding is ignored for good: its rule and its text, whatever the case and spaces."""
    return f"{rule}:{' '.join(text.split()).casefold()}"


_WORD_RULES = (
    "harper:SpellCheck",
    "harper:The",
    "harper:SentenceCapitalization",
    "capital",
    "dialect",
    "spelling",
)
"""Rules that speak of a word by itself: how it is spelt, and whether it has a capital."""


def without_ignored(findings: Iterable[Finding], ignored: frozenset[str]) -> tuple[Finding, ...]:
    """The findings that the user didn't say to ignore, in the order of the text.

    Who ignored one word for one of the rules `_WORD_RULES` means the word, and none of the others finds it.
    """
    kept = (finding for finding in findings if not _is_ignored(finding, ignored))
    return tuple(sorted(kept, key=lambda finding: (finding.start, finding.end, finding.rule)))


def _is_ignored(finding: Finding, ignored: frozenset[str]) -> bool:
    rules = _WORD_RULES if finding.rule in _WORD_RULES else (finding.rule,)
    return any(ignored_key(rule, finding.text) in ignored for rule in rules)
