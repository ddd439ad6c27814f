"""Who is invited and how one meets: people, rooms, robots of scheduling tools and oneself; the call, the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.interview import InterviewKind
from followup_tui.domain.parsing.booking import people_in
from followup_tui.domain.parsing.people import read_people
from followup_tui.domain.parsing.person_parts import is_given_name
from followup_tui.exchange.invitations.event_fields import (
    MAILBOX,
    ROBOT,
    Attendee,
    is_employer_domain,
    is_free_mail,
)
from followup_tui.exchange.invitations.invitation import Invitation

MAX_PEOPLE = 30
"""Interviewers that are taken from one invitation; with more it is a town hall."""

_ROOM_KINDS = frozenset({"ROOM", "RESOURCE"})


class Own(NamedTuple):
    """Oneself: the email addresses, and the name as it stands below letters, or an empty text."""

    addresses: frozenset[str] = frozenset()
    name: str = ""


class Invited(NamedTuple):
    """Who is invited: people to meet, names of rooms, the domains of the employer, likeliest first.

    `own_names` are the user's names as the invitation has them; `guessed` is the address that was taken for the
    user's, or empty if it was known.
    """

    people: tuple[Person, ...]
    rooms: tuple[str, ...]
    domains: tuple[str, ...]
    own_names: tuple[str, ...]
    sender_names: tuple[str, ...]
    guessed: str
    left_out: int


def own_address(text: str) -> str:
    """Return an email address as it is compared: case and what follows a plus don't count, nor do Gmail's dots."""
    local, _, domain = text.strip().casefold().partition("@")
    local = local.partition("+")[0]
    if domain in ("gmail.com", "googlemail.com"):
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"


def invited_to(invitation: Invitation, own: Own) -> Invited:
    """Return who is invited, each person once, the organizer first."""
    everybody = _each_once([invitation.organizer, *invitation.attendees])
    rooms = tuple(one.name or one.email for one in everybody if _is_room(one))
    humans = [one for one in everybody if not _is_room(one)]
    others = [one for one in humans if not _is_own(one, own)]
    ours = [one for one in humans if _is_own(one, own)]
    guessed = None if ours else _likely_own(invitation, others)
    if guessed is not None:
        others.remove(guessed)
        ours = [guessed]
    own_domains = {domain_of(one.email) for one in ours}
    people = [one for one in others if _is_person(one)]
    names = (own.name, *(person_of(one.name, one.email).name for one in ours))
    return Invited(
        people=_with_told(
            [person_of(one.name, one.email) for one in people[:MAX_PEOPLE]], _told_people(invitation)
        ),
        rooms=rooms,
        domains=_employer_domains(others, own_domains),
        own_names=tuple(
            name for name in dict.fromkeys((*names, *(_told_name(one.email) for one in ours))) if name
        ),
        sender_names=tuple(one.name for one in others if one.name and not _is_person(one)),
        guessed=guessed.email if guessed else "",
        left_out=max(0, len(people) - MAX_PEOPLE),
    )


def _told_name(email: str) -> str:
    """Return the name that an address tells, as in “Jo Doe” of jo.doe@mail.example, or an empty text."""
    words = re.split(r"[._-]", email.partition("@")[0].partition("+")[0])
    return " ".join(words) if len(words) > 1 and all(word.isalpha() for word in words) else ""


def _told_people(invitation: Invitation) -> list[Person]:
    """Return the people whom an export of ours names, a line each: "With Dana Ruiz, CTO, dana@acme.example"."""
    if invitation.is_prose:
        said = read_people(people_in(invitation.description, "")).people
        return [one for one in said if one.title or is_given_name(one.name.partition(" ")[0])]
    lines = invitation.description.splitlines() if invitation.company else []
    told = [read_people(line.removeprefix("With ")).people for line in lines if line.startswith("With ")]
    return [people[0] for people in told if len(people) == 1]


def _with_told(invited: Sequence[Person], told: Sequence[Person]) -> tuple[Person, ...]:
    """Return those who are invited and those whom the text names, nobody twice."""
    names = {one.name for one in invited}
    return (*invited, *(one for one in told if one.name not in names))


def domain_of(email: str) -> str:
    """Return the domain of an email address in lower case."""
    return email.rpartition("@")[2].casefold()


def person_of(name: str, email: str) -> Person:
    """Return a person by the name and address of an invitation or a card; the name can be the address again."""
    if "@" in name or name.casefold() == "me":
        return Person("", email)
    read = read_people(name).people
    if len(read) == 1 and read[0].name:
        return replace(read[0], email=email)
    return Person(" ".join(name.split()), email)


def _each_once(attendees: Iterable[Attendee | None]) -> list[Attendee]:
    """Return everybody once; what the attendee's own line says about the organizer counts."""
    found: dict[str, Attendee] = {}
    for one in attendees:
        if one is None:
            continue
        known = found.get(one.email.casefold())
        name = (
            (known.name if known and not person_of(one.name, one.email).name else one.name) if known else one.name
        )
        found[one.email.casefold()] = one._replace(name=name)
    return list(found.values())


def _is_room(one: Attendee) -> bool:
    return one.kind in _ROOM_KINDS or domain_of(one.email) == "resource.calendar.google.com"


def _is_own(one: Attendee, own: Own) -> bool:
    if own_address(one.email) in own.addresses:
        return True
    return bool(own.name) and person_of(one.name, one.email).name.casefold() == own.name.casefold()


def _is_person(one: Attendee) -> bool:
    """Whether somebody may be thanked: no robot, no mailbox of many, and nobody who declined."""
    local = one.email.partition("@")[0]
    if one.kind == "GROUP" or one.role == "NON-PARTICIPANT" or one.answer == "DECLINED":
        return False
    if ROBOT.fullmatch(local) or MAILBOX.fullmatch(local):
        return False
    domain = domain_of(one.email)
    return is_employer_domain(domain) or is_free_mail(domain)


def _likely_own(invitation: Invitation, others: list[Attendee]) -> Attendee | None:
    """Return who is most likely oneself where no address is known: the only guest from elsewhere."""
    organizer = invitation.organizer
    home = domain_of(organizer.email) if organizer else ""
    if not is_employer_domain(home):
        domains = [domain_of(one.email) for one in others if is_employer_domain(domain_of(one.email))]
        home = max(domains, key=domains.count, default="") if len(domains) > 1 else ""
    guests = [
        one
        for one in others
        if _is_person(one) and domain_of(one.email) != home and (organizer is None or one.email != organizer.email)
    ]
    if len(guests) > 1:
        guests = [one for one in guests if is_free_mail(domain_of(one.email))]
    return guests[0] if len(guests) == 1 and (home or organizer) else None


def _employer_domains(others: Iterable[Attendee], own_domains: set[str]) -> tuple[str, ...]:
    domains = [domain_of(one.email) for one in others]
    return tuple(
        dict.fromkeys(domain for domain in domains if is_employer_domain(domain) and domain not in own_domains)
    )


_URL = re.compile(r"https?://[^\s<>\"'|\\^`{}\[\]]+", re.IGNORECASE)
_CALLS = re.compile(
    r"""(?ix)^https?://(?:[\w-]+\.)*(?:
        zoom(?:gov)?\.(?:us|com)(?:/[\w-]+)*/(?:j|my|w|s|wc)/
      | teams\.microsoft\.(?:com|us)/(?:l/meetup-join|meet|meetup-join|dl/launcher)
      | teams\.live\.com/(?:l/meetup-join|meet)
      | meet\.google\.com/(?:lookup/)?[a-z]
      | hangouts\.google\.com/|g\.co/meet/
      | webex\.com/(?!webappng/sites/[^/]+/dashboard)\S
      | meet\.jit\.si/|8x8\.vc/|whereby\.com/|meet\.goto\.com/|gotomeet(?:ing)?\.(?:me|com)/
      | bluejeans\.com/|chime\.aws/|join\.skype\.com/|around\.co/r/|v\.ringcentral\.com/
      | meetings?\.(?:dialpad|ringcentral|vonage)\.com/|lifesizecloud\.com/|livestorm\.co/
      | (?:app\.)?gather\.town/|meeting\.tencent\.com/|vc\.feishu\.cn/j/|meet\.proton\.me/
      | calendly\.com/events/[\w-]+/(?:google_meet|zoom|microsoft_teams|webex|gotomeeting)
    )""",
)
_NO_CALL = re.compile(r"(?i)meetingoptions|/u/[a-z]|/recording|dialin\.teams|support\.|aka\.ms|/pstn")
_BEFORE_LINK = re.compile(
    r"(?i)(?:join|video|meeting link|call link|conference|dial in|einwähl|teilnehmen|rejoindre|visio|unirse"
    r"|videollamada|partecip|deelnemen)[^\n]{0,60}$"
)
_ONLINE = re.compile(
    r"(?ix)\b(?:(?:microsoft\s+)?teams(?:[\s-]*(?:meeting|besprechung))?|google\s*meet|hangouts?|zoom(?:[\s-]*(?:meeting"
    r"|call|video\w*|web\s+conference))?|(?:cisco\s+)?web-?ex|video[\s-]*(?:call|chat|conference|interview|konferenz|anruf)?"
    r"|visio(?:conf[ée]rence)?|videollamada|videochiamata|online|remote|virtual|virtuell|skype|besprechung|meeting|r[ée]uni[oó]n|riunione|vergadering|de|di|van|su|en|op|auf|sur"
    r"|web\s+conference|link|see|below|in|the|description|invite|via|by|per|über|on)\b|[\s.,;:()/|-]"
)
_PHONE = re.compile(
    r"(?i)\b(?:phone|telephone|tel|call(?:s|ing)?|dial|telefon\w*|anruf|t[ée]l[ée]phone|tel[ée]fono|telefonisch)\b"
)
_NUMBER = re.compile(r"^(?:tel:)?\+?\(?\d[\d\s()./-]{6,25}\d$")
_ONSITE = re.compile(
    r"(?i)\b(?:on-?site|in[\s-]person|vor ort|sur place|presencial|in presenza|op locatie|office)\b"
)
_UNKNOWN = re.compile(r"(?i)^(?:tb[adc]|to be (?:announced|confirmed|determined|decided)|n/?a|none|-+|\?+)\W*$")


class Meeting(NamedTuple):
    """How one meets; texts are empty and `kind` is None where the invitation doesn't tell."""

    kind: InterviewKind | None
    place: str
    link: str


def meeting_of(invitation: Invitation, rooms: Iterable[str]) -> Meeting:
    """Return how one meets; `rooms` are the names of the rooms that were invited."""
    link = _call_link(invitation)
    place = _place(invitation.location, link)
    if not place and not link:
        place = next(iter(rooms), "")
    return Meeting(_kind(invitation, place, link), place, link)


def _kind(invitation: Invitation, place: str, link: str) -> InterviewKind | None:
    if _is_phone(place) and not link:
        return InterviewKind.PHONE
    says_onsite = bool(_ONSITE.search(invitation.title))
    if link:
        return InterviewKind.VIDEO if not place else InterviewKind.ONSITE if says_onsite else None
    if place:
        return InterviewKind.ONSITE
    if _PHONE.search(invitation.title):
        return InterviewKind.PHONE
    if invitation.location and not _UNKNOWN.match(invitation.location):
        return InterviewKind.VIDEO
    return InterviewKind.ONSITE if says_onsite else None


_EMPTY_BRACKETS = re.compile(r"\(\s*\)")


def _is_phone(place: str) -> bool:
    return bool(_PHONE.search(place) or _NUMBER.match(place))


def _place(location: str, link: str) -> str:
    """Return where one goes, or the number one is called at; the name of a program is no place."""
    text = re.sub(r"\s{2,}", " ", _EMPTY_BRACKETS.sub("", _URL.sub("", location))).strip(" ,;|-–<>")
    if _UNKNOWN.match(text) or not _ONLINE.sub("", text):
        return ""
    return text


def _call_link(invitation: Invitation) -> str:
    """Return the link of the call: what stands in the place for it first, then what looks like one anywhere."""
    texts = (
        invitation.location,
        *invitation.links,
        invitation.url,
        invitation.description,
        invitation.background,
    )
    for text in texts:
        for url in links_in(text):
            if _CALLS.match(url) and not _NO_CALL.search(url):
                return url
    for text in (*invitation.links, invitation.location):
        for url in links_in(text):
            return url
    for found in _URL.finditer(invitation.description):
        before = invitation.description[max(0, found.start() - 80) : found.start()]
        if _BEFORE_LINK.search(before) and not _NO_CALL.search(found[0]):
            return _unwrapped(found[0])
    return ""


def links_in(text: str) -> list[str]:
    """Return the web links in a text, without the wrappers that mail filters put around them."""
    return [_unwrapped(found) for found in _URL.findall(text)]


def _unwrapped(url: str) -> str:
    url = url.rstrip(".,;:!?")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return url
    if host.endswith(".safelinks.protection.outlook.com") or (
        host in ("www.google.com", "google.com") and parts.path == "/url"
    ):
        query = parse_qs(parts.query)
        inside = (query.get("url") or query.get("q") or [""])[0]
        return inside if _URL.fullmatch(inside) else url
    if host.startswith("urldefense"):
        defended = re.search(r"/v3/__(https?:.+?)__;", url)
        return unquote(defended[1]) if defended else url
    return url
