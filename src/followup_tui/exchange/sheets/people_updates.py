"""The people of a row, beside those that are recorded: new ones, and what is new about the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from followup_tui.domain.model.change import contact_of, moment_at
from followup_tui.domain.model.contact import Contact, Person, called_in_full, find_by_name, says_no_more
from followup_tui.domain.model.text import fold_name
from followup_tui.domain.parsing.person_words import role_in_title
from followup_tui.exchange.sheets.records import SaidPerson, checksum, has_id, person_fact, said_people
from followup_tui.exchange.sheets.round_updates import RowContext


class PeopleUpdate:
    """Brings the people of a row."""

    def __init__(self, context: RowContext) -> None:
        self._context = context
        self._addresses = dict(zip(context.row.contacts, context.row.extras.addresses, strict=False))

    def fill_new(self) -> None:
        """Add the people of the row that creates the application, each once."""
        for person in self._context.row.contacts:
            contact = self._known(person, ())
            if contact is None:
                self._add_person(person)
            elif says_no_more(contact.name, person.name):
                self._update_person(contact, person)

    def update(self) -> None:
        """Add the people who aren't known, and what is new about those who are."""
        said = list(said_people(self._context.target.application.imported))
        for person in self._context.row.contacts:
            contact = self._known(person, said)
            if contact is not None:
                self._update_person(contact, person)
            elif any(_is_said(person, each) for each in said):
                self._context.kept.append(
                    f"{person.name or person.email or person.phone} stays away, as you removed them."
                )
            else:
                self._add_person(person)
                self._context.added.append(str(person))

    def contact_of(self, person: Person) -> Contact | None:
        """Return the contact that somebody of the row is, or None for one whom the user removed."""
        said = list(said_people(self._context.said_before()))
        return self._known(person, said)

    def _known(self, person: Person, said: Sequence[SaidPerson]) -> Contact | None:
        """Return the contact that somebody of the row is: surely, or as the only one with words of the name."""
        contacts = self._context.target.contacts
        if not contacts or (contact := _known_contact(contacts, person, said)) or not person.name:
            return contact if contacts else None
        others = [one for one in self._context.row.contacts if one != person]
        named = {fold_name(one.name) for one in others}
        contact = find_by_name([each for each in contacts if fold_name(each.name) not in named], person)
        return None if contact and any(find_by_name([contact], one) for one in others) else contact

    def _add_person(self, person: Person) -> None:
        at = max([self._context.now, *(moment_at(each.created_at, 1) for each in self._context.target.contacts)])
        contact = contact_of(self._context.target.application.id, person, at)
        if address := self._addresses.get(person, ""):
            contact = replace(contact, address=address)
        self._context.target.add(contact)
        self._context.facts.append(person_fact(person, contact))

    def _update_person(self, contact: Contact, person: Person) -> None:
        new: dict[str, Any] = {}
        before = [each for each in said_people(self._context.said_before()) if has_id(contact.id, each)]
        for name in ("name", "email", "phone", "title", "link", "notes", "role", "reach_by", "voice"):
            here, there = getattr(contact, name), getattr(person, name)
            if not there or here == there or there in (contact.title, role_in_title(contact.title)):
                continue  # nothing that the title doesn't say
            if not here:
                new[name] = there
            elif name == "name" and says_no_more(here, there) and not says_no_more(there, here):
                full = called_in_full(contact, there)
                new |= {"name": there} | ({"title": full.title} if full.title != contact.title else {})
            elif name in ("name", "email", "phone") and not _is_same(name, here, there):
                hashes = {getattr(each, name) for each in before}
                if checksum(here.casefold()) in hashes and checksum(there.casefold()) not in hashes:
                    new[name] = there
                else:
                    self._context.keep(f"{contact.name or here}: {here}", there)
        if (address := self._addresses.get(person, "")) and not contact.address:
            new["address"] = address
        if new:
            after = replace(contact, **new)
            self._context.target.change(contact, after)
            who = contact.name or person.name or person.email
            self._context.added.append(f"{who}'s {' and '.join(FIELD_WORDS.get(name, name) for name in new)}")
        self._context.facts.append(person_fact(person, contact))


FIELD_WORDS = {
    "url": "link",
    "applied_on": "date applied",
    "email": "email address",
    "phone": "phone number",
    "reach_by": "best way to be reached",
    "voice": "voice of letters",
    "work_mode": "work mode",
}


def _known_contact(contacts: Sequence[Contact], person: Person, said: Sequence[SaidPerson]) -> Contact | None:
    """Return the contact that a person is, however the user has renamed them since, or None."""
    if not contacts:
        return None
    name, words = fold_name(person.name), set(fold_name(person.name).split())
    for contact in contacts:
        here = fold_name(contact.name)
        if name and here == name:
            return contact
        has_same = any(
            getattr(person, each) and _is_same(each, getattr(contact, each), getattr(person, each))
            for each in ("email", "phone")
        )
        if has_same and (not name or not here or words & set(here.split())):
            return contact
    return next(
        (each for each in contacts if any(has_id(each.id, one) and _is_said(person, one) for one in said)), None
    )


def _is_said(person: Person, said: SaidPerson) -> bool:
    """Whether a sheet named this person before: by the same name, or, without one, by the same mail or phone."""
    if person.name or said.name:
        return person.name != "" and checksum(person.name.casefold()) == said.name
    if person.email or said.email:
        return person.email != "" and checksum(person.email.casefold()) == said.email
    return person.phone != "" and checksum(person.phone.casefold()) == said.phone


def _is_same(name: str, here: str, there: str) -> bool:
    """Whether two addresses are the same, two numbers up to how they are written, or a name is only shorter."""
    if name == "name":
        return set(fold_name(there).split()) <= set(fold_name(here).split()) or says_no_more(there, here)
    if name == "phone":
        digits = ["".join(filter(str.isdigit, each)).removeprefix("00").lstrip("0") for each in (here, there)]
        return min(map(len, digits)) >= 6 and (digits[0].endswith(digits[1]) or digits[1].endswith(digits[0]))
    return here.casefold() == there.casefold()
