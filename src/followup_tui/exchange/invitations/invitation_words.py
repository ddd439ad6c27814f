"""The words of invitations, as patterns: names of interviews and roles, mailboxes and mail domains."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from followup_tui.domain.parsing.interview_words import any_of, interview_word, role_word, words

_WORDS: dict[str, list[str]] = tomllib.loads(
    files(__package__).joinpath("invitation_words.toml").read_text(encoding="utf-8")
)


def _any(name: str) -> str:
    return any_of(tuple(_WORDS[name]))


INTERVIEW = interview_word()
"""What an interview is called, with the words before it that belong to it."""

SURE_INTERVIEW = re.compile(rf"(?i)(?<!\w)(?:{any_of(words('sure'))})(?!\w)")
"""Words that nothing but an interview has."""

ROLE = role_word()
"""A word that only the name of a role has."""

ROLE_NOUN = re.compile(rf"(?i)(?:{any_of(words('role_endings'))})(?:in|innen|[*:_/]in|e|s|en)?")
"""What many roles are called, so that it tells none from another: "Engineer"."""

AT, WITH, FOR = (frozenset(words(name)) for name in ("at", "with", "for"))
_JOINING = (word for name in ("at", "with", "for", "between") for word in words(name))
PREPOSITION = re.compile(rf"(?i)(?<![\w-])({'|'.join(map(re.escape, _JOINING))})(?![\w-])\s*")

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
