"""The shipped patterns, with the lists and verbs that they name, and how they are told apart quickly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from followup_tui.domain.letters.verbs import Verb, all_verbs, verbs_by_base

_LITERAL = re.compile(r"[a-z' ]+")
_QUANTIFIER = re.compile(r"[?*+]\??|\{\d*,?\d*\}\??")
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|:))?(?!\?)")
_LOOK = re.compile(r"\(\?(?:<?[=!]|[a-z]+\))")
_LONGEST = 4
"""Pieces are cut to so many letters, which are rare enough in any text."""
_SETS_MOST = 3


def text_pieces(text: str) -> frozenset[str]:
    """All runs of two to four characters in a text."""
    lengths = range(2, _LONGEST + 1)
    return frozenset(text[at : at + length] for length in lengths for at in range(len(text) - length + 1))


def required_pieces(pattern: str) -> tuple[frozenset[str], ...]:
    """Sets of pieces; a text must contain one of each set for the pattern to match. Empty where nothing is sure.

    Only what stands in the pattern itself is looked at: its top level, and the beginnings of the alternatives of
    the groups there.
    """
    branches = _alternatives(pattern)
    if len(branches) == 1:
        found = sorted(_required(pattern), key=_rarity, reverse=True)
        return tuple(dict.fromkeys(_shorten(pieces) for pieces in found))[:_SETS_MOST]
    rarest = [_rarest(branch) for branch in branches]
    return (_shorten(piece for one in rarest for piece in one),) if all(rarest) else ()


def _shorten(pieces: Iterable[str]) -> frozenset[str]:
    return frozenset(piece[:_LONGEST] for piece in pieces)


def _required(branch: str) -> list[tuple[str, ...]]:
    return [pieces for pieces in _pieces(branch) if pieces and all(len(piece) > 1 for piece in pieces)]


def _rarest(branch: str) -> tuple[str, ...]:
    """The rarest of the pieces that a branch can't do without."""
    return max(_required(branch), key=_rarity, default=())


def _rarity(pieces: tuple[str, ...]) -> tuple[int, int]:
    return min(_LONGEST, *map(len, pieces), _LONGEST), -len(pieces)


def _pieces(branch: str) -> Iterator[tuple[str, ...]]:
    at = 0
    while at < len(branch):
        if branch[at] == "(":
            end = _end_of_group(branch, at)
            quantifier = _QUANTIFIER.match(branch, end)
            if not _LOOK.match(branch, at) and not (quantifier and quantifier.group()[0] in "?*{"):
                opening = _GROUP.match(branch, at)
                inner = branch[opening.end() if opening else at + 1 : end - 1]
                yield tuple(piece for one in _alternatives(inner) for piece in _rarest(one) or ("",))
            at = quantifier.end() if quantifier else end
        elif branch[at] == "[":
            at = branch.index("]", at + 2) + 1
        elif branch[at] == "\\":
            at += 2
        elif literal := _LITERAL.match(branch, at):
            at = literal.end()
            text = literal.group()
            # A quantifier belongs to the last letter alone.
            yield (text[:-1] if at < len(branch) and branch[at] in "?*{" else text,)
        else:
            at += 1


def _alternatives(pattern: str) -> list[str]:
    """The pattern apart at its bars, those in groups left alone."""
    parts, at, since = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 2
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2) + 1
        elif pattern[at] == "(":
            at = _end_of_group(pattern, at)
        else:
            if pattern[at] == "|":
                parts.append(pattern[since:at])
                since = at + 1
            at += 1
    return [*parts, pattern[since:]]


def _end_of_group(pattern: str, at: int) -> int:
    depth = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2)
        elif pattern[at] in "()":
            depth += 1 if pattern[at] == "(" else -1
            if depth == 0:
                return at + 1
        at += 1
    return at


_FOLDER = Path(__file__).parent
_START = "{start}"
RULES, GRAMMAR, GENERAL, CLASSES, TABLES = (
    _FOLDER / f"{name}.toml" for name in ("rules", "grammar", "general", "classes", "grammar_tables")
)
_NOTHING = "?"
"""In a pair of the grammar: nothing can be suggested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRule:
    """One pattern; its group named w, x or y, or else the whole match, is what is wrong.

    `unless` are endings: where the text up to the end of what is wrong, or of the match, ends with one of them,
    nothing is. `put` are templates of suggestions. `needs` are sets of pieces: a text without one of
    each doesn't match (see `needed`). `opens` where it is looked for at the beginnings of clauses only.
    """

    name: str
    say: str
    pattern: str
    needs: tuple[frozenset[str], ...] = ()
    put: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only_for: frozenset[str] = frozenset()
    not_for: frozenset[str] = frozenset()
    subject: bool = False
    missing: bool = False
    without_attachments: bool = False
    capitals: bool = False
    at_start: bool = False
    english: frozenset[str] = frozenset()

    @property
    def find(self) -> re.Pattern[str]:
        """The pattern compiled; most letters need a tenth of them, and all take half a second."""
        return _compile(self.pattern)

    @property
    def is_literal(self) -> bool:
        """Whether its suggestions are words and not made of what was matched."""
        return not any(mark in one for one in self.put for mark in "<\\\\")

    def may_match(self, pieces: frozenset[str]) -> bool:
        """Whether a text of these pieces may have a match, so that it is worth looking for one."""
        for needs in self.needs:  # noqa: SIM110 - asked some thousand times a letter, and `all` takes twice as long
            if pieces.isdisjoint(needs):
                return False
        return True

    def matches(self, low: str, clause_starts: Sequence[int]) -> Iterator[tuple[re.Match[str], int, int]]:
        """Each match, with the place of what is wrong; `starts` are where clauses begin."""
        find = self.find
        found = (find.match(low, start) for start in clause_starts) if self.at_start else find.finditer(low)
        for match in filter(None, found):
            start, end = _wrong_span(match)
            if not (self.unless and (low[:end].endswith(self.unless) or low[: match.end()].endswith(self.unless))):
                yield match, start, end

    def applies_to(self, kind: str | None, english: str) -> bool:
        """Whether it has something to say about a letter of this kind (None: no letter of ours) and English."""
        is_ours = kind not in self.not_for and (not self.only_for or kind in self.only_for)
        return is_ours and (not self.english or english in self.english)


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _wrong_span(match: re.Match[str]) -> tuple[int, int]:
    for name in ("w", "x", "y"):
        if name in match.re.groupindex and match.start(name) >= 0:
            return match.span(name)
    return match.span()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """All patterns, the forms of words that suggestions are made of, and how long each kind of letter may be."""

    rules: tuple[PatternRule, ...]
    forms: Mapping[str, Mapping[str, str]]
    longest: Mapping[str, int]


@cache
def load_rules() -> RuleSet:
    """The shipped checks."""
    # Here and not above: a start that reads no letter need not wait for it.
    own, grammar, general, classes = (
        tomllib.loads(each.read_text(encoding="utf-8")) for each in (RULES, GRAMMAR, GENERAL, CLASSES)
    )
    verbs, pure, loose = (_verbs(each["verbs"]) for each in (grammar, general, classes))
    lists = {**grammar["lists"], **general["lists"]}
    wide = {**lists, **classes["lists"], **_verb_lists((*pure, *loose)), "pure": _verb_lists(pure)["base"]}
    rules = (
        *_own_rules(own["rule"]),
        *_grammar_rules(grammar["check"], {**grammar["lists"], **_verb_lists(verbs)}),
        *_grammar_rules(general["check"], {**lists, **_verb_lists(pure)}),
        *_grammar_rules(classes["check"], wide),
    )
    return RuleSet(
        rules=rules,
        forms=_forms(all_verbs(), _join(_join(grammar["forms"], general["forms"]), classes["forms"])),
        longest=own["longest"],
    )


def _join(some: Mapping[str, dict[str, str]], more: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {name: {**some.get(name, {}), **more.get(name, {})} for name in {**some, **more}}


def _verbs(lines: str) -> tuple[Verb, ...]:
    return tuple(verbs_by_base()[base.strip()] for base in lines.split(","))


def _own_rules(tables: list[dict[str, Any]]) -> Iterator[PatternRule]:
    for table in tables:
        for find in table["find"]:
            yield PatternRule(
                name=table["name"],
                say=table["say"],
                pattern=find,
                needs=required_pieces(find),
                put=tuple(table.get("put", ())),
                only_for=frozenset(table.get("only_for", ())),
                not_for=frozenset(table.get("not_for", ())),
                subject=table.get("subject", False),
                missing=table.get("missing", False),
                without_attachments=table.get("without_attachments", False),
                capitals=table.get("capitals", False),
            )


def _grammar_rules(tables: list[dict[str, Any]], lists: Mapping[str, str]) -> Iterator[PatternRule]:
    for table in tables:
        for find, put, *unless in table["pairs"]:
            pattern = _expand(find.removeprefix(_START), lists)
            yield PatternRule(
                name=table["name"],
                say=table["say"],
                pattern=pattern,
                needs=required_pieces(pattern),
                put=()
                if put == _NOTHING or not (put or _removes_text(table["name"], find))
                else tuple(put.split("|")),
                unless=tuple(" ".join(one.split()) for one in unless[0].split(",")) if unless else (),
                english=frozenset(table.get("english", ())),
                at_start=find.startswith(_START),
                capitals=table.get("capitals", False),
            )


def _removes_text(name: str, find: str) -> bool:
    """Whether an empty suggestion means to take out what is wrong; a verb in the wrong form is not taken out."""
    return name in ("extra_word", "preposition") or re.search(r"\(\?P<\w>[a-z |]+ \)", find) is not None


def _expand(pattern: str, lists: Mapping[str, str]) -> str:
    """A pattern with the lists that it names put in; lists may name lists."""
    while True:
        filled = re.sub(r"\{([a-z_]\w*)\}", lambda name: lists[name[1]], pattern)
        if filled == pattern:
            return filled
        pattern = filled


def _verb_lists(verbs: tuple[Verb, ...]) -> dict[str, str]:
    """Alternatives of all verbs by form; `pastonly` are those pasts that are no other form, without -ed."""
    lists = {
        form: "|".join(sorted({getattr(verb, form) for verb in verbs}, key=len, reverse=True))
        for form in ("base", "third", "ing", "past")
    }
    lists["part"] = "|".join(sorted({verb.participle for verb in verbs}, key=len, reverse=True))
    regular = {verb.past for verb in verbs if verb.past.endswith("ed")}
    odd = {verb.past for verb in verbs} - regular - {verb.base for verb in verbs}
    lists["pastonly"] = "|".join(sorted(odd - {"left", "found", "thought", "led", "felt"}))
    lists["edonly"] = "|".join(sorted(regular))
    lists["thirdonly"] = "|".join(sorted(verb.third for verb in verbs))
    lists["pastdiff"] = "|".join(
        sorted(verb.past for verb in verbs if verb.past != verb.participle and verb.past not in ("showed", "was"))
    )
    return lists


def _forms(verbs: tuple[Verb, ...], tables: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """By the name of a form: what to put for each form of each verb, and for the words in the tables."""
    names = {"base": "base", "third": "third", "ing": "ing", "past": "past", "part": "participle"}
    forms: dict[str, dict[str, str]] = {name: {} for name in names}
    for verb in verbs:
        for name, attribute in names.items():
            for form in ("base", "third", "ing", "past", "participle"):
                forms[name].setdefault(getattr(verb, form), getattr(verb, attribute))
    simple = {f"{have} {verb.participle}": verb.past for verb in verbs for have in ("have", "has", "'ve")}
    simple |= {f"did {verb.past}": verb.past for verb in verbs}
    forms["simple"] = simple
    for name, words in tables.items():
        forms[name] = {**forms.get(name, {}), **words}
    return forms
