"""People as they are typed: names, mail addresses, phone numbers and links, in any of the forms of `people`."""

from __future__ import annotations

import re

from followup_tui.domain.model.contact import Person
from followup_tui.domain.model.errors import BadInput
from followup_tui.domain.model.text import shown_line
from followup_tui.domain.parsing.people import PeopleRead, read_people
from followup_tui.domain.parsing.person_fields import MAIL, PHONE

__all__ = ["MAIL", "PHONE", "parse_people", "parse_person"]

# Patterns are kept as text: `re` compiles each when it is first used, not before the first paint.
_BAD_ADDRESS = r"[^<>]*<([^<>]*)>.*"


def parse_people(text: str) -> tuple[Person, ...]:
    """Return the people whom a typed text names, one or more.

    Raises `BadInput` where it names nobody, where a part isn't understood, and for a mail address that isn't one.
    """
    said = " ".join(text.split())
    if not said:
        raise BadInput("Say who, like “Dana Ruiz <dana@acme.example>”.", "with")
    address = re.fullmatch(_BAD_ADDRESS, said)
    found = PeopleRead() if address and not _is_reachable(address[1]) else read_people(text.strip())
    shown = shown_line(said)[:60]
    if (address or "@" in said) and not any(one.email or one.link for one in found.people):
        raise BadInput(f"“{shown}” has no mail address like dana@acme.example.", "with")
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


def _is_reachable(address: str) -> bool:
    return bool(re.fullmatch(MAIL, address.strip().removeprefix("mailto:"))) or "/" in address
