"""The checks that are data: patterns with a message and what to put instead, from four TOML files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from followup_tui.letters.proofing.inflection import Verb, verb_of
from followup_tui.letters.proofing.needed import needed

_FOLDER = Path(__file__).parent
_START = "{start}"
RULES, GRAMMAR, GENERAL, CLASSES = (
    _FOLDER / f"{name}.toml" for name in ("rules", "grammar", "general", "classes")
)
_NOTHING = "?"
"""In a pair of the grammar: nothing can be suggested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
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
    opens: bool = False
    english: frozenset[str] = frozenset()

    @property
    def find(self) -> re.Pattern[str]:
        """The pattern compiled; most letters need a tenth of them, and all take half a second."""
        return _compiled(self.pattern)

    def may_match(self, pieces: frozenset[str]) -> bool:
        """Whether a text of these pieces may have a match, so that it is worth looking for one."""
        for needs in self.needs:  # noqa: SIM110 - asked some thousand times a letter, and `all` takes twice as long
            if pieces.isdisjoint(needs):
                return False
        return True

    def matches(self, low: str, starts: Sequence[int]) -> Iterator[tuple[re.Match[str], int, int]]:
        """Each match, with the place of what is wrong; `starts` are where clauses begin."""
        find = self.find
        found = (find.match(low, start) for start in starts) if self.opens else find.finditer(low)
        for match in filter(None, found):
            start, end = _place(match)
            if not (self.unless and (low[:end].endswith(self.unless) or low[: match.end()].endswith(self.unless))):
                yield match, start, end

    def speaks_of(self, kind: str | None, english: str) -> bool:
        """Whether it has something to say about a letter of this kind (None: no letter of ours) and English."""
        is_ours = kind not in self.not_for and (not self.only_for or kind in self.only_for)
        return is_ours and (not self.english or english in self.english)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _place(match: re.Match[str]) -> tuple[int, int]:
    for name in ("w", "x", "y"):
        if name in match.re.groupindex and match.start(name) >= 0:
            return match.span(name)
    return match.span()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """All patterns, the forms of words that suggestions are made of, and how long each kind of letter may be."""

    rules: tuple[Rule, ...]
    forms: Mapping[str, Mapping[str, str]]
    longest: Mapping[str, int]


@cache
def load_rules() -> RuleSet:
    """The shipped checks."""
    # Here and not above: a start that reads no letter need not wait for it.
    import tomllib

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
        forms=_forms(
            (*verbs, *pure, *loose), _joined(_joined(grammar["forms"], general["forms"]), classes["forms"])
        ),
        longest=own["longest"],
    )


def _joined(some: Mapping[str, dict[str, str]], more: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {name: {**some.get(name, {}), **more.get(name, {})} for name in {**some, **more}}


def _verbs(lines: str) -> tuple[Verb, ...]:
    return tuple(verb_of(" ".join(line.split())) for line in lines.split(","))


def _own_rules(tables: list[dict[str, Any]]) -> Iterator[Rule]:
    for table in tables:
        for find in table["find"]:
            yield Rule(
                name=table["name"],
                say=table["say"],
                pattern=find,
                needs=needed(find),
                put=tuple(table.get("put", ())),
                only_for=frozenset(table.get("only_for", ())),
                not_for=frozenset(table.get("not_for", ())),
                subject=table.get("subject", False),
                missing=table.get("missing", False),
                without_attachments=table.get("without_attachments", False),
                capitals=table.get("capitals", False),
            )


def _grammar_rules(tables: list[dict[str, Any]], lists: Mapping[str, str]) -> Iterator[Rule]:
    for table in tables:
        for find, put, *unless in table["pairs"]:
            pattern = _filled(find.removeprefix(_START), lists)
            yield Rule(
                name=table["name"],
                say=table["say"],
                pattern=pattern,
                needs=needed(pattern),
                put=()
                if put == _NOTHING or not (put or _takes_out(table["name"], find))
                else tuple(put.split("|")),
                unless=tuple(" ".join(one.split()) for one in unless[0].split(",")) if unless else (),
                english=frozenset(table.get("english", ())),
                opens=find.startswith(_START),
                capitals=table.get("capitals", False),
            )


def _takes_out(name: str, find: str) -> bool:
    """Whether an empty suggestion means to take out what is wrong; a verb in the wrong form is not taken out."""
    return name in ("extra_word", "preposition") or re.search(r"\(\?P<\w>[a-z |]+ \)", find) is not None


def _filled(pattern: str, lists: Mapping[str, str]) -> str:
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
