"""What identifies an application: company, role, link, town and requisition number, as they are compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from followup_tui.domain.model.text import could_be_one_company, fold_company, fold_name, other_spelling
from followup_tui.domain.parsing.person_words import words_of
from followup_tui.exchange.sheets.job_link import JobLink, job_link

_GENDERS = re.compile(
    r"[(\[]?\b(?:all genders?|alle geschlechter|gn|[mwfdhxi](?:\s?[/|,*.+]\s?[mwfdhxi]n?){1,3}|[mf]/?w/?d)\b"
    r"[)\]]?|"
    r"[:*_/(](?:in|innen)\b\)?",
)
"""What job titles add to say that everybody may apply: "(m/w/d)", "(all genders)", ":in"."""
_LEVELS = words_of(
    "senior sr junior jr lead principal staff head chief director manager management intern internship trainee "
    "working student werkstudent praktikant praktikum azubi apprentice graduate entry mid level associate vp "
    "vice president executive assistant deputy team i ii iii iv v 1 2 3 4 5 part time parttime full fulltime "
    "leiter leiterin leitung"
)
"""Words that make another job of a title."""
_GRADES = words_of("i ii iii iv v 1 2 3 4 5")
"""Those that a shorter title leaves out."""
_NO_TOWN = words_of(
    "remote hybrid onsite on site anywhere home office homeoffice worldwide wfh fully partly possible from "
    "work tbd various multiple locations flexible eu emea europe"
)

_SPELT_OUT = {"sr": "senior", "jr": "junior"}
_CITY_NAMES = """
munich munchen muenchen | cologne koln koeln | vienna wien | zurich zuerich | geneva geneve genf | bern berne |
basel bale basle | milan milano mailand | rome roma rom | turin torino | florence firenze florenz |
venice venezia venedig | naples napoli neapel | genoa genova | warsaw warszawa warschau varsovie |
prague praha prag | krakow cracow krakau | wroclaw breslau | gdansk danzig | lisbon lisboa lissabon lisbonne |
brussels bruxelles brussel | antwerp antwerpen anvers | copenhagen kobenhavn kopenhagen |
gothenburg goteborg goeteborg | nuremberg nurnberg nuernberg | hanover hannover | dusseldorf duesseldorf |
seville sevilla | bucharest bucuresti bukarest | athens athina athen | strasbourg strassburg
"""
"""The names of a city in English, in its own language and in its neighbours'; put together by hand."""
_CITY = {name: names.split()[0] for names in _CITY_NAMES.split("|") for name in names.split()}
_EUROPEAN = {*_CITY.values()} | words_of(
    "paris london berlin dublin madrid hamburg lyon oxford cambridge manchester"
)
_AMERICAN = words_of(
    "tx texas oh ohio ga georgia ky kentucky tn tennessee ny fl florida il illinois nh ct wi wisconsin nj ma "
    "pa va mo ontario"
)
"""Parts of America that have towns called like European cities; without codes that are words or countries."""


class Identity(NamedTuple):
    """The normalized values by which applications are compared; `town` is the set of words of the place.

    `spelling` is the company's name spelt out, "mueller" for "Müller", or empty.
    """

    company: str
    role: str
    link: JobLink
    town: frozenset[str] = frozenset()
    requisition: str = ""
    spelling: str = ""

    def could_be_company_of(self, other: Identity) -> bool:
        """Whether both can be applications at one company, however it is spelt."""
        return self.company == other.company or any(
            could_be_one_company(one, another)
            for one in {self.company, self.spelling or self.company}
            for another in {other.company, other.spelling or other.company}
        )

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Company and role, in every spelling."""
        return (self.name, (self.spelling, self.role)) if self.spelling else (self.name,)

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
        other_spelling(company),
    )


@lru_cache(maxsize=8192)
def fold_role(role: str) -> str:
    """Return a job title without case, accents, punctuation, and marks such as "(m/w/d)"."""
    bare = _GENDERS.sub(" ", normalize("NFKC", role).casefold())
    folded = fold_name(bare) or fold_name(role)
    return " ".join(_SPELT_OUT.get(word, word) for word in folded.split(" "))


@lru_cache(maxsize=4096)
def fold_town(location: str) -> frozenset[str]:
    """Return the words of a place, a city under one name, without those that name none, such as "remote".

    "Paris, TX" is one word, so that it isn't a Paris that says more.
    """
    words = frozenset(_CITY.get(word, word) for word in fold_name(location).split()) - _NO_TOWN
    european, american = words & _EUROPEAN, words & _AMERICAN
    if not european or not american:
        return words
    return words - european | {f"{city} in America" for city in european}


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
