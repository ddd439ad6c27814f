"""A contact: a person at an employer, by which way one writes to them, and who of those known they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from followup_tui.domain.format import Voice
from followup_tui.domain.model.application import new_id
from followup_tui.domain.model.text import fold, words_of
from followup_tui.domain.model.touch import Channel


class ContactRole(StrEnum):
    """What a person has to do with the application."""

    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"
    REFERRER = "referrer"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The role in words: "hiring manager"."""
        return self.value.replace("_", " ")


def reach_words(way: Channel | None) -> str:
    """How somebody likes to be reached, in words: "best by phone", "best in person"."""
    by = "" if way is Channel.IN_PERSON else "by "
    return f"best {by}{way.label}" if way else ""


def voice_words(voice: Voice | None) -> str:
    """How letters to somebody sound, in words: "friendly voice"; empty where the setting decides."""
    return f"{voice} voice" if voice else ""


ADDRESSES = words_of(
    "mr mrs ms miss mx dr prof professor sir dame lord lady rev herr herrn frau hr fr fraulein madame mme mlle"
    " monsieur dott dott.ssa sig sig.ra sig.na signor signora sr sra srta senor senora don dona dhr mevr"
    " meneer mevrouw mw heer ing dipl-ing mag drs ir hon judge captain doctor"
)
"""How one is addressed before a name, in seven languages."""


def is_address(text: str) -> bool:
    """Whether a text is only how one is addressed: "Dr.", "Prof. Dr.", "Hr."; "HR" is a department."""
    words = text.split()
    return bool(words) and all(word != "HR" and fold(word).strip(".,;:") in ADDRESSES for word in words)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to write to or call, as read from a text; any of the fields may be empty, but not all.

    `title` is the job ("VP Eng"), `link` a profile; `notes` has what was said beside: "she/her", "PhD", "ext. 12".
    `reach_by` is how they like to be reached, `voice` how letters to them sound where the setting
    doesn't decide; `contact_id` is set where they were read from a contact.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    title: str = ""
    link: str = ""
    notes: str = ""
    role: ContactRole | None = None
    reach_by: Channel | None = None
    voice: Voice | None = None
    contact_id: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        """As in a mail's header, with the number behind it: "Dana Ruiz <dana@acme.example>, +1 212 555 0100"."""
        named = f"{self.name} <{self.email}>" if self.name and self.email else self.name or self.email
        return ", ".join(filter(None, (named, self.phone))) or self.link


_SHARED = ("name", "email", "phone", "title", "link", "notes", "role", "reach_by", "voice")
"""The fields that a person and a contact have in common."""


def values_of(person: Person | Contact) -> dict[str, Any]:
    """The fields that a person and a contact have in common, by name."""
    return {name: getattr(person, name) for name in _SHARED}


AnyPerson = TypeVar("AnyPerson", bound="Contact | Person")


def completed(person: AnyPerson, update: Person) -> AnyPerson:
    """A person with the fields of an update that aren't empty; a name is never shortened."""
    values = {name: value for name, value in values_of(update).items() if value}
    if fold(update.name) in fold(person.name) or says_no_more(update.name, person.name):
        values.pop("name", None)
    elif says_no_more(person.name, update.name):
        person = called_in_full(person, update.name)
    return replace(person, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person one knows at the employer of one application; `reach_by` is how they like to be reached.

    `voice` is how letters to them sound, None for what the setting says.
    """

    id: str = field(default_factory=new_id)
    application_id: str
    name: str = ""
    email: str = ""
    phone: str = ""
    title: str = ""
    address: str = ""
    notes: str = ""
    link: str = ""
    role: ContactRole | None = None
    reach_by: Channel | None = None
    created_at: datetime
    version: int = field(default=0, compare=False)
    voice: Voice | None = None

    @property
    def label(self) -> str:
        """What to call the person on screen: the name, else the email address, the number, or the link."""
        return self.name or self.email or (f"the person at {self.phone}" if self.phone else self.link)

    @property
    def job(self) -> str:
        """The title, unless it is only how the person is addressed: "Frau Dr."."""
        return "" if is_address(self.title) else self.title

    @property
    def addressed(self) -> str:
        """What to call the person on screen, behind how they are addressed: "Frau Dr. Sabine Keil"."""
        return self.label if self.job or not self.name else f"{self.title} {self.name}".strip()

    @property
    def person(self) -> Person:
        """The contact as one would type it."""
        return Person(**values_of(self), contact_id=self.id)

    @property
    def reach(self) -> str:
        """How they like to be reached, in words: "best by phone"; empty where they didn't say."""
        return reach_words(self.reach_by)

    @property
    def about(self) -> tuple[str, ...]:
        """What else is known of the person: job, role, how to reach them and to write to them, notes."""
        role = self.role.label if self.role else ""
        ways = [way for way in (self.email, self.phone, self.link) if way != self.label]
        texts = self.job, role, *ways, self.reach, voice_words(self.voice), " ".join(self.notes.split())
        return tuple(text for text in texts if text and (text != role or role not in self.title.casefold()))


def contacts_named(contacts: Iterable[Contact], text: str) -> list[Contact]:
    """The contacts whose name or email address contains a text."""
    wanted = text.casefold().strip()
    return [contact for contact in contacts if wanted in f"{contact.name} {contact.email}".casefold()]


def can_be_written_to(person: Contact) -> bool:
    """Whether a way is known by which one can write to somebody."""
    return bool(person.email) or way_to_write(person) is not Channel.EMAIL


def way_to_send(person: Contact | None) -> Channel:
    """By which way somebody gets a file: by email where their address is known, else as one writes to them."""
    return Channel.EMAIL if person is not None and person.email else way_to_write(person)


def way_to_write(person: Contact | None) -> Channel:
    """By which way one writes to somebody: by message where they like that best, else by email.

    It is a LinkedIn message, too, where their profile is all that is known.
    """
    if person is None or (person.reach_by is None and not person.link):
        return Channel.EMAIL
    if person.reach_by in (Channel.LINKEDIN, Channel.MESSAGE):
        return person.reach_by
    return Channel.LINKEDIN if not person.email and "linkedin." in person.link.casefold() else Channel.EMAIL


_Key = Callable[[Contact | Person], tuple[str, ...]]
_SAME_PERSON: tuple[_Key, ...] = (
    lambda person: (person.id if isinstance(person, Contact) else person.contact_id,),
    lambda person: (fold(person.name), fold(person.email)),
    lambda person: (fold(person.name),),
    lambda person: (fold(person.email),),
    lambda person: (person.phone or person.link,) if not person.name and not person.email else (),
)
"""By what a person is recognised, the surest first."""


def recognised(contacts: Sequence[AnyPerson], people: Sequence[Person]) -> dict[int, AnyPerson]:
    """Which contact each person is, by the person's index: the same in all, in the name, or in the mail.

    Else somebody with some of the words of the name: "Dana" is Dana Ruiz where no other Dana is known. Each
    contact is taken once.
    """
    free = list(contacts)
    matches: dict[int, AnyPerson] = {}
    for key in (*_SAME_PERSON, None):
        for place, person in enumerate(people):
            contact = _same_or_alike(free, person, key) if place not in matches else None
            if contact is not None and (key or not _could_be_another(contact, person, people, matches)):
                matches[place] = contact
                free.remove(contact)
    return matches


def _could_be_another(
    contact: AnyPerson, person: Person, people: Sequence[Person], matches: Mapping[int, AnyPerson]
) -> bool:
    """Whether a contact's name fits further people of those who aren't recognised: "J. Smith" is Jane or John."""
    others = [other for place, other in enumerate(people) if place not in matches and other != person]
    return any(_has_name_of(contact, other) for other in others)


def _same_or_alike(contacts: Sequence[AnyPerson], person: Person, key: _Key | None) -> AnyPerson | None:
    """The first contact with the person's key; without a key the only one with words of the name, if it is one."""
    if key is not None:
        wanted = key(person)
        return next((contact for contact in contacts if key(contact) == wanted), None) if any(wanted) else None
    alike = [contact for contact in contacts if _has_name_of(contact, person)]
    return alike[0] if len(alike) == 1 else None


def _has_name_of(contact: Contact | Person, person: Person) -> bool:
    """Whether one name says no more than the other, and both don't have an address of their own."""
    if contact.email and person.email:
        return False
    one, other = (each.name for each in (contact, person))
    return says_no_more(one, other) or says_no_more(other, one)


def says_no_more(short: str, name: str) -> bool:
    """Whether a name is another one shortened: "Dana", "Noor A." and "Frau Özdemir" beside their whole name.

    Two ways to be addressed tell two people apart, unless both have one in common.
    """
    (called, words), (also_called, others) = _called(short), _called(name)
    if not words or (called and also_called and not called & also_called):
        return False
    initials = {word for word in words - others if len(word) == 1}
    rest = {word[0] for word in others - words}
    return bool(words - initials) and words - others == initials and initials <= rest


def _called(name: str) -> tuple[set[str], set[str]]:
    """How a name is addressed, and its other words, each folded and without a dot behind it."""
    words = {bare for word in fold(name).split() if (bare := word.strip(".,;:"))}
    called = words & ADDRESSES
    return called, words - called


def called_in_full(one: AnyPerson, name: str) -> AnyPerson:
    """Somebody under a name that says more; how they were addressed stays, as their title if they have none."""
    called = [word for word in one.name.split() if is_address(word) and word not in name.split()]
    return replace(one, name=name, title=one.title or " ".join(called))


def find_by_name(contacts: Sequence[AnyPerson], person: Person) -> AnyPerson | None:
    """The only contact with some of the words of a name, or None."""
    return _same_or_alike(contacts, person, None)


def named_people(people: Sequence[Person], named: Sequence[Person]) -> tuple[Person, ...]:
    """The people who were named, each with what is known of them."""
    matches = recognised(people, named)
    return tuple(
        completed(matches[place], person) if place in matches else person for place, person in enumerate(named)
    )


def with_people(people: Sequence[Person], named: Sequence[Person]) -> tuple[Person, ...]:
    """The people, updated by those who were named, and behind them those who are new."""
    matches = recognised(people, named)
    updated = {id(person): completed(person, named[place]) for place, person in matches.items()}
    new = [person for place, person in enumerate(named) if place not in matches]
    return tuple(dict.fromkeys((*(updated.get(id(person), person) for person in people), *new)))


def with_newcomers(people: Sequence[Person], met: Sequence[Person]) -> tuple[Person, ...]:
    """The people, and behind them those of a meeting who aren't among them."""
    matches = recognised(people, met)
    return (*people, *(person for place, person in enumerate(met) if place not in matches))
