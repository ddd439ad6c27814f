"""The properties of an event, and the words of invitations: interviews, roles, mailboxes and mail domains."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, timedelta
from html import unescape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.legal_forms import legal_form
from followup_tui.domain.model.mail_account import is_mail_address
from followup_tui.domain.model.text import clean_block, clean_line
from followup_tui.domain.parsing.day_context import FIRST_YEAR, LAST_YEAR
from followup_tui.domain.parsing.interview_words import any_of, interview_word, role_word, words

if TYPE_CHECKING:  # sheets are read with these words, too, and have no events
    import icalendar

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
_JOINING = (word for name in ("at", "with", "for") for word in words(name))
PREPOSITION = re.compile(rf"(?i)(?<![\w-])({'|'.join(map(re.escape, _JOINING))})(?![\w)-])\s*")

LEGAL_FORM = legal_form()
"""A legal form behind the name of an employer."""

SENDER_WORDS = re.compile(rf"(?i)(?<!\w)(?:{_any('sender_words')})(?!\w)")
"""What is next to the employer in the name of a mailbox."""

ROBOT = re.compile(rf"(?i)(?:{_any('robots')})\d*")
"""The part before the @ of an address that belongs to a program."""

MAILBOX = re.compile(rf"(?i)(?:{_any('mailboxes')})(?:[._-]?team)?\d*")
"""The part before the @ of an address that many people read."""

_FREE_NAMES = frozenset(["gmail", "googlemail", "hotmail", "yahoo", "ymail", "gmx", "icloud", "protonmail"])
"""Services that have such mail under the endings of many countries."""
_FREE_MAIL, _SCHEDULERS = frozenset(_WORDS["free_mail"]), frozenset(_WORDS["schedulers"])


PROGRAMS = frozenset(domain.split(".")[-2].replace("-", "") for domain in _SCHEDULERS)
"""How programs that invite are called: "calendly"."""

_SURE_PROGRAMS = frozenset(name for name in PROGRAMS if len(name) > 6) - {
    "linkedin",
    "microsoft",
    "hubspot",
    "rippling",
}
"""Those that invite under the endings of many countries, and whose name no other employer has."""


def is_free_mail(domain: str) -> bool:
    """Whether anybody can have an address of a domain."""
    return domain in _FREE_MAIL or domain.partition(".")[0] in _FREE_NAMES


def is_employer_domain(domain: str) -> bool:
    """Whether a domain, in lower case, can be an employer's."""
    parts = domain.split(".")
    ends = {".".join(parts[start:]) for start in range(len(parts) - 1)}
    is_program = len(parts) > 1 and parts[-2].replace("-", "") in _SURE_PROGRAMS
    return bool(ends) and not is_program and not ends & (_FREE_MAIL | _SCHEDULERS) and not is_free_mail(domain)


MAX_DESCRIPTION = 20_000
"""Characters of a description that are read."""


class EventFields(NamedTuple):
    """The properties of an event: texts by name, as they stand in the file, and what icalendar read."""

    texts: dict[str, list[str]]
    parsed: icalendar.Event


class Attendee(NamedTuple):
    """Who is invited: the name as the invitation has it, and the parameters that tell people from rooms."""

    name: str
    email: str
    kind: str = ""
    role: str = ""
    answer: str = ""


def properties(event: EventFields, name: str) -> list[Any]:
    """Return all properties of a name that have parameters."""
    value = event.parsed.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def first_property(event: EventFields, name: str) -> Any:
    """Return the first property of a name that has parameters, or None."""
    return next(iter(properties(event, name)), None)


def line_of(event: EventFields, name: str) -> str:
    """Return a text on one line, cleaned. Raises `BadInput` if it is too long."""
    lines = unescaped(next(iter(event.texts.get(name, ())), "")).splitlines()
    return clean_line(", ".join(filter(None, map(str.strip, lines))), name.casefold()).text


def lasts_days(event: EventFields, start: date) -> bool:
    """Whether an event without hours takes more than its first day."""
    try:
        end = getattr(first_property(event, "DTEND"), "dt", None)
    except ValueError:
        return False
    return isinstance(end, date) and not isinstance(end, datetime) and end > start + timedelta(days=1)


def sequence_of(event: EventFields) -> int:
    """Return which revision of the event this is, 0 without one; as large as the database can hold."""
    digits = line_of(event, "SEQUENCE")
    return min(int(digits), 2**31 - 1) if digits.isascii() and digits.isdigit() and len(digits) < 20 else 0


def revised_at(event: EventFields, method: str) -> datetime | None:
    """Return when the event was revised: in an export of a calendar, DTSTAMP is when it was exported."""
    names = ("DTSTAMP",) if method not in ("", "PUBLISH") else ("LAST-MODIFIED", "DTSTAMP")
    for name in names:
        try:
            found = getattr(first_property(event, name), "dt", None)
        except ValueError:
            continue
        if isinstance(found, datetime) and FIRST_YEAR <= found.year <= LAST_YEAR:
            return found.astimezone(UTC) if found.tzinfo is not None else found.replace(tzinfo=UTC)
    return None


def duration_of(value: object) -> timedelta:
    """Return the length of an event. Raises `BadInput` if it is none."""
    try:
        found = getattr(value, "dt", None)
    except ValueError:
        found = None
    if not isinstance(found, timedelta) or not timedelta() <= found <= timedelta(days=31):
        raise BadInput("The event has no length that can be read.")
    return found


def description_of(event: EventFields) -> str:
    """Return what the event is about: its text, or else that of its page."""
    text = unescaped(next(iter(event.texts.get("DESCRIPTION", ())), "")[: 2 * MAX_DESCRIPTION])
    if not text.strip():
        text = plain_text(unescaped(next(iter(event.texts.get("X-ALT-DESC", ())), "")[: 2 * MAX_DESCRIPTION]))
    return clean_block(text[:MAX_DESCRIPTION], "description").text


def plain_text(html: str) -> str:
    """Return the text of a page, a line for each paragraph."""
    without_style = re.sub(r"(?is)<(style|script|head)\b[^<]*(?:<(?!/\1)[^<]*)*</\1\s*>", " ", html)
    broken = re.sub(r"(?i)<(?:br|/p|/div|/tr|/li|/h\d)\b[^<>]*>", "\n", without_style)
    return unescape(re.sub(r"<[^<>]*>", "", broken))


def unescaped(text: str) -> str:
    """Return a text without the backslashes that protect it in a file."""
    if "\\" not in text:
        return text
    return re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], text)


def call_links(event: EventFields) -> tuple[str, ...]:
    """Return the addresses of the properties that are for calls alone."""
    found = [
        unescaped(value)
        for name in (
            "X-GOOGLE-CONFERENCE",
            "X-MICROSOFT-SKYPETEAMSMEETINGURL",
            "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
            "CONFERENCE",
        )
        for value in event.texts.get(name, ())[:10]
    ]
    return tuple(clean_line(each, "link").text for each in found if each)


def attendee_of(value: object) -> Attendee | None:
    """Return who is invited, or None for one without an email address."""
    address = str(value).strip()
    params = getattr(value, "params", {})
    scheme, _, email = address.rpartition(":")
    if scheme.casefold() not in ("mailto", "") or not is_mail_address(email.strip()):
        email = str(params.get("EMAIL", ""))
    email = email.strip()
    if not is_mail_address(email):
        return None

    def param(name: str) -> str:
        return str(params.get(name, "")).upper()

    name = clean_line(str(params.get("CN", "")), "name").text.strip(" \"'")
    return Attendee(name, email, param("CUTYPE"), param("ROLE"), param("PARTSTAT"))
