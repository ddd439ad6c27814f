"""Find the applications that an invitation or an address card belongs to: by email address, domain, or company."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from followup_tui.domain.model.application import Application, Stage
from followup_tui.exchange.invitations.invitation_guess import domain_label, squash
from followup_tui.exchange.invitations.invitation_words import LEGAL_FORM, ROLE_NOUN, is_employer_domain
from followup_tui.exchange.invitations.invited_people import domain_of
from followup_tui.exchange.stored import StoredKey

MIN_PREFIX = 4
"""Letters that a name must have to be taken for the beginning of a longer one."""
MAX_WORDS = 20
"""Words of a role whose initials are compared."""
_LEVEL = re.compile(
    r"(?i)^(?:senior|sr|junior|jr|staff|principal|lead|head|mid|entry|level|chief|i{1,3}|iv|\d|of|the|and|für|und|de"
    r"|m|w|d|f|h|x|all|genders|remote|hybrid|full|part|time|a|an)$"
)


class EmployerMatch(NamedTuple):
    """The applications that something could belong to, and by what in words.

    `is_certain` is False if names are only alike.
    """

    ids: tuple[str, ...]
    by: str
    is_certain: bool


NO_MATCH = EmployerMatch((), "", True)


class _Name(NamedTuple):
    key: str
    legal: str
    beginnings: frozenset[str]


class KnownEmployers:
    """The applications by email address, mail domain and company; new ones are added as an import goes on."""

    def __init__(self, applications: Iterable[Application], keys: Iterable[StoredKey]) -> None:
        self.applications: dict[str, Application] = {}
        self._names: dict[str, _Name] = {}
        self._by_name: dict[str, list[str]] = {}
        self._by_beginning: dict[str, list[str]] = {}
        self._by_mail: dict[str, list[str]] = {}
        self._by_domain: dict[str, list[str]] = {}
        self._by_event: dict[str, str] = {}
        self._by_series: dict[str, list[str]] = {}
        for application in applications:
            self.add(application)
        self.add_keys(keys)

    def add(self, application: Application) -> None:
        """Add an application, or replace it by what it is now."""
        if application.id not in self._names:
            name = _name(application.company)
            self._names[application.id] = name
            self._by_name.setdefault(name.key, []).append(application.id)
            for beginning in name.beginnings:
                self._by_beginning.setdefault(beginning, []).append(application.id)
        self.applications[application.id] = application

    def add_keys(self, keys: Iterable[StoredKey]) -> None:
        """Add email addresses and events of applications."""
        for key in keys:
            if key.event_uid:
                self._by_event[key.event_uid] = key.application_id
                self._append(self._by_series, key.event_uid.split(";")[0], key.application_id)
            email = key.email.casefold()
            if email:
                self._append(self._by_mail, email, key.application_id)
                if is_employer_domain(domain_of(email)):
                    self._append(self._by_domain, domain_of(email), key.application_id)

    def with_event(self, uid: str) -> str | None:
        """Return the application with the interview of an event, or None."""
        return self._by_event.get(uid) if uid else None

    def with_events_of(self, uid: str) -> list[str]:
        """Return the applications with interviews of an event or of its series."""
        return self._by_series.get(uid, []) if uid else []

    def find(
        self, *, emails: Sequence[str], domains: Sequence[str], company: str, title: str = ""
    ) -> EmployerMatch:
        """Return the applications that fit best: by people, else by domain, else by name; closed ones last."""
        mails = [email.casefold() for email in emails]
        labels = [domain_label(domain) for domain in domains]
        ways: tuple[tuple[str, Callable[[], list[list[str]]], bool], ...] = (
            (
                "a contact's email address",
                lambda: [self._by_mail.get(mail, []) for mail in mails],
                True,
            ),
            ("the mail domain", lambda: [self._by_domain.get(domain, []) for domain in domains], True),
            ("the company", lambda: [self.named(company)], True),
            ("the domain's name", lambda: [self._by_name.get(label, []) for label in labels], True),
            ("the domain's name", lambda: [self._by_beginning.get(label, []) for label in labels], False),
            ("the company's first words", lambda: [self._beginning_like(company)], False),
            ("a name in the title", lambda: [self.named(name) for name in _names_in(title)], False),
        )
        closed = NO_MATCH
        for by, found, is_certain in ways:
            ids = tuple(dict.fromkeys(id for some in found() for id in some))
            if self.live(ids):
                return EmployerMatch(ids, by, is_certain)
            if ids and not closed.ids:
                closed = EmployerMatch(ids, by, is_certain)
        return closed

    def live(self, ids: Iterable[str]) -> list[str]:
        """Return those of some applications that are open."""
        return [id for id in ids if self.applications[id].stage is not Stage.MOVED_ON]

    def named(self, company: str) -> list[str]:
        """Return the applications of a company, closed ones too."""
        wanted = _name(company)
        found = self._by_name.get(wanted.key, []) if wanted.key else []
        return [id for id in found if not wanted.legal or self._names[id].legal in ("", wanted.legal)]

    def _beginning_like(self, company: str) -> list[str]:
        wanted = _name(company)
        longer = self._by_beginning.get(wanted.key, []) if len(wanted.key) >= MIN_PREFIX else []
        return [*longer, *(id for beginning in wanted.beginnings for id in self._by_name.get(beginning, []))]

    @staticmethod
    def _append(index: dict[str, list[str]], key: str, id: str) -> None:
        ids = index.setdefault(key, [])
        if id not in ids:
            ids.append(id)


def roles_agree(one: str, other: str) -> bool:
    """Whether two names of roles can mean the same job: special words meet, or one is the other's initials."""
    first, second = _special_words(one), _special_words(other)
    if not first or not second or first & second:
        return True
    return bool(_initials(one) & set(_words(other)) or _initials(other) & set(_words(one)))


def same_role(one: str, other: str) -> bool:
    """Whether two names of roles are the same but for case, signs and the level."""
    return _special_words(one) == _special_words(other) and _key(one) == _key(other)


@lru_cache(maxsize=10_000)
def _key(text: str) -> str:
    """Return the letters and digits of a text as in a domain; as they are where it has none of the alphabet."""
    return squash(text) or "".join(filter(str.isalnum, normalize("NFKC", text.casefold())))


@lru_cache(maxsize=10_000)
def _name(company: str) -> _Name:
    legal = ""
    found = list(LEGAL_FORM.finditer(company))
    if found and found[-1].end() == len(company):
        legal = squash(found[-1][0])
        company = company[: found[-1].start()]
    words = [_key(word) for word in company.split()]
    beginnings = ("".join(words[:length]) for length in range(1, len(words)))
    return _Name("".join(words), legal, frozenset(each for each in beginnings if len(each) >= MIN_PREFIX))


def _names_in(title: str) -> list[str]:
    """Return runs of up to four words of a title: one of them may be a company's name."""
    words = re.findall(r"[^\s|<>()/,;:–—]+", title[:300])
    return [
        " ".join(words[start : start + length])
        for length in range(4, 0, -1)
        for start in range(len(words) - length + 1)
        if len("".join(words[start : start + length])) >= MIN_PREFIX and words[start][:1].isupper()
    ]


def _words(role: str) -> list[str]:
    return [squash(word) for word in re.findall(r"\w+", role)]


def _special_words(role: str) -> frozenset[str]:
    """Return the words that tell one job from another: “backend” of “Senior Backend Engineer”."""
    words = re.findall(r"\w+", role)
    return frozenset(_key(word) for word in words if not _LEVEL.match(word) and not ROLE_NOUN.fullmatch(word)) - {
        ""
    }


def _initials(role: str) -> set[str]:
    words = [word for word in _words(role) if word][:MAX_WORDS]
    return {
        "".join(word[0] for word in words[start:end])
        for start in range(len(words))
        for end in range(start + 2, len(words) + 1)
    }
