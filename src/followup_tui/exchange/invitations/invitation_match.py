"""Find the applications and stored interviews that an invitation or an address card belongs to.

It is found by email address, domain or company; where several fit, the user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from unicodedata import normalize

from followup_tui.domain.model.application import Application, Stage
from followup_tui.domain.model.details import ApplicationDetails
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.interview import Interview, instant, when_of
from followup_tui.domain.model.when import When
from followup_tui.exchange.invitations.domain_names import domain_label, squash
from followup_tui.exchange.invitations.event_fields import LEGAL_FORM, ROLE_NOUN, is_employer_domain
from followup_tui.exchange.invitations.invitation import Invitation, Zones
from followup_tui.exchange.invitations.invitation_guess import Guess
from followup_tui.exchange.invitations.invitation_rows import is_same_time
from followup_tui.exchange.invitations.invited_people import domain_of
from followup_tui.exchange.plan import StoredKey
from followup_tui.exchange.sheets.records import name_of

MIN_PREFIX = 4
"""Letters that a name must have to be taken for the beginning of a longer one."""
MAX_WORDS = 20
"""Words of a role whose initials are compared."""
_LEVEL = re.compile(
    r"(?i)^(?:senior|sr|junior|jr|staff|principal|lead|head|mid|entry|level|chief|i{1,3}|iv|\d|of|the"
    r"|and|für|und|de"
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


_FORM = re.compile(LEGAL_FORM.pattern, re.IGNORECASE)
"""A legal form as it may be typed: "acme ag"."""


@lru_cache(maxsize=10_000)
def _name(company: str) -> _Name:
    legal = ""
    found = list(_FORM.finditer(company))
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


MAX_NAMED = 5
"""Applications that a question about several names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationChoices:
    """What the user said about invitations: zones, the application they belong to, or company and role."""

    zones: Zones
    application_id: str = ""
    company: str = ""
    role: str = ""


class Target(NamedTuple):
    """The application that an event joins, or None for a new one; why, in words, and whether that is a guess."""

    application: Application | None
    why: str
    is_guess: bool


def choose_target(
    known: KnownEmployers, match: EmployerMatch, guess: Guess, choices: InvitationChoices, starts_at: datetime
) -> Target:
    """Return where an event belongs; `guess` is what the invitation is about, as read or as the user said.

    Raises `BadInput` if several open applications fit.
    """
    if choices.application_id:
        return Target(known.applications[choices.application_id], "as you said", False)
    live = [known.applications[id] for id in known.live(match.ids)]
    if choices.company and choices.role:
        live = [each for each in live if same_role(each.role, choices.role)]
    if not live:
        return _without_open(known, match, choices, starts_at)
    fitting = _fitting(live, guess.role)
    if len(fitting) > 1:
        named = ", ".join(map(name_of, fitting[:MAX_NAMED])) + (" and more" if len(fitting) > MAX_NAMED else "")
        raise BadInput(
            f"It could belong to {named}, or to a new one: say which with --for ID or --company and --role."
        )
    (one,) = fitting
    if choices.role or not guess.role or roles_agree(one.role, guess.role):
        return Target(one, f"by {match.by}", not match.is_certain)
    return Target(one, f"by {match.by}, though it is about “{guess.role}”", True)


def _fitting(live: Sequence[Application], role: str) -> Sequence[Application]:
    """Return those that fit best by role, all if none does."""
    if len(live) == 1 or not role:
        return live
    return (
        [each for each in live if same_role(each.role, role)]
        or [each for each in live if roles_agree(each.role, role)]
        or live
    )


def _without_open(
    known: KnownEmployers, match: EmployerMatch, choices: InvitationChoices, starts_at: datetime
) -> Target:
    closed = [known.applications[id] for id in match.ids]
    said = bool(choices.company and choices.role)
    if not closed or said:
        return Target(None, "", not said)
    if len(closed) == 1 and match.is_certain and starts_at < closed[0].stage_at:
        return Target(closed[0], f"by {match.by}", False)
    return Target(None, f"{name_of(closed[0])} is closed and stays so: --for {closed[0].number} reopens it.", True)


def dates_of_series(details: ApplicationDetails, uid: str) -> list[Interview]:
    """Return the interviews of single dates of a series that aren't cancelled."""
    return [each for each in details.interviews if not each.cancelled_at and each.event_uid.startswith(f"{uid};")]


def same_unnamed(details: ApplicationDetails, event: Invitation) -> list[Interview]:
    """Return the interviews typed by hand at the time of an event that aren't cancelled."""
    return [each for each in _typed(details.uncancelled) if is_same_time(each, event)]


def _typed(interviews: Iterable[Interview]) -> list[Interview]:
    """Return those that no invitation owns: typed by hand, or from a sheet."""
    return [each for each in interviews if not each.event_uid]


_MOVED = re.compile(
    r"(?i)\b(?:i|we|she|he|they)(?:['’]ve| have| had)? (?:(?:need|needed|have|had|want) to )?"
    r"(?:move|moved|reschedule|rescheduled|postpone|postponed|push|pushed) (?:our|your|the|this|it|back)\b"
    r"|\b(?:has|have|had|was|is) (?:now )?(?:been )?(?:moved|rescheduled|postponed|pushed)\b"
    r"|\b(?:verschoben|verlegt|umgebucht|reprogramad[ao]|aplazad[ao]|reportée?|déplacée?|spostat[ao]|verzet|verplaatst)\b"
)
_MOVED_TITLE = re.compile(
    r"(?i)^\W*(?:re-?scheduled|moved|new (?:time|date)|updated? invitation|neuer termin|verschoben)\b"
)


def same_round(details: ApplicationDetails, event: Invitation, now: datetime) -> Interview | None:
    """The stored interview that an invitation of a new identity is for, or None where it is for a further one.

    That is one at its time; one that was typed by hand or came from a sheet, and reads the same on the clock of
    another zone; or the only one of these that is ahead, if the invitation says that the interview was moved.
    """
    uncancelled = details.uncancelled
    at_its_time = (each for each in uncancelled if is_same_time(each, event))
    typed = _typed(uncancelled)
    clock = _clock(event.when)
    on_its_clock = (each for each in typed if each.time_known and _clock(when_of(each)) == clock)
    ahead = [each for each in typed if each.starts_at > now]
    says_moved = _MOVED_TITLE.search(event.title) or _MOVED.search(f"{event.description}\n{event.background}")
    moved = ahead if says_moved and len(ahead) == 1 else ()
    return next(chain(at_its_time, on_its_clock, moved), None)


def _clock(when: When) -> datetime | None:
    return when.at.replace(tzinfo=None) if when.at else None


def series_round(
    event: Invitation, known: KnownEmployers, details_of: Callable[[str], ApplicationDetails]
) -> tuple[ApplicationDetails, Interview] | None:
    """Return the interview of a series' first date, which is stored under another identity than the event's.

    An event of that date alone means the interview stored for the series; the series itself means one that was
    moved alone before.
    """
    series, _, moment = event.uid.partition(";")
    uid = series if moment else f"{series};{instant(event.when).astimezone(UTC).isoformat()}"
    found = known.with_event(uid)
    if found is None or (event.is_cancelled and not moment):
        return None
    details = details_of(found)
    interview = next(each for each in details.interviews if each.event_uid == uid)
    is_first = not moment or interview.starts_at.astimezone(UTC).isoformat() == moment
    return (details, interview) if is_first else None
