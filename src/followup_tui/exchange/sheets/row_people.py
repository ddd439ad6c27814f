"""The people of a row, put together from the cells that name them, and what is said of them besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from followup_tui.domain.model.contact import Person, is_address, with_people
from followup_tui.domain.model.legal_forms import legal_form
from followup_tui.domain.model.text import shorten
from followup_tui.domain.parsing.employer_words import names_business, names_office
from followup_tui.domain.parsing.people import read_people
from followup_tui.domain.parsing.person_parts import MARKED_NAME, is_given_name, is_mail_of, marked_name
from followup_tui.exchange.entries import label_of
from followup_tui.exchange.sheets.columns import ImportField
from followup_tui.exchange.sheets.row_texts import RowTexts

_FLOAT = re.compile(r"(?<=\d{6})\.0$", re.MULTILINE)
"""What programs write behind a number that they take for no text: "4155550100.0"."""
_NEXT_NOTE = re.compile(r"\n(?!\s)")


def people_of(texts: RowTexts) -> tuple[Person, ...]:
    """Return the people of a row; what is said beside them is kept in the notes."""
    contacts, others = read_contacts(texts.contacts)
    contacts, broken = whole_addresses(contacts)
    contacts, noted = with_notes(contacts, texts.values.get(ImportField.CONTACT_NOTES, ""))
    for other in (*others, *broken, *noted):
        texts.add_note(f"Contact: {other}")
    texts.remarks += [
        f"“{shorten(address)}” is no whole email address; it is kept in the notes." for address in broken
    ]
    if len(contacts) > 1:
        texts.remarks += [
            f"“{shorten(other)}” may be of any of {len(contacts)} people; it is kept in the notes."
            for other in others
            if read_people(other).people
        ]
    return contacts


def whole_addresses(people: Iterable[Person]) -> tuple[tuple[Person, ...], list[str]]:
    """The people without the email addresses that are none, such as "bob@lumen"; and these addresses."""
    kept: list[Person] = []
    broken: list[str] = []
    for one in people:
        if one.email and "." not in one.email.partition("@")[2]:
            broken.append(one.email)
            one = replace(one, email="")
        kept += [one] if str(one) else []
    return tuple(kept), broken


def read_contacts(groups: Mapping[int, Mapping[ImportField, str]]) -> tuple[tuple[Person, ...], list[str]]:
    """Return the people of a row, and what its cells say about people besides.

    Each group has the cells of one person, or of several in the same order; that of -1 has addresses of whoever
    they fit.
    """
    people: list[Person] = []
    rest: list[str] = []
    for group in sorted(groups, key=lambda group: (group < 0, group)) if len(groups) > 1 else groups:
        values = groups[group]
        named = read_people(values.get(ImportField.CONTACT_NAME, ""))
        known = people if group < 0 else []
        found, others = [*known, *map(_addressed, named.people)], list(named.rest)
        if len(named.people) > 1 and (shared := _shared_address(values[ImportField.CONTACT_NAME], named.people)):
            found[-1] = replace(found[-1], email="", phone="")
            others.append(shared)
        if len(values) == 1:  # without an address of theirs, an agency is nobody to write to
            firms = [one.name for one in named.people if _is_firm(one.name) and not one.email]
            others += [name for name in firms if marked_name(name) not in values[ImportField.CONTACT_NAME]]
            found = [one for one in found if one.name not in others]
        for field, part in ((ImportField.CONTACT_EMAIL, "email"), (ImportField.CONTACT_PHONE, "phone")):
            if field in values:
                read = read_people(_FLOAT.sub("", values[field]) if part == "phone" else values[field])
                others += read.rest
                are_several = len(found) > 1 and len(found) != len(read.people)
                found = _joined(found, read.people, part)
                if are_several:  # an address that fits nobody's name is of any of them
                    others += [str(one) for one in found if not one.name]
                    found = [one for one in found if one.name or one in known]
        people = found if group < 0 or not people else list(with_people(people, found))
        rest += others
    return tuple(dict.fromkeys(people)), list(dict.fromkeys(rest))


def _addressed(one: Person) -> Person:
    """A person whose note is only how they are addressed, "Keil (Frau Dr.)", with it as their title."""
    return replace(one, title=one.notes, notes="") if not one.title and is_address(one.notes) else one


def _shared_address(text: str, people: Sequence[Person]) -> str:
    """Return the only address in a cell, if a comma divides it from several people: whose it is isn't said."""
    last, others = people[-1], people[:-1]
    address = last.phone or last.email
    if not address or (last.phone and last.email) or any(one.email or one.phone for one in others):
        return ""
    before = text.partition(address)[0].rstrip("( ")
    is_mail = is_mail_of(last.email, last.name)
    is_own = is_mail or any(sign in before for sign in ";\n")
    return address if before.endswith(",") and not is_own else ""


def _is_firm(name: str) -> bool:
    """Whether a name is that of a recruiter's firm, which no person is called by."""
    first = name.partition(" ")[0]
    return legal_form().search(name) is not None or (
        not is_given_name(first) and (names_business(name) or names_office(name))
    )


def _joined(people: Sequence[Person], found: Sequence[Person], part: str) -> list[Person]:
    """The people with the addresses or numbers of another column: by name, in order, or as further people."""
    joined = list(people)
    in_order = len(found) == len(people) or len(people) == 1
    if len(found) > 1:
        found = sorted(found, key=lambda one: not any(_is_same(known, one) for known in people))
    for one in found:
        own = (
            part if getattr(one, part) else next((each for each in ("email", "phone") if getattr(one, each)), part)
        )
        value = getattr(one, own)
        lacking = [at for at, known in enumerate(joined) if not getattr(known, own)]
        alike = [at for at in lacking if _is_same(joined[at], one)]
        if not alike and in_order and not one.name:
            alike = [at for at in lacking if at < len(people)]
        if not alike or not value:
            joined += [one] if one not in joined else []
            continue
        known = joined[alike[0]]
        joined[alike[0]] = Person(
            known.name,
            known.email or one.email,
            known.phone or one.phone,
            known.title or one.title,
            known.link or one.link,
            ", ".join(filter(None, (known.notes, one.notes))),
            known.role or one.role,
            known.reach_by or one.reach_by,
            known.voice or one.voice,
        )
    return joined


def _is_same(known: Person, one: Person) -> bool:
    if one.name:
        return one.name.casefold() == known.name.casefold()
    return bool(one.email) and is_mail_of(one.email, known.name)


def with_notes(people: Sequence[Person], text: str) -> tuple[tuple[Person, ...], list[str]]:
    """Return the people with what a text notes of each, "Dana Ruiz: likes tea", and the notes of nobody.

    A line that begins with a space goes on with the one before; that of an only person needs no name.
    """
    joined = list(people)
    rest: list[str] = []
    for note in filter(None, map(str.strip, _NEXT_NOTE.split(text))):
        mark = re.match(MARKED_NAME, note)
        at = mark.end() if mark else 0
        label, colon, said = note[at:].partition(": ")
        label = note[:at] + label
        named = [at for at, one in enumerate(joined) if colon and label.strip().casefold() in _labels(one)]
        if not named and len(joined) != 1:
            rest.append(note)
            continue
        at, said = (named[0], said) if named else (0, note)
        lines = "\n".join(map(str.strip, said.split("\n")))
        joined[at] = replace(joined[at], notes=", ".join(filter(None, (joined[at].notes, lines))))
    return tuple(joined), rest


def _labels(person: Person) -> set[str]:
    labels = (label_of(person), person.name, person.email, person.phone, person.link)
    return {each.casefold() for each in labels if each}
