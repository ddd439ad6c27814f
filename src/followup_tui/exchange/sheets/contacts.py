"""The people in a row: its cells for names, email addresses and phone numbers put together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from followup_tui.domain.model.contact import Person
from followup_tui.domain.parsing.people import read_people
from followup_tui.domain.parsing.person_parts import is_mail_of
from followup_tui.exchange.sheets.columns import CONTACT_FIELDS, ImportField
from followup_tui.exchange.sheets.date_cell import read_cell
from followup_tui.exchange.sheets.date_column import is_no_date, split_dates

_FLOAT = re.compile(r"(?<=\d{6})\.0$", re.MULTILINE)
"""What programs write behind a number that they take for no text: "4155550100.0"."""
_NEXT_NOTE = re.compile(r"\n(?!\s)")
_ANY_DAY = date(2000, 1, 1)
"""Stands for today where it is asked only whether a cell holds a date."""


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
        found, others = [*known, *named.people], list(named.rest)
        for field, part in ((ImportField.CONTACT_EMAIL, "email"), (ImportField.CONTACT_PHONE, "phone")):
            if field in values:
                read = read_people(_FLOAT.sub("", values[field]) if part == "phone" else values[field])
                others += read.rest
                found = _joined(found, read.people, part)
        people = found if group < 0 else people + found
        rest += others
    return tuple(dict.fromkeys(people)), list(dict.fromkeys(rest))


def _joined(people: Sequence[Person], found: Sequence[Person], part: str) -> list[Person]:
    """The people with the addresses or numbers of another column: by name, in order, or as further people."""
    joined = list(people)
    in_order = len(found) == len(people) or len(people) == 1
    for place, one in enumerate(found):
        own = (
            part if getattr(one, part) else next((each for each in ("email", "phone") if getattr(one, each)), part)
        )
        value = getattr(one, own)
        lacking = [at for at, known in enumerate(joined) if not getattr(known, own)]
        alike = [at for at in lacking if _is_same(joined[at], one)]
        if not alike and in_order and not one.name and place in lacking and place < len(people):
            alike = [place]
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
        label, colon, said = note.partition(": ")
        named = [at for at, one in enumerate(joined) if colon and label.strip().casefold() in _labels(one)]
        if not named and len(joined) != 1:
            rest.append(note)
            continue
        at, said = (named[0], said) if named else (0, note)
        lines = "\n".join(map(str.strip, said.split("\n")))
        joined[at] = replace(joined[at], notes=", ".join(filter(None, (joined[at].notes, lines))))
    return tuple(joined), rest


def _labels(person: Person) -> set[str]:
    return {each.casefold() for each in (person.name, person.email, person.phone, person.link) if each}


def holds_rounds(field: ImportField, header: str, text: str) -> bool:
    """Whether a cell of a contact's column holds dates: "Phone" and "Recruiter" name rounds too.

    A date under "Contact" says when somebody was asked, which is no interview.
    """
    return field in CONTACT_FIELDS and not _is_contact(header) and is_date_cell(text)


def is_date_cell(text: str) -> bool:
    """Whether a cell holds nothing but dates, as "10/2/2026 & 10/9/2026"."""
    if "@" in text or len(text) > 80 or not any(map(str.isdigit, text)):
        return False
    return _is_date_cell(text)


@lru_cache(maxsize=2048)
def _is_date_cell(text: str) -> bool:
    cell = read_cell(text, _ANY_DAY)
    if cell is not None:
        return not cell.beside and not text.strip().isdigit() and (cell.day_first or cell.month_first) is not None
    return any(not is_no_date(part) for part in split_dates(text, _ANY_DAY))


@lru_cache(maxsize=256)
def _is_contact(header: str) -> bool:
    said = header.casefold()
    return "contact" in said or "kontakt" in said
