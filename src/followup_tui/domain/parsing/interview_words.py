"""The words of `interview_words.toml`, in six languages: names of interviews and roles, and what joins them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> tuple[str, ...]:
    """Return a list of the file; read when it is first asked for, not before the first paint."""
    return tuple(_table()[name])


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("interview_words.toml").read_text(encoding="utf-8"))


def any_of(found: tuple[str, ...]) -> str:
    """Return a pattern for any of some words; a space in a word stands for any space."""
    return "|".join(word.replace(" ", r"\s+") for word in found)


@cache
def interview_word() -> re.Pattern[str]:
    """Return the pattern of what an interview is called, with the words before it that belong to it."""
    nouns = any_of(words("interview_nouns"))
    return re.compile(
        rf"(?i)(?<!\w)(?:(?:{any_of(words('interview_adjectives'))})[\s,/&+-]+)*(?:{nouns})"
        rf"(?:[\s/&+-]+(?:(?:{nouns})|[1-5](?:/[1-5])?(?![\w])))*(?!\w)"
    )


@cache
def role_word() -> re.Pattern[str]:
    """Return the pattern of a word that only the name of a role has."""
    return re.compile(
        rf"(?i)(?<!\w)(?:\w{{0,40}}(?:{any_of(words('role_endings'))})(?:in|innen|[*:_/]in|e|s|en)?"
        rf"|{any_of(words('role_words'))})(?!\w)"
    )


FOR_ALL = r"(?i)\([mwfdhx](?:/[mwfdhx*]){1,2}\)"
"""What only a role has behind it: "(m/w/d)"."""


def begins_or_ends_as_role(text: str) -> bool:
    """Whether the last word of a text is one that only roles have, or the first before "of": "jefe de obra"."""
    words_in = text.split()
    if re.search(FOR_ALL, text):
        return True
    return bool(words_in) and (
        role_word().fullmatch(words_in[-1]) is not None
        or (len(words_in) > 2 and role_word().fullmatch(" ".join(words_in[:2])) is not None)
        or (len(words_in) > 2 and words_in[1] in _OF and role_word().fullmatch(words_in[0]) is not None)
    )


_OF = frozenset({"of", "de", "di", "du", "del", "für", "van", "en"})
