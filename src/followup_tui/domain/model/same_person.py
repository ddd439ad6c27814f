"""Which of the people who are known somebody is that was named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from followup_tui.domain.model.contact import Contact, Person, completed
from followup_tui.domain.model.text import fold

Known = TypeVar("Known", bound=Contact | Person)


def _id(one: Contact | Person) -> tuple[str, ...]:
    return (one.id if isinstance(one, Contact) else one.contact_id,)


def _name_and_mail(one: Contact | Person) -> tuple[str, ...]:
    return fold(one.name), fold(one.email)


def _name(one: Contact | Person) -> tuple[str, ...]:
    return (fold(one.name),)


def _mail(one: Contact | Person) -> tuple[str, ...]:
    return (fold(one.email),)


def _phone_or_link(one: Contact | Person) -> tuple[str, ...]:
    return (one.phone or one.link,) if not one.name and not one.email else ()


_SAME_PERSON = (_id, _name_and_mail, _name, _mail, _phone_or_link)
"""By what a person is recognised, the surest first."""


def recognised(contacts: Sequence[Known], people: Sequence[Person]) -> dict[int, Known]:
    """Which contact each person is, by the person's place: the same in all, in the name, or in the mail.

    Else somebody with some of the words of the name: "Dana" is Dana Ruiz where no other Dana is known.
    """
    left = list(contacts)
    found: dict[int, Known] = {}
    for same in _SAME_PERSON:
        for place, person in enumerate(people):
            contact = next((one for one in left if same(one) == same(person) and any(same(one))), None)
            if contact is not None and place not in found:
                found[place] = contact
                left.remove(contact)
    for place, person in enumerate(people):
        if place not in found:
            alike = [one for one in left if _has_name_of(one, person)]
            if len(alike) == 1:
                found[place] = alike[0]
                left.remove(alike[0])
    return found


def _has_name_of(contact: Contact | Person, person: Person) -> bool:
    """Whether all the words of one name are in the other, and both don't have an address of their own."""
    words = sorted((set(fold(contact.name).split()), set(fold(person.name).split())), key=len)
    return bool(words[0]) and words[0] <= words[1] and not (contact.email and person.email)


def named_people(known: Sequence[Person], said: Sequence[Person]) -> tuple[Person, ...]:
    """The people who were named, each with what is known of them."""
    found = recognised(known, said)
    return tuple(completed(found[place], one) if place in found else one for place, one in enumerate(said))


def with_people(known: Sequence[Person], said: Sequence[Person]) -> tuple[Person, ...]:
    """The people who are known, with what was said of them, and behind them those who are new."""
    found = recognised(known, said)
    told = {id(found[place]): completed(found[place], said[place]) for place in found}
    new = [one for place, one in enumerate(said) if place not in found]
    return tuple(dict.fromkeys((*(told.get(id(one), one) for one in known), *new)))


def with_newcomers(people: Sequence[Person], met: Sequence[Person]) -> tuple[Person, ...]:
    """The people, and behind them those of a meeting who aren't among them."""
    known = recognised(people, met)
    return (*people, *(one for place, one in enumerate(met) if place not in known))
