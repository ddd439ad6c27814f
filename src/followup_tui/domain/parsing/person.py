"""People as they are typed: names, email addresses, phone numbers and links, in any of the forms of `people`."""

from __future__ import annotations

import re
from itertools import product

from followup_tui.domain.model.contact import Person, reach_words, voice_words
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.parsing.contact_words import role_in_title
from followup_tui.domain.parsing.people import PeopleRead, read_people
from followup_tui.domain.parsing.person_fields import MAIL, PHONE

__all__ = ["MAIL", "PHONE", "parse_people", "parse_person", "write_person"]

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_BAD_ADDRESS = r"[^<>]*<([^<>]*)>.*"
_WRITTEN_OUT = (
    r"(?<![\w.])(?P<who>[a-z][a-z0-9.+-]*)(?:\s+at\s+|\s*[(\[{]\s*at\s*[)\]}]\s*)"
    r"(?P<where>[a-z0-9-]+(?:(?:\.|\s+dot\s+|\s*[(\[{]\s*dot\s*[)\]}]\s*)[a-z0-9-]+)*)(?![\w.@])"
)
"""A email address in words, all in small letters: "dana at x.example", "dana (at) x (dot) example"."""


def parse_people(text: str) -> tuple[Person, ...]:
    """Return the people whom a typed text names, one or more.

    Raises `BadInput` where it names nobody, a part isn't understood, or an email address isn't one.
    """
    said = " ".join(text.split())
    if not said:
        raise BadInput("Say who, like “Dana Ruiz <dana@acme.example>”.", "with")
    address = re.fullmatch(_BAD_ADDRESS, said)
    if written_out := re.search(_WRITTEN_OUT, said):
        shown = shown_line(written_out[0])[:60]
        raise BadInput(f"“{shown}” isn't an email address; write it with an @, like dana@acme.example.", "with")
    found = PeopleRead() if address and not _is_reachable(address[1]) else read_people(text.strip())
    shown = shown_line(said)[:60]
    if (address or "@" in said) and not any(one.email or one.link for one in found.people):
        raise BadInput(f"“{shown}” has no whole email address; write one like dana@acme.example.", "with")
    partly = next((one.email for one in found.people if one.email and "." not in one.email.partition("@")[2]), "")
    if partly:
        raise BadInput(
            f"“{shown_line(partly)[:60]}” is no whole email address; write one like dana@acme.example.", "with"
        )
    if not found.people:
        raise BadInput(f"“{shown}” names nobody; write a name, like “Dana Ruiz <dana@acme.example>”.", "with")
    if found.rest:
        left = shown_line(", ".join(found.rest))[:60]
        raise BadInput(f"“{left}” isn't understood as a person; write “Dana Ruiz <dana@acme.example>”.", "with")
    return found.people


def parse_person(text: str) -> Person:
    """Return the one person whom a typed text names; raises `BadInput` as `parse_people`, and for several."""
    people = parse_people(text)
    if len(people) > 1:
        raise BadInput(f"“{shown_line(text)[:60]}” names {len(people)} people; write one.", "with")
    return people[0]


def write_person(person: Person) -> str:
    """A person in one line that reads back as they are: "Dana Ruiz (CTO) <dana@acme.example>, best by phone"."""
    name, title, notes = (" ".join(text.split()) for text in (person.name, person.title, person.notes))
    role = person.role.label if person.role and person.role is not role_in_title(title) else ""
    ways = (person.phone, role, person.link, reach_words(person.reach_by), voice_words(person.voice))
    beside = ", ".join(filter(None, ways))
    # "Frau Dr." is read back as a title only before the name, "CTO" only behind it.
    named = [f"{name} ({title})", f"{title} {name}"] if name and title else [name or title]
    noted = [f" ({notes})", f", {notes}"] if notes else [""]
    heads = [f"{one} <{person.email}>" if one and person.email else one or person.email for one in named]
    lines = [", ".join(filter(None, (head, beside))) + note for head, note in product(heads, noted)]
    return next((one for one in lines if len(lines) > 1 and read_people(one).people == (person,)), lines[0])


def _is_reachable(address: str) -> bool:
    return bool(re.fullmatch(MAIL, address.strip().removeprefix("mailto:"))) or "/" in address
