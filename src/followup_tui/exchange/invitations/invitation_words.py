"""The words of `invitation_words.toml`, as patterns: names of interviews, roles, mailboxes and mail domains."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_WORDS: dict[str, list[str]] = tomllib.loads(
    files(__package__).joinpath("invitation_words.toml").read_text(encoding="utf-8")
)


def _any(*names: str) -> str:
    """Return a pattern for any of some lists of words; a space in a word stands for any space."""
    return "|".join(word.replace(" ", r"\s+") for name in names for word in _WORDS[name])


def _any_text(*names: str) -> str:
    return "|".join(re.escape(word) for name in names for word in _WORDS[name])


_NOUNS = _any("interview_nouns")

INTERVIEW = re.compile(
    rf"(?i)(?<!\w)(?:(?:{_any('interview_adjectives')})[\s,/&+-]+)*(?:{_NOUNS})"
    rf"(?:[\s/&+-]+(?:(?:{_NOUNS})|[1-5](?:/[1-5])?(?![\w])))*(?!\w)"
)
"""What an interview is called, with the words before it that belong to it."""

SURE_INTERVIEW = re.compile(rf"(?i)(?<!\w)(?:{_any('sure')})(?!\w)")
"""Words that nothing but an interview has."""

ROLE = re.compile(
    rf"(?i)(?<!\w)(?:\w{{0,40}}(?:{_any('role_endings')})(?:in|innen|[*:_/]in|e|s|en)?|{_any('role_words')})(?!\w)"
)
"""A word that only the name of a role has."""

ROLE_NOUN = re.compile(rf"(?i)(?:{_any('role_endings')})(?:in|innen|[*:_/]in|e|s|en)?")
"""What many roles are called, so that it tells none from another: "Engineer"."""

PREPOSITION = re.compile(rf"(?i)(?<![\w-])({_any_text('at', 'with', 'for', 'between')})(?![\w-])\s*")
AT, WITH, FOR = (frozenset(_WORDS[name]) for name in ("at", "with", "for"))

LEGAL_FORM = re.compile(rf"(?i),?\s+(?:{_any('legal_forms')})(?!\w)\.?")
"""A legal form behind the name of an employer."""

SENDER_WORDS = re.compile(rf"(?i)(?<!\w)(?:{_any('sender_words')})(?!\w)")
"""What is next to the employer in the name of a mailbox."""

ROBOT = re.compile(rf"(?i)(?:{_any('robots')})\d*")
"""The part before the @ of an address that belongs to a program."""

MAILBOX = re.compile(rf"(?i)(?:{_any('mailboxes')})(?:[._-]?team)?\d*")
"""The part before the @ of an address that many people read."""

_FREE_MAIL, _SCHEDULERS = frozenset(_WORDS["free_mail"]), frozenset(_WORDS["schedulers"])


def is_free_mail(domain: str) -> bool:
    """Whether anybody can have an address of a domain."""
    return domain in _FREE_MAIL


def is_employer_domain(domain: str) -> bool:
    """Whether a domain, in lower case, can be an employer's."""
    parts = domain.split(".")
    ends = {".".join(parts[start:]) for start in range(len(parts) - 1)}
    return bool(ends) and not ends & (_FREE_MAIL | _SCHEDULERS)
