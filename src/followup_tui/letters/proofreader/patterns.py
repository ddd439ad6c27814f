"""Findings of the pattern rules, with suggestions; and words that are written for one another.

Those ("form", "from") are told apart by the words beside them.
"""

from __future__ import annotations

import lzma
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from followup_tui.domain.format import capitalized
from followup_tui.domain.letters.finding import Finding, ProofContext
from followup_tui.letters.proofreader.known_names import distance
from followup_tui.letters.proofreader.letter_text import PARAGRAPH, ParsedLetter
from followup_tui.letters.proofreader.pattern_rules import PatternRule, RuleSet, load_rules, text_pieces

_PROMISED = "Something attached is spoken of: see that it goes with the text."
"""What is said of an attachment where nobody knows what goes with a text."""
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
    is_asked = False
    for block in PARAGRAPH.finditer(letter.text):
        about = (kind, context.english.value, context.attachments or 0, is_subject)
        for one in sorted(_paragraph_findings(block.group(), *about), key=lambda found: found.start):
            if one.rule == "attachment":
                if is_asked:
                    continue  # once is enough: it is one question
                is_asked = True
                one = replace(one, message=_PROMISED) if context.attachments is None else one
            yield replace(one, start=one.start + block.start(), end=one.end + block.start())


def speaks_of_attachment(text: str) -> bool:
    """Whether a text says that something is attached."""
    context = ProofContext(attachments=0)
    return any(one.rule == "attachment" for one in pattern_findings(ParsedLetter(text=text), context))


@lru_cache(maxsize=128)
def _paragraph_findings(
    text: str, kind: str | None, english: str, attachments: int, is_subject: bool
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
        and not (attachments and rule.without_attachments)
        and (rule.subject or not is_subject or rule.name not in _BODY_ONLY)
        for match, start, end in rule.matches(letter.low, letter.clause_starts)
        if not (rule.capitals and letter.text[start].isupper())
        and not _is_of_name(rule, letter, match, start)
        and not _MONTH_OF_MAY.search(letter.text, max(0, start - _MONTH_LENGTH), start)
    )


def _is_of_name(rule: PatternRule, letter: ParsedLetter, match: re.Match[str], start: int) -> bool:
    """Whether a word with a capital within a sentence is a name, as is a subject: "The Carpentries is"."""
    if rule.name in ("confused_word", "verb_form"):
        is_word = len(letter.text[start : match.end()].split()[0]) > _SHORT
        return is_word and letter.text[start].isupper() and start not in letter.sentence_starts
    subject = match.start("s") if rule.name == "agreement" and "s" in rule.find.groupindex else -1
    return subject >= 0 and letter.text[subject].isupper() and subject not in letter.sentence_starts


_MONTH_OF_MAY = re.compile(r"(?:\d|\d(?:st|nd|rd|th)|\b[Ii]n) May $")
"""The month of May in a date, before what a rule takes for a word after the verb "may": "1 May to talk"."""
_SHORT = 3
"""Letters of what is no name: "Im"."""
_WORD_LONGEST = 30
_MONTH_LENGTH = 12
"""Characters before a finding in which the month is looked for."""

_BODY_ONLY = frozenset({"pushy", "begging", "no_thanks", "attachment", "missing_word", "agreement"})
"""Rules that don't apply to a subject line, which is no sentence, unless they are marked for it."""


def _finding(
    letter: ParsedLetter, rule: PatternRule, match: re.Match[str], start: int, end: int, rule_set: RuleSet
) -> Finding:
    wrong = letter.text[start:end]
    put = (_suggestion(one, letter, match, (start, end), rule_set.forms) for one in rule.put)
    return Finding(
        start=start,
        end=end,
        text=wrong,
        rule=rule.name,
        message=rule.say,
        suggestions=_best_first(
            rule, wrong, dict.fromkeys(one for one in put if one is not None and one != wrong), rule_set
        ),
    )


_COUNTERPARTS = {"is": "are", "was": "were", "has": "have", "does": "do"}
_COUNTERPARTS |= {f"{one}n't": f"{many}n't" for one, many in _COUNTERPARTS.items()}
_COUNTERPARTS |= {many: one for one, many in _COUNTERPARTS.items()}
"""Of verbs whose subject is one, those whose subject is many, and the other way round: the tense stays."""
_LIKE_MOST = 9


def _best_first(rule: PatternRule, wrong: str, put: Iterable[str], rule_set: RuleSet) -> tuple[str, ...]:
    """The suggestions, first that which is most like what was written; a verb is given no other's place."""
    low, found = wrong.casefold().replace("’", "'"), list(put)
    if rule.name == "agreement" and found and {one.casefold() for one in found} & _COUNTERPARTS.keys():
        if low in _COUNTERPARTS:
            return tuple(found[:1]) if found[0] == "am" else (_with_case(_COUNTERPARTS[low], wrong),)
        verb = {rule_set.forms[form].get(low, low) for form in ("base", "third")} - {low}
        return tuple(one for one in found if one not in _COUNTERPARTS) or tuple(verb)
    if rule.name in ("confused_word", "verb_form") and rule.is_literal:
        found.sort(key=lambda one: low not in one.split() and distance(low, one.casefold(), _LIKE_MOST))
    return tuple(found)


def _suggestion(
    put: str,
    letter: ParsedLetter,
    match: re.Match[str],
    place: tuple[int, int],
    forms: Mapping[str, Mapping[str, str]],
) -> str | None:
    """Fill in a template; return None when it needs a form of a word that isn't known."""
    start, end = place
    wrong = letter.text[start:end]
    if put in _TRANSFORMS:
        return _TRANSFORMS[put](wrong)
    formed = _FORM.search(put)
    if formed:
        word = _group(match, formed[1], match.string)
        known = _possessive(word) if formed[2] == "possessive" else forms.get(formed[2], {}).get(word)
        if known is None:
            return None
        put = put[: formed.start()] + known + put[formed.end() :]
    begins = start in letter.clause_starts
    source = match.string if begins and not put.startswith("\\") else letter.text
    put = re.sub(r"\\(?:g<(\w+)>|(\d))", lambda name: _group(match, name[1] or name[2], source), put)
    put = _with_case(put, "A" if start in letter.sentence_starts else wrong)
    return _with_article(put, letter.text[end : end + _WORD_LONGEST])


def _possessive(word: str) -> str:
    """The possessive of a word that lacks its apostrophe: "companys", "companies", "weeks"."""
    one = re.sub(r"ies$", "ys", word)
    return re.sub(r"s$", "'s", one)


def _group(match: re.Match[str], name: str, source: str) -> str:
    """What a group matched, as it stands in the text."""
    if name == "w" and "w" not in match.re.groupindex:
        return source[slice(*match.span())]
    start, end = match.span(int(name) if name.isdigit() else name)
    if name == "w" and start < 0:  # a part of the pattern in which nothing is marked
        return source[slice(*match.span())]
    return source[start:end] if start >= 0 else ""


def _with_case(put: str, wrong: str) -> str:
    put = re.sub(r"\bi\b", "I", put)
    return capitalized(put) if wrong[:1].isupper() and wrong != "I" else put


_ARTICLE = re.compile(r"\b([Aa])n?(?= ([a-z]+))")
_VOWEL = re.compile(r"(?!uni(?!n|m)|us[eu]|ut[ei]|eu|one\b|once\b)[aeiou]|hono|hour|honest|heir")
"""Beginnings of words that are spoken with a vowel."""


def _with_article(put: str, after: str) -> str:
    """A suggestion whose "a" or "an" is as the word behind it is spoken, be that word in it or after it."""
    whole = _ARTICLE.sub(
        lambda found: found[1] + "n" * bool(_VOWEL.match(found[2])) if found.start() < len(put) else found[0],
        put + after,
    )
    return whole[: len(whole) - len(after)]


_TRANSFORMS: dict[str, Callable[[str], str]] = {
    "first": lambda wrong: wrong[0],
    "strip": str.strip,
    "space": lambda wrong: wrong + " ",
    "capital": capitalized,
}
"""Suggestions that are made from the wrong text itself."""


CONFUSED_FILE = Path(__file__).with_name("neighbours.toml")
COUNTS_FILE = Path(__file__).with_name("neighbours.txt.xz")

_NEVER_SEEN = 1.6
"""What a pair counts for that no list has: a tenth of the rarest there."""
_LEAST = 5.2
"""By so many doublings, taken together, what may be meant must fit better than what is written."""
_NEAR = 5
"""Words before one that are looked at."""
_VOWEL_BEHIND_AN = re.compile(r"[aeiou]|h(?:ono|our|eir)")
_TOKEN = re.compile(r"[a-z][a-z']*|[^\sa-z]")
_ONE_CAPITAL = re.compile(r" [A-Z]\b")
"""Behind a word this is no word that was counted: "an A-grade", "an A.A.S."."""
_WORD_IN_ALL = re.compile(r"[a-z][a-z']*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Confused:
    """By word what may be `meant`, by how much a word must be outdone at `least`, and the counts as a text.

    Of `rare` words one neighbour is enough to tell that another is meant. A word is right where one of those
    in `unless_after` stands shortly before it, or where it stands in what the pattern `right` finds.
    """

    meant: Mapping[str, tuple[str, ...]]
    least: Mapping[str, float]
    rare: frozenset[str]
    unless_after: Mapping[str, frozenset[str]]
    right: str
    counts: str

    def fit(self, before: str, after: str) -> int | None:
        """How often the two stand so, as a logarithm; None where they don't."""
        return _followers(self.counts, before).get(after)


@cache
def load_confused() -> Confused:
    """The words and the counts; takes some ten milliseconds."""
    table = tomllib.loads(CONFUSED_FILE.read_text(encoding="utf-8"))
    lines = (line.partition(": ") for line in table["meant"].strip().splitlines())
    return Confused(
        meant={word: tuple(meant.split()) for word, _, meant in lines},
        least=table["least"],
        rare=frozenset(table["rare"].split()),
        unless_after={word: frozenset(words.split()) for word, words in table["unless_after"].items()},
        right=rf"\b(?:{'|'.join(table['right'])})\b",
        counts="\n" + lzma.decompress(COUNTS_FILE.read_bytes()).decode(),
    )


@lru_cache(maxsize=4096)
def _followers(counts: str, word: str) -> Mapping[str, int]:
    """What follows a word; a line is taken apart only when it is asked for."""
    start = counts.find(f"\n{word} ")
    if start < 0:
        return {}
    line = counts[start + len(word) + 2 : counts.index("\n", start + 1)]
    return {found[1]: int(found[2]) for found in re.finditer(r"([a-z']+)(\d+)", line)}


def neighbour_findings(letter: ParsedLetter) -> Iterator[Finding]:
    """Each word that both its neighbours would rather have another in the place of."""
    for block in PARAGRAPH.finditer(letter.low):
        for start, end, put in _paragraph(block.group()):
            place = slice(block.start() + start, block.start() + end)
            text = letter.text[place]
            if text[:1].isupper() and place.start not in letter.sentence_starts:
                continue
            if _ONE_CAPITAL.match(letter.text, place.stop):
                continue
            yield Finding(
                start=place.start,
                end=place.stop,
                text=text,
                rule="confused_word",
                message=f"“{put}” is likely meant.",
                suggestions=(put.capitalize() if text[:1].isupper() else put,),
            )


@lru_cache(maxsize=128)
def _paragraph(low: str) -> tuple[tuple[int, int, str], ...]:
    confused = load_confused()
    tokens = [(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(low)]
    fine = [found.span() for found in re.finditer(confused.right, low)]
    found = []
    for at in range(1, len(tokens) - 1):
        (before, _, left), (word, start, end), (after, right, _) = tokens[at - 1 : at + 2]
        if word not in confused.meant or (word == "an" and _VOWEL_BEHIND_AN.match(after)):
            continue
        if any(first <= start < last for first, last in fine):
            continue
        if confused.unless_after.get(word, frozenset()) & {one for one, *_ in tokens[max(0, at - _NEAR) : at]}:
            continue
        sides = [
            _WORD_IN_ALL.match(before) is not None and low[left:start] == " ",
            _WORD_IN_ALL.match(after) is not None and low[end:right] == " ",
        ]
        if all(sides) or (any(sides) and word in confused.rare):
            places = (before if sides[0] else "", after if sides[1] else "")
            gains = [(_gain(confused, word, one, *places), one) for one in confused.meant[word]]
            gain, put = max(gains)
            if gain > confused.least.get(word, _LEAST):
                found.append((start, end, put))
    return tuple(found)


def _gain(confused: Confused, word: str, put: str, before: str, after: str) -> float:
    """By how many doublings another word fits better; 0 where it doesn't on each side that counts."""
    gain = 0.0
    for there, here in (
        (confused.fit(before, put), confused.fit(before, word)),
        (confused.fit(put, after), confused.fit(word, after)),
    ):
        if there is None and here is None and word in confused.rare:
            continue
        if there is None or (here is not None and here > there):
            return 0
        gain += there - (_NEVER_SEEN if here is None else here)
    return gain
