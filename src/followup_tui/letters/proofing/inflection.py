"""The forms of the verbs that letters are written with, from a list of them; see `[verbs]` in grammar.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

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


def verb_of(line: str) -> Verb:
    """A verb from "work", or "go went gone" where its past isn't made with -ed; a "+" doubles its last letter."""
    base, *pasts = line.split()
    doubles = base.endswith("+") or bool(_ONE_CONSONANT.match(base.removesuffix("+")))
    base = base.removesuffix("+")
    stem = base + base[-1] if doubles else base
    past, participle = pasts or (_with_ed(base, stem),) * 2
    return Verb(base=base, third=_with_s(base), ing=_with_ing(base, stem), past=past, participle=participle)


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
