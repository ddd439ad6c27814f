"""A contact: a person at an employer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from followup_tui.domain.model.application import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person one knows at the employer of one application."""

    id: str = field(default_factory=new_id)
    application_id: str
    name: str
    email: str = ""
    phone: str = ""
    title: str = ""
    address: str = ""
    notes: str = ""
    link: str = ""
    created_at: datetime
    version: int = field(default=0, compare=False)


def contacts_named(contacts: Iterable[Contact], text: str) -> list[Contact]:
    """The contacts whose name or mail address contains a text."""
    wanted = text.casefold().strip()
    return [contact for contact in contacts if wanted in f"{contact.name} {contact.email}".casefold()]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to write to or call; one of name and mail address may be empty, and so may be the phone number."""

    name: str = ""
    email: str = ""
    phone: str = ""

    def __str__(self) -> str:
        """As in a mail's header, with the number behind it: "Dana Ruiz <dana@acme.example>, +1 212 555 0100"."""
        named = f"{self.name} <{self.email}>" if self.name and self.email else self.name or self.email
        return ", ".join(filter(None, (named, self.phone)))
