"""What identifies an application: company, role, link, town and requisition number, as they are compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

from followup_tui.exchange.sheets.job_link import JobLink, job_link

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_DROPPED = re.compile("[.,'’‘`´\"“”„«»®™©]")
_SPACED = re.compile(r"[-‐‑–—_/|\\()\[\]{}:;·•*!?~]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEGAL_FORMS = _words(
    "ab ag aps as asa bv bvba co company corp corporation cv eg ev eu eurl gbr gesmbh gmbh inc incorporated "
    "kft kg kgaa limited llc llp lp ltd ltda mbh nv ohg oy oyj plc pllc pte pty sa sarl sas sasu sca sci se sl "
    "slu sp spa sprl srl sro ug ulc vof zoo aktiengesellschaft haftungsbeschrankt und and z o"
)
_SAME_FORMS = {
    "incorporated": "inc", "limited": "ltd", "corporation": "corp", "company": "co", "aktiengesellschaft": "ag",
}  # fmt: skip
_GENDERS = re.compile(
    r"[(\[]?\b(?:all genders?|alle geschlechter|gn|[mwfdhxi](?:\s?[/|,*.+]\s?[mwfdhxi]n?){1,3}|[mf]/?w/?d)\b"
    r"[)\]]?|"
    r"[:*_/(](?:in|innen)\b\)?",
)
"""What job titles add to say that everybody may apply: "(m/w/d)", "(all genders)", ":in"."""
_LEVELS = _words(
    "senior sr junior jr lead principal staff head chief director manager management intern internship trainee "
    "working student werkstudent praktikant praktikum azubi apprentice graduate entry mid level associate vp "
    "vice president executive assistant deputy team i ii iii iv v 1 2 3 4 5 part time parttime full fulltime "
    "leiter leiterin leitung"
)
"""Words that make another job of a title."""
_GRADES = _words("i ii iii iv v 1 2 3 4 5")
"""Those that a shorter title leaves out."""
_NO_TOWN = _words(
    "remote hybrid onsite on site anywhere home office homeoffice worldwide wfh fully partly possible from "
    "work tbd various multiple locations flexible eu emea europe"
)


class Identity(NamedTuple):
    """The normalized values by which applications are compared; `town` is the set of words of the place."""

    company: str
    role: str
    link: JobLink
    town: frozenset[str] = frozenset()
    requisition: str = ""

    @property
    def name(self) -> tuple[str, str]:
        """Company and role."""
        return self.company, self.role


def identity(company: str, role: str, url: str, location: str = "", requisition: str = "") -> Identity:
    """Return the values by which an application is compared."""
    return Identity(
        fold_company(company),
        fold_role(role),
        job_link(url),
        fold_town(location),
        fold_name(requisition).replace(" ", "").lstrip("#") if requisition else "",
    )


@lru_cache(maxsize=8192)
def fold_company(company: str) -> str:
    """Return a company's name without case, accents, width and punctuation, its legal form in one spelling."""
    words = fold_name(company).replace("&", " and ").split()
    return " ".join(_SAME_FORMS.get(word, word) if place else word for place, word in enumerate(words))


@lru_cache(maxsize=8192)
def fold_role(role: str) -> str:
    """Return a job title without case, accents, punctuation, and marks such as "(m/w/d)"."""
    bare = _GENDERS.sub(" ", normalize("NFKC", role).casefold())
    return fold_name(bare) or fold_name(role)


@lru_cache(maxsize=4096)
def fold_town(location: str) -> frozenset[str]:
    """Return the words of a place, without those that name none, such as "remote"."""
    return frozenset(fold_name(location).split()) - _NO_TOWN if location else frozenset()


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


def could_be_one_role(one: str, other: str) -> bool:
    """Whether two folded titles can mean one job: one is the other shortened, and both are of the same level."""
    if one == other:
        return True
    words, longer = sorted((one.split(), other.split()), key=len)
    left = list(longer)
    for word in words:
        match = next((each for each in left if each == word), None)
        match = match or next((each for each in left if _is_short_for(word, each)), None)
        if match is None:
            return False
        left.remove(match)
    return bool(words) and not (set(left) - _GRADES) & _LEVELS


def could_be_one_town(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two places can be the same: one says no more than the other."""
    return one <= other or other <= one


def _is_short_for(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))


@lru_cache(maxsize=8192)
def fold_name(text: str) -> str:
    """Return a text without case, accents, width and most punctuation, one space between words."""
    if not text.isascii():
        text = normalize("NFD", normalize("NFKC", text).casefold())
        text = "".join(each for each in text if not combining(each)).translate(_LETTERS)
    folded = " ".join(_SPACED.sub(" ", _DROPPED.sub("", text.casefold())).split())
    return folded or " ".join(text.casefold().split())
