"""Names of companies and people as they are compared: without case, accents, punctuation, and legal forms."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from followup_tui.domain.model.text import fold

_DROPPED = re.compile("[.,'’‘`´\"“”„«»®™©]")
_SPACED = re.compile(r"[-‐‑–—_/|\\()\[\]{}:;·•*!?~]+")
_FORMS = """
ab ag aps as asa bv bvba co company corp corporation cv eg ev eu eurl gbr gesmbh gmbh inc incorporated kft kg kgaa
limited llc llp lp ltd ltda mbh nv ohg oy oyj plc pllc pte pty sa sarl sas sasu sca sci se sl slu sp spa sprl srl
sro ug ulc vof zoo aktiengesellschaft haftungsbeschrankt und and z o
"""
_LEGAL_FORMS = frozenset(_FORMS.split())
_SAME_FORMS = {
    "incorporated": "inc", "limited": "ltd", "corporation": "corp", "company": "co", "aktiengesellschaft": "ag",
}  # fmt: skip


@lru_cache(maxsize=8192)
def fold_company(company: str) -> str:
    """Return a company's name without case, accents, width and punctuation, its legal form in one spelling."""
    words = fold_name(company).replace("&", " and ").split()
    return " ".join(_SAME_FORMS.get(word, word) if place else word for place, word in enumerate(words))


_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


@lru_cache(maxsize=8192)
def other_spelling(company: str) -> str:
    """Return the folded name with its letters spelt out, "Mueller" for "Müller"; empty if it has none of these."""
    if company.isascii():
        return ""
    spelt = normalize("NFC", company.casefold()).translate(_SPELT_OUT)
    return fold_company(spelt) if spelt != normalize("NFC", company.casefold()) else ""


@lru_cache(maxsize=8192)
def company_core(company: str) -> tuple[str, tuple[str, ...]]:
    """Return a folded name without legal form and leading "the", and the words of the form."""
    words = company.split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    end = len(words)
    while end > 1 and words[end - 1] in _LEGAL_FORMS:
        end -= 1
    return " ".join(words[:end]), tuple(word for word in words[end:] if word not in ("and", "und"))


def could_be_one_company(one: str, other: str) -> bool:
    """Whether two folded names can mean one company: the same, or one of them lacks the legal form or "the"."""
    if one == other:
        return True
    (core, form), (other_core, other_form) = company_core(one), company_core(other)
    return core == other_core and (form == other_form or not form or not other_form)


@lru_cache(maxsize=8192)
def fold_name(text: str) -> str:
    """Return a text without case, accents, width and most punctuation, one space between words."""
    folded = " ".join(_SPACED.sub(" ", _DROPPED.sub("", fold(text))).split())
    return folded or " ".join(text.casefold().split())
