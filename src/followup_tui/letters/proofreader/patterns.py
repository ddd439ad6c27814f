"""Findings of the pattern rules, with suggestions made from the matched words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.letters.proofreader.letter_text import PARAGRAPH, ParsedLetter
from followup_tui.letters.proofreader.pattern_rules import PatternRule, RuleSet, load_rules, text_pieces

_FORM = re.compile(r"<(\w+):(\w+)>")


def pattern_findings(
    letter: ParsedLetter, context: ProofContext, *, is_subject: bool = False
) -> Iterator[Finding]:
    """Find placeholders, slang, doubled marks, grammar and everything else that is a pattern in a file."""
    kind = context.kind.value if context.kind else None
    for rule in load_rules().rules:
        asks = rule.missing and not is_subject and rule.applies_to(kind, context.english)
        if asks and not rule.find.search(letter.low):
            start = letter.body[0]
            yield Finding(start=start, end=start, text="", rule=rule.name, message=rule.say)
    for block in PARAGRAPH.finditer(letter.text):
        about = (kind, context.english.value, context.attachments == 0, is_subject)
        for one in _paragraph_findings(block.group(), *about):
            yield replace(one, start=one.start + block.start(), end=one.end + block.start())


@lru_cache(maxsize=128)
def _paragraph_findings(
    text: str, kind: str | None, english: str, has_no_attachments: bool, is_subject: bool
) -> tuple[Finding, ...]:
    """Return the findings in one paragraph; cached, since typing changes one paragraph at a time."""
    letter, rule_set = ParsedLetter(text=text), load_rules()
    pieces = text_pieces(letter.low)
    return tuple(
        _finding(letter, rule, match, start, end, rule_set)
        for rule in rule_set.rules
        if rule.may_match(pieces)
        and rule.applies_to(kind, english)
        and not rule.missing
        and (has_no_attachments or not rule.without_attachments)
        and (rule.subject or not is_subject or rule.name not in _BODY_ONLY)
        for match, start, end in rule.matches(letter.low, letter.clause_starts)
        if not (rule.capitals and letter.text[start].isupper())
        and not _MONTH_OF_MAY.search(letter.text, max(0, start - _MONTH_LENGTH), start)
    )


_MONTH_OF_MAY = re.compile(r"(?:\d|\d(?:st|nd|rd|th)|\b[Ii]n) May $")
"""The month of May in a date, before what a rule takes for a word after the verb "may": "1 May to talk"."""
_MONTH_LENGTH = 12
"""Characters before a finding in which the month is looked for."""

_BODY_ONLY = frozenset({"pushy", "begging", "no_thanks", "attachment", "missing_word", "agreement"})
"""Rules that don't apply to a subject line, which is no sentence, unless they are marked for it."""


def _finding(
    letter: ParsedLetter, rule: PatternRule, match: re.Match[str], start: int, end: int, rule_set: RuleSet
) -> Finding:
    wrong = letter.text[start:end]
    suggestions = (_suggestion(put, match, wrong, rule_set.forms) for put in rule.put)
    return Finding(
        start=start,
        end=end,
        text=wrong,
        rule=rule.name,
        message=rule.say,
        suggestions=tuple(dict.fromkeys(one for one in suggestions if one is not None and one != wrong)),
    )


def _suggestion(put: str, match: re.Match[str], wrong: str, forms: Mapping[str, Mapping[str, str]]) -> str | None:
    """Fill in a template; return None when it needs a form of a word that isn't known."""
    if put in _TRANSFORMS:
        return _TRANSFORMS[put](wrong)
    formed = _FORM.search(put)
    if formed:
        known = forms.get(formed[2], {}).get(_group(match, formed[1]))
        if known is None:
            return None
        put = put[: formed.start()] + known + put[formed.end() :]
    put = re.sub(r"\\(?:g<(\w+)>|(\d))", lambda name: _group(match, name[1] or name[2]), put)
    return _with_case(put, wrong)


def _group(match: re.Match[str], name: str) -> str:
    if name == "w" and "w" not in match.re.groupindex:
        return match.group()
    return match.group(int(name) if name.isdigit() else name) or ""


def _with_case(put: str, wrong: str) -> str:
    put = re.sub(r"\bi\b", "I", put)
    return put[:1].upper() + put[1:] if wrong[:1].isupper() and wrong != "I" else put


_TRANSFORMS: dict[str, Callable[[str], str]] = {
    "first": lambda wrong: wrong[0],
    "strip": str.strip,
    "space": lambda wrong: wrong + " ",
    "capital": lambda wrong: wrong[:1].upper() + wrong[1:],
}
"""Suggestions that are made from the wrong text itself."""
