"""By which way one writes to somebody."""

from __future__ import annotations

from followup_tui.domain.model.contact import Contact
from followup_tui.domain.model.touch import Channel


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
