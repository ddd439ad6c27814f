"""A contact: a person at an employer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from followup_tui.domain.model.application import new_id
from followup_tui.domain.model.touch import Channel


class ContactRole(StrEnum):
    """What a person has to do with the application."""

    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The role in words: "hiring manager"."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person one knows at the employer of one application; `reach_by` is how they like to be reached."""

    id: str = field(default_factory=new_id)
    application_id: str
    name: str
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

    @property
    def label(self) -> str:
        """What to call the person on screen: the name, else the mail address, the number or the link."""
        return self.name or self.email or self.phone or self.link

    @property
    def about(self) -> tuple[str, ...]:
        """What else is known of the person: title, role, ways to reach them, and the one they like best."""
        best = f"best by {self.reach_by.label}" if self.reach_by else ""
        role = self.role.label if self.role else ""
        return tuple(filter(None, (self.title, role, self.email, self.phone, self.link, best)))


def contacts_named(contacts: Iterable[Contact], text: str) -> list[Contact]:
    """The contacts whose name or mail address contains a text."""
    wanted = text.casefold().strip()
    return [contact for contact in contacts if wanted in f"{contact.name} {contact.email}".casefold()]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to write to or call, as read from a text; any of the fields may be empty, but not all.

    `title` is the job ("VP Eng"), `link` a profile; `notes` has what was said beside: "she/her", "PhD", "ext. 12".
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    title: str = ""
    link: str = ""
    notes: str = ""

    def __str__(self) -> str:
        """As in a mail's header, with the number behind it: "Dana Ruiz <dana@acme.example>, +1 212 555 0100"."""
        named = f"{self.name} <{self.email}>" if self.name and self.email else self.name or self.email
        return ", ".join(filter(None, (named, self.phone))) or self.link
