"""Who is invited: people, rooms, robots of scheduling tools and oneself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from followup_tui.domain.model.contact import Person
from followup_tui.domain.parsing.booking import people_in
from followup_tui.domain.parsing.people import read_people
from followup_tui.domain.parsing.person_parts import is_given_name
from followup_tui.domain.parsing.person_words import folded, is_job, is_job_title
from followup_tui.exchange.invitations.domain_names import name_in, squash
from followup_tui.exchange.invitations.event_fields import (
    LEGAL_FORM,
    MAILBOX,
    ROBOT,
    ROLE,
    SENDER_WORDS,
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
    strangers = [one for one in others if is_free_mail(domain_of(one.email))]
    text = f"{invitation.title}\n{invitation.description}"
    people = [
        one
        for one in others
        if _is_person(one)
        and not _is_other_guest(one, invitation, own_domains, len(strangers) > 1)
        and not _is_shop(one, text)
    ]
    names = (own.name, *(person_of(one.name, one.email).name for one in ours))
    return Invited(
        people=_with_told(
            [person_of(one.name, one.email) for one in people[:MAX_PEOPLE]],
            [one for one in _told_people(invitation) if folded(one.name) not in map(folded, names)],
            text,
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
    if not invitation.company:
        sender = invitation.organizer.name if invitation.organizer else ""
        via = [name["people"] for name in _VIA.finditer(sender) if is_given_name(name["people"].partition(" ")[0])]
        return list(dict.fromkeys(map(Person, (*via, *_named_people(invitation.description)))))
    lines = invitation.description.splitlines()
    told = [read_people(line.removeprefix("With ")).people for line in lines if line.startswith("With ")]
    return [people[0] for people in told if len(people) == 1]


_NAME = r"[A-ZÀ-Þ][\w'’-]+(?: (?:(?:van|von|de|der|den|da|di|le|la|el|bin) )*[A-ZÀ-Þ][\w'’-]+){1,2}"
_ADDRESS = (
    r"(?:(?:la|il|el|der|dem|den) (?=[DdSs](?:ott|ig)|Ing|Sra?|Frau|Herr))?"
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Professor|Dean|Sir|Fr|Rev|Sister|Herrn?|Frau|Mme|M(?=\.)|[Ss]ig(?:\.ra)?|Sra?"
    r"|[Dd]ott(?:\.ssa)?|Ing)\.? )*"
)
_ASIDE = r"(?: \([^()\n]*\)|, [\w ]{2,30}(?=,? and | und | et | y |;))?"
"""What somebody does, between two names of a list."""
_LIST = (
    rf"{_ADDRESS}{_NAME}"
    rf"(?:{_ASIDE}(?:, | ?[;&+/] ?|,? and | und | et | y | e | en ){_ADDRESS}{_NAME})*"
)
_TOLD = re.compile(
    r"(?m)(?:(?P<label>(?i:(?:^[^\w\n]*|(?<=[.!?;] ))(?:your |ihre? )?(?:interviewers?(?:\(s\))?"
    r"|interviewer(?:in|innen)|panel(?:lists?| chair| members?)?|assessors?|chair|hiring manager|meet|with|host"
    r"|gesprächspartner(?:in)?|ansprechpartner(?:in)?|intervieweurs?"
    r"|entrevistador(?:es|a)?|participants?|attendees|teilnehmende|teilnehmer(?:innen)?|participantes"
    r"|partecipanti|deelnemers)\s*:\s*))"
    r"|(?i:\b(?:with|w/|mit|avec|con|met|meet|meeting|panel (?:is|are)|joined by|interviewed by"
    r"|(?:te|le|la|lo) llamará|vous (?:rencontrerez|serez reçue? par)(?: également| aussi)?) )"
    r")"
    rf"(?P<people>{_LIST})"
)
_AGENDA = re.compile(
    r"(?m)^[ \t]*\d{1,2}[:.]\d\d\b[^\n]*?(?:[ ](?:[-–—]|(?i:with|mit|avec|con))|[^\W\d_]:)[ ]"
    rf"(?P<people>{_LIST})(?=[ \t]*(?:\(|,|$))"
)
"""A line of a schedule: "10:00 Coding - Lin Shao", "10:00 AM – 10:45 AM Coding: Lin Shao"."""
_VIA = re.compile(rf"(?P<people>{_NAME}) via [A-Z]\w+")
"""Whom a program writes for, by the name that it gives to its own address."""
_WHO_COMES = re.compile(
    rf"(?P<people>{_ADDRESS}{_NAME})(?: (?:from|of|von|de) [^\n.;:!?]{{2,40}}?|, [^\n.,;:!?]{{2,40}},)?"
    r" (?:will (?:meet|see|call|ring|interview|greet|speak)|wird (?:Sie|dich)"
    r"|vous (?:appellera|recevra|rencontrera)|ti chiamerà|la chiamerà|te llamará|le llamará)\b"
)
_ASK_FOR = re.compile(
    r"(?i:\b(?:ask for|report to|demandez|preguntar? por)):? (?P<people>(?:(?:Mr|Mrs|Ms|Dr)\.? )?"
    r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)(?= at |[.,;]|\s*$)"
)
"""Whom one asks for at the door, often by the given name alone."""
_BETWEEN = re.compile(rf"{_ASIDE}(?:,? (?:and|und|et|y|e|en) |, | ?[;&+/] ?)")


def _named_people(text: str) -> list[str]:
    """Return the names of people whom a text says one will meet: behind "interviewer:", "with", in an agenda."""
    found = [found for pattern in (_TOLD, _WHO_COMES, _ASK_FOR) for found in pattern.finditer(text)]
    agenda = [one["people"] for one in _AGENDA.finditer(text)]
    named = [(one["people"], bool(one.groupdict().get("label")) or _has_job(one)) for one in found]
    # Of a schedule with a name that is known to be one the other lines name people, too.
    is_sure = any(_each_named(people, is_sure=False) for people in agenda)
    named += [(people, is_sure) for people in agenda]
    return list(dict.fromkeys(name for people, is_sure in named for name in _each_named(people, is_sure=is_sure)))


def _has_job(found: re.Match[str]) -> bool:
    """Whether the job of a single person is in brackets behind the name: "with Hana Mori (Head of CS)"."""
    if _BETWEEN.search(found["people"]):
        return False
    aside = re.match(r" \(([^()\n]{2,40})\)", found.string[found.end() :])
    return aside is not None and bool(ROLE.search(aside[1]) or SENDER_WORDS.search(aside[1]) or is_job(aside[1]))


def _each_named(people: str, *, is_sure: bool) -> list[str]:
    """Return the names of a list: where one is known, the others are people too, unless a comma divides them.

    Where it is sure that people are named, all are who are no office.
    """
    said = [one.partition(",")[0] for one in people.split("; ")] if ";" in people else _BETWEEN.split(people)
    bare = [re.sub(f"^{_ADDRESS}", "", one) for one in said]
    known = [name != one or is_given_name(name.partition(" ")[0]) for one, name in zip(said, bare, strict=True)]
    is_list = is_sure or (any(known) and ("," not in people or ";" in people))
    return [
        name for name, is_known in zip(bare, known, strict=True) if is_known or (is_list and not _is_office(name))
    ]


def _is_office(name: str) -> bool:
    """Whether a text behind a name is a department, a role or an employer: "Human Resources", "Acme LLP"."""
    return bool(SENDER_WORDS.search(name) or ROLE.search(name) or is_job_title(name) or LEGAL_FORM.search(name))


def _with_told(invited: Sequence[Person], told: Sequence[Person], text: str) -> tuple[Person, ...]:
    """Return those who are invited and those whom the text names, nobody twice.

    An address without a name gets that of the text which it is made of: "wen@" of Wen Li, "pvenn@" of Paula Venn.
    """
    said = (found[0] for found in re.finditer(_NAME, text))
    written = [name for one in said for name in (one, one.partition(" ")[2]) if " " in name]  # "Sie Hans Weiler"
    named = [one if one.name else replace(one, name=_name_of(one.email, written)) for one in invited]
    names = {folded(one.name) for one in named}
    return (*named, *(one for one in told if folded(one.name) not in names))


def _name_of(email: str, written: Sequence[str]) -> str:
    """Return the only name that the part before the @ is made of, or an empty text."""
    local = re.sub(r"[^a-z]", "", folded(email.partition("@")[0].partition("+")[0]))
    found = [name for name in written if local in _made_of(name)]
    return found[0] if found and all(name in found[0] for name in found) else ""


def _made_of(name: str) -> set[str]:
    first, *_, last = (re.sub(r"[^a-z]", "", folded(word)) for word in name.split())
    return {first, last, first + last, last + first, first[:1] + last, last + first[:1], first + last[:1]}


def _is_other_guest(one: Attendee, invitation: Invitation, own_domains: set[str], are_several: bool) -> bool:
    """Whether somebody is another candidate of a group: at one's own mail service, invited by an employer.

    So is one of several whom the text doesn't name at services that everybody can have.
    """
    name, domain = person_of(one.name, one.email).name, domain_of(one.email)
    is_unnamed = not name or name not in f"{invitation.title}\n{invitation.description}"
    is_stranger = are_several and is_free_mail(domain) and is_unnamed
    organizer = invitation.organizer
    return (
        organizer is not None
        and one.email != organizer.email
        and is_employer_domain(domain_of(organizer.email))
        and domain_of(organizer.email) not in own_domains
        and (domain in own_domains or is_stranger)
    )


def domain_of(email: str) -> str:
    """Return the domain of an email address in lower case."""
    return email.rpartition("@")[2].casefold()


def person_of(name: str, email: str) -> Person:
    """Return a person by the name and address of an invitation or a card; the name can be the address again.

    The employer behind a name is no title: "Weber, Anna (Adler GmbH)" at adler.example.
    """
    if "@" in name or name.casefold() == "me":
        return Person("", email)
    read = read_people(name).people
    if len(read) == 1 and read[0].name:
        is_employer = folded(read[0].title).split(" ")[0] in domain_of(email).split(".")
        return replace(read[0], email=email, title="" if is_employer else read[0].title)
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
    if ROBOT.fullmatch(local) or _is_mailbox(local) or _is_desk(one.name, one.email):
        return False
    domain = domain_of(one.email)
    return is_employer_domain(domain) or is_free_mail(domain)


def _is_mailbox(local: str) -> bool:
    """Whether many people read an address: "jobs@", and "parcelway-hiring@" with the name of the employer."""
    return any(map(MAILBOX.fullmatch, (local, *re.split(r"[._-]", local)[1:])))


def _is_shop(one: Attendee, text: str) -> bool:
    """Whether an address that anybody can have spells a shop of the text: "saltbistro@gmail.com"."""
    if person_of(one.name, one.email).name or not is_free_mail(domain_of(one.email)):
        return False
    label = squash(re.split(r"[._+-]", one.email.partition("@")[0])[0])
    first = name_in(text, label).partition(" ")[0]
    return bool(first) and squash(first) != label and not is_given_name(first)


def _is_desk(name: str, email: str) -> bool:
    """Whether a name is the employer's, or has the words of a department and nobody's: "Dept. of Economics"."""
    bare = re.sub(r"\([^()]*\)", "", name)  # "Ng, Wei (Talent)"
    words = [word.strip(".") for word in bare.split()]
    if not words or any(map(is_given_name, words)):
        return False
    employer = domain_of(email).split(".")[0].replace("-", "")
    if len(words) > 1 and folded(words[0]) == employer:
        return True  # "Adler Cafés", adlercafes@adler.example
    squashed = {folded(word) for word in (*words, "".join(words))}
    if employer in squashed:  # "HireBot", "Gemeente Waterdam"; and not Wen Adler, wen@adler.example
        local = re.split(r"[._+-]", folded(email.partition("@")[0]))
        return not any(part and word.startswith(part) for part in local for word in squashed)
    return len(words) > 1 and bool(SENDER_WORDS.search(bare))


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
    # Of a program's domain that is no known one, only what follows those of people counts.
    domains = [domain_of(one.email) for one in sorted(others, key=lambda one: not _is_person(one))]
    return tuple(
        dict.fromkeys(domain for domain in domains if is_employer_domain(domain) and domain not in own_domains)
    )
