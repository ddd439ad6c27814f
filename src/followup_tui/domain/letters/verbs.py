"""The verbs that letters are written with, and all their forms; the list is in verbs.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VOWELS = "aeiou"
_ONE_CONSONANT = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One verb: go, goes, going, went, gone."""

    base: str
    third: str
    ing: str
    past: str
    participle: str

    @property
    def forms(self) -> Mapping[str, str]:
        """Its forms by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def parse_verb(line: str) -> Verb:
    """A verb from "work", or "go went gone" where its past isn't made with -ed; a "+" doubles its last letter."""
    base, *pasts = line.split()
    doubles = base.endswith("+") or bool(_ONE_CONSONANT.match(base.removesuffix("+")))
    base = base.removesuffix("+")
    stem = base + base[-1] if doubles else base
    past, participle = pasts or (_with_ed(base, stem),) * 2
    return Verb(base=base, third=_with_s(base), ing=_with_ing(base, stem), past=past, participle=participle)


@cache
def all_verbs() -> tuple[Verb, ...]:
    """Every verb; one that is spelt in two ways is there twice."""
    table = tomllib.loads(files(__package__).joinpath("verbs.toml").read_text(encoding="utf-8"))
    return tuple(parse_verb(line) for part in ("irregular", "regular") for line in table[part].split(","))


@cache
def verbs_by_base() -> Mapping[str, Verb]:
    """The verbs by their base forms."""
    return {verb.base: verb for verb in reversed(all_verbs())}


@cache
def verbs_by_form() -> Mapping[str, Mapping[str, Verb]]:
    """By the name of a form and the word, the verb that has it."""
    by_form: dict[str, dict[str, Verb]] = {name: {} for name in Verb.__slots__}
    for verb in all_verbs():
        for name, word in verb.forms.items():
            by_form[name].setdefault(word, verb)
    return by_form


def _with_s(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return {"have": "has", "be": "is"}.get(base, base + "s")


def _with_ing(base: str, stem: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")) and base != "be":
        return base[:-1] + "ing"
    return stem + "ing"


def _with_ed(base: str, stem: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return stem + "ed"
