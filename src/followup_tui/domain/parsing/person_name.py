"""A person's name as it is written: its parts put in the order in which one says them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.parsing.job_titles import ADDRESSES, DEGREES, PARTICLES, folded

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_PLAIN = r"[^\W\d_a-z][^\W\d_]*['’\-]?[^\W\d_]+(?: [^\W\d_a-z][^\W\d_]*['’\-]?[^\W\d_]+){0,3}"


_MORE_OF_TITLE = r"(?:[a-z]{1,5}\.(?:[a-z]{1,3}\.)* )+(?=\S)"


class PersonName(NamedTuple):
    """A name in the order in which it is said, how one is addressed ("Dr."), and what stands behind ("PhD")."""

    name: str
    address: str = ""
    beside: tuple[str, ...] = ()


def is_degree(text: str) -> bool:
    """Whether a text is only what stands behind a name: "Jr.", "PhD", "PMP, SPHR"."""
    words = re.findall(r"[^\s,]+", text)
    return bool(words) and all(folded(word) in DEGREES for word in words)


def is_family_name(text: str) -> bool:
    """Whether a text can be a family name that stands first: one word, perhaps with particles or a second name."""
    words = text.split()
    return len([word for word in words if word.casefold() not in PARTICLES]) == 1


def is_mail_of(address: str, name: str) -> bool:
    """Whether the part before the @ has a word of the name of three letters or more."""
    local = folded(address.partition("@")[0])
    return any(len(word) >= 3 and word in local for word in map(folded, name.split()))


@lru_cache(maxsize=4096)
def read_name(text: str) -> PersonName:
    """The parts of a text that names one person, "Dr. Ann Li" or "Smith, Jane, Jr."; every word is kept."""
    said = " ".join(text.split()).strip(" \"'“”„,;")
    words = said.split()
    if not words:
        return PersonName("")
    ends = folded(words[0]) in ADDRESSES or any(folded(word) in DEGREES for word in words[1:])
    if not ends and (re.fullmatch(_PLAIN, said) or not re.search(r"[,(\"“]", said)):
        return PersonName(said if len(words[-1]) < 3 else said.rstrip("."))
    # Not at the top: it takes 0.1 s to load, and nearly every name is plain.
    from nameparser import HumanName

    found = HumanName(said)
    name = " ".join(filter(None, (found.first, found.middle, found.last)))
    more = re.match(_MORE_OF_TITLE, name) if found.title else None
    if more:  # "Prof. Dr. h.c. Ana Cruz"
        return PersonName(
            name[more.end() :], f"{found.title} {more[0].strip()}", tuple(filter(None, (found.suffix,)))
        )
    beside = tuple(filter(None, (found.suffix, found.nickname)))
    if found.suffix and "," not in said and len(name.split()) + bool(found.title) < 2:
        return PersonName(said)
    if found.title and not (found.first and found.last):
        return PersonName(" ".join(filter(None, (found.title, name))), "", beside)
    if not name:
        return PersonName(said)
    return PersonName(name, found.title, beside)
