"""Who is invited: people, rooms, robots of scheduling tools and oneself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from followup_tui.domain.model.contact import Person
from followup_tui.domain.parsing.booking import people_in, quoted_sender
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
from followup_tui.exchange.invitations.invitation_text import page_text
from followup_tui.exchange.invitations.told_people import NAME, named_people, people_in_title

MAX_PEOPLE = 30
"""Interviewers that are taken from one invitation; with more it is a town hall."""

_ROOM = re.compile(
    r"(?i)\b(?:(?:conf(?:erence)?|meeting|board|interview)[ -]?)?(?:room|raum|saal|zimmer|salle|sala|kamer)\b"
)
_BEFORE_SHOPS = ("from", "at", "bei", "chez", "bij", "presso", "-", "–", "@", "- The", "– The", "at the", "at The")
_COORDINATOR = re.compile(
    r"(?i)[\s,|(–-]+(?:your |our )?(?:(?:senior|lead|recruit\w+|talent|interview|scheduling"
    r"|candidate experience|hr|people)[\s&]+){0,3}"
    r"(?:coordinator|scheduler|koordinator(?:in)?|coordinat(?:rice|eur))\b"
)
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
    names = [
        own.name,
        *(person_of(one.name, one.email).name for one in ours),
        *(_told_name(one.email) for one in ours),
    ]
    own_names = tuple(name for name in dict.fromkeys(names) if name)
    others = [
        one for one in others if person_of(one.name, one.email).name.casefold() not in map(str.casefold, own_names)
    ]
    own_domains = {domain_of(one.email) for one in ours}
    strangers = [one for one in others if is_free_mail(domain_of(one.email))]
    text = f"{invitation.title}\n{page_text(invitation.description)}"
    people = [
        one
        for one in others
        if _is_person(one)
        and not _is_other_guest(one, invitation, own_domains, len(strangers) > 1)
        and not _is_shop(one, text)
    ]
    people = [one for one in people if not _coordinates(one, text)] or people
    return Invited(
        people=_with_told(
            [person_of(one.name, one.email) for one in people[:MAX_PEOPLE]],
            [one for one in _told_people(invitation) if not _is_part_of(one.name, own_names)],
            text,
        ),
        rooms=rooms,
        domains=_employer_domains(others, own_domains),
        own_names=own_names,
        sender_names=tuple(
            one.name for one in others if one.name and (not _is_person(one) or _is_shop(one, text))
        ),
        guessed=guessed.email if guessed else "",
        left_out=max(0, len(people) - MAX_PEOPLE),
    )


def _told_name(email: str) -> str:
    """Return the name that an address tells, as in “Jo Doe” of jo.doe@mail.example, or an empty text."""
    words = re.split(r"[._-]", email.partition("@")[0].partition("+")[0])
    return " ".join(words).title() if len(words) > 1 and all(word.isalpha() for word in words) else ""


def _is_part_of(name: str, names: Iterable[str]) -> bool:
    """Whether all words of a name are one of these: "Lake" of "Robin Lake"."""
    return any(set(folded(name).split()) <= set(folded(one).split()) for one in names)


def _told_people(invitation: Invitation) -> list[Person]:
    """Return the people whom an export of ours names, a line each: "With Dana Ruiz, CTO, dana@acme.example"."""
    if invitation.is_prose:
        said = read_people(people_in(invitation.description, "")).people
        return [one for one in said if one.title or is_given_name(one.name.partition(" ")[0])]
    if not invitation.company:
        sender = invitation.organizer.name if invitation.organizer else ""
        via = [name["people"] for name in _VIA.finditer(sender) if is_given_name(name["people"].partition(" ")[0])]
        quoted = Person(*quoted_sender(invitation.description))
        known = {one.name for one in (invitation.organizer, *invitation.attendees, quoted) if one and one.name}
        in_text = named_people(page_text(invitation.description), known)
        named = map(Person, (*via, *people_in_title(invitation.title, known), *in_text))
        return list(dict.fromkeys((*([quoted] if quoted.email else []), *named)))
    lines = invitation.description.splitlines()
    told = [read_people(line.removeprefix("With ")).people for line in lines if line.startswith("With ")]
    return [people[0] for people in told if len(people) == 1]


_VIA = re.compile(rf"(?P<people>{NAME}) via [A-Z]\w+")
"""Whom a program writes for, by the name that it gives to its own address."""


def _with_told(invited: Sequence[Person], told: Sequence[Person], text: str) -> tuple[Person, ...]:
    """Return those who are invited and those whom the text names, nobody twice.

    An address without a name gets that of the text which it is made of: "wen@" of Wen Li, "pvenn@" of Paula Venn.
    """
    written = [*_written_names(text), *(one.name for one in told if one.name)]
    named = [
        one
        if re.search(r" \w{2}", one.name)
        else replace(one, name=_name_of(one.email, written, one.name) or one.name)
        for one in invited
    ]
    for one in told:
        if not _is_part_of(one.name, [known.name for known in named]):
            named.append(one)
    return tuple(named)


def _written_names(text: str) -> list[str]:
    """Return what may be names in a text, without their first word, too: "Sie Hans Weiler"."""
    found = re.findall(NAME, text)
    return [name for one in found for name in (one, one.partition(" ")[2]) if " " in name]


def _name_of(email: str, written: Sequence[str], known: str) -> str:
    """Return the only name that the part before the @ is made of, with what is known of it, or an empty text."""
    local = re.sub(r"[^a-z]", "", folded(email.partition("@")[0].partition("+")[0]))
    found = [name for name in written if known in name and any(_is_alike(local, one) for one in _made_of(name))]
    return found[0] if found and all(name in found[0] for name in found) else ""


def _is_alike(local: str, made: str) -> bool:
    """Whether an address is made so, or but for the last letter: "j.vesely" of Jitka Veselá."""
    return local == made or (len(made) > 6 and local[:-1] == made[:-1])


def _made_of(name: str) -> set[str]:
    words = [re.sub(r"[^a-z]", "", folded(word)) for word in name.split()]
    first, last = words[0], words[-1]
    return {first, last, first + last, last + first, first[:1] + last, last + first[:1], first + last[:1]} - {""}


def _is_other_guest(one: Attendee, invitation: Invitation, own_domains: set[str], are_several: bool) -> bool:
    """Whether somebody is another candidate of a group: at one's own mail service, invited by an employer.

    So is one of several whom the text doesn't name at services that everybody can have.
    """
    name, domain = person_of(one.name, one.email).name, domain_of(one.email)
    text = f"{invitation.title}\n{page_text(invitation.description)}"
    is_unnamed = (name or _name_of(one.email, _written_names(text), "") or "\0") not in text
    is_stranger = (are_several or not name) and is_free_mail(domain) and is_unnamed
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


@lru_cache(maxsize=2_000)
def person_of(name: str, email: str) -> Person:
    """Return a person by the name and address of an invitation or a card; the name can be the address again.

    The employer behind a name is no title: "Weber, Anna (Adler GmbH)" at adler.example.
    """
    if re.search(r"\S@\S", name) or name.casefold() == "me":
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
    """Whether a room is invited: by its kind or domain, or a name such as "Room Blue" and "HQ-3F"."""
    if one.kind in _ROOM_KINDS or domain_of(one.email).startswith("resource."):
        return True
    is_named = "@" not in one.name and bool(_ROOM.search(one.name) or re.search(r"\d", one.name))
    return is_named and not is_given_name(one.name.split()[0])


def _is_own(one: Attendee, own: Own) -> bool:
    if own_address(one.email) in own.addresses:
        return True
    return bool(own.name) and person_of(one.name, one.email).name.casefold() == own.name.casefold()


@lru_cache(maxsize=2_000)
def _is_person(one: Attendee) -> bool:
    """Whether somebody may be thanked: no robot, no mailbox of many, and nobody who declined."""
    local = one.email.partition("@")[0]
    if one.kind == "GROUP" or one.role == "NON-PARTICIPANT" or one.answer == "DECLINED":
        return False
    if (
        ROBOT.fullmatch(local)
        or _is_mailbox(local, is_named=bool(person_of(one.name, one.email).name))
        or _is_desk(one.name, one.email)
    ):
        return False
    domain = domain_of(one.email)
    return is_employer_domain(domain) or is_free_mail(domain)


def _coordinates(one: Attendee, text: str) -> bool:
    """Whether somebody only arranges interviews: "Mia Tran, Recruiting Coordinator"."""
    name = person_of(one.name, one.email).name
    beside = (text[found.end() :][:60] for found in re.finditer(re.escape(name), text)) if name else ()
    return any(map(_COORDINATOR.match, (re.sub(r"^.*?(?=[(,|])", "", one.name), *beside)))


def _is_mailbox(local: str, *, is_named: bool) -> bool:
    """Whether many people read an address: "jobs@", "parcelway-hiring@", and "hiring-oslo@" without a name."""
    first, *others = re.split(r"[._-]", local)
    return any(map(MAILBOX.fullmatch, (local, *others, *([] if is_named else [first]))))


def _is_shop(one: Attendee, text: str) -> bool:
    """Whether an address that anybody can have spells a shop of the text: "saltbistro@gmail.com"."""
    name = person_of(one.name, one.email).name
    if not is_free_mail(domain_of(one.email)) or is_given_name(name.partition(" ")[0]):
        return False
    if name:
        return any(f" {word} {name}" in text for word in _BEFORE_SHOPS)
    label = squash(re.split(r"[._+-]", one.email.partition("@")[0])[0])
    first = name_in(text, label).partition(" ")[0]
    return bool(first) and squash(first) != label and not is_given_name(first)


def _is_desk(name: str, email: str) -> bool:
    """Whether a name is the employer's, or has the words of a department and nobody's: "Dept. of Economics"."""
    bare = re.sub(r"\([^()]*\)", "", name)  # "Ng, Wei (Talent)"
    if re.match(r"[^:]+: ", bare):  # "Recruiter: Dee Frost"
        bare = person_of(name, email).name
    words = [word.strip(".") for word in bare.split()]
    if LEGAL_FORM.search(bare) or is_job_title(bare) or is_job(bare):
        return True
    if not words or any(map(is_given_name, words)):
        return False
    employer = domain_of(email).split(".")[0].replace("-", "")
    if len(words) > 1 and folded(words[0]) == employer:
        return True  # "Adler Cafés", adlercafes@adler.example
    local = email.partition("@")[0]
    if ROLE.fullmatch(local) or (len(words) > 2 and squash(bare) == squash(local) + employer):
        return True  # "Assistenz GF", assistenz@; "Planning Adler Transport", planning@adlertransport.example
    squashed = {folded(word) for word in (*words, "".join(words))}
    if employer in squashed:  # "HireBot", "Gemeente Waterdam"; and not Wen Adler, wen@adler.example
        parts = re.split(r"[._+-]", folded(local))
        return not any(part and word.startswith(part) for part in parts for word in squashed)
    made = {word[:3].casefold() for word in words} | {"".join(word[:1] for word in words).casefold()}
    is_own = any(one in squash(local) for one in map(squash, made) if one)
    return len(words) > 1 and (bool(SENDER_WORDS.search(bare)) or not is_own)


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
